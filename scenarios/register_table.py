"""A user's register of votes, one row a unit: found in its file, checked, all problems told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from scenarios.problems import Problem, refuse
from scenarios.register_columns import (
    ALLOWED,
    AREA,
    BUILDING,
    CO_OWNERS,
    CO_OWNERS_APART,
    COLUMNS,
    DELIVERED,
    FORMS,
    HEADS,
    KIND,
    KINDS_WRITTEN,
    OWNER,
    PROXY,
    PROXY_FORM,
    UNIT,
    UNNAMED,
    VOTE,
    VOTES,
    YES_NO,
    Column,
    Words,
    area_in,
    column_headed,
    heads_written,
    listed_in,
    text_in,
    word_in,
)
from scenarios.sheets import Cell, Sheet, content_of, sheets_in
from sim.errors import InputError, nearest
from sim.papers import DEVELOPER, DEVELOPERS, Line, Paper
from sim.texts import Text, same

V = TypeVar("V")
REGISTER = "register"
EXAMPLE = "cogov ballot file=docs/example_register.csv regime=civil_code_2021 category=replace_provider"


@dataclass(frozen=True)
class Place:
    """One cell of a row: where it stands and what it holds."""

    row: int
    column: Column
    index: int
    head: Cell
    cell: Cell

    def problem(self, what: Text, allowed: Text | None = None, near: str | None = None, **values: object) -> Problem:
        """Return what is wrong with the cell; `what` may speak of `{head}`, `{value}` and further values."""
        words = what.filled(head=self.head, value=text_in(self.cell), **values)
        return Problem(self.row, self.index + 1, words, allowed, near)


@dataclass(frozen=True)
class Table:
    """The sheet of a register; `head` is the index of its row of heads."""

    where: Text
    sheet: Sheet
    head: int

    @property
    def heads(self) -> tuple[Cell, ...]:
        """Return the heads as the user wrote them."""
        return self.sheet.rows[self.head]

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return the index of each field's column; of two alike the first counts."""
        named = [(column_headed(head), index) for index, head in enumerate(self.heads)]
        return {column.field: index for column, index in reversed(named) if column is not None}

    def rows(self) -> Iterator["Row"]:
        """Yield the rows below the heads that are not blank."""
        columns = self.columns
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], start=self.head + 2):
            if any(cell is not None for cell in cells):
                yield Row(number, cells, self.heads, columns)


@dataclass(frozen=True)
class Row:
    """One row of the register, by column."""

    number: int
    cells: tuple[Cell, ...]
    heads: tuple[Cell, ...]
    columns: dict[str, int]

    def at(self, column: Column) -> Place:
        """Return a cell by its column; an empty one where the table has no such column."""
        index = self.columns.get(column.field)
        if index is None:
            return Place(self.number, column, 0, column.field, None)
        cell = self.cells[index] if index < len(self.cells) else None
        return Place(self.number, column, index, self.heads[index], cell)

    def text(self, column: Column) -> str:
        """Return the words in a cell."""
        return text_in(self.at(column).cell)


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
    readings = [_line(row, is_election) for row in rows] if not missing else []
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


def _line(row: Row, is_election: bool) -> tuple[Line | None, list[Problem]]:
    """Return the line of a row, or None with what is wrong in it."""
    problems: list[Problem] = []
    kind = _word(row.at(KIND), KINDS_WRITTEN, problems, "ordinary")
    area = area_in(row.at(AREA).cell)
    if area is None:
        problems.append(row.at(AREA).problem(CANNOT, ALLOWED[AREA.field]))
    owner = row.text(OWNER) or (DEVELOPER if kind in DEVELOPERS else "")
    for column, words in ((UNIT, row.text(UNIT)), (OWNER, owner)):
        if not words:
            problems.append(row.at(column).problem(EMPTY))
    papers = _papers(row, is_election, problems)
    proxy, delivered = row.text(PROXY), _word(row.at(DELIVERED), YES_NO, problems, True)
    if proxy and proxy == owner:
        problems.append(row.at(PROXY).problem(OWN_PROXY))
    written = _word(row.at(PROXY_FORM), FORMS, problems, True)
    if problems or area is None:
        return None, problems
    return Line(
        row.text(UNIT), owner, area, papers, kind, row.text(BUILDING), delivered, proxy, written,
        listed_in(row.at(CO_OWNERS).cell), row.number,
    ), []  # fmt: skip


def _word(place: Place, words: Words[V], problems: list[Problem], default: V) -> V:
    """Return what a cell's word stands for, the default where it is empty."""
    if place.cell is None:
        return default
    value = word_in(place.cell, words)
    if value is None:
        allowed = ALLOWED[place.column.field]
        problems.append(place.problem(CANNOT, allowed, nearest(text_in(place.cell).lower(), words)))
    return default if value is None else value


def _papers(row: Row, is_election: bool, problems: list[Problem]) -> tuple[Paper, ...]:
    """Return the papers of a row, one a co-owner; one paper stands for all of them."""
    place, co_owners = row.at(VOTE), listed_in(row.at(CO_OWNERS).cell)
    papers = _election_papers(place) if is_election else _motion_papers(place)
    if papers is None:
        near = None if is_election else nearest(text_in(place.cell).lower(), VOTES)
        problems.append(place.problem(CANNOT, ALLOWED["candidates" if is_election else VOTE.field], near))
    elif len(papers) > 1 and len(papers) != len(co_owners):
        problems.append(place.problem(UNEVEN, UNEVEN_ALLOWED.filled(count=max(1, len(co_owners)))))
    return papers or ()


def _motion_papers(place: Place) -> tuple[Paper, ...] | None:
    papers = tuple(word_in(word, VOTES) for word in listed_in(place.cell))
    known = tuple(paper for paper in papers if paper is not None)
    return known if known and len(known) == len(papers) else None


def _election_papers(place: Place) -> tuple[Paper, ...] | None:
    written = [one for one in text_in(place.cell).split(CO_OWNERS_APART) if one.strip()]
    return tuple(_election_paper(one) for one in written) or None


def _election_paper(words: str) -> Paper:
    named = word_in(words, UNNAMED)
    return frozenset(listed_in(words)) if named is None else named


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
CANNOT = Text(zh="“{head}”不能填“{value}”", en="'{head}' cannot be '{value}'")
EMPTY = Text(zh="“{head}”没有填", en="'{head}' is empty")
OWN_PROXY = Text(
    zh="“{head}”里的“{value}”就是业主自己", en="'{value}' under '{head}' is the owner: nobody is one's own proxy"
)
UNEVEN = Text(zh="“{head}”的“{value}”同共有人的人数对不上", en="'{value}' under '{head}' does not match the co-owners")
UNEVEN_ALLOWED = Text(zh="一张票，或每名共有人一张，共 {count} 张", en="one ballot, or one for each co-owner: {count}")
TAKEN = Text(zh="“{head}”里的“{value}”与第 {earlier} 行重复", en="'{value}' under '{head}' already stands in row {earlier}")
