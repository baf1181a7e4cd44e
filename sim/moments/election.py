"""The moment of an election of an owners' committee: who stands, and which seats are reserved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.moment import Moment

HALF = 0.5


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
class Election(Moment):
    """An election of an owners' committee: who stands for how many seats, and which seats are reserved.

    `members_who_own_here` says who of another body owns a dwelling in this estate: nobody else may stand (L40).
    """

    seats: int
    owners: tuple[Candidate, ...]
    members_of: Callable[[str], tuple[Candidate, ...]]
    reservations: list[Reservation] = field(default_factory=list)
    question: ClassVar[str] = "nominate"

    def members_who_own_here(self, body: str) -> tuple[Candidate, ...]:
        """Return the members of a body who own a dwelling in this estate."""
        return self.members_of(body)

    def reserve(self, nominees: tuple[Candidate, ...], *, body: str, seats: float, clause: str) -> None:
        """Ask that a share of the seats go to these nominees, as far as there are any."""
        source = self.source(clause)
        self.reservations.append(Reservation(body, nominees, seats, source.measure, source.clause))

    def resolve(self, votes: Callable[[Candidate], int], tie: Callable[[Candidate], float]) -> "Elected":
        """Fill the seats: reserved ones by votes among the nominees, the others by votes among all who are left.

        votes: the simple count for each candidate.  tie: breaks equal counts, larger first.
        """
        seats: list[Seat] = []
        reserved = []
        for asked in sorted(self.reservations, key=lambda asked: (asked.body, asked.measure)):
            wanted = min(self._seats_of(asked.share), self.seats - len(seats))
            standing = _ranked(_without_a_seat(asked.nominees, seats), votes, tie)
            filled = [Seat(nominee, asked) for nominee in standing[:wanted]]
            reserved.append(Reserved(asked, wanted, len(filled)))
            seats += filled
        rest = _ranked(_without_a_seat(self.owners, seats), votes, tie)[: self.seats - len(seats)]
        return Elected(tuple(seats) + tuple(Seat(owner, None) for owner in rest), tuple(reserved))

    def _seats_of(self, share: float) -> int:
        """Return a share of the seats in whole seats; half a seat counts as one."""
        return int(share * self.seats + HALF)


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
