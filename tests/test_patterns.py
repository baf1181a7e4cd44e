"""Patterns: measured by hand on invented tables; verdicts, intervals, one small experiment."""

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.command import Command
from experiments.pattern import (
    counting,
    forced_collection,
    forming_committees,
    standing_in,
    suits,
    taking_part,
)
from experiments.patterns import TABLE, requested
from experiments.validation import (
    STANDING_IN,
    STATUS_QUO,
    WITH_COMMITTEES,
    WITHOUT_SUITS,
    Found,
    Pattern,
    Runs,
    mean,
    patterns,
    ratio,
    resampled,
)
from scenarios.scenario import canonical
from sim.errors import InputError
from sim.texts import same

WEEKS = 104
SMALL = ("weeks=30", "place.households=20", "executor=serial", "replicates=2")


def runs(**tables: pd.DataFrame) -> Runs:
    """Return runs of two replicates of two scenarios; cells 0 and 1 are the status quo."""
    cells = pd.DataFrame(
        {
            "cell": [0, 1, 2, 3],
            "scenario": [STATUS_QUO] * 2 + [STANDING_IN] * 2,
            "seed": [1, 2, 1, 2],
            "state": ["done"] * 4,
        }
    )
    extra = tables.pop("cells", None)
    return Runs({"cells": cells if extra is None else extra, **tables}, WEEKS, 100)


def pattern(low: float | None, high: float | None) -> Pattern:
    return Pattern("V", same(""), same(""), "", lambda _: Found(0, 0, 0, 1), "produced", low, high)


def test_the_patterns_of_the_issue_are_there_and_say_everything() -> None:
    known = patterns()
    assert {id[:3] for id in known} == {"V01", "V02", "V03", "V07", "V08", "V10", "V12", "V17"}
    assert all(one.what.zh and one.what.en and one.source for one in known.values())
    first = {id for id, one in known.items() if one.low is None and one.high is None}
    assert {id[:3] for id in first} == {"V03", "V07", "V10"}


@pytest.mark.parametrize(
    ("low", "high", "found", "verdict", "sure"),
    [
        (1, 2, Found(1.5, 1.1, 1.9, 30), "pass", True),
        (1, 2, Found(1.5, 0.9, 1.9, 30), "pass", False),
        (1, 2, Found(2.5, 2.1, 2.9, 30), "fail", True),
        (1, 2, Found(2.5, 1.5, 3.5, 30), "fail", False),
        (None, 0.5, Found(-3.0, -4.0, -2.0, 30), "pass", True),
        (5, None, Found(4.0, 3.0, 4.5, 30), "fail", True),
        (1, 2, Found(1.0, 1.0, 2.0, 30), "pass", True),
        (None, None, Found(7.0, 6.0, 8.0, 30), "first_value", True),
        (1, 2, Found(math.nan, math.nan, math.nan, 0), "fail", False),
    ],
)
def test_a_verdict_is_the_values_and_its_interval_says_how_sure(
    low: float | None, high: float | None, found: Found, verdict: str, sure: bool
) -> None:
    assert pattern(low, high).verdict(found) == verdict
    assert pattern(low, high).is_sure(found) is sure


def test_an_interval_of_means_is_near_students() -> None:
    values = np.random.default_rng(1).normal(10, 2, 200)[:, None]
    found = resampled(values, mean)
    margin = 1.96 * values.std(ddof=1) / math.sqrt(200)
    assert found.value == pytest.approx(values.mean())
    assert (found.low, found.high) == pytest.approx((values.mean() - margin, values.mean() + margin), abs=0.05)
    assert found == resampled(values, mean)


def test_a_ratio_is_of_sums_and_nothing_over_nothing_is_nothing() -> None:
    assert ratio(np.array([[1.0, 10.0], [3.0, 10.0]])) == pytest.approx(0.2)
    assert math.isnan(ratio(np.zeros((2, 2))))
    assert math.isnan(resampled(np.array([[1.0]]), mean).low)


def test_committees_formed_per_hundred_estate_years_by_hand() -> None:
    # Four estates: in the first replicate one gets a committee after a year, in the second none.
    weeks = list(range(WEEKS))
    share = [0.0 if week < 52 else 25.0 for week in weeks]
    table = pd.DataFrame(
        {
            "cell": [0] * WEEKS + [1] * WEEKS,
            "week": weeks * 2,
            "owners_committees_registered": share + [0.0] * WEEKS,
        }
    )
    found = forming_committees.formed(runs(outcomes=table))
    years = (52 * 4 + 52 * 3 + 104 * 4) / (365.25 / 7)
    assert found.value == pytest.approx(100 * 1 / years)


def test_working_committees_are_a_share_of_those_on_the_register_in_the_last_year() -> None:
    cells = pd.DataFrame({"cell": [0], "scenario": [WITH_COMMITTEES], "seed": [1], "state": ["done"]})
    first, last = [0.0] * 52, [25.0] * 52
    table = pd.DataFrame(
        {
            "cell": 0,
            "week": range(WEEKS),
            "owners_committees_registered": 100.0,
            "owners_committees_working": first + last,
        }
    )
    assert forming_committees.working(runs(cells=cells, outcomes=table)).value == pytest.approx(25.0)


def test_suits_by_hand() -> None:
    estates = pd.DataFrame({"cell": [0] * 10 + [1] * 10, "estate": [f"e{n}" for n in range(10)] * 2})
    events = pd.DataFrame(
        [
            (0, 1, "problem_voiced", "e0", "charges", -1),
            (0, 2, "problem_voiced", "e0", "repairs", -1),
            (0, 3, "case_reaches_court", "e0", "17", 1),
            (0, 4, "case_reaches_court", "e0", "18", 2),
            *((0, 5 + n, "claim_reaches_court", "e1", "19", 0) for n in range(40)),
            *((0, 50 + n, "claim_withdrawn", "e1", "19", 0) for n in range(6)),
            *((0, 60 + n, "claim_judged", "e1", "19", 0) for n in range(10)),
            (0, 80, "claim_lost", "e1", "19", 0),
            (1, 1, "problem_voiced", "e0", "repairs", -1),
            *((1, 2 + n, "claim_reaches_court", "e3", "19", 0) for n in range(8)),
            *((1, 20 + n, "claim_mediated", "e3", "19", 0) for n in range(3)),
        ],
        columns=["cell", "seq", "action", "object", "detail", "cause"],
    )
    made = runs(events=events, by_estate=estates)
    values = {one.id: one.measure(made).value for one in suits.PATTERNS}
    assert values["V07a"] == pytest.approx(100 * 49 / 50)
    assert values["V07b"] == pytest.approx(100 * 48 / 50)
    assert [values[f"V08{part}"] for part in "abc"] == pytest.approx([30, 55, 15])
    assert values["V07c"] == pytest.approx(100 * 48 / 50)  # two of twenty estates: 40 and 8


def test_differences_are_taken_pair_by_pair() -> None:
    cells = pd.DataFrame(
        {
            "cell": [0, 1, 2, 3, 4],
            "scenario": [STATUS_QUO, STATUS_QUO, WITHOUT_SUITS, WITHOUT_SUITS, WITHOUT_SUITS],
            "seed": [2, 1, 1, 2, 3],
            "state": ["done"] * 5,
            "collection_rate": [80.0, 70.0, 68.0, 79.0, 1.0],
        }
    )
    found = forced_collection.with_suits("collection_rate", runs(cells=cells))
    assert (found.value, found.n) == (1.5, 2)


def test_coverage_counts_committees_and_who_stands_in() -> None:
    table = pd.DataFrame(
        {
            "cell": [0, 0, 1, 1, 2, 2, 3, 3],
            "week": [0, 1] * 4,
            "owners_committees_registered": [25.0] * 8,
            "stand_in": [0.0] * 4 + [0.0, 50.0, 0.0, 0.0],
        }
    )
    assert standing_in.coverage(runs(outcomes=table)).value == pytest.approx(12.5)


def test_a_household_that_went_further_twice_counts_once() -> None:
    events = pd.DataFrame(
        {"cell": [0, 0, 0], "action": ["case_reaches_mediation"] * 3, "detail": ["7", "7", "9"], "week": 1}
    )
    assert taking_part.went_further(runs(events=events)).value == pytest.approx(1.0)  # 2 and 0 of 100 dwellings


def test_the_laws_cross_and_a_wrong_law_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert counting.crossing(runs()).value == 100.0
    monkeypatch.setattr(counting, "LAWS", ("civil_code_2021", "property_law_2007"))
    assert counting.crossing(runs()).value == 0.0


def test_the_quorum_is_the_binomials_cliff(monkeypatch: pytest.MonkeyPatch) -> None:
    published = [
        0.010,
        0.184,
        0.430,
        0.713,
        0.906,
        0.001,
        0.104,
        0.372,
        0.735,
        0.945,
        0.000,
        0.040,
        0.333,
        0.820,
        0.989,
    ]
    exact = [counting.quorum_chance(heads, chance) for heads, chance in counting.CLIFF]
    assert np.abs(np.array(exact) - published).max() <= 0.002
    monkeypatch.setattr(counting, "BALLOTS", 500)
    assert counting.cliff(runs()).value < 3.4
    monkeypatch.setattr(counting, "quorum_chance", lambda heads, chance: 0.5)
    assert counting.cliff(runs()).value > 3.4


def test_each_scenario_of_the_patterns_differs_by_one_thing() -> None:
    status_quo, standing_in, without_suits, with_committees = map(canonical, requested(Command("patterns")).scenarios)
    changed = {key for key, value in without_suits["numbers"].items() if value != status_quo["numbers"][key]}
    assert changed == {"arrears.campaign", "arrears.campaign_collection"}
    assert without_suits["policy"] == status_quo["policy"] == with_committees["policy"] == []
    [substitution] = standing_in["policy"]
    assert [value for _, value in substitution["levers"]["afterwards"]] == ["none"]
    assert substitution["levers"]["mode"][0][1] == "acting" and substitution["since"]
    assert {estate["committee"] for estate in with_committees["estates"]} == {1.0}


def test_a_small_run_leaves_its_table_and_is_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BALLOTS", 50)
    words = ("patterns", *SMALL, f"output={tmp_path / 'p'}")
    assert main([*words, "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = list(csv.DictReader((tmp_path / "p" / TABLE).read_text("utf-8-sig").splitlines()))
    assert [row["id"] for row in rows] == [row["id"] for row in told["patterns"]] == list(patterns())
    assert {row["verdict"] for row in rows} <= {"pass", "fail", "first_value"}
    for lang, word in (("zh", "不合"), ("en", "FAIL")):
        assert main([*words, "resume=true", "--lang", lang, "--quiet"]) == 0
        text = capsys.readouterr().out
        failing = [row["id"] for row in rows if row["verdict"] == "fail"]
        assert all(id in text for id in patterns()) and (not failing or word in text)


@pytest.mark.parametrize("words", [("status_quo",), ("replicates=0",), ("replicats=3",)])
def test_what_it_does_not_take_is_refused(words: tuple[str, ...], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError):
        requested(Command("patterns", words))
    assert not list(tmp_path.iterdir())
