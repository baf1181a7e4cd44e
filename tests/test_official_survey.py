"""The official survey: who convenes it decides whose trust draws people to answer, and whether courtesy is paid."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.households import COMMITTEE, NOT_RESIDENT, PARTY, PROVIDER
from sim.mechanisms.official_survey import OfficialSurvey
from sim.outcome import outcomes

CONVENERS = {"residents_committee": COMMITTEE, "party_organization": PARTY, "provider": PROVIDER, "third_party": None}


@pytest.mark.parametrize("convener", CONVENERS)
def test_the_survey_is_the_expected_answer_of_those_who_come_for_this_convener(
    convener: str, scenario: Any, lived: Any
) -> None:
    community = lived(scenario(mechanisms={"official_survey": {"convener": convener}}, weeks=20))
    about, people = OfficialSurvey(), community.households
    content, row = people.experience.satisfaction.astype(float), CONVENERS[convener]
    trust = 0.5 if row is None else people.attitudes.held[row].astype(float)
    pull = about.readiness + about.trust_pull * (trust - 0.5) + about.content_pull * (content - 0.6)
    chance = 1 / (1 + np.exp(-(pull + about.elderly_pull * people.dwellings.elderly)))
    chance = chance * (people.dwellings.group != NOT_RESIDENT)
    expected = (chance * content).sum() / chance.sum() + (0.0 if row is None else about.courtesy / 100)

    found = outcomes()["official_satisfaction"].series(community.record)[-1] / 100
    assert found == pytest.approx(expected, abs=1e-3)


def test_who_convenes_moves_nothing_but_the_survey(scenario: Any, lived: Any, books: Any, differing: Any) -> None:
    usual = books(lived(scenario()))
    for convener in CONVENERS:
        other = books(lived(scenario(mechanisms={"official_survey": {"convener": convener}})))
        assert differing(usual, other) == ([] if convener == "residents_committee" else ["survey"])


def test_a_third_party_finds_less_than_any_other_convener() -> None:
    survey = OfficialSurvey()
    assert replace(survey, convener="third_party").kindness == 0 < survey.kindness == survey.courtesy / 100
    assert replace(survey, convener="third_party").rates().trust_pull == 0 < survey.rates().trust_pull
