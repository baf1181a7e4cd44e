"""Payment (M5): whether the owner of each dwelling pays this month's fee."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.arithmetic import FINE, fine, logistic
from sim.chance import Purpose, uniforms
from sim.households import AWARENESS, F4, F8, I4, I8, PROVIDER, U1, VACANT, Living, Paying, Ties
from sim.parts import number, part
from sim.texts import Text

MOST_MONTHS = np.uint16(65_535)


@part("mechanism")
@dataclass(frozen=True)
class Payment:
    """A monthly logit on the owner's own history, how content the residents are, and how many others pay (T1B).

    `logit P = inclination + history (own history - 0.5) + satisfaction (S - 0.62) / 0.2 + trust (T - 0.5) / 0.2 + awareness
    (A - 0.5) + coupling (neighbours - start) / 0.2 + threat x chance of a suit - withholding`, T in the provider, A of paid
    service.  The inclination stands still: the estate's intercept, the payer type's shift (T10), a spread of its own.

    The neighbours are half the estate's collection, half the ties' histories.  The intercept is solved for each estate so
    that its starting collection is a fixed point.  Where nobody lives, satisfaction says nothing and the term is zero.
    This heterogeneity and slow habit carry the model's stability.
    """

    label = Text(zh="物业费缴纳", en="payment of fees")

    history: float = number(
        1.5,
        low=0.0,
        high=4.0,
        explore=(1.0, 2.5),
        unit="logits",
        zh="缴费习惯的作用",
        en="weight of the owner's own history",
        source=Text(zh="T1B、S79：习惯起主要作用", en="T1B, S79: habit dominates"),
    )
    habit: float = number(
        0.06,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.12),
        unit="share a month",
        zh="习惯更新速度",
        en="speed at which the history moves",
        source=Text(zh="假定：半衰期约十一个月（S79）", en="assumed: half-life of about eleven months (S79)"),
    )
    satisfaction: float = number(
        0.6,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.0),
        unit="logits per 20 points",
        zh="满意度的作用",
        en="weight of satisfaction",
        source=Text(zh="T1B：0.5 至 1.0", en="T1B: 0.5 to 1.0"),
    )
    neighbours: float = number(
        0.8,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.2),
        unit="logits per 20 points",
        zh="邻居缴费的作用",
        en="weight of paying neighbours",
        source=Text(zh="T1B，调低：超过约 1.2 小区会整体翻转（T19）", en="T1B, lowered: above about 1.2 estates tip (T19)"),
    )
    conditional_factor: float = number(
        1.35,
        low=0.0,
        high=3.0,
        explore=(1.0, 1.7),
        unit="factor",
        zh="条件合作者看邻居的分量",
        en="weight of neighbours for conditional payers",
        source=Text(
            zh="假定：条件合作者看别人（T10、T11）", en="assumed: conditional co-operators look at others (T10, T11)"
        ),
    )
    other_factor: float = number(
        0.6,
        low=0.0,
        high=3.0,
        explore=(0.3, 1.0),
        unit="factor",
        zh="其他住户看邻居的分量",
        en="weight of neighbours for other payers",
        source=Text(zh="假定：其他人看得少些（T10）", en="assumed: others look less (T10)"),
    )
    trust: float = number(
        0.4,
        low=0.0,
        high=3.0,
        explore=(0.2, 0.6),
        unit="logits per 20 points",
        zh="对物业企业信任的作用",
        en="weight of trust in the provider",
        source=Text(zh="假定：T1B 未给出数值", en="assumed: T1B gives no value"),
    )
    awareness: float = number(
        0.8,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.2),
        unit="logits",
        zh="有偿服务意识的作用",
        en="weight of awareness of paid service",
        source=Text(zh="假定：第 4.4a 条提到", en="assumed: clause 4.4a names it"),
    )
    type_shift: float = number(
        1.5,
        low=0.0,
        high=4.0,
        explore=(1.0, 2.0),
        unit="logits",
        zh="缴费类型间差异",
        en="shift between payer types",
        source=Text(
            zh="假定：下为搭便车者，上为无条件缴费者（T10）",
            en="assumed: free riders below, unconditional payers above (T10)",
        ),
    )
    spread: float = number(
        1.5,
        low=0.0,
        high=4.0,
        explore=(1.0, 2.0),
        unit="logits",
        zh="类型内差异（标准差）",
        en="spread within a payer type (standard deviation)",
        source=Text(
            zh="假定：截距几乎相同会使小区整体崩盘", en="assumed: a near-common intercept makes every estate collapse"
        ),
    )
    withholding: float = number(
        1.2,
        low=0.0,
        high=5.0,
        explore=(0.6, 2.0),
        unit="logits",
        zh="抗议拒缴的作用",
        en="weight of withholding in protest",
        source=Text(zh="假定：拒缴是主要的无声抗议（S48）", en="assumed: withholding is the main silent protest (S48)"),
    )
    absentee: float = number(
        0.4,
        low=0.0,
        high=3.0,
        explore=(0.0, 0.8),
        unit="logits",
        zh="空置房业主少缴的倾向",
        en="how much less the owner of a vacant dwelling pays",
        source=Text(zh="假定：不住在这里的业主容易忘记（S48）", en="assumed: absent owners forget (S48)"),
    )
    smoothing: float = number(
        0.33,
        low=0.01,
        high=1.0,
        explore=(0.2, 1.0),
        unit="share a month",
        zh="收缴率平滑",
        en="smoothing of the collection rate",
        source=Text(zh="假定：业主和企业心目中的比率是滞后的", en="assumed: what owners and firms take for the rate lags"),
    )
    conditional_share: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.6),
        unit="share of households",
        zh="条件合作者比例",
        en="share of conditional payers",
        source="P08, T10",
    )
    free_rider_share: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.4),
        unit="share of households",
        zh="搭便车者比例",
        en="share of free riders",
        source="P08, T10",
    )

    def rates(self, threat: float = 0.0) -> "PaymentRates":
        """Return the numbers that the monthly step takes, in single precision; threat: weight of the chance of a suit."""
        near = (self.satisfaction / POINTS_20, self.trust / POINTS_20)
        numbers = (self.history, self.habit, *near, self.awareness, self.withholding, threat)
        return PaymentRates(*map(np.float32, numbers))


POINTS_20 = 0.2


class PaymentRates(NamedTuple):
    """Numbers of the monthly step: see `Payment`; `satisfaction` in logits per unit."""

    history: np.float32
    habit: np.float32
    satisfaction: np.float32
    trust: np.float32
    awareness: np.float32
    withholding: np.float32
    threat: np.float32


class Collection(NamedTuple):
    """What an estate's owners see of each other's paying; each shape (e,)."""

    smoothed: F8  # share of the billed fee that is paid, smoothed, 0-1
    start: F8  # the same at the start of the run
    threat: F4  # chance of being sued, 0-1
    served: U1  # 0 where there is no provider and nobody bills


MIDDLE, USUAL, HALF = np.float32(0.5), np.float32(0.62), np.float32(0.5)


def pay(first: int, last: int, living: Living, collection: Collection, week: int, seed: int, out: I8) -> None:
    """Let every owner pay or not pay a month's bill; histories and arrears move in place.

    out: shape (e, 2); billed and paid [fen]; overwritten.
    """
    people, rates = living.people, living.rates.payment
    dwellings, paying, satisfaction, held = (
        people.dwellings,
        people.paying,
        people.experience.satisfaction,
        people.attitudes.held,
    )
    for estate in range(first, last):
        rows = people.rows(estate)
        if not collection.served[estate]:
            out[estate] = 0, 0
            continue
        there, start = np.float32(collection.smoothed[estate]), np.float32(collection.start[estate])
        others = HALF * there + HALF * _ties_history(estate, paying.history[rows], people.ties, there)
        lived = np.where(dwellings.tenure[rows] == VACANT, np.float32(0), satisfaction[rows] - USUAL)
        logit = (
            paying.inclination[rows]
            + rates.history * (paying.history[rows] - MIDDLE)
            + rates.satisfaction * lived
            + rates.trust * (held[PROVIDER, rows] - MIDDLE)
            + rates.awareness * (held[AWARENESS, rows] - MIDDLE)
            + rates.threat * collection.threat[estate]
            - np.where(paying.withholding[rows] > 0, rates.withholding, np.float32(0))
        )
        chance = logistic(logit + paying.coupling[rows] * (others - start))
        drawn = uniforms(dwellings.number[rows], Purpose.PAYMENT, people.layout.place[estate], week, seed)[0]
        out[estate] = _settle_bills(paying, rows, drawn < chance, rates.habit)


def _settle_bills(paying: Paying, rows: slice, pays: npt.NDArray[np.bool_], habit: np.float32) -> tuple[int, int]:
    """Let some owners pay and all others owe; return what was billed and paid [fen]."""
    history, arrears, bill = paying.history[rows], paying.arrears[rows], paying.bill[rows].astype(np.int64)
    history += habit * (pays.astype(np.float32) - history)
    arrears += (~pays & (arrears < MOST_MONTHS)).astype(np.uint16)
    paying.owed[rows] += np.where(pays, 0, bill).astype(np.int32)
    return int(bill.sum()), int(bill[pays].sum())


def _ties_history(estate: int, history: F4, ties: Ties, alone: np.float32) -> F4:
    total, degree = np.zeros_like(history), np.zeros_like(history)
    for slot in range(ties.slots[estate], ties.slots[estate + 1]):
        count, offset = ties.count[slot], ties.offset[slot]
        total[:count] += history[ties.neighbour[offset : offset + count]]
        degree[:count] += np.float32(1)
    return np.where(degree > 0, total / np.maximum(degree, np.float32(1)), alone)


def settle(area: I4, inclination: F4, start: np.float32, weight: np.float32, history: F4) -> np.float32:
    """Return the intercept at which the starting collection is a fixed point, and write the histories that go with it.

    At the fixed point each owner's history is its chance of paying, `p = logistic(intercept + inclination + weight (p -
    0.5))`, and the area-weighted mean chance is `start`.  Solved by bisection; the inner equation is a contraction for
    weights below four, and goes on from the histories of the bisection before.
    """
    target = int(start * np.float32(FINE)) * area.sum(dtype=np.int64)
    low, high = np.float32(-FAR), np.float32(FAR)
    history[:] = start
    for _ in range(BISECTIONS):
        intercept = HALF * (low + high)
        for _ in range(CONTRACTIONS):
            history[:] = logistic(intercept + inclination + weight * (history - MIDDLE))
        paid = (fine(history).astype(np.int64) * area).sum()
        low, high = (intercept, high) if paid < target else (low, intercept)
    return np.float32(intercept)


FAR, BISECTIONS, CONTRACTIONS = 16.0, 24, 8
