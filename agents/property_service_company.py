"""The property service company 物业服务企业 of one estate."""

from dataclasses import dataclass

from sim.estate_board import Commitment
from sim.events import EventKind
from sim.arithmetic import logistic_of
from sim.households import MATTERS
from sim.institution import Institution
from sim.parts import number, part
from sim.texts import Text

BODY = "property_service_company"


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

    Budget against need is collection against what it was at the start, over the growth of wages.  A kept promise adds
    effort to its matter at full cost: paid first from margin above a floor, then from unused diligence, then by taking
    effort from the other matters.
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
            Text(
                zh="{object}：企业兑现承诺（{detail}）", en="{object}: the firm keeps its promise ({detail})"
            )
        ),
        "promise_broken": EventKind(
            Text(
                zh="{object}：企业未兑现承诺（{detail}）",
                en="{object}: the firm breaks its promise ({detail})",
            )
        ),
    }
    tracked = ("net_margin", "diligence", "promises_kept", "promises_broken")

    def begin(self) -> None:
        """Draw the firm's productivity; its effort is even over matters."""
        drawn = self.model.chance.normal("productivity", self.estate.place, 0)
        self.productivity = max(0.3, 1 + self.about.productivity_spread * drawn)
        self.boosts: list[tuple[int, int]] = []
        self.promises_kept = self.promises_broken = 0
        self.margin = self.net_margin = self.signed_margin = 0.0
        self.diligence = self.signed_diligence = 1.0
        self.is_settled = False

    def decide(self) -> None:
        """Move margin and diligence towards what the pressure of last week asks for; say what is put in."""
        pressure, about = self.estate.pressure, self.about
        margin = about.margin_floor + about.margin_range * (1 - pressure)
        diligence = about.diligence_floor + about.diligence_range * pressure
        if not self.is_settled:
            self.margin = self.signed_margin = margin
            self.diligence = self.signed_diligence = diligence
            self.is_settled = True
        self.margin += about.margin_speed * (margin - self.margin)
        self.diligence += about.diligence_speed * (diligence - self.diligence)
        self.model.log.add(
            self.model.week, BODY, "firm_decides", cause=self.model.month_began, object=self.estate.name
        )
        self._put_in()

    def deliver(self) -> None:
        """Keep or break the promises that fall due this week; let effort return where a promise has run its time."""
        week = self.model.week
        for promise in [promise for promise in self.estate.commitments if promise.due <= week]:
            self.estate.commitments.remove(promise)
            self._keep_or_break(promise)
        running = [boost for boost in self.boosts if boost[1] > week]
        if running != self.boosts:
            self.boosts = running
            self._put_in()

    def _keep_or_break(self, promise: Commitment) -> None:
        kept = (
            self.model.chance.uniform("promise", self.estate.place, promise.due, promise.matter)
            < self._chance_to_keep()
        )
        self.promises_kept += kept
        self.promises_broken += not kept
        self.model.log.add(
            self.model.week, BODY, "promise_kept" if kept else "promise_broken", cause=promise.event, object=self.estate.name,
            detail=tuple(MATTERS)[promise.matter], clause=promise.clause, measure=promise.measure,
        )  # fmt: skip
        if kept:
            self.boosts = [*self.boosts, (promise.matter, self.model.week + self.about.boost_weeks)]
            self._put_in()

    def _chance_to_keep(self) -> float:
        about, estate = self.about, self.estate
        followed = self.model.ledger.share("residents_committee", "follow_up")
        means = estate.collection / estate.starting_collection - 1
        logit = about.keeps + about.keeps_follow_up * followed
        return logistic_of(logit + about.keeps_pressure * (estate.pressure - 0.4) + about.keeps_means * means)

    def _put_in(self) -> None:
        """Tell the board the budget ratio x productivity x diligence, and the effort by matter that promises leave."""
        about, estate = self.about, self.estate
        growth = (1 + self.model.mechanisms["service"].wage_growth) ** self.model.calendar.years(
            self.model.week
        )
        budget = estate.collection / estate.starting_collection / growth
        kept = (1 - self.margin) / (1 - self.signed_margin)
        means = budget * kept * self.productivity * self.diligence / self.signed_diligence
        raw = [1.0] * len(MATTERS)
        for matter, _ in self.boosts:
            raw[matter] += about.boost
        cost = sum(raw) / len(raw) - 1
        from_margin = min(cost, max(0.0, self.margin - about.slack_margin) / (1 - self.margin))
        unused = about.diligence_floor + about.diligence_range - self.diligence
        from_diligence = min(cost - from_margin, about.reserve * max(0.0, unused) / self.diligence)
        self.net_margin = self.margin - from_margin * (1 - self.margin)
        scale = (1 + from_margin + from_diligence) / (1 + cost)
        estate.provide(means, tuple(effort * scale for effort in raw))
