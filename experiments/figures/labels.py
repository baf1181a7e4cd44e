"""Labels where lines end, in place of a legend, and how they make room for one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from experiments.figures.style import POINTS_PER_INCH, TEXT_SIZE, Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL_GAP = 7.0
BETWEEN_LABELS = 3.0
"""Blank between the end of a line and its label [points]."""
LABEL_LEADING = 1.25
"""Distance from line to line within and between labels, in sizes of the text."""
END_LABEL = "end-label"


@dataclass(frozen=True)
class Ending:
    """The label of a line: its words, the point where the line ends in data units, and the line's mark."""

    words: str
    x: float
    y: float
    mark: Mark


def label_endings(axes: Axes, endings: Sequence[Ending]) -> None:
    """Label lines to the right of where they end; the sheet moves labels that would overlap up or down."""
    for ending in endings:
        label = axes.annotate(
            ending.words,
            (ending.x, ending.y),
            xytext=(LABEL_GAP, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": ending.mark.colour,
                "linewidth": 0.7,
                "relpos": (0, 0.5),
                "shrinkA": 1.0,
                "shrinkB": 1.0,
            },
        )
        label.set_gid(END_LABEL)


def spread_labels(axes: Axes) -> None:
    """Spread the labels of one axes over its height, once its layout is solved."""
    from matplotlib.text import Annotation

    labels = [text for text in axes.texts if isinstance(text, Annotation) and text.get_gid() == END_LABEL]
    if not labels:
        return
    point = axes.figure.dpi / POINTS_PER_INCH
    ends = [float(axes.transData.transform(label.xy)[1]) for label in labels]
    heights = [LABEL_LEADING * TEXT_SIZE * (label.get_text().count("\n") + 1) for label in labels]
    sizes = [(height + BETWEEN_LABELS) * point for height in heights]
    places = spread(ends, sizes, axes.bbox.y0, axes.bbox.y1)
    for label, end, place in zip(labels, ends, places, strict=True):
        label.set_position((LABEL_GAP, (place - end) / point))


def spread(centres: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move boxes along a line as little as possible until none overlaps, from `low` to `high` if they fit.

    `centres` and `sizes` are in one unit; the order of the centres is kept. Least squares: once each box has
    given up the room that those below it need, the task is monotone regression.

    >>> spread([5.0, 5.0, 20.0], sizes=[4.0, 4.0, 4.0], low=0.0, high=30.0)
    [3.0, 7.0, 20.0]
    """
    order = sorted(range(len(centres)), key=lambda index: centres[index])
    offsets = [0.0]
    for below, above in pairwise(order):
        offsets.append(offsets[-1] + (sizes[below] + sizes[above]) / 2)
    levels = _monotone([centres[index] - offset for index, offset in zip(order, offsets, strict=True)])
    floor, ceiling = low + sizes[order[0]] / 2, high - sizes[order[-1]] / 2 - offsets[-1]
    placed = {
        index: max(floor, min(level, ceiling)) + offset for index, level, offset in zip(order, levels, offsets, strict=True)
    }
    return [placed[index] for index in range(len(centres))]


def _monotone(values: Sequence[float]) -> list[float]:
    """Return the closest sequence that never falls, by pooling neighbours that are in the wrong order."""
    pools: list[list[float]] = []
    for value in values:
        pool = [value]
        while pools and sum(pools[-1]) / len(pools[-1]) > sum(pool) / len(pool):
            pool = pools.pop() + pool
        pools.append(pool)
    return [sum(pool) / len(pool) for pool in pools for _ in pool]
