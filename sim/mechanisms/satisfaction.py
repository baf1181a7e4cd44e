"""Satisfaction (M2): what households perceive, what they expect, and how content that leaves them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.arithmetic import fine, logistic
from sim.households import F4, GROUPS, I8, MATTERS, NOT_RESIDENT, U1, Experience
from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Satisfaction:
    """Expectancy and disconfirmation: service is judged by its level and against what was expected.

    `S* = logistic(intercept + temper + level (P - 0.55) + disconfirmation (gains - loss_aversion x losses)
    - grievance x (own + legacy))`, with P the perceived quality weighted by what the household cares about, and gains and
    losses the parts of P - E above and below zero, weighted alike.  Grievance, current and over what the developer left,
    weighs on it.  Satisfaction moves towards S*, expectation towards what is perceived (T20-T22).
    """

    label = Text(zh="满意度", en="satisfaction")

    perception: float = number(
        0.2,
        low=0.01,
        high=1.0,
        explore=(0.1, 0.4),
        unit="share a week",
        zh="感知跟随质量的速度",
        en="speed at which perception follows quality",
        source=Text(zh="假定：半衰期三周", en="assumed: half-life of three weeks"),
    )
    shock: float = number(
        0.02,
        low=0.0,
        high=0.2,
        explore=(0.0, 0.05),
        unit="quality 0-1",
        zh="每户每周感知波动（标准差）",
        en="weekly shock to a household's perception (standard deviation)",
        source=Text(zh="假定：碰上好日子或坏日子的偶然", en="assumed: chance encounters with good and bad days"),
    )
    intercept: float = number(
        1.0,
        low=-3.0,
        high=3.0,
        explore=(0.7, 1.3),
        unit="logits",
        zh="满意度截距",
        en="intercept of satisfaction",
        source=Text(
            zh="使社区起始满意度接近 62 分（P07、S40）", en="set so that a community starts near 62 of 100 (P07, S40)"
        ),
    )
    level: float = number(
        2.6,
        low=0.0,
        high=10.0,
        explore=(1.5, 4.0),
        unit="logits",
        zh="服务水平的作用",
        en="weight of the level of service",
        source=Text(zh="假定：水平与落差同样算数（T20）", en="assumed: both level and gap count, in like measure (T20)"),
    )
    reference: float = number(
        0.55,
        low=0.0,
        high=1.0,
        explore=(0.5, 0.6),
        unit="quality 0-1",
        zh="参照质量",
        en="quality at which the level adds nothing",
        source=Text(zh="假定：各小区初始质量的中间值", en="assumed: middle of the estates' starting quality"),
    )
    disconfirmation: float = number(
        2.5,
        low=0.0,
        high=10.0,
        explore=(1.5, 4.0),
        unit="logits",
        zh="期望落差的作用",
        en="weight of the gap to expectation",
        source=Text(zh="假定：水平与落差同样算数（T20）", en="assumed: both level and gap count, in like measure (T20)"),
    )
    loss_aversion: float = number(
        1.5,
        low=1.0,
        high=5.0,
        explore=(1.0, 2.5),
        unit="factor",
        zh="失望相对惊喜的分量",
        en="weight of a disappointment against a good surprise",
        source=Text(zh="假定：损失比收益分量重", en="assumed: losses weigh more than gains"),
    )
    adjustment: float = number(
        0.3,
        low=0.01,
        high=1.0,
        explore=(0.15, 0.6),
        unit="share a week",
        zh="满意度调整速度",
        en="speed at which satisfaction adjusts",
        source=Text(zh="假定：半衰期两周", en="assumed: half-life of two weeks"),
    )
    adaptation: float = number(
        0.025,
        low=0.0,
        high=0.2,
        explore=(0.01, 0.05),
        unit="share a week",
        zh="期望适应速度",
        en="speed at which expectation adapts",
        source=Text(zh="T21：每月 0.05 至 0.2", en="T21: 0.05 to 0.2 a month"),
    )
    promise_of_grade: float = number(
        0.35,
        low=0.0,
        high=2.0,
        explore=(0.15, 0.6),
        unit="quality 0-1",
        zh="提高等级带来的期望",
        en="expectation that a higher grade raises at once",
        source=Text(zh="T21：调费或承诺立即抬高期望", en="T21: a fee rise or promise lifts expectation at once"),
    )
    grievance: float = number(
        0.8,
        low=0.0,
        high=5.0,
        explore=(0.4, 1.4),
        unit="logits",
        zh="怨气的作用",
        en="weight of grievance",
        source=Text(zh="假定：与问题发生率及大小一同标定", en="assumed: calibrated with the rate of issues and their size"),
    )
    grievance_decay: float = number(
        0.015,
        low=0.0,
        high=0.5,
        explore=(0.008, 0.03),
        unit="share a week",
        zh="怨气消退速度",
        en="speed at which grievance decays",
        source=Text(zh="假定：半衰期约一年", en="assumed: half-life of about a year"),
    )
    grievance_start: float = number(
        0.14,
        low=0.0,
        high=1.0,
        explore=(0.08, 0.22),
        unit="0-1",
        zh="起始怨气（均值）",
        en="grievance at the start (mean)",
        source=Text(
            zh="假定：问题产生与消退相抵的水平，使开局不漂移",
            en="assumed: the level at which issues and decay balance, so that the start does not drift",
        ),
    )
    legacy_grievance: float = number(
        0.3,
        low=0.0,
        high=2.0,
        explore=(0.15, 0.45),
        unit="0-1",
        zh="遗留问题带来的怨气",
        en="grievance where the developer left everything undone",
        source=Text(
            zh="假定：初始不满一半是历史遗留（P09）", en="assumed: half of the grievances at the start are legacy (P09)"
        ),
    )
    temper_spread: float = number(
        0.62,
        low=0.0,
        high=2.0,
        explore=(0.4, 0.8),
        unit="logits",
        zh="住户禀性差异（标准差）",
        en="spread of households' standing temper (standard deviation)",
        source=Text(
            zh="使起始满意度标准差接近 15 分（P07）",
            en="set so that satisfaction starts with a standard deviation near 15 of 100 (P07)",
        ),
    )
    vantage_spread: float = number(
        0.04,
        low=0.0,
        high=0.2,
        explore=(0.0, 0.08),
        unit="quality 0-1",
        zh="同一小区内位置造成的服务差异（标准差）",
        en="spread of service between dwellings of one estate (standard deviation)",
        source=Text(zh="假定：有的单元服务好些", en="assumed: some entrances are served better than others"),
    )
    weight_spread: float = number(
        0.5,
        low=0.0,
        high=1.5,
        explore=(0.2, 0.8),
        unit="logits",
        zh="住户关注事项的差异",
        en="spread of what households care about",
        source=Text(
            zh="假定：各户看重的事项不同（第 1.2.2a 条）", en="assumed: households differ in what they weigh (clause 1.2.2a)"
        ),
    )
    cares_cleaning: float = number(
        0.14,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注卫生保洁的份额",
        en="share of what is cared about: cleaning",
        source=Text(zh="S46：占投诉的 10–15%", en="S46: 10-15 % of complaints"),
        certainty="memory",
    )
    cares_gate: float = number(
        0.1,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注门岗执勤的份额",
        en="share of what is cared about: gate",
        source=Text(zh="S46：属安全秩序的一部分", en="S46: part of security and order"),
        certainty="memory",
    )
    cares_parking: float = number(
        0.18,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注车辆停放的份额",
        en="share of what is cared about: parking",
        source=Text(zh="S46：占投诉的 15–20%", en="S46: 15-20 % of complaints"),
        certainty="memory",
    )
    cares_order: float = number(
        0.14,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注公共秩序的份额",
        en="share of what is cared about: order",
        source=Text(zh="S46：占投诉的 10–15%", en="S46: 10-15 % of complaints"),
        certainty="memory",
    )
    cares_repairs: float = number(
        0.28,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注维修养护的份额",
        en="share of what is cared about: repairs",
        source=Text(zh="S46：占投诉的 25–30%", en="S46: 25-30 % of complaints"),
        certainty="memory",
    )
    cares_charges: float = number(
        0.16,
        low=0.0,
        high=1.0,
        unit="share",
        zh="关注收费与公示的份额",
        en="share of what is cared about: charges",
        source=Text(zh="S46：收费占投诉的 10–15%，公开占 3–8%", en="S46: fees 10-15 %, disclosure 3-8 % of complaints"),
        certainty="memory",
    )

    def cares(self) -> F4:
        """Return the mean share of each matter in what households care about, shape (k,); sums to 1."""
        shares: F4 = np.array([getattr(self, f"cares_{matter}") for matter in MATTERS], np.float32)
        shares /= shares.sum()
        return shares

    def rates(self) -> "SatisfactionRates":
        """Return the numbers that the weekly step takes, in single precision."""
        spread = self.shock * float(np.sqrt(12.0))
        numbers = (self.perception, spread, self.intercept, self.level, self.reference, self.disconfirmation)
        speeds = (self.loss_aversion, self.adjustment, self.adaptation, self.grievance, 1 - self.grievance_decay)
        return SatisfactionRates(*map(np.float32, (*numbers, *speeds)))


class SatisfactionRates(NamedTuple):
    """Numbers of the weekly step: see `Satisfaction`; `spread` scales a uniform on [-0.5, 0.5)."""

    perception: np.float32
    spread: np.float32
    intercept: np.float32
    level: np.float32
    reference: np.float32
    disconfirmation: np.float32
    loss_aversion: np.float32
    adjustment: np.float32
    adaptation: np.float32
    grievance: np.float32
    grievance_kept: np.float32


def perceive(
    begin: int, end: int, experience: Experience, quality: F4, legacy: np.float32, drawn: F4, rates: SatisfactionRates
) -> None:  # fmt: skip
    """Move perception, satisfaction and expectation of one estate, rows begin .. end - 1, a week on, in place.

    quality: shape (k,), 0-1.  legacy: grievance over what the developer left, 0-1.  drawn: shape (rows,), uniforms.
    """
    rows = slice(begin, end)
    own = (drawn - np.float32(0.5)) * rates.spread + rates.perception * experience.vantage[rows]
    kept, level, gap = np.float32(1) - rates.perception, np.zeros_like(own), np.zeros_like(own)
    for matter, there in enumerate(quality):
        perceived, expectation = experience.perceived[matter, rows], experience.expectation[matter, rows]
        seen = kept * perceived + (own + rates.perception * there)
        surprise = seen - expectation
        felt = np.minimum(surprise, surprise * rates.loss_aversion)  # a loss weighs more, never less
        level += experience.weight[matter, rows] * seen
        gap += experience.weight[matter, rows] * felt
        expectation += rates.adaptation * surprise
        perceived[:] = seen
    wanted = (
        rates.intercept + experience.temper[rows] + rates.level * (level - rates.reference) + rates.disconfirmation * gap
    )
    wanted -= rates.grievance * (experience.grievance[rows] + legacy)
    experience.grievance[rows] *= rates.grievance_kept
    satisfaction = experience.satisfaction[rows]
    satisfaction += rates.adjustment * (logistic(wanted) - satisfaction)


def tally(group: U1, satisfaction: F4, sums: I8) -> None:
    """Sum resident households' satisfaction by group, as whole numbers of 2**-14.

    sums: shape (groups,); overwritten.
    """
    whole = fine(satisfaction)
    sums[:] = [whole[group == g].sum(dtype=np.int64) for g in range(len(GROUPS))]


def distribution(group: U1, satisfaction: F4, worst: float, out: I8) -> None:
    """Write how satisfaction is spread over all resident households: number, sum, sum of squares, sum over the worst off.

    worst: share of households that counts as the worst off; their number is rounded up.  out: shape (4,), in whole numbers
    of 2**-14 (of 2**-28 for squares).
    """
    whole = np.sort(fine(satisfaction[group != NOT_RESIDENT]).astype(np.int64))
    tail = int(np.ceil(worst * len(whole)))
    out[:] = len(whole), whole.sum(), (whole * whole).sum(), whole[:tail].sum()
