"""The owners' committee 业主委员会 of one estate: formed, elected, active or not, expired."""

from dataclasses import dataclass

from sim.arithmetic import logistic_of
from sim.calendar import MONTHS_A_YEAR
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.households import OWNERS
from sim.institution import Institution
from sim.moments import Candidate, Elected, Election, Formation, Reserved
from sim.parts import number, part
from sim.texts import Text

BODY = "owners_committee"
USUAL_BACKING, MIDDLE = 0.3, 0.5


@dataclass(frozen=True)
class OwnersCommitteeNumbers:
    """Seats, term, hours, election (first form) and activity (M11)."""

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
    formation_attempts: float = number(
        0.25,
        low=0.0,
        high=10.0,
        explore=(0.12, 0.5),
        unit=Text(zh="次/年", en="attempts a year"),
        zh="每年组建尝试",
        en="attempts to form a committee in an ordinary estate",
        source="set so that 1 to 2 estates of 100 form one in a year (V01)",
    )
    crowding_out: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="share",
        zh="党组织牵头对业主自发的挤出",
        en="owners' attempts that leading crowds out, hours doubled",
        source="assumed: what is led from above is begun less from below",
    )
    usual_core: float = number(
        0.25,
        low=0.01,
        high=1.0,
        explore=(0.15, 0.35),
        unit="share",
        zh="通常的积极业主比例",
        en="active core of an ordinary estate",
        source="assumed: owners who believe in taking part and are not content",
    )
    application_fades: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.6),
        unit="0-1",
        zh="申请阶段中止的机会",
        en="chance that an application fades",
        source="V01, S20: most attempts fail",
    )
    application_closeness: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="0-1",
        zh="居委会与企业亲近对申请的阻碍",
        en="what closeness of the residents' committee to the firm adds to it",
        source="S95: screening happens",
    )
    preparation_fades: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.45),
        unit="0-1",
        zh="筹备阶段中止的机会",
        en="chance that a preparation fades",
        source="assumed: fewer than at the application, for those who got so far mean it",
    )
    helped: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.8),
        unit="factor",
        zh="有帮助时中止机会的折扣",
        en="what full help leaves of these chances",
        source="assumed: help keeps half of those attempts alive that would fade",
    )
    help_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="0-1",
        zh="组建帮助带来的支持",
        en="backing that full help brings to the canvass",
        source="assumed: as much as owners get today without it",
    )
    preparation_weeks: int = number(
        20,
        low=4,
        high=104,
        explore=(16, 26),
        unit="weeks",
        zh="筹备时间",
        en="weeks from application to the ballot",
        source="L25, L26: about 135 to 150 days",
        certainty="memory",
    )
    renewal_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="0-1",
        zh="换届时的组织支持",
        en="backing of the canvass at the end of a term",
        source="assumed: subdistrict and residents' committee must see to the end-of-term election (L30, L31)",
    )
    renewal_weeks: int = number(
        26,
        low=4,
        high=60,
        unit="weeks",
        zh="换届提前期",
        en="weeks before the end of a term at which renewal begins",
        source="L31: three to six months",
        certainty="law",
    )
    replace_shortfall: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.08, 0.2),
        unit="quality 0-1",
        zh="提议更换企业的服务缺口",
        en="shortfall of quality at which a committee proposes another firm",
        source="assumed: quality well below the contract, seen by everybody",
    )
    proposal_chance: float = number(
        0.06,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.12),
        unit="share a month",
        zh="每月提案机会",
        en="chance a month that it proposes what it sees reason for",
        source="assumed: ballots are rare and hard",
    )
    proposal_pause: int = number(
        52,
        low=4,
        high=520,
        unit="weeks",
        zh="提案间隔",
        en="weeks between proposals",
        source="assumed: one large ballot a year is as much as owners bear",
    )
    fee_budget: float = number(
        0.92,
        low=0.3,
        high=1.2,
        explore=(0.85, 0.97),
        unit="factor",
        zh="提议调费的收支比",
        en="income over cost below which a new fee is proposed",
        source="assumed: about three years of wages outrunning the fee (A02)",
    )
    grade_cost: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(1.0, 2.0),
        unit="factor",
        zh="每单位等级对应的费用",
        en="rise of the fee for the whole range of grades",
        source="assumed: shape of published grade lists (S73a)",
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
        0.475,
        low=0.0,
        high=1.0,
        explore=(0.42, 0.55),
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


@dataclass(frozen=True)
class Attempt:
    """An attempt to form or renew a committee.

    It knows when it comes to the ballot, the help it gets, the event it rests on, and the backing of its canvass.
    """

    ballot_week: int
    help: Formation
    event: int
    backing: float = 0.0


@part("agent")
class OwnersCommittee(Institution):
    """It is formed by owners who try, elected by the assembly, presses the provider, and expires unless renewed.

    An attempt is an application and a preparation, each of which may fade, then a ballot.  Activity moves slowly to
    `logistic(competence + backing - friction - overload)`: members' competence, backing from outside and from shared
    members, friction between the bodies, and, in shared seats, the overload of the member's own body.  Independence is
    lost in the share of seats that other bodies hold, as far as they are close to the firm.  A committee whose term ends
    without a valid election stays on the register as expired and may not act (L118).  A working committee proposes
    another firm where service falls far short, and a new grade and fee where income no longer covers cost.
    """

    label = Text(zh="业主委员会", en="owners' committee")
    seat = "estate"
    numbers = OwnersCommitteeNumbers
    events = {
        "owners_try": EventKind(Text(zh="{object}：业主发起组建业委会", en="{object}: owners try to form a committee")),
        "attempt_fades": EventKind(Text(zh="{object}：组建中止（{detail}）", en="{object}: the attempt fades ({detail})")),
        "formation_is_helped": EventKind(Text(zh="{object}：居委会帮助组建", en="{object}: the residents' committee helps")),
        "committee_elected": EventKind(Text(zh="{object}业委会选出", en="{object} has an owners' committee")),
        "committee_expires": EventKind(
            Text(
                zh="{object}业委会到期，不能履职",
                en="the owners' committee of {object} expires and may not act",
            )
        ),
        "shared_seat_filled": EventKind(
            Text(
                zh="{object}：{detail}成员当选业委会成员",
                en="{object}: a member of {detail} takes a seat on the owners' committee",
            )
        ),
        "shared_seat_unfilled": EventKind(
            Text(
                zh="{object}：{detail}够条件的人不足，席位归业主",
                en="{object}: too few members of {detail} may stand; the seat stays with owners",
            )
        ),
        "committee_proposes": EventKind(
            Text(zh="{object}业委会提案：{detail}", en="the owners' committee of {object} proposes: {detail}")
        ),
        "contract_changes": EventKind(Text(zh="{object}：服务等级和收费调整", en="{object}: grade and fee change")),
    }
    tracked = (
        "activity",
        "registered",
        "may_act",
        "is_working",
        "competence",
        "shared",
        "seats_wanted",
        "seats_filled",
        "formed",
        "attempts",
    )

    def begin(self) -> None:
        """Sit from the start, at a random week of the term, where the estate starts with a committee; else stand empty."""
        self.members: tuple[Candidate, ...] = ()
        self.elections = self.seats_wanted = self.seats_filled = self.formed = self.attempts = 0
        self.activity, self.term_end, self.proposed = 0.0, -1, -self.about.proposal_pause
        self.is_expired = self.renewing = False
        self.attempt: Attempt | None = None
        self.failed_attempts = 0
        self.estate.friction = self.about.friction
        if self.estate.starts_with_committee:
            self.members = self._owners()[: self.about.seats]
            drawn = self.model.chance.uniform("week of term", self.estate.place, 0)
            self.term_end = 1 + int(drawn * self.about.term_weeks)
            self.activity = self._resting_activity()

    @property
    def registered(self) -> bool:
        """Tell whether there is a committee on the register, expired or not."""
        return bool(self.members)

    @property
    def may_act(self) -> bool:
        """Tell whether there is a committee whose term runs."""
        return self.registered and not self.is_expired

    @property
    def is_working(self) -> bool:
        """Tell whether there is a committee that works."""
        return self.may_act and self.activity > self.about.working

    @property
    def competence(self) -> float:
        """Return the members' mean competence, 0-1; 0 without a committee."""
        return sum(member.competence for member in self.members) / len(self.members) if self.members else 0.0

    @property
    def shared(self) -> float:
        """Return the share of seats held by members of other bodies."""
        return sum(member.body != BODY for member in self.members) / len(self.members) if self.members else 0.0

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide the members' hours; shared seats take theirs from the member's own body, help from its giver."""
        for member in self.members if self.may_act else ():
            if member.body == BODY:
                ledger.provide(BODY, self.about.hours_per_member)
                ledger.ask(BODY, "own_meetings", self.about.routine_hours)
            else:
                ledger.ask(member.body, "seats", self.about.hours_per_shared_seat)
        if self.attempt and self.attempt.help.hours:
            ledger.ask("residents_committee", "formation_help", self.attempt.help.hours)

    def decide(self) -> None:
        """Once a month: see whether owners try to form a committee, or a working one proposes something."""
        if self.may_act:
            if self.is_working and self.model.week - self.proposed >= self.about.proposal_pause:
                self._propose()
        elif self.attempt is None and self.estate.stand_in_blocks is False:
            self._maybe_try()

    def elect(self) -> None:
        """Bring attempts to the ballot, begin renewals, and end terms."""
        week = self.model.week
        if self.attempt and week >= self.attempt.ballot_week and self.estate.assembly_is_free:
            self._to_the_ballot(self.attempt)
        if not self.may_act:
            return
        if week >= self.term_end - self.about.renewal_weeks and not self.renewing and self.attempt is None:
            self.renewing = True
            ended = self.model.log.root(week, "term_ends", object=self.estate.name)
            self.attempt = Attempt(week, self._help(), ended, self.about.renewal_backing)
        if week >= self.term_end:
            self.is_expired, self.activity = True, 0.0
            event = self.model.log.root(week, "term_ends", object=self.estate.name)
            self._tell("committee_expires", "", event)

    def press(self) -> None:
        """Press the provider; tell the other bodies how much friction there is and how many seats are shared."""
        pressure, estate = self.model.mechanisms["pressure"], self.estate
        estate.committee_works, estate.shared_seats = self.is_working, self.shared if self.may_act else 0.0
        credible = pressure.dismissal_working if self.is_working else pressure.dismissal_unaided
        estate.sources["dismissal"] = pressure.dismissal * credible
        if not self.may_act:
            estate.friction = self.about.friction
            return
        self.activity += self.about.activity_speed * (self._resting_activity() - self.activity)
        independence = 1 - self.shared * pressure.capture * estate.closeness
        estate.sources["owners_committee"] = pressure.committee * self.competence * self.activity * independence
        estate.friction = self.about.friction - self.about.liaison * self._present_shared()

    def seat_elected(self, held: int) -> None:
        """Fill the seats: candidates stand, measures may reserve seats; the term begins anew."""
        self.elections += 1
        self.formed += not self.registered
        election = Election(self.about.seats, self._owners(), self._members_of)
        election.ask(self.estate.measures)
        self._seat(election.resolve(self._votes, self._tie), held)
        self.is_expired, self.renewing, self.failed_attempts = False, False, 0
        self.term_end = self.model.week + self.about.term_weeks
        self._tell("committee_elected", "", held)

    def _maybe_try(self) -> None:
        about, estate = self.about, self.estate
        core = self.model.core(estate)
        chance = about.formation_attempts / MONTHS_A_YEAR * estate.attempt_factor * core / about.usual_core
        chance *= 1 - about.crowding_out * min(1.0, estate.authority)
        if self.model.chance.uniform("owners try", estate.place, self.model.week) < chance:
            self.begin_attempt(self.model.month_began)

    def begin_attempt(self, cause: int) -> None:
        """Begin an attempt to form a committee; it may fade on the way to the ballot."""
        self.attempts += 1
        event = self._tell("owners_try", "", cause)
        help_given = self._help()
        if help_given.hours:
            event = self.model.log.add(
                self.model.week, BODY, "formation_is_helped", cause=event, object=self.estate.name,
                clause=help_given.by.clause, measure=help_given.by.measure,
            )  # fmt: skip
        less = self.about.helped if help_given.hours else 1.0
        fades = self.about.application_fades + self.about.application_closeness * self.estate.closeness
        fades += (1 - fades) * (1 - self.model.body("subdistrict").answers)
        for stage, chance in (("application", fades), ("preparation", self.about.preparation_fades)):
            if self.model.chance.uniform(f"{stage} fades", self.estate.place, self.attempts) < chance * less:
                self.failed_attempts += 1
                self._tell("attempt_fades", stage, event)
                return
        self.attempt = Attempt(self.model.week + self.about.preparation_weeks, help_given, event)

    def _help(self) -> Formation:
        moment = Formation()
        moment.ask(self.estate.measures)
        return moment

    def _to_the_ballot(self, attempt: Attempt) -> None:
        share = self.model.ledger.share("residents_committee", "formation_help") if attempt.help.hours else 0.0
        self.estate.canvass_help = attempt.backing + self.about.help_backing * share
        self.attempt = None
        self.estate.call("elect_committee", OWNERS, attempt.event, self._elected)

    def _elected(self, adopted: bool, counted: int) -> None:
        self.estate.canvass_help = 0.0
        if adopted:
            self.seat_elected(counted)
        else:
            self.failed_attempts += 1

    def _propose(self) -> None:
        about, estate = self.about, self.estate
        if not estate.assembly_is_free:
            return
        if self.model.chance.uniform("proposal", estate.place, self.model.week) >= about.proposal_chance:
            return
        short = sum(estate.shortfall(matter) for matter in range(len(estate.quality))) / len(estate.quality)
        if estate.unserved is None and short > about.replace_shortfall:
            event = self._tell("committee_proposes", "replace_provider", self.model.month_began)
            self.proposed = self.model.week
            estate.call("replace_provider", OWNERS, event, self._replaced)
        elif estate.unserved is None and estate.budget < about.fee_budget:
            self._propose_fee()

    def _propose_fee(self) -> None:
        estate = self.estate
        grade = self.model.wanted_grade(estate)
        rise = 1 / estate.budget * (1 + self.about.grade_cost * (grade - estate.grade)) - 1
        self.proposed = self.model.week
        event = self._tell("committee_proposes", "grade_and_fee", self.model.month_began)

        def changed(adopted: bool, counted: int) -> None:
            if adopted:
                self._tell("contract_changes", "", counted)
                self.model.change_contract(estate, grade, rise)

        estate.call("grade_and_fee", OWNERS, event, changed, grade, rise)

    def _replaced(self, adopted: bool, counted: int) -> None:
        if adopted:
            self.estate.dismissed = counted

    def _present_shared(self) -> float:
        """Return the share of seats whose shared members really have the hours to come."""
        shares = [self.model.ledger.share(member.body, "seats") for member in self.members if member.body != BODY]
        return sum(shares) / len(self.members)

    def _resting_activity(self) -> float:
        about, present = self.about, self._present_shared()
        backing = self.estate.backing + about.shared_backing * present
        friction = about.friction - about.liaison * present
        overloads = [max(0.0, self.model.body(member.body).overload - 1) for member in self.members if member.body != BODY]
        return logistic_of(
            about.competence_weight * (self.competence - about.competence_middle)
            + about.backing_weight * (backing - USUAL_BACKING)
            - about.friction_weight * (friction - MIDDLE)
            - about.overload_weight * sum(overloads) / len(self.members)
        )

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
        self.seats_wanted += sum(reservation.seats for reservation in elected.reserved)
        for reserved in elected.reserved:
            self.seats_filled += reserved.filled
            self._tell_of_seats(reserved, "shared_seat_filled", reserved.filled, held)
            self._tell_of_seats(reserved, "shared_seat_unfilled", reserved.seats - reserved.filled, held)

    def _tell_of_seats(self, reserved: Reserved, action: str, times: int, held: int) -> None:
        asked = reserved.reservation
        for _ in range(times):
            self.model.log.add(
                self.model.week, BODY, action, cause=held, object=self.estate.name, detail=asked.body, clause=asked.clause,
                measure=asked.measure,
            )  # fmt: skip

    def _tell(self, action: str, detail: str, cause: int) -> int:
        name = self.estate.name
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=name, detail=detail)
