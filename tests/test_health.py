"""The health report: what is conserved, what saturates, which runs degenerate, which measures do nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest

from experiments import comparison, health_report, single_run
from experiments.health import STATES, health
from experiments.health_problems import problems
from experiments.measure_evidence import NONE, asked_of
from experiments.request import Executor, Request
from experiments.results import read_tables
from scenarios.scenario import Scenario
from sim.parts import part_named, parts
from sim.policy import Policy, Setting
from sim.texts import LANGUAGES

WEEKS, HOUSEHOLDS, PAIRS = 30, 40, 2
START = date(2018, 1, 1)


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (comparison, single_run):
        monkeypatch.setattr(module, "draw_figures", lambda *_: None)


def plan(name: str, *settings: Setting, **changes: Any) -> Scenario:
    place = part_named("place", "four_estates_with_committees")(households=HOUSEHOLDS)
    return replace(Scenario(name, place, Policy(settings), weeks=WEEKS), **changes)


def compared(output: Path, *plans: Scenario) -> Any:
    asked = Request("compare", plans, output, replicates=PAIRS, executor=Executor("serial"))
    return comparison.perform(asked)


def setting(measure: str, **levers: Any) -> Setting:
    return Setting(measure, START, levers={name: ((START, value),) for name, value in levers.items()})


def neutral(measure: str) -> Setting:
    cls = part_named("measure", measure)
    return setting(measure, **vars(cls()))


def evidence_of(folder: Path) -> dict[tuple[str, str], Any]:
    table = read_tables(folder)["measure_events"]
    return {(row.scenario, row.measure): row for row in table.itertuples()}


@pytest.fixture
def community(lived: Callable[..., Any]) -> Any:
    return lived(plan("everything", *(Setting(key, START) for key in parts("measure"))))


def frame(values: dict[str, float], **changes: float) -> pandas.DataFrame:
    return pandas.DataFrame([{**values, **changes}], index=[7])


def found(community: Any, **changes: float) -> list[tuple[str, str]]:
    table = frame(health(community), **{key.replace("__", "."): value for key, value in changes.items()})
    return [(problem.level, problem.item) for problem in problems("test", table)]


def test_a_run_with_every_measure_is_healthy(community: Any) -> None:
    assert found(community) == []
    told = health(community)
    assert {f"{state}.households.mean" for state in STATES} - set(told) == {
        "quality.households.mean",
        "collection.households.mean",
    }
    assert all(0 <= told[item] <= 1 for item in told if item.endswith((".low", ".high")))


def test_a_fen_that_is_paid_twice_is_found(community: Any) -> None:
    community.record.recovered[10, 1] += 1
    assert health(community)["lost.money"] == 1
    assert ("error", "lost.money") in found(community)


def test_a_case_that_vanishes_is_found(community: Any) -> None:
    community.record.open_cases[WEEKS - 1] -= 1
    assert health(community)["lost.cases"] == 1
    community.record.open_cases[WEEKS - 1] += 1
    community.record.open_cases[15:] += 50
    assert ("error", "lost.cases") in found(community)


def test_an_hour_given_twice_is_found(community: Any) -> None:
    given = community.record.given["residents_committee", "supervision"]
    given[12] = community.record.asked["residents_committee", "supervision"][12] + 1
    assert health(community)["lost.hours"] >= 1
    assert ("error", "lost.hours") in found(community)


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("ballots.turnout", {"ballots.held": 3, "ballots.turnout": 0}),
        ("opinion.spread", {"opinion.spread": 0}),
        ("satisfaction.spread", {"satisfaction.spread": 0}),
        ("issues", {"issues": 0}),
        ("residents", {"residents": 0}),
        ("weeks", {"weeks": 0}),
        ("not_finite", {"not_finite": 1}),
        ("efficacy.households.low", {"efficacy.households.high": 0.95}),
        ("quality.weeks.low", {"quality.weeks.low": 0.91}),
    ],
    ids=str,
)
def test_a_degenerate_run_is_named_with_its_seed(community: Any, item: str, values: dict[str, float]) -> None:
    named = [one for one in problems("test", frame(health(community), **values)) if one.item == item]
    assert [one.level for one in named] == ["error"]
    assert "7" in named[0].text.zh and "seeds 7" in named[0].text.en


def test_a_state_at_a_bound_is_a_warning_and_a_habit_is_none(community: Any) -> None:
    assert found(community, trust_provider__households__low=0.12) == [("warning", "trust_provider.households.low")]
    assert found(community, history__households__high=0.5) == []


def test_a_growing_backlog_is_a_warning(community: Any) -> None:
    assert found(community, cases__open__year_2=40, cases__open__year_5=49) == []
    assert found(community, cases__open__year_2=40, cases__open__year_5=51) == [("warning", "cases.open.year_5")]


def test_a_run_in_which_nothing_ever_goes_wrong_is_named(tmp_path: Path) -> None:
    voice = replace(plan("still").mechanisms["voice"], rate=0.0, legacy_rate=0.0)
    still = plan("still")
    still = replace(still, mechanisms={**still.mechanisms, "voice": voice})
    result = compared(tmp_path / "a", plan("today"), still)
    told = json.loads((tmp_path / "a" / "health.json").read_text("utf-8"))["problems"]
    assert {(one["scenario"], one["item"]) for one in told if one["level"] == "error"} == {("still", "issues")}
    assert "health: 1 errors" in result.report("en") and "体检：1 项错误" in result.report("zh")
    assert "nothing ever went wrong" in (tmp_path / "a" / "health.en.txt").read_text("utf-8")


@pytest.mark.parametrize("measure", list(parts("measure")))
def test_a_neutral_measure_in_force_is_not_connected(tmp_path: Path, measure: str) -> None:
    result = compared(tmp_path / "a", plan("today"), plan("idle", neutral(measure)))
    assert evidence_of(tmp_path / "a")["idle", measure].evidence == NONE
    label = parts("measure")[measure].label
    assert f"{label.en} is not connected" in result.report("en").replace("\n  ", " ")
    assert (tmp_path / "a" / "health.zh.txt").read_text("utf-8").startswith("运行体检\n\n错误·idle：")


def test_measures_without_events_of_their_own_show_by_their_hours(tmp_path: Path) -> None:
    acting = plan(
        "acting", setting("residents_committee_supervision", hours=2.0),
        setting("party_leadership", capacity_hours=5.0),
        setting("joint_meeting", interval_weeks=8), neutral("publicity"),
    )  # fmt: skip
    compared(tmp_path / "a", plan("today"), acting)
    told = evidence_of(tmp_path / "a")
    assert told["acting", "residents_committee_supervision"].evidence == "hours"
    assert told["acting", "residents_committee_supervision"].hours == pytest.approx(8.0, rel=0.2)
    assert told["acting", "party_leadership"].evidence == "hours"
    assert told["acting", "publicity"].evidence == "together"
    counts = read_tables(tmp_path / "a")["event_counts"]
    mine = counts[counts.measure == "joint_meeting"]["count"].sum() / PAIRS
    assert told["acting", "joint_meeting"].changed == told["acting", "joint_meeting"].events == mine > 0


def test_a_measure_that_both_scenarios_have_is_told_by_what_differs(tmp_path: Path) -> None:
    often, seldom = (plan(f"every_{weeks}", setting("joint_meeting", interval_weeks=weeks)) for weeks in (4, 13))
    compared(tmp_path / "a", often, seldom, replace(often, name="same"))
    told = evidence_of(tmp_path / "a")
    assert told["every_4", "joint_meeting"].evidence == told["every_13", "joint_meeting"].evidence == "events"
    assert told["same", "joint_meeting"].evidence == NONE and told["same", "joint_meeting"].events > 0


def test_activities_are_those_that_a_measure_asks_for() -> None:
    assert asked_of("follow_up")[0] == {"residents_committee/pressing"}
    assert asked_of("party_leadership")[1] == {"party_organization"}


def test_the_report_of_a_single_run_says_what_left_nothing(tmp_path: Path) -> None:
    asked = Request("run", (plan("idle", neutral("joint_meeting")),), tmp_path / "a", executor=Executor("serial"))
    assert "left no event and took no hours" in single_run.perform(asked).report("en").replace("\n  ", " ")


def test_the_report_holds_the_numbers_of_the_tables_in_both_languages(tmp_path: Path) -> None:
    compared(tmp_path / "a", plan("today"), plan("meeting", setting("joint_meeting", interval_weeks=8)))
    data = json.loads((tmp_path / "a" / "health.json").read_text("utf-8"))
    tables = read_tables(tmp_path / "a")
    own = tables["health"].merge(tables["cells"][["cell", "scenario"]], on="cell")
    means = own[own.scenario == "meeting"].groupby("item").value.mean()
    assert data["health"]["meeting"] == pytest.approx(means.to_dict())
    report = health_report.health_report(json.loads((tmp_path / "a" / "manifest.json").read_text("utf-8")), tables)
    for lang in LANGUAGES:
        text = (tmp_path / "a" / f"health.{lang}.txt").read_text("utf-8")
        assert text == "\n".join(health_report.whole(report, lang)) + "\n"
        assert "_" not in text
