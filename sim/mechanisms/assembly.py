"""Turnout and choice in the owners' assembly (M10): who takes part in a ballot, and how they vote."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.arithmetic import logistic
from sim.households import EFFICACY, F4, F8, LET, OWNER_OCCUPIED, OWNERS, U1, Households
from sim.mechanisms.following import settled
from sim.parts import number, part
from sim.regime import Flags
from sim.register import Heads, Vote
from sim.texts import Text

RECALL = "recall_committee"
MIDDLING = 0.5  # the mean stake, tanh(|gain| / 2), of owners who lean to neither side


@part("mechanism")
@dataclass(frozen=True)
class Assembly:
    """Riker and Ordeshook's logit (T04): duty, cost, stake, being asked, trust in who calls.

    `logit turnout = base + duty + efficacy + trust in the caller + stake + habit + shock of this ballot + visits -
    distance`.  A round of visits by building heads counts more with the residents' committee behind it, and less than the
    round before.  The shock is the estate's own
    in each ballot: without it a quorum is all or nothing (L09).  Owners of let and vacant dwellings vote from afar, seldom.
    One uniform for each owner and ballot is compared once with the final chance.  Where taking part is what a quorum counts,
    some opponents stay away on purpose as far as they expect the quorum to be close, and may campaign for it (L110); where
    only assent counts they gain nothing by it.
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
        source=Text(zh="S32：表决票约收回一半", en="S32: about half of the ballots come back"),
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
        source=Text(zh="假定：四类投票人（S28）", en="assumed: four types of voters (S28)"),
    )
    efficacy: float = number(
        1.6,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="效能感的作用",
        en="weight of efficacy",
        source=Text(
            zh="假定：效能感差 20 分，参与率约差 8 个百分点（T06）",
            en="assumed: 20 points of efficacy move turnout by about 8 (T06)",
        ),
    )
    trust: float = number(
        1.2,
        low=0.0,
        high=5.0,
        explore=(0.6, 1.8),
        unit="logits",
        zh="信任召集者的作用",
        en="weight of trust in who calls",
        source=Text(
            zh="假定：低于效能感，表决看事多于看召集人（T25）",
            en="assumed: less than efficacy, for a ballot is about the matter more than its caller (T25)",
        ),
    )
    stake: float = number(
        0.8,
        low=0.0,
        high=4.0,
        explore=(0.4, 1.2),
        unit="logits",
        zh="利害关系的作用",
        en="weight of the stake: how much it matters to an owner whether the proposal passes",
        source=Text(
            zh="假定：从无所谓到志在必得，多来的人相当于两轮上门（T04）",
            en="assumed: from indifferent to set on it draws as many more as two rounds of visits (T04)",
        ),
    )
    usual_efficacy: float = number(
        0.45,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="参与倾向从此起算的效能感",
        en="efficacy from which turnout is counted",
        source=Text(zh="假定：参照点，只移动截距", en="assumed: a reference point, which shifts the intercept alone"),
    )
    usual_trust: float = number(
        0.5,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="参与和赞成从此起算的信任",
        en="trust from which turnout and assent are counted",
        source=Text(zh="假定：参照点，只移动截距", en="assumed: a reference point, which shifts the intercept alone"),
    )
    usual_content: float = number(
        0.55,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="换企业、罢免从此起算的满意度",
        en="satisfaction from which assent to replacing and recalling is counted",
        source=Text(zh="假定：参照点，只移动截距", en="assumed: a reference point, which shifts the intercept alone"),
    )
    shock: float = number(
        0.55,
        low=0.0,
        high=2.0,
        explore=(0.3, 0.8),
        unit="logits",
        zh="每次投票的小区波动（标准差）",
        en="shock to an estate's ballot (standard deviation)",
        source=Text(zh="假定：没有它，法定比例就是一道悬崖（L09）", en="assumed: without it a quorum is a cliff (L09)"),
    )
    visit: float = number(
        0.34,
        low=0.0,
        high=2.0,
        explore=(0.2, 0.5),
        unit="logits",
        zh="一轮上门的作用",
        en="weight of a round of visits",
        source=Text(zh="T05：上门动员提高 4 至 9 个百分点", en="T05: door-to-door adds 4 to 9 points"),
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
        source=Text(zh="假定：每轮 +0.045，对照为 +0.075", en="assumed: +0.045 against +0.075 a round"),
    )
    visit_fades: float = number(
        0.9,
        low=0.0,
        high=1.0,
        explore=(0.7, 1.0),
        unit="factor",
        zh="后一轮上门与前一轮的效果之比",
        en="effect of a round of visits over that of the one before",
        source=Text(
            zh="假定：剩下的人更难触及；1 表示各轮效果不减",
            en="assumed: who is still to be reached is harder to reach; 1 means that rounds do not wear off",
        ),
    )
    visits_most: int = number(
        6,
        low=0,
        high=20,
        unit=Text(zh="轮", en="rounds"),
        zh="最多上门轮数",
        en="rounds of visits at most",
        source=Text(
            zh="假定：没有人上同一家门更多次；效果早已减弱（`visit_fades`）",
            en="assumed: nobody goes to the same door more often; their effect wears off before (`visit_fades`)",
        ),
    )
    habit: float = number(
        0.3,
        low=0.0,
        high=3.0,
        explore=(0.0, 0.6),
        unit="logits",
        zh="投过票的习惯",
        en="weight of having voted before",
        source=Text(
            zh="假定：投票可能成习惯；约相当于一轮上门",
            en="assumed: voting may form a habit; about as much as one round of visits",
        ),
    )
    visit_hours: float = number(
        0.2,
        low=0.01,
        high=2.0,
        explore=(0.1, 0.4),
        unit="hours",
        zh="每户上门用时",
        en="hours of a visit",
        source=Text(zh="假定：每户门口十二分钟", en="assumed: twelve minutes at the door"),
    )
    doors: float = number(
        0.65,
        low=0.05,
        high=1.0,
        explore=(0.5, 0.8),
        unit="share of households",
        zh="一轮上门要走的户数比例",
        en="dwellings that a round of visits has to call at",
        source=Text(
            zh="假定：空置、出租的房里找不到业主（P04）",
            en="assumed: in vacant and let flats there is no owner to find (P04)",
        ),
    )
    volunteer_hours: float = number(
        18.0,
        low=0.0,
        high=200.0,
        explore=(8.0, 30.0),
        unit="hours a week",
        zh="志愿者上门工时",
        en="volunteers' hours for visits",
        source=Text(zh="假定：积极分子占 1–5%（S30）", en="assumed: an active core of 1 to 5 % (S30)"),
    )
    far_let: float = number(
        1.2,
        low=0.0,
        high=6.0,
        explore=(0.6, 1.8),
        unit="logits",
        zh="出租房业主的距离",
        en="distance of owners of let dwellings",
        source=Text(zh="假定：出租的业主很少投票（L117、S68）", en="assumed: landlords vote seldom (L117, S68)"),
    )
    far_vacant: float = number(
        1.6,
        low=0.0,
        high=6.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="空置房业主的距离",
        en="distance of owners of vacant dwellings",
        source=Text(
            zh="假定：出租业主住得远、很少投票（L117、S68）",
            en="assumed: owners who let vote rarely and from afar (L117, S68)",
        ),
    )
    boycott: float = number(
        0.25,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="share",
        zh="反对者策略性不投票的比例",
        en="share of opponents who stay away where a quorum can fail",
        source=Text(
            zh="假定：四分之一；动员不投票有案可查，规模不详（L110）",
            en="assumed: a quarter; campaigns not to vote are documented, their size is not (L110)",
        ),
        certainty="seen",
    )
    near: float = number(
        0.2,
        low=0.01,
        high=2.0,
        explore=(0.1, 0.4),
        unit="share",
        zh="反对者认为门槛胶着的范围",
        en="distance of the expected turnout from the quorum within which opponents think that it can fail",
        source=Text(
            zh="假定：反对者看本小区上次参与率；人数笃定够时没人缺席（L110）",
            en="assumed: opponents go by the estate's last turnout; nobody stays away where the quorum is sure (L110)",
        ),
    )
    expected: float = number(
        0.6,
        low=0.0,
        high=1.0,
        explore=(0.5, 0.7),
        unit="share",
        zh="没有先例时估计的参与率",
        en="turnout that is expected where there was no ballot before",
        source=Text(zh="S32、S30：票约收回一半，上门后更多", en="S32, S30: half of the papers come back, more after visits"),
        certainty="seen",
    )
    campaign: float = number(
        0.0,
        low=0.0,
        high=5.0,
        explore=(0.0, 1.5),
        unit="logits",
        zh="号召不投票的作用",
        en="weight of a campaign not to vote",
        source=Text(
            zh="假定：没有；这类动员在一个小区有记载（L110），触及面不详",
            en="assumed: none; such campaigns are documented in one estate (L110), their reach is not",
        ),
    )
    collect_weeks: int = number(
        14,
        low=2,
        high=52,
        unit="weeks",
        zh="征集投票时间",
        en="weeks in which ballots are collected",
        source=Text(
            zh="假定：一个季度；收票不足可延期（L112）",
            en="assumed: a quarter of a year; a ballot may be extended for lack of returns (L112)",
        ),
    )
    notice_weeks: int = number(
        3,
        low=3,
        high=12,
        unit="weeks",
        zh="会前公告",
        en="weeks of notice",
        source=Text(zh="L21：十五日", en="L21: fifteen days"),
        certainty="law",
    )
    supports: float = number(
        1.45,
        low=-4.0,
        high=4.0,
        explore=(0.8, 2.0),
        unit="logits",
        zh="支持成立业委会的基础倾向",
        en="base readiness to vote for a committee",
        source=Text(
            zh="假定：五分之四受访业主愿意帮助组建（S20），投赞成票的大致同样多",
            en="assumed: four of five owners who were asked would help to build one (S20); about as many vote for one",
        ),
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
        8.0,
        low=0.0,
        high=24.0,
        explore=(4.0, 12.0),
        unit="logits",
        zh="满意度对更换企业的作用",
        en="weight of satisfaction against replacing the firm",
        source=Text(
            zh="假定：满意度差 12 分，换企业的支持率差 20 多个百分点",
            en="assumed: 12 points of satisfaction move support for another firm by over 20 points",
        ),
    )
    supports_grade: float = number(
        8.0,
        low=0.0,
        high=30.0,
        explore=(4.0, 12.0),
        unit="logits",
        zh="等级意愿对支持的作用",
        en="weight of the grade wanted",
        source=Text(zh="假定：提案相对现状的效用", en="assumed: utility of the proposal against what there is"),
    )
    burden: float = number(
        1.5,
        low=0.0,
        high=10.0,
        explore=(0.5, 3.0),
        unit="logits",
        zh="涨价负担的作用",
        en="weight of the fee's rise",
        source=Text(
            zh="假定：涨价三分之一约损失 12 个百分点支持", en="assumed: a rise by a third costs about 12 points of support"
        ),
    )


class Motion(NamedTuple):
    """What is voted on: category, grade proposed (0-1), rise of the fee (share), and how it is called and canvassed.

    caller: index of the body that calls in `ATTITUDES`.  visits: rounds.  backing: 0-1.  shock: this ballot's own, standard
    normal.  ordinal: how-manieth ballot of the estate.  quorum: whether staying away can defeat it.  close: how close the
    quorum is expected to be, 0-1.  online: how far owners may vote online, 0-1.
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
    close: float = 1.0
    online: float = 0.0


class Electorate(NamedTuple):
    """Who may vote, and what a ballot finds them with; h owners.

    grade: agreed today, 0-1.  drawn: shape (4, h): a standard normal duty, which is the owner's own, and uniforms of this
    ballot: turnout, choice, boycott.  voted: shape (h,); who ever voted before.  lift: shape (h,); readiness from elsewhere
    [logits].  thresholds: shape (h,); of those who follow others, None where nobody does.
    """

    households: Households
    heads: Heads
    grade: float
    drawn: F4
    voted: Flags | None = None
    lift: F4 | None = None
    thresholds: F8 | None = None


def votes(about: Assembly, electorate: Electorate, motion: Motion) -> U1:
    """Return what each owner does: codes of `Vote`, shape (h,)."""
    drawn, gain = electorate.drawn, _gain(about, electorate, motion)
    wants = gain > 0
    comes = drawn[1] < logistic(_readiness(about, electorate, motion, gain).astype(np.float32))
    if electorate.thresholds is not None:
        comes = settled(comes, electorate.thresholds)
    stays_away = motion.quorum & ~wants & (drawn[3] < about.boycott * motion.close)
    cast = np.where(wants, Vote.YES, Vote.NO)
    return np.where(comes & ~stays_away, cast, Vote.ABSENT).astype(np.uint8)


def wanted(about: Assembly, electorate: Electorate, motion: Motion) -> Flags:
    """Return who wants what is proposed, shape (h,), whether they take part or not."""
    wants: Flags = _gain(about, electorate, motion) > 0
    return wants


def rounds_worth(about: Assembly, rounds: float) -> float:
    """Return how many first rounds so many rounds of visits are worth: each is worth less than the one before.

    >>> round(rounds_worth(Assembly(visit_fades=0.5), 2.0), 6), rounds_worth(Assembly(visit_fades=1.0), 2.0)
    (1.5, 2.0)
    """
    fades = about.visit_fades
    return rounds if fades == 1 else (1 - fades**rounds) / (1 - fades)


def closeness(about: Assembly, quorum: float, last: float | None) -> float:
    """Return how close opponents expect a quorum to be, 0-1, who go by the last turnout."""
    expected = about.expected if last is None else last
    return max(0.0, 1 - abs(expected - quorum) / about.near)


def _gain(about: Assembly, electorate: Electorate, motion: Motion) -> F4:
    """Return what each owner gains if the proposal passes, over what there is, shape (h,) [logits]."""
    return _wants(about, electorate, motion) - logits(electorate.drawn[2])


def _readiness(about: Assembly, electorate: Electorate, motion: Motion, gain: F4) -> F4:
    households, rows, drawn = electorate.households, electorate.heads.row, electorate.drawn
    tenure = households.dwellings.tenure[rows]
    held = households.attitudes.held[:, rows]
    far = np.where(tenure == OWNER_OCCUPIED, 0.0, np.where(tenure == LET, about.far_let, about.far_vacant))
    backed = about.visit_unbacked + (1 - about.visit_unbacked) * motion.backing
    stake = np.tanh(np.abs(gain) / 2) - MIDDLING
    logit = (
        about.base
        + about.duty_spread * drawn[0]
        + about.efficacy * (held[EFFICACY] - about.usual_efficacy)
        + about.trust * (held[motion.caller] - about.usual_trust)
        + about.stake * stake
        + about.shock * motion.shock
        + about.visit * rounds_worth(about, motion.visits) * backed
        - far
    )
    if electorate.voted is not None:
        logit = logit + about.habit * electorate.voted
    if electorate.lift is not None:
        logit = logit + electorate.lift
    if motion.quorum:
        logit = logit - about.campaign * motion.close * (gain <= 0).mean()
    return np.asarray(logit)


def _wants(about: Assembly, electorate: Electorate, motion: Motion) -> F4:
    households, rows = electorate.households, electorate.heads.row
    held, content = households.attitudes.held[:, rows], households.experience.satisfaction[rows]
    trust = about.supports_trust * (held[motion.caller] - about.usual_trust)
    if motion.category == "replace_provider":
        return np.asarray(trust + about.supports_content * (about.usual_content - content))
    if motion.category == "grade_and_fee":
        wanted = households.opinion.preferred_grade[rows]
        nearer = np.abs(wanted - electorate.grade) - np.abs(wanted - motion.grade)
        return np.asarray(trust + about.supports_grade * nearer - about.burden * motion.rise)
    if motion.category == RECALL:
        return np.asarray(
            about.supports_content * (about.usual_content - content)
            - about.supports_trust * (held[OWNERS] - about.usual_trust)
        )
    return np.asarray(about.supports + trust)


def logits(uniform: F4) -> F4:
    """Return the logits of uniforms, kept finite."""
    safe = np.clip(uniform, 1e-6, 1 - 1e-6)
    logit: F4 = np.log(safe / (1 - safe)).astype(np.float32)
    return logit
