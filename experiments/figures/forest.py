"""Forest: differences with their intervals, a row each, against the line of no difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.figures.captions import MINUS, NO_VALUE, bracketed, signed
from experiments.figures.room import POINT, lines
from experiments.figures.strokes import Estimate, interval, zero_upright
from experiments.figures.style import TEXT_SIZE, Mark
from sim.texts import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TICKS = 5
LINE = 1.2 * TEXT_SIZE * POINT  # millimetres
BETWEEN = 1.6  # millimetres from name to name
MARGIN = 0.06  # of the level axis, so that no marker is cut


@dataclass(frozen=True)
class Row:
    """A difference as it is drawn: its name, broken into lines already, and its mark."""

    name: str
    estimate: Estimate
    mark: Mark


def height(names: Sequence[str]) -> float:
    """Return the height that rows of these names need so that no name touches the next [mm]."""
    return len(names) * (BETWEEN + LINE * max(map(lines, names)))


def forest(axes: Axes, rows: Sequence[Row], ticks: int = TICKS) -> None:
    """Draw rows one below the other with the zero line; of a difference that is nan, the name stays."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for place, row in enumerate(rows):
        interval(axes, -place, row.estimate, row.mark)
    name_rows(axes, [row.name for row in rows])
    axes.set_xlim(*limits([row.estimate for row in rows]))
    axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    zero_upright(axes)


def name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows at heights 0, -1, -2 and so on, and leave nothing of the upright axis but the names."""
    axes.set_yticks([-place for place in range(len(names))], names)
    axes.set_ylim(0.5 - len(names), 0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines.left.set_visible(False)
    axes.grid(axis="x")


def limits(estimates: Sequence[Estimate]) -> tuple[float, float]:
    """Return the ends of an axis that shows every interval and zero with a margin; -1 to 1 if all is zero.

    >>> limits([Estimate(1.0, 0.5, 2.0)]), limits([Estimate(0.0, 0.0, 0.0)])
    ((-0.12, 2.12), (-1.0, 1.0))
    """
    ends = [end for one in estimates for end in (one.value, one.low, one.high) if math.isfinite(end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        return -1.0, 1.0
    margin = MARGIN * (high - low)
    return low - margin, high + margin


def tick(value: float) -> str:
    """Return a difference as it stands on an axis.

    >>> tick(0.5), tick(-0.0)
    ('+0.5', '0')
    """
    return f"{value:+g}".replace("-", MINUS) if value else "0"


def stated(estimate: Estimate, decimals: int, lang: Language) -> str:
    """Return a difference with its interval in words."""
    if not math.isfinite(estimate.value):
        return NO_VALUE.say(lang)
    return f"{signed(estimate.value, decimals)} {bracketed(estimate.low, estimate.high, decimals)}".rstrip()
