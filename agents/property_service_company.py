"""The property service company 物业服务企业 of one estate."""

import math
from dataclasses import dataclass

from agents.arrears import Claims
from sim.arithmetic import logistic_of
from sim.estate_board import Commitment
from sim.events import EventKind
from sim.households import MATTERS, PROVIDER
from sim.institution import Institution
from sim.mechanisms.violations import KINDS, Violation
from sim.parts import number, part
from sim.texts import Text

BODY = "property_service_company"
LEAST_COLLECTION = 0.02


@dataclass(frozen=True)
class PropertyServiceCompanyNumbers:
    """How margin and diligence answer pressure, and what a kept promise costs (M6, first form)."""

    margin_floor: float = number(
        0.02,
        low=0.0,
        high=0.5,
        explore=(0.0, 0.05),
        unit="share",
        zh="压力最大时的利润率",
        en="margin under full pressure",
        source="S77: net margins of 3 to 8 %",
        certainty="memory",
    )
    margin_range: float = number(
        0.25,
        low=0.0,
        high=0.8,
        explore=(0.1, 0.35),
        unit="share",
        zh="无压力时多留的利润",
        en="margin kept beyond that without pressure",
        source="assumed: what an unwatched firm keeps",
    )
    margin_speed: float = number(
        0.25,
        low=0.01,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share a month",
        zh="利润率调整速度",
        en="speed at which the margin moves",
        source="assumed: half-life of two to three months",
    )
    diligence_floor: float = number(
        0.62,
        low=0.1,
        high=1.0,
        explore=(0.5, 0.8),
        unit="factor",
        zh="无压力时的用心程度",
        en="diligence without pressure",
        source="assumed: what a yuan of budget buys when nobody looks",
    )
    diligence_range: float = number(
        0.6,
        low=0.0,
        high=1.5,
        explore=(0.3, 0.8),
        unit="factor",
        zh="压力带来的用心程度",
        en="diligence that full pressure adds",
        source="assumed: margin alone is too weak a lever",
    )
    diligence_speed: float = number(
        0.3,
        low=0.01,
        high=1.0,
        explore=(0.15, 0.6),
        unit="share a month",
        zh="用心程度调整速度",
        en="speed at which diligence moves",
        source="assumed: half-life of eight weeks",
    )
    productivity_spread: float = number(
        0.1,
        low=0.0,
        high=0.5,
        explore=(0.0, 0.2),
        unit="share",
        zh="企业效率差异（标准差）",
        en="spread of productivity between firms (standard deviation)",
        source="assumed: one firm in six does 10 % better on the same money, one 10 % worse",
    )
    slack_margin: float = number(
        0.05,
        low=0.0,
        high=0.5,
        explore=(0.03, 0.08),
        unit="share",
        zh="履诺时保留的利润率",
        en="margin that a firm keeps before it pays for a promise",
        source="S77: break-even margins",
        certainty="memory",
    )
    reserve: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.0, 1.0),
        unit="share",
        zh="可动用的用心余量",
        en="part of the unused diligence that can pay for a promise",
        source="assumed: idle staff work before other matters suffer",
    )
    boost: float = number(
        0.25,
        low=0.0,
        high=2.0,
        explore=(0.15, 0.5),
        unit="share",
        zh="履诺增加的投入",
        en="effort that a kept promise adds to its matter",
        source="assumed: a quarter more for the matter that was promised",
    )
    boost_weeks: int = number(
        26,
        low=1,
        high=520,
        unit="weeks",
        zh="履诺投入持续期",
        en="weeks for which it lasts",
        source="assumed: half a year",
    )
    review_floor: float = number(
        0.8,
        low=0.0,
        high=1.0,
        explore=(0.65, 0.85),
        unit="factor",
        zh="考虑退出的收支比",
        en="income over cost below which leaving is considered",
        source="assumed: a collection rate alone never triggers exit; firms in old estates are sized to it",
    )
    review_quarters: int = number(
        4,
        low=1,
        high=20,
        unit=Text(zh="个季度", en="quarters"),
        zh="连续亏损季度数",
        en="quarters below it before leaving",
        source="assumed: a year of poor quarters; thin margins do not last longer (S77, A11)",
        certainty="memory",
    )
    leaves: float = number(
        0.35,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.5),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="退出概率",
        en="chance of leaving then",
        source="assumed: seven firms in ten have gone after three such quarters (A11)",
    )
    arrives: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.2),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="新企业进驻概率",
        en="chance that a new firm comes",
        source="assumed: an estate waits two years and a half for a firm (A11)",
    )
    arrives_with_committee: float = number(
        0.25,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.4),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="有效业委会带来的进驻概率",
        en="what a working committee adds to it",
        source="assumed: somebody must sign",
    )
    unserved_quality: float = number(
        0.24,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.35),
        unit="quality 0-1",
        zh="无人服务时的质量",
        en="quality without a provider",
        source="assumed: neighbours sweep their own stairs",
    )
    emergency_quality: float = number(
        0.38,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.45),
        unit="quality 0-1",
        zh="应急服务的质量",
        en="quality of emergency service",
        source="assumed: the basics only, between no provider and a poor one",
    )
    emergency_weeks: int = number(
        26,
        low=0,
        high=104,
        unit="weeks",
        zh="应急服务最长期限",
        en="longest emergency service",
        source="L53: at most six months",
        certainty="law",
    )
    change_cost: float = number(
        1.18,
        low=1.0,
        high=2.0,
        explore=(1.05, 1.3),
        unit="factor",
        zh="换企业后头几周的损耗",
        en="what a change of firm costs in its first weeks",
        source="assumed: a new firm pays nearly a fifth more until it knows the place",
    )
    change_weeks: int = number(
        8,
        low=0,
        high=52,
        unit="weeks",
        zh="交接期",
        en="weeks of a hand-over",
        source="assumed: two months; the law gives 30 days for the hand-over itself (L52)",
    )
    keeps: float = number(
        -0.3,
        low=-5.0,
        high=5.0,
        explore=(-1.0, 0.5),
        unit="logits",
        zh="履诺的基础倾向",
        en="readiness to keep a promise",
        source="assumed: unwatched, four promises in ten are kept",
    )
    keeps_follow_up: float = number(
        1.5,
        low=0.0,
        high=10.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="跟进对履诺的作用",
        en="weight of follow-up",
        source="assumed: clause 3.5e rests on it",
    )
    keeps_pressure: float = number(
        1.2,
        low=0.0,
        high=10.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="压力对履诺的作用",
        en="weight of pressure",
        source="assumed: a little less than follow-up",
    )
    keeps_means: float = number(
        2.0,
        low=0.0,
        high=10.0,
        explore=(1.0, 3.0),
        unit="logits",
        zh="收缴状况对履诺的作用",
        en="weight of the means there are",
        source="assumed: a firm that is not paid cannot keep promises",
    )


@part("agent")
class PropertyServiceCompany(Institution):
    """It sets its margin and its diligence by the pressure on it, and its effort by matter under one budget.

    Budget against need is collection against what it was when the contract was signed, over the growth of wages since.  A
    kept promise adds effort to its matter at full cost: paid first from margin above a floor, then from unused diligence,
    then by taking effort from the other matters.  Where income does not cover cost for quarters running it may leave; then
    there is emergency service for a while and then none, until another firm comes.
    """

    label = Text(zh="物业服务企业", en="property service company")
    seat = "estate"
    numbers = PropertyServiceCompanyNumbers
    events = {
        "firm_decides": EventKind(
            Text(zh="{object}：企业定下本月投入", en="{object}: the firm sets this month's effort"),
            routine=True,
        ),
        "promise_kept": EventKind(
            Text(zh="{object}：企业兑现承诺（{detail}）", en="{object}: the firm keeps its promise ({detail})")
        ),
        "promise_broken": EventKind(
            Text(
                zh="{object}：企业未兑现承诺（{detail}）",
                en="{object}: the firm breaks its promise ({detail})",
            )
        ),
        "violation_begins": EventKind(
            Text(zh="{object}：企业违规（{detail}）", en="{object}: the firm violates its duties ({detail})")
        ),
        "violation_ends": EventKind(
            Text(
                zh="{object}：违规自行终止（{detail}）",
                en="{object}: the violation ends by itself ({detail})",
            )
        ),
        "arrears_demanded": EventKind(
            Text(zh="{object}：向 {detail} 户催缴欠费", en="{object}: arrears demanded of {detail} households"),
            routine=True,
        ),
        "firm_leaves": EventKind(Text(zh="{object}：物业企业退出", en="{object}: the firm leaves")),
        "firm_arrives": EventKind(Text(zh="{object}：新物业企业进驻", en="{object}: a new firm comes")),
    }
    tracked = (
        "net_margin",
        "diligence",
        "promises_kept",
        "promises_broken",
        "violations",
        "exits",
        "is_serving",
        "suits_filed",
    )

    def begin(self) -> None:
        """Sign on, where the estate is served at the start."""
        self.boosts: list[tuple[int, int]] = []
        self.claims = Claims(self.model, self.estate)
        self.promises_kept = self.promises_broken = self.exits = self.firms = self.poor_quarters = 0
        self.left = -self.about.emergency_weeks
        self.margin = self.net_margin = self.signed_margin = 0.0
        self.diligence = self.signed_diligence = 1.0
        self.is_serving = self.estate.starts_served
        self._sign()
        if not self.is_serving:
            self.estate.be_unserved(self.about.unserved_quality)

    @property
    def suits_filed(self) -> int:
        """Return how many suits on arrears were filed in the estate."""
        return int(self.model.casework.claims.filed[self.estate.index])

    @property
    def violations(self) -> int:
        """Return how many kinds of violation are running."""
        return len(self.estate.violations)

    def decide(self) -> None:
        """Once a month: set margin, diligence and effort, or leave, or come; once a quarter: review the contract."""
        if self.model.calendar.begins_quarter(self.model.week):
            self._review()
            if self.is_serving:
                self.claims.demand()
        self.claims.threaten()
        if not self.is_serving:
            return
        self.estate.budget = self._budget()
        self._set_margin_and_diligence()
        self._violate()
        self.model.log.add(self.model.week, BODY, "firm_decides", cause=self.model.month_began, object=self.estate.name)
        self._put_in()

    def deliver(self) -> None:
        """Keep or break the promises that fall due this week; let effort return where a promise has run its time."""
        week = self.model.week
        for promise in [promise for promise in self.estate.commitments if promise.due <= week]:
            self.estate.commitments.remove(promise)
            self._keep_or_break(promise)
        if self.estate.dismissed >= 0 and self.is_serving:
            self.leave(self.estate.dismissed)
        running = [boost for boost in self.boosts if boost[1] > week]
        if running != self.boosts:
            self.boosts = running
            self._put_in()

    def _sign(self) -> None:
        """Sign a contract: productivity is the firm's own; budget and wages count from here."""
        drawn = self.model.chance.normal("productivity", self.estate.place, self.firms)
        self.productivity = max(0.3, 1 + self.about.productivity_spread * drawn)
        self.signed, self.signed_collection = self.model.week, max(self.estate.collection, LEAST_COLLECTION)
        self.is_settled = False

    def _set_margin_and_diligence(self) -> None:
        pressure, about = self.estate.pressure, self.about
        margin = about.margin_floor + about.margin_range * (1 - pressure)
        diligence = about.diligence_floor + about.diligence_range * pressure
        if not self.is_settled:
            self.margin = self.signed_margin = margin
            self.diligence = self.signed_diligence = diligence
            self.is_settled = True
        self.margin += about.margin_speed * (margin - self.margin)
        self.diligence += about.diligence_speed * (diligence - self.diligence)

    def _violate(self) -> None:
        """Begin violations that pay, end some that have run their course."""
        rules, estate, week = self.model.mechanisms["violations"], self.estate, self.model.week
        squeeze = max(0.0, rules.squeeze_margin - self.margin) / rules.squeeze_margin
        hazard = rules.hazard * math.exp(-rules.deterrence * estate.expected_penalty) * (1 + rules.squeeze_weight * squeeze)
        running = {violation.kind: violation for violation in estate.violations}
        for index, kind in enumerate(KINDS):
            drawn = self.model.chance.uniform(f"violation: {kind}", estate.place, week, index)
            if kind in running and drawn < rules.ends:
                estate.violations.remove(running[kind])
                self._tell("violation_ends", kind, running[kind].event)
            if kind not in running and drawn < hazard:
                event = self._tell("violation_begins", kind, self.model.month_began)
                estate.violations.append(Violation(kind, week, event))

    def _tell(self, action: str, detail: str, cause: int) -> int:
        name = self.estate.name
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=name, detail=detail)

    def _review(self) -> None:
        """Look at income against cost; leave after poor quarters, or come where there is nobody."""
        about, week, place = self.about, self.model.week, self.estate.place
        if not self.is_serving:
            chance = about.arrives + about.arrives_with_committee * self.estate.committee_works
            if self.model.chance.uniform("a firm comes", place, week) < chance:
                self._come()
            elif week - self.left == about.emergency_weeks or week - self.left > about.emergency_weeks:
                self.estate.be_unserved(about.unserved_quality)
            return
        self.poor_quarters = self.poor_quarters + 1 if self._budget() < about.review_floor else 0
        leaves = self.poor_quarters >= about.review_quarters
        if leaves and self.model.chance.uniform("the firm leaves", place, week) < about.leaves:
            self.leave(self.model.month_began)

    def leave(self, cause: int) -> None:
        """Leave the estate, of its own will or dismissed: emergency service takes over."""
        self.is_serving, self.left, self.exits, self.poor_quarters = False, self.model.week, self.exits + 1, 0
        self.boosts, self.estate.commitments, self.estate.violations = [], [], []
        self.estate.dismissed = -1
        self._tell("firm_leaves", "", cause)
        self.estate.be_unserved(self.about.emergency_quality)

    def _come(self) -> None:
        self.firms += 1
        self.is_serving = True
        self._sign()
        self._tell("firm_arrives", "", self.model.month_began)
        self._set_margin_and_diligence()
        self._put_in()

    def _keep_or_break(self, promise: Commitment) -> None:
        drawn = self.model.chance.uniform("promise", self.estate.place, promise.due, promise.matter)
        kept = drawn < self._chance_to_keep()
        self.promises_kept += kept
        self.promises_broken += not kept
        self.model.log.add(
            self.model.week,
            BODY,
            "promise_kept" if kept else "promise_broken",
            cause=promise.event,
            object=self.estate.name,
            detail=tuple(MATTERS)[promise.matter],
            clause=promise.clause,
            measure=promise.measure,
        )
        self.model.announce(self.estate, PROVIDER, kept)
        if kept:
            self.boosts = [*self.boosts, (promise.matter, self.model.week + self.about.boost_weeks)]
            self._put_in()

    def _chance_to_keep(self) -> float:
        about, estate = self.about, self.estate
        followed = self.model.ledger.share("residents_committee", "follow_up") * (1 + estate.follow_up)
        means = estate.collection / self.signed_collection - 1
        logit = about.keeps + about.keeps_follow_up * followed
        return logistic_of(logit + about.keeps_pressure * (estate.pressure - 0.4) + about.keeps_means * means)

    def _budget(self) -> float:
        """Return income over cost against the contract as signed: collection and fee over the growth of wages and grade."""
        years = self.model.calendar.years(self.model.week - self.signed)
        growth = (1 + self.model.mechanisms["service"].wage_growth) ** years
        return float(self.estate.collection / self.signed_collection * self.estate.fee_factor / growth)

    def _put_in(self) -> None:
        """Tell the board the budget ratio x productivity x diligence, and the effort by matter that promises leave."""
        about, estate = self.about, self.estate
        if not self.is_serving:
            return
        means = self._budget() * (1 - self.margin) / (1 - self.signed_margin)
        means *= self.productivity * self.diligence / self.signed_diligence
        if self.firms and self.model.week - self.signed < about.change_weeks:
            means /= about.change_cost
        raw = [1.0] * len(MATTERS)
        for matter, _ in self.boosts:
            raw[matter] += about.boost
        scale = self._paid_for(sum(raw) / len(raw) - 1)
        estate.diligence = self.diligence / self.signed_diligence
        harm = self._harm()
        estate.provide(
            means,
            tuple((effort * scale + estate.joint_service) * left for effort, left in zip(raw, harm, strict=True)),
        )

    def _paid_for(self, cost: float) -> float:
        """Return what kept promises of so much cost leave of each matter's effort; sets the net margin."""
        about = self.about
        from_margin = min(cost, max(0.0, self.margin - about.slack_margin) / (1 - self.margin))
        unused = about.diligence_floor + about.diligence_range - self.diligence
        from_diligence = min(cost - from_margin, about.reserve * max(0.0, unused) / self.diligence)
        gained = self.model.mechanisms["violations"].gains * len(self.estate.violations)
        self.net_margin = self.margin - from_margin * (1 - self.margin) + gained
        return float((1 + from_margin + from_diligence) / (1 + cost))

    def _harm(self) -> list[float]:
        """Return what violations leave of the effort on each matter."""
        rules = self.model.mechanisms["violations"]
        cuts = any(violation.kind == "staff_cut" for violation in self.estate.violations)
        charges = len(self.estate.violations) - cuts
        left = [1 - rules.costs_staff * cuts] * len(MATTERS)
        left[tuple(MATTERS).index("charges")] *= max(0.0, 1 - rules.costs_charges * charges)
        return left
