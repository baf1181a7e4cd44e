"""Documents name only what there is: files, commands, parts; and both languages have what the other has."""

import re
from pathlib import Path

import pytest

from experiments.library import Library
from experiments.names import require
from experiments.verbs import VERBS
from sim.parts import ROOMS, parts

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?<![\w/.\\])cogov ([^\n`|]+)")
SETTING = re.compile(r"\b([a-z_]+\.[a-z_]+)=")
FROM_EXAMPLES = {"residents_seat", "volunteers"}

page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@page
def test_every_link_leads_to_a_file(path: Path) -> None:
    missing = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert missing == []


@page
def test_every_command_is_one(path: Path) -> None:
    verbs = {words.split()[0] for words in COMMAND.findall(path.read_text("utf-8"))}
    assert {verb for verb in verbs if re.fullmatch("[a-z]+", verb)} <= set(VERBS)


@page
def test_every_setting_in_a_command_is_one(path: Path) -> None:
    settings = {key for words in COMMAND.findall(path.read_text("utf-8")) for key in SETTING.findall(words)}
    for key in settings:
        if key.partition(".")[0] not in FROM_EXAMPLES:
            require(key)


@page
def test_every_name_that_is_compared_or_shown_is_one(path: Path) -> None:
    known = {key for kind in ROOMS for key in parts(kind)} | set(Library().scenarios) | FROM_EXAMPLES
    for words in COMMAND.findall(path.read_text("utf-8")):
        verb, *others = words.split()
        names = [word for word in others if re.fullmatch(r"[a-z]+(_[a-z]+)+", word)]
        assert verb not in ("compare", "run", "show") or set(names) <= known, words


def test_the_model_is_described_alike_in_both_languages() -> None:
    english, chinese = ((ROOT / "docs" / f"model.{lang}.md").read_text("utf-8") for lang in ("en", "zh"))
    numbered = re.compile(r"^#+ (\d[\d.]*)", re.MULTILINE)
    assert [one.rstrip(".") for one in numbered.findall(english)] == [one.rstrip(".") for one in numbered.findall(chinese)]
    names = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
    assert set(names.findall(english)) == set(names.findall(chinese))
    assert len(re.findall(r"^- ", english, re.MULTILINE)) == len(re.findall(r"^- ", chinese, re.MULTILINE))


def test_every_number_named_by_the_model_page_exists() -> None:
    page = (ROOT / "docs" / "model.en.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", page, re.DOTALL))
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", blocks))
    table = (ROOT / "docs" / "parameters.en.md").read_text("utf-8")
    assert named and not [name for name in named if f".{name}`" not in table]
