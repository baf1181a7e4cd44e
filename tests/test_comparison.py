"""Paired comparison: statistics against other libraries and by hand, signs, verdicts, and what is printed."""

import json
import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments import comparison
from experiments.effects import effects, group_effects
from experiments.language import width
from experiments.request import Executor, Request
from experiments.statistics import holm, paired, share_better
from scenarios.scenario import Scenario, Story
from sim.errors import InputError
from sim.outcome import outcomes
from sim.parts import part_named
from sim.policy import Policy, Setting
from sim.texts import Text

WEEKS, HOUSEHOLDS, PAIRS = 16, 60, 4
POINTS = "true_satisfaction"

# Extra hours of sleep under two drugs, ten patients: 'Student' (1908), the data set `sleep` of R.
DRUG_1 = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
DRUG_2 = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "draw_figures", lambda *_: None)


def scenario(name: str, *measures: str, **levers: float) -> Scenario:
    place = part_named("place", "four_estates_with_committees")(households=HOUSEHOLDS)
    begins = date(2018, 1, 1)
    schedules = {lever: ((date.min, value),) for lever, value in levers.items()}
    policy = Policy(tuple(Setting(key, since=begins, levers=schedules) for key in measures))
    empty = Text(zh="", en="")
    story = Story(TITLES[name], empty, empty, empty)
    return Scenario(name, place, policy, weeks=WEEKS, story=story)


TITLES = {
    "status_quo": Text(zh="现状", en="Status quo"),
    "cross_serving": Text(zh="交叉任职", en="Cross-serving"),
    "joint_meeting": Text(zh="联席会议", en="Joint meeting"),
    "package": Text(zh="交叉任职与联席会议", en="Cross-serving with joint meeting"),
    "neutral": Text(zh="不起作用的交叉任职", en="Cross-serving that does nothing"),
    "twin": Text(zh="另一个现状", en="Another status quo"),
}
STATUS_QUO, JOINT_MEETING = scenario("status_quo"), scenario("joint_meeting", "joint_meeting")
NEUTRAL = scenario("neutral", "cross_serving", residents_committee_share=0.0, party_share=0.0)


def compared(output: Path, *scenarios: Scenario, **changes: Any) -> comparison.Comparison:
    words = ("compare", *(one.name for one in scenarios))
    asked = Request("compare", scenarios, output, replicates=PAIRS, executor=Executor("serial"), words=words)
    return comparison.perform(replace(asked, **changes))


def test_paired_t_of_the_sleep_data() -> None:
    estimate = paired(DRUG_1, DRUG_2)
    assert estimate.n - 1 == 9
    assert estimate.difference == pytest.approx(1.58)
    error = estimate.difference / 4.0621  # the t that R gives, with p = 0.002833 and the interval 0.7001 to 2.4599
    assert estimate.high - estimate.difference == pytest.approx(2.262157 * error, abs=1e-4)
    assert estimate.p == pytest.approx(0.002833, abs=1e-6)
    assert (estimate.low, estimate.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-6)


@pytest.mark.parametrize("n", [2, 3, 30, 400])
def test_paired_t_is_that_of_scipy(n: int) -> None:
    from scipy import stats

    chance = np.random.default_rng(n)
    base = chance.normal(50, 10, n)
    other = base + chance.normal(0.4, 1, n)
    estimate, theirs = paired(base, other), stats.ttest_rel(other, base)
    interval = theirs.confidence_interval(0.95)
    assert estimate.p == pytest.approx(theirs.pvalue, rel=1e-9)
    assert (estimate.low, estimate.high) == pytest.approx((interval.low, interval.high), rel=1e-9)


def test_no_difference_in_any_pair_is_exactly_none() -> None:
    estimate = paired(DRUG_1, DRUG_1)
    assert (estimate.difference, estimate.low, estimate.high, estimate.p) == (0.0, 0.0, 0.0, 1.0)
    noise = DRUG_1 * (1 + 1e-15)
    assert paired(DRUG_1, noise).p == 1.0


@pytest.mark.parametrize("shift", [0.5, 0.1])  # 0.1 leaves other last digits in every pair
def test_the_same_difference_in_every_pair_is_as_sure_as_the_sign_test_says(shift: float) -> None:
    from scipy import stats

    base = np.array([1.0, 2.0, 4.0, 7.0, 11.0, 16.0])
    for n in range(2, 7):
        estimate = paired(base[:n], base[:n] + shift)
        assert estimate.difference == pytest.approx(shift) and estimate.p == stats.binomtest(n, n).pvalue
        assert math.isnan(estimate.low) == (estimate.p >= 0.05) == (n < 6)
    assert (estimate.low, estimate.high) == (estimate.difference, estimate.difference)


def test_a_missing_value_leaves_its_pair_out_and_is_told() -> None:
    assert paired(np.array([1.0, np.nan, 3.0]), np.array([2.0, 5.0, 3.0])).n == 2
    alone = paired(np.array([1.0]), np.array([2.0]))
    assert (alone.difference, alone.n) == (1.0, 1) and math.isnan(alone.low) and math.isnan(alone.p)
    assert paired(np.array([np.nan]), np.array([2.0])).n == 0


def test_share_of_pairs_that_are_better() -> None:
    base, other = np.array([1.0, 1.0, 1.0, 1.0]), np.array([2.0, 1.0, 0.0, 3.0])
    assert share_better(base, other, "more") == 0.5
    assert share_better(base, other, "less") == 0.25
    assert math.isnan(share_better(base, other, "neither"))


def test_holm_by_hand() -> None:
    # sorted: 0.005 x 4, 0.01 x 3, 0.03 x 2, 0.04 x 1; each at least as large as the one before
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.9]) == pytest.approx([1.0, 1.0])
    with_gap = holm([0.01, math.nan, 0.04])
    assert with_gap[0] == pytest.approx(0.02) and math.isnan(with_gap[1]) and with_gap[2] == pytest.approx(0.04)


def invented(shift: float) -> pd.DataFrame:
    """Return cells of two scenarios in which every outcome differs by about `shift`."""
    chance = np.random.default_rng(1)
    rows = []
    for seed in range(12):
        base = {key: chance.normal(50, 5) for key in outcomes()}
        other = {key: value + shift + chance.normal(0, 0.05) for key, value in base.items()}
        rows += [{"scenario": "a", "seed": seed, **base}, {"scenario": "b", "seed": seed, **other}]
    return pd.DataFrame(rows).sample(frac=1, random_state=1).rename_axis("cell").reset_index()


def test_pairs_are_by_seed_and_the_first_scenario_is_the_base() -> None:
    table = effects(invented(2.0), ["a", "b"]).set_index("outcome")
    assert set(table.base) == {"a"} and set(table.scenario) == {"b"}
    assert table.difference.between(1.85, 2.15).all()
    assert np.allclose(table.scenario_value - table.base_value, table.difference)
    assert table.verdict["true_satisfaction"] == "better" and table.p_better["true_satisfaction"] == 1.0
    assert table.verdict["hours_residents_committee"] == "worse"
    assert table.verdict["joint_meetings"] == "differs" and math.isnan(table.p_better["joint_meetings"])


def test_turned_about_every_sign_turns() -> None:
    there = effects(invented(0.05), ["a", "b"]).set_index("outcome")
    back = effects(invented(0.05), ["b", "a"]).set_index("outcome")
    assert set(there.index[there.n == 0]) <= NO_VALUE
    assert (there.difference == -back.difference)[there.n > 0].all()
    assert (there.low == -back.high).all() and (there.high == -back.low).all()
    assert (there.p == back.p).all()
    turned = {"better": "worse", "worse": "better"}
    assert [turned.get(verdict, verdict) for verdict in there.verdict] == list(back.verdict)


def test_holm_runs_over_headlines_and_scenarios_only() -> None:
    cells = invented(0.05)
    third = cells[cells.scenario == "b"].assign(scenario="c")
    table = effects(pd.concat([cells, third]), ["a", "b", "c"])
    tested = table[table.tested]
    headlines = [key for key, outcome in outcomes().items() if outcome.headline]
    assert sorted(tested.outcome) == sorted(headlines * 2)
    assert list(tested.p_holm) == pytest.approx(holm(list(tested.p)))
    assert table[~table.tested].p_holm.isna().all()


def test_a_difference_that_holm_does_not_bear_out_is_none_seen() -> None:
    wide = invented(0.0).set_index(["scenario", "seed"]).sort_index()
    for key in outcomes():
        wide.loc["b", key] = wide.loc["a", key].to_numpy()
    doubt = np.array([1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -0.5])
    wide.loc["b", "true_satisfaction"] = wide.loc["a", "true_satisfaction"].to_numpy() + doubt
    table = effects(wide.reset_index(), ["a", "b"]).set_index("outcome")
    assert table.p["true_satisfaction"] < 0.05 < table.p_holm["true_satisfaction"]
    assert table.verdict["true_satisfaction"] == "no_difference"


def test_effects_on_groups_are_paired_too() -> None:
    cells = invented(0.0)
    rows = [
        {"cell": cell, "dimension": "tenure", "group": group, "households": 10, POINTS: 50.0 + seed + rise}
        for cell, scenario, seed in zip(cells.cell, cells.scenario, cells.seed, strict=True)
        for group, rise in (("tenant", 1.0 if scenario == "b" else 0.0), ("owner_occupied", 0.0))
    ]  # fmt: skip
    table = group_effects(cells, pd.DataFrame(rows), ["a", "b"]).set_index("group")
    assert table.difference.to_dict() == {"owner_occupied": 0.0, "tenant": 1.0}
    assert table.p_holm.to_dict() == {"owner_occupied": 1.0, "tenant": 2 * 2.0 ** (1 - table.n["tenant"])}
    assert set(table.households) == {10.0} and set(table.n) == {12}


NO_VALUE = {"ballots_turnout", "ballots_weeks", "cases_answered"}
"""Outcomes that a short run may leave without a value: where there was no ballot, no case that ended."""


def test_a_neutral_measure_makes_no_difference_at_all(tmp_path: Path) -> None:
    result = compared(tmp_path / "a", STATUS_QUO, NEUTRAL)
    for name in ("effects", "group_effects"):
        table = result.tables[name]
        assert set(table[table.n == 0].get("outcome", [])) <= NO_VALUE
        table = table[table.n > 0]
        assert (table[["difference", "low", "high"]] == 0).all().all(), name
        assert (table.p == 1).all() and (table.n == PAIRS).all()
    assert set(result.tables["effects"].verdict) == {"no_difference"}
    assert not re.search(r"\bnan\b", result.report("en"), re.IGNORECASE) and "[0, 0]" in result.report("zh")


def test_compared_the_other_way_round_every_sign_turns(tmp_path: Path) -> None:
    there = compared(tmp_path / "a", STATUS_QUO, JOINT_MEETING).tables["effects"].set_index("outcome")
    back = compared(tmp_path / "b", JOINT_MEETING, STATUS_QUO).tables["effects"].set_index("outcome")
    assert set(there.index[there.n == 0]) <= NO_VALUE
    assert (there.difference == -back.difference)[there.n > 0].all()
    assert (there.difference != 0).any()


def test_events_that_a_measure_left_are_counted_and_their_lack_is_told(tmp_path: Path) -> None:
    result = compared(tmp_path / "a", STATUS_QUO, JOINT_MEETING, NEUTRAL)
    counts = result.tables["event_counts"].merge(result.tables["cells"][["cell", "scenario"]], on="cell")
    mine = counts[(counts.measure == "joint_meeting") & (counts.scenario == "joint_meeting")]["count"].sum()
    assert mine > 0
    assert f"a run): joint meeting {mine / PAIRS:.1f}" in result.report("en")
    assert "note: cross-serving is not connected" in result.report("en").replace("\n  ", " ")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_fits_eighty_columns(tmp_path: Path, lang: Any) -> None:
    package = scenario("package", "cross_serving", "joint_meeting")
    result = compared(
        tmp_path / "a",
        STATUS_QUO,
        scenario("cross_serving", "cross_serving"),
        JOINT_MEETING,
        package,
        NEUTRAL,
    )
    lines = result.report(lang).splitlines()
    assert max(width(line) for line in lines[:-1]) <= 80
    for outcome in (outcome for outcome in outcomes().values() if outcome.headline):
        assert outcome.label.say(lang).split()[0] in "\n".join(lines)
    ends = {width(line) for line in lines if line.strip().endswith("]")}
    assert len(ends) == 2  # two panels, each with its columns under one another


def test_json_has_what_it_promises(tmp_path: Path) -> None:
    told = compared(tmp_path / "a", STATUS_QUO, JOINT_MEETING).as_json()
    again = json.loads(json.dumps(told, allow_nan=False))
    assert again.keys() >= {"scenario", "seed", "weeks", "folder", "outcomes", "effects"}
    assert again["outcomes"].keys() == {"status_quo", "joint_meeting"}
    assert again["effects"][0].keys() >= {"outcome", "scenario", "base", "difference", "low", "high", "n"}
    assert [row["outcome"] for row in again["effects"]] == list(outcomes())
    assert all(isinstance(row["n"], int) for row in again["effects"])


def test_one_pair_has_no_interval_and_no_verdict(tmp_path: Path) -> None:
    result = compared(tmp_path / "a", STATUS_QUO, JOINT_MEETING, replicates=1)
    assert set(result.tables["effects"].verdict) == {"no_difference"}
    assert "–" in result.report("zh")
    json.dumps(result.as_json(), allow_nan=False)


def test_a_comparison_needs_two_different_scenarios(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two scenarios"):
        compared(tmp_path / "a", STATUS_QUO)
    with pytest.raises(InputError, match="named twice"):
        compared(tmp_path / "a", STATUS_QUO, STATUS_QUO)
    assert not (tmp_path / "a").exists()


def test_from_a_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments import compare, run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.single_run.draw_figures", lambda *_: None)
    general = {"weeks": WEEKS, "executor": "serial", "place": "four_estates_with_committees"}
    small = {"place.households": HOUSEHOLDS}
    found = compare(["status_quo", "joint_meeting"], small, replicates=2, **general)
    assert list(found.table().outcome) == list(outcomes())
    model = found.model("joint_meeting", seed=3)
    model.step()
    assert model.week == 1
    assert run("joint_meeting", small, seed=3, **general).outcomes().keys() == outcomes().keys()


@pytest.mark.slow
def test_figures_are_drawn_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.gallery import draw_figures

    monkeypatch.setattr(comparison, "draw_figures", draw_figures)
    result = compared(tmp_path / "a", STATUS_QUO, JOINT_MEETING)
    names = {path.name for path in (tmp_path / "a" / "figures").iterdir()}
    assert {f"effects_{lang}.{ending}" for lang in ("zh", "en") for ending in ("png", "svg", "csv", "txt")} <= names
    assert result.plot().axes
