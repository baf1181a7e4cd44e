"""What a figure is: a drawing made from tidy tables, with its data and words; and how it is saved."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from experiments.figures.style import styled
from sim.texts import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure
    from pandas import DataFrame

# No date and no version of a program: the same drawing gives the same bytes.
METADATA: Mapping[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
FORMATS = tuple(METADATA)
SIGNIFICANT_DIGITS = 7  # all that single precision, in which outcomes are kept, can tell


@dataclass(frozen=True)
class Tables:
    """The tidy tables of one experiment with the words that its figures need.

    `frames` are the tables by name (`outcomes`, `effects`, ...); `scenarios` the label of each scenario
    by key, in the order compared, the base first; `how` says the place, weeks, pairs and interval.
    """

    frames: Mapping[str, DataFrame]
    scenarios: Mapping[str, Text]
    how: Text


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the picture, the numbers it shows, and a text that says what it shows."""

    figure: Figure
    data: DataFrame
    alternative: str


class Plot(ABC):
    """One figure of an experiment, declared with `@part("figure")` in a file of its name.

    `label` names it in lists; `needs` are the tables without which it cannot be drawn.
    """

    label: ClassVar[Text]
    needs: ClassVar[tuple[str, ...]]

    def suits(self, tables: Tables) -> bool:
        """Tell whether there is something to draw in tables that hold what it needs."""
        return True

    @abstractmethod
    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw the figure in one language; the same tables give the same drawing."""


def save(drawing: Drawing, folder: Path, name: str, lang: Language, formats: tuple[str, ...] = FORMATS) -> list[Path]:
    """Write `<name>_<lang>` as png, svg and pdf, its data as csv and its text as txt; return the paths.

    Each file is written under a temporary name beside its place and then renamed, so that none is ever half
    there; a file of that name is replaced. The bytes depend on the drawing alone. The CSV begins with a byte
    order mark, without which Excel misreads Chinese.
    """
    writers: dict[str, Callable[[Path], object]] = {format: _picture(drawing, format) for format in formats}
    writers["csv"] = lambda path: path.write_bytes(_csv(drawing.data))
    writers["txt"] = lambda path: path.write_bytes((drawing.alternative + "\n").encode("utf-8"))
    paths = {folder / f"{name}_{lang}.{ending}": write for ending, write in writers.items()}
    for path, write in paths.items():
        with _renamed_into(path) as temporary:
            write(temporary)
    return list(paths)


def _picture(drawing: Drawing, format: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with styled():
            drawing.figure.savefig(path, format=format, metadata=METADATA[format])

    return write


def _csv(data: DataFrame) -> bytes:
    text = data.to_csv(index=False, lineterminator="\n", float_format=f"%.{SIGNIFICANT_DIGITS}g")
    return text.encode("utf-8-sig")


@contextmanager
def _renamed_into(path: Path) -> Iterator[Path]:
    temporary = path.with_name(path.name + ".part")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
