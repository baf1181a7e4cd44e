"""A sweep over two numbers: how far every combination lies from the one where both are lowest, a panel an outcome."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.figures.captions import how, opening, outcome_name, printed, signed, with_direction
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.forest import stated
from experiments.figures.room import head
from experiments.figures.sheet import balanced, sheet
from experiments.figures.strokes import Estimate
from experiments.figures.style import COLOURS, INK, MILLIMETRES_PER_INCH, PAGE, SOFT_INK, TEXT_SIZE
from experiments.names import number_at
from experiments.package import label_of
from experiments.surface import Axes, Surface, axes_of, surfaces
from sim.parts import part
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Panel
    from matplotlib.figure import Figure
    from pandas import DataFrame

NARROW = 5
"""Up to so many values across, two panels stand side by side."""
ROW = 9.0  # millimetres, the height of a combination
AROUND = 22.0  # millimetres of a panel that its title and the axis take
OUTCOME = 68.0  # millimetres, the width of a panel's title
DARK = 0.5
"""Luminance below which words stand white on their colour."""
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue (ITU-R BT.709)."""
TALL = 0.7
"""Share of the figure's height that the name of the upright number may take."""

TITLE = Text(zh="{down}与{across}：与左下角之差", en="{down} and {across}: differences from the lower left")
STROKES = Text(
    zh="每格：成对之差，± 为 95 % 区间的一半，* 为经 Holm 校正后有差异；左下角为基准值",
    en="in each field the paired difference, ± half its 95 % interval, * seen after Holm's correction; lower left: "
    "base value",
)
NAMED = Text(zh="{name}（{unit}）", en="{name} ({unit})")
BASE = Text(zh="基准", en="base")
AT = Text(
    zh="  {down} {row}，{across} {column}：{difference}，{pairs} 对{seen}。",
    en="  {down} {row}, {across} {column}: {difference}, pairs: {pairs}{seen}.",
)
SEEN = Text(zh="，有差异", en="; difference seen")
LEVEL = Text(zh="{outcome}；基准（{row}，{column}）为 {level}", en="{outcome}; base ({row}, {column}) {level}")
HEADS = {
    "outcome": Text(zh="结果", en="outcome"),
    "unit": Text(zh="单位", en="unit"),
    "base_value": Text(zh="基准值", en="base value"),
    "difference": Text(zh="差", en="difference"),
    "low": Text(zh="区间下限", en="low"),
    "high": Text(zh="区间上限", en="high"),
    "n": Text(zh="对数", en="pairs"),
    "seen": Text(zh="有差异", en="seen"),
}


@part("figure")
class HeatMap(Plot):
    """Paired differences over a grid of two numbers; drawn where exactly two vary in a sweep."""

    label = Text(zh="两个参数的热图", en="heat map of two numbers")
    needs = ("summary", "cells")

    def suits(self, tables: Tables) -> bool:
        """Tell whether exactly two numbers vary, on a whole grid that can be read."""
        return axes_of(tables.frames["summary"]) is not None

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw a panel an outcome: rows are the first number, columns the second."""
        grid = axes_of(tables.frames["summary"])
        assert grid is not None
        found = surfaces(tables.frames["cells"], grid)
        title = opening(TITLE.say(lang, down=label_of(grid.down), across=label_of(grid.across)))
        below = how(tables, STROKES, lang)
        columns = 2 if len(grid.columns) <= NARROW else 1
        room = head(title, below) + -(-len(found) // columns) * (len(grid.rows) * ROW + AROUND)
        with sheet(title, below, PAGE, room) as figure:
            _draw(figure, found, grid, columns, lang)
        told = [line for surface in found for line in _tell(surface, grid, lang)]
        return Drawing(figure, _data(found, grid, lang), "\n".join([title, below, *told]))


def _draw(figure: Figure, found: Sequence[Surface], grid: Axes, columns: int, lang: Language) -> None:
    panels = figure.subplots(-(-len(found) // columns), columns, squeeze=False)
    for axes in panels.flat[len(found) :]:
        axes.remove()
    for axes, surface in zip(panels.flat, found, strict=False):
        outcome = surface.outcome
        axes.set_title(balanced(figure, outcome_name(outcome, with_direction(outcome, outcome.unit), lang), OUTCOME))
        _field(axes, surface, grid, lang)
        axes.set_xticks(range(len(grid.columns)), [f"{value:g}" for value in grid.columns])
        axes.set_yticks(range(len(grid.rows)), [f"{value:g}" for value in grid.rows])
        axes.tick_params(length=0)
    figure.supxlabel(_named(grid.across, lang), size=TEXT_SIZE)
    tall = TALL * figure.get_figheight() * MILLIMETRES_PER_INCH
    figure.supylabel(balanced(figure, _named(grid.down, lang), tall), size=TEXT_SIZE)


def _field(axes: Panel, surface: Surface, grid: Axes, lang: Language) -> None:
    """Colour every combination by its difference, white for none, and print it with its interval.

    The farthest end of any interval has the full colour, so that what may be chance alone stays pale.
    """
    values = np.array([[_difference(surface, grid.points[row, column]) for column in grid.columns] for row in grid.rows])
    ends = [abs(end) for one in surface.differences.values() for end in (one.difference, one.low, one.high)]
    largest = max((end for end in ends if math.isfinite(end)), default=0.0) or 1.0
    edges = [np.arange(size + 1) - 0.5 for size in values.shape]
    axes.pcolormesh(edges[1], edges[0], values, cmap=_colours(), vmin=-largest, vmax=largest, edgecolor="white")
    for (down, across), value in np.ndenumerate(values):
        words = _words(surface, grid.points[grid.rows[down], grid.columns[across]], lang)
        colour = _ink(_colours()((value + largest) / (2 * largest)))
        axes.text(across, down, words, ha="center", va="center", color=colour, linespacing=1.1)
    axes.add_patch(_frame())


def _difference(surface: Surface, point: int) -> float:
    return surface.differences[point].difference if point in surface.differences else 0.0


def _words(surface: Surface, point: int, lang: Language) -> str:
    decimals = surface.outcome.decimals
    if point not in surface.differences:
        return f"{printed(surface.level, decimals)}\n{BASE.say(lang)}"
    one = surface.differences[point]
    if one.low == one.high == 0:
        return "0"
    told = signed(one.difference, decimals + 1) + ("*" if point in surface.seen else "")
    half = (one.high - one.low) / 2
    return f"{told}\n±{printed(half, decimals + 1)}" if math.isfinite(half) else told


def _colours() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("differences", [COLOURS[3], "white", COLOURS[1]])


def _ink(colour: Sequence[float]) -> str:
    """Return the colour of words on a colour: white where it is dark."""
    return "white" if sum(map(float.__mul__, LUMINANCE, map(float, colour[:3]))) < DARK else INK


def _frame() -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((-0.5, -0.5), 1, 1, fill=False, edgecolor=SOFT_INK, linewidth=0.8)


def _named(key: str, lang: Language) -> str:
    return NAMED.say(lang, name=label_of(key), unit=number_at(key)[0].unit)


def _tell(surface: Surface, grid: Axes, lang: Language) -> list[str]:
    outcome = surface.outcome
    told = {"row": f"{grid.rows[0]:g}", "column": f"{grid.columns[0]:g}", "level": printed(surface.level, outcome.decimals)}
    names = {"down": number_at(grid.down)[0].label, "across": number_at(grid.across)[0].label}
    lines = [LEVEL.say(lang, outcome=outcome_name(outcome, outcome.unit, lang), **told)]
    for (row, column), point in grid.points.items():
        if point in surface.differences:
            one = surface.differences[point]
            words = stated(Estimate(one.difference, one.low, one.high), outcome.decimals + 1, lang)
            seen = SEEN.say(lang) if point in surface.seen else ""
            lines.append(
                AT.say(lang, **names, row=f"{row:g}", column=f"{column:g}", difference=words, pairs=one.n, seen=seen)
            )
    return lines


def _data(found: Sequence[Surface], grid: Axes, lang: Language) -> DataFrame:
    from pandas import DataFrame

    rows = []
    for surface in found:
        for (row, column), point in grid.points.items():
            one = surface.differences.get(point)
            told = {name: getattr(one, name) if one else math.nan for name in ("difference", "low", "high", "n")}
            outcome = {"outcome": surface.outcome.label.say(lang), "unit": surface.outcome.unit.say(lang)}
            rows.append(
                {grid.down: row, grid.across: column, **outcome, "base_value": surface.level, **told}
                | {"seen": point in surface.seen}
            )
    return DataFrame(rows).rename(columns={name: words.say(lang) for name, words in HEADS.items()})
