"""One row of a table of estates: its cells read, bounded and, on request, filled from the archetype."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scenarios.estate import Estate
from scenarios.estate_columns import (
    ARCHETYPE,
    NAME,
    NUMBERS,
    Column,
    archetype_called,
    archetypes,
    folded,
    name_in,
    number_in,
)
from scenarios.problems import Problem, listed
from scenarios.sheets import Cell
from sim.errors import InputError, nearest
from sim.parts import checked, parts
from sim.texts import Text

Missing = Literal["refuse", "archetype"]
MISSING: tuple[Missing, ...] = ("refuse", "archetype")
FILL = "place.missing=archetype"

# Shares of one whole.  The developer's unsold dwellings stand empty and an institution's are let, so that the
# larger of those two counts; see `scenarios.population`.
WHOLES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("vacant", "developer"), ("let", "institution")),
    (("developer",), ("institution",), ("several_dwellings",)),
)


@dataclass(frozen=True)
class Row:
    """One row; `number` is counted as a spreadsheet counts, `columns` tells where each field stands."""

    number: int
    cells: tuple[Cell, ...]
    heads: tuple[Cell, ...]
    columns: Mapping[str, int]

    def cell(self, column: Column) -> Cell:
        """Return what stands in a column, None where it is empty or the table has no such column."""
        index = self.columns.get(column.field)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def problem(self, column: Column, what: Text, **values: object) -> Problem:
        """Return what is wrong with a cell; `what` may speak of `{head}`, `{value}` and further values."""
        index = self.columns[column.field]
        words = what.filled(head=self.heads[index], value=self.cell(column), **values)
        return Problem(self.number, index + 1, words)


def estate_in(reading: Mapping[str, Any]) -> Estate | None:
    """Return the estate that a row describes, or None where anything is wrong with it."""
    return None if any(value is None or isinstance(value, Problem) for value in reading.values()) else Estate(**reading)


def read_row(row: Row, missing: Missing) -> dict[str, object]:
    """Return the value of each field, or the problem with it; None where another problem tells of it."""
    archetype = _archetype(row)
    base = parts("archetype")[archetype].estate if isinstance(archetype, str) else None
    numbers = {column.field: _number(row, column, base, missing) for column in NUMBERS}
    return {NAME.field: _name(row), ARCHETYPE.field: archetype} | numbers


def _name(row: Row) -> str | Problem:
    return name_in(row.cell(NAME)) or row.problem(NAME, EMPTY_CELL)


def _archetype(row: Row) -> str | Problem | None:
    if ARCHETYPE.field not in row.columns:
        return None
    cell = row.cell(ARCHETYPE)
    key = archetype_called(cell)
    if key is not None:
        return key
    problem = row.problem(ARCHETYPE, EMPTY_CELL if cell is None else CANNOT)
    return problem.hinting(_archetype_labels(), nearest=nearest(str(cell), archetypes()))


def _archetype_labels() -> Text:
    return listed(archetype.label for archetype in parts("archetype").values())


def _number(row: Row, column: Column, base: Estate | None, missing: Missing) -> object:
    cell = row.cell(column)
    if cell is None:
        return _empty(row, column) if missing == "refuse" else base and getattr(base, column.field)
    try:
        return checked(column.field, number_in(cell, column), column.about)
    except InputError as error:
        return row.problem(column, CANNOT).hinting(column.allowed(), nearest=error.nearest)


def _empty(row: Row, column: Column) -> Problem | None:
    if column.field not in row.columns:
        return None
    return row.problem(column, EMPTY_CELL).hinting(column.allowed(), attempt=FILL)


def duplicates(rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a problem for each row whose name stands in an earlier one."""
    first: dict[str, int] = {}
    for row in rows:
        name = row.cell(NAME)
        if name is not None and (earlier := first.setdefault(folded(name), row.number)) != row.number:
            yield row.problem(NAME, TAKEN, earlier=earlier)


def too_much(row: Row, estate: Estate) -> Iterator[Problem]:
    """Yield a problem for each set of shares that together exceed the whole."""
    for whole in WHOLES:
        total = round(sum(max(getattr(estate, field) for field in larger) for larger in whole), 12)
        if total > 1:
            names = listed(column.label for column in NUMBERS if any(column.field in larger for larger in whole))
            yield Problem(row.number, None, TOO_MUCH.filled(names=names, total=f"{total:g}"), AT_MOST_ONE)


CANNOT = Text(zh="“{head}”不能填“{value}”", en="'{head}' cannot be '{value}'")
EMPTY_CELL = Text(zh="“{head}”没有填", en="'{head}' is empty")
TAKEN = Text(
    zh="“{head}”里的“{value}”与第 {earlier} 行重复",
    en="'{value}' under '{head}' already stands in row {earlier}",
)
TOO_MUCH = Text(
    zh="{names}合起来占 {total}；其中未售的算作空置，产权单位的算作出租",
    en="{names} make up {total} together; what is unsold counts as vacant, what an institution holds as let",
)
AT_MOST_ONE = Text(zh="合起来不超过 1", en="at most 1 together")
