"""The case ladder against an absorbing Markov chain, against a queue, and its ledger of cases."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from sim.cases import ARREARS, CASE, COURT, DESK, LEGACY, MEDIATION, MEETING, CaseFile, Cases, first_come
from sim.engine import Engine, engine
from sim.households import ATTITUDES, EFFICACY
from sim.ladder import (
    CONDITIONS,
    DROPPED,
    JUDGED,
    LOST,
    MEDIATED,
    MOVE,
    OPEN,
    SETTLED,
    WITHDRAWN,
    Moves,
    Parties,
    Situation,
    Streams,
)  # fmt: skip
from sim.ladder_chances import agreement_chance, attendance_chance, climb_chance, desk_chance
from sim.mechanisms.arrears import Arrears
from sim.mechanisms.case_ladder import CaseLadder
from sim.mechanisms.payment import USUAL, Payment

SEVERITY, USUAL_EFFICACY, QUALITY = 0.5, 0.45, 0.6
MANY = 10**9
COMPILED = engine("compiled")


def cases(amount: int, severity: Any = SEVERITY, matter: Any = 0, **more: Any) -> Cases:
    """Return so many cases of one estate, each of another household, equal but for what `more` says."""
    rows = np.zeros(amount, CASE)
    rows["who"] = rows["number"] = np.arange(amount)
    rows["severity"], rows["matter"], rows["stage"] = severity, matter, DESK
    for name, column in more.items():
        rows[name] = column
    return Cases(rows)


def parties(number: int, readiness: float = 1.0) -> Parties:
    """Return so many households of middling efficacy, as debtors so ready to yield."""
    held = np.full((len(ATTITUDES), number), 0.5, np.float32)
    held[EFFICACY] = USUAL_EFFICACY
    content = USUAL + np.log(readiness) / Payment().rates().satisfaction
    return Parties(held, np.full(number, content, np.float32), np.zeros(number, np.uint8))


def situation(
    *, capacity: int = MANY, attempts: int = MANY, meets: bool = False, offer: float = 0.0, pursues: int = MANY,
    diligence: float = 1.0,
) -> Situation:  # fmt: skip
    """Return one estate of middling service with so much capacity at the desk and in mediation."""
    met = np.array([(diligence, 0.4, 0.5, 0.0, capacity, pursues, meets)], CONDITIONS)
    short = offer / Arrears().discount * Arrears().bad_service
    return Situation(met, np.full((1, 6), QUALITY), np.full((1, 6), QUALITY + short), attempts, 1.0, 0)


class Ladder:
    """An empty ladder of one estate with as many households as cases will be opened."""

    def __init__(
        self, about: CaseLadder | None = None, seed: int = 1, whom: Parties | None = None, by: Engine = COMPILED
    ) -> None:
        self.file, self.seed, self.by, self.whom = CaseFile(), seed, by, whom or parties(50_000)
        self.place = np.array([7], np.uint32)
        self.rates = (about or CaseLadder()).rates(Arrears(), Payment().rates())

    @property
    def cases(self) -> Cases:
        return self.file.cases

    def open(self, new: Cases) -> None:
        self.file.room_for(len(new)).rows[:] = new.rows

    def work(self, week: int, at: Situation) -> tuple[Cases, Moves]:
        was, moves = np.empty(self.file.count, CASE), np.empty(self.file.count, MOVE)
        streams = Streams(self.place, self.seed)
        met = at._replace(week=week)
        self.file.count, rows = self.by.work_cases(
            self.file.rows, self.file.count, self.whom, met, self.rates, streams, was, moves
        )
        return Cases(was[:rows]), Moves(moves[:rows])


def ladder(about: CaseLadder | None = None, seed: int = 1) -> Ladder:
    return Ladder(about, seed)


def worked(number: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Let equal cases run with unlimited hours; return what became of each, by stage and fate, and after how many weeks."""
    climbing = ladder(CaseLadder(returns=0.0))
    climbing.open(cases(number))
    fate, after = np.zeros((number, 2), np.int64), np.zeros(number, np.int64)
    for week in range(1, weeks + 1):
        before, moves = climbing.work(week, situation())
        ended = moves.fate != OPEN
        fate[before.who[ended]] = np.stack([before.stage[ended], moves.fate[ended]], axis=1)
        after[before.who[ended]] = week
    assert len(climbing.cases) == 0, "every case ends within a year"
    return fate, after


def chain() -> tuple[dict[tuple[int, int], float], float]:
    """Return the chances of each end, and the mean weeks, from the fundamental matrix of the absorbing chain."""
    about = CaseLadder()
    one, at, rates = cases(1), situation(), ladder().rates.view(np.recarray)[0]
    desk = float(desk_chance(rates, one, at)[0])
    climb = float(climb_chance(rates, one, parties(1))[0])
    mediation = float(attendance_chance(rates, one, at)[0] * agreement_chance(rates, one, at)[0])
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
        before, moves = queue.work(week, situation(capacity=1))
        order += before.who[moves.fate == SETTLED].tolist()
    assert order == list(range(10))


def test_no_attempts_no_mediation() -> None:
    """Without hours no case is settled in mediation; all are dropped or sue once their patience is gone."""
    climbing = ladder(CaseLadder(climb=6.0))
    climbing.open(cases(500, severity=0.9))
    settled = 0
    for week in range(1, 60):
        before, moves = climbing.work(week, situation(attempts=0))
        settled += int(((moves.fate == SETTLED) & (before.stage == MEDIATION)).sum())
        assert not climbing.cases.tries.any()
    assert settled == 0
    assert len(climbing.cases) == 0


def test_what_mediation_cannot_settle_goes_to_the_joint_meeting_where_there_is_one() -> None:
    """With a joint meeting failed cases wait for it instead of ending."""
    about = CaseLadder(climb=6.0, settles=0.0)
    climbing = ladder(about)
    climbing.open(cases(300, severity=0.9))
    for week in range(1, 8):
        climbing.work(week, situation(meets=True))
    assert climbing.file.waiting(MEETING) > 50
    case = climbing.cases
    waits, before = case.only(case.stage == MEETING), len(case)
    climbing.file.take(int(waits.who[0]), int(waits.opened[0]), 0)
    assert climbing.file.count == before - 1 and waits.who[0] not in climbing.cases.who


def test_cases_are_conserved() -> None:
    """What was opened or came back is open, settled or dropped, week by week."""
    climbing, opened, ended, back = ladder(seed=3), 0, 0, 0
    for week in range(1, 40):
        climbing.open(cases(20, opened=week))
        opened += 20
        _, moves = climbing.work(week, situation(capacity=6, attempts=3))
        ended += int((moves.fate != OPEN).sum())
        back += int(moves.returns.sum())
        assert opened + back == ended + len(climbing.cases)
    assert back > 0


def test_a_case_has_its_own_luck_whatever_else_is_open() -> None:
    """A case among many meets the same fate as alone."""
    alone, among = ladder(), ladder()
    one, many = cases(1), cases(50)
    alone.open(one)
    among.open(many)
    for week in range(1, 6):
        before, moves = alone.work(week, situation())
        others, fates = among.work(week, situation())
        if len(before) == 0:
            break
        here = np.flatnonzero(others.who == 0)
        assert moves.fate.tolist() == fates.fate[here].tolist()


def test_legacy_problems_are_hard_for_the_desk() -> None:
    """The desk seldom settles what the developer left."""
    rates = ladder().rates.view(np.recarray)[0]
    common, legacy = (desk_chance(rates, cases(1, matter=matter), situation())[0] for matter in (0, LEGACY))
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


def claims_worked(number: int, readiness: float, **about: Any) -> tuple[Counter[tuple[int, int, int]], np.ndarray]:
    """Let equal claims run with unlimited hours; return how many ended where and how, and how long each took."""
    climbing = Ladder(whom=parties(number, readiness))
    climbing.open(cases(number, matter=ARREARS))
    ends: Counter[tuple[int, int, int]] = Counter()
    after = np.zeros(number, np.int64)
    for week in range(1, 60):
        before, moves = climbing.work(week, situation(**about))
        ended = moves.fate != OPEN
        ends.update(zip(before.stage[ended].tolist(), moves.fate[ended].tolist(), moves.suit[ended].tolist(), strict=True))
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
    ends, after = claims_worked(number, readiness, offer=offer)
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
        before, moves = climbing.work(week, situation(pursues=5))
        assert (moves.fate != OPEN).any() == (week == Arrears().demand_weeks)
    unpaid = before.who[moves.fate != SETTLED]
    assert climbing.cases.who.tolist() == unpaid[:5].tolist() and len(unpaid) > 50


def test_claims_wait_for_mediation_in_one_queue_with_the_households_cases() -> None:
    """With two attempts a week, those of the longest standing come first, whosever they are."""
    climbing = ladder(CaseLadder(takes_part=0.0, attempts=9))
    opened = np.arange(1, 9)
    climbing.open(cases(4, opened=opened[::2], stage=MEDIATION))
    climbing.open(cases(4, matter=ARREARS, opened=opened[1::2], stage=MEDIATION))
    climbing.work(9, situation(attempts=3))
    tried = climbing.cases.tries > 0
    assert sorted(climbing.cases.opened[tried].tolist()) == [1, 2, 3]


def test_a_claim_without_a_claimant_falls_before_court_and_not_in_it() -> None:
    """Where the firm is gone, what it demanded is left; what it sued for is still judged."""
    climbing = ladder()
    climbing.open(cases(2, matter=ARREARS, stage=(MEDIATION, COURT)))
    before, moves = climbing.work(1, situation(diligence=0.0))
    assert before.stage.tolist() == [MEDIATION] and moves.fate.tolist() == [DROPPED]
    assert climbing.cases.stage.tolist() == [COURT]


def random_situation(rng: np.random.Generator, estates: int) -> Situation:
    """Return a situation in which anything may be scarce or missing."""
    met = np.zeros(estates, CONDITIONS)
    for name in CONDITIONS.names or ():
        whole = name in ("capacity", "pursues", "meets")
        met[name] = rng.integers(0, 2 if name == "meets" else 9, estates) if whole else rng.random(estates)
    met["diligence"] *= rng.random(estates) < 0.8
    service = rng.random((2, estates, 6))
    return Situation(met, service[0], service[1], int(rng.integers(0, 12)), float(rng.random()), 0)


def random_cases(rng: np.random.Generator, number: int, people: int, estates: int) -> Cases:
    """Return cases of any matter at any stage, several of them of one household, week and severity."""
    who = rng.integers(0, people, number)
    severity = np.round(rng.random(number), 1)
    whole = {"matter": 8, "stage": 4, "weeks": 14, "tries": 3, "opened": 4, "cause": 99}
    drawn = {name: rng.integers(0, high, number) for name, high in whole.items()}
    return cases(number, who=who, number=who // estates, estate=who % estates, **{**drawn, "severity": severity})


@pytest.mark.parametrize("seed", range(30))
def test_compiled_and_plain_move_random_cases_alike_to_the_bit(seed: int) -> None:
    """Weeks on end, both engines keep the same cases and tell the same of those that moved."""
    rng, people, estates = np.random.default_rng(seed), 400, 3
    whom = Parties(
        rng.random((len(ATTITUDES), people), np.float32), rng.random(people, np.float32),
        rng.integers(0, 3, people).astype(np.uint8),
    )  # fmt: skip
    about = CaseLadder(attempts=int(rng.integers(1, 4)), court=0.4, court_wins=0.4, court_weeks=5, patience=6)
    one, other = (Ladder(about, seed, whom, engine(name)) for name in ("compiled", "plain"))
    place, moved = rng.integers(0, 2**32, estates).astype(np.uint32), 0
    for week in range(1, 12):
        new, at = random_cases(rng, int(rng.integers(0, 80)), people, estates), random_situation(rng, estates)
        told = []
        for each in (one, other):
            each.place = place
            each.open(new)
            told.append(each.work(week, at))
        (was, moves), (was_too, moves_too) = told
        assert was.rows.tobytes() == was_too.rows.tobytes() and moves.rows.tobytes() == moves_too.rows.tobytes()
        assert one.cases.rows.tobytes() == other.cases.rows.tobytes()
        moved += len(was)
    assert moved > 100
