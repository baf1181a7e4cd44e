"""Compiled twin of `sim.aftermath`."""

from typing import Any

import numpy as np
from numba import njit

from sim.aftermath import CLIMBED, COLUMNS, FIRMS, HOUSEHOLDS
from sim.cases import ARREARS, COURT, LEGACY, MEDIATION, MEETING
from sim.households import COMMITTEE, EFFICACY, PARTY, PROVIDER
from sim.kernels.trust import learn
from sim.ladder import MEDIATED, OPEN, SETTLED

ONE = np.float32(1)
COLUMN = tuple(COLUMNS.get(suit, 0) for suit in range(max(COLUMNS) + 1))


@njit(cache=True, nogil=True, error_model="numpy")
def _count(case: Any, move: Any, books: Any) -> None:
    claimant = FIRMS if case.matter == ARREARS else HOUSEHOLDS
    if move.fate != OPEN:
        books.counts[claimant, case.stage, move.fate - SETTLED] += 1
        return
    books.counts[claimant, move.to, CLIMBED] += 1
    if claimant == FIRMS and move.to == COURT:
        books.filed[case.estate] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _pay(case: Any, move: Any, paying: Any, lessons: Any, books: Any) -> None:
    who, estate = case.who, case.estate
    owed, sued = np.int64(paying.owed[who]), case.stage == COURT
    paid = np.int64(np.rint(move.pays * owed))
    books.recovered[estate] += paid
    books.forgiven[estate] += owed - paid
    paying.owed[who] = paying.arrears[who] = 0
    if move.pays > 0:
        habit = lessons.sued_habit if sued else lessons.demand_habit
        paying.history[who] += habit * (ONE - paying.history[who])
    if sued:
        books.suits[estate, COLUMN[move.suit]] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _be_copied(history: Any, ties: Any, first: Any, estate: Any, who: Any, left: Any) -> None:
    for slot in range(ties.slots[estate], ties.slots[estate + 1]):
        if who - first < ties.count[slot]:
            history[first + ties.neighbour[ties.offset[slot] + who - first]] *= left


@njit(cache=True, nogil=True, error_model="numpy")
def _be_heard_of(case: Any, move: Any, history: Any, held: Any, ties: Any, start: Any, lessons: Any) -> None:
    who, estate = case.who, case.estate
    agreed = case.stage == MEDIATION or case.stage == MEETING or move.suit == MEDIATED
    row, rate = PROVIDER, -lessons.sued
    if agreed:
        left = np.float32(1 - min(lessons.imitation * (1 - move.pays), 1.0))
        _be_copied(history, ties, start[estate], estate, who, left)
    if case.stage != COURT:
        row, rate = (PARTY if case.stage == MEETING else COMMITTEE), lessons.gain
    if case.stage == COURT or agreed:
        learn(held[row], ties, start, estate, who, rate, lessons.ties)


@njit(cache=True, nogil=True, error_model="numpy")
def _feel(case: Any, move: Any, grievance: Any, held: Any, ties: Any, start: Any, lessons: Any) -> None:
    who, estate, settled = case.who, case.estate, move.fate == SETTLED
    less = 0.5 * lessons.relief + lessons.relief * case.severity if settled else -lessons.dropped * case.severity
    grievance[who] = min(max(np.float64(grievance[who]) - less, 0.0), 1.0)
    body = COMMITTEE if case.stage == MEDIATION else (PARTY if case.stage == MEETING and settled else PROVIDER)
    taught, moved = (lessons.answered, lessons.gain) if settled else (-lessons.ignored, -lessons.loss)
    learn(held[EFFICACY], ties, start, estate, who, taught, lessons.ties)
    learn(held[body], ties, start, estate, who, moved, lessons.ties)


@njit(cache=True, nogil=True, error_model="numpy")
def close(held: Any, was: Any, moves: Any, lessons: Any, legacy: Any, books: Any) -> None:
    """Let households feel and learn what became of cases: see `sim.aftermath.close`."""
    people = held.living.people
    minds, ties, start, history = people.attitudes.held, people.ties, people.layout.start, people.paying.history
    paid = np.zeros(was.size, np.bool_)
    for i in range(was.size):
        _count(was[i], moves[i], books)
        paid[i] = was[i].matter == ARREARS and (moves[i].fate == SETTLED or moves[i].suit > 0)
        if paid[i]:
            _pay(was[i], moves[i], people.paying, lessons, books)
    for i in range(was.size):
        if paid[i]:
            _be_heard_of(was[i], moves[i], history, minds, ties, start, lessons)
    for i in range(was.size):
        if was[i].matter != ARREARS and moves[i].fate != OPEN:
            _feel(was[i], moves[i], people.experience.grievance, minds, ties, start, lessons)
        if moves[i].repaired and was[i].matter == LEGACY:
            legacy[was[i].estate] *= lessons.legacy_left
