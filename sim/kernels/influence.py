"""Compiled twin of `sim.mechanisms.influence`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE

ZERO, ONE, FINE_F4 = np.float32(0), np.float32(1), np.float32(FINE)


@njit(cache=True, nogil=True, error_model="numpy")
def gather(values: Any, neighbour: Any, out: Any) -> None:
    """Fetch the values of one slot's neighbours."""
    for i in range(neighbour.size):
        out[i] = values[neighbour[i]]


@njit(cache=True, nogil=True, error_model="numpy")
def _talking(drawn: Any, meets: Any, who: Any) -> Any:
    """List the rows that talk, without a choice that a processor could guess wrong; return how many."""
    found = np.uint32(0)
    for i in range(drawn.size):
        who[found] = np.uint16(i)
        found += np.uint32(drawn[i] < meets)
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _fetch(values: Any, at: Any, out: Any) -> None:
    for item in range(out.size):
        out[item] = values[at[item]]


@njit(cache=True, nogil=True, error_model="numpy")
def _listen(
    slots: Any, ties: Any, grade: Any, who: Any, mine: Any, bound: Any, theirs: Any, heard: Any, near: Any
) -> None:  # fmt: skip
    """Add up what those who talk hear, slot by slot; fewer and fewer of them have a tie, for degrees fall with rows."""
    tied = who.size
    for slot in range(slots[0], slots[1]):
        count, offset = ties.count[slot], ties.offset[slot]
        while tied > 0 and who[tied - 1] >= count:
            tied -= 1
        for item in range(tied):
            theirs[item] = grade[ties.neighbour[offset + who[item]]]
        for item in range(tied):
            counts = abs(theirs[item] - mine[item]) < bound[item]
            heard[item] += theirs[item] if counts else ZERO
            near[item] += ONE if counts else ZERO


@njit(cache=True, nogil=True, error_model="numpy")
def _move(opinion: Any, who: Any, mine: Any, heard: Any, near: Any, openness: Any) -> None:
    for item in range(who.size):
        opinion[who[item]] = mine[item] + openness * (heard[item] / near[item] - mine[item])


@njit(cache=True, nogil=True, error_model="numpy")
def _keep_to_anchor(opinion: Any, anchor: Any, anchoring: Any) -> None:
    for i in range(opinion.size):
        opinion[i] += anchoring * (anchor[i] - opinion[i])


@njit(cache=True, nogil=True, error_model="numpy")
def talk(estate: Any, begin: Any, end: Any, opinion: Any, ties: Any, drawn: Any, rates: Any) -> None:
    """Move opinions of one estate's rows a week on; only those who talk look at their ties."""
    grade, who = opinion.preferred_grade[begin:end], np.empty(end - begin + 1, np.uint16)
    who = who[: _talking(drawn, rates.meets, who)]
    scratch = np.empty((5, who.size), np.float32)
    mine, bound, theirs, heard, near = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    _fetch(grade, who, mine)
    _fetch(opinion.bound[begin:end], who, bound)
    heard[:], near[:] = mine, ONE
    _listen(ties.slots[estate : estate + 2], ties, grade, who, mine, bound, theirs, heard, near)
    _move(grade, who, mine, heard, near, rates.openness)
    _keep_to_anchor(grade, opinion.anchor[begin:end], rates.anchoring)


@njit(cache=True, nogil=True, error_model="numpy")
def distance(first: Any, last: Any, held: Any, grade: Any, out: Any) -> None:
    """Sum how far the grade that households want lies from the contract's, by estate."""
    layout, opinion = held.living.people.layout, held.living.people.opinion
    for estate in range(first, last):
        total = np.int64(0)
        for i in range(layout.start[estate], layout.start[estate + 1]):
            total += np.int32(abs(opinion.preferred_grade[i] - grade[estate]) * FINE_F4)
        out[estate] = total
