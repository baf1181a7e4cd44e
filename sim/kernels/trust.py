"""Compiled twin of `sim.mechanisms.trust`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import Purpose
from sim.kernels.elementary import draw_one

HEARSAY = int(Purpose.HEARSAY)
CODE, ZERO, ONE = np.float32(1 / 255), np.float32(0), np.float32(1)


@njit(inline="always", error_model="numpy")
def _moved(held: Any, rate: Any) -> Any:
    return held + rate * (ONE - held) if rate > ZERO else held + rate * held


@njit(cache=True, nogil=True, error_model="numpy")
def learn(held: Any, ties: Any, start: Any, estate: Any, who: Any, rate: Any, share: Any) -> None:
    """Let a household of an estate and, by `share`, its ties learn from what befell it; held: of the attitude."""
    first = start[estate]
    held[who] = _moved(held[who], rate)
    for slot in range(ties.slots[estate], ties.slots[estate + 1]):
        if who - first < ties.count[slot]:
            other = first + ties.neighbour[ties.offset[slot] + who - first]
            held[other] = _moved(held[other], rate * share)


@njit(cache=True, nogil=True, error_model="numpy")
def _reach(held: Any, drawn: Any, rate: Any, reach: Any) -> None:
    for i in range(held.size):
        after = _moved(held[i], rate)
        held[i] = after if drawn[i] < reach else held[i]


@njit(cache=True, nogil=True, error_model="numpy")
def hear(first: Any, last: Any, held: Any, rate: Any, reach: Any, week: Any, seed: Any) -> None:
    """Let those whom public news reaches learn, in the estates first .. last - 1."""
    layout, number, attitudes = held.living.people.layout, held.living.people.dwellings.number, held.living.people.attitudes
    rows = attitudes.held.shape[0]
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        for row in range(rows):
            if rate[row, estate] != ZERO:
                drawn = np.empty(b - a, np.float32)
                draw_one(number[a:b], HEARSAY, layout.place[estate], week * rows + row, seed, drawn)
                _reach(attitudes.held[row, a:b], drawn, rate[row, estate], reach)


@njit(cache=True, nogil=True, error_model="numpy")
def _drift(held: Any, start: Any, reversion: Any) -> None:
    for i in range(held.size):
        held[i] += reversion * (np.float32(start[i]) * CODE - held[i])


@njit(cache=True, nogil=True, error_model="numpy")
def drift_back(first: Any, last: Any, held: Any, reversion: Any) -> None:
    """Let every attitude of the estates first .. last - 1 drift back towards where it began."""
    layout, attitudes = held.living.people.layout, held.living.people.attitudes
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        for row in range(attitudes.held.shape[0]):
            _drift(attitudes.held[row, a:b], attitudes.start[row, a:b], reversion)
