"""Arrears (M4, M5): the firm demands what is owed, and sues, in campaigns by estate."""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text

SUIT_ENDS = ("withdrawn", "judged", "mediated")


@part("mechanism")
@dataclass(frozen=True)
class Arrears:
    """Once a quarter the firm demands payment of those who owe for long; now and then it goes after a batch of them.

    A claim to arrears runs the case ladder with the firm as claimant.  Its desk is the demand: after the time that a demand
    gives, the debtor has paid or not.  Of those who have not the firm goes after a batch when it is on a campaign, in one
    estate at a time: that is how the courts see them (S52).  A claim goes to the residents' committee, where it waits among
    the households' cases, or straight to court; what mediation does not settle goes on to the joint meeting or to court.
    A debtor yields the sooner, the more content it is and the more it trusts the firm: its odds at every step are those of
    a middling debtor times `exp(satisfaction (S - 0.62) / 0.2 + trust (T - 0.5) / 0.2)`, weights as for a month's bill (M5).
    Where service is worse than the contract says, the firm lets off a part, up to `discount`; who pays less is copied by
    those who know of it (S5A).
    """

    label = Text(zh="欠费催缴与诉讼", en="arrears, demands and suits")

    long_months: int = number(
        6,
        low=1,
        high=60,
        unit="months",
        zh="视为长期欠费的月数",
        en="months after which arrears count as long",
        source=Text(
            zh="假定：半年；法律只要求合理期限（L54）", en="assumed: half a year; the law asks for a reasonable time (L54)"
        ),
    )
    demand: float = number(
        0.14,
        low=0.0,
        high=1.0,
        explore=(0.07, 0.25),
        unit="share",
        zh="催缴后缴清的机会",
        en="chance that a middling debtor pays up on a demand",
        source=Text(
            zh="假定：七个欠费户一个，不满的十二个一个；多数继续拖欠（L54、L85）",
            en="assumed: one debtor in seven, one in twelve of the discontented; most go on owing (L54, L85)",
        ),
    )
    demand_weeks: int = number(
        4,
        low=1,
        high=26,
        unit="weeks",
        zh="催缴期限",
        en="weeks that a demand gives",
        source=Text(zh="L54、L85：合理期限，默认 30 天", en="L54, L85: a reasonable time, 30 days by default"),
        certainty="computed",
    )
    demand_habit: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="share",
        zh="催缴对习惯的作用",
        en="what paying up on a demand does to the habit",
        source=Text(zh="假定：起诉作用（sued_habit）的三分之一", en="assumed: a third of what a suit does (sued_habit)"),
    )
    campaign: float = number(
        0.02,
        low=0.0,
        high=1.0,
        explore=(0.01, 0.1),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="集中追缴的基础概率",
        en="base chance that the firm goes after a batch",
        source=Text(
            zh="假定：与下一个数一起，每小区每年约 0.25 次",
            en="assumed: with the next, about 0.25 campaigns an estate and year",
        ),
    )
    campaign_collection: float = number(
        0.2,
        low=0.0,
        high=3.0,
        explore=(0.1, 0.6),
        unit="factor",
        zh="收缴率低对追缴的作用",
        en="weight of a low collection rate",
        source=Text(
            zh="假定：只收到一半的地方，企业追缴频率为四倍",
            en="assumed: where half is collected a firm does so four times as often",
        ),
    )
    usual_collection: float = number(
        0.85,
        low=0.0,
        high=1.0,
        unit="share",
        zh="追缴参照的收缴率",
        en="collection rate at which it adds nothing",
        source="P06",
    )
    batch: int = number(
        40,
        low=1,
        high=1000,
        explore=(20, 120),
        unit="households",
        zh="一批追缴户数",
        en="households in one batch",
        source=Text(zh="S52：单个小区数年间 97 至 186 起诉讼", en="S52: 97 to 186 suits from single estates over years"),
        certainty="seen",
    )
    discount: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share",
        zh="服务差时最多减免的比例",
        en="most that is let off where service is bad",
        source=Text(zh="S53：服务差，按账单的 70%", en="S53: bad service, 70 % of the bill"),
        certainty="seen",
    )
    bad_service: float = number(
        0.15,
        low=0.01,
        high=1.0,
        explore=(0.05, 0.3),
        unit="quality 0-1",
        zh="减免到顶的服务差距",
        en="shortfall of quality at which all of it is let off",
        source=Text(
            zh="假定：低于合同的程度为无人管理小区的一半；其间按比例",
            en="assumed: half as far below the contract as an untended estate; in between in proportion",
        ),
    )
    offer_weight: float = number(
        2.0,
        low=0.0,
        high=10.0,
        explore=(0.0, 4.0),
        unit="logits",
        zh="减免对同意的作用",
        en="weight of what is let off for agreeing",
        source=Text(
            zh="假定：最大减免的分量相当于满意度 20 分（T40 给出方向）",
            en="assumed: the full discount weighs as much as 20 points of satisfaction (T40 gives the direction)",
        ),
    )
    asks_mediation: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.7),
        unit="share",
        zh="先请居委会调解的比例",
        en="share that the firm takes to the residents' committee first",
        source=Text(
            zh="假定：调解自愿，起诉只需先催缴（L54、L80）",
            en="assumed: mediation is voluntary and a demand is all that a suit needs (L54, L80)",
        ),
    )
    pays_when_sued: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.35, 0.65),
        unit="0-1",
        zh="被诉后缴清的机会",
        en="chance that a middling debtor pays up once sued",
        source=Text(
            zh="使撤诉占比与 S54（40.9%）大致相同", en="set so that about as many suits are withdrawn as in S54 (40.9 %)"
        ),
    )
    imitation: float = number(
        0.67,
        low=0.0,
        high=3.0,
        explore=(0.0, 1.5),
        unit="factor",
        zh="减免被邻居效仿的程度",
        en="part of what is let off that those who know of it take from their own habit",
        source=Text(
            zh="假定：按最大减免，按时缴费者减 0.3 logit；S5A 给出方向",
            en="assumed: at the full discount a habitual payer loses 0.3 logits; S5A gives the direction",
        ),
    )
    sued_habit: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.7),
        unit="share",
        zh="被诉对习惯的作用",
        en="what a suit does to the habit",
        source=Text(
            zh="假定：朝缴费走一半的路；强制能提高缴费（S55）",
            en="assumed: half of the way to paying; coercion raises payment (S55)",
        ),
    )
    sued_trust: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share",
        zh="被诉失去的信任",
        en="share of trust in the firm that a suit costs",
        source=Text(zh="P15、S55：只知方向", en="P15, S55: direction only"),
        certainty="seen",
    )
    threat: float = number(
        1.6,
        low=0.0,
        high=6.0,
        explore=(0.5, 3.0),
        unit="logits",
        zh="起诉的威慑",
        en="weight of the chance of being sued",
        source=Text(zh="假定：形式依 T17，大小依 A08", en="assumed: the form after T17, the size after A08"),
    )
