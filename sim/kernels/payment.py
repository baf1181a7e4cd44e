"""Compiled twin of `sim.mechanisms.payment`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import FINE
from sim.chance import Purpose
from sim.households import AWARENESS, PROVIDER, VACANT
from sim.kernels.elementary import draw_one, logistic
from sim.kernels.influence import gather

PAYMENT = int(Purpose.PAYMENT)
EMPTY = np.uint8(VACANT)
MOST_MONTHS, NOTHING = np.uint16(65_535), np.int32(0)
ZERO, ONE, MIDDLE, HALF, USUAL = (
    np.float32(0),
    np.float32(1),
    np.float32(0.5),
    np.float32(0.5),
    np.float32(0.62),
)


@njit(cache=True, nogil=True, error_model="numpy")
def _add(values: Any, total: Any) -> None:
    for i in range(values.size):
        total[i] += values[i]


@njit(cache=True, nogil=True, error_model="numpy")
def _chances(
    inclination: Any,
    coupling: Any,
    history: Any,
    tenure: Any,
    satisfaction: Any,
    trust: Any,
    awareness: Any,
    withholding: Any,
    total: Any,
    degree: Any,
    there: Any,
    start: Any,
    pushed: Any,
    r: Any,
) -> None:
    for i in range(total.size):
        ties = np.float32(degree[i])
        near = total[i] / max(ties, ONE) if ties > ZERO else there
        others = HALF * there + HALF * near
        lived = ZERO if tenure[i] == EMPTY else satisfaction[i] - USUAL
        logit = inclination[i] + r.history * (history[i] - MIDDLE) + r.satisfaction * lived
        logit += r.trust * (trust[i] - MIDDLE)
        logit += r.awareness * (awareness[i] - MIDDLE)
        logit += pushed
        logit -= r.withholding if withholding[i] > 0 else ZERO
        total[i] = logistic(logit + coupling[i] * (others - start))


@njit(cache=True, nogil=True, error_model="numpy")
def _form_habits(chance: Any, drawn: Any, habit: Any, history: Any) -> None:
    for i in range(chance.size):
        history[i] += habit * ((ONE if drawn[i] < chance[i] else ZERO) - history[i])


@njit(cache=True, nogil=True, error_model="numpy")
def _fall_behind(chance: Any, drawn: Any, arrears: Any) -> None:
    for i in range(chance.size):
        owes = np.uint16(drawn[i] >= chance[i]) & np.uint16(arrears[i] < MOST_MONTHS)
        arrears[i] = np.uint16(arrears[i] + owes)


@njit(cache=True, nogil=True, error_model="numpy")
def _settle_bills(chance: Any, drawn: Any, owed: Any, bill: Any) -> Any:
    billed = paid = np.int64(0)
    for i in range(chance.size):
        due = bill[i] if drawn[i] >= chance[i] else NOTHING
        owed[i] += due
        billed += bill[i]
        paid += bill[i] - due
    return billed, paid


@njit(cache=True, nogil=True, error_model="numpy")
def pay(first: Any, last: Any, held: Any, collection: Any, week: Any, seed: Any, out: Any) -> None:
    """Let every owner of the estates first .. last - 1 pay or not pay a month's bill."""
    people, rates = held.living.people, held.living.rates.payment
    layout, dwellings, paying, ties = people.layout, people.dwellings, people.paying, people.ties
    satisfaction, attitudes = people.experience.satisfaction, people.attitudes.held
    largest = 0
    for estate in range(first, last):
        largest = max(largest, layout.start[estate + 1] - layout.start[estate])
    scratch = np.empty((3, largest), np.float32)
    for estate in range(first, last):
        a, b = layout.start[estate], layout.start[estate + 1]
        if collection.served[estate] == 0:
            out[estate, 0] = out[estate, 1] = 0
            continue
        there, start = np.float32(collection.smoothed[estate]), np.float32(collection.start[estate])
        total, drawn = scratch[0, : b - a], scratch[1, : b - a]
        total[:] = ZERO
        for slot in range(ties.slots[estate], ties.slots[estate + 1]):
            count, offset = ties.count[slot], ties.offset[slot]
            fetched = scratch[2, :count]
            gather(paying.history[a:b], ties.neighbour[offset : offset + count], fetched)
            _add(fetched, total[:count])
        _chances(
            paying.inclination[a:b], paying.coupling[a:b], paying.history[a:b], dwellings.tenure[a:b],
            satisfaction[a:b], attitudes[PROVIDER, a:b], attitudes[AWARENESS, a:b], paying.withholding[a:b],
            total, ties.degree[a:b], there, start, rates.threat * collection.threat[estate], rates,
        )  # fmt: skip
        draw_one(dwellings.number[a:b], PAYMENT, layout.place[estate], week, seed, drawn)
        _form_habits(total, drawn, rates.habit, paying.history[a:b])
        _fall_behind(total, drawn, paying.arrears[a:b])
        out[estate, 0], out[estate, 1] = _settle_bills(total, drawn, paying.owed[a:b], paying.bill[a:b])


FINE_F4, FAR = np.float32(FINE), np.float32(16.0)
BISECTIONS, CONTRACTIONS = 24, 8


@njit(cache=True, nogil=True, error_model="numpy")
def settle(area: Any, inclination: Any, start: Any, weight: Any, history: Any) -> Any:
    """Return the intercept at which the starting collection is a fixed point, and write the histories that go with it."""
    whole = np.int64(0)
    for i in range(area.size):
        whole += area[i]
    target = np.int64(start * FINE_F4) * whole
    low, high, intercept = -FAR, FAR, ZERO
    history[:] = start
    for _ in range(BISECTIONS):
        intercept = HALF * (low + high)
        for _ in range(CONTRACTIONS):
            for i in range(history.size):
                history[i] = logistic(intercept + inclination[i] + weight * (history[i] - MIDDLE))
        paid = np.int64(0)
        for i in range(history.size):
            paid += np.int64(np.int32(history[i] * FINE_F4)) * area[i]
        if paid < target:
            low = intercept
        else:
            high = intercept
    return intercept
