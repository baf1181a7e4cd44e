"""Arrears (M4, M5): the firm demands what is owed, and sues, in campaigns by estate."""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text

FATES = ("withdrawn", "judged", "mediated")


@part("mechanism")
@dataclass(frozen=True)
class Arrears:
    """Once a quarter the firm demands payment of those who owe for long; some pay up.  Now and then it sues a batch.

    Suits come in campaigns of one estate, not one by one: that is how the courts see them (S52).  A suit ends withdrawn
    (paid up), judged, or mediated with a discount (S54); those sued pay more regularly afterwards and trust the firm less
    (S55), and their neighbours hear of it.  What is sued for raises everybody's readiness to pay a little.
    """

    label = Text(zh="欠费催缴与诉讼", en="arrears, demands and suits")

    long_months: int = number(
        6,
        low=1,
        high=60,
        unit="months",
        zh="视为长期欠费的月数",
        en="months after which arrears count as long",
        source="assumed: half a year; the law asks for a reasonable time (L54)",
    )
    demand: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.2),
        unit="share",
        zh="催缴后缴清的比例",
        en="share that pays up on a demand",
        source="assumed: one debtor in eight pays up, so that most go on owing (L54, L85)",
    )
    demand_habit: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="share",
        zh="催缴对习惯的作用",
        en="what paying up on a demand does to the habit",
        source="assumed: a third of what a suit does (sued_habit)",
    )
    campaign: float = number(
        0.03,
        low=0.0,
        high=1.0,
        explore=(0.02, 0.1),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="集中起诉的基础概率",
        en="base chance of a campaign of suits",
        source="assumed: about 0.25 campaigns an estate and year",
    )
    campaign_collection: float = number(
        0.2,
        low=0.0,
        high=3.0,
        explore=(0.1, 0.6),
        unit="factor",
        zh="收缴率低对起诉的作用",
        en="weight of a low collection rate",
        source="assumed: where half is collected a firm sues more than twice as often",
    )
    usual_collection: float = number(
        0.85,
        low=0.0,
        high=1.0,
        unit="share",
        zh="起诉参照的收缴率",
        en="collection rate at which it adds nothing",
        source="P06",
    )
    batch: int = number(
        40,
        low=1,
        high=1000,
        explore=(20, 120),
        unit="households",
        zh="一批起诉户数",
        en="suits in one campaign",
        source="S52: 97 to 186 suits from single estates over years",
        certainty="seen",
    )
    suit_weeks: int = number(
        11,
        low=4,
        high=60,
        unit="weeks",
        zh="诉讼周期",
        en="weeks of a suit",
        source="P14, L83: 75 days",
        certainty="computed",
    )
    withdrawn: float = number(
        0.41,
        low=0.0,
        high=1.0,
        unit="share",
        zh="撤诉比例",
        en="share withdrawn",
        source="S54: 40.9 %",
        certainty="seen",
    )
    judged: float = number(
        0.43,
        low=0.0,
        high=1.0,
        unit="share",
        zh="判决比例",
        en="share judged",
        source="S54: 42.9 %",
        certainty="seen",
    )
    discount: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share",
        zh="调解打折",
        en="discount of a mediated suit",
        source="S53: 70 % of the bill",
        certainty="seen",
    )
    sued_habit: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.7),
        unit="share",
        zh="被诉对习惯的作用",
        en="what a suit does to the habit",
        source="assumed: half of the way to paying; coercion raises payment (S55)",
    )
    sued_trust: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share",
        zh="被诉失去的信任",
        en="share of trust in the firm that a suit costs",
        source="P15, S55: direction only",
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
        source="assumed: the form after T17, the size after A08",
    )
