"""Figures say what the tables say: in both languages, with every number, and nothing cut off or left out."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import matplotlib.text
import numpy as np
import pandas as pd
import pytest

from experiments.figures.averages import average
from experiments.figures.captions import headlines, printed, signed
from experiments.figures.courses import Course, coincident, kept_apart, panels
from experiments.figures.drawing import Drawing, Plot, Tables, save
from experiments.figures.loads import loads
from experiments.figures.style import mark, styled
from experiments.figures.timeline import timeline
from sim.errors import InputError
from sim.outcome import outcomes
from sim.parts import parts
from sim.texts import LANGUAGES, Language, Text

FIGURES = tuple(parts("figure"))
RUNS, WEEKS = 3, 8
OF_ONE_SCENARIO = ("contributions", "heat_map")
HEADLINES = ["collection_rate", "hours_residents_committee"]
SCENARIOS = {
    "status_quo": Text(zh="现状", en="Status quo"),
    "cross_serving": Text(zh="交叉任职", en="Cross-serving"),
    "joint_meeting": Text(zh="联席会议", en="Joint meeting"),
}
HOW = Text(zh="四类小区，2,431 户；8 周；3 对，同一随机数", en="Four archetypes; 8 weeks; 3 pairs")
GROUPS = [
    ("age", "elderly"),
    ("archetype", "work_unit"),
    ("tenure", "tenant"),
    ("worst_off", "worst_tenth"),
]


def tiny(scenarios: Mapping[str, Text] = SCENARIOS) -> Tables:
    """Tables of a tiny experiment; scenario s, replicate r and week w give 50 + 2 s + r + w / 10."""
    cells = [(s * RUNS + r, key, s, r) for s, key in enumerate(scenarios) for r in range(RUNS)]
    frames = {
        "cells": pd.DataFrame([{"cell": cell, "scenario": key, "seed": r, "state": "done"} for cell, key, _, r in cells]),
        "outcomes": pd.DataFrame(
            [
                {"cell": cell, "week": week} | dict.fromkeys(HEADLINES, 50.0 + 2 * s + r + week / 10)
                for cell, _, s, r in cells
                for week in range(WEEKS)
            ]
        ),
        "hours": pd.DataFrame([row for cell, _, s, r in cells for row in _hours(cell, s, r)]),
        "events": pd.DataFrame([row for cell, _, s, _ in cells for row in _events(cell, s)]),
        "effects": _effects(scenarios),
        "group_effects": _group_effects(scenarios),
        "ablation": _ablation(),
    }
    return Tables(frames, scenarios, HOW)


def _hours(cell: int, s: int, r: int) -> list[dict[str, object]]:
    keys = {"cell": cell, "body": "residents_committee"}
    rows = [keys | {"activity": "supervision", "capacity": 33.0, "asked": 30.0, "given": 30.0 - s - 0.1 * r}]
    if s:
        rows.append(keys | {"activity": "joint_meeting", "capacity": 33.0, "asked": 4.0, "given": 3.0})
    return rows


def _events(cell: int, s: int) -> list[dict[str, object]]:
    begins = {"cell": cell, "week": 0, "date": "2018-01-01", "action": "run_begins"}
    from_the_start = begins | {"action": "policy_changes"}  # rules that hold from the start change nothing
    changes = {"cell": cell, "week": 3, "date": "2018-01-22", "action": "policy_changes"}
    return [begins, from_the_start, changes] if s else [begins]


def _effects(scenarios: Mapping[str, Text]) -> pd.DataFrame:
    rows = [
        {
            "outcome": outcome,
            "scenario": key,
            "base": "status_quo",
            "difference": 1.25 * s,
            "low": 1.25 * s - 0.5,
            "high": 1.25 * s + 0.5,
            "n": RUNS,
            "p": 0.01,
            "p_holm": 0.02,
            "base_value": 50.7,
            "scenario_value": 50.7 + 1.25 * s,
            "p_better": 1.0,
            "verdict": "better",
            "tested": True,
        }
        for outcome in HEADLINES
        for s, key in enumerate(scenarios)
        if s
    ]
    return pd.DataFrame(rows)


def _group_effects(scenarios: Mapping[str, Text]) -> pd.DataFrame:
    rows = [
        {"dimension": dimension, "group": group, "scenario": key, "base": "status_quo", "households": 1234.0}
        | {"difference": -0.75 * s, "low": -1.0 * s, "high": -0.5 * s, "n": RUNS, "p": 0.01, "p_holm": 0.02}
        for dimension, group in GROUPS
        for s, key in enumerate(scenarios)
        if s
    ]
    return pd.DataFrame(rows)


def swept() -> Tables:
    """Tables of a sweep over two numbers; point p of run r is 50 + 2 p + r, but for -0.5 in the last run of the last."""
    grid = [(rate, gain) for rate in (0.03, 0.05) for gain in (0.02, 0.04)]
    factors = [{"point": p, "voice.rate": rate, "trust.gain": gain} for p, (rate, gain) in enumerate(grid)]
    cells = [
        {"cell": p * RUNS + r, "scenario": "joint_meeting", "seed": r, "state": "done", **factors[p]}
        | {key: 50.0 + 2 * p + r - (p == 3 and r == 2) / 2 for key, one in outcomes().items() if one.headline}
        for p in range(len(grid))
        for r in range(RUNS)
    ]
    summary = pd.DataFrame(factors).assign(scenario="joint_meeting", n=RUNS)
    scenarios = {"joint_meeting": SCENARIOS["joint_meeting"]}
    return Tables({"cells": pd.DataFrame(cells), "summary": summary}, scenarios, HOW)


def tables_for(figure: str) -> Tables:
    return swept() if figure == "heat_map" else tiny()


def _ablation() -> pd.DataFrame:
    rows = []
    for outcome in HEADLINES:
        for at, (kind, one) in enumerate([("total", "whole"), ("shapley", "cross_serving"), ("left_out", "cross_serving")]):
            estimate = {"difference": 3.0 - at, "low": 2.5 - at, "high": 3.5 - at, "n": RUNS, "p_holm": 0.01}
            rows.append({"outcome": outcome, "kind": kind, "part": one, **estimate})
    return pd.DataFrame(rows)


def changed(tables: Tables, **frames: pd.DataFrame) -> Tables:
    return replace(tables, frames={**tables.frames, **frames})


def draw(figure: str, tables: Tables, lang: Language) -> Drawing:
    plot: Plot = parts("figure")[figure]()
    return plot.draw(tables, lang)


def words_drawn(drawing: Drawing) -> list[matplotlib.text.Text]:
    """All words but the ticks of level axes, some of which lie beyond the ends and are not drawn."""
    ticks = {id(label) for axes in drawing.figure.axes for label in axes.get_xticklabels(which="both")}
    found = [text for text in drawing.figure.findobj(matplotlib.text.Text) if id(text) not in ticks]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def assert_nothing_is_cut(drawing: Drawing) -> None:
    width, height = drawing.figure.bbox.size + 1
    with styled():
        drawing.figure.draw_without_rendering()
        for text in words_drawn(drawing):
            box = text.get_window_extent()
            assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width and box.y1 <= height, text.get_text()


def test_there_are_figures() -> None:
    assert {"outcomes_over_time", "effects", "group_effects", "hours_by_body"} <= set(FIGURES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES)
def test_each_draws_in_both_languages_with_nothing_cut(figure: str, lang: Language, tmp_path: Path) -> None:
    drawing = draw(figure, tables_for(figure), lang)
    assert_nothing_is_cut(drawing)
    assert len(save(drawing, tmp_path, figure, lang)) == 5
    assert not drawing.data.empty
    assert HOW.say(lang) in drawing.alternative
    if figure in OF_ONE_SCENARIO:
        return
    for scenario in list(SCENARIOS.values())[1:]:
        assert scenario.say(lang) in drawing.alternative
        assert scenario.say(lang) in drawing.data.to_string()


@pytest.mark.parametrize("figure", FIGURES)
def test_the_same_tables_give_the_same_bytes(figure: str, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        save(draw(figure, tables_for(figure), "zh"), folder, figure, "zh")
    for path in folders[0].iterdir():
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_needs_no_table_but_those_it_names(figure: str) -> None:
    whole = tables_for(figure)
    needed = {name: whole.frames[name] for name in parts("figure")[figure].needs}
    assert draw(figure, replace(whole, frames=needed), "en").alternative


def test_listing_the_figures_loads_no_matplotlib() -> None:
    code = "import sys; from sim.parts import parts; assert parts('figure'); "
    code += "sys.exit('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])


def test_alternatives_state_the_numbers() -> None:
    over_time = draw("outcomes_over_time", tiny(), "en").alternative
    # Runs lie at 50, 51 and 52 in the first week; the last adds 0.7; t(0.975, 2) / sqrt(3) = 2.4841.
    assert "Status quo: 51.0 on 2018-01-01, 51.7 [49.2, 54.2] on 2018-02-19; runs: 3." in over_time
    assert "The rules change: 2018-01-22 (Cross-serving, Joint meeting)." in over_time
    assert "Cross-serving: +1.25 [0.75, 1.75], from 50.7 to 52.0" in draw("effects", tiny(), "en").alternative
    assert "租户（1,234 户）：−0.75 [−1.00, −0.50]，3 对" in draw("group_effects", tiny(), "zh").alternative
    hours = draw("hours_by_body", tiny(), "en").alternative
    assert "Joint meeting: 33.0 available, 30.9 [30.7, 31.1] given, 3.1 [2.9, 3.3] short" in hours
    assert "supervision of the provider 27.9 given, 2.1 short" in hours


def test_numbers_drawn_are_those_of_the_data() -> None:
    drawing = draw("outcomes_over_time", tiny(), "en")
    first = drawing.data[drawing.data["scenario"] == "Cross-serving"].iloc[0]
    assert (first["week"], first["monday"], first["mean"], first["runs"]) == (0, "2018-01-01", 53.0, 3)
    lines = drawing.figure.axes[0].lines
    assert any(np.allclose(line.get_ydata(), 53 + np.arange(WEEKS) / 10) for line in lines)
    effects = draw("effects", tiny(), "en")
    printed_words = [text.get_text() for text in words_drawn(effects)]
    assert printed_words.count("+2.50 [2.00, 3.00]") == len(HEADLINES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_scenario_alone(lang: Language) -> None:
    alone = tiny({"status_quo": SCENARIOS["status_quo"]})
    for figure in ("outcomes_over_time", "hours_by_body"):
        drawing = draw(figure, alone, lang)
        assert_nothing_is_cut(drawing)
        assert drawing.alternative.startswith(SCENARIOS["status_quo"].say(lang))
    for figure in ("effects", "group_effects"):
        with pytest.raises(InputError) as told:
            draw(figure, alone, lang)
        assert "cogov compare" in told.value.say(lang)


def test_a_single_run_says_that_it_has_no_interval() -> None:
    whole = tiny()
    cells = whole.frames["cells"]
    alone = changed(whole, cells=cells[cells["seed"] == 0])
    drawing = draw("outcomes_over_time", alone, "en")
    assert "a single run, so no interval" in drawing.alternative
    assert "50.7 on 2018-02-19; runs: 1" in drawing.alternative.replace("  ", " ")
    assert drawing.data["low"].isna().all()


def test_coincident_lines_take_turns_and_are_named() -> None:
    whole = tiny()
    frame = whole.frames["outcomes"].copy()
    frame[HEADLINES] = 50.0
    drawing = draw("outcomes_over_time", changed(whole, outcomes=frame), "zh")
    assert drawing.alternative.count("重合或几乎重合：现状、交叉任职、联席会议。") == len(HEADLINES)
    marks = kept_apart(panels(changed(whole, outcomes=frame))[0].courses)
    inked = [set(np.arange(3) if not each.dash[1] else _inked(each.dash)) for each in marks]
    assert sorted(place for each in inked for place in each) == [0, 1, 2], "each third shows one line"


def _inked(dash: tuple[float, tuple[float, ...]]) -> list[int]:
    offset, (on, off) = dash
    period = on + off
    return [third for third in range(3) if (third * on + offset) % period < on]


def test_lines_apart_keep_their_marks() -> None:
    assert coincident(panels(tiny())[0].courses) == []
    assert kept_apart(panels(tiny())[0].courses) == [mark(0), mark(1), mark(2)]


def test_missing_values_are_named_and_leave_gaps() -> None:
    whole = tiny()
    frame = whole.frames["outcomes"].copy()
    rate = frame["collection_rate"].copy()
    rate[(frame["cell"] < RUNS) & (frame["week"] < 2)] = np.nan
    rate[frame["cell"] == RUNS] = np.nan
    drawing = draw("outcomes_over_time", changed(whole, outcomes=frame.assign(collection_rate=rate)), "en")
    told = drawing.alternative
    assert "Missing: Status quo, from 2018-01-01 to 2018-01-08, some or all runs without a value in 2 weeks" in told
    assert "Missing: Cross-serving, from 2018-01-01 to 2018-02-19" in told
    assert told.count("Missing:") == 2
    rows = drawing.data[(drawing.data["outcome"] == "collection rate") & (drawing.data["week"] == 0)]
    assert list(rows["runs"]) == [0, 2, 3]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_outcome_without_any_value_keeps_its_panel(lang: Language) -> None:
    whole = tiny()
    frame = whole.frames["outcomes"].assign(collection_rate=np.nan)
    drawing = draw("outcomes_over_time", changed(whole, outcomes=frame), lang)
    assert len(drawing.figure.axes) == len(HEADLINES)
    absent = {"zh": "无数值", "en": "no value"}[lang]
    assert absent in [text.get_text() for text in words_drawn(drawing)]
    assert drawing.alternative.count(absent) == len(SCENARIOS)


def test_differences_that_are_missing_are_named() -> None:
    whole = tiny()
    effects = whole.frames["effects"].assign(low=np.nan, high=np.nan)
    effects.loc[effects["scenario"] == "joint_meeting", "difference"] = np.nan
    told = draw("effects", changed(whole, effects=effects), "en").alternative
    assert "Joint meeting: no value, from 50.7" in told
    assert "Cross-serving: +1.25, from 50.7 to 52.0, pairs: 3; cannot be told." in told
    groups = whole.frames["group_effects"]
    fewer = groups[~((groups["group"] == "tenant") & (groups["scenario"] == "joint_meeting"))]
    told = draw("group_effects", changed(whole, group_effects=fewer), "en").alternative
    assert "Tenants (1,234): no value" in told


def test_hours_that_are_missing_are_named_and_absent_rows_are_nought() -> None:
    whole = tiny()
    hours = whole.frames["hours"].copy()
    hours.loc[0, "given"] = np.nan
    told = draw("hours_by_body", changed(whole, hours=hours), "en").alternative
    assert "Missing: Status quo, 1 runs without a value" in told
    meetings = whole.frames["hours"]
    sometimes = meetings[~((meetings["cell"] == RUNS) & (meetings["activity"] == "joint_meeting"))]
    [[_, cross_serving, _]] = loads(changed(whole, hours=sometimes))
    assert cross_serving.given["joint_meeting"] == pytest.approx(2.0), "a run without a row was asked for nothing"


def test_failed_runs_are_counted_and_left_out() -> None:
    whole = tiny()
    cells = whole.frames["cells"].copy()
    cells.loc[2, "state"] = "failed"
    drawing = draw("outcomes_over_time", changed(whole, cells=cells), "en")
    assert "Status quo: 50.5 on 2018-01-01" in drawing.alternative
    assert drawing.alternative.endswith("1 runs were not finished and are left out.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure not in OF_ONE_SCENARIO])
def test_long_names_wrap(figure: str, lang: Language) -> None:
    long = Text(
        zh="我们街道试行的居委会成员到业委会任职并每月开联席会议的办法（第二稿）",
        en="Residents' committee members sit on owners' committees and meet monthly, second draft",
    )
    drawing = draw(figure, tiny({**SCENARIOS, "mine": long}), lang)
    assert_nothing_is_cut(drawing)
    shown = [text.get_text() for text in words_drawn(drawing)]
    assert any(
        "\n" in words and words.replace("\n", "").replace(" ", "") == long.say(lang).replace(" ", "") for words in shown
    )


def test_weeks_without_dates_are_numbered() -> None:
    whole = tiny()
    frames = {name: whole.frames[name] for name in ("cells", "outcomes")}
    drawing = draw("outcomes_over_time", replace(whole, frames=frames), "zh")
    assert "第 0 周为 51.0，第 7 周为 51.7" in drawing.alternative
    assert "规则变化" not in drawing.alternative


def test_changes_of_rules_are_marked() -> None:
    when = timeline(tiny())
    assert when.changes == {3: ["cross_serving", "joint_meeting"]}
    drawing = draw("outcomes_over_time", tiny(), "en")
    uprights = [line for line in drawing.figure.axes[0].lines if len(set(line.get_xdata())) == 1]
    assert len(uprights) == 1


def test_zero_is_always_in_sight() -> None:
    whole = tiny()
    far = whole.frames["effects"].assign(difference=10.0, low=9.0, high=11.0)
    for axes in draw("effects", changed(whole, effects=far), "en").figure.axes:
        low, high = axes.get_xlim()
        assert low < 0 < high and high > 11


def test_averages_against_scipy() -> None:
    from scipy import stats

    values = np.random.default_rng(1).normal(size=(9, 4))
    values[0, 1] = np.nan
    averaged = average(values)
    for column in range(4):
        there = values[np.isfinite(values[:, column]), column]
        low, high = stats.t.interval(0.95, len(there) - 1, there.mean(), stats.sem(there))
        assert (averaged.low[column], averaged.high[column]) == pytest.approx((low, high))
    assert list(averaged.runs) == [9, 8, 9, 9]


def test_numbers_are_printed_with_a_true_minus_sign_and_no_minus_nought() -> None:
    assert (signed(-1.25, 1), signed(-0.01, 1), printed(float("nan"), 1)) == ("−1.2", "0.0", "–")


def test_only_headlines_are_drawn() -> None:
    assert [outcome.key for outcome in headlines(["joint_meetings", *HEADLINES])] == HEADLINES
    assert isinstance(panels(tiny())[0].courses[0], Course)


def test_a_heat_map_states_paired_differences_from_the_lower_left() -> None:
    drawing = draw("heat_map", swept(), "en")
    assert "True satisfaction (points, 0–100); base (0.03, 0.02) 51.0" in drawing.alternative
    assert "0.03, what good news adds to trust 0.04: +2.00, pairs: 3.\n" in drawing.alternative  # 2 thrice tells nothing
    assert "+5.83 [5.12, 6.55], pairs: 3" in drawing.alternative  # 6, 6, 5.5; t(0.975, 2) = 4.3027 x 0.16667
    printed_words = [text.get_text() for text in words_drawn(drawing)]
    assert "51.0\nbase" in printed_words and "+5.83*\n±0.72" in printed_words and "+2.00" in printed_words


def test_a_heat_map_is_drawn_only_where_exactly_two_numbers_vary() -> None:
    whole = swept()
    heat_map = parts("figure")["heat_map"]()
    assert heat_map.suits(whole)
    summary = whole.frames["summary"]
    for other in (
        summary.assign(**{"trust.gain": 0.04}),
        summary.assign(**{"pressure.capture": [0.1, 0.2, 0.3, 0.4]}),
        summary.assign(place=["four_estates", "table"] * 2),
        summary.iloc[:3],
    ):
        assert not heat_map.suits(changed(whole, summary=other))


def test_contributions_state_the_whole_and_every_share() -> None:
    told = draw("contributions", tiny(), "en").alternative
    assert "Shapley shares" in told and "the whole: +3.00 [2.50, 3.50], pairs: 3" in told
    assert "cross-serving: +2.00 [1.50, 2.50]" in told and "+1.00" not in told
