"""A user's own table of estates, one row an estate: found in its file, checked, all problems told at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from scenarios.estate import Estate
from scenarios.estate_columns import (
    ARCHETYPE,
    COLUMNS,
    EXAMPLE_ROW,
    EXPLANATIONS,
    HEADS,
    NAME,
    NUMBERS,
    UNIT_ROW,
    Column,
    column_headed,
    in_other_unit,
    is_written_as,
)
from scenarios.estate_rows import FILL, Missing, Row, duplicates, estate_in, read_row, too_much
from scenarios.headed import Headed
from scenarios.problems import Problem, listed, refuse
from scenarios.sheets import Sheet, content_of, sheets_in
from sim.errors import InputError, nearest
from sim.texts import Text, same


@dataclass(frozen=True)
class Table(Headed):
    """The sheet of estates."""

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return the index of each field's column."""
        return self.fields(column_headed)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of estates: those below the heads that are neither blank nor the template's own."""
        for number, cells in self.filled():
            row = Row(number, cells, self.heads, self.columns)
            if not is_written_as(row.cell(NAME), UNIT_ROW, EXAMPLE_ROW):
                yield row


def read_estates(path: Path, missing: Missing = "refuse") -> tuple[Estate, ...]:
    """Return the estates of a table in an .xlsx or .csv file, in the order of its rows.

    The same content gives equal estates in any format, encoding, language of heads and order of columns.
    `missing` says what becomes of a missing column or empty cell: refused, or filled from the archetype.

    Raises:
        InputError: the file cannot be read, or the table is wrong; tells up to ten problems at once.
    """
    return _estates(str(path), content_of(path), missing)


@lru_cache(maxsize=8)  # by content: a sweep asks for the same table again and again
def _estates(file: str, content: bytes, missing: Missing) -> tuple[Estate, ...]:
    table = _table(file, sheets_in(file, content))
    about_heads = [*_wrong_heads(table), *_missing_columns(table, missing)]
    if NAME.field not in table.columns:  # then nothing tells the template's own rows from estates
        refuse(about_heads, table.where)
    rows = tuple(table.rows())
    if not rows:
        raise InputError(NO_ROWS.filled(file=file), table.where, allowed=SKIPPED)
    readings = [read_row(row, missing) for row in rows]
    estates = [estate_in(reading) for reading in readings]
    refuse(
        [
            *about_heads,
            *(value for reading in readings for value in reading.values() if isinstance(value, Problem)),
            *(found for row, estate in zip(rows, estates, strict=True) if estate for found in too_much(row, estate)),
            *duplicates(rows),
        ],
        table.where,
    )
    return tuple(estate for estate in estates if estate is not None)


def _table(file: str, sheets: Sequence[Sheet]) -> Table:
    """Return the one sheet that has the heads of a table of estates; the template's explanations are none."""
    tables = [Table(_where(file, sheet), sheet, head) for sheet in sheets for head in _rows_of_heads(sheet)]
    if len(tables) > 1:
        titles = [same(table.sheet.title) for table in tables]
        raise InputError(TWO_TABLES.filled(file=file), where=listed(titles), allowed=ONE_TABLE)
    if not tables:
        heads = listed(column.label for column in COLUMNS)
        raise InputError(NO_HEADS.filled(file=file), allowed=heads, attempt=f"cogov new estates {file}")
    return tables[0]


def _rows_of_heads(sheet: Sheet) -> Iterator[int]:
    """Yield the first row that names two columns or more, so that a title above the heads does no harm."""
    if sheet.rows and is_written_as(next(iter(sheet.rows[0]), None), EXPLANATIONS):
        return
    for index, row in enumerate(sheet.rows):
        if len({column.field for cell in row if (column := column_headed(cell))}) > 1:
            yield index
            return


def _where(file: str, sheet: Sheet) -> Text:
    return same(file) if sheet.title is None else SHEET.filled(file=file, sheet=sheet.title)


def _wrong_heads(table: Table) -> Iterator[Problem]:
    for index, head in enumerate(table.heads):
        column = column_headed(head)
        what = NO_HEAD if head is None else UNKNOWN_HEAD if column is None else _misused(table, index, column)
        if what is None or (head is None and not _is_used(table, index)):
            continue
        words = what.filled(head=head, unit=column.about.unit if column else "")
        near = nearest(str(head), HEADS) if what is UNKNOWN_HEAD else None
        yield Problem(table.head + 1, index + 1, words, nearest=near)


def _misused(table: Table, index: int, column: Column) -> Text | None:
    if table.columns[column.field] != index:
        return TWICE
    return OTHER_UNIT if in_other_unit(table.heads[index]) else None


def _is_used(table: Table, index: int) -> bool:
    return any(row.cells[index : index + 1] not in ((), (None,)) for row in table.rows())


def _missing_columns(table: Table, missing: Missing) -> Iterator[Problem]:
    """Yield one problem for the columns that nothing can fill, and one for those that the archetype could."""
    absent = [column for column in COLUMNS if column.field not in table.columns]
    needed = [column.label for column in absent if column in (NAME, ARCHETYPE)]
    fillable = [column.label for column in absent if column in NUMBERS and missing == "refuse"]
    place = (table.head + 1, None)
    if needed:
        yield Problem(*place, ABSENT.filled(count=len(needed), names=listed(needed)))
    if fillable:
        what = ABSENT.filled(count=len(fillable), names=listed(fillable))
        yield Problem(*place, what, allowed=FILLING, attempt=FILL)


SHEET = Text(zh="{file}，工作表“{sheet}”", en="{file}, sheet '{sheet}'")
TWO_TABLES = Text(zh="{file} 里不止一张工作表有小区的表头", en="{file} has more than one sheet with the heads of estates")
ONE_TABLE = Text(zh="只留一张", en="one such sheet")
NO_HEADS = Text(zh="{file} 里找不到小区表的表头", en="{file} has no row with the heads of a table of estates")
NO_ROWS = Text(zh="{file} 里一个小区也没有", en="{file} has no estate in it")
SKIPPED = Text(
    zh="表头以下每个小区一行；单位行和示例行不算",
    en="a row for each estate below the heads; the unit and example rows do not count",
)
NO_HEAD = Text(zh="这一列有内容，却没有表头", en="this column has values but no head")
UNKNOWN_HEAD = Text(zh="没有“{head}”这一列", en="there is no column called '{head}'")
TWICE = Text(zh="“{head}”与前面的一列重复", en="'{head}' is the same as an earlier column")
OTHER_UNIT = Text(zh="“{head}”的单位不对，应为{unit}", en="'{head}' has another unit than {unit}")
ABSENT = Text(zh="缺少 {count} 列：{names}", en="missing columns ({count}): {names}")
FILLING = Text(zh="补上各列，或者按小区类型填补", en="add them, or have them filled from the archetype")
