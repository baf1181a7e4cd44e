"""What the end of a case does to the household concerned, to those tied to it, and to the books.

This is the plain twin of `sim.kernels.aftermath`, case by case.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.cases import ARREARS, COURT, LEGACY, MEDIATION, MEETING, STAGES
from sim.households import COMMITTEE, EFFICACY, F4, I8, PARTY, PROVIDER, Households, Living
from sim.ladder import DROPPED, JUDGED, LOST, MEDIATED, OPEN, SETTLED, WITHDRAWN
from sim.mechanisms.trust import learn
from sim.ties import neighbours_of

HOUSEHOLDS, FIRMS = range(2)
CLIMBED = DROPPED - SETTLED + 1
COLUMNS = {WITHDRAWN: 0, JUDGED: 1, LOST: 1, MEDIATED: 2}


class Lessons(NamedTuple):
    """How far the end of a case moves people.

    relief, dropped: of grievance.  answered, ignored: of efficacy.  gain, loss, sued: of trust; ties: the part that ties
    learn.  sued_habit, demand_habit: of a debtor who pays.  imitation: per share let off.  legacy_left: by a repair.
    """

    relief: float
    dropped: float
    answered: np.float32
    ignored: np.float32
    gain: np.float32
    loss: np.float32
    sued: np.float32
    ties: np.float32
    sued_habit: np.float32
    demand_habit: np.float32
    imitation: float
    legacy_left: np.float32


def lessons_of(mechanisms: Mapping[str, Any]) -> Lessons:
    """Return the numbers of the mechanisms concerned."""
    ladder, trust, arrears = (mechanisms[name] for name in ("case_ladder", "trust", "arrears"))
    single = np.float32
    return Lessons(
        ladder.relief, ladder.dropped, single(trust.answered), single(trust.ignored), single(trust.gain),
        single(trust.loss), single(arrears.sued_trust), single(trust.ties), single(arrears.sued_habit),
        single(arrears.demand_habit), arrears.imitation, single(1 - ladder.legacy_repair),
    )  # fmt: skip


class Books(NamedTuple):
    """The books of one community's cases.

    recovered, forgiven: shape (e,); arrears paid and let off [fen].  suits: shape (e, 3); ended withdrawn, judged (for
    either side), mediated.  counts: shape (2, stages, 3); of households and of firms, settled, dropped, reached.  All since
    they were last written down; filed, shape (e,), are suits in all.
    """

    recovered: I8
    forgiven: I8
    suits: I8
    counts: I8
    filed: I8


def empty_books(estates: int) -> Books:
    """Return books in which nothing is written yet."""
    shapes = (estates, estates, (estates, len(set(COLUMNS.values()))), (2, len(STAGES), CLIMBED + 1), estates)
    return Books(*(np.zeros(shape, np.int64) for shape in shapes))


def close(living: Living, was: np.ndarray, moves: np.ndarray, lessons: Lessons, legacy: F4, books: Books) -> None:
    """Let households feel and learn what became of cases, debtors pay, and write it down.

    was, moves: of `CASE` and `MOVE`, shape (m,); cases that ended or climbed, as they were, and what became of them.
    legacy: shape (e,); what the developer left undone, 0-1.
    """
    people = living.people
    for case, move in zip(was, moves, strict=True):
        _count(case, move, books)
    claims = [pair for pair in zip(was, moves, strict=True) if pair[0]["matter"] == ARREARS and _is_paid(pair[1])]
    for case, move in claims:
        _pay(case, move, people, lessons, books)
    for case, move in claims:
        _be_heard_of(case, move, people, lessons)
    for case, move in zip(was, moves, strict=True):
        if case["matter"] != ARREARS and move["fate"] != OPEN:
            _feel(case, move, people, lessons)
        if move["repaired"] and case["matter"] == LEGACY:
            legacy[case["estate"]] *= lessons.legacy_left


def _is_paid(move: Any) -> bool:
    """Tell whether a claim ended otherwise than by being given up."""
    return bool(move["fate"] == SETTLED or move["suit"] > 0)


def _count(case: Any, move: Any, books: Books) -> None:
    claimant = FIRMS if case["matter"] == ARREARS else HOUSEHOLDS
    if move["fate"] != OPEN:
        books.counts[claimant, case["stage"], move["fate"] - SETTLED] += 1
        return
    books.counts[claimant, move["to"], CLIMBED] += 1
    if claimant == FIRMS and move["to"] == COURT:
        books.filed[case["estate"]] += 1


def _pay(case: Any, move: Any, people: Households, lessons: Lessons, books: Books) -> None:
    """Let a debtor pay a share of what it owes and be quit; who pays forms the habit."""
    paying, who, estate = people.paying, case["who"], case["estate"]
    owed, sued = int(paying.owed[who]), case["stage"] == COURT
    paid = round(float(move["pays"]) * owed)
    books.recovered[estate] += paid
    books.forgiven[estate] += owed - paid
    paying.owed[who] = paying.arrears[who] = 0
    if move["pays"] > 0:
        habit = lessons.sued_habit if sued else lessons.demand_habit
        paying.history[who] += habit * (np.float32(1) - paying.history[who])
    if sued:
        books.suits[estate, COLUMNS[int(move["suit"])]] += 1


def _be_heard_of(case: Any, move: Any, people: Households, lessons: Lessons) -> None:
    """Let the debtor learn, and those tied to one who was let off by agreement lose a share of their habit of paying."""
    who, estate, sued = case["who"], case["estate"], case["stage"] == COURT
    agreed = case["stage"] in (MEDIATION, MEETING) or move["suit"] == MEDIATED
    if agreed:
        first, left = people.layout.start[estate], np.float32(1 - min(lessons.imitation * (1 - move["pays"]), 1.0))
        for other in neighbours_of(people.ties, estate, who - first):
            people.paying.history[first + other] *= left
    if sued:
        learn(people, estate, who, PROVIDER, -lessons.sued, lessons.ties)
    elif agreed:
        learn(people, estate, who, PARTY if case["stage"] == MEETING else COMMITTEE, lessons.gain, lessons.ties)


def _feel(case: Any, move: Any, people: Households, lessons: Lessons) -> None:
    """Let a household feel and learn how its case ended, about efficacy and about the body at whose stage it did."""
    who, estate, stage, severity = case["who"], case["estate"], case["stage"], float(case["severity"])
    settled, grievance = move["fate"] == SETTLED, people.experience.grievance
    less = 0.5 * lessons.relief + lessons.relief * severity if settled else -lessons.dropped * severity
    grievance[who] = min(max(float(grievance[who]) - less, 0.0), 1.0)
    body = COMMITTEE if stage == MEDIATION else PARTY if stage == MEETING and settled else PROVIDER
    learn(people, estate, who, EFFICACY, lessons.answered if settled else -lessons.ignored, lessons.ties)
    learn(people, estate, who, body, lessons.gain if settled else -lessons.loss, lessons.ties)
