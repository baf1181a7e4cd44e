"""`cogov odd`: the words of the documents with the tables of the code."""

import json
import re
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.odd import description
from experiments.parameter_tables import DOCS
from sim.errors import InputError
from sim.parts import numbers_of, parts
from sim.texts import LANGUAGES, Language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_and_every_number_are_there(lang: Language) -> None:
    text = description(lang)
    first = (DOCS / f"model.{lang}.md").read_text("utf-8").splitlines()[0]
    assert text.startswith(first)
    names = [
        f"`{key}.{name}`"
        for kind in ("mechanism", "agent", "measure")
        for key, cls in parts(kind).items()
        for name in numbers_of(cls)
    ]
    assert len(names) > 200 and not [name for name in names if name not in text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_one_title_and_no_link_to_the_page_of_numbers(lang: Language) -> None:
    text = re.sub(r"```.*?```", "", description(lang), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert f"(parameters.{lang}.md)" not in text and "(#parameters)" in text


def test_it_is_printed_and_given_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["odd", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == description("zh")
    assert main(["odd", "--lang", "en", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == description("en")
    assert main(["odd", "more", "--lang", "en"]) == 2


def test_without_the_documents_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without its documents"):
        description("en", tmp_path)
