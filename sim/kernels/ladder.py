"""Compiled twin of `sim.ladder`: the same steps, case by case."""

from typing import Any

import numpy as np
from numba import njit

from sim.cases import ARREARS, COURT, DESK, END, LEGACY, MEDIATION, MEETING, STAGE_BITS, WEEK_BITS
from sim.chance import PURPOSE_SHIFT, Purpose
from sim.households import EFFICACY, PROVIDER, VACANT
from sim.kernels.elementary import exponential, logistic, philox, unit
from sim.kernels.payment import MIDDLE, USUAL
from sim.ladder import DROPPED, JUDGED, LOST, MEDIATED, NO_SUIT, OPEN, SETTLED, WITHDRAWN
from sim.ladder_chances import USUAL_EFFICACY, USUAL_FRICTION, USUAL_PRESSURE, USUAL_SEVERITY

# Plain constants would have what takes them compiled anew for each.
CASE, CLAIM = (np.int64(purpose << PURPOSE_SHIFT) for purpose in (Purpose.CASE, Purpose.CLAIM))
EMPTY = np.uint8(VACANT)
ZERO = np.float32(0)


@njit(cache=True, nogil=True, error_model="numpy")
def _turn(case: Any) -> Any:
    return (case.stage << STAGE_BITS) | (case.tries if case.stage == MEDIATION else case.weeks)


@njit(cache=True, nogil=True, error_model="numpy")
def _draws(case: Any, purpose: Any, turn: Any, streams: Any) -> Any:
    when = np.uint32(turn | (case.opened << WEEK_BITS))
    first, place = np.uint32(case.number | purpose), streams.place[case.estate]
    a, b, e, d = philox(first, when, place, np.uint32(streams.seed))
    return np.float64(unit(a)), np.float64(unit(b)), np.float64(unit(e)), np.float64(unit(d))


@njit(cache=True, nogil=True, error_model="numpy")
def _moved_odds(chance: Any, factor: Any) -> Any:
    better = chance * factor
    return better / (1 - chance + better)


@njit(cache=True, nogil=True, error_model="numpy")
def _readiness(case: Any, whom: Any, r: Any) -> Any:
    who = case.who
    lived = ZERO if whom.tenure[who] == EMPTY else whom.satisfaction[who] - USUAL
    will = r.satisfaction * lived + r.trust * (whom.held[PROVIDER, who] - MIDDLE)
    return np.float64(exponential(will))


@njit(cache=True, nogil=True, error_model="numpy")
def _offer(case: Any, at: Any, r: Any) -> Any:
    quality, standard, short = at.quality[case.estate], at.standard[case.estate], 0.0
    for k in range(quality.size):
        short += max(standard[k] - quality[k], 0.0)
    return r.discount * min(1.0, short / quality.size / r.bad_service)


@njit(cache=True, nogil=True, error_model="numpy")
def _swayed(case: Any, whom: Any, at: Any, r: Any) -> Any:
    return _readiness(case, whom, r) * np.float64(exponential(np.float32(r.offer_weight * _offer(case, at, r))))


@njit(cache=True, nogil=True, error_model="numpy")
def _quality(case: Any, at: Any) -> Any:
    quality = at.quality[case.estate]
    if case.matter < LEGACY:
        return quality[case.matter]
    total = 0.0
    for k in range(quality.size):
        total += quality[k]
    return total / quality.size


@njit(cache=True, nogil=True, error_model="numpy")
def _desk_chance(case: Any, at: Any, r: Any) -> Any:
    chance = r.desk_base + r.desk_quality * _quality(case, at) - r.desk_severity * case.severity
    chance = r.desk_chance * at.estates[case.estate].diligence * max(chance, 0.0)
    return min(r.desk_legacy * chance if case.matter == LEGACY else chance, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _climb_chance(case: Any, whom: Any, r: Any) -> Any:
    efficacy = np.float64(whom.held[EFFICACY, case.who])
    logit = r.climb + r.climb_severity * case.severity + r.climb_efficacy * (efficacy - USUAL_EFFICACY)
    return np.float64(logistic(np.float32(logit)))


@njit(cache=True, nogil=True, error_model="numpy")
def _comes(case: Any, whom: Any, at: Any, r: Any) -> Any:
    e = case.estate
    if case.matter == ARREARS:
        asked = min(max(r.takes_part + r.takes_part_authority * at.estates[e].authority, 0.0), 1.0)
        return _moved_odds(asked, _readiness(case, whom, r))
    more = (
        r.takes_part_pressure * (at.estates[e].pressure - USUAL_PRESSURE) + r.takes_part_authority * at.estates[e].authority
    )
    chance = r.takes_part + more + r.takes_part_friction * (USUAL_FRICTION - at.estates[e].friction)
    return min(max(chance, 0.0), 1.0) if at.estates[e].diligence > 0 else 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _agrees(case: Any, whom: Any, at: Any, r: Any) -> Any:
    if case.matter == ARREARS:
        return _moved_odds(r.settles * at.ability, _swayed(case, whom, at, r))
    chance = (r.settles - r.settles_severity * (case.severity - USUAL_SEVERITY)) * at.ability
    return min(max(r.settles_legacy * chance if case.matter == LEGACY else chance, 0.0), 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _at_desk(case: Any, whom: Any, at: Any, r: Any, streams: Any, worked: Any) -> Any:
    e = case.estate
    served = worked[e] < at.estates[e].capacity
    worked[e] += 1
    if not served and case.weeks + 1 < r.desk_weeks:
        return OPEN, DESK
    first, second, _, _ = _draws(case, CASE, _turn(case), streams)
    if served and first < _desk_chance(case, at, r):
        return SETTLED, DESK
    if case.weeks + 1 < r.desk_weeks:
        return OPEN, DESK
    return (OPEN, MEDIATION) if second < _climb_chance(case, whom, r) else (DROPPED, DESK)


@njit(cache=True, nogil=True, error_model="numpy")
def _on_demand(case: Any, whom: Any, at: Any, r: Any, streams: Any, pursued: Any) -> Any:
    e = case.estate
    served = at.estates[e].diligence > 0
    if case.weeks + 1 < r.demand_weeks:
        return (OPEN if served else DROPPED), DESK, 0.0
    first, second, _, _ = _draws(case, CLAIM, _turn(case), streams)
    if first < _moved_odds(r.demand, _readiness(case, whom, r)):
        return SETTLED, DESK, 1.0
    pursued[e] += 1
    if pursued[e] > at.estates[e].pursues or not served:
        return DROPPED, DESK, 0.0
    return OPEN, (MEDIATION if second < r.asks_mediation else COURT), 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _claim_in_court(case: Any, whom: Any, at: Any, r: Any, streams: Any) -> Any:
    first, second, third, _ = _draws(case, CLAIM, _turn(case), streams)
    ready, cut = _readiness(case, whom, r), 1 - _offer(case, at, r)
    if first < _moved_odds(r.pays_when_sued, ready):
        return SETTLED, 1.0, WITHDRAWN
    if second < _moved_odds(r.takes_part, ready) * _moved_odds(r.settles, _swayed(case, whom, at, r)):
        return SETTLED, cut, MEDIATED
    return (DROPPED, 0.0, LOST) if third < r.court_wins else (SETTLED, cut, JUDGED)


@njit(cache=True, nogil=True, error_model="numpy")
def _in_court(case: Any, whom: Any, at: Any, r: Any, streams: Any) -> Any:
    if case.weeks + 1 < r.court_weeks:
        return OPEN, 0.0, NO_SUIT
    if case.matter == ARREARS:
        return _claim_in_court(case, whom, at, r, streams)
    first, _, _, _ = _draws(case, CASE, _turn(case), streams)
    return (SETTLED if first < r.court_wins else DROPPED), 0.0, NO_SUIT


@njit(cache=True, nogil=True, error_model="numpy")
def _before(one: Any, other: Any, place: Any) -> Any:
    """Tell whether one case has waited before another: the oldest first, of one week's the gravest, then by address."""
    if one.opened != other.opened:
        return one.opened < other.opened
    if one.severity != other.severity:
        return one.severity > other.severity
    here, there = place[one.estate], place[other.estate]
    if here != there:
        return here < there
    if one.number != other.number:
        return one.number < other.number
    return one.matter != ARREARS and other.matter == ARREARS


@njit(cache=True, nogil=True, error_model="numpy")
def _queue(c: Any, count: Any, at: Any, place: Any) -> Any:
    """Return the cases that wait for mediation, and are not without a claimant, in the order in which they wait."""
    waiting, size = np.empty(count, np.int64), 0
    for i in range(count):
        if c[i].stage != MEDIATION or (c[i].matter == ARREARS and not at.estates[c[i].estate].diligence > 0):
            continue
        slot = size
        while slot > 0 and _before(c[i], c[waiting[slot - 1]], place):
            waiting[slot] = waiting[slot - 1]
            slot -= 1
        waiting[slot] = i
        size += 1
    return waiting[:size]


@njit(cache=True, nogil=True, error_model="numpy")
def _mediate(c: Any, count: Any, whom: Any, at: Any, r: Any, streams: Any, fate: Any) -> None:
    """Try the cases that have waited longest, as many as there are attempts."""
    waiting = _queue(c, count, at, streams.place)
    for slot in range(min(waiting.size, at.attempts)):
        i = waiting[slot]
        first, second, _, _ = _draws(c[i], CLAIM if c[i].matter == ARREARS else CASE, _turn(c[i]), streams)
        c[i].tries += 1
        if first < _comes(c[i], whom, at, r) and second < _agrees(c[i], whom, at, r):
            fate[i] = SETTLED


@njit(cache=True, nogil=True, error_model="numpy")
def _after_mediation(case: Any, at: Any, r: Any, streams: Any) -> Any:
    """Say what becomes of an open case that waits for mediation or a meeting."""
    e, claim = case.estate, case.matter == ARREARS
    if claim and not at.estates[e].diligence > 0:
        return DROPPED, case.stage
    failed = case.stage == MEDIATION and case.tries >= r.attempts
    if failed and at.estates[e].meets > 0:
        return OPEN, MEETING
    if not failed and case.weeks + 1 <= r.patience:
        return OPEN, case.stage
    if claim:
        return OPEN, COURT
    sues, _, _, _ = _draws(case, CASE, END, streams)
    return (OPEN, COURT) if sues < r.court else (DROPPED, case.stage)


@njit(cache=True, nogil=True, error_model="numpy")
def _write_end(case: Any, move: Any, r: Any, streams: Any) -> None:
    """Write down whether the end of a household's case mended the cause, or lets it come back."""
    move.repaired = move.returns = 0
    if move.fate == SETTLED and case.matter != ARREARS:
        _, repaired, again, _ = _draws(case, CASE, END, streams)
        move.repaired = repaired < r.repairs
        move.returns = not repaired < r.repairs and again < r.returns


@njit(cache=True, nogil=True, error_model="numpy")
def _group(case: Any) -> Any:
    """Return in which group a case is decided: claims past the desk, demands, then the households' cases."""
    if case.matter != ARREARS:
        return 2
    return 1 if case.stage == DESK else 0


@njit(cache=True, nogil=True, error_model="numpy")
def _move_on(case: Any, to: Any) -> None:
    """Move an open case a week on."""
    climbed = to != case.stage
    case.weeks = 0 if climbed else case.weeks + 1
    case.tries = 0 if climbed else case.tries
    case.stage = to


@njit(cache=True, nogil=True, error_model="numpy")
def _decide(case: Any, whom: Any, at: Any, r: Any, streams: Any, mediated: Any, worked: Any, pursued: Any) -> Any:
    """Return what becomes of a case: its fate, at which stage, the share of arrears paid, and how a suit ended."""
    claim, stage = case.matter == ARREARS, case.stage
    if mediated == SETTLED:
        return mediated, stage, (1 - _offer(case, at, r) if claim else 0.0), NO_SUIT
    if stage == DESK and claim:
        fate, to, pays = _on_demand(case, whom, at, r, streams, pursued)
        return fate, to, pays, NO_SUIT
    if stage == DESK:
        fate, to = _at_desk(case, whom, at, r, streams, worked)
        return fate, to, 0.0, NO_SUIT
    if stage == COURT:
        fate, pays, suit = _in_court(case, whom, at, r, streams)
        return fate, stage, pays, suit
    fate, to = _after_mediation(case, at, r, streams)
    return fate, to, 0.0, NO_SUIT


@njit(cache=True, nogil=True, error_model="numpy")
def _close_gaps(c: Any, fates: Any, stages: Any, was: Any, moves: Any, week: Any) -> Any:
    """Move the open cases on, open those anew that come back, and return how many there are."""
    stays = 0
    for i in range(fates.size):
        if fates[i] == OPEN:
            _move_on(c[i], stages[i])
            c[stays] = c[i]
            stays += 1
    for row in range(moves.size):
        if moves[row].returns:
            c[stays] = was[row]
            c[stays].stage, c[stays].opened = DESK, week
            c[stays].weeks = c[stays].tries = 0
            stays += 1
    return stays


@njit(cache=True, nogil=True, error_model="numpy")
def work(rows: Any, count: Any, whom: Any, at: Any, rates: Any, streams: Any, was: Any, moves: Any) -> tuple[Any, Any]:
    """Work a week on every case: see `sim.ladder.work`."""
    c, r, row = rows, rates[0], 0
    worked, pursued = np.zeros(at.estates.size, np.int64), np.zeros(at.estates.size, np.int64)
    fates, stages = np.zeros(count, np.int64), np.zeros(count, np.int64)
    _mediate(c, count, whom, at, r, streams, fates)
    for group in range(3):
        for i in range(count):
            if _group(c[i]) != group:
                continue
            fate, to, pays, suit = _decide(c[i], whom, at, r, streams, fates[i], worked, pursued)
            if fate != OPEN or to != c[i].stage:
                was[row], move = c[i], moves[row]
                move.fate, move.to, move.pays, move.suit = fate, to, pays, suit
                _write_end(c[i], move, r, streams)
                row += 1
            fates[i], stages[i] = fate, to
    return _close_gaps(c, fates, stages, was, moves[:row], at.week), row
