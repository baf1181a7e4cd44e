"""Who the members of a body are, and which of them own a dwelling in which estate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.chance import place_key
from sim.estate_board import EstateBoard
from sim.mechanisms.competence import Competence
from sim.moments import Candidate

if TYPE_CHECKING:
    from sim.community import Community


@dataclass(frozen=True)
class Staff:
    """The members of one body: how many, and the chance that one of them owns a dwelling in a given estate (L40)."""

    body: str
    number: int
    flat_share: float


def members_who_own(model: "Community", staff: Staff, estate: EstateBoard) -> tuple[Candidate, ...]:
    """Return the members of a body who own a dwelling in an estate; who does is drawn once for each member and estate."""
    owning = [
        member
        for member in range(staff.number)
        if model.chance.uniform(f"flat of {staff.body}", estate.place, 0, member) < staff.flat_share
    ]
    return tuple(_member(model, staff.body, member) for member in owning)


def _member(model: "Community", body: str, member: int) -> Candidate:
    about: Competence = model.mechanisms["competence"]
    drawn = model.chance.normal(f"competence of {body}", place_key(model.name), 0, member)
    return Candidate(f"{body}-{member + 1}", body, about.of(drawn, shift=about.committee_shift))
