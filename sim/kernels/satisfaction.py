"""Compiled twin of `sim.mechanisms.satisfaction`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE
from sim.chance import Purpose
from sim.households import GROUPS, NOT_RESIDENT
from sim.kernels.elementary import draw_one, logistic

PERCEPTION = int(Purpose.PERCEPTION)
GROUP_COUNT = len(GROUPS)
NOBODY = np.uint8(NOT_RESIDENT)
FINE_F4, NONE = np.float32(FINE), np.int32(0)
HALF, ZERO = np.float32(0.5), np.float32(0)
BINS = FINE + 1


@njit(cache=True, nogil=True, error_model="numpy")
def _perceive_matter(
    quality: Any,
    vantage: Any,
    shock: Any,
    weight: Any,
    perceived: Any,
    expectation: Any,
    level: Any,
    gap: Any,
    r: Any,
) -> None:
    for i in range(shock.size):
        seen = perceived[i] + r.perception * (quality + vantage[i] - perceived[i]) + shock[i]
        surprise = seen - expectation[i]
        felt = surprise * r.loss_aversion if surprise < ZERO else surprise
        level[i] += weight[i] * seen
        gap[i] += weight[i] * felt
        expectation[i] += r.adaptation * surprise
        perceived[i] = seen


@njit(cache=True, nogil=True, error_model="numpy")
def _feel(
    temper: Any, level: Any, gap: Any, grievance: Any, legacy: Any, satisfaction: Any, r: Any
) -> None:  # fmt: skip
    for i in range(satisfaction.size):
        wanted = r.intercept + temper[i] + r.level * (level[i] - r.reference) + r.disconfirmation * gap[i]
        wanted -= r.grievance * (grievance[i] + legacy)
        grievance[i] *= r.grievance_kept
        satisfaction[i] += r.adjustment * (logistic(wanted) - satisfaction[i])


@njit(cache=True, nogil=True, error_model="numpy")
def perceive(
    first: Any,
    last: Any,
    layout: Any,
    number: Any,
    experience: Any,
    quality: Any,
    legacy: Any,
    rates: Any,
    week: Any,
    seed: Any,
) -> None:
    """Move perception, satisfaction and expectation of the estates first .. last - 1 a week on."""
    largest = 0
    for estate in range(first, last):
        largest = max(largest, layout.start[estate + 1] - layout.start[estate])
    scratch = np.empty((3, largest), np.float32)
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        shock, level, gap = scratch[0, : b - a], scratch[1, : b - a], scratch[2, : b - a]
        draw_one(number[a:b], PERCEPTION, layout.place[estate], week, seed, shock)
        for i in range(b - a):
            shock[i] = (shock[i] - HALF) * rates.spread
            level[i] = ZERO
            gap[i] = ZERO
        for k in range(quality.shape[1]):
            _perceive_matter(
                quality[estate, k], experience.vantage[a:b], shock, experience.weight[k, a:b], experience.perceived[k, a:b],
                experience.expectation[k, a:b], level, gap, rates,
            )  # fmt: skip
        _feel(
            experience.temper[a:b],
            level,
            gap,
            experience.grievance[a:b],
            legacy[estate],
            experience.satisfaction[a:b],
            rates,
        )


@njit(cache=True, nogil=True, error_model="numpy")
def tally(first: Any, last: Any, layout: Any, group: Any, satisfaction: Any, sums: Any) -> None:
    """Sum resident households' satisfaction by estate and group."""
    totals = np.empty(GROUP_COUNT + 1, np.int64)  # the last one is for dwellings where nobody lives
    for estate in range(first, last):
        totals[:] = 0
        for i in range(layout.start[estate], layout.start[estate + 1]):
            totals[group[i]] += np.int32(satisfaction[i] * FINE_F4)
        sums[estate] = totals[:GROUP_COUNT]


@njit(cache=True, nogil=True, error_model="numpy")
def _worst_off(group: Any, satisfaction: Any, wanted: Any) -> Any:
    """Sum the smallest values of so many residents, by counting into bins of 2**-14."""
    bins = np.zeros(BINS, np.int32)
    for i in range(group.size):
        bins[np.int32(satisfaction[i] * FINE_F4)] += np.int32(group[i] != NOBODY)
    left, value, total = wanted, 0, np.int64(0)
    while left > bins[value]:
        left -= bins[value]
        total += bins[value] * value
        value += 1
    return total + left * value


@njit(cache=True, nogil=True, error_model="numpy")
def distribution(group: Any, satisfaction: Any, worst: Any, out: Any) -> None:
    """Write number, sum, sum of squares and sum over the worst off."""
    number = total = squares = np.int64(0)
    for i in range(group.size):
        resident = group[i] != NOBODY
        whole = np.int32(satisfaction[i] * FINE_F4) if resident else NONE
        number += resident
        total += whole
        squares += np.int64(whole) * np.int64(whole)
    tail = _worst_off(group, satisfaction, np.int64(np.ceil(worst * number)))
    out[0], out[1], out[2], out[3] = number, total, squares, tail
