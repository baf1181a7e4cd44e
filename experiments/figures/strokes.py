"""What a figure is drawn with: line, band, interval, bar, zero line and key, each led by a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.figures.style import COLOURS, SOFT_INK, Mark

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

MARKERS_A_LINE = 5
MARKER_SIZE = 5.5
MARKER_EDGE: dict[str, Any] = {"markeredgecolor": "white", "markeredgewidth": 0.5}
ZERO: dict[str, Any] = {"color": SOFT_INK, "linewidth": 0.7, "zorder": 1.5}


@dataclass(frozen=True)
class Estimate:
    """A value with its interval: `low` and `high` are the ends, in the unit of `value`."""

    value: float
    low: float
    high: float


def line(axes: Axes, x: ArrayLike, y: ArrayLike, mark: Mark) -> None:
    """Draw a line in its colour and dash, with a few markers that stand apart from those of other marks."""
    step = max(1, len(np.atleast_1d(np.asarray(x))) // MARKERS_A_LINE)
    start = step * mark.position // len(COLOURS) % step
    axes.plot(
        x,
        y,
        color=mark.colour,
        linestyle=mark.dash,
        marker=mark.marker,
        markevery=(start, step),
        **MARKER_EDGE,
    )


def band(axes: Axes, x: ArrayLike, low: ArrayLike, high: ArrayLike, mark: Mark) -> None:
    """Draw the interval around a line as a light band with a fine edge, legible where bands overlap."""
    axes.fill_between(x, low, high, color=mark.colour, alpha=0.13, linewidth=0)
    for edge in (low, high):
        axes.plot(x, edge, color=mark.colour, alpha=0.55, linewidth=0.4)


def interval(axes: Axes, height: float, estimate: Estimate, mark: Mark) -> None:
    """Draw an estimate as a marker on a bar that spans its interval, at `height` on the vertical axis."""
    axes.plot([estimate.low, estimate.high], [height, height], color=mark.colour, solid_capstyle="butt")
    axes.plot(
        [estimate.value],
        [height],
        color=mark.colour,
        marker=mark.marker,
        markersize=MARKER_SIZE,
        **MARKER_EDGE,
    )


def bars(axes: Axes, heights: ArrayLike, start: ArrayLike, length: ArrayLike, mark: Mark, thickness: float = 0.7) -> None:
    """Draw level bars from `start` over `length`, filled and hatched.

    `heights` are their places on the vertical axis; `thickness` is in the unit of that axis.
    """
    axes.barh(
        heights,
        length,
        left=start,
        height=thickness,
        color=mark.colour,
        hatch=mark.hatch,
        edgecolor="white",
        linewidth=0.6,
    )


def zero_upright(axes: Axes) -> None:
    """Draw the line of no difference where differences run along the level axis."""
    axes.axvline(0, **ZERO)


def swatch(name: str, mark: Mark) -> Artist:
    """Return the entry of a key for a surface: a bar or a part of one."""
    from matplotlib.patches import Patch

    return Patch(facecolor=mark.colour, hatch=mark.hatch, edgecolor="white", linewidth=0, label=name)


def key(axes: Axes, entries: Sequence[Artist], columns: int) -> None:
    """Put a key above the axes, flush left; for what cannot be labelled where it ends."""
    axes.legend(
        handles=entries,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        borderaxespad=0.3,
        borderpad=0,
        handlelength=1.8,
        columnspacing=1.6,
    )
