"""One row of a register of votes: its cells read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from scenarios.problems import Problem
from scenarios.register_columns import (
    ALLOWED,
    AREA,
    BUILDING,
    CO_OWNERS,
    CO_OWNERS_APART,
    DELIVERED,
    FORMS,
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
    listed_in,
    text_in,
    word_in,
)
from scenarios.sheets import Cell
from sim.errors import nearest
from sim.papers import DEVELOPER, DEVELOPERS, Line, Paper
from sim.texts import Text

V = TypeVar("V")


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
class Row:
    """One row of the register, by column."""

    number: int
    cells: tuple[Cell, ...]
    heads: tuple[Cell, ...]
    columns: Mapping[str, int]

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


def read_line(row: Row, is_election: bool) -> tuple[Line | None, list[Problem]]:
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


CANNOT = Text(zh="“{head}”不能填“{value}”", en="'{head}' cannot be '{value}'")
EMPTY = Text(zh="“{head}”没有填", en="'{head}' is empty")
OWN_PROXY = Text(
    zh="“{head}”里的“{value}”就是业主自己", en="'{value}' under '{head}' is the owner: nobody is one's own proxy"
)
UNEVEN = Text(zh="“{head}”的“{value}”同共有人的人数对不上", en="'{value}' under '{head}' does not match the co-owners")
UNEVEN_ALLOWED = Text(zh="一张票，或每名共有人一张，共 {count} 张", en="one ballot, or one for each co-owner: {count}")
