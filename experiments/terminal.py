"""Results as text for a terminal of 80 columns, in which Chinese characters count double."""

import io
from collections.abc import Sequence

from experiments.figures.captions import MINUS, bracketed, printed, signed

WIDTH = 80
INDENT = "  "
GAP = 2


def plain(words: str) -> str:
    """Return words with a hyphen for the true minus sign, which the code page of a Chinese console lacks."""
    return words.replace(MINUS, "-")


def value(number: float, decimals: int) -> str:
    """Return a value as it is printed."""
    return plain(printed(number, decimals))


def difference(number: float, decimals: int) -> str:
    """Return a difference with its sign; one that is exactly zero is a bare 0.

    >>> difference(0.526, 2), difference(-0.3, 2), difference(0.0, 2), difference(-0.001, 2)
    ('+0.53', '-0.30', '0', '0.00')
    """
    return "0" if number == 0 else plain(signed(number, decimals))


def interval(low: float, high: float, decimals: int) -> str:
    """Return an interval in brackets, or a dash where there is none.

    >>> interval(-0.1, 0.25, 2), interval(float("nan"), float("nan"), 2), interval(0.0, 0.0, 2)
    ('[-0.10, 0.25]', '–', '[0, 0]')
    """
    if low == high == 0:
        return "[0, 0]"
    return plain(bracketed(low, high, decimals)) or "–"


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return the lines of a table without rules: the first column to the left, the others to the right.

    widths: most that each column takes [cells]; what is longer is wrapped.
    """
    from rich.table import Table

    drawn = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=any(heads), header_style="")
    for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
        drawn.add_column(head, justify="right" if index else "left", max_width=width, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    return _drawn(drawn)


def paragraph(words: str) -> list[str]:
    """Return words wrapped to the width, the lines after the first indented."""
    from rich.cells import cell_len

    lines = [""]
    for piece in _pieces(words):
        if lines[-1].strip() and cell_len(lines[-1] + piece.rstrip()) > WIDTH:
            lines.append(INDENT)
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(words: str) -> list[str]:
    from experiments.figures.sheet import pieces

    return pieces(words)


def _drawn(renderable: object) -> list[str]:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, legacy_windows=False, emoji=False, markup=False)
    with console.capture() as captured:
        console.print(renderable)
    return [line.rstrip() for line in captured.get().splitlines()]
