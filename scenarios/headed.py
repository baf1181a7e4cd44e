"""A sheet whose columns stand below a row of heads: which column holds which field, and the rows that are not blank."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from scenarios.sheets import Cell, Sheet
from sim.texts import Text


class Column(Protocol):
    """What a head names."""

    @property
    def field(self) -> str:
        """Return the name of its field."""


@dataclass(frozen=True)
class Headed:
    """A sheet with heads; `head` is the index of their row, `where` names file and sheet."""

    where: Text
    sheet: Sheet
    head: int

    @property
    def heads(self) -> tuple[Cell, ...]:
        """Return the heads as the user wrote them."""
        return self.sheet.rows[self.head]

    def fields(self, column_headed: Callable[[Cell], Column | None]) -> dict[str, int]:
        """Return the index of each field's column; of two alike the first counts."""
        named = [(column_headed(head), index) for index, head in enumerate(self.heads)]
        return {column.field: index for column, index in reversed(named) if column is not None}

    def filled(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Yield the rows below the heads that are not blank, each with its number as a spreadsheet counts."""
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], start=self.head + 2):
            if any(cell is not None for cell in cells):
                yield number, cells
