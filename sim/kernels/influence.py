"""Compiled twin of `sim.mechanisms.influence`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE
from sim.chance import Purpose
from sim.kernels.elementary import draw_one

TALK = int(Purpose.TALK)
ZERO, ONE, FINE_F4 = np.float32(0), np.float32(1), np.float32(FINE)


@njit(cache=True, nogil=True, error_model="numpy")
def gather(values: Any, neighbour: Any, out: Any) -> None:
    """Fetch the values of one slot's neighbours."""
    for i in range(neighbour.size):
        out[i] = values[neighbour[i]]


@njit(cache=True, nogil=True, error_model="numpy")
def _listen(mine: Any, theirs: Any, bound: Any, heard: Any, near: Any) -> None:
    for i in range(theirs.size):
        counts = abs(theirs[i] - mine[i]) < bound[i]
        heard[i] += theirs[i] if counts else ZERO
        near[i] += ONE if counts else ZERO


@njit(cache=True, nogil=True, error_model="numpy")
def _move(opinion: Any, anchor: Any, drawn: Any, heard: Any, near: Any, r: Any) -> None:
    for i in range(opinion.size):
        openness = r.openness if drawn[i] < r.meets else ZERO
        moved = opinion[i] + openness * (heard[i] / near[i] - opinion[i])
        opinion[i] = moved + r.anchoring * (anchor[i] - moved)


@njit(cache=True, nogil=True, error_model="numpy")
def talk(
    first: Any,
    last: Any,
    layout: Any,
    number: Any,
    opinion: Any,
    ties: Any,
    rates: Any,
    week: Any,
    seed: Any,
) -> None:
    """Move opinions of the estates first .. last - 1 a week on, everybody at once."""
    largest = 0
    for estate in range(first, last):
        largest = max(largest, layout.start[estate + 1] - layout.start[estate])
    scratch = np.empty((4, largest), np.float32)
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        mine = opinion.preferred_grade[a:b]
        near, heard, drawn = scratch[0, : b - a], scratch[1, : b - a], scratch[2, : b - a]
        for i in range(b - a):
            near[i] = ONE
            heard[i] = mine[i]
        for slot in range(ties.slots[estate], ties.slots[estate + 1]):
            count, offset = ties.count[slot], ties.offset[slot]
            theirs = scratch[3, :count]
            gather(mine, ties.neighbour[offset : offset + count], theirs)
            _listen(mine[:count], theirs, opinion.bound[a : a + count], heard[:count], near[:count])
        draw_one(number[a:b], TALK, layout.place[estate], week, seed, drawn)
        _move(mine, opinion.anchor[a:b], drawn, heard, near, rates)


@njit(cache=True, nogil=True, error_model="numpy")
def distance(first: Any, last: Any, layout: Any, opinion: Any, grade: Any, out: Any) -> None:
    """Sum how far the grade that households want lies from the contract's, by estate."""
    for estate in range(first, last):
        total = np.int64(0)
        for i in range(layout.start[estate], layout.start[estate + 1]):
            total += np.int32(abs(opinion.preferred_grade[i] - grade[estate]) * FINE_F4)
        out[estate] = total
