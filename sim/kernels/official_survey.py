"""Compiled twin of `sim.mechanisms.official_survey`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE
from sim.households import NOT_RESIDENT
from sim.kernels.elementary import logistic

NOBODY = np.uint8(NOT_RESIDENT)
FINE_F4, ZERO = np.float32(FINE), np.float32(0)
TRUST_MIDDLE, CONTENT_MIDDLE = np.float32(0.5), np.float32(0.6)
BLOCK = 1 << 13


@njit(cache=True, nogil=True, error_model="numpy")
def _survey_estate(group: Any, elderly: Any, satisfaction: Any, trust: Any, r: Any) -> Any:
    weights = weighted = np.int64(0)
    for begin in range(0, group.size, BLOCK):
        part_weights = part_weighted = np.int32(0)
        for i in range(begin, min(begin + BLOCK, group.size)):
            pull = (
                r.readiness + r.trust_pull * (trust[i] - TRUST_MIDDLE) + r.content_pull * (satisfaction[i] - CONTENT_MIDDLE)
            )
            weight = logistic(pull + r.elderly_pull * np.float32(elderly[i]))
            weight = ZERO if group[i] == NOBODY else weight
            part_weights = np.int32(part_weights + np.int32(weight * FINE_F4))
            part_weighted = np.int32(part_weighted + np.int32(weight * satisfaction[i] * FINE_F4))
        weights += part_weights
        weighted += part_weighted
    return weights, weighted


@njit(cache=True, nogil=True, error_model="numpy")
def survey(first: Any, last: Any, held: Any, convener: Any, out: Any) -> None:
    """Sum the chances of answering and the satisfaction that they weigh, by estate."""
    people, rates = held.living.people, held.living.rates.official_survey
    dwellings, content, trust = people.dwellings, people.experience.satisfaction, people.attitudes.held[convener]
    for estate in range(first, last):
        a, b = people.layout.start[estate], people.layout.start[estate + 1]
        out[estate, 0], out[estate, 1] = _survey_estate(
            dwellings.group[a:b], dwellings.elderly[a:b], content[a:b], trust[a:b], rates
        )
