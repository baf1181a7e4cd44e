"""A user's register of votes, one row a unit: found in its file, checked, all problems told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scenarios.headed import Headed
from scenarios.problems import Problem, refuse
from scenarios.register_columns import (
    BUILDING,
    COLUMNS,
    HEADS,
    UNIT,
    column_headed,
    heads_written,
)
from scenarios.register_rows import Row, read_line
from scenarios.sheets import Sheet, content_of, sheets_in
from sim.errors import InputError, nearest
from sim.papers import Line
from sim.texts import Text, same

REGISTER = "register"
EXAMPLE = "cogov ballot file=docs/example_register.csv regime=civil_code_2021 category=replace_provider"


@dataclass(frozen=True)
class Table(Headed):
    """The sheet of a register."""

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return the index of each field's column."""
        return self.fields(column_headed)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the heads that are not blank."""
        for number, cells in self.filled():
            yield Row(number, cells, self.heads, self.columns)


def read_register(path: Path, is_election: bool = False) -> tuple[Line, ...]:
    """Return the lines of a register in an .xlsx or .csv file, in the order of its rows.

    is_election: whether `vote` holds candidates instead of yes and no.

    Raises:
        InputError: the file cannot be read, or the register is wrong; tells up to ten problems at once.
    """
    return lines_in(str(path), sheets_in(str(path), content_of(path, EXAMPLE)), is_election)


def lines_of(rows: Sequence[Mapping[str, str]], is_election: bool = False) -> tuple[Line, ...]:
    """Return the lines of a register that is given as rows by column, as `csv.DictReader` gives them.

    Raises:
        InputError: the register is wrong; row 1 is that of the heads.
    """
    heads = tuple(dict.fromkeys(head for row in rows for head in row))
    cells = [tuple(row.get(head) or None for head in heads) for row in rows]
    return lines_in(REGISTER, (Sheet(None, (heads, *cells)),), is_election)


def lines_in(file: str, sheets: Sequence[Sheet], is_election: bool) -> tuple[Line, ...]:
    """Return the lines of the first sheet that has the heads of a register."""
    table = _table(file, sheets)
    rows, missing = tuple(table.rows()), _missing(table)
    readings = [read_line(row, is_election) for row in rows] if not missing else []
    problems = [*_wrong_heads(table), *missing, *(problem for _, found in readings for problem in found)]
    refuse([*problems, *(_twice(rows) if readings else ())], table.where)
    if not rows:
        raise InputError(NO_ROWS.filled(file=file), table.where)
    return tuple(line for line, _ in readings if line is not None)


def _table(file: str, sheets: Sequence[Sheet]) -> Table:
    for sheet in sheets:
        where = same(file) if sheet.title is None else SHEET.filled(file=file, sheet=sheet.title)
        for index, row in enumerate(sheet.rows):
            if len({column.field for cell in row if (column := column_headed(cell))}) > 1:
                return Table(where, sheet, index)
    raise InputError(NO_HEADS.filled(file=file), allowed=heads_written())


def _wrong_heads(table: Table) -> Iterator[Problem]:
    for index, head in enumerate(table.heads):
        column = column_headed(head)
        if head is not None and column is None:
            near = nearest(str(head), HEADS)
            yield Problem(table.head + 1, index + 1, UNKNOWN_HEAD.filled(head=head), heads_written(), near)
        elif column is not None and table.columns[column.field] != index:
            yield Problem(table.head + 1, index + 1, HEAD_TWICE.filled(head=head))


def _missing(table: Table) -> list[Problem]:
    absent = [column for column in COLUMNS if column.required and column.field not in table.columns]
    return [Problem(table.head + 1, None, NO_COLUMN.filled(column=column.field), heads_written()) for column in absent]


def _twice(rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield a problem for each row whose unit stands in an earlier one."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        unit = row.text(BUILDING), row.text(UNIT)
        if unit[1] and (earlier := first.setdefault(unit, row.number)) != row.number:
            yield row.at(UNIT).problem(TAKEN, earlier=earlier)


SHEET = Text(zh="{file}，工作表“{sheet}”", en="{file}, sheet '{sheet}'")
NO_HEADS = Text(zh="{file} 里找不到表决名册的表头", en="{file} has no row with the heads of a register of votes")
NO_ROWS = Text(zh="{file} 里一套房也没有", en="{file} has no unit in it")
UNKNOWN_HEAD = Text(zh="没有“{head}”这一列", en="there is no column called '{head}'")
HEAD_TWICE = Text(zh="“{head}”与前面的一列重复", en="'{head}' is the same as an earlier column")
NO_COLUMN = Text(zh="缺少 {column} 列", en="the column {column} is missing")
TAKEN = Text(zh="“{head}”里的“{value}”与第 {earlier} 行重复", en="'{value}' under '{head}' already stands in row {earlier}")
