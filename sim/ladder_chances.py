"""The chances on the case ladder: that the desk settles, that a household goes on, that the other side comes and agrees."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arithmetic import exponential, logistic
from sim.cases import LEGACY, Cases
from sim.households import F8
from sim.mechanisms.arrears import Arrears
from sim.mechanisms.case_ladder import CaseLadder

if TYPE_CHECKING:
    from sim.ladder import Situation

USUAL_EFFICACY, USUAL_PRESSURE, USUAL_FRICTION, USUAL_SEVERITY = 0.45, 0.4, 0.5, 0.45


def desk_chance(about: CaseLadder, cases: Cases, at: "Situation") -> F8:
    """Return the chance that the desk settles each household's case, shape (m,)."""
    of_all = at.quality.mean(axis=1)[cases.estate]
    named = np.minimum(cases.matter, at.quality.shape[1] - 1)
    quality = np.where(cases.matter < LEGACY, at.quality[cases.estate, named], of_all)
    chance = about.desk_base + about.desk_quality * quality - about.desk_severity * cases.severity
    chance = about.desk_chance * at.diligence[cases.estate] * np.maximum(chance, 0.0)
    settles: F8 = np.minimum(np.where(cases.matter == LEGACY, about.desk_legacy * chance, chance), 1.0)
    return settles


def climb_chance(about: CaseLadder, severity: F8, efficacy: F8) -> F8:
    """Return the chance that a household takes its case further, shape (m,)."""
    logit = about.climb + about.climb_severity * severity + about.climb_efficacy * (efficacy - USUAL_EFFICACY)
    return logistic(logit.astype(np.float32)).astype(np.float64)


def attendance_chance(about: CaseLadder, cases: Cases, at: "Situation") -> F8:
    """Return the chance that the firm takes part in mediation of a household's case, shape (m,)."""
    more = about.takes_part_pressure * (at.pressure - USUAL_PRESSURE) + about.takes_part_authority * at.authority
    chance = about.takes_part + more + about.takes_part_friction * (USUAL_FRICTION - at.friction)
    return (np.clip(chance, 0.0, 1.0) * (at.diligence > 0))[cases.estate]


def agreement_chance(about: CaseLadder, cases: Cases, at: "Situation") -> F8:
    """Return the chance that a household's mediated case settles, shape (m,)."""
    chance = (about.settles - about.settles_severity * (cases.severity - USUAL_SEVERITY)) * at.ability
    return np.clip(np.where(cases.matter == LEGACY, about.settles_legacy * chance, chance), 0.0, 1.0)


def debtor_attends_chance(about: CaseLadder, cases: Cases, at: "Situation") -> F8:
    """Return the chance that a debtor takes part in mediation, shape (m,)."""
    asked = np.clip(about.takes_part + about.takes_part_authority * at.authority, 0.0, 1.0)
    return moved_odds(asked[cases.estate], at.readiness)


def offer_odds(arrears: Arrears, at: "Situation") -> F8:
    """Return the odds factor of what the firm lets off, shape (e,)."""
    return exponential((arrears.offer_weight * at.offer).astype(np.float32)).astype(np.float64)


def moved_odds(chance: Any, factor: F8) -> F8:
    """Return chances whose odds are multiplied by a factor.

    >>> float(moved_odds(0.5, np.array(3.0)))
    0.75
    """
    better = chance * factor
    moved: F8 = better / (1 - chance + better)
    return moved
