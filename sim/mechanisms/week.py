"""A household's ordinary week: it sees the service (M2), talks with neighbours (M8) and meets with issues (M3).

Nothing that institutions do comes between the three, so they are gone through estate by estate while its households are at
hand.  They share one block of chance a household and week, of which each takes one uniform.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.chance import Purpose, uniforms
from sim.households import F4, I8, U1, Living
from sim.mechanisms.influence import InfluenceRates, talk
from sim.mechanisms.official_survey import SurveyRates
from sim.mechanisms.payment import PaymentRates
from sim.mechanisms.satisfaction import SatisfactionRates, perceive, tally
from sim.mechanisms.voice import Trouble, VoiceRates, arise


class Rates(NamedTuple):
    """Numbers of the mechanisms that households live by, in single precision."""

    satisfaction: SatisfactionRates
    influence: InfluenceRates
    voice: VoiceRates
    payment: PaymentRates
    official_survey: SurveyRates


def rates_of(mechanisms: Mapping[str, Any]) -> Rates:
    """Return the numbers of all mechanisms by their names; owners see the threat that suits are."""
    payment = mechanisms["payment"].rates(mechanisms["arrears"].threat)
    return Rates(**{name: mechanisms[name].rates() for name in Rates._fields if name != "payment"}, payment=payment)


def hold(living: Living) -> Living:
    """Return what the verbs of this engine take: the arrays themselves."""
    return living


def live(
    first: int, last: int, living: Living, quality: F4, sore: F4, trouble: Trouble, week: int, seed: int, reaction: U1,
    sums: I8,
) -> None:  # fmt: skip
    """Let households live through a week, in place.

    quality: shape (e, k), 0-1.  sore: shape (e,); grievance over what the developer left, 0-1.  reaction: shape (n,); what
    each answered to an issue: see `sim.mechanisms.voice`; sums: shape (e, groups); summed satisfaction, whole numbers of
    2**-14; both overwritten.
    """
    people, rates = living
    for estate in range(first, last):
        rows, place = people.rows(estate), people.layout.place[estate]
        span = (rows.start, rows.stop)
        seeing, talking, striking, _ = uniforms(people.dwellings.number[rows], Purpose.EVERYDAY, place, week, seed)
        perceive(*span, people.experience, quality[estate], sore[estate], seeing, rates.satisfaction)
        talk(estate, *span, people.opinion, people.ties, talking, rates.influence)
        appeal, legacy = trouble.appeal[estate], trouble.legacy[estate]
        arise(*span, place, people, appeal, legacy, striking, rates.voice, week, seed, reaction)
        tally(people.dwellings.group[rows], people.experience.satisfaction[rows], sums[estate])
