"""Compiled twin of `sim.mechanisms.voice`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import PURPOSE_SHIFT, Purpose
from sim.households import EFFICACY, NOT_RESIDENT, OWNER_OCCUPIED, PROVIDER
from sim.kernels.elementary import draw_one, exponential, philox, unit

ISSUE = int(Purpose.ISSUE)
SEVERITY, ANSWER = (
    np.uint32(int(purpose) << PURPOSE_SHIFT) for purpose in (Purpose.SEVERITY, Purpose.ANSWER)
)
NOTHING, VOICED, WITHHELD, SILENT = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(3)
NOBODY, OWN = np.uint8(NOT_RESIDENT), np.uint8(OWNER_OCCUPIED)
ZERO, ONE = np.float32(0), np.float32(1)
USUAL_EFFICACY, USUAL_TRUST = np.float32(0.45), np.float32(0.5)


@njit(cache=True, nogil=True, error_model="numpy")
def _add_hazard(weight: Any, appeal: Any, hazard: Any) -> None:
    for i in range(hazard.size):
        hazard[i] += weight[i] * appeal


@njit(cache=True, nogil=True, error_model="numpy")
def _severity(number: Any, place: Any, week: Any, seed: Any) -> Any:
    a, b, c, d = philox(number | SEVERITY, week, place, seed)
    a, b, c, d = unit(a), unit(b), unit(c), unit(d)
    low, high, left, right = min(a, b), max(a, b), min(c, d), max(c, d)
    return min(max(low, left), min(high, right))


@njit(cache=True, nogil=True, error_model="numpy")
def _answer(i: Any, own: Any, severity: Any, choice: Any, attitudes: Any, r: Any) -> Any:
    efficacy = attitudes.held[EFFICACY, i] - USUAL_EFFICACY
    trust = attitudes.held[PROVIDER, i] - USUAL_TRUST
    speak = r.voice + r.voice_severity * severity + r.voice_efficacy * efficacy + r.voice_trust * trust
    keep = r.withhold + r.withhold_severity * severity - r.withhold_efficacy * efficacy
    speak, keep = exponential(speak), exponential(keep - r.withhold_trust * trust)
    keep = keep if own else ZERO
    point = choice * (ONE + speak + keep)
    if point < speak:
        return VOICED
    return WITHHELD if point < speak + keep else SILENT


@njit(cache=True, nogil=True, error_model="numpy")
def arise(
    first: Any, last: Any, layout: Any, dwellings: Any, experience: Any, attitudes: Any, paying: Any, trouble: Any, rates: Any,
    week: Any, seed: Any, reaction: Any,
) -> None:  # fmt: skip
    """Let issues arise in the estates first .. last - 1 and households answer."""
    largest = 0
    for estate in range(first, last):
        largest = max(largest, layout.start[estate + 1] - layout.start[estate])
    scratch = np.empty((2, largest), np.float32)
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        hazard, drawn = scratch[0, : b - a], scratch[1, : b - a]
        hazard[:] = trouble.legacy[estate]
        for k in range(trouble.appeal.shape[1]):
            _add_hazard(experience.weight[k, a:b], trouble.appeal[estate, k], hazard)
        draw_one(dwellings.number[a:b], ISSUE, layout.place[estate], week, seed, drawn)
        for i in range(a, b):
            reaction[i] = NOTHING
            if paying.withholding[i] > 0:
                paying.withholding[i] -= np.uint8(1)
            if drawn[i - a] < hazard[i - a] and dwellings.group[i] != NOBODY:
                severity = _severity(
                    dwellings.number[i], layout.place[estate], np.uint32(week), np.uint32(seed)
                )
                word, _, _, _ = philox(
                    dwellings.number[i] | ANSWER, np.uint32(week), layout.place[estate], np.uint32(seed)
                )
                answer = _answer(i, dwellings.tenure[i] == OWN, severity, unit(word), attitudes, rates)
                reaction[i] = answer
                left = (rates.grievance + rates.silence if answer == SILENT else rates.grievance) * severity
                experience.grievance[i] = min(experience.grievance[i] + left, ONE)
                if answer == WITHHELD:
                    paying.withholding[i] = rates.withhold_weeks


@njit(cache=True, nogil=True, error_model="numpy")
def describe(
    who: Any, estate: Any, layout: Any, dwellings: Any, experience: Any, trouble: Any, week: Any, seed: Any, severity: Any,
    matter: Any,
) -> None:  # fmt: skip
    """Write the severity and the matter of issues that arose this week."""
    matters = trouble.appeal.shape[1]
    for item in range(who.size):
        i, e = who[item], estate[item]
        number, place = dwellings.number[i], layout.place[e]
        severity[item] = _severity(number, place, np.uint32(week), np.uint32(seed))
        _, word, _, _ = philox(number | ANSWER, np.uint32(week), place, np.uint32(seed))
        total = trouble.legacy[e]
        for k in range(matters):
            total += experience.weight[k, i] * trouble.appeal[e, k]
        left, found = unit(word) * total, matters
        for k in range(matters):
            part = experience.weight[k, i] * trouble.appeal[e, k]
            if left < part:
                found = k
                break
            left -= part
        matter[item] = found
