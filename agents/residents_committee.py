"""The residents' committee 居民委员会: one budget of hours for every estate of its community."""

from dataclasses import dataclass

from agents.members import Staff, members_who_own
from agents.oversight import oversee
from sim.estate_board import EstateBoard
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.institution import Institution
from sim.moments import Campaign, Candidate, Plan, Source
from sim.parts import number, part
from sim.texts import Text

BODY = "residents_committee"
ROUNDING = 1e-9


@dataclass(frozen=True)
class ResidentsCommitteeNumbers:
    """Staff, hours and what overload does (M16)."""

    staff: int = number(
        11,
        low=1,
        high=100,
        explore=(5, 18),
        unit="people",
        zh="工作人员",
        en="staff",
        source=Text(
            zh="S64、S66：3000 户配成员 5 人、工作人员约 13 人", en="S64, S66: 5 members, some 13 staff for 3,000 households"
        ),
        certainty="seen",
    )
    hours_per_staff: float = number(
        3.0,
        low=0.0,
        high=168.0,
        explore=(1.5, 6.0),
        unit="hours a week",
        zh="每人每周用于物业事务的工时",
        en="hours a week of each for property matters",
        source=Text(
            zh="假定：决定多数利弊的一个数，应先扫描", en="assumed: the number that decides most signs; sweep it first"
        ),
    )
    duties_hours: float = number(
        2.0,
        low=0.0,
        high=500.0,
        explore=(0.0, 8.0),
        unit="hours a week",
        zh="物业事务中的法定职责工时",
        en="hours a week of statutory duties in property matters",
        source=Text(
            zh="假定：无论如何都要做的台账、检查、报表",
            en="assumed: paper, inspections and reports that are asked for whatever happens",
        ),
    )
    case_hours: float = number(
        8.0,
        low=0.5,
        high=60.0,
        explore=(5.0, 12.0),
        unit="hours",
        zh="每件新纠纷预计工时",
        en="hours that a new case is expected to take",
        source=Text(zh="假定：每件要调解几次", en="assumed: some attempts at mediation each"),
    )
    mediation_share: float = number(
        0.75,
        low=0.0,
        high=1.0,
        explore=(0.5, 1.0),
        unit="share",
        zh="调解最多占剩余工时的比例",
        en="part of the remaining hours that mediation may take",
        source=Text(zh="假定：总留有一些监督", en="assumed: some supervision is always kept"),
    )
    supervision_hours: float = number(
        10.0,
        low=0.0,
        high=200.0,
        explore=(5.0, 15.0),
        unit="hours a week",
        zh="监督物业服务的工时",
        en="hours a week wanted for supervision",
        source=Text(zh="假定：监督用得上的上限", en="assumed: the most that supervision can use"),
    )
    full_follow_up: float = number(
        4.0,
        low=0.5,
        high=40.0,
        explore=(2.0, 8.0),
        unit="hours a week",
        zh="督促效果翻倍所需工时",
        en="hours of pressing that double the weight of follow-up",
        source=Text(zh="假定：每周半天打电话、走访", en="assumed: half a day a week of calls and visits"),
    )
    joint_service: float = number(
        0.01,
        low=0.0,
        high=0.1,
        explore=(0.003, 0.02),
        unit=Text(zh="投入/工时", en="effort an hour"),
        zh="每工时带来的服务投入",
        en="effort that an hour in joint services adds",
        source=Text(zh="假定：与企业数百工时相比只是几小时", en="assumed: a few hours beside a firm's hundreds"),
    )
    flat_share: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.3),
        unit="share",
        zh="工作人员在某小区有房的比例",
        en="chance that a member of staff owns a dwelling in a given estate",
        source=Text(zh="假定：限制交叉任职比例（L40）", en="assumed: caps cross-serving (L40)"),
    )
    overload_weeks: float = number(
        7.0,
        low=1.0,
        high=52.0,
        explore=(4.0, 13.0),
        unit="weeks",
        zh="超负荷平滑期",
        en="weeks over which overload is smoothed",
        source=Text(zh="假定：积压约两个月内都能感觉到", en="assumed: a backlog is felt for about two months"),
    )
    overload_cost: float = number(
        0.6,
        low=0.0,
        high=5.0,
        explore=(0.2, 1.2),
        unit="factor",
        zh="超负荷对能力的削弱",
        en="what overload takes from its work",
        source=Text(zh="假定：能力 × 1 /（1 + 0.6（负荷 − 1））", en="assumed: competence x 1 / (1 + 0.6 (overload - 1))"),
    )


@part("agent")
class ResidentsCommittee(Institution):
    """It does its duties, then what seats, meetings and promises ask of it, then mediates; what is left is supervision.

    Overload is work arriving against hours, smoothed over some weeks; above one it makes all its work worse.
    """

    label = Text(zh="居民委员会", en="residents' committee")
    seat = "community"
    numbers = ResidentsCommitteeNumbers
    events = {
        "violation_found": EventKind(
            Text(zh="{object}：发现违规（{detail}）", en="{object}: a violation is found ({detail})")
        ),
        "violation_dissuaded": EventKind(
            Text(zh="{object}：劝阻有效（{detail}）", en="{object}: dissuasion ends it ({detail})")
        ),
        "campaign_held": EventKind(
            Text(
                zh="{object}：开展宣传（引起反感的住户 {detail}）",
                en="{object}: publicity (share put off: {detail})",
            )
        ),
        "violation_reported": EventKind(
            Text(zh="{object}：上报主管部门（{detail}）", en="{object}: reported to the authority ({detail})")
        ),
    }
    tracked = ("overload",)

    def begin(self) -> None:
        """Know its members; the load is what its duties and supervision ask for."""
        self.members = Staff(BODY, self.about.staff, self.about.flat_share)
        self.capacity = self.about.staff * self.about.hours_per_staff
        self.fraction = 0.0
        self.wanted: dict[int, dict[str, float]] = {}
        self.backings: dict[int, tuple[float, float]] = {}
        self.campaigns: dict[int, tuple[int, float, Source]] = {}
        self.last_campaign: dict[int, int] = {}
        asked = self.about.duties_hours + self.about.supervision_hours
        self.overload = asked / self.capacity if self.capacity else 1.0

    def members_who_own(self, estate: EstateBoard) -> tuple[Candidate, ...]:
        """Return its members who own a dwelling in an estate."""
        return members_who_own(self.model, self.members, estate)

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide its hours and ask for its own duties and for supervision."""
        ledger.provide(BODY, self.capacity)
        ledger.ask(BODY, "statutory_duties", self.about.duties_hours)
        self._plan(ledger)
        casework, hours = self.model.casework, self.model.mechanisms["case_ladder"].attempt_hours
        ledger.ask(
            BODY, "mediation", hours * casework.waiting_for_mediation(), arriving=self.about.case_hours * casework.climbed,
            at_most=self.about.mediation_share,
        )  # fmt: skip
        ledger.ask(BODY, "supervision", self.about.supervision_hours)

    def _plan(self, ledger: HoursLedger) -> None:
        """Ask for the hours that measures want of any body, estate by estate; publicity when it is due."""
        estates, party = self.model.estates, self.model.body("party_organization")
        for estate in estates:
            plan = Plan(promises=len(estate.commitments))
            plan.ask(estate.measures)
            for body, activity, hours, _ in sorted(plan.hours, key=lambda asked: asked[:3]):
                ledger.ask(body, activity, hours)
            self.wanted[estate.index] = {activity: hours for _, activity, hours, _ in plan.hours}
            estate.backing = plan.backing(estate.usual_backing)
            self.backings[estate.index] = estate.usual_backing, estate.backing
            led = 0.0
            for body, hours, _ in plan.more:
                ledger.provide(body, hours / len(estates))
                led += hours / len(estates)
            party.lead(estate, led, ledger)
            self._plan_campaign(estate, ledger)

    def _plan_campaign(self, estate: EstateBoard, ledger: HoursLedger) -> None:
        self.campaigns.pop(estate.index, None)
        if not estate.measures:
            return
        moment = Campaign()
        moment.ask(estate.measures)
        asked = moment.resolve()
        if asked and self.model.week - self.last_campaign.get(estate.index, -asked[0]) >= asked[0]:
            self.campaigns[estate.index] = asked
            ledger.ask(BODY, "publicity", self.model.mechanisms["publicity_effect"].hours * asked[1])

    def convene(self) -> None:
        """Hold the publicity campaigns that are due, as strong as the hours allow."""
        share = self.model.ledger.share(BODY, "publicity")
        for index, (_, intensity, by) in self.campaigns.items():
            estate = self.model.estates[index]
            self.last_campaign[index] = self.model.week
            put_off = self.model.campaign(estate, intensity * share)
            day = self.model.log.root(self.model.week, "campaign_is_due")
            self.model.log.add(
                self.model.week,
                BODY,
                "campaign_held",
                cause=day,
                object=estate.name,
                detail=f"{put_off:.2f}",
                clause=by.clause,
                measure=by.measure,
            )

    def mediate(self) -> None:
        """Mediate as often as this week's hours allow; hours left over count next week.  Back owners as far as they go."""
        self._back()
        hours = self.model.ledger.hours(BODY, "mediation") / self.model.mechanisms["case_ladder"].attempt_hours
        attempts = int(self.fraction + hours + ROUNDING)
        self.fraction += hours - attempts
        self.model.casework.offer(attempts, self.ability)

    def _back(self) -> None:
        share = self.model.ledger.share(BODY, "backing")
        for estate in self.model.estates:
            usual, full = self.backings[estate.index]
            estate.backing = usual + (full - usual) * share

    @property
    def ability(self) -> float:
        """Return what overload leaves of its work, 0-1."""
        return float(1 / (1 + self.about.overload_cost * max(0.0, self.overload - 1)))

    def decide(self) -> None:
        """Once a month, look after violations in every estate."""
        for estate in self.model.estates:
            oversee(self.model, estate)

    def press(self) -> None:
        """Supervise every provider with the hours that were left, softened by closeness; carry the load over."""
        ledger, pressure = self.model.ledger, self.model.mechanisms["pressure"]
        ability = self.ability
        delivered = ledger.share(BODY, "supervision") * ability
        full = self.about.supervision_hours / len(self.model.estates)
        for estate in self.model.estates:
            soft = 1 - pressure.capture * estate.closeness
            estate.sources["supervision"] = pressure.supervision * delivered * soft
            given = {name: hours * ledger.share(BODY, name) for name, hours in self.wanted.get(estate.index, {}).items()}
            added = given.get("added_supervision", 0.0) / full if full else 0.0
            estate.sources["added_supervision"] = pressure.supervision * added * ability * soft
            estate.follow_up = given.get("pressing", 0.0) * ability / self.about.full_follow_up
            estate.joint_service = given.get("joint_service", 0.0) * self.about.joint_service
        self.overload += (ledger.load(BODY) - self.overload) / self.about.overload_weeks
