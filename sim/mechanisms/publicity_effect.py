"""What publicity does to awareness of paid service (M17, first form)."""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class PublicityEffect:
    """A campaign raises awareness among those it reaches who are content enough; among the others it backfires (T14, T19).

    What it moved fades as attitudes drift back.  It takes hours of the residents' committee.
    """

    label = Text(zh="宣传的作用", en="effect of publicity")

    reach: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share of households",
        zh="一次宣传的覆盖面",
        en="share of households that a campaign reaches",
        source="assumed: notices, meetings and groups reach fewer than half",
    )
    gain: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.04, 0.2),
        unit="share",
        zh="宣传提升有偿服务意识",
        en="what a campaign of full intensity adds to awareness",
        source="assumed: a year of quarterly campaigns takes a third of the way for those reached (T14)",
    )
    backfire: float = number(
        0.08,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="share",
        zh="宣传引起反感",
        en="what it takes where service is felt to be bad",
        source="assumed: a little less than what it adds; being told to pay can backfire (T19)",
    )
    backfires_below: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.6),
        unit="0-1",
        zh="引起反感的满意度门槛",
        en="satisfaction below which it backfires",
        source="assumed: who is less than half content resents being told to pay",
    )
    hours: float = number(
        6.0,
        low=0.0,
        high=80.0,
        explore=(2.0, 12.0),
        unit="hours",
        zh="一次宣传的工时",
        en="hours of a campaign of full intensity",
        source="assumed: preparing, posting and an afternoon on the square",
    )
