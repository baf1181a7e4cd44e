"""The typeface of every figure: CoGov Sans, our own small cut of an open Chinese font."""

from pathlib import Path

FAMILY = "CoGov Sans"
FOLDER = Path(__file__).parent
REGULAR = FOLDER / "CoGovSans-Regular.otf"
BOLD = FOLDER / "CoGovSans-Bold.otf"
