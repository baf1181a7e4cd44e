"""The case ladder against an absorbing Markov chain, against a queue, and its ledger of cases."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.cases import ARREARS, COURT, DESK, LEGACY, MEDIATION, MEETING, Cases, first_come
from sim.chance import draw_words
from sim.ladder import DROPPED, JUDGED, LOST, MEDIATED, OPEN, SETTLED, WITHDRAWN, Ladder, Situation
from sim.ladder_chances import agreement_chance, attendance_chance, climb_chance, desk_chance
from sim.mechanisms.arrears import Arrears
from sim.mechanisms.case_ladder import CaseLadder

SEVERITY, EFFICACY, QUALITY = 0.5, 0.45, 0.6
MANY = 10**9


def cases(number: int, severity: float = SEVERITY, matter: int = 0) -> Cases:
    """Return so many equal cases of one estate, each of another household."""
    whole = np.arange(number, dtype=np.int64)
    zero = np.zeros(number, np.int64)
    return Cases(whole, whole, zero, zero + matter, np.full(number, severity), zero + DESK, zero, zero, zero, zero)


def situation(
    number: int, *, capacity: int = MANY, attempts: int = MANY, meets: bool = False, readiness: float = 1.0,
    offer: float = 0.0, pursues: int = MANY,
) -> Situation:  # fmt: skip
    """Return one estate of middling service with so much capacity at the desk and in mediation."""
    one = np.ones(1)
    return Situation(
        np.full((1, 6), QUALITY), one, 0.4 * one, 0.5 * one, np.array([capacity]), attempts, 1.0, np.array([meets]),
        np.full(number, EFFICACY), np.zeros(1), np.full(number, readiness), np.array([offer]), np.array([pursues]),
    )  # fmt: skip


def ladder(about: CaseLadder | None = None, seed: int = 1, arrears: Arrears | None = None) -> Ladder:
    """Return an empty ladder of one estate."""
    return Ladder(about or CaseLadder(), arrears or Arrears(), draw_words, np.array([7], np.uint32), seed)


def worked(number: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Let equal cases run with unlimited hours; return what became of each, by stage and fate, and after how many weeks."""
    climbing = ladder()
    climbing.open(cases(number))
    fate, after = np.zeros((number, 2), np.int64), np.zeros(number, np.int64)
    for week in range(1, weeks + 1):
        before, moves = climbing.work(week, situation(len(climbing.cases)))
        ended = moves.fate != OPEN
        fate[before.who[ended]] = np.stack([moves.stage[ended], moves.fate[ended]], axis=1)
        after[before.who[ended]] = week
    assert len(climbing.cases) == 0, "every case ends within a year"
    return fate, after


def chain() -> tuple[dict[tuple[int, int], float], float]:
    """Return the chances of each end, and the mean weeks, from the fundamental matrix of the absorbing chain."""
    about = CaseLadder()
    one, at = cases(1), situation(1)
    desk = float(desk_chance(about, one, at)[0])
    climb = float(climb_chance(about, one.severity, np.array([EFFICACY]))[0])
    mediation = float(attendance_chance(about, one, at)[0] * agreement_chance(about, one, at)[0])
    states = [("desk", week) for week in range(about.desk_weeks)] + [("mediation", n) for n in range(about.attempts)]
    states += [("court", week) for week in range(about.court_weeks)]
    ends = [(stage, fate) for stage in (DESK, MEDIATION, COURT) for fate in (SETTLED, DROPPED)]
    stay, leave = np.zeros((len(states), len(states))), np.zeros((len(states), len(ends)))
    for row, (stage, step) in enumerate(states):
        if stage == "desk":
            leave[row, 0] = desk
            last = step == about.desk_weeks - 1
            stay[row, row + 1] = (1 - desk) * (climb if last else 1.0)
            leave[row, 1] = (1 - desk) * (1 - climb) if last else 0.0
        elif stage == "mediation":
            leave[row, 2] = mediation
            last = step == about.attempts - 1
            stay[row, row + 1] = (1 - mediation) * (about.court if last else 1.0)
            leave[row, 3] = (1 - mediation) * (1 - about.court) if last else 0.0
        elif step == about.court_weeks - 1:
            leave[row, 4], leave[row, 5] = about.court_wins, 1 - about.court_wins
        else:
            stay[row, row + 1] = 1.0
    fundamental = np.linalg.inv(np.eye(len(states)) - stay)
    return dict(zip(ends, (fundamental @ leave)[0], strict=True)), float(fundamental.sum(axis=1)[0])


@pytest.mark.slow
def test_with_unlimited_hours_the_ladder_is_an_absorbing_chain() -> None:
    """Each end comes as often as the fundamental matrix says, and as late."""
    number = 40_000
    fate, after = worked(number, 52)
    expected, weeks = chain()
    assert sum(expected.values()) == pytest.approx(1.0)
    for (stage, end), chance in expected.items():
        share = ((fate[:, 0] == stage) & (fate[:, 1] == end)).mean()
        assert abs(share - chance) < 4 * np.sqrt(chance * (1 - chance) / number), (stage, end)
    assert after.mean() == pytest.approx(weeks, abs=4 * after.std() / np.sqrt(number))


def test_a_desk_with_little_capacity_is_a_queue_first_come_first_served() -> None:
    """With certain settlement and one place a week, the k-th case is settled in week k, while patience lasts."""
    about = CaseLadder(desk_chance=1.0, desk_base=1.0, desk_quality=1.0, desk_severity=0.0, desk_weeks=26)
    queue = ladder(about)
    queue.open(cases(10))
    order = []
    for week in range(1, 11):
        before, moves = queue.work(week, situation(len(queue.cases), capacity=1))
        order += before.who[moves.fate == SETTLED].tolist()
    assert order == list(range(10))


def test_no_attempts_no_mediation() -> None:
    """Without hours no case is settled in mediation; all are dropped or sue once their patience is gone."""
    climbing = ladder(CaseLadder(climb=6.0))
    climbing.open(cases(500, severity=0.9))
    settled = 0
    for week in range(1, 60):
        before, moves = climbing.work(week, situation(len(climbing.cases), attempts=0))
        settled += int(((moves.fate == SETTLED) & (moves.stage == MEDIATION)).sum())
        assert not moves.attempted.any()
    assert settled == 0
    assert len(climbing.cases) == 0


def test_what_mediation_cannot_settle_goes_to_the_joint_meeting_where_there_is_one() -> None:
    """With a joint meeting failed cases wait for it instead of ending."""
    about = CaseLadder(climb=6.0, settles=0.0)
    climbing = ladder(about)
    climbing.open(cases(300, severity=0.9))
    for week in range(1, 8):
        climbing.work(week, situation(len(climbing.cases), meets=True))
    assert climbing.waiting(MEETING) > 50
    case = climbing.cases
    climbing.take(int(case.who[0]), int(case.opened[0]), 0)
    assert len(climbing.cases) == len(case) - 1


def test_cases_are_conserved() -> None:
    """What was opened is open, settled or dropped, week by week."""
    climbing, opened, ended = ladder(seed=3), 0, 0
    for week in range(1, 40):
        climbing.open(cases(20))
        opened += 20
        _, moves = climbing.work(week, situation(len(climbing.cases), capacity=6, attempts=3))
        ended += int((moves.fate != OPEN).sum())
        assert opened == ended + len(climbing.cases)


def test_a_case_has_its_own_luck_whatever_else_is_open() -> None:
    """A case among many meets the same fate as alone."""
    alone, among = ladder(), ladder()
    one, many = cases(1), cases(50)
    alone.open(one)
    among.open(many)
    for week in range(1, 6):
        before, moves = alone.work(week, situation(len(alone.cases)))
        others, fates = among.work(week, situation(len(among.cases)))
        if len(before) == 0:
            break
        here = np.flatnonzero(others.who == 0)
        assert moves.fate.tolist() == fates.fate[here].tolist()


def test_legacy_problems_are_hard_for_the_desk() -> None:
    """The desk seldom settles what the developer left."""
    common, legacy = (desk_chance(CaseLadder(), cases(1, matter=matter), situation(1))[0] for matter in (0, LEGACY))
    assert legacy == pytest.approx(CaseLadder().desk_legacy * common)


def test_first_come_against_a_plain_loop() -> None:
    """Who fits is who a clerk would let in, queue by queue."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        queue, capacity = rng.integers(0, 3, 30), rng.integers(0, 8, 3)
        let_in, left = [], capacity.copy()
        for stands_in in queue:
            let_in.append(left[stands_in] > 0)
            left[stands_in] -= left[stands_in] > 0
        assert first_come(queue, capacity).tolist() == let_in


def claims_worked(number: int, weeks: int = 60, **about: Any) -> tuple[Counter[tuple[int, int, int]], np.ndarray]:
    """Let equal claims run with unlimited hours; return how many ended where and how, and how long each took."""
    climbing = ladder()
    climbing.open(cases(number, matter=ARREARS))
    ends: Counter[tuple[int, int, int]] = Counter()
    after = np.zeros(number, np.int64)
    for week in range(1, weeks + 1):
        before, moves = climbing.work(week, situation(len(climbing.cases), **about))
        ended = moves.fate != OPEN
        ends.update(zip(moves.stage[ended].tolist(), moves.fate[ended].tolist(), moves.suit[ended].tolist(), strict=True))
        after[before.who[ended]] = week
    assert len(climbing.cases) == 0
    return ends, after


def tilted(chance: float, factor: float) -> float:
    odds = factor * chance / (1 - chance)
    return odds / (1 + odds)


@pytest.mark.parametrize(("readiness", "offer"), [(1.0, 0.0), (0.5, 0.3), (2.0, 0.15)])
def test_with_unlimited_hours_a_claim_is_an_absorbing_chain_too(readiness: float, offer: float) -> None:
    """Each end of a claim comes as often as the chain says: demand, two attempts at mediation, a suit."""
    number, about, arrears = 20_000, CaseLadder(), Arrears()
    ends, after = claims_worked(number, readiness=readiness, offer=offer)
    swayed = readiness * np.exp(arrears.offer_weight * offer)
    pays = tilted(arrears.demand, readiness)
    settles = tilted(about.takes_part, readiness) * tilted(about.settles, swayed)
    asked = (1 - pays) * arrears.asks_mediation
    failed = asked * (1 - settles) ** about.attempts
    sued = (1 - pays) * (1 - arrears.asks_mediation) + failed
    withdrawn = tilted(arrears.pays_when_sued, readiness)
    judged = sued * (1 - withdrawn) * (1 - settles)
    expected = {
        (DESK, SETTLED, 0): pays,
        (MEDIATION, SETTLED, 0): asked - failed,
        (COURT, SETTLED, WITHDRAWN): sued * withdrawn,
        (COURT, SETTLED, MEDIATED): sued * (1 - withdrawn) * settles,
        (COURT, SETTLED, JUDGED): judged * (1 - about.court_wins),
        (COURT, DROPPED, LOST): judged * about.court_wins,
    }
    assert sum(expected.values()) == pytest.approx(1.0) and set(ends) == set(expected)
    for end, chance in expected.items():
        assert abs(ends[end] / number - chance) < 4 * np.sqrt(chance * (1 - chance) / number), end
    steps = arrears.demand_weeks + failed * about.attempts + (asked - failed) * 1.0 + sued * about.court_weeks
    steps += asked * (1 - settles) * settles  # settled at the second attempt
    assert after.mean() == pytest.approx(steps, abs=4 * after.std() / np.sqrt(number))


def test_of_unanswered_demands_the_firm_pursues_so_many_the_longest_first() -> None:
    """With five to pursue the first five of those who did not pay go on, the others are left alone."""
    climbing = ladder()
    climbing.open(cases(100, matter=ARREARS))
    for week in range(1, Arrears().demand_weeks + 1):
        before, moves = climbing.work(week, situation(len(climbing.cases), pursues=5))
        assert (moves.fate != OPEN).any() == (week == Arrears().demand_weeks)
    unpaid = before.who[moves.fate != SETTLED]
    assert climbing.cases.who.tolist() == unpaid[:5].tolist() and len(unpaid) > 50


def test_claims_wait_for_mediation_in_one_queue_with_the_households_cases() -> None:
    """With two attempts a week, those of the longest standing come first, whosever they are."""
    climbing = ladder(CaseLadder(takes_part=0.0, attempts=9))
    own, claims = cases(4), cases(4, matter=ARREARS)
    own.stage = claims.stage = np.full(4, MEDIATION)
    own.opened, claims.opened = np.array([1, 3, 5, 7]), np.array([2, 4, 6, 8])
    climbing.open(own)
    climbing.open(claims)
    before, moves = climbing.work(9, situation(8, attempts=3))
    assert sorted(before.opened[moves.attempted].tolist()) == [1, 2, 3]


def test_a_claim_without_a_claimant_falls_before_court_and_not_in_it() -> None:
    """Where the firm is gone, what it demanded is left; what it sued for is still judged."""
    climbing = ladder()
    gone = replace(situation(2), diligence=np.zeros(1))
    waiting = cases(2, matter=ARREARS)
    waiting.stage = np.array([MEDIATION, COURT])
    climbing.open(waiting)
    _, moves = climbing.work(1, gone)
    assert moves.fate.tolist() == [DROPPED, OPEN]
