"""Turnout and choice in the owners' assembly (M10): who takes part in a ballot, and how they vote."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.arithmetic import logistic
from sim.households import EFFICACY, F4, LET, OWNER_OCCUPIED, U1, VACANT, Households
from sim.parts import number, part
from sim.register import Heads, Vote
from sim.texts import Text

CATEGORIES = ("elect_committee", "replace_provider", "grade_and_fee")


@part("mechanism")
@dataclass(frozen=True)
class Assembly:
    """Riker and Ordeshook's logit (T04): duty, cost, stake, being asked, trust in who calls.

    `logit turnout = base + duty + efficacy + trust in the caller + stake + shock of this ballot + visits - distance`.  A
    round of visits by building heads counts more with the residents' committee behind it.  The shock is the estate's own
    in each ballot: without it a quorum is all or nothing (L09).  Owners of let and vacant dwellings vote from afar, seldom.
    One uniform for each owner and ballot is compared once with the final chance.  Where taking part is what a quorum counts,
    some opponents stay away on purpose (L110); where only assent counts they gain nothing by it.
    """

    label = Text(zh="业主大会投票", en="ballots of the owners' assembly")

    base: float = number(
        -0.2,
        low=-4.0,
        high=4.0,
        explore=(-0.5, 0.1),
        unit="logits",
        zh="基础参与倾向",
        en="base readiness to take part",
        source="S32: about half of the ballots come back",
        certainty="seen",
    )
    duty_spread: float = number(
        1.1,
        low=0.0,
        high=4.0,
        explore=(0.7, 1.5),
        unit="logits",
        zh="公民责任感差异（标准差）",
        en="spread of civic duty (standard deviation)",
        source="assumed: four types of voters (S28)",
    )
    efficacy: float = number(
        1.6,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="效能感的作用",
        en="weight of efficacy",
        source="assumed: 20 points of efficacy move turnout by about 8 (T06)",
    )
    trust: float = number(
        1.2,
        low=0.0,
        high=5.0,
        explore=(0.6, 1.8),
        unit="logits",
        zh="信任召集者的作用",
        en="weight of trust in who calls",
        source="assumed: less than efficacy, for a ballot is about the matter more than its caller (T25)",
    )
    stake: float = number(
        0.8,
        low=0.0,
        high=4.0,
        explore=(0.4, 1.2),
        unit="logits",
        zh="利害关系的作用",
        en="weight of the stake",
        source="assumed: a high stake draws as many more as two rounds of visits (T04)",
    )
    shock: float = number(
        0.55,
        low=0.0,
        high=2.0,
        explore=(0.3, 0.8),
        unit="logits",
        zh="每次投票的小区波动（标准差）",
        en="shock to an estate's ballot (standard deviation)",
        source="assumed: without it a quorum is a cliff (L09)",
    )
    visit: float = number(
        0.34,
        low=0.0,
        high=2.0,
        explore=(0.2, 0.5),
        unit="logits",
        zh="一轮上门的作用",
        en="weight of a round of visits",
        source="T05: door-to-door adds 4 to 9 points",
        certainty="memory",
    )
    visit_unbacked: float = number(
        0.6,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.9),
        unit="share",
        zh="无支持上门的效果",
        en="what a round of visits is worth without backing",
        source="assumed: +0.045 against +0.075 a round",
    )
    visits_most: int = number(
        4,
        low=0,
        high=20,
        unit=Text(zh="轮", en="rounds"),
        zh="最多上门轮数",
        en="rounds of visits at most",
        source="assumed: diminishing effect",
    )
    visit_hours: float = number(
        0.2,
        low=0.01,
        high=2.0,
        explore=(0.1, 0.4),
        unit="hours",
        zh="每户上门用时",
        en="hours of a visit",
        source="assumed: twelve minutes at the door",
    )
    volunteer_hours: float = number(
        18.0,
        low=0.0,
        high=200.0,
        explore=(8.0, 30.0),
        unit="hours a week",
        zh="志愿者上门工时",
        en="volunteers' hours for visits",
        source="assumed: an active core of 1 to 5 % (S30)",
    )
    far_let: float = number(
        1.2,
        low=0.0,
        high=6.0,
        explore=(0.6, 1.8),
        unit="logits",
        zh="出租房业主的距离",
        en="distance of owners of let dwellings",
        source="assumed: landlords vote seldom (L117, S68)",
    )
    far_vacant: float = number(
        1.6,
        low=0.0,
        high=6.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="空置房业主的距离",
        en="distance of owners of vacant dwellings",
        source="assumed: owners who let vote rarely and from afar (L117, S68)",
    )
    boycott: float = number(
        0.25,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="share",
        zh="反对者策略性不投票的比例",
        en="share of opponents who stay away where a quorum can fail",
        source="assumed: a quarter; campaigns not to vote are documented, their size is not (L110)",
        certainty="seen",
    )
    collect_weeks: int = number(
        14,
        low=2,
        high=52,
        unit="weeks",
        zh="征集投票时间",
        en="weeks in which ballots are collected",
        source="assumed: a quarter of a year; a ballot may be extended for lack of returns (L112)",
    )
    notice_weeks: int = number(
        3,
        low=3,
        high=12,
        unit="weeks",
        zh="会前公告",
        en="weeks of notice",
        source="L21: fifteen days",
        certainty="law",
    )
    supports: float = number(
        1.2,
        low=-4.0,
        high=4.0,
        explore=(0.6, 1.8),
        unit="logits",
        zh="支持提案的基础倾向",
        en="base readiness to vote yes",
        source="assumed: who comes mostly wants the committee",
    )
    supports_trust: float = number(
        2.0,
        low=0.0,
        high=8.0,
        explore=(1.0, 3.0),
        unit="logits",
        zh="信任对支持的作用",
        en="weight of trust for voting yes",
        source="T31",
    )
    supports_content: float = number(
        4.0,
        low=0.0,
        high=12.0,
        explore=(2.0, 6.0),
        unit="logits",
        zh="满意度对更换企业的作用",
        en="weight of satisfaction against replacing the firm",
        source="assumed: 25 points of satisfaction move support for another firm by over 20 points",
    )
    supports_grade: float = number(
        8.0,
        low=0.0,
        high=30.0,
        explore=(4.0, 12.0),
        unit="logits",
        zh="等级意愿对支持的作用",
        en="weight of the grade wanted",
        source="assumed: utility of the proposal against what there is",
    )
    burden: float = number(
        1.5,
        low=0.0,
        high=10.0,
        explore=(0.5, 3.0),
        unit="logits",
        zh="涨价负担的作用",
        en="weight of the fee's rise",
        source="assumed: a rise by a third costs about 12 points of support",
    )


class Motion(NamedTuple):
    """What is voted on: category, grade proposed (0-1), rise of the fee (share), and how it is called and canvassed.

    caller: index of the body that calls in `ATTITUDES`.  visits: rounds.  backing: 0-1.  shock: this ballot's own, standard
    normal.  ordinal: how-manieth ballot of the estate.  quorum: whether staying away can defeat it.
    """

    category: str
    grade: float
    rise: float
    caller: int
    visits: float
    backing: float
    shock: float
    ordinal: int
    quorum: bool


def votes(about: Assembly, households: Households, heads: Heads, grade: float, motion: Motion, drawn: F4) -> U1:
    """Return what each owner does: codes of `Vote`, shape (h,).

    drawn: shape (4, h), uniforms of this ballot: duty is the owner's own, then turnout, choice, boycott.  grade: agreed
    today, 0-1.
    """
    rows = heads.row
    tenure = households.dwellings.tenure[rows]
    held = households.attitudes.held[:, rows]
    wants = _wants(about, households, rows, grade, motion) > _logit(drawn[2])
    far = np.where(tenure == OWNER_OCCUPIED, 0.0, np.where(tenure == LET, about.far_let, about.far_vacant))
    backed = about.visit_unbacked + (1 - about.visit_unbacked) * motion.backing
    stake = np.abs(households.experience.satisfaction[rows] - 0.6) * (tenure != VACANT)
    logit = (
        about.base
        + about.duty_spread * drawn[0]
        + about.efficacy * (held[EFFICACY] - 0.45)
        + about.trust * (held[motion.caller] - 0.5)
        + about.stake * stake
        + about.shock * motion.shock
        + about.visit * motion.visits * backed
        - far
    )
    comes = drawn[1] < logistic(logit.astype(np.float32))
    stays_away = motion.quorum & ~wants & (drawn[3] < about.boycott)
    cast = np.where(wants, Vote.YES, Vote.NO)
    return np.where(comes & ~stays_away, cast, Vote.ABSENT).astype(np.uint8)


def _wants(about: Assembly, households: Households, rows: np.ndarray, grade: float, motion: Motion) -> F4:
    held, content = households.attitudes.held[:, rows], households.experience.satisfaction[rows]
    trust = about.supports_trust * (held[motion.caller] - 0.5)
    if motion.category == "replace_provider":
        return np.asarray(trust + about.supports_content * (0.55 - content) * 2)
    if motion.category == "grade_and_fee":
        wanted = households.opinion.preferred_grade[rows]
        nearer = np.abs(wanted - grade) - np.abs(wanted - motion.grade)
        return np.asarray(trust + about.supports_grade * nearer - about.burden * motion.rise)
    return np.asarray(about.supports + trust)


def _logit(uniform: F4) -> F4:
    safe = np.clip(uniform, 1e-6, 1 - 1e-6)
    logit: F4 = np.log(safe / (1 - safe)).astype(np.float32)
    return logit
