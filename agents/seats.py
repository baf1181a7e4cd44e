"""Who stands for the owners' committee of one estate, and who takes its seats."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.arithmetic import logistic_of
from sim.moments import Candidate, Elected, Election, Reserved
from sim.parts import number

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

BODY = "owners_committee"


@dataclass(frozen=True)
class SeatNumbers:
    """How many seats there are, for how long, and how contested an election is (M11, first form)."""

    seats: int = number(
        7,
        low=3,
        high=17,
        odd=True,
        unit="seats",
        zh="席位",
        en="seats",
        source="P10, L28: 5 to 11, odd",
        certainty="law",
    )
    term_weeks: int = number(
        260,
        low=52,
        high=261,
        unit="weeks",
        zh="任期",
        en="term",
        source="P10, L29: at most five years",
        certainty="law",
    )
    further_candidates: int = number(
        3,
        low=0,
        high=20,
        unit="people",
        zh="差额人数",
        en="candidates beyond the seats",
        source="assumed: a mildly contested election",
    )
    support_spread: float = number(
        0.8,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.2),
        unit="logits",
        zh="候选人得票差异（标准差）",
        en="spread of support between candidates (standard deviation)",
        source="assumed: known and unknown candidates differ, few run away with it",
    )


class Seats:
    """The seats of the committee of one estate: who holds them, and how they are filled."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin with empty seats."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate
        self.members: tuple[Candidate, ...] = ()
        self.elections = self.wanted = self.filled = 0

    @property
    def competence(self) -> float:
        """Return the members' mean competence, 0-1; 0 without a committee."""
        return sum(member.competence for member in self.members) / len(self.members) if self.members else 0.0

    @property
    def shared(self) -> float:
        """Return the share of seats held by members of other bodies."""
        return sum(member.body != BODY for member in self.members) / len(self.members) if self.members else 0.0

    def begin_filled(self) -> None:
        """Fill the seats with the owners who stood before the run began."""
        self.members = self._owners()[: self.about.seats]

    def elect(self, held: int) -> None:
        """Fill the seats: candidates stand, measures may reserve seats."""
        self.elections += 1
        election = Election(self.about.seats, self._owners(), self._members_of)
        election.ask(self.estate.measures)
        self._seat(election.resolve(self._votes, self._tie), held)

    def _owners(self) -> tuple[Candidate, ...]:
        """Return the owners who stand in the coming election: the same people whenever it is held."""
        about = self.model.mechanisms["competence"]
        number = self.about.seats + self.about.further_candidates
        drawn = [
            self.model.chance.normal("competence of owners", self.estate.place, self.elections, index)
            for index in range(number)
        ]
        return tuple(Candidate(f"owner-{index + 1}", BODY, about.of(one)) for index, one in enumerate(drawn))

    def _members_of(self, body: str) -> tuple[Candidate, ...]:
        members: tuple[Candidate, ...] = self.model.body(body).members_who_own(self.estate)
        return members

    def _votes(self, candidate: Candidate) -> int:
        """Return a candidate's votes among the owners: a simple count in its first form."""
        drawn = self.model.chance.normal(f"support for {candidate.name}", self.estate.place, self.elections)
        return round(self.estate.heads * logistic_of(self.about.support_spread * drawn))

    def _tie(self, candidate: Candidate) -> float:
        return self.model.chance.uniform(f"tie of {candidate.name}", self.estate.place, self.elections)

    def _seat(self, elected: Elected, held: int) -> None:
        self.members = tuple(seat.candidate for seat in elected.seats)
        self.wanted += sum(reservation.seats for reservation in elected.reserved)
        for reserved in elected.reserved:
            self.filled += reserved.filled
            self._tell(reserved, "shared_seat_filled", reserved.filled, held)
            self._tell(reserved, "shared_seat_unfilled", reserved.seats - reserved.filled, held)

    def _tell(self, reserved: Reserved, action: str, times: int, held: int) -> None:
        asked = reserved.reservation
        for _ in range(times):
            self.model.log.add(
                self.model.week, BODY, action, cause=held, object=self.estate.name, detail=asked.body, clause=asked.clause,
                measure=asked.measure,
            )  # fmt: skip
