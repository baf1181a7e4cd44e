"""Numbers printed in columns to the right of a stack of panels, a row beside each thing drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.figures.style import SOFT_INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

GAP = 9.0
"""Blank before each column [points]."""
RISE = 18.0
"""Height of the heads above the first panel, clear of its title [points]."""


@dataclass(frozen=True)
class Column:
    """A head and, for each panel, the words beside its rows, the first row at height 0, the next at -1."""

    head: str
    panels: Sequence[Sequence[str]]


def print_beside(stack: Sequence[Axes], columns: Sequence[Column]) -> None:
    """Print columns beside panels that stand in one stack, each as wide as its widest words."""
    offset = GAP
    for column in columns:
        head = _head(stack[0], column.head, offset)
        words = [
            _words(axes, height, row, offset)
            for axes, rows in zip(stack, column.panels, strict=True)
            for height, row in enumerate(rows)
        ]
        offset += max(text.get_window_extent().width for text in (head, *words)) + GAP


def _head(axes: Axes, words: str, offset: float) -> Annotation:
    return axes.annotate(
        words, (1, 1), (offset, RISE), "axes fraction", "offset points", color=SOFT_INK, annotation_clip=False
    )


def _words(axes: Axes, row: int, words: str, offset: float) -> Annotation:
    return axes.annotate(
        words,
        (1, -row),
        (offset, 0),
        axes.get_yaxis_transform(),
        "offset points",
        va="center",
        annotation_clip=False,
    )
