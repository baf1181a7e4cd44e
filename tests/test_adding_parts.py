"""Adding a part is adding one file: each example of CONTRIBUTING.md, pasted into a copy, works at once."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas
import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("sim", "agents", "scenarios", "conf", "experiments", "docs", "tests")
INHERITED = [f"tests/test_{name}.py" for name in ("declarations", "neutral", "events", "moments", "figures")]
EXAMPLE = re.compile(r"^`([\w/]+\.\w+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.slow


def examples() -> Mapping[str, str]:
    """Return the text of every example of CONTRIBUTING.md by its path."""
    return dict(EXAMPLE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))


@dataclass(frozen=True)
class Copy:
    """A copy of the packages with the examples in it."""

    folder: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with the copy first on the path."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-W", "error", *words],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def cogov(self, *words: str) -> str:
        """Return what a command prints, which must succeed."""
        done = self.run("-m", "experiments.cli", *words)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.cogov(*words, "--json"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("copy")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in examples().items():
        target = folder / path
        assert not target.exists(), f"{path} is an example and is there already"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return Copy(folder)


def test_there_is_an_example_of_each_kind() -> None:
    rooms = (
        "measures",
        "outcomes",
        "places",
        "archetypes",
        "mechanisms",
        "figures",
        "policy",
        "scenario",
        "agents",
    )
    assert {path.split("/")[-2] for path in examples()} == {*rooms, "tests"}


def test_examples_keep_the_rules_of_the_code(copy: Copy) -> None:
    files = [path for path in examples() if path.endswith(".py")]
    settings = ("--config", str(ROOT / "pyproject.toml"))
    for check in (("check",), ("format", "--check")):
        done = copy.run("-m", "ruff", *check, *settings, *files)
        assert done.returncode == 0, done.stdout


def test_the_tests_and_doctests_of_the_examples_pass(copy: Copy) -> None:
    files = [path for path in examples() if path.endswith(".py")]
    done = copy.run("-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", ".", *files)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_the_contract_tests_of_the_project_take_up_every_example_and_pass(copy: Copy) -> None:
    settings = ("-c", str(ROOT / "pyproject.toml"), "--rootdir", ".", "-m", "not slow", "-rA")
    done = copy.run("-m", "pytest", "-q", *settings, *INHERITED)
    assert done.returncode == 0, done.stdout[-3000:]
    for key in ("residents_seat", "volunteers", "fatigue", "collection_at_the_end", "two_old_estates"):
        assert re.search(rf"PASSED .*\[.*{key}", done.stdout), key


KINDS = {
    "measures": ("residents_seat",),
    "outcomes": ("friction", "months_owed"),
    "places": ("two_old_estates",),
    "archetypes": ("subsidized",),
    "agents": ("volunteers",),
    "mechanisms": ("fatigue",),
    "figures": ("collection_at_the_end",),
    "policies": ("residents_seat",),
    "scenarios": ("residents_seat",),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_is_listed(copy: Copy, kind: str) -> None:
    listed = copy.json("list", kind)[kind]
    for key in KINDS[kind]:
        assert {"zh", "en"} <= set(listed[key])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("residents_seat", "residents_seat.share"),
        ("friction", "机构间摩擦"),
        ("two_old_estates", "两个老小区"),
        ("subsidized", "保障性住房小区"),
        ("volunteers", "志愿者巡查的压力"),
        ("fatigue", "热情持续的周数"),
        ("collection_at_the_end", "期末收缴率"),
    ],
)
def test_every_part_is_shown(copy: Copy, name: str, words: str) -> None:
    assert words in copy.cogov("show", name, "--lang", "zh")


def test_a_measure_and_an_agent_act_in_a_run_with_every_outcome(copy: Copy) -> None:
    since = ("residents_seat.since=2018-01-01", "owners_committee.term_weeks=52", "volunteers.pressure=0.1")
    since += ("assembly.base=4", "assembly.supports=4")
    small = ("place=four_estates_with_committees", "place.households=24", "weeks=104")
    told = copy.json("run", "residents_seat", *since, *small, "output=run")
    assert 0 < told["outcomes"]["friction"] < 100
    assert 0 < told["outcomes"]["months_owed"] < 13
    events = pandas.read_parquet(copy.folder / "run" / "events.parquet")
    assert set(events.action[events.measure == "residents_seat"]) <= {
        "shared_seat_filled",
        "shared_seat_unfilled",
    }
    assert (events.measure == "residents_seat").any()
    assert (events.action == "rounds_begin").sum() == 24


def test_a_scenario_is_compared_in_its_place_with_every_outcome_and_figure(copy: Copy) -> None:
    small = ("weeks=10", "place=two_old_estates", "place.households=60", "replicates=2", "output=both")
    told = copy.json("compare", "status_quo", "residents_seat", *small)
    assert {effect["scenario"] for effect in told["effects"]} == {"residents_seat"}
    assert {effect["outcome"] for effect in told["effects"]} >= {"friction", "months_owed"}
    for lang, ending in itertools.product(("zh", "en"), ("png", "svg", "csv", "txt")):
        assert (copy.folder / "both" / "figures" / f"collection_at_the_end_{lang}.{ending}").stat().st_size > 0


def test_an_archetype_can_be_named_in_a_table(copy: Copy) -> None:
    (copy.folder / "estates.csv").write_text("小区名称,小区类型,户数\n甲,保障性住房小区,60\n", "utf-8")
    assert "60" in copy.cogov("check", "estates.csv", "place.missing=archetype")


def test_every_number_is_in_the_tables_of_parameters(copy: Copy) -> None:
    done = copy.run("-m", "experiments.parameter_tables", "tables")
    assert done.returncode == 0, done.stderr
    for lang in ("zh", "en"):
        page = (copy.folder / "tables" / f"parameters.{lang}.md").read_text("utf-8")
        for name in ("residents_seat.share", "volunteers.pressure", "fatigue.lasts", "place.households"):
            assert f"| `{name}` |" in page
        assert "subsidized" in page or "保障性住房小区" in page
