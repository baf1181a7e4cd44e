"""The sheet that a figure is drawn on: exact size, title, the line that says how, and what is drawn below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from experiments.figures.labels import spread_labels
from experiments.figures.style import (
    INK,
    PAGE,
    POINTS_PER_INCH,
    SOFT_INK,
    TEXT_SIZE,
    TITLE_SIZE,
    inches,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEADING = 1.4
"""Distance from line to line, in sizes of the text."""
HEAD_GAP = 7.0
"""Blank between the head and what is drawn [points]."""
HALVINGS = 6
"""Steps in which the width of a label is searched; leaves it known within 2 %."""
WIDE = 0x2E80
"""From this code point on, characters are as wide as high, and a line may break between any two of them."""
NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’％‰°℃·…—,.;:?!)]}%")
NEVER_LAST = frozenset("（《「『【〔“‘([{")


@contextmanager
def sheet(title: str, how: str, width: float = PAGE, height: float = 100.0) -> Iterator[Figure]:
    """Lend a figure with its head, to be filled; when the block ends, everything on it has its place.

    `title` says what is compared, `how` the place, weeks, pairs and interval; both are wrapped to the width.
    `width` and `height` are those of the whole sheet [mm], kept exactly; the drawing gets what is left.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(inches(width), inches(height)))
        FigureCanvasAgg(figure)
        _lay_out_below(figure, _head(figure, title, how))
        yield figure
        _settle(figure)


def _head(figure: Figure, title: str, how: str) -> float:
    """Write title and line from the top left corner downwards and return the depth they take [points]."""
    depth = 0.0
    for words, size, weight, colour in (
        (title, TITLE_SIZE, "bold", INK),
        (how, TEXT_SIZE, "normal", SOFT_INK),
    ):
        for row in wrapped(figure, words, size, weight):
            depth += size * LEADING
            baseline = 1 - (depth - 0.35 * size) / POINTS_PER_INCH / figure.get_figheight()
            figure.text(0, baseline, row, size=size, weight=weight, color=colour, va="baseline")
    return depth


def _lay_out_below(figure: Figure, depth: float) -> None:
    room = 1 - (depth + HEAD_GAP) / POINTS_PER_INCH / figure.get_figheight()
    figure.set_layout_engine("constrained", rect=(0, 0, 1, room), w_pad=0.02, h_pad=0.02, wspace=0.06, hspace=0.08)


def wrapped(
    figure: Figure, words: str, size: float = TEXT_SIZE, weight: str = "normal", width: float | None = None
) -> list[str]:
    """Break words into lines that fit `width` [mm], by default the figure's; never before a closing sign."""
    room = figure.bbox.width if width is None else inches(width) * figure.dpi
    lines = [""]
    for piece in pieces(words):
        if lines[-1] and _width_of(figure, (lines[-1] + piece).rstrip(), size, weight) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def balanced(figure: Figure, words: str, width: float) -> str:
    """Break the words of a label into the fewest lines that fit `width` [mm], all about equally long."""
    fewest = len(wrapped(figure, words, width=width))
    narrow, wide = 0.0, width
    for _ in range(HALVINGS):
        middle = (narrow + wide) / 2
        if len(wrapped(figure, words, width=middle)) > fewest:
            narrow = middle
        else:
            wide = middle
    return "\n".join(wrapped(figure, words, width=wide))


def _width_of(figure: Figure, words: str, size: float, weight: str) -> float:
    text = figure.text(0, 0, words, size=size, weight=weight)
    extent: float = text.get_window_extent().width
    text.remove()
    return extent


def pieces(words: str) -> list[str]:
    """Cut words where a line may break: after a blank, and beside wide characters but for brackets and stops.

    >>> pieces("现状（30 对）, two words")
    ['现', '状', '（30 ', '对）, ', 'two ', 'words']
    """
    cut = [""]
    for before, after in zip(" " + words, words, strict=False):
        if may_break(before, after) and cut[-1]:
            cut.append("")
        cut[-1] += after
    return cut


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after.isspace() or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    return before.isspace() or before == "_" or ord(before) >= WIDE or ord(after) >= WIDE


def _settle(figure: Figure) -> None:
    """Solve the layout once and for all, then spread the labels of each axes over the height they have."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        spread_labels(axes)
