"""Official satisfaction (M2): what a survey measures depends on who holds it and who answers."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.arithmetic import fine, logistic
from sim.households import COMMITTEE, I8, NOT_RESIDENT, Living
from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class OfficialSurvey:
    """A review or survey that whoever wants to may answer, held by a body that people trust more or less.

    A resident household answers with chance `logistic(readiness + trust_pull (trust in the convener - 0.5) + elderly_pull x
    elderly + content_pull (S - 0.6))`; the survey is the expected answer, plus `courtesy`: administrative scores lie some 20
    points above independent surveys (S44).
    """

    label = Text(zh="官方满意度测评", en="official survey of satisfaction")

    readiness: float = number(
        -2.0,
        low=-6.0,
        high=6.0,
        explore=(-3.0, 0.0),
        unit="logits",
        zh="一般住户的作答意愿",
        en="readiness of an ordinary household to answer",
        source="assumed: about one household in eight answers",
    )
    trust_pull: float = number(
        2.4,
        low=0.0,
        high=8.0,
        explore=(0.0, 4.0),
        unit="logits",
        zh="信任组织者者更愿作答",
        en="pull of trust in the convener",
        source="assumed: those who trust the convener come",
    )
    elderly_pull: float = number(
        0.5,
        low=0.0,
        high=3.0,
        explore=(0.0, 1.0),
        unit="logits",
        zh="老年户更愿作答",
        en="pull of old age",
        source="S31: taking part rises steeply with age",
    )
    content_pull: float = number(
        2.0,
        low=0.0,
        high=8.0,
        explore=(0.0, 4.0),
        unit="logits",
        zh="满意者更愿作答",
        en="pull of being content",
        source="assumed: the content answer the committee's survey",
    )
    courtesy: float = number(
        8.0,
        low=0.0,
        high=30.0,
        explore=(0.0, 15.0),
        unit="points",
        zh="当面作答的客气分",
        en="points added out of courtesy",
        source="assumed: part of the 20 points of S44",
    )

    def rates(self) -> "SurveyRates":
        """Return the numbers that the survey takes, in single precision."""
        return SurveyRates(*map(np.float32, (self.readiness, self.trust_pull, self.elderly_pull, self.content_pull)))


class SurveyRates(NamedTuple):
    """Numbers of the survey: see `OfficialSurvey`."""

    readiness: np.float32
    trust_pull: np.float32
    elderly_pull: np.float32
    content_pull: np.float32


TRUST_MIDDLE, CONTENT_MIDDLE = np.float32(0.5), np.float32(0.6)


def survey(first: int, last: int, living: Living, out: I8) -> None:
    """Sum the chances of answering the residents' committee's survey and the satisfaction that they weigh, by estate.

    out: shape (e, 2), whole numbers of 2**-14; overwritten.
    """
    people, rates = living.people, living.rates.official_survey
    dwellings, trust = people.dwellings, people.attitudes.held[COMMITTEE]
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
