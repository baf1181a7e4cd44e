"""Official satisfaction (M2): what a survey measures depends on who holds it and who answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from sim.arithmetic import fine, logistic
from sim.households import COMMITTEE, I8, NOT_RESIDENT, PARTY, PROVIDER, Living
from sim.parts import number, part
from sim.texts import Text

CONVENERS: Mapping[str, int] = MappingProxyType(
    {"residents_committee": COMMITTEE, "party_organization": PARTY, "provider": PROVIDER}
)
POINTS = 100.0


@part("mechanism")
@dataclass(frozen=True)
class OfficialSurvey:
    """A review or survey that whoever wants to may answer, held by a body that people trust more or less.

    A resident household answers with chance `logistic(readiness + trust_pull (trust in the convener - 0.5) + elderly_pull x
    elderly + content_pull (S - 0.6))`; the survey is the expected answer, plus `courtesy`: administrative scores lie some 20
    points above independent surveys (S44).  Who convenes it decides whose trust counts; a third party is nobody's friend:
    there neither trust nor courtesy plays.
    """

    label = Text(zh="官方满意度测评", en="official survey of satisfaction")

    convener: str = number(
        "residents_committee",
        choices=("residents_committee", "party_organization", "provider", "third_party"),
        unit=Text(zh="组织", en="body"),
        zh="测评由谁组织",
        en="who convenes the survey",
        source=Text(
            zh="假定：通常由居委会组织；独立机构做的分数低得多（S44）",
            en="assumed: usually the residents' committee; independent bodies find far lower scores (S44)",
        ),
    )
    readiness: float = number(
        -2.0,
        low=-6.0,
        high=6.0,
        explore=(-3.0, 0.0),
        unit="logits",
        zh="一般住户的作答意愿",
        en="readiness of an ordinary household to answer",
        source=Text(zh="假定：约八户中一户作答", en="assumed: about one household in eight answers"),
    )
    trust_pull: float = number(
        2.4,
        low=0.0,
        high=8.0,
        explore=(0.0, 4.0),
        unit="logits",
        zh="信任组织者者更愿作答",
        en="pull of trust in the convener",
        source=Text(zh="假定：信任召集人的人会来", en="assumed: those who trust the convener come"),
    )
    elderly_pull: float = number(
        0.5,
        low=0.0,
        high=3.0,
        explore=(0.0, 1.0),
        unit="logits",
        zh="老年户更愿作答",
        en="pull of old age",
        source=Text(zh="S31：参与随年龄明显上升", en="S31: taking part rises steeply with age"),
    )
    content_pull: float = number(
        2.0,
        low=0.0,
        high=8.0,
        explore=(0.0, 4.0),
        unit="logits",
        zh="满意者更愿作答",
        en="pull of being content",
        source=Text(zh="假定：满意的人更爱答居委会的调查", en="assumed: the content answer the committee's survey"),
    )
    courtesy: float = number(
        8.0,
        low=0.0,
        high=30.0,
        explore=(0.0, 15.0),
        unit="points",
        zh="当面作答的客气分",
        en="points added out of courtesy",
        source=Text(zh="假定：S44 中 20 分的一部分", en="assumed: part of the 20 points of S44"),
    )

    @property
    def trusted(self) -> int:
        """Return the row of `ATTITUDES` that holds trust in the convener; any, where there is no pull of trust."""
        return CONVENERS.get(self.convener, COMMITTEE)

    @property
    def kindness(self) -> float:
        """Return what courtesy adds, 0-1."""
        return self.courtesy / POINTS if self.convener in CONVENERS else 0.0

    def rates(self) -> "SurveyRates":
        """Return the numbers that the survey takes, in single precision."""
        pull = self.trust_pull if self.convener in CONVENERS else 0.0
        return SurveyRates(*map(np.float32, (self.readiness, pull, self.elderly_pull, self.content_pull)))


class SurveyRates(NamedTuple):
    """Numbers of the survey: see `OfficialSurvey`."""

    readiness: np.float32
    trust_pull: np.float32
    elderly_pull: np.float32
    content_pull: np.float32


TRUST_MIDDLE, CONTENT_MIDDLE = np.float32(0.5), np.float32(0.6)


def survey(first: int, last: int, living: Living, convener: int, out: I8) -> None:
    """Sum the chances of answering a survey and the satisfaction that they weigh, by estate.

    convener: index of `ATTITUDES` of trust in the body that holds it.
    out: shape (e, 2), whole numbers of 2**-14; overwritten.
    """
    people, rates = living.people, living.rates.official_survey
    dwellings, trust = people.dwellings, people.attitudes.held[convener]
    for estate in range(first, last):
        rows = people.rows(estate)
        content = people.experience.satisfaction[rows]
        pull = (
            rates.readiness
            + rates.trust_pull * (trust[rows] - TRUST_MIDDLE)
            + rates.content_pull * (content - CONTENT_MIDDLE)
        )
        weight = logistic(pull + rates.elderly_pull * dwellings.elderly[rows].astype(np.float32))
        weight = np.where(dwellings.group[rows] == NOT_RESIDENT, np.float32(0), weight)
        out[estate] = fine(weight).sum(dtype=np.int64), fine(weight * content).sum(dtype=np.int64)
