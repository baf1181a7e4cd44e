"""The case ladder (M4): what becomes of problems that are voiced."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class CaseLadder:
    """A voiced problem goes to the provider's desk; what is not settled there climbs, waits, or is dropped.

    Desk: so many cases a week; settles with a chance that rises with quality and diligence and falls with severity.  After
    some weeks the household takes it to the residents' committee or lets it drop.  Mediation: each attempt takes hours;
    the other side takes part or not, and if it does the case settles or not - two chances (S59a).  Then the joint meeting,
    where there is one, takes it up among its items; else it goes to court (seldom) or is dropped.  A case that waits too
    long is dropped.  Settling without repairing brings the case back (S5A).
    """

    label = Text(zh="纠纷阶梯", en="case ladder")

    desk_capacity: float = number(
        0.012,
        low=0.0,
        high=1.0,
        explore=(0.006, 0.024),
        unit=Text(zh="件/户·周", en="cases a household and week"),
        zh="物业前台处理能力",
        en="capacity of the provider's desk",
        source=Text(
            zh="假定：比平常一周的反映量多一半，只有糟糕时才排队",
            en="assumed: half more than is voiced in a usual week, so that queues form only in bad times",
        ),
    )
    desk_chance: float = number(
        0.75,
        low=0.0,
        high=1.0,
        explore=(0.5, 0.95),
        unit="factor",
        zh="前台解决的机会",
        en="chance that the desk settles, scale",
        source=Text(
            zh="假定：与下面三个数一起，中等窗口每周办成所办的三分之一",
            en="assumed: with the next three, a middling desk settles a third of what it tries in a week",
        ),
    )
    desk_base: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.45),
        unit="0-1",
        zh="前台解决：基础",
        en="chance that the desk settles, base",
        source=Text(
            zh="假定：任何窗口都能办成的，为中等窗口的三分之二",
            en="assumed: what any desk settles, two thirds of what a middling one does",
        ),
    )
    desk_quality: float = number(
        0.5,
        low=0.0,
        high=2.0,
        explore=(0.2, 0.8),
        unit="factor",
        zh="前台解决：服务质量的作用",
        en="weight of quality at the desk",
        source=Text(
            zh="假定：服务由差到好，机会提高四分之三",
            en="assumed: from bad to good service the chance rises by three quarters",
        ),
    )
    desk_severity: float = number(
        0.3,
        low=0.0,
        high=2.0,
        explore=(0.1, 0.5),
        unit="factor",
        zh="前台解决：严重程度的作用",
        en="weight of severity at the desk",
        source=Text(
            zh="假定：最重的问题办成率是最轻的一半",
            en="assumed: the gravest problems are settled half as often as the lightest",
        ),
    )
    desk_legacy: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="factor",
        zh="前台解决遗留问题的折扣",
        en="what is left of the desk's chance for legacy problems",
        source=Text(zh="S90：开发商遗留问题要靠外力支持", en="S90: the developer's faults need outside support"),
    )
    desk_weeks: int = number(
        3,
        low=1,
        high=26,
        explore=(2, 6),
        unit="weeks",
        zh="前台等待期",
        en="weeks at the desk",
        source=Text(
            zh="假定：三周没有答复，人们放弃或再往上找",
            en="assumed: three weeks without an answer and people give up or go on",
        ),
    )
    climb: float = number(
        -2.1,
        low=-6.0,
        high=3.0,
        explore=(-2.8, -1.4),
        unit="logits",
        zh="上交居委会的倾向",
        en="readiness to take a case to the residents' committee",
        source=Text(
            zh="假定：每千户每周约 1 件到居委会（S57、A26）",
            en="assumed: about 1 case per 1,000 households a week reaches the committee (S57, A26)",
        ),
    )
    climb_severity: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.2),
        unit="logits",
        zh="严重程度对上交的作用",
        en="weight of severity for climbing",
        source=Text(
            zh="假定：多数不满到不了第三方，严重的较常到（T41）",
            en="assumed: most grievances never reach a third party, grave ones more often (T41)",
        ),
    )
    climb_efficacy: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="效能感对上交的作用",
        en="weight of efficacy for climbing",
        source=Text(zh="假定：与反映相同（T06）", en="assumed: as for voice (T06)"),
    )
    attempt_hours: float = number(
        5.0,
        low=0.5,
        high=40.0,
        explore=(3.0, 8.0),
        unit="hours",
        zh="每次调解工时",
        en="hours of an attempt at mediation",
        source=Text(zh="假定：两个人、谈两次并写材料", en="assumed: two people, two talks and the paper"),
    )
    attempts: int = number(
        2,
        low=1,
        high=10,
        unit=Text(zh="次", en="attempts"),
        zh="最多调解次数",
        en="attempts at most",
        source=Text(zh="假定：调解员再来一次", en="assumed: the mediator comes back once"),
    )
    takes_part: float = number(
        0.55,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.7),
        unit="0-1",
        zh="对方参加调解的机会",
        en="chance that the other side takes part",
        source="P14, S59a",
        certainty="seen",
    )
    takes_part_pressure: float = number(
        0.25,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.4),
        unit="0-1",
        zh="压力对参加的作用",
        en="what pressure on the provider adds to it",
        source=Text(
            zh="假定：压力至多推动四分之一，有的企业始终不来",
            en="assumed: pressure moves it by a quarter at most, so that some firms never come",
        ),
    )
    takes_part_authority: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="0-1",
        zh="党组织权威对参加的作用",
        en="what the Party organization's authority adds to it",
        source=Text(
            zh="假定：党组织请的人会来（1.2.1）", en="assumed: who is asked by the Party organization comes (1.2.1)"
        ),
    )
    takes_part_friction: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="0-1",
        zh="摩擦小对参加的作用",
        en="what the absence of friction adds to it",
        source=Text(zh="假定：低于压力的作用", en="assumed: less than pressure does"),
    )
    settles: float = number(
        0.78,
        low=0.0,
        high=1.0,
        explore=(0.65, 0.85),
        unit="0-1",
        zh="参加后调解成功的机会",
        en="chance that a mediated case settles",
        source=Text(zh="P14、S58：0.75，S59a：0.82", en="P14, S58: 0.75, S59a: 0.82"),
        certainty="seen",
    )
    settles_severity: float = number(
        0.2,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.4),
        unit="0-1",
        zh="严重程度对调解的作用",
        en="weight of severity for settling",
        source=Text(
            zh="假定：最重的办成率比一般低约十个百分点",
            en="assumed: the gravest settle some ten points less often than the usual",
        ),
    )
    settles_legacy: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="factor",
        zh="遗留问题调解的折扣",
        en="what is left of it for legacy problems",
        source="S90",
    )
    patience: int = number(
        12,
        low=2,
        high=104,
        explore=(6, 20),
        unit="weeks",
        zh="每一级最长等待",
        en="longest wait at a stage",
        source=Text(zh="假定：一个季度，过后无人再提", en="assumed: a quarter of a year, after which a case is forgotten"),
    )
    court: float = number(
        0.015,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.05),
        unit="0-1",
        zh="最后起诉的机会",
        en="chance that the household sues in the end",
        source=Text(
            zh="使诉讼中业主起诉的占 1–5%（S52、S54、V07）", en="set so that owners bring 1 to 5 % of suits (S52, S54, V07)"
        ),
    )
    court_weeks: int = number(
        11,
        low=4,
        high=60,
        unit="weeks",
        zh="诉讼周期",
        en="weeks of a suit",
        source=Text(zh="P14、L83：75 天", en="P14, L83: 75 days"),
        certainty="computed",
    )
    court_wins: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="0-1",
        zh="业主胜诉的机会",
        en="chance that the household wins",
        source=Text(zh="P14、S55：企业十案九胜", en="P14, S55: firms win nine in ten"),
        certainty="seen",
    )
    repairs: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.7),
        unit="0-1",
        zh="了结时真正修复的机会",
        en="chance that a settlement repairs the cause",
        source=Text(
            zh="假定：一半；法官反映有的调解没有解决问题（S5A）",
            en="assumed: half; judges complain of settlements that mend nothing (S5A)",
        ),
    )
    returns: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.7),
        unit="0-1",
        zh="未修复再次出现的机会",
        en="chance that an unrepaired case comes back",
        source=Text(
            zh="假定：一半在当周；没修好的会再来（S5A）",
            en="assumed: half within the week; what is not mended comes back (S5A)",
        ),
    )
    relief: float = number(
        0.45,
        low=0.0,
        high=2.0,
        explore=(0.25, 0.7),
        unit="0-1",
        zh="了结减轻的怨气",
        en="grievance that a settlement takes away",
        source=Text(zh="假定：与不满的大小一同标定", en="assumed: calibrated with the size of a grievance"),
    )
    dropped: float = number(
        0.21,
        low=0.0,
        high=2.0,
        explore=(0.1, 0.35),
        unit="0-1",
        zh="不了了之增加的怨气",
        en="grievance that a dropped case adds",
        source=Text(zh="假定：与不满的大小一同标定", en="assumed: calibrated with the size of a grievance"),
    )
    legacy_repair: float = number(
        0.012,
        low=0.0,
        high=0.2,
        explore=(0.005, 0.025),
        unit="share",
        zh="每次修复遗留问题减少的份额",
        en="part of the legacy that one repair removes",
        source=Text(zh="假定：历史遗留问题只有修好才减少（S47）", en="assumed: legacy decays by repair only (S47)"),
    )

    def rates(self, arrears: Any, payment: Any) -> np.ndarray:
        """Return the numbers that a week on the ladder takes, one row of `LADDER_RATES`.

        arrears: `Arrears`.  payment: the rates of `Payment`, of which those of satisfaction and trust move debtors.
        """
        numbers = {**payment._asdict(), **vars(arrears), **vars(self)}
        return np.array([tuple(numbers[name] for name in LADDER_RATES.names or ())], LADDER_RATES)


LADDER_RATES = np.dtype(
    [
        *(
            (name, np.float64)
            for name in (
                "desk_chance", "desk_base", "desk_quality", "desk_severity", "desk_legacy",
                "climb", "climb_severity", "climb_efficacy",
                "takes_part", "takes_part_pressure", "takes_part_authority", "takes_part_friction",
                "settles", "settles_severity", "settles_legacy", "court", "court_wins", "repairs", "returns",
                "demand", "asks_mediation", "discount", "bad_service", "offer_weight", "pays_when_sued",
            )
        ),
        *((name, np.int64) for name in ("desk_weeks", "attempts", "patience", "court_weeks", "demand_weeks")),
        *((name, np.float32) for name in ("satisfaction", "trust")),
    ]
)  # fmt: skip
