"""Electing an owners' committee from a register of ballots, with what the law leaves open counted under each reading.

The rule is that of `sim.election`: each seat by the double majority, votes rank who reach it.  A ballot that names
more candidates than there are seats is void.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sim.decision import Reason
from sim.election import ElectionResult, Seating, Standing, seated
from sim.errors import InputError
from sim.local_law import SHORT_COMMITTEES
from sim.local_rule import LocalRule
from sim.papers import INVALID, Line, Paper
from sim.register_count import Poll, Returned, agreed, judged, returned_for
from sim.texts import Text
from sim.unsettled import Reading

HUNDREDTHS = 100
FEWEST_SEATS = 3
LOT_DIGITS = 13  # hexadecimal ones, which a float holds exactly


@dataclass(frozen=True)
class Elected:
    """The election under one reading."""

    reading: Reading
    result: ElectionResult

    @property
    def by_votes(self) -> tuple[Standing, ...]:
        """Return all candidates: those who reached the majority in their rank, then the others by their votes."""
        rank = {name: place for place, name in enumerate(self.result.ranked)}
        last = len(rank)
        order = sorted(self.result.standings, key=lambda one: (rank.get(one.name, last), -one.heads, -one.area, one.name))
        return tuple(order)


@dataclass(frozen=True)
class ElectionCount:
    """An election counted, once for each reading; the first is shown where they differ."""

    returned: Returned
    seating: Seating
    outcomes: tuple[Elected, ...]

    @property
    def first(self) -> Elected:
        """Return the election under the first reading."""
        return self.outcomes[0]

    @property
    def quorum(self) -> bool | None:
        """Tell whether enough took part; None where the readings disagree."""
        return agreed(outcome.result.quorum for outcome in self.outcomes)

    @property
    def formed(self) -> bool | None:
        """Tell whether there is a committee; None where no rule speaks or the readings disagree."""
        return agreed(outcome.result.formed for outcome in self.outcomes)

    def reached(self, name: str) -> bool | None:
        """Tell whether a candidate reached the double majority; None where the readings disagree."""
        standings = (one for outcome in self.outcomes for one in outcome.result.standings if one.name == name)
        return agreed(one.reached for one in standings)


def seating_here(seats: int, rule: LocalRule, lines: Sequence[Line]) -> Seating:
    """Return the seats of an election in an estate of these units, with as many alternates as reach the majority.

    Raises:
        InputError: the number is even, or outside what the law allows here.
    """
    least, most = (int(str(rule.said(key).value)) for key in ("committee_least", "committee_most"))
    small, short = (rule.said(key).value for key in ("small_committee", "short_committee"))
    lawful = small if isinstance(small, int) and _is_small(rule, lines) else least
    allowed = lawful if rule.speaks("committee_least") else FEWEST_SEATS
    if seats % 2 == 0 or not allowed <= seats <= most:
        raise InputError(SEATS.filled(number=seats), allowed=ODD.filled(least=allowed, most=most))
    return Seating(seats, len(_candidates(lines)), lawful, SHORT_COMMITTEES.get(str(short)))


def _candidates(lines: Sequence[Line]) -> set[str]:
    return {name for line in lines for paper in line.papers if isinstance(paper, frozenset) for name in paper}


def _is_small(rule: LocalRule, lines: Sequence[Line]) -> bool:
    units, area = (rule.said(key).value for key in ("small_estate_units", "small_estate_area"))
    homes = [line for line in lines if line.kind != "parking"]
    few = isinstance(units, int) and len(homes) <= units
    little = isinstance(area, int) and sum(line.area for line in homes) <= area * HUNDREDTHS
    return few or little


def count_election(lines: Sequence[Line], poll: Poll, seating: Seating, seed: int = 1) -> ElectionCount:
    """Count ballots that name candidates, under every reading that the register calls for."""
    kept = [_not_overfull(line, seating.seats) for line in lines]
    returned = returned_for(kept, poll)
    overfull = tuple(
        Reason(OVERFULL.filled(owner=line.owner, seats=seating.seats), ("no_article",))
        for line, given in zip(kept, lines, strict=True)
        if line is not given
    )
    returned = replace(returned, reasons=(*overfull, *returned.reasons))
    outcomes = (Elected(reading, _elected(returned, reading, seating, seed)) for reading in returned.readings)
    return ElectionCount(returned, seating, tuple(outcomes))


def _not_overfull(line: Line, seats: int) -> Line:
    def names_too_many(paper: Paper) -> bool:
        return isinstance(paper, frozenset) and len(paper) > seats

    if not any(map(names_too_many, line.papers)):
        return line
    return replace(line, papers=tuple(INVALID if names_too_many(paper) else paper for paper in line.papers))


def _elected(returned: Returned, reading: Reading, seating: Seating, seed: int) -> ElectionResult:
    names = sorted({name for head in returned.heads for choice in head.choices for name in choice})
    standings = [Standing(name, judged(returned, reading, name)) for name in names]
    result = seated(judged(returned, reading, ""), standings, seating, lambda name: lot(seed, name))
    return replace(result, ranked=tuple(_by_name_where_no_lot_decides(result)))


def _by_name_where_no_lot_decides(result: ElectionResult) -> Iterator[str]:
    """Yield the ranked with those of equal votes by name, unless a lot had to put them in order."""
    votes = {one.name: (one.heads, one.area) for one in result.standings}
    for _, group in groupby(result.ranked, key=lambda name: votes[name]):
        names = tuple(group)
        yield from names if names in result.ties else sorted(names)


def lot(seed: int, name: str) -> float:
    """Return a candidate's lot in [0, 1): the same for the same seed and name, on any machine.

    >>> lot(1, "A") == lot(1, "A") != lot(2, "A")
    True
    """
    digits = hashlib.sha256(f"{seed} {name}".encode()).hexdigest()[:LOT_DIGITS]
    return float(int(digits, 16) / 16**LOT_DIGITS)


SEATS = Text(zh="seats 不能取 {number}", en="seats cannot be {number}")
ODD = Text(zh="单数，{least} 至 {most}", en="an odd number, {least} to {most}")
OVERFULL = Text(
    zh="业主 {owner} 的票选了超过 {seats} 人，作废票。", en="The ballot of {owner} names more than {seats} and is void."
)
