"""The seats of one estate's owners' committee: how they are filled, and who follows where one falls empty."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from agents.candidates import CandidateNumbers, Candidates
from sim.decision import Decision
from sim.election import ElectionResult, Papers, Seating, elect
from sim.mechanisms.candidate_choice import Slate
from sim.moments import Candidate, Election, Reserved
from sim.other_elections import choose
from sim.parts import number
from sim.regime import Regime
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

BODY, LAWFUL = "owners_committee", "double_majority"


@dataclass(frozen=True)
class SeatNumbers(CandidateNumbers):
    """How many seats there are, for how long, and by which rule they are filled (M11)."""

    seats: int = number(
        7,
        low=3,
        high=17,
        odd=True,
        unit="seats",
        zh="席位",
        en="seats",
        source=Text(zh="P10、L28：5 至 11 人的单数", en="P10, L28: 5 to 11, odd"),
        certainty="law",
    )
    term_weeks: int = number(
        260,
        low=52,
        high=261,
        unit="weeks",
        zh="任期",
        en="term",
        source=Text(zh="P10、L29：不超过五年", en="P10, L29: at most five years"),
        certainty="law",
    )
    fewest_seats: int = number(
        5,
        low=1,
        high=17,
        odd=True,
        unit="seats",
        zh="法定最少席位",
        en="seats below which no committee is lawful",
        source=Text(
            zh="L28：至少五人；有的地方小型小区三人", en="L28: at least five; three in small estates by some local rules"
        ),
        certainty="law",
    )
    short_above: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.5, 1.0),
        unit="share of seats",
        zh="缺额业委会成立须超过的席位比例",
        en="share of the seats above which a short committee stands",
        source=Text(
            zh="L111：有的城市规定过半；1 表示必须满员；国家法律未规定",
            en="L111: more than half by one city's rule; 1 where only a full one stands; national law is silent",
        ),
        certainty="law",
    )
    alternates: int = number(
        2,
        low=0,
        high=10,
        unit="people",
        zh="候补委员",
        en="alternates",
        source=Text(
            zh="假定：有的地方规定候补，须达同样多数（L111）",
            en="assumed: some local rules know alternates, who need the same majority (L111)",
        ),
    )
    election_rule: str = number(
        "double_majority",
        choices=("double_majority", "plurality_at_large", "approval", "proportional_approval", "equal_shares"),
        unit=Text(zh="规则", en="rule"),
        zh="选举规则",
        en="rule of the election",
        source=Text(
            zh="L111：每个席位都要双过半；其余规则不合法，只供比较",
            en="L111: each seat needs the double majority; the other rules are not lawful, and are there to be compared",
        ),
        certainty="law",
    )


class Sitting(NamedTuple):
    """Who holds the seats, and who follows."""

    members: tuple[Candidate, ...]
    alternates: tuple[Candidate, ...]


class Contest:
    """One election: who stands for how many seats, and after the count who was elected."""

    def __init__(self, seats: "Seats", election: Election, standing: tuple[Candidate, ...]) -> None:
        """Put those who stand on one paper."""
        self._seats, self._ordinal = seats, seats.elections
        self.election = election.among({candidate.name for candidate in standing})
        self.standing = standing
        marks = election.seats + seats.about.alternates  # alternates need the same majority, so they can be marked too
        self.slate: Slate = seats.candidates.slate(standing, marks, self._ordinal)
        self.result: ElectionResult | None = None
        self.names: tuple[str, ...] = ()
        self.ties: tuple[int, ...] = ()

    @property
    def formed(self) -> bool:
        """Tell whether enough seats are filled; where no rule settles it, not."""
        return bool(self.names) and bool(self._seating.stands(len(self.names)))

    def count(self, regime: Regime, papers: Papers) -> Decision:
        """Count the papers by the rule of the election, and return the decision on who took part."""
        names = [candidate.name for candidate in self.standing]
        self.result = elect(regime, names, papers, self._seating, self.lot)
        self.names, self.ties = self.result.elected, tuple(len(tie) for tie in self.result.ties)
        rule = self._seats.about.election_rule
        if rule != LAWFUL and self.result.quorum and names:
            chosen = choose(rule, names, papers.marks[papers.present], self.election.seats, self.lot)
            self.names, self.ties = chosen.elected, (chosen.tied,) if chosen.tied > 1 else ()
        return self.result.attendance

    def lot(self, name: str) -> float:
        """Return a candidate's lot, which breaks ties."""
        return float(self._seats.model.chance.uniform(f"tie of {name}", self._seats.estate.place, self._ordinal))

    @property
    def _seating(self) -> Seating:
        about, seats = self._seats.about, self.election.seats
        lawful = min(about.fewest_seats, seats) if seats == about.seats else 1
        short = Fraction(about.short_above).limit_denominator(1000) if seats == about.seats else Fraction(0)
        return Seating(seats, about.alternates, lawful, short)


class Seats:
    """The seats of the committee of one estate: who holds them, and how they are filled."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin with empty seats."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate
        self.candidates = Candidates(committee)
        self.members: tuple[Candidate, ...] = ()
        self.alternates: tuple[Candidate, ...] = ()
        self._staying: tuple[Candidate, ...] = ()
        self.contest: Contest | None = None
        self.elections = self.wanted = self.filled = 0

    @property
    def competence(self) -> float:
        """Return the members' mean competence, 0-1; 0 without a committee."""
        return sum(member.competence for member in self.members) / len(self.members) if self.members else 0.0

    @property
    def shared(self) -> float:
        """Return the share of seats held by members of other bodies."""
        return sum(member.body != BODY for member in self.members) / len(self.members) if self.members else 0.0

    @property
    def empty(self) -> int:
        """Return how many seats are empty."""
        return int(self.about.seats) - len(self.members)

    @property
    def sitting(self) -> Sitting:
        """Return who sits now, and who would follow."""
        return Sitting(self.members, self.alternates)

    def begin_filled(self) -> None:
        """Fill the seats with the owners who stood before the run began."""
        self.members = self.candidates.owners(0, self.about.seats)[: self.about.seats]

    def nominate(self, seats: int, cause: int) -> tuple[Contest, int]:
        """Let candidates stand for so many seats, measures reserve seats and have candidates vetted.

        Whoever sits may stand again where all seats are elected, and does not where only empty ones are.
        """
        self.elections += 1
        whole = seats == self.about.seats
        self._staying = () if whole else self.members
        owners = tuple(member for member in self.members if member.body == BODY) if whole else ()
        election = Election(seats, self.candidates.standing(self.elections, seats, owners), self._members_of)
        election.ask(self.estate.measures)
        standing = self.candidates.vetted(election, self.elections, cause)
        contest = Contest(self, election, standing)
        told = f"{len(standing)} / {seats}"
        return contest, self.committee.tell("candidates_stand", told, cause)

    def seat(self, contest: Contest, held: int) -> None:
        """Seat those who were elected; reserved seats are filled first, from those of their nominees who reached it."""
        result = contest.result
        assert result is not None
        self._tell_of_the_rule(contest, held)
        votes = {standing.name: standing.heads for standing in result.standings}
        order = {name: -place for place, name in enumerate(contest.names)}
        lawful = self.about.election_rule == LAWFUL
        seatable = result.ranked if lawful else contest.names
        elected = contest.election.among(seatable).resolve(
            lambda one: votes[one.name] if lawful else order[one.name], lambda one: contest.lot(one.name)
        )
        taken = {seat.candidate.name for seat in elected.seats}
        self.members = tuple(seat.candidate for seat in elected.seats)
        left = [one for name in result.ranked for one in contest.standing if one.name == name and name not in taken]
        self.alternates = tuple(left[: self.about.alternates])
        self._tell_of_shared_seats(elected.reserved, held)

    def refill(self, contest: Contest, held: int) -> int:
        """Seat whom a by-election elected beside those who stay, and return how many."""
        staying, alternates = self.sitting
        self.seat(contest, held)
        refilled = self.members[: self.about.seats - len(staying)]
        self.members = staying + refilled
        return len(refilled)

    def lose(self, contest: Contest) -> int:
        """Empty the seats that a by-election filled and that are held still, and return how many."""
        staying = tuple(member for member in self.members if member.name not in contest.names)
        lost = len(self.members) - len(staying)
        self.members = staying
        return lost

    def vacate(self) -> None:
        """Empty all seats."""
        self.members = self.alternates = ()

    def _members_of(self, body: str) -> tuple[Candidate, ...]:
        owning: tuple[Candidate, ...] = self.model.body(body).members_who_own(self.estate)
        return tuple(member for member in owning if member not in self._staying)

    def _tell_of_the_rule(self, contest: Contest, held: int) -> None:
        lawful = self.about.election_rule == LAWFUL
        if not lawful:
            self.committee.tell("unlawful_rule", self.about.election_rule, held)
        for tied in contest.ties:
            self.committee.tell("lot_drawn" if lawful else "lot_drawn_of_committees", str(tied), held)

    def _tell_of_shared_seats(self, reserved: tuple[Reserved, ...], held: int) -> None:
        self.wanted += sum(reservation.seats for reservation in reserved)
        for one in reserved:
            self.filled += one.filled
            self._tell(one, "shared_seat_filled", one.filled, held)
            self._tell(one, "shared_seat_unfilled", one.seats - one.filled, held)

    def _tell(self, reserved: Reserved, action: str, times: int, held: int) -> None:
        asked = reserved.reservation
        for _ in range(times):
            self.model.log.add(
                self.model.week, BODY, action, cause=held, object=self.estate.name, detail=asked.body, clause=asked.clause,
                measure=asked.measure,
            )  # fmt: skip
