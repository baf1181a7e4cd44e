"""Headline outcomes week by week: a panel an outcome, a line a scenario, a band what chance leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.figures.averages import failed
from experiments.figures.captions import (
    FAILED,
    NO_VALUE,
    bracketed,
    compared,
    how,
    outcome_name,
    printed,
    with_direction,
)
from experiments.figures.courses import Course, Panel, coincident, kept_apart, panels
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.labels import LABEL_LEADING, Ending, label_endings
from experiments.figures.room import POINT, broken, head, lines
from experiments.figures.sheet import balanced, sheet
from experiments.figures.strokes import band, line
from experiments.figures.style import PAGE, SOFT_INK, TEXT_SIZE
from experiments.figures.timeline import Timeline, timeline
from sim.outcome import Outcome
from sim.parts import part
from sim.texts import Language, Text, joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

PANELS_A_ROW = 2
AROUND = 13.0  # millimetres of a row that its title and the axis take
PANEL = 26.0  # millimetres, the least height of a panel
LABEL = 25.0  # millimetres, the width of a label
TITLE = 70.0  # millimetres, the width of a panel's title

WHAT = Text(zh="{count} 项主要结果随时间的变化", en="{count} headline outcomes over time")
STROKES = Text(
    zh="线为各次运行的平均，色带为平均值的 95 % 区间",
    en="lines are means of the runs, bands 95 % intervals of the mean",
)
STROKES_ALONE = Text(zh="只运行一次，没有区间", en="a single run, so no interval")
UPRIGHT = Text(zh="{strokes}，竖点线处规则变化", en="{strokes}; rules change at the dotted upright")
TOLD = Text(
    zh="  {scenario}：{began}为 {first}，{ended}为 {last} {interval}；{runs} 次运行。",
    en="  {scenario}: {first} on {began}, {last} {interval} on {ended}; runs: {runs}.",
)
UNKNOWN = Text(zh="  {scenario}：{missing}。", en="  {scenario}: {missing}.")
COINCIDE = Text(zh="  重合或几乎重合：{scenarios}。", en="  The same or nearly the same: {scenarios}.")
MISSING = Text(
    zh="  缺值：{scenario}，{first} 至 {last} 间有 {weeks} 周在部分或全部运行中没有数值。",
    en="  Missing: {scenario}, from {first} to {last}, some or all runs without a value in {weeks} weeks.",
)
READ = Text(
    zh="方括号为 95 % 区间。色带重叠不等于没有差异：各方案用同一随机数成对运行，差异要看成对之差。",
    en="Brackets are 95 % intervals. Bands that overlap do not mean no difference: runs are paired on common "
    "random numbers, so read differences from the pairs.",
)
HEADS = {
    "outcome": Text(zh="结果", en="outcome"),
    "unit": Text(zh="单位", en="unit"),
    "scenario": Text(zh="方案", en="scenario"),
    "week": Text(zh="周", en="week"),
    "monday": Text(zh="周一", en="monday"),
    "mean": Text(zh="平均", en="mean"),
    "low": Text(zh="区间下限", en="low"),
    "high": Text(zh="区间上限", en="high"),
    "runs": Text(zh="运行次数", en="runs"),
}


@part("figure")
class OutcomesOverTime(Plot):
    """Headline outcomes over time, a line a scenario, with the 95 % t interval of the mean over its runs."""

    label = Text(zh="主要结果随时间的变化", en="headline outcomes over time")
    needs = ("cells", "outcomes")

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw one panel an outcome; dates and changes of rules come from the events, where there are any."""
        drawn, when = panels(tables), timeline(tables)
        title = compared(tables, WHAT.filled(count=len(drawn)), lang)
        below = how(tables, _strokes(drawn, when), lang)
        names = broken([scenario.say(lang) for scenario in tables.scenarios.values()], LABEL)
        with sheet(title, below, PAGE, head(title, below) + _height(len(drawn), names)) as figure:
            _draw(figure, drawn, when, names, lang)
        told = [title, below, *when.tell(tables.scenarios, lang)]
        told += [row for panel in drawn for row in _tell(panel, when, lang)]
        told += [READ.say(lang), *([FAILED.say(lang, count=failed(tables))] if failed(tables) else [])]
        return Drawing(figure, _data(drawn, when, lang), "\n".join(told))


def _strokes(drawn: Sequence[Panel], when: Timeline) -> Text:
    runs = max((course.total for panel in drawn for course in panel.courses), default=0)
    strokes = STROKES if runs > 1 else STROKES_ALONE
    return UPRIGHT.filled(strokes=strokes) if when.changes else strokes


def _height(count: int, names: Sequence[str]) -> float:
    """Return the height of the panels [mm]: each is as high as the labels where its lines end need."""
    labels = sum(lines(name) for name in names) * LABEL_LEADING * TEXT_SIZE * POINT
    return -(-count // PANELS_A_ROW) * (max(PANEL, labels) + AROUND)


def _draw(figure: Figure, drawn: Sequence[Panel], when: Timeline, names: Sequence[str], lang: Language) -> None:
    columns = min(PANELS_A_ROW, len(drawn))
    grid = figure.subplots(-(-len(drawn) // columns), columns, sharex=True, squeeze=False)
    for axes in grid.flat[len(drawn) :]:
        axes.remove()
    for axes, panel in zip(grid.flat, drawn, strict=False):
        name = outcome_name(panel.outcome, with_direction(panel.outcome, panel.outcome.unit), lang)
        axes.set_title(balanced(figure, name, TITLE))
        if panel.shown:
            _draw_panel(axes, panel, when, names)
        else:
            _leave_empty(axes, lang)
    for axes in grid.flat[len(drawn) - columns : len(drawn)]:
        axes.tick_params(labelbottom=True)
        when.label(axes, max(len(course.weeks) for course in drawn[0].courses), lang)


def _leave_empty(axes: Axes, lang: Language) -> None:
    axes.text(0.5, 0.5, NO_VALUE.say(lang), transform=axes.transAxes, ha="center", color=SOFT_INK)
    axes.set_yticks([])


def _draw_panel(axes: Axes, panel: Panel, when: Timeline, names: Sequence[str]) -> None:
    for course in panel.shown:
        band(axes, when.places(course.weeks), course.average.low, course.average.high, course.mark)
    for course, mark in zip(panel.shown, kept_apart(panel.shown), strict=True):
        line(axes, when.places(course.weeks), course.average.mean, mark)
    when.mark_changes(axes)
    axes.grid(axis="y")
    _stop_at_zero(axes, panel.shown)
    label_endings(axes, [_ending(course, names[course.mark.position], when) for course in panel.shown])


def _stop_at_zero(axes: Axes, courses: Sequence[Course]) -> None:
    """Let no axis run below 0 where no mean does: what is counted or shared out cannot be negative."""
    if axes.get_ylim()[0] < 0 <= min(float(np.nanmin(course.average.mean)) for course in courses):
        axes.set_ylim(bottom=0)


def _ending(course: Course, name: str, when: Timeline) -> Ending:
    last = course.known[-1]
    return Ending(name, when.position(course.weeks[last]), float(course.average.mean[last]), course.mark)


def _tell(panel: Panel, when: Timeline, lang: Language) -> list[str]:
    """Return what a reader would take from one panel, a line each."""
    groups = coincident(panel.shown) if panel.shown else []
    same = [[panel.shown[index].scenario for index in group] for group in groups]
    return [
        outcome_name(panel.outcome, with_direction(panel.outcome, panel.outcome.unit), lang),
        *(_tell_course(panel.outcome, course, when, lang) for course in panel.courses),
        *(COINCIDE.say(lang, scenarios=joined(scenarios, lang)) for scenarios in same),
        *(_tell_gaps(course, when, lang) for course in panel.courses if course.gaps),
    ]


def _tell_course(outcome: Outcome, course: Course, when: Timeline, lang: Language) -> str:
    if not course.known:
        return UNKNOWN.say(lang, scenario=course.scenario, missing=NO_VALUE)
    first, last = course.known[0], course.known[-1]
    mean, low, high = (values.tolist() for values in course.average[:3])
    return TOLD.say(
        lang,
        scenario=course.scenario,
        began=when.name(course.weeks[first], lang),
        first=printed(mean[first], outcome.decimals),
        ended=when.name(course.weeks[last], lang),
        last=printed(mean[last], outcome.decimals),
        interval=bracketed(low[last], high[last], outcome.decimals),
        runs=course.total,
    )


def _tell_gaps(course: Course, when: Timeline, lang: Language) -> str:
    first, last = (when.name(course.weeks[row], lang) for row in (course.gaps[0], course.gaps[-1]))
    return MISSING.say(lang, scenario=course.scenario, first=first, last=last, weeks=len(course.gaps))


def _data(drawn: Sequence[Panel], when: Timeline, lang: Language) -> DataFrame:
    from pandas import concat

    data = concat(
        [_rows_of(panel.outcome, course, when, lang) for panel in drawn for course in panel.courses],
        ignore_index=True,
    )
    return data[list(HEADS)].rename(columns={head: words.say(lang) for head, words in HEADS.items()})


def _rows_of(outcome: Outcome, course: Course, when: Timeline, lang: Language) -> DataFrame:
    from pandas import DataFrame

    return DataFrame({"week": course.weeks, **course.average._asdict()}).assign(
        outcome=outcome.label.say(lang),
        unit=outcome.unit.say(lang),
        scenario=course.scenario.say(lang),
        monday=[when.name(week, lang) for week in course.weeks],
    )
