"""Heat maps of chances: a panel a law, and a panel of what differs between them, read in grey as in colour.

Chances run from white (never) to dark blue (always), with a line where the chance is one half.  Differences run
from orange (harder) over white to blue (easier) and are named where they are large, so that nobody has to tell
the hues apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.figures.style import INK, SOFT_INK
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.image import AxesImage

    from sim.households import F8
    from sim.regime import Flags

CHANCES = ("#FFFFFF", "#D3E6F3", "#86BBDD", "#2F86BE", "#0B4F86", "#072F55")
DIFFERENCES = ("#8A3B00", "#D9791B", "#F6CB96", "#FFFFFF", "#B9D8EC", "#4C97C8", "#0B4F86")
LARGE = 0.5  # from this difference on a region is named
WORTH_NAMING = 0.02  # the least share of a panel that a name has room in
TICKS = 0.2
EASIER = Text(zh="更容易", en="easier")
HARDER = Text(zh="更难", en="harder")
PER_CENT = 100


@dataclass(frozen=True)
class Grid:
    """What a panel is drawn over: `across` and `up` are shares, evenly spaced."""

    across: F8
    up: F8

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Return the ends of the image, so that each value lies in the middle of its cell."""
        half_x, half_y = ((axis[1] - axis[0]) / 2 for axis in (self.across, self.up))
        ends = self.across[0] - half_x, self.across[-1] + half_x, self.up[0] - half_y, self.up[-1] + half_y
        return float(ends[0]), float(ends[1]), float(ends[2]), float(ends[3])


def colours(name: str, stops: Sequence[str]) -> Colormap:
    """Return a colour map that passes through these colours at even distances."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list(name, list(stops))


def chances(axes: Axes, grid: Grid, values: F8) -> AxesImage:
    """Draw chances, with the line of one half.  values: shape (across, up)."""
    image = axes.imshow(
        values.T, origin="lower", extent=grid.extent, cmap=colours("chances", CHANCES), vmin=0, vmax=1, aspect="auto",
        interpolation="bilinear",
    )  # fmt: skip
    if values.min() < LARGE < values.max():
        axes.contour(grid.across, grid.up, values.T, levels=[LARGE], colors=[INK], linewidths=0.9)
    _frame(axes, grid)
    return image


def differences(axes: Axes, grid: Grid, values: F8, lang: Language) -> AxesImage:
    """Draw differences of chances and name where the second law is easier and where it is harder."""
    image = axes.imshow(
        values.T, origin="lower", extent=grid.extent, cmap=colours("differences", DIFFERENCES), vmin=-1, vmax=1,
        aspect="auto", interpolation="bilinear",
    )  # fmt: skip
    for sign, words, dash in ((1, EASIER, "solid"), (-1, HARDER, "dashed")):
        regions = _regions(sign * values >= LARGE)
        if regions:
            axes.contour(
                grid.across, grid.up, (sign * values).T, levels=[LARGE], colors=[INK], linewidths=0.7, linestyles=dash
            )
        for region in regions:
            _name(axes, _inside(grid, region), words.say(lang), DIFFERENCES[-1 if sign > 0 else 0])
    _frame(axes, grid)
    return image


def _name(axes: Axes, place: tuple[float, float], words: str, edge: str) -> None:
    from matplotlib.patheffects import withStroke

    outline = [withStroke(linewidth=2, foreground=edge)]
    axes.text(*place, words, ha="center", va="center", color="white", weight="bold", path_effects=outline)


def _regions(where: Flags) -> list[Flags]:
    """Return the connected parts of a region that have room for a name."""
    from scipy.ndimage import label

    parts, count = label(where)
    found = [parts == number for number in range(1, count + 1)]
    return [part for part in found if part.mean() >= WORTH_NAMING]


def _inside(grid: Grid, region: Flags) -> tuple[float, float]:
    """Return the point of a region that lies farthest from its edge, counted along and across."""
    from scipy.ndimage import distance_transform_cdt

    depth = distance_transform_cdt(np.pad(region, 1), metric="chessboard")[1:-1, 1:-1]
    i, j = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(grid.across[i]), float(grid.up[j])


def _frame(axes: Axes, grid: Grid) -> None:
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(SOFT_INK)
    for axis, values in ((axes.xaxis, grid.across), (axes.yaxis, grid.up)):
        places = np.arange(np.ceil(values[0] / TICKS - 1e-9), np.floor(values[-1] / TICKS + 1e-9) + 1) * TICKS
        axis.set_ticks(places, [f"{round(place * PER_CENT)}%" for place in places])
