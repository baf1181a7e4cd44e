"""Counting the election of an owners' committee: each seat needs the double majority, and votes rank who reaches it.

The law asks of each candidate what it asks of any matter of the category `elect_committee`: a quorum, and more than half, by
heads and by area (L111).  Plurality alone seats nobody.  Those who reach it are ranked by heads, then by area, and where
both are equal by a lot; a lot that decides a seat or the order of alternates is told.  Alternates need the same majority.
Papers are anonymous: a mark for each candidate to whom an owner assents; whether a paper with more marks than seats is void
is for whoever hands it in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

import numpy as np

from sim.decision import Decision, Tally, decide
from sim.households import I8
from sim.regime import Flags, Regime

CATEGORY = "elect_committee"
Lot = Callable[[str], float]
Person = TypeVar("Person")
People = tuple[Person, ...]


class Papers(NamedTuple):
    """What came back; h owners, c candidates.

    present: shape (h,); who took part.  marks: shape (h, c); to whom an owner assents.  area: shape (h,); [0.01 m2].
    """

    present: Flags
    marks: Flags
    area: I8


@dataclass(frozen=True)
class Seating:
    """What is to be filled: seats and alternates, and what becomes of a committee that falls short of its seats.

    minimum: seats below which no committee is lawful (L28).  short: share of the seats that must be exceeded for a short
    committee to stand (Hangzhou art. 27: a half); None where no local rule speaks.
    """

    seats: int
    alternates: int = 0
    minimum: int = 5
    short: Fraction | None = None

    def stands(self, elected: int) -> bool | None:
        """Tell whether so many elected members form a committee; None where no rule settles it."""
        if elected >= self.seats:
            return True
        if elected < self.minimum:
            return False
        return None if self.short is None else elected > self.short * self.seats


@dataclass(frozen=True)
class Standing:
    """What became of one candidate: the decision on the seat, with its tally and reasons."""

    name: str
    decision: Decision

    @property
    def heads(self) -> int:
        """Return the owners who assented."""
        return self.decision.tally.yes_heads

    @property
    def area(self) -> int:
        """Return their area [0.01 m2]."""
        return self.decision.tally.yes_area

    @property
    def reached(self) -> bool:
        """Tell whether the double majority was reached."""
        return self.decision.passed


@dataclass(frozen=True)
class ElectionResult:
    """Who was elected, in the order of votes; who follows; and which ties a lot decided, winners first.

    standings: in the order of the paper.  ranked: those who reached the double majority.
    """

    seating: Seating
    attendance: Decision
    standings: tuple[Standing, ...]
    ranked: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]

    @property
    def elected(self) -> tuple[str, ...]:
        """Return who is elected."""
        return self.ranked[: self.seating.seats]

    @property
    def alternates(self) -> tuple[str, ...]:
        """Return who follows, in order, where a seat falls empty."""
        return self.ranked[self.seating.seats :][: self.seating.alternates]

    @property
    def quorum(self) -> bool:
        """Tell whether enough owners took part."""
        return self.attendance.quorum

    @property
    def formed(self) -> bool | None:
        """Tell whether there is a committee now; None where no rule settles it."""
        return self.seating.stands(len(self.elected))


def elect(regime: Regime, candidates: Sequence[str], papers: Papers, seating: Seating, lot: Lot) -> ElectionResult:
    """Count an election under a regime; `lot` gives each candidate's lot in [0, 1), the larger first.

    >>> from sim.law_in_force import law_named
    >>> marks = np.array([[1, 1, 0]] * 5 + [[0, 1, 0]] * 2 + [[0, 0, 1]] * 2, bool)
    >>> papers = Papers(np.ones(9, bool), marks, np.full(9, 100_00))
    >>> seating = Seating(seats=3, minimum=3)
    >>> result = elect(law_named("civil_code_2021"), ("A", "B", "C"), papers, seating, lot=lambda name: 0.0)
    >>> result.elected, result.formed
    (('B', 'A'), False)
    """
    tallies = tallied(papers)
    standings = tuple(
        Standing(name, decide(regime, CATEGORY, tally)) for name, tally in zip(candidates, tallies, strict=True)
    )
    return seated(decide(regime, CATEGORY, _nobody(papers)), standings, seating, lot)


def seated(attendance: Decision, standings: Sequence[Standing], seating: Seating, lot: Lot) -> ElectionResult:
    """Rank candidates whose votes have been judged, and seat the first of those who reached the double majority."""
    reached = [standing for standing in standings if standing.reached]
    ranked = sorted(reached, key=lambda one: (-one.heads, -one.area, -lot(one.name), one.name))
    ties = tuple(_decisive_ties(ranked, seating))
    return ElectionResult(seating, attendance, tuple(standings), tuple(one.name for one in ranked), ties)


def tallied(papers: Papers) -> tuple[Tally, ...]:
    """Return heads and area of all, of those taking part and of those who assent, for each candidate."""
    marks = papers.marks & papers.present[:, None]
    heads, area = np.count_nonzero(marks, axis=0), papers.area @ marks
    return tuple(_nobody(papers)._replace(yes_heads=int(n), yes_area=int(size)) for n, size in zip(heads, area, strict=True))


def succession(
    members: Sequence[Person], alternates: Sequence[Person], leaving: Person
) -> tuple[People[Person], People[Person]]:
    """Return members and alternates after one member has left: the first alternate takes the seat, as long as there is one.

    >>> succession(("A", "B"), ("C", "D"), "A")
    (('B', 'C'), ('D',))
    """
    staying = tuple(member for member in members if member != leaving)
    return staying + tuple(alternates[:1]), tuple(alternates[1:])


def _nobody(papers: Papers) -> Tally:
    present = papers.present
    return Tally(len(present), int(papers.area.sum()), int(present.sum()), int(papers.area[present].sum()), 0, 0)


def _decisive_ties(ranked: Sequence[Standing], seating: Seating) -> list[tuple[str, ...]]:
    """Return the groups with equal heads and area whose order decides a seat, or who follows first."""
    groups: dict[tuple[int, int], list[int]] = {}
    for rank, one in enumerate(ranked):
        groups.setdefault((one.heads, one.area), []).append(rank)
    last = seating.seats + seating.alternates
    deciding = [group for group in groups.values() if len(group) > 1 and group[-1] >= seating.seats and group[0] < last]
    return [tuple(ranked[rank].name for rank in group) for group in deciding]
