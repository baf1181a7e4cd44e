"""Compiled twin of `sim.mechanisms.voice`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import PURPOSE_SHIFT, Purpose
from sim.households import EFFICACY, NOT_RESIDENT, OWNER_OCCUPIED, PROVIDER
from sim.kernels.elementary import exponential, philox, unit

SEVERITY, ANSWER = (np.uint32(int(purpose) << PURPOSE_SHIFT) for purpose in (Purpose.SEVERITY, Purpose.ANSWER))
A_WEEK = np.uint8(1)
# Weights sum to one but for rounding: no hazard exceeds that of caring for the most appealing matter alone.
MARGIN = np.float32(1.001)
NOTHING, VOICED, WITHHELD, SILENT = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(3)
NOBODY, OWN = np.uint8(NOT_RESIDENT), np.uint8(OWNER_OCCUPIED)
ZERO, ONE = np.float32(0), np.float32(1)
USUAL_EFFICACY, USUAL_TRUST = np.float32(0.45), np.float32(0.5)


@njit(cache=True, nogil=True, error_model="numpy")
def _hazard(i: Any, weight: Any, legacy: Any, appeal: Any) -> Any:
    hazard = legacy
    for k in range(appeal.size):
        hazard += weight[k, i] * appeal[k]
    return hazard


@njit(inline="always", error_model="numpy")
def _severity(number: Any, place: Any, week: Any, seed: Any) -> Any:
    a, b, c, d = philox(number | SEVERITY, week, place, seed)
    a, b, c, d = unit(a), unit(b), unit(c), unit(d)
    low, high, left, right = min(a, b), max(a, b), min(c, d), max(c, d)
    return min(max(low, left), min(high, right))


@njit(cache=True, nogil=True, error_model="numpy")
def _struck(begin: Any, drawn: Any, group: Any, weight: Any, legacy: Any, appeal: Any, who: Any) -> Any:
    """List the rows for which something goes wrong; return how many."""
    most, found = (legacy + appeal.max()) * MARGIN, 0
    for i in range(drawn.size):
        if drawn[i] < most and group[i] != NOBODY and drawn[i] < _hazard(begin + i, weight, legacy, appeal):
            who[found] = begin + i
            found += 1
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _draw(number: Any, place: Any, week: Any, seed: Any, severity: Any, choice: Any) -> None:
    for item in range(number.size):
        severity[item] = _severity(number[item], place, week, seed)
        word, _, _, _ = philox(number[item] | ANSWER, week, place, seed)
        choice[item] = unit(word)


@njit(cache=True, nogil=True, error_model="numpy")
def _answer(efficacy: Any, trust: Any, tenure: Any, severity: Any, choice: Any, r: Any, answer: Any) -> None:
    for item in range(answer.size):
        able, trusting = efficacy[item] - USUAL_EFFICACY, trust[item] - USUAL_TRUST
        speak = r.voice + r.voice_severity * severity[item] + r.voice_efficacy * able + r.voice_trust * trusting
        keep = r.withhold + r.withhold_severity * severity[item] - r.withhold_efficacy * able
        speak, keep = exponential(speak), exponential(keep - r.withhold_trust * trusting)
        keep = keep if tenure[item] == OWN else ZERO
        point = choice[item] * (ONE + speak + keep)
        answer[item] = VOICED if point < speak else (WITHHELD if point < speak + keep else SILENT)


@njit(cache=True, nogil=True, error_model="numpy")
def _leave_marks(who: Any, answer: Any, severity: Any, r: Any, grievance: Any, withholding: Any, reaction: Any) -> None:
    for item in range(who.size):
        i = who[item]
        left = (r.grievance + r.silence if answer[item] == SILENT else r.grievance) * severity[item]
        grievance[i] = min(grievance[i] + left, ONE)
        withholding[i] = r.withhold_weeks if answer[item] == WITHHELD else withholding[i]
        reaction[i] = answer[item]


@njit(cache=True, nogil=True, error_model="numpy")
def _let_a_week_pass(withholding: Any, reaction: Any) -> None:
    for i in range(withholding.size):
        reaction[i] = NOTHING
        withholding[i] = max(withholding[i], A_WEEK) - A_WEEK


@njit(cache=True, nogil=True, error_model="numpy")
def arise(
    begin: Any, end: Any, place: Any, people: Any, appeal: Any, legacy: Any, drawn: Any, rates: Any, week: Any, seed: Any,
    reaction: Any,
) -> None:  # fmt: skip
    """Let issues arise in one estate's rows and households answer; what they need is fetched at once, not one by one."""
    dwellings, held, withholding = people.dwellings, people.attitudes.held, people.paying.withholding
    _let_a_week_pass(withholding[begin:end], reaction[begin:end])
    who = np.empty(end - begin, np.int64)
    who = who[: _struck(begin, drawn, dwellings.group[begin:end], people.experience.weight, legacy, appeal, who)]
    severity, choice = np.empty(who.size, np.float32), np.empty(who.size, np.float32)
    _draw(dwellings.number[who], place, np.uint32(week), np.uint32(seed), severity, choice)
    answer = np.empty(who.size, np.uint8)
    _answer(held[EFFICACY][who], held[PROVIDER][who], dwellings.tenure[who], severity, choice, rates, answer)
    _leave_marks(who, answer, severity, rates, people.experience.grievance, withholding, reaction)


@njit(cache=True, nogil=True, error_model="numpy")
def describe(
    held: Any, who: Any, estate: Any, trouble: Any, week: Any, seed: Any, severity: Any, matter: Any
) -> None:  # fmt: skip
    """Write the severity and the matter of issues that arose this week."""
    people, matters = held.living.people, trouble.appeal.shape[1]
    weight = people.experience.weight
    for item in range(who.size):
        i, e = who[item], estate[item]
        number, place = people.dwellings.number[i], people.layout.place[e]
        severity[item] = _severity(number, place, np.uint32(week), np.uint32(seed))
        _, word, _, _ = philox(number | ANSWER, np.uint32(week), place, np.uint32(seed))
        left, found = unit(word) * _hazard(i, weight, trouble.legacy[e], trouble.appeal[e]), matters
        for k in range(matters):
            part = weight[k, i] * trouble.appeal[e, k]
            if left < part:
                found = k
                break
            left -= part
        matter[item] = found
