"""The look of every figure: sizes on an A4 page, typeface, marks that are told apart in colour and in grey.

Nothing here touches pyplot or matplotlib's global settings: `styled` lends the settings to a block of code.
Matplotlib is imported inside, because listing the figures scans this folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from experiments.fonts import BOLD, FAMILY, REGULAR

COLUMN = 80.0
"""Width of a figure that shares the text width of an A4 page with another [mm]."""
PAGE = 160.0
"""Width of a figure that fills the text width of an A4 page [mm]."""
MILLIMETRES_PER_INCH = 25.4
POINTS_PER_INCH = 72.0
RESOLUTION = 200
"""Dots per inch of the PNG."""

TEXT_SIZE = 8.0
TITLE_SIZE = 10.0
INK = "#1F1F1F"
SOFT_INK = "#5A5A5A"
HAIRLINE = "#DEDEDE"

Dash = tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Mark:
    """How one scenario, body or group is drawn; `position` is its place in the order of the figure, from 0.

    `dash` is matplotlib's offset and pattern, in line widths; `hatch` serves where a surface is filled.
    """

    position: int
    colour: str
    dash: Dash
    marker: str
    hatch: str


# Hues of Okabe and Ito (2008), "Color universal design", which stay apart under red-green blindness,
# ordered, and two of them darkened or lightened, so that the first five also differ by 10 or more steps of
# lightness (L*) when printed in grey.
COLOURS = (INK, "#0072B2", "#E69F00", "#8B1E5B", "#009E73", "#76C5F2")
DASHES: tuple[Dash, ...] = (
    (0, ()),
    (0, (4, 1.3)),
    (0, (1.2, 1.2)),
    (0, (6, 1.3, 1.2, 1.3)),
    (0, (9, 2)),
    (0, (3, 1.2, 1, 1.2, 1, 1.2)),
)
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCHES = ("", "///", "..", "xx", "---", "\\\\\\")

SETTINGS: dict[str, object] = {
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "text.hinting": "none",  # hinted at 72 dpi, text measures narrower than it prints
    "text.parse_math": False,  # a $ in a name that a user typed is a dollar
    "axes.unicode_minus": False,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-9, 9),
    "axes.titlesize": TEXT_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 5.0,
    "axes.labelsize": TEXT_SIZE,
    "axes.labelcolor": INK,
    "axes.labelpad": 3.0,
    "axes.linewidth": 0.5,
    "axes.edgecolor": SOFT_INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.xmargin": 0.02,
    "grid.color": HAIRLINE,
    "grid.linewidth": 0.5,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "xtick.color": SOFT_INK,
    "ytick.color": SOFT_INK,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.3,
    "lines.markersize": 4.0,
    "lines.dash_capstyle": "butt",
    "hatch.linewidth": 0.6,
    "legend.fontsize": TEXT_SIZE,
    "legend.frameon": False,
    "figure.dpi": POINTS_PER_INCH,
    "savefig.dpi": RESOLUTION,
    "svg.hashsalt": "cogov",
    # Outlines, not text: where our typeface is not installed, Word would set another and break the layout.
    "svg.fonttype": "path",
    # Type 3: as type 42, matplotlib declares the outlines of an OTF typeface to be TrueType, and some readers
    # of PDF refuse to show them.
    "pdf.fonttype": 3,
}


def mark(position: int) -> Mark:
    """Return the mark of the scenario, body or group that comes at `position`, from 0.

    Six colours go round; from the seventh on dashes, markers and hatches are shifted by one each round, so
    that all of the first 36 differ.

    >>> mark(0).colour == mark(6).colour, mark(0).dash == mark(6).dash
    (True, False)
    """
    turn, colour = divmod(position, len(COLOURS))
    shape = (colour + turn) % len(DASHES)
    return Mark(position, COLOURS[colour], DASHES[shape], MARKERS[shape], HATCHES[shape])


def inches(millimetres: float) -> float:
    """Convert millimetres to inches.

    >>> inches(50.8)
    2.0
    """
    return millimetres / MILLIMETRES_PER_INCH


@contextmanager
def styled() -> Iterator[None]:
    """Lend the settings of our figures to a block of code and take them back after it."""
    from matplotlib import rc_context

    _register_typeface()
    with rc_context(SETTINGS):  # type: ignore[arg-type]
        yield


@cache
def _register_typeface() -> None:
    """Make our typeface known to matplotlib in this process, once."""
    from matplotlib.font_manager import fontManager

    for face in (REGULAR, BOLD):
        fontManager.addfont(str(face))
