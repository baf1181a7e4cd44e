"""The chances on the case ladder: that the desk settles, that a household goes on, that the other side comes and agrees.

`rates` is everywhere a row of `sim.mechanisms.case_ladder.LADDER_RATES`.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arithmetic import exponential, logistic
from sim.cases import LEGACY, Cases
from sim.households import EFFICACY, F8, I8, PROVIDER, VACANT
from sim.mechanisms.payment import MIDDLE, USUAL

if TYPE_CHECKING:
    from sim.ladder import Parties, Situation

USUAL_EFFICACY, USUAL_PRESSURE, USUAL_FRICTION, USUAL_SEVERITY = 0.45, 0.4, 0.5, 0.45


def desk_chance(rates: Any, cases: Cases, at: "Situation") -> F8:
    """Return the chance that the desk settles each household's case, shape (m,)."""
    of_all = at.quality.mean(axis=1)[cases.estate]
    named = np.minimum(cases.matter, at.quality.shape[1] - 1)
    quality = np.where(cases.matter < LEGACY, at.quality[cases.estate, named], of_all)
    chance = rates.desk_base + rates.desk_quality * quality - rates.desk_severity * cases.severity
    chance = rates.desk_chance * at.estates["diligence"][cases.estate] * np.maximum(chance, 0.0)
    settles: F8 = np.minimum(np.where(cases.matter == LEGACY, rates.desk_legacy * chance, chance), 1.0)
    return settles


def climb_chance(rates: Any, cases: Cases, whom: "Parties") -> F8:
    """Return the chance that a household takes its case further, shape (m,)."""
    efficacy = whom.held[EFFICACY, cases.who].astype(np.float64)
    logit = rates.climb + rates.climb_severity * cases.severity + rates.climb_efficacy * (efficacy - USUAL_EFFICACY)
    return logistic(logit.astype(np.float32)).astype(np.float64)


def attendance_chance(rates: Any, cases: Cases, at: "Situation") -> F8:
    """Return the chance that the firm takes part in mediation of a household's case, shape (m,)."""
    more = (
        rates.takes_part_pressure * (at.estates["pressure"] - USUAL_PRESSURE)
        + rates.takes_part_authority * at.estates["authority"]
    )
    chance = rates.takes_part + more + rates.takes_part_friction * (USUAL_FRICTION - at.estates["friction"])
    comes: F8 = (np.clip(chance, 0.0, 1.0) * (at.estates["diligence"] > 0))[cases.estate]
    return comes


def agreement_chance(rates: Any, cases: Cases, at: "Situation") -> F8:
    """Return the chance that a household's mediated case settles, shape (m,)."""
    chance = (rates.settles - rates.settles_severity * (cases.severity - USUAL_SEVERITY)) * at.ability
    agrees: F8 = np.clip(np.where(cases.matter == LEGACY, rates.settles_legacy * chance, chance), 0.0, 1.0)
    return agrees


def debtor_attends_chance(rates: Any, cases: Cases, at: "Situation", readiness: F8) -> F8:
    """Return the chance that a debtor takes part in mediation, shape (m,)."""
    asked = np.clip(rates.takes_part + rates.takes_part_authority * at.estates["authority"], 0.0, 1.0)
    return moved_odds(asked[cases.estate], readiness)


def readiness_of(rates: Any, who: I8, whom: "Parties") -> F8:
    """Return the odds factor by which debtors yield more or less easily than a middling one, shape (m,)."""
    lived = np.where(whom.tenure[who] == VACANT, np.float32(0), whom.satisfaction[who] - USUAL)
    will = rates.satisfaction * lived + rates.trust * (whom.held[PROVIDER, who] - MIDDLE)
    return exponential(will).astype(np.float64)


def offers(rates: Any, at: "Situation") -> F8:
    """Return the share of arrears that each firm lets off, shape (e,): the worse the service, the more, up to the discount.

    Service is as bad as its mean shortfall against the contract; matters that are better make up for nothing.
    """
    short = np.maximum(at.standard - at.quality, 0.0).mean(axis=1)
    offered: F8 = rates.discount * np.minimum(1.0, short / rates.bad_service)
    return offered


def offer_odds(rates: Any, let_off: F8) -> F8:
    """Return the odds factor of what the firm lets off, shape (e,)."""
    return exponential((rates.offer_weight * let_off).astype(np.float32)).astype(np.float64)


def moved_odds(chance: Any, factor: F8) -> F8:
    """Return chances whose odds are multiplied by a factor.

    >>> float(moved_odds(0.5, np.array(3.0)))
    0.75
    """
    better = chance * factor
    moved: F8 = better / (1 - chance + better)
    return moved
