"""The owners' committee 业主委员会 of one estate: formed, elected, active or not, expired."""

from dataclasses import dataclass

from agents.formation import Attempt, Attempts, FormationNumbers
from agents.proposals import ProposalNumbers, Proposals
from agents.seats import Contest, SeatNumbers, Seats, Sitting
from agents.vacancies import Vacancies, VacancyNumbers
from sim.arithmetic import logistic_of
from sim.estate_board import Call
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.households import COMMITTEE
from sim.institution import Institution
from sim.moments import Candidate
from sim.parts import number, part
from sim.texts import Text

BODY = "owners_committee"
USUAL_BACKING, MIDDLE = 0.3, 0.5


@dataclass(frozen=True)
class OwnersCommitteeNumbers(SeatNumbers, FormationNumbers, VacancyNumbers, ProposalNumbers):
    """Hours and activity; seats, formation and proposals have rooms of their own (M11)."""

    hours_per_member: float = number(
        2.5,
        low=0.0,
        high=40.0,
        explore=(1.5, 4.0),
        unit="hours a week",
        zh="每名成员每周工时",
        en="hours a week of each member",
        source=Text(zh="假定：两至四小时", en="assumed: two to four hours"),
    )
    routine_hours: float = number(
        1.5,
        low=0.0,
        high=40.0,
        explore=(1.0, 3.0),
        unit="hours a week",
        zh="每名成员日常工时",
        en="routine hours a week of each member",
        source=Text(zh="假定：至少每两个月开会一次（L32）", en="assumed: sits at least every two months (L32)"),
    )
    hours_per_shared_seat: float = number(
        2.0,
        low=0.0,
        high=40.0,
        explore=(1.0, 3.0),
        unit="hours a week",
        zh="每个交叉席位占用原机构工时",
        en="hours a week that a shared seat takes from the member's own body",
        source=Text(
            zh="假定：无出处；与工作人员工时一起决定交叉任职的利弊",
            en="assumed: no source; with the staff's hours it decides the sign of cross-serving",
        ),
    )
    activity_speed: float = number(
        0.05,
        low=0.005,
        high=1.0,
        explore=(0.03, 0.1),
        unit="share a week",
        zh="运作活跃度变化速度",
        en="speed at which activity moves",
        source=Text(zh="假定：半衰期十四周", en="assumed: half-life of fourteen weeks"),
    )
    competence_weight: float = number(
        7.0,
        low=0.0,
        high=20.0,
        explore=(4.0, 10.0),
        unit="logits",
        zh="能力对活跃度的作用",
        en="weight of competence for activity",
        source=Text(
            zh="假定：与下面的中间值一起，使无人帮助的业委会约四个中一个运转（P12、V02）",
            en="assumed: with the middle below, about one unaided committee in four works (P12, V02)",
        ),
    )
    competence_middle: float = number(
        0.475,
        low=0.0,
        high=1.0,
        explore=(0.42, 0.55),
        unit="0-1",
        zh="活跃度居中的能力",
        en="competence at which activity is middling",
        source=Text(
            zh="假定：使无人帮助的业委会约四个中一个运转（P12、V02）",
            en="assumed: set so that about one unaided committee in four works (P12, V02)",
        ),
    )
    backing_weight: float = number(
        1.6,
        low=0.0,
        high=10.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="外部支持对活跃度的作用",
        en="weight of backing for activity",
        source=Text(zh="S91、S92：外部帮助作用很大", en="S91, S92: outside help decides much"),
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
        source=Text(zh="假定：与外部支持大致相当", en="assumed: about as much as backing from outside"),
    )
    overload_weight: float = number(
        3.0,
        low=0.0,
        high=20.0,
        explore=(0.0, 5.0),
        unit="logits",
        zh="兼任者原机构超负荷的作用",
        en="weight of the other body's overload in its members' seats",
        source=Text(zh="假定：忙不过来的委员不到会", en="assumed: an overloaded member does not come"),
    )
    friction: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.7),
        unit="0-1",
        zh="机构间摩擦（无交叉任职）",
        en="friction between bodies without shared members",
        source=Text(zh="假定：尺度中点", en="assumed: middle of the scale"),
    )
    liaison: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.5),
        unit="0-1",
        zh="交叉任职减少的摩擦",
        en="friction that a wholly shared committee removes",
        source=Text(zh="假定：联络人加快决定（T38）", en="assumed: liaisons speed decisions (T38)"),
    )
    shared_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="0-1",
        zh="交叉任职带来的支持",
        en="backing that a wholly shared committee brings",
        source=Text(zh="假定：没有证据可定，应作扫描", en="assumed: no evidence fixes it; sweep it"),
    )
    working: float = number(
        0.5,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="有效运作的活跃度门槛",
        en="activity above which a committee works",
        source=Text(zh="假定：按定义", en="assumed: a definition"),
    )


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
        "candidates_stand": EventKind(
            Text(zh="{object}：候选人与席位 {detail}", en="{object}: candidates and seats {detail}"), routine=True
        ),
        "candidate_turned_away": EventKind(
            Text(zh="{object}：候选人没有通过审核（{detail}）", en="{object}: vetting turns away a candidate ({detail})")
        ),
        "too_few_candidates": EventKind(
            Text(zh="{object}：候选人不足，选不成（{detail}）", en="{object}: too few candidates for an election ({detail})")
        ),
        "lot_drawn": EventKind(
            Text(
                zh="{object}：{detail} 人票数相同，抽签排定",
                en="{object}: {detail} candidates have equal votes, a lot decides",
            )
        ),
        "unlawful_rule": EventKind(
            Text(
                zh="{object}：按不合法的规则选举，只供比较（{detail}）",
                en="{object}: elected by a rule that is not lawful, to compare ({detail})",
            )
        ),
        "committee_filed": EventKind(Text(zh="{object}：业委会备案", en="{object}: the committee is filed"), routine=True),
        "member_leaves": EventKind(Text(zh="{object}：业委会成员离任", en="{object}: a member of the committee leaves")),
        "alternate_succeeds": EventKind(Text(zh="{object}：候补委员递补", en="{object}: an alternate takes the seat")),
        "by_election": EventKind(Text(zh="{object}：补选 {detail} 席", en="{object}: by-election for {detail} seats")),
        "seats_refilled": EventKind(Text(zh="{object}：补选补上 {detail} 席", en="{object}: {detail} seats are refilled")),
        "below_half_of_seats": EventKind(
            Text(
                zh="{object}：成员不足半数，只剩 {detail} 人，重新选举",
                en="{object}: {detail} members are fewer than half of the seats, all are elected anew",
            )
        ),
        "petition": EventKind(
            Text(zh="{object}：业主联名要求罢免（{detail}）", en="{object}: a petition to recall ({detail})")
        ),
        "petition_fails": EventKind(
            Text(zh="{object}：联名人数不够（{detail}）", en="{object}: too few sign the petition ({detail})")
        ),
        "lot_drawn_of_committees": EventKind(
            Text(
                zh="{object}：{detail} 种当选名单票数相同，抽签决定",
                en="{object}: {detail} lists of members tie, a lot decides",
            )
        ),
        "refilled_seats_lost": EventKind(
            Text(zh="{object}：补选被撤销，{detail} 席空缺", en="{object}: by-election annulled, {detail} seats are empty")
        ),
        "committee_restored": EventKind(
            Text(zh="{object}：罢免被撤销，业委会恢复", en="{object}: recall annulled, the committee is back")
        ),
        "committee_dissolved": EventKind(
            Text(zh="{object}业委会不再存在（{detail}）", en="the owners' committee of {object} is no more ({detail})")
        ),
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
        "seats_held",
        "seats_wanted",
        "seats_filled",
        "formed",
        "attempts",
    )

    def begin(self) -> None:
        """Sit from the start, at a random week of the term, where the estate starts with a committee; else stand empty."""
        self.forming, self.seats, self.proposals = Attempts(self), Seats(self), Proposals(self)
        self.vacancies = Vacancies(self)
        self.formed = 0
        self.activity, self.term_end, self.is_expired = 0.0, -1, False
        self.estate.friction = self.about.friction
        if self.estate.starts_with_committee:
            self.seats.begin_filled()
            drawn = self.model.chance.uniform("week of term", self.estate.place, 0)
            self.term_end = 1 + int(drawn * self.about.term_weeks)
            self.activity = self._resting_activity()

    @property
    def members(self) -> tuple[Candidate, ...]:
        """Return who holds the seats."""
        return self.seats.members

    @property
    def elections(self) -> int:
        """Return how many elections have been held."""
        return self.seats.elections

    @property
    def seats_held(self) -> int:
        """Return how many seats are held, by a committee that may act or not."""
        return len(self.members)

    @property
    def seats_wanted(self) -> int:
        """Return how many seats elections meant for members of other bodies."""
        return self.seats.wanted

    @property
    def seats_filled(self) -> int:
        """Return how many of these seats were filled."""
        return self.seats.filled

    @property
    def competence(self) -> float:
        """Return the members' mean competence, 0-1; 0 without a committee."""
        return self.seats.competence

    @property
    def shared(self) -> float:
        """Return the share of seats held by members of other bodies."""
        return self.seats.shared

    @property
    def attempt(self) -> Attempt | None:
        """Return the attempt to form or renew the committee that is under way."""
        return self.forming.under_way

    @property
    def attempts(self) -> int:
        """Return how many attempts to form a committee have begun."""
        return self.forming.begun

    @property
    def failed_attempts(self) -> int:
        """Return how many attempts have failed since there was a committee."""
        return self.forming.failed

    @property
    def registered(self) -> bool:
        """Tell whether there is a committee on the register, expired or not."""
        return bool(self.seats.members)

    @property
    def may_act(self) -> bool:
        """Tell whether there is a committee whose term runs."""
        return self.registered and not self.is_expired

    @property
    def is_working(self) -> bool:
        """Tell whether there is a committee that works."""
        return self.may_act and self.activity > self.about.working

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
        """Once a month: see to empty seats, whether owners try to form a committee, or it proposes something."""
        if self.may_act:
            self.vacancies.turn_month()
        if not self.may_act and self.attempt is None:
            self.forming.maybe_begin()
        elif self.is_working:
            self.proposals.maybe_propose()

    def elect(self) -> None:
        """Bring attempts to the ballot, begin renewals, and end terms."""
        self.forming.maybe_vote()
        if not self.registered:
            return
        self.forming.maybe_renew()
        if self.may_act and self.model.week >= self.term_end:
            self.is_expired, self.activity = True, 0.0
            event = self.model.log.root(self.model.week, "term_ends", object=self.estate.name)
            self.tell("committee_expires", "", event)

    def press(self) -> None:
        """Press the provider; tell the other bodies how much friction there is and how many seats are shared."""
        pressure, estate, may_act = self.model.mechanisms["pressure"], self.estate, self.may_act
        estate.committee_works, estate.shared_seats = self.is_working, self.shared if may_act else 0.0
        credible = pressure.dismissal_working if estate.committee_works else pressure.dismissal_unaided
        estate.sources["dismissal"] = pressure.dismissal * credible
        if not may_act:
            estate.friction = self.about.friction
            return
        self.activity += self.about.activity_speed * (self._resting_activity() - self.activity)
        independence = 1 - self.shared * pressure.capture * estate.closeness
        estate.sources["owners_committee"] = pressure.committee * self.competence * self.activity * independence
        estate.friction = self.about.friction - self.about.liaison * self._present_shared()

    def call_election(self, caller: int, cause: int, proposed: int = -1) -> None:
        """Call the assembly to elect all seats; caller: index of the calling body in `ATTITUDES`."""
        if not self.estate.assembly_is_free:
            return
        contest, event = self.seats.nominate(self.about.seats, cause)
        if len(contest.standing) < self.about.fewest_seats:
            self.tell("too_few_candidates", str(len(contest.standing)), event)
            self._not_elected()
            return

        def done(adopted: bool, counted: int) -> None:
            self.seat_elected(contest, counted) if adopted else self._not_elected()

        call = Call(
            "elect_committee", caller, event, done, contest=contest, proposed=proposed,
            undo=lambda event: self._annul(contest, event),
        )  # fmt: skip
        self.estate.summon(call)

    def call_by_election(self, cause: int) -> None:
        """Call the assembly to fill the empty seats for the rest of the term."""
        contest, event = self.seats.nominate(self.seats.empty, cause)
        term_end = self.term_end

        def done(adopted: bool, counted: int) -> None:
            if adopted and self.may_act:
                refilled = self.seats.refill(contest, counted)
                self.tell("seats_refilled", str(refilled), counted)

        def undone(annulled: int) -> None:
            lost = self.seats.lose(contest) if self.term_end == term_end else 0
            if lost:
                event = self.tell("refilled_seats_lost", str(lost), annulled)
                if not self.members:
                    self.dissolve("no member left", event)

        self.estate.summon(Call("elect_committee", COMMITTEE, event, done, contest=contest, undo=undone))

    def seat_elected(self, contest: Contest, held: int) -> None:
        """Fill the seats by the election that was held; the term begins anew."""
        self.estate.canvass_help = 0.0
        self.formed += not self.registered
        self.seats.seat(contest, held)
        self.seats.contest = contest
        self.forming.succeed()
        self.is_expired = False
        self.term_end = self.model.week + self.about.term_weeks
        self.tell("committee_filed", "", self.tell("committee_elected", "", held))

    def dissolve(self, reason: str, cause: int) -> None:
        """Empty all seats: recalled, annulled, or nobody left."""
        self.seats.vacate()
        self.activity, self.is_expired = 0.0, False
        self.forming.succeed()
        self.tell("committee_dissolved", reason, cause)

    def restore(self, sitting: Sitting, term_end: int, cause: int) -> None:
        """Seat a committee again whose recall a court annuls, unless its term is over or another sits."""
        if self.registered or self.model.week >= term_end:
            return
        self.seats.members, self.seats.alternates = sitting
        self.term_end = term_end
        self.tell("committee_restored", "", cause)

    def _annul(self, contest: Contest, cause: int) -> None:
        """Dissolve the committee of an election that a court annuls, unless another has been elected since."""
        if self.seats.contest is contest:
            self.dissolve("annulled", cause)

    def _not_elected(self) -> None:
        self.estate.canvass_help = 0.0
        self.forming.fail()

    def tell(self, action: str, detail: str, cause: int) -> int:
        """Write an event of the committee in this estate's log and return its number."""
        name = self.estate.name
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=name, detail=detail)

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
