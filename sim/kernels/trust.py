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
def learn(news: Any, attitudes: Any, ties: Any, layout: Any, estate: Any, share: Any) -> None:
    """Let households and, by `share`, their ties learn; in the order of the news."""
    for item in range(news.who.size):
        who, row, rate = news.who[item], news.row[item], news.rate[item]
        attitudes.held[row, who] = _moved(attitudes.held[row, who], rate)
        start = layout.start[estate[item]]
        for slot in range(ties.slots[estate[item]], ties.slots[estate[item] + 1]):
            if who - start < ties.count[slot]:
                other = start + ties.neighbour[ties.offset[slot] + who - start]
                attitudes.held[row, other] = _moved(attitudes.held[row, other], rate * share)


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
