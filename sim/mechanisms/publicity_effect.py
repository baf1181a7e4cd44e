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
        source=Text(
            zh="假定：告示、会议和群消息触及不到一半的人", en="assumed: notices, meetings and groups reach fewer than half"
        ),
    )
    gain: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.04, 0.2),
        unit="share",
        zh="宣传提升有偿服务意识",
        en="what a campaign of full intensity adds to awareness",
        source=Text(
            zh="假定：每季宣传一次，一年使触及者走完三分之一的路（T14）",
            en="assumed: a year of quarterly campaigns takes a third of the way for those reached (T14)",
        ),
    )
    backfire: float = number(
        0.08,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="share",
        zh="宣传引起反感",
        en="what it takes where service is felt to be bad",
        source=Text(
            zh="假定：略低于其增益；劝缴可能适得其反（T19）",
            en="assumed: a little less than what it adds; being told to pay can backfire (T19)",
        ),
    )
    backfires_below: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.6),
        unit="0-1",
        zh="引起反感的满意度门槛",
        en="satisfaction below which it backfires",
        source=Text(
            zh="假定：满意不到一半的人反感劝缴", en="assumed: who is less than half content resents being told to pay"
        ),
    )
    hours: float = number(
        6.0,
        low=0.0,
        high=80.0,
        explore=(2.0, 12.0),
        unit="hours",
        zh="一次宣传的工时",
        en="hours of a campaign of full intensity",
        source=Text(
            zh="假定：准备、张贴和一个下午的现场活动", en="assumed: preparing, posting and an afternoon on the square"
        ),
    )
