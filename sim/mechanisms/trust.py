"""Trust and efficacy (M7): how households learn from what they live through and hear of."""

from dataclasses import dataclass

import numpy as np

from sim.chance import Purpose, uniforms
from sim.households import F4, Households, Living
from sim.parts import number, part
from sim.texts import Text
from sim.ties import neighbours_of

CODE = np.float32(1 / 255)


@part("mechanism")
@dataclass(frozen=True)
class Trust:
    """Good news moves trust towards one by `gain`, bad news takes a share `loss` of it: bad weighs more (T25).

    The household concerned learns in full, its ties by `ties`.  Public events (a promise kept or broken, a ballot, a
    verdict, a violation found) reach a stated share of the estate: cases alone touch a few households a year and could
    move nothing.  Attitudes drift back slowly to where each household began.
    """

    label = Text(zh="信任与效能感", en="trust and efficacy")

    gain: float = number(
        0.04,
        low=0.0,
        high=0.5,
        explore=(0.02, 0.08),
        unit="share",
        zh="好消息带来的信任",
        en="what good news adds to trust",
        source=Text(
            zh="假定：坏消息减损的三分之一到一半（T25）", en="assumed: a third to a half of what bad news takes (T25)"
        ),
    )
    loss: float = number(
        0.1,
        low=0.0,
        high=0.5,
        explore=(0.05, 0.2),
        unit="share",
        zh="坏消息失去的信任",
        en="what bad news takes from trust",
        source=Text(zh="假定：负面偏向（T25）", en="assumed: negativity (T25)"),
    )
    answered: float = number(
        0.07,
        low=0.0,
        high=0.5,
        explore=(0.03, 0.12),
        unit="share",
        zh="问题得到答复对效能感的提升",
        en="what an answer adds to efficacy",
        source=Text(zh="假定：与石沉大海的减损大致相当（S96）", en="assumed: about as much as being ignored takes (S96)"),
    )
    ignored: float = number(
        0.08,
        low=0.0,
        high=0.5,
        explore=(0.04, 0.14),
        unit="share",
        zh="问题无人理睬对效能感的损害",
        en="what being ignored takes from efficacy",
        source=Text(
            zh="假定：略高于答复的增益，坏消息分量更重（T25）",
            en="assumed: a little more than an answer adds, bad news weighs more (T25)",
        ),
    )
    ties: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="share",
        zh="传给熟人的份额",
        en="part that ties learn",
        source=Text(zh="假定：听说的只算亲历的七分之一", en="assumed: hearsay counts a seventh of what befalls oneself"),
    )
    reach: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.25),
        unit="share of households",
        zh="公开事件的知晓面",
        en="share of an estate that hears of a public event",
        source=Text(zh="假定：不确定，应作扫描", en="assumed: uncertain, sweep it"),
    )
    public: float = number(
        0.4,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.7),
        unit="share",
        zh="公开事件的分量",
        en="weight of a public event against one's own",
        source=Text(
            zh="假定：不到亲历的一半，人人只沾一点",
            en="assumed: less than half of what befalls oneself, for it concerns everybody a little",
        ),
    )
    reversion: float = number(
        0.017,
        low=0.0,
        high=0.2,
        explore=(0.008, 0.03),
        unit="share a month",
        zh="态度回归速度",
        en="speed at which attitudes drift back",
        source=Text(zh="假定：半衰期三年以上", en="assumed: half-life of more than three years"),
    )


def learn(people: Households, estate: int, who: int, row: int, rate: np.float32, share: np.float32) -> None:
    """Let a household of an estate and, by `share`, its ties learn from what befell it.

    row: the attitude, an index of `sim.households.ATTITUDES`.  rate: towards 1 where positive, share lost where negative.
    """
    held, first = people.attitudes.held[row], people.layout.start[estate]
    held[who] = moved(held[who], rate)
    for other in neighbours_of(people.ties, estate, who - first):
        held[first + other] = moved(held[first + other], rate * share)


def moved(held: np.float32, rate: np.float32) -> np.float32:
    """Return an attitude after news: towards 1 at a positive rate, a share lost at a negative one."""
    return held + rate * (np.float32(1) - held) if rate > 0 else held + rate * held


def hear(first: int, last: int, living: Living, rate: F4, reach: np.float32, week: int, seed: int) -> None:
    """Let those whom public news reaches learn.

    rate: shape (attitudes, e); what an estate's public news adds up to this week, zero where there is none.
    """
    layout, dwellings, attitudes = living.people.layout, living.people.dwellings, living.people.attitudes
    rows = len(attitudes.held)
    for estate in range(first, last):
        span = living.people.rows(estate)
        for row in range(rows):
            if rate[row, estate] == 0:
                continue
            drawn = uniforms(dwellings.number[span], Purpose.HEARSAY, layout.place[estate], week * rows + row, seed)[0]
            held = attitudes.held[row, span]
            up = held + rate[row, estate] * (np.float32(1) - held)
            down = held + rate[row, estate] * held
            after = up if rate[row, estate] > 0 else down
            held[:] = np.where(drawn < reach, after, held)


def drift_back(first: int, last: int, living: Living, reversion: np.float32) -> None:
    """Let every attitude drift back towards where it began."""
    attitudes = living.people.attitudes
    for estate in range(first, last):
        span = living.people.rows(estate)
        held = attitudes.held[:, span]
        held += reversion * (attitudes.start[:, span].astype(np.float32) * CODE - held)
