"""Compiled twin of `sim.mechanisms.voice`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import PURPOSE_SHIFT, Purpose
from sim.households import EFFICACY, NOT_RESIDENT, OWNER_OCCUPIED, PROVIDER
from sim.kernels.elementary import draw_one, exponential, philox, unit

ISSUE = int(Purpose.ISSUE)
SEVERITY, ANSWER = (np.uint32(int(purpose) << PURPOSE_SHIFT) for purpose in (Purpose.SEVERITY, Purpose.ANSWER))
A_WEEK = np.uint8(1)
# Weights sum to one but for rounding: no hazard exceeds that of caring for the most appealing matter alone.
MARGIN = np.float32(1.001)
NOTHING, VOICED, WITHHELD, SILENT = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(3)
NOBODY, OWN = np.uint8(NOT_RESIDENT), np.uint8(OWNER_OCCUPIED)
ZERO, ONE = np.float32(0), np.float32(1)
USUAL_EFFICACY, USUAL_TRUST = np.float32(0.45), np.float32(0.5)


@njit(cache=True, nogil=True, error_model="numpy")
def _hazard(i: Any, whom: Any, legacy: Any, appeal: Any) -> Any:
    hazard = legacy
    for k in range(appeal.size):
        hazard += whom.weight[k, i] * appeal[k]
    return hazard


@njit(cache=True, nogil=True, error_model="numpy")
def _severity(number: Any, place: Any, week: Any, seed: Any) -> Any:
    a, b, c, d = philox(number | SEVERITY, week, place, seed)
    a, b, c, d = unit(a), unit(b), unit(c), unit(d)
    low, high, left, right = min(a, b), max(a, b), min(c, d), max(c, d)
    return min(max(low, left), min(high, right))


@njit(cache=True, nogil=True, error_model="numpy")
def _answer(i: Any, whom: Any, severity: Any, choice: Any, r: Any) -> Any:
    efficacy = whom.held[EFFICACY, i] - USUAL_EFFICACY
    trust = whom.held[PROVIDER, i] - USUAL_TRUST
    speak = r.voice + r.voice_severity * severity + r.voice_efficacy * efficacy + r.voice_trust * trust
    keep = r.withhold + r.withhold_severity * severity - r.withhold_efficacy * efficacy
    speak, keep = exponential(speak), exponential(keep - r.withhold_trust * trust)
    keep = keep if whom.tenure[i] == OWN else ZERO
    point = choice * (ONE + speak + keep)
    if point < speak:
        return VOICED
    return WITHHELD if point < speak + keep else SILENT


@njit(cache=True, nogil=True, error_model="numpy")
def _strike(i: Any, whom: Any, place: Any, r: Any, week: Any, seed: Any) -> Any:
    severity = _severity(whom.number[i], place, week, seed)
    word, _, _, _ = philox(whom.number[i] | ANSWER, week, place, seed)
    answer = _answer(i, whom, severity, unit(word), r)
    left = (r.grievance + r.silence if answer == SILENT else r.grievance) * severity
    whom.grievance[i] = min(whom.grievance[i] + left, ONE)
    if answer == WITHHELD:
        whom.withholding[i] = r.withhold_weeks
    return answer


@njit(cache=True, nogil=True, error_model="numpy")
def _let_a_week_pass(withholding: Any, reaction: Any) -> None:
    for i in range(withholding.size):
        reaction[i] = NOTHING
        withholding[i] = max(withholding[i], A_WEEK) - A_WEEK


@njit(cache=True, nogil=True, error_model="numpy")
def arise(
    first: Any, last: Any, layout: Any, whom: Any, trouble: Any, rates: Any, week: Any, seed: Any, reaction: Any
) -> None:  # fmt: skip
    """Let issues arise in the estates first .. last - 1 and households answer."""
    largest = 0
    for estate in range(first, last):
        largest = max(largest, layout.start[estate + 1] - layout.start[estate])
    scratch = np.empty(largest, np.float32)
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        legacy, appeal, drawn = trouble.legacy[estate], trouble.appeal[estate], scratch[: b - a]
        most = (legacy + appeal.max()) * MARGIN
        draw_one(whom.number[a:b], ISSUE, layout.place[estate], week, seed, drawn)
        _let_a_week_pass(whom.withholding[a:b], reaction[a:b])
        for i in range(a, b):
            if drawn[i - a] >= most or whom.group[i] == NOBODY:
                continue
            if drawn[i - a] < _hazard(i, whom, legacy, appeal):
                reaction[i] = _strike(i, whom, layout.place[estate], rates, np.uint32(week), np.uint32(seed))


@njit(cache=True, nogil=True, error_model="numpy")
def describe(
    who: Any, estate: Any, layout: Any, whom: Any, trouble: Any, week: Any, seed: Any, severity: Any, matter: Any
) -> None:  # fmt: skip
    """Write the severity and the matter of issues that arose this week."""
    matters = trouble.appeal.shape[1]
    for item in range(who.size):
        i, e = who[item], estate[item]
        number, place = whom.number[i], layout.place[e]
        severity[item] = _severity(number, place, np.uint32(week), np.uint32(seed))
        _, word, _, _ = philox(number | ANSWER, np.uint32(week), place, np.uint32(seed))
        left, found = unit(word) * _hazard(i, whom, trouble.legacy[e], trouble.appeal[e]), matters
        for k in range(matters):
            part = whom.weight[k, i] * trouble.appeal[e, k]
            if left < part:
                found = k
                break
            left -= part
        matter[item] = found
