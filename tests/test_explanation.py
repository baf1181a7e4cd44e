"""`cogov explain`: its numbers are the tables', its chains end in a root, its words are plain."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from experiments import comparison, single_run
from experiments.causes import back, chains, of_cases
from experiments.chain import LINKS, link_of_event
from experiments.cli import main
from experiments.event_texts import kinds, label_of, sentence, words
from experiments.reliving import relive, scenario_of
from experiments.request import Executor, Request
from experiments.results import read_tables
from experiments.statistics import paired
from scenarios.scenario import Scenario, canonical
from sim.case_events import OPENS
from sim.events import ROOTS
from sim.parts import part_named, parts
from sim.policy import Policy, Setting
from sim.texts import LANGUAGES

WEEKS, HOUSEHOLDS, PAIRS = 30, 40, 3
RAW = re.compile(r"[a-z]+_[a-z]+|\{")


def plans() -> tuple[Scenario, Scenario, Scenario]:
    place = part_named("place", "four_estates_with_committees")(households=HOUSEHOLDS, attempt_factor=1.0)
    meeting = Setting("joint_meeting", date(2018, 1, 1), levers={"interval_weeks": ((date(2018, 1, 1), 4),)})
    everything = Policy(tuple(Setting(key, date(2018, 1, 1)) for key in parts("measure")))
    made = Scenario("today", place, weeks=WEEKS)
    return (
        made,
        replace(made, name="meeting", policy=Policy((meeting,))),
        replace(made, name="all", policy=everything),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "a"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "draw_figures", lambda *_: None)
        comparison.perform(Request("compare", plans(), path, replicates=PAIRS, executor=Executor("serial"), events="all"))
    return path


def said(capsys: pytest.CaptureFixture[str], *command: object, status: int = 0) -> str:
    assert main(["explain", *map(str, command)]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def data(capsys: pytest.CaptureFixture[str], *command: object) -> Any:
    return json.loads(said(capsys, *command, "--json"))


def test_numbers_equal_the_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = read_tables(folder)
    counts = tables["event_counts"].merge(tables["cells"][["cell", "scenario", "seed"]], on="cell")
    wide = counts.pivot_table(index=["scenario", "seed"], columns="action", values="count", aggfunc="sum", fill_value=0)
    told = data(capsys, folder, "--scenario", "meeting")
    rows = {row["item"]: row for row in told["differences"]}
    differing = [kind for kind in wide if (wide.loc["today"][kind] != wide.loc["meeting"][kind]).any()]
    assert {kind for kind in differing if link_of_event(kind)} == set(rows) & set(kinds())
    for kind in set(rows) & set(kinds()):
        estimate = paired(wide.loc["today"][kind].to_numpy(), wide.loc["meeting"][kind].to_numpy())
        assert rows[kind]["difference"] == estimate.difference
        assert rows[kind]["low"] == (None if math.isnan(estimate.low) else estimate.low)
        assert rows[kind]["base"] == pytest.approx(wide.loc["today"][kind].mean())
    effects = tables["effects"].set_index(["scenario", "outcome"])
    for key in ("true_satisfaction", "service_quality"):
        assert rows[key]["difference"] == pytest.approx(effects.loc["meeting", key].difference)
    assert rows["meeting_held"]["clauses"] == ["3.2a"] and rows["meeting_held"]["measures"] == ["joint_meeting"]
    assert told["pairs"] == PAIRS and {row["link"] for row in told["differences"]} <= set(LINKS)


def test_hours_missing_are_those_asked_for_and_not_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = read_tables(folder)
    health = tables["health"].merge(tables["cells"][["cell", "scenario"]], on="cell")
    mine = health[(health.scenario == "all") & health.item.str.contains(":residents_committee/")]
    missing = mine.value.where(mine.item.str.startswith("hours.asked"), -mine.value).sum() / PAIRS
    rows = {row["item"]: row for row in data(capsys, folder, "--scenario", "all")["differences"]}
    assert rows["hours.missing:residents_committee"]["value"] == pytest.approx(missing)
    assert rows["efficacy"]["link"] == "people"


def test_one_estate_counts_its_own_events(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = read_tables(folder)
    events = tables["events"].merge(tables["cells"][["cell", "scenario"]], on="cell")
    here = events[(events.object == "commodity_old") & (events.scenario == "all")].groupby("action").size() / PAIRS
    told = data(capsys, folder, "--scenario", "all", "--estate", "commodity_old")
    rows = {row["item"]: row["value"] for row in told["differences"]}
    assert {kind: number for kind, number in rows.items() if kind in kinds()} == {
        kind: pytest.approx(here.get(kind, 0.0)) for kind in rows if kind in kinds()
    }
    assert rows["promise_made"] > 0 and "true_satisfaction" in rows
    [satisfied] = [row for row in told["differences"] if row["item"] == "true_satisfaction"]
    by_estate = tables["by_estate"].merge(tables["cells"][["cell", "scenario"]], on="cell")
    mine = by_estate[(by_estate.estate == "commodity_old") & (by_estate.scenario == "all")]
    assert satisfied["value"] == pytest.approx(mine.true_satisfaction.mean())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_plain_words(folder: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with_case = next(iter(relived(folder, 7).who.values()))
    for options in (
        [],
        ["--scenario", "all"],
        ["--estate", "work_unit"],
        ["--household", with_case, "--cell", 7],
    ):
        assert not RAW.search(said(capsys, folder, *options, "--lang", lang))


def relived(folder: Path, cell: int) -> Any:
    tables = read_tables(folder)
    return relive(folder, tables["cells"], tables["event_counts"], cell)


def test_a_scenario_comes_back_from_its_folder(folder: Path) -> None:
    for plan in plans():
        there, here = canonical(scenario_of(folder, plan.name)), canonical(plan)
        assert there["numbers"].items() <= here["numbers"].items()
        assert all(key.startswith("place.") for key in here["numbers"].keys() - there["numbers"].keys())
        for key in ("place", "estates", "start", "weeks", "policy"):
            assert there[key] == here[key]


def test_a_cell_lived_through_again_is_the_folders(folder: Path) -> None:
    for cell in (0, 4, 7):
        assert relived(folder, cell).same
    events = read_tables(folder)["events"]
    again = [tuple(event) for event in relived(folder, 7).community.log.events]
    kept = events[events.cell == 7].drop(columns=["cell", "date"])
    names = ["week", "seq", "actor", "action", "clause", "measure", "object", "detail", "cause"]
    assert [tuple(row) for row in kept[names].itertuples(index=False)] == again


def test_every_chain_ends_in_a_root(folder: Path) -> None:
    cell = relived(folder, 7)
    log = cell.community.log.events
    for event in log:
        *_, root = back(log, event)
        assert root.cause == -1 and root.actor in ROOTS
    told = list(chains(cell.community, of_cases(cell, sorted(cell.who))))
    before: dict[int, int] = {}
    for one in told:
        assert one.depth == 0 if one.event.cause == -1 else one.depth == before[one.event.cause] + 1
        before[one.event.seq] = one.depth
    assert any(one.depth for one in told)


def test_every_case_of_the_run_belongs_to_the_household_that_its_events_name(folder: Path) -> None:
    cell = relived(folder, 7)
    voiced = {event.seq for event in cell.community.log.events if event.action in OPENS}
    assert set(cell.who) == voiced
    for event in cell.community.log.events:
        if event.cause in voiced:
            assert int(event.detail) == cell.who[event.cause]


def test_a_household_tells_its_cases_and_a_case_its_events(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = relived(folder, 4)
    case, household = next(iter(sorted(cell.who.items())))
    told = data(capsys, folder, "--household", household, "--cell", 4)
    assert case in told["cases"] and told["same_as_folder"] and told["scenario"] == "meeting"
    one = data(capsys, folder, "--case", case, "--cell", 4)
    assert one["household"] == household and one["cases"] == [case]
    assert {event["seq"] for event in one["events"]} <= {event["seq"] for event in told["events"]}
    own = {event.seq for event in cell.community.log.events if case in (event.seq, event.cause)}
    assert own <= {event["seq"] for event in one["events"]}


def test_other_sources_are_told_of(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments import reliving

    real = reliving.scenario_of
    monkeypatch.setattr(reliving, "scenario_of", lambda path, name: replace(real(path, name), weeks=WEEKS - 2))
    assert "not the run that was kept" in said(capsys, folder, "--household", 1, "--lang", "en").replace("\n  ", " ")


@pytest.mark.parametrize(
    ("options", "words_told"),
    [
        (["--scenario", "meting"], "nearest: meeting"),
        (["--estate", "commodity_odl"], "nearest: commodity_old"),
        (["--household", "160"], "0 - 159"),
        (["--household", "ten"], "whole number"),
        (["--case", "999"], "no case 999"),
        (["--household", "1", "--cell", "99"], "no finished cell 99"),
        (["--household", "1", "--case", "2"], "not both"),
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(
    folder: Path, options: list[str], words_told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words_told in said(capsys, folder, *options, "--lang", "en", status=2)


def test_folders_that_hold_nothing_to_explain_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"nearest: {folder}" in said(capsys, folder.parent / "aa", "--lang", "en", status=2)
    monkeypatch.setattr(single_run, "draw_figures", lambda *_: None)
    single_run.perform(Request("run", plans()[1:2], tmp_path / "one", executor=Executor("serial"), events="all"))
    assert "nothing to compare" in said(capsys, tmp_path / "one", "--lang", "en", status=2)
    assert data(capsys, tmp_path / "one", "--household", 5)["scenario"] == "meeting"


def test_no_key_has_two_labels() -> None:
    named: dict[str, Any] = {}
    from experiments.event_texts import OTHER_WORDS
    from sim.households import MATTERS
    from sim.mechanisms.violations import KINDS
    from sim.regime import CATEGORIES

    declared = [{key: cls.label for key, cls in parts(kind).items()} for kind in ("agent", "measure", "archetype")]
    for source in (OTHER_WORDS, MATTERS, KINDS, CATEGORIES, *declared):
        assert not set(source) & set(named)
        named.update(source)
    assert set(named) == set(words())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_event_has_a_name_in_plain_words(lang: Any) -> None:
    for action in kinds():
        name = label_of(action).say(lang)
        assert name.strip() == name and not RAW.search(name) and not name.startswith(("：", ":")), action


def test_every_event_of_a_long_run_reads_well(lived: Callable[..., Any], scenario: Callable[..., Any]) -> None:
    policy = Policy(tuple(Setting(key) for key in parts("measure")))
    community = lived(scenario(policy=policy, agents={"owners_committee": {"term_weeks": 30}}, weeks=90))
    for event in community.log.events:
        text = sentence(event.action, event.object, event.detail)
        assert not RAW.search(text.zh) and not RAW.search(text.en), event
        assert not re.search("[A-Za-z]", text.zh), event
