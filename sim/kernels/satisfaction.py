"""Compiled twin of `sim.mechanisms.satisfaction`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE
from sim.households import GROUPS, NOT_RESIDENT
from sim.kernels.elementary import logistic

GROUP_COUNT = len(GROUPS)
NOBODY = np.uint8(NOT_RESIDENT)
FINE_F4, NONE = np.float32(FINE), np.int32(0)
HALF, ZERO, ONE = np.float32(0.5), np.float32(0), np.float32(1)
BINS = FINE + 1


@njit(cache=True, nogil=True, error_model="numpy")
def _own(drawn: Any, vantage: Any, r: Any, own: Any, level: Any, gap: Any) -> None:
    """Write what of a perception is the household's own, and begin its sums."""
    for i in range(drawn.size):
        own[i] = (drawn[i] - HALF) * r.spread + r.perception * vantage[i]
        level[i] = ZERO
        gap[i] = ZERO


@njit(cache=True, nogil=True, error_model="numpy")
def _perceive_matter(
    quality: Any, own: Any, weight: Any, perceived: Any, expectation: Any, level: Any, gap: Any, r: Any
) -> None:  # fmt: skip
    kept, there = ONE - r.perception, r.perception * quality
    for i in range(own.size):
        seen = kept * perceived[i] + (own[i] + there)
        surprise = seen - expectation[i]
        felt = min(surprise, surprise * r.loss_aversion)
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
def perceive(begin: Any, end: Any, experience: Any, quality: Any, legacy: Any, drawn: Any, rates: Any) -> None:
    """Move perception, satisfaction and expectation of one estate's rows a week on."""
    scratch = np.empty((3, end - begin), np.float32)
    own, level, gap = scratch[0], scratch[1], scratch[2]
    _own(drawn, experience.vantage[begin:end], rates, own, level, gap)
    for k in range(quality.size):
        _perceive_matter(
            quality[k], own, experience.weight[k, begin:end], experience.perceived[k, begin:end],
            experience.expectation[k, begin:end], level, gap, rates,
        )  # fmt: skip
    _feel(
        experience.temper[begin:end], level, gap, experience.grievance[begin:end], legacy,
        experience.satisfaction[begin:end], rates,
    )  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def tally(group: Any, satisfaction: Any, sums: Any) -> None:
    """Sum resident households' satisfaction by group, in passes without a choice."""
    for g in range(GROUP_COUNT):
        total = NONE  # an estate has too few households for an overflow
        for i in range(group.size):
            total = np.int32(total + (np.int32(satisfaction[i] * FINE_F4) if group[i] == g else NONE))
        sums[g] = total


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
