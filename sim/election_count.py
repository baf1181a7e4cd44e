"""Electing an owners' committee from a register of ballots: each seat by the double majority, votes rank who reach it.

A candidate reaches the majority as a motion is adopted, by heads and by area; plurality alone elects nobody.
Those who reach it are ranked by heads, then by area, then by lot; the first take the seats, the others are
alternates, who need the same majority.  Where fewer are elected than there are seats, local rules say whether
a committee stands; the nation is silent.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sim.decision import Decision, Reason, metres
from sim.errors import InputError
from sim.local_rule import LocalRule
from sim.papers import INVALID, Line
from sim.register_count import Poll, Returned, agreed, judged, returned_for
from sim.texts import Text, same
from sim.unsettled import Reading

MOST_SEATS = 21
HUNDREDTHS = 100


@dataclass(frozen=True)
class Seats:
    """How many seats, the lawful minimum of members here, and the local rule for seats left empty, None for none."""

    number: int
    least: int
    short: str | None
    short_where: Text

    def formed(self, elected: int) -> bool | None:
        """Tell whether so many elected are a committee; None where no local rule speaks."""
        if elected == self.number:
            return True
        if elected < self.least:
            return False
        return {None: None, "all_seats": False, "lawful_minimum": True}.get(self.short, 2 * elected > self.number)


@dataclass(frozen=True)
class Candidate:
    """One candidate: the vote on the candidate, and whether it is the double majority."""

    name: str
    decision: Decision

    @property
    def reached(self) -> bool:
        """Tell whether the double majority is reached, whatever the quorum."""
        return self.decision.approved and self.decision.floor_reached

    @property
    def votes(self) -> tuple[int, int]:
        """Return heads and area that assent."""
        return self.decision.tally.yes_heads, self.decision.tally.yes_area


@dataclass(frozen=True)
class Elected:
    """The election under one reading: candidates in the order of their votes, of whom the first are elected."""

    reading: Reading
    whole: Decision
    candidates: tuple[Candidate, ...]
    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    formed: bool | None
    ties: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class ElectionCount:
    """An election counted, once for each reading; the first is shown where they differ."""

    returned: Returned
    seats: Seats
    outcomes: tuple[Elected, ...]

    @property
    def first(self) -> Elected:
        """Return the election under the first reading."""
        return self.outcomes[0]

    @property
    def quorum(self) -> bool | None:
        """Tell whether enough took part; None where the readings disagree."""
        return agreed(outcome.whole.quorum for outcome in self.outcomes)

    @property
    def formed(self) -> bool | None:
        """Tell whether there is a committee; None where no rule speaks or the readings disagree."""
        return agreed(outcome.formed for outcome in self.outcomes)


def seats_here(number: int, rule: LocalRule, lines: Sequence[Line]) -> Seats:
    """Return the seats of an election in an estate of these units.

    Raises:
        InputError: the number is even, or outside what the law allows here.
    """
    least, most = (rule.said(key).value for key in ("committee_least", "committee_most"))
    small = rule.said("small_committee").value
    lawful = int(str(small if small is not None and _is_small(rule, lines) else least))
    allowed = lawful if rule.speaks("committee_least") else min(3, lawful)
    if number % 2 == 0 or not allowed <= number <= int(str(most)):
        raise InputError(SEATS.filled(number=number), allowed=ODD.filled(least=allowed, most=most))
    short = rule.said("short_committee")
    return Seats(number, lawful, None if short.value is None else str(short.value), short.where)


def _is_small(rule: LocalRule, lines: Sequence[Line]) -> bool:
    units, area = (rule.said(key).value for key in ("small_estate_units", "small_estate_area"))
    homes = [line for line in lines if line.kind != "parking"]
    few = isinstance(units, int) and len(homes) <= units
    little = isinstance(area, int) and sum(line.area for line in homes) <= area * HUNDREDTHS
    return few or little


def count_election(lines: Sequence[Line], poll: Poll, seats: Seats, seed: int = 1) -> ElectionCount:
    """Count ballots that name candidates; one that names more than there are seats is void."""
    kept = [_not_overfull(line, seats.number) for line in lines]
    returned = returned_for(kept, poll)
    overfull = tuple(
        Reason(OVERFULL.filled(owner=line.owner, seats=seats.number), ("no_article",))
        for line, given in zip(kept, lines, strict=True)
        if line is not given
    )
    returned = replace(returned, reasons=(*overfull, *returned.reasons))
    outcomes = (_elected(returned, reading, seats, seed) for reading in returned.readings)
    return ElectionCount(returned, seats, tuple(outcomes))


def _not_overfull(line: Line, seats: int) -> Line:
    if not any(isinstance(paper, frozenset) and len(paper) > seats for paper in line.papers):
        return line
    kept = (INVALID if isinstance(paper, frozenset) and len(paper) > seats else paper for paper in line.papers)
    return replace(line, papers=tuple(kept))


def _elected(returned: Returned, reading: Reading, seats: Seats, seed: int) -> Elected:
    names = sorted({name for head in returned.heads for choice in head.choices for name in choice})
    voted = [Candidate(name, judged(returned, reading, name)) for name in names]
    ranked = sorted(voted, key=lambda one: (-one.votes[0], -one.votes[1], _lot(seed, one.name)))
    whole = judged(returned, reading, "")
    through = [one for one in ranked if one.reached and whole.quorum]
    elected = tuple(one.name for one in through[: seats.number])
    alternates = tuple(one.name for one in through[seats.number :])
    ties = tuple(_ties(through, seats.number, seed))
    return Elected(reading, whole, tuple(ranked), elected, alternates, seats.formed(len(elected)), ties)


def _lot(seed: int, name: str) -> str:
    """Return a candidate's lot: the same for the same seed and name, on any machine."""
    return hashlib.sha256(f"{seed} {name}".encode()).hexdigest()


def _ties(through: Sequence[Candidate], seats: int, seed: int) -> Iterator[Reason]:
    """Yield a reason for each tie that the lot broke where it matters: at the last seat or among alternates."""
    placed = 0
    for votes, group in groupby(through, key=lambda one: one.votes):
        names = [one.name for one in group]
        placed += len(names)
        if len(names) > 1 and placed > seats:
            yield Reason(
                TIE.filled(names=same(", ".join(names)), heads=votes[0], area=metres(votes[1]), seed=seed), ("no_article",)
            )


SEATS = Text(zh="seats 不能取 {number}", en="seats cannot be {number}")
ODD = Text(zh="单数，{least} 至 {most}", en="an odd number, {least} to {most}")
OVERFULL = Text(
    zh="业主 {owner} 的票选了超过 {seats} 人，作废票。", en="The ballot of {owner} names more than {seats} and is void."
)
TIE = Text(
    zh="{names} 得票相同（{heads} 人、{area} 平方米），抽签（seed={seed}）定先后：按所列次序。",
    en="{names} have the same votes ({heads} owners, {area} m²); the lot (seed={seed}) puts them in this order.",
)
