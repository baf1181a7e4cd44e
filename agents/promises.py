"""A firm's promises in one estate: kept or broken, and what keeping them costs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.arithmetic import logistic_of
from sim.estate_board import Commitment, EstateBoard
from sim.households import MATTERS, PROVIDER
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community


@dataclass(frozen=True)
class PromisesNumbers:
    """When a promise is kept, what it adds to its matter, and what pays for it."""

    slack_margin: float = number(
        0.05,
        low=0.0,
        high=0.5,
        explore=(0.03, 0.08),
        unit="share",
        zh="履诺时保留的利润率",
        en="margin that a firm keeps before it pays for a promise",
        source=Text(zh="S77：利润率在盈亏线上", en="S77: break-even margins"),
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
        source=Text(zh="假定：先用闲余人力，其他事项不受影响", en="assumed: idle staff work before other matters suffer"),
    )
    boost: float = number(
        0.25,
        low=0.0,
        high=2.0,
        explore=(0.15, 0.5),
        unit="share",
        zh="履诺增加的投入",
        en="effort that a kept promise adds to its matter",
        source=Text(zh="假定：承诺的事项多投入四分之一", en="assumed: a quarter more for the matter that was promised"),
    )
    boost_weeks: int = number(
        26,
        low=1,
        high=520,
        unit="weeks",
        zh="履诺投入持续期",
        en="weeks for which it lasts",
        source=Text(zh="假定：半年", en="assumed: half a year"),
    )
    keeps: float = number(
        -0.3,
        low=-5.0,
        high=5.0,
        explore=(-1.0, 0.5),
        unit="logits",
        zh="履诺的基础倾向",
        en="readiness to keep a promise",
        source=Text(zh="假定：无人盯着时十个承诺兑现四个", en="assumed: unwatched, four promises in ten are kept"),
    )
    keeps_follow_up: float = number(
        1.5,
        low=0.0,
        high=10.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="跟进对履诺的作用",
        en="weight of follow-up",
        source=Text(zh="假定：第 3.5e 条以此为据", en="assumed: clause 3.5e rests on it"),
    )
    keeps_pressure: float = number(
        1.2,
        low=0.0,
        high=10.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="压力对履诺的作用",
        en="weight of pressure",
        source=Text(zh="假定：略低于督促落实", en="assumed: a little less than follow-up"),
    )
    keeps_means: float = number(
        2.0,
        low=0.0,
        high=10.0,
        explore=(1.0, 3.0),
        unit="logits",
        zh="收缴状况对履诺的作用",
        en="weight of the means there are",
        source=Text(zh="假定：收不到钱的企业兑现不了承诺", en="assumed: a firm that is not paid cannot keep promises"),
    )


class Promises:
    """The promises of one estate's firm; a kept one adds effort to its matter for a while."""

    def __init__(self, model: "Community", estate: EstateBoard, about: PromisesNumbers) -> None:
        """Begin without promises."""
        self.model, self.estate, self.about = model, estate, about
        self.boosts: list[tuple[int, int]] = []
        self.kept = self.broken = 0

    def fall_due(self, means: float) -> bool:
        """Keep or break those that are due this week; tell whether effort changes.  means: collection, 1 as signed."""
        week, running = self.model.week, [boost for boost in self.boosts if boost[1] > self.model.week]
        changes = running != self.boosts
        self.boosts = running
        for promise in [promise for promise in self.estate.commitments if promise.due <= week]:
            self.estate.commitments.remove(promise)
            changes |= self._keep_or_break(promise, means)
        return changes

    def forget(self) -> None:
        """Let all of them lapse: the firm is gone."""
        self.boosts, self.estate.commitments = [], []

    def efforts(self) -> list[float]:
        """Return the effort by matter that promises ask for, 1 each without any."""
        raw = [1.0] * len(MATTERS)
        for matter, _ in self.boosts:
            raw[matter] += self.about.boost
        return raw

    def paid_from(self, cost: float, margin: float, diligence: float, unused: float) -> tuple[float, float]:
        """Return what margin and unused diligence pay of so much cost, in that order; the rest other matters pay."""
        about = self.about
        from_margin = min(cost, max(0.0, margin - about.slack_margin) / (1 - margin))
        from_diligence = min(cost - from_margin, about.reserve * max(0.0, unused) / diligence)
        return from_margin, from_diligence

    def _keep_or_break(self, promise: Commitment, means: float) -> bool:
        drawn = self.model.chance.uniform("promise", self.estate.place, promise.due, promise.matter)
        kept = drawn < self._chance_to_keep(means)
        self.kept += kept
        self.broken += not kept
        self.model.log.add(
            self.model.week,
            "property_service_company",
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
        return kept

    def _chance_to_keep(self, means: float) -> float:
        about, estate = self.about, self.estate
        followed = self.model.ledger.share("residents_committee", "follow_up") * (1 + estate.follow_up)
        logit = about.keeps + about.keeps_follow_up * followed
        logit += about.keeps_pressure * (estate.pressure - self.model.mechanisms["pressure"].usual)
        return logistic_of(logit + about.keeps_means * (means - 1))
