"""The owners' committee 业主委员会 of one estate."""

import math
from dataclasses import dataclass

from sim.arithmetic import logistic_of
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.institution import Institution
from sim.moments import Candidate, Elected, Election, Reserved
from sim.parts import number, part
from sim.texts import Text

BODY = "owners_committee"


@dataclass(frozen=True)
class OwnersCommitteeNumbers:
    """Seats, term, hours, election (first form) and activity (M11)."""

    seats: int = number(
        7,
        low=3,
        high=17,
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
    hours_per_member: float = number(
        2.5,
        low=0.0,
        high=40.0,
        explore=(1.5, 4.0),
        unit="hours a week",
        zh="每名成员每周工时",
        en="hours a week of each member",
        source="assumed: two to four hours",
    )
    routine_hours: float = number(
        1.5,
        low=0.0,
        high=40.0,
        explore=(1.0, 3.0),
        unit="hours a week",
        zh="每名成员日常工时",
        en="routine hours a week of each member",
        source="assumed: sits at least every two months (L32)",
    )
    hours_per_shared_seat: float = number(
        2.0,
        low=0.0,
        high=40.0,
        explore=(1.0, 3.0),
        unit="hours a week",
        zh="每个交叉席位占用原机构工时",
        en="hours a week that a shared seat takes from the member's own body",
        source="assumed: no source; with the staff's hours it decides the sign of cross-serving",
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
    turnout: float = number(
        0.45,
        low=0.02,
        high=0.98,
        explore=(0.35, 0.6),
        unit="share",
        zh="选举参与率",
        en="turnout of an election",
        source="S32: about half of the ballots come back",
        certainty="seen",
    )
    turnout_shock: float = number(
        0.55,
        low=0.0,
        high=2.0,
        explore=(0.3, 0.8),
        unit="logits",
        zh="小区每次参与率波动（标准差）",
        en="shock to an estate's turnout (standard deviation)",
        source="assumed: without it a quorum is all or nothing (L09)",
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
    activity_speed: float = number(
        0.05,
        low=0.005,
        high=1.0,
        explore=(0.03, 0.1),
        unit="share a week",
        zh="运作活跃度变化速度",
        en="speed at which activity moves",
        source="assumed: half-life of fourteen weeks",
    )
    competence_weight: float = number(
        7.0,
        low=0.0,
        high=20.0,
        explore=(4.0, 10.0),
        unit="logits",
        zh="能力对活跃度的作用",
        en="weight of competence for activity",
        source="assumed: with the middle below, about one unaided committee in four works (P12, V02)",
    )
    competence_middle: float = number(
        0.52,
        low=0.0,
        high=1.0,
        explore=(0.45, 0.6),
        unit="0-1",
        zh="活跃度居中的能力",
        en="competence at which activity is middling",
        source="assumed: set so that about one unaided committee in four works (P12, V02)",
    )
    backing_weight: float = number(
        1.6,
        low=0.0,
        high=10.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="外部支持对活跃度的作用",
        en="weight of backing for activity",
        source="S91, S92: outside help decides much",
        certainty="seen",
    )
    friction_weight: float = number(
        1.5,
        low=0.0,
        high=10.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="摩擦对活跃度的作用",
        en="weight of friction for activity",
        source="assumed: about as much as backing from outside",
    )
    overload_weight: float = number(
        3.0,
        low=0.0,
        high=20.0,
        explore=(0.0, 5.0),
        unit="logits",
        zh="兼任者原机构超负荷的作用",
        en="weight of the other body's overload in its members' seats",
        source="assumed: an overloaded member does not come",
    )
    friction: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.7),
        unit="0-1",
        zh="机构间摩擦（无交叉任职）",
        en="friction between bodies without shared members",
        source="assumed: middle of the scale",
    )
    liaison: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.5),
        unit="0-1",
        zh="交叉任职减少的摩擦",
        en="friction that a wholly shared committee removes",
        source="assumed: liaisons speed decisions (T38)",
    )
    shared_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="0-1",
        zh="交叉任职带来的支持",
        en="backing that a wholly shared committee brings",
        source="assumed: no evidence fixes it; sweep it",
    )
    working: float = number(
        0.5,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="有效运作的活跃度门槛",
        en="activity above which a committee works",
        source="assumed: a definition",
    )


@part("agent")
class OwnersCommittee(Institution):
    """It presses the provider as far as it is able, active and independent, and is elected once a term.

    Activity moves slowly to `logistic(competence + backing - friction - overload)`: members' competence, backing from
    outside and from shared members, friction between the bodies, and, in shared seats, the overload of the member's own
    body.  Independence is lost in the share of seats that other bodies hold, as far as they are close to the firm.
    The election is a simple count in its first form: candidates stand, those who turn out support each with a chance.
    """

    label = Text(zh="业主委员会", en="owners' committee")
    seat = "estate"
    numbers = OwnersCommitteeNumbers
    events = {
        "election_held": EventKind(
            Text(
                zh="{object}业委会选举：{detail} 户投票",
                en="{object} elects its owners' committee: {detail} owners vote",
            )
        ),
        "shared_seat_filled": EventKind(
            Text(
                zh="{object}：{detail}当选业委会成员",
                en="{object}: {detail} takes a seat on the owners' committee",
            )
        ),
        "shared_seat_unfilled": EventKind(
            Text(
                zh="{object}：{detail}够条件的人不足，席位归业主",
                en="{object}: too few members of {detail} may stand; the seat stays with owners",
            )
        ),
    }
    tracked = ("activity", "registered", "is_working", "competence", "shared", "seats_wanted", "seats_filled")

    def begin(self) -> None:
        """Sit from the start, at a random week of the term, where the estate starts with a committee; else stand empty."""
        self.members: tuple[Candidate, ...] = ()
        self.elections = self.seats_wanted = self.seats_filled = 0
        self.activity, self.term_end = 0.0, -1
        self.estate.friction = self.about.friction
        if self.estate.starts_with_committee:
            self.members = self._owners()[: self.about.seats]
            drawn = self.model.chance.uniform("week of term", self.estate.place, 0)
            self.term_end = 1 + int(drawn * self.about.term_weeks)
            self.activity = self._resting_activity()

    @property
    def registered(self) -> bool:
        """Tell whether there is a committee."""
        return bool(self.members)

    @property
    def is_working(self) -> bool:
        """Tell whether there is a committee that works."""
        return self.registered and self.activity > self.about.working

    @property
    def competence(self) -> float:
        """Return the members' mean competence, 0-1; 0 without a committee."""
        return sum(member.competence for member in self.members) / len(self.members) if self.members else 0.0

    @property
    def shared(self) -> float:
        """Return the share of seats held by members of other bodies."""
        return (
            sum(member.body != BODY for member in self.members) / len(self.members) if self.members else 0.0
        )

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide the members' hours; shared seats take theirs from the member's own body."""
        for member in self.members:
            if member.body == BODY:
                ledger.provide(BODY, self.about.hours_per_member)
                ledger.ask(BODY, "own_meetings", self.about.routine_hours)
            else:
                ledger.ask(member.body, "seats", self.about.hours_per_shared_seat)

    def elect(self) -> None:
        """Elect a new committee when the term ends."""
        if not self.members or self.model.week != self.term_end:
            return
        ended = self.model.log.root(self.model.week, "term_ends", object=self.estate.name)
        self.elections += 1
        election = Election(self.about.seats, self._owners(), self._members_of)
        election.ask(self.estate.measures)
        voting = self._voting()
        support = self._support(election, voting)
        elected = election.resolve(support.__getitem__, self._tie)
        held = self.model.log.add(
            self.model.week, BODY, "election_held", cause=ended, object=self.estate.name, detail=str(voting)
        )
        self._seat(elected, held)
        self.term_end += self.about.term_weeks

    def press(self) -> None:
        """Press the provider; tell the other bodies how much friction there is and how many seats are shared."""
        if not self.members:
            self.estate.sources["dismissal"] = self._dismissal(
                self.model.mechanisms["pressure"].dismissal_unaided
            )
            return
        self.activity += self.about.activity_speed * (self._resting_activity() - self.activity)
        pressure = self.model.mechanisms["pressure"]
        independence = 1 - self.shared * pressure.capture * self.estate.closeness
        self.estate.sources["owners_committee"] = (
            pressure.committee * self.competence * self.activity * independence
        )
        credible = pressure.dismissal_working if self.is_working else pressure.dismissal_unaided
        self.estate.sources["dismissal"] = self._dismissal(credible)
        self.estate.shared_seats = self.shared
        self.estate.friction = self.about.friction - self.about.liaison * self._present_shared()

    def _dismissal(self, credible: float) -> float:
        return self.model.mechanisms["pressure"].dismissal * credible  # type: ignore[no-any-return]

    def _present_shared(self) -> float:
        """Return the share of seats whose shared members really have the hours to come."""
        shares = [
            self.model.ledger.share(member.body, "seats") for member in self.members if member.body != BODY
        ]
        return sum(shares) / len(self.members)

    def _resting_activity(self) -> float:
        present = self._present_shared()
        backing = self.estate.backing + self.about.shared_backing * present
        friction = self.about.friction - self.about.liaison * present
        overloads = [
            max(0.0, self.model.body(member.body).overload - 1)
            for member in self.members
            if member.body != BODY
        ]
        overload = sum(overloads) / len(self.members)
        logit = (
            self.about.competence_weight * (self.competence - self.about.competence_middle)
            + self.about.backing_weight * (backing - 0.3)
            - self.about.friction_weight * (friction - 0.5)
            - self.about.overload_weight * overload
        )
        return logistic_of(logit)

    def _owners(self) -> tuple[Candidate, ...]:
        """Return the owners who stand in the coming election: the same people whenever it is held."""
        about = self.model.mechanisms["competence"]
        drawn = [
            self.model.chance.normal("competence of owners", self.estate.place, self.elections, index)
            for index in range(self.about.seats + self.about.further_candidates)
        ]
        return tuple(
            Candidate(f"owner-{index + 1}", BODY, about.of(number)) for index, number in enumerate(drawn)
        )

    def _members_of(self, body: str) -> tuple[Candidate, ...]:
        return self.model.body(body).members_who_own(self.estate)

    def _voting(self) -> int:
        """Return how many owners vote: the turnout with a shock of this election's own."""
        shock = self.model.chance.normal("turnout", self.estate.place, self.elections)
        usual = math.log(self.about.turnout / (1 - self.about.turnout))
        return round(self.estate.heads * logistic_of(usual + self.about.turnout_shock * shock))

    def _support(self, election: Election, voting: int) -> dict[Candidate, int]:
        standing = {*election.owners, *(one for asked in election.reservations for one in asked.nominees)}
        return {candidate: round(voting * self._chance_of_support(candidate)) for candidate in standing}

    def _chance_of_support(self, candidate: Candidate) -> float:
        drawn = self.model.chance.normal(f"support for {candidate.name}", self.estate.place, self.elections)
        return logistic_of(self.about.support_spread * drawn)

    def _tie(self, candidate: Candidate) -> float:
        return self.model.chance.uniform(f"tie of {candidate.name}", self.estate.place, self.elections)

    def _seat(self, elected: Elected, held: int) -> None:
        self.members = tuple(seat.candidate for seat in elected.seats)
        self.seats_wanted += sum(reservation.seats for reservation in elected.reserved)
        for reserved in elected.reserved:
            self.seats_filled += reserved.filled
            self._tell(reserved, "shared_seat_filled", reserved.filled, held)
            self._tell(reserved, "shared_seat_unfilled", reserved.seats - reserved.filled, held)

    def _tell(self, reserved: Reserved, action: str, times: int, held: int) -> None:
        asked = reserved.reservation
        for _ in range(times):
            self.model.log.add(
                self.model.week, BODY, action, cause=held, object=self.estate.name, detail=asked.body, clause=asked.clause,
                measure=asked.measure,
            )  # fmt: skip
