"""How much room words need, measured before a sheet is laid out, so that it can be as high as they ask."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.figures.sheet import HEAD_GAP, LEADING, balanced, sheet, wrapped
from experiments.figures.style import MILLIMETRES_PER_INCH, PAGE, POINTS_PER_INCH, TEXT_SIZE, TITLE_SIZE

POINT = MILLIMETRES_PER_INCH / POINTS_PER_INCH
"""One point in millimetres."""


def broken(words: Sequence[str], width: float) -> list[str]:
    """Return labels broken into lines that fit `width` [mm]."""
    with sheet("", "") as scratch:
        return [balanced(scratch, each, width) for each in words]


def widest(words: Sequence[str]) -> float:
    """Return the width of the widest of several labels [mm]."""
    with sheet("", "") as scratch:
        return max(scratch.text(0, 0, each).get_window_extent().width for each in words) * POINT


def lines(words: str) -> int:
    """Return how many lines a broken label takes."""
    return words.count("\n") + 1


def head(title: str, how: str, width: float = PAGE) -> float:
    """Return the height that a sheet's title and the line below it take [mm]."""
    with sheet("", "") as scratch:
        rows = (
            len(wrapped(scratch, title, TITLE_SIZE, "bold", width)) * TITLE_SIZE
            + len(wrapped(scratch, how, width=width)) * TEXT_SIZE
        )
    return (rows * LEADING + HEAD_GAP) * POINT
