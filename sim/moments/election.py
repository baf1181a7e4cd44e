"""The moment of an election of an owners' committee: who stands, and which seats are reserved."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from sim.moments.moment import Moment, Source

HALF = 0.5


@dataclass(frozen=True)
class Candidate:
    """A person who stands for a seat.

    `body` is where the person comes from, `competence` 0-1, `nominator` who put the person forward (L36): a body, the
    initiators of the committee, or the person.
    """

    name: str
    body: str
    competence: float
    nominator: str = "self"


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
    strictness: float = 0.0
    vetted_by: Source = Source()
    question: ClassVar[str] = "nominate"

    def members_who_own_here(self, body: str) -> tuple[Candidate, ...]:
        """Return the members of a body who own a dwelling in this estate."""
        return self.members_of(body)

    def reserve(self, nominees: tuple[Candidate, ...], *, body: str, seats: float, clause: str) -> None:
        """Ask that a share of the seats go to these nominees, as far as there are any."""
        source = self.source(clause)
        self.reservations.append(Reservation(body, nominees, seats, source.measure, source.clause))

    def vet(self, strictness: float, *, clause: str) -> None:
        """Ask that candidates be vetted, with a strictness of 0-1; the strictest holds."""
        if strictness > self.strictness:
            self.strictness, self.vetted_by = strictness, self.source(clause)

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """Return all who stand: the nominees for seats that are really reserved, and owners; nobody twice.

        The paper does not grow with a reservation: for each reserved seat that has a nominee one owner less stands.
        """
        asked_for = [(asked.nominees, self._seats_of(asked.share)) for asked in self._in_order]
        taken = {one.name for nominees, seats in asked_for for one in nominees[:seats]}
        nominees = (one for nominees, seats in asked_for if seats for one in nominees)
        owners = self.owners[: max(0, len(self.owners) - len(taken))]
        return tuple({one.name: one for one in (*owners, *nominees)}.values())

    def among(self, names: Collection[str]) -> "Election":
        """Return the same election with those candidates alone."""
        reservations = [replace(asked, nominees=_named(asked.nominees, names)) for asked in self.reservations]
        return replace(self, owners=_named(self.owners, names), reservations=reservations)

    @property
    def _in_order(self) -> list[Reservation]:
        return sorted(self.reservations, key=lambda asked: (asked.body, asked.measure))

    def resolve(self, votes: Callable[[Candidate], int], tie: Callable[[Candidate], float]) -> "Elected":
        """Fill the seats: reserved ones by votes among the nominees, the others by votes among all who are left.

        votes: the simple count for each candidate.  tie: breaks equal counts, larger first.
        """
        seats: list[Seat] = []
        reserved = []
        for asked in self._in_order:
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


def _named(candidates: Sequence[Candidate], names: Collection[str]) -> tuple[Candidate, ...]:
    return tuple(candidate for candidate in candidates if candidate.name in names)


def _without_a_seat(candidates: Sequence[Candidate], seats: Sequence[Seat]) -> list[Candidate]:
    taken = {seat.candidate.name for seat in seats}
    return [candidate for candidate in candidates if candidate.name not in taken]


def _ranked(
    candidates: Sequence[Candidate], votes: Callable[[Candidate], int], tie: Callable[[Candidate], float]
) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-votes(candidate), -tie(candidate), candidate.name))
