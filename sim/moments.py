"""Moments: the points of the week at which measures may ask for something.

A measure only requests; the moment resolves all requests once, in an order of its own, so that the order of measures cannot
matter.  A moment shows no household, no quality and no outcome: those follow from what households live through.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sim.texts import Text


class Measure:
    """What every governance measure promises: who asks for it, how it should help, how it may hurt, when it speaks.

    A measure overrides the moments at which it has something to ask for; at all others it says nothing.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    clauses: ClassVar[tuple[str, ...]]
    helps: ClassVar[Text]
    hurts: ClassVar[Text]

    def problem(self) -> Text | None:
        """Say what is wrong where levers, each within its bounds, do not go together; None where all is well."""
        return None

    def nominate(self, election: "Election") -> None:
        """Ask for candidacies in an election of an owners' committee."""

    def call_meeting(self, call: "MeetingCall") -> None:
        """Ask for regular joint meetings that take up the matters of an estate."""


@dataclass(frozen=True)
class Candidate:
    """A person who stands for a seat: `body` is where the person comes from, `competence` 0-1."""

    name: str
    body: str
    competence: float


@dataclass(frozen=True)
class Reservation:
    """A request for seats: a share of them for the nominees of one body."""

    body: str
    nominees: tuple[Candidate, ...]
    share: float
    measure: str
    clause: str


@dataclass
class Election:
    """An election of an owners' committee: who stands for how many seats, and which seats are reserved.

    `members_who_own_here` says who of another body owns a dwelling in this estate: nobody else may stand (L40).
    """

    seats: int
    owners: tuple[Candidate, ...]
    members_of: Callable[[str], tuple[Candidate, ...]]
    reservations: list[Reservation] = field(default_factory=list)
    asking: Measure | None = None

    def ask(self, measures: Iterable[Measure]) -> None:
        """Let the measures in force speak."""
        for self.asking in measures:
            self.asking.nominate(self)
        self.asking = None

    def members_who_own_here(self, body: str) -> tuple[Candidate, ...]:
        """Return the members of a body who own a dwelling in this estate."""
        return self.members_of(body)

    def reserve(self, nominees: tuple[Candidate, ...], *, body: str, seats: float, clause: str) -> None:
        """Ask that a share of the seats go to these nominees, as far as there are any."""
        key = self.asking.key if self.asking else ""
        self.reservations.append(Reservation(body, nominees, seats, key, clause))

    def resolve(self, votes: Callable[[Candidate], int], tie: Callable[[Candidate], float]) -> "Elected":
        """Fill the seats: reserved ones by votes among the nominees, the others by votes among all who are left.

        votes: the simple count for each candidate.  tie: breaks equal counts, larger first.
        """
        seats: list[Seat] = []
        reserved = []
        for asked in sorted(self.reservations, key=lambda asked: (asked.body, asked.measure)):
            wanted = min(round(asked.share * self.seats), self.seats - len(seats))
            standing = _ranked(_without_a_seat(asked.nominees, seats), votes, tie)
            filled = [Seat(nominee, asked) for nominee in standing[:wanted]]
            reserved.append(Reserved(asked, wanted, len(filled)))
            seats += filled
        rest = _ranked(_without_a_seat(self.owners, seats), votes, tie)[: self.seats - len(seats)]
        return Elected(tuple(seats) + tuple(Seat(owner, None) for owner in rest), tuple(reserved))


@dataclass(frozen=True)
class Seat:
    """A seat filled, with the reservation that gave it, or None."""

    candidate: Candidate
    reservation: Reservation | None


@dataclass(frozen=True)
class Reserved:
    """What became of a reservation: seats wanted, seats filled."""

    reservation: Reservation
    seats: int
    filled: int


@dataclass(frozen=True)
class Elected:
    """Who was elected, and what became of each reservation."""

    seats: tuple[Seat, ...]
    reserved: tuple[Reserved, ...]


def _without_a_seat(candidates: Sequence[Candidate], seats: Sequence[Seat]) -> list[Candidate]:
    taken = {seat.candidate.name for seat in seats}
    return [candidate for candidate in candidates if candidate.name not in taken]


def _ranked(
    candidates: Sequence[Candidate], votes: Callable[[Candidate], int], tie: Callable[[Candidate], float]
) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-votes(candidate), -tie(candidate), candidate.name))


@dataclass
class MeetingCall:
    """Whether and how often joint meetings take up the matters of one estate."""

    intervals: list[tuple[int, str, str]] = field(default_factory=list)
    asking: Measure | None = None

    def ask(self, measures: Iterable[Measure]) -> None:
        """Let the measures in force speak."""
        for self.asking in measures:
            self.asking.call_meeting(self)
        self.asking = None

    def every(self, weeks: int | None, *, clause: str) -> None:
        """Ask for a meeting every so many weeks; None asks for nothing."""
        if weeks is not None:
            self.intervals.append((weeks, self.asking.key if self.asking else "", clause))

    def resolve(self) -> tuple[int, str, str] | None:
        """Return the shortest interval asked for with its measure and clause, or None."""
        return min(self.intervals, default=None)
