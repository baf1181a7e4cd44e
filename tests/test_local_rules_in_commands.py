"""`local=` as a setting like any other: in run, compare and sweep, in a scenario's file, in identity and manifest."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.cells import configuration_of, facts
from experiments.cli import main
from experiments.configuration import request_of
from experiments.library import Library
from experiments.local_rules import local_rule, local_rules, read_rule
from experiments.local_tables import local_tables, rule_text
from experiments.parameter_tables import DOCS
from experiments.results import CONFIGURATION
from experiments.sweep_words import planned, points_of
from scenarios.rebuilt import rebuilt
from scenarios.scenario import Scenario, canonical
from sim.errors import InputError
from sim.local_effects import EFFECTS
from sim.local_rule import KEYS, NATION
from sim.texts import LANGUAGES

OURS = "title: {zh: 廊坊办法, en: Langfang rules}\nnotice_days: 30\npetition_share: 1/3\nsince: 2019-01-01\n"


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "廊坊.yaml").write_text(OURS, "utf-8")
    return "my/廊坊.yaml"


def asked(*words: str, verb: str = "run") -> tuple[Scenario, ...]:
    return request_of(verb, words, Library()).scenarios


def test_a_rule_is_given_by_name_or_file_and_null_is_the_nation(ours: str) -> None:
    [hangzhou], [file], [null], [none] = (
        asked(*words) for words in (["local=hangzhou"], [f"local={ours}"], ["local=null"], [])
    )
    assert hangzhou.local == local_rules()["hangzhou"] and file.local.said("notice_days").value == 30
    assert null.local == none.local == NATION and configuration_of(null) == configuration_of(none)
    assert "local" not in json.loads(configuration_of(none)) and "local_rule" not in facts(configuration_of(none))


def test_a_scenario_s_file_may_name_a_rule_and_the_command_wins(ours: str, tmp_path: Path) -> None:
    (tmp_path / "方案.yaml").write_text(f"local: {ours}\n", "utf-8")
    assert asked("方案.yaml")[0].local.key == "廊坊"
    assert asked("方案.yaml", "local=beijing")[0].local.key == "beijing"
    assert asked("方案.yaml", "local=null")[0].local == NATION
    both = asked("status_quo", "方案.yaml", verb="compare")
    assert [one.local.key for one in both] == ["", "廊坊"]
    assert [one.local.key for one in asked("status_quo", "方案.yaml", "local=henan", verb="compare")] == ["henan", "henan"]


def test_what_a_rule_says_is_the_identity_of_a_cell_and_its_file_s_name_is_not(ours: str, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(OURS, "utf-8")
    (tmp_path / "more.yaml").write_text(OURS.replace("30", "31"), "utf-8")
    (tmp_path / "later.yaml").write_text(OURS.replace("2019", "2020"), "utf-8")
    known = [configuration_of(asked(f"local={file}")[0]) for file in (ours, "other.yaml", "more.yaml", "later.yaml")]
    assert known[0] == known[1] and len({*known, configuration_of(asked()[0])}) == 4
    assert facts(known[0])["local_rule"] != facts(known[2])["local_rule"]


@pytest.mark.parametrize("name", [*local_rules(), "廊坊"])
def test_a_worker_is_given_the_same_law(name: str, ours: str) -> None:
    scenario = asked(f"local={ours if name == '廊坊' else name}")[0]
    again = rebuilt(json.loads(configuration_of(scenario)))
    assert canonical(again)["local"] == canonical(scenario)["local"]
    for year in (2015, 2018, 2021, 2024, 2027):
        day = scenario.start.replace(year=year)
        assert again.local.on(day) == scenario.local.on(day)


def test_a_sweep_takes_several_and_a_file_of_any_name_among_them(ours: str) -> None:
    plan = planned(["scenario=status_quo", f"local=null,hangzhou,{ours}", "weeks=10"], Library())
    points, _, _ = points_of(plan, Library(), 1)
    assert [point.values for point in points.rows] == [("null",), ("hangzhou",), (ours,)]
    assert len(set(points.configurations)) == 3


def test_results_name_the_rule(ours: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"local={ours}", "weeks=3", "figures=none", "output=out", "place=one_estate"]
    assert main(["run", *words, "--lang", "en", "--quiet"]) == 0
    assert "by the Langfang rules" in " ".join(capsys.readouterr().out.split())
    manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
    assert manifest["scenarios"][0]["local"]["says"] == {"notice_days": 30, "petition_share": "1/3"}
    kept = yaml.safe_load(Path("out", CONFIGURATION).read_text("utf-8"))["scenarios"]["status_quo"]
    assert kept["local"]["says"]["notice_days"] == {"value": 30, "since": "2019-01-01", "until": None}
    assert main(["run", "weeks=3", "figures=none", "output=plain", "place=one_estate", "--quiet"]) == 0
    assert "local" not in json.loads(Path("plain/manifest.json").read_text("utf-8"))["scenarios"][0]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["local=hangzou"], ["hangzou", "nearest: hangzhou"]),
        (["local=my/none.yaml"], ["my/none.yaml"]),
        (["local=bad.yaml"], ["line 2", "notice_days", "0 to 90"]),
        (["locals=hangzhou"], ["locals", "nearest: local"]),
        (["scenario.yaml"], ["line 1", "beijng", "nearest: beijing"]),
        (["local=dated.yaml"], ["line 1", "since", "2020-05-01"]),
    ],
)
def test_a_wrong_rule_is_told_and_leaves_nothing_behind(
    words: list[str], named: list[str], ours: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("title: x\nnotice_days: 900\n", "utf-8")
    (tmp_path / "dated.yaml").write_text("since: soon\nnotice_days: 20\n", "utf-8")
    (tmp_path / "scenario.yaml").write_text("local: beijng\n", "utf-8")
    assert main(["run", *words, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert [one for one in named if one not in said] == [], said
    assert not (tmp_path / "results").exists()


def test_the_user_is_told_of_a_rule_that_is_younger_than_the_run_or_never_in_force() -> None:
    notes = [note.en for note in request_of("run", ["local=shenzhen"], Library()).notes]
    assert any("text of 2019" in note for note in notes)
    assert any("substitution_only_if" in note and "never in force" in note for note in notes)
    assert request_of("run", ["local=hangzhou", "start=2022-01-03"], Library()).notes == ()


@pytest.mark.parametrize("base", ["", *local_rules()])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_new_writes_says_what_its_base_says_and_where_each_key_acts(
    base: str, lang: Any, tmp_path: Path
) -> None:
    path = tmp_path / "我们.yaml"
    assert main(["new", "local", str(path), *([f"from={base}"] if base else []), "--lang", lang]) == 0
    written, rule = path.read_text("utf-8"), local_rule(base) if base else NATION
    read = read_rule(path)
    assert (dict(read.says), read.adapted, read.issued) == (dict(rule.says), rule.adapted, rule.issued)
    for key, effect in EFFECTS.items():
        assert f"{key}:" in written
        for said in (effect.run, effect.ballot, effect.why):
            assert said is None or said.say(lang) in written
    assert written == rule_text(rule, lang)
    bare = [line.removeprefix("# ") for line in written.splitlines() if line.removeprefix("# ").partition(":")[0] in KEYS]
    (tmp_path / "all.yaml").write_text("\n".join(bare), "utf-8")
    assert set(read_rule(tmp_path / "all.yaml").says) == set(KEYS), "every example can be taken as it stands"
    with pytest.raises(InputError):
        read_rule(tmp_path / "none.yaml")


def test_check_knows_a_local_rules_file_from_a_scenarios_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank, scenario = tmp_path / "空.yaml", tmp_path / "my.yaml"
    assert main(["new", "local", str(blank)]) == main(["new", str(scenario), "from=substitution_acting"]) == 0
    assert main(["check", str(blank), "--quiet"]) == main(["check", str(scenario), "--quiet"]) == 0
    blank.write_text("notice_days: 30\nposting_day: 5\n", "utf-8")
    capsys.readouterr()
    assert main(["check", str(blank), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "posting_day" in told and "nearest: posting_days" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_keys_is_the_one_that_the_declarations_give(lang: Any) -> None:
    page = local_tables(lang)
    assert (DOCS / f"local_rules.{lang}.md").read_text("utf-8") == page, "run: python -m experiments.local_tables"
    assert all(f"| `{key}` |" in page for key in KEYS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_show_says_of_each_key_where_it_acts(lang: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "hangzhou", "--lang", lang]) == 0
    lines = {key: line for line in capsys.readouterr().out.splitlines() for key in KEYS if f" {key}" in line}
    marks = {"zh": ("［模拟、数票］", "［只作记录］"), "en": ("[run, ballot]", "[recorded only]")}[lang]
    assert lines["silence"].endswith(marks[0]) and lines["substitution_chair"].endswith(marks[1])
