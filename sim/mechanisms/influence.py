"""Influence on opinion (M8): households move towards those of their ties who already think nearly alike."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.arithmetic import fine
from sim.households import F4, I8, Living, Opinion, Ties
from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Influence:
    """Bounded confidence over ties, with an anchor.

    A household talks in a week with chance `meets`; it then moves by `openness` towards the mean of itself and those ties
    whose opinion lies within its confidence bound, and always by `anchoring` towards the opinion it started with
    (Friedkin and Johnsen, T35: without it opinions drift together over years).  With everybody talking, full openness and
    no anchor this is Hegselmann and Krause's model (T34); with one tie a household, drawn anew each week, Deffuant's (T33).
    """

    label = Text(zh="邻里影响", en="influence among neighbours")

    meets: float = number(
        0.08,
        low=0.0,
        high=1.0,
        explore=(0.02, 0.2),
        unit="share a week",
        zh="每周与邻里谈论的机会",
        en="chance of talking with neighbours in a week",
        source=Text(zh="假定：约每季一次", en="assumed: about once a quarter"),
    )
    openness: float = number(
        0.2,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.5),
        unit="share",
        zh="每次谈论的靠拢幅度",
        en="how far one talk moves an opinion",
        source=Text(
            zh="假定：Deffuant 模型的 μ 远低于上限（T33）", en="assumed: Deffuant's mu well below its largest value (T33)"
        ),
    )
    anchoring: float = number(
        0.01,
        low=0.0,
        high=0.5,
        explore=(0.0, 0.03),
        unit="share a week",
        zh="回到本来看法的速度",
        en="pull back to the opinion it started with",
        source=Text(zh="假定：数年间易受影响程度 0.5–0.9（T35）", en="assumed: susceptibility 0.5-0.9 over years (T35)"),
    )
    bound: float = number(
        0.22,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.35),
        unit="0-1",
        zh="信任区间（均值）",
        en="confidence bound (mean)",
        source=Text(zh="假定：介于一个与两个阵营之间（T33、T34）", en="assumed: between one and two camps (T33, T34)"),
    )
    bound_spread: float = number(
        0.06,
        low=0.0,
        high=0.3,
        explore=(0.0, 0.12),
        unit="0-1",
        zh="信任区间（标准差）",
        en="confidence bound (standard deviation)",
        source=Text(zh="假定：各户听取别人意见的程度不同", en="assumed: households differ in how far they listen"),
    )
    opinion_spread: float = number(
        0.19,
        low=0.0,
        high=0.5,
        explore=(0.1, 0.25),
        unit="0-1",
        zh="期望服务等级的差异（标准差）",
        en="spread of the grade of service wanted (standard deviation)",
        source=Text(zh="假定：邻居想要的等级不同", en="assumed: neighbours want different grades"),
    )

    def rates(self) -> "InfluenceRates":
        """Return the numbers that the weekly step takes, in single precision."""
        return InfluenceRates(*map(np.float32, (self.meets, self.openness, self.anchoring)))


class InfluenceRates(NamedTuple):
    """Numbers of the weekly step: see `Influence`."""

    meets: np.float32
    openness: np.float32
    anchoring: np.float32


def talk(
    estate: int, begin: int, end: int, opinion: Opinion, ties: Ties, drawn: F4, rates: InfluenceRates
) -> None:  # fmt: skip
    """Move opinions of one estate, rows begin .. end - 1, a week on, in place, everybody at once.

    drawn: shape (rows,), uniforms.
    """
    rows = slice(begin, end)
    mine = opinion.preferred_grade[rows].copy()
    near, heard = np.ones_like(mine), mine.copy()
    for slot in range(ties.slots[estate], ties.slots[estate + 1]):
        count, offset = ties.count[slot], ties.offset[slot]
        theirs = mine[ties.neighbour[offset : offset + count]]
        counts = np.abs(theirs - mine[:count]) < opinion.bound[rows][:count]
        heard[:count] += np.where(counts, theirs, np.float32(0))
        near[:count] += counts.astype(np.float32)
    moved = mine + np.where(drawn < rates.meets, rates.openness, np.float32(0)) * (heard / near - mine)
    opinion.preferred_grade[rows] = moved + rates.anchoring * (opinion.anchor[rows] - moved)


def distance(first: int, last: int, living: Living, grade: F4, out: I8) -> None:
    """Sum how far the grade that households want lies from the contract's, by estate.

    grade: shape (e,), 0-1.  out: shape (e,), whole numbers of 2**-14; overwritten.
    """
    for estate in range(first, last):
        rows = living.people.rows(estate)
        out[estate] = fine(np.abs(living.people.opinion.preferred_grade[rows] - grade[estate])).sum(dtype=np.int64)
