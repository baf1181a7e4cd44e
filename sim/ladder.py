"""One week on the case ladder: every open case is worked on, settles, waits, climbs or is dropped.

This is the plain twin of `sim.kernels.ladder`: the same steps for all cases at once.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from sim.cases import COURT, DESK, END, MEDIATION, MEETING, WEEK_BITS, Cases, Table, first_come, turns
from sim.chance import PURPOSE_SHIFT, Purpose, words
from sim.households import F4, F8, I8, U1, U4
from sim.ladder_chances import (
    agreement_chance,
    attendance_chance,
    climb_chance,
    debtor_attends_chance,
    desk_chance,
    moved_odds,
    offer_odds,
    offers,
    readiness_of,
)  # fmt: skip

OPEN, SETTLED, DROPPED = 0, 1, 2
NO_SUIT, WITHDRAWN, JUDGED, MEDIATED, LOST = range(5)


CONDITIONS = np.dtype(
    [
        *((name, np.float64) for name in ("diligence", "pressure", "friction", "authority")),
        *((name, np.int64) for name in ("capacity", "pursues", "meets")),
    ]
)
"""What a week's cases meet in an estate, a row each.

diligence: of the provider against what was signed, zero where there is none.  pressure, friction: 0-1.  authority: that the
Party organization lends, 1 where its hours are doubled.
capacity: cases that the desk can work on.  pursues: unanswered demands that the firm takes further.  meets: 1 where a joint
meeting takes up the estate's matters.
"""


class Situation(NamedTuple):
    """What a week's cases meet; e estates.

    estates: shape (e,); rows of `CONDITIONS`.  quality, standard: shape (e, k); of service, and what the contract promises,
    0-1.  attempts: at mediation that the residents' committee has hours for.  ability: what overload leaves of its work.
    week: in which those cases are opened anew that come back.
    """

    estates: np.ndarray
    quality: F8
    standard: F8
    attempts: int
    ability: float
    week: int


class Parties(NamedTuple):
    """What households bring to their cases; n households."""

    held: F4  # shape (attitudes, n), 0-1
    satisfaction: F4  # shape (n,), 0-1
    tenure: U1  # shape (n,)


MOVE = np.dtype(
    [(name, np.float64 if name == "pays" else np.int64) for name in ("fate", "to", "repaired", "returns", "suit", "pays")]
)
"""A row of what became of a case: see `Moves`."""


class Moves(Table, dtype=MOVE):
    """What became of the cases that ended or reached a further stage.

    fate: OPEN where it goes on, SETTLED or DROPPED.  to: the stage that it reached, or ended at.  repaired: 1 where it was
    settled by mending the cause.  returns: 1 where it was settled without that, and comes back.  pays: share of arrears that
    is paid at the end.  suit: how a suit of the firm ended.
    """


class Streams(NamedTuple):
    """Where draws come from: the estates' addresses in chance, shape (e,), and the seed."""

    place: U4
    seed: int


@dataclass(frozen=True)
class _Week:
    """A week's work under way: cases, what they meet, their draws, and what has become of each so far."""

    cases: Cases
    at: Situation
    rates: Any
    drawn: F8
    ending: F8
    offers: F8
    readiness: F8
    swayed: F8
    weeks: I8
    fate: I8
    stage: I8
    pays: F8
    suit: I8

    def here(self, stage: int, claims: bool) -> I8:
        """Return the indices of the open cases at a stage, the firm's claims or the households' cases."""
        return np.flatnonzero((self.cases.stage == stage) & (self.cases.claims == claims) & (self.fate == OPEN))

    @property
    def served(self) -> np.ndarray:
        """Tell of each case whether a firm serves its estate."""
        found: np.ndarray = self.at.estates["diligence"][self.cases.estate] > 0
        return found


def work(
    rows: np.ndarray, count: int, whom: Parties, at: Situation, rates: np.ndarray, streams: Streams, was: np.ndarray,
    moves: np.ndarray,
) -> tuple[int, int]:  # fmt: skip
    """Work a week on every case; closed ones leave the rows, and those that come back are opened anew.

    rows: of `CASE`, the first `count` are the open cases.  rates: one row of `LADDER_RATES`.  was, moves: of `CASE` and
    `MOVE`, with room for all; take the cases that ended or climbed, as they were, and what became of them: claims past
    the desk, demands that ran out, then the households' cases.  Returns how many are open, and how many rows were written.
    """
    now = _begun(Cases(rows[:count]), whom, at, rates.view(np.recarray)[0], streams)
    _at_desk(now, whom)
    _on_demand(now)
    _without_a_firm(now)
    _in_mediation(now, streams.place)
    _after_mediation(now)
    _in_court(now)
    _claims_in_court(now)
    return _written(now, rows, was, moves)


def _begun(cases: Cases, whom: Parties, at: Situation, rates: Any, streams: Streams) -> _Week:
    size = len(cases)
    purpose = np.where(cases.claims, int(Purpose.CLAIM), int(Purpose.CASE))
    drawn, ending = _draws(cases, purpose, turns(cases), streams), _draws(cases, purpose, END, streams)
    ready = readiness_of(rates, cases.who, whom)
    let_off = offers(rates, at)
    swayed = ready * offer_odds(rates, let_off)[cases.estate]
    fate, suit = np.zeros(size, np.int64), np.zeros(size, np.int64)
    return _Week(
        cases, at, rates, drawn, ending, let_off, ready, swayed, cases.weeks + 1, fate, cases.stage.copy(), np.zeros(size),
        suit,
    )  # fmt: skip


def _draws(cases: Cases, purpose: Any, turn: Any, streams: Streams) -> F8:
    """Return four uniforms for each case, shape (4, m), addressed by household, week of opening and turn."""
    first = (cases.number | (purpose << PURPOSE_SHIFT)).astype(np.uint32)
    when = (turn | (cases.opened << WEEK_BITS)).astype(np.uint32)
    drawn = words((first, when, streams.place[cases.estate], np.uint32(streams.seed)))
    return np.stack([(word >> np.uint32(8)).astype(np.float64) / 2**24 for word in drawn])


def _at_desk(now: _Week, whom: Parties) -> None:
    cases, here = now.cases, now.here(DESK, claims=False)
    worked = here[first_come(cases.estate[here], now.at.estates["capacity"])]
    settles = now.drawn[0, worked] < desk_chance(now.rates, cases.only(worked), now.at)
    now.fate[worked[settles]] = SETTLED
    left = here[(now.fate[here] == OPEN) & (now.weeks[here] >= now.rates.desk_weeks)]
    goes_on = now.drawn[1, left] < climb_chance(now.rates, cases.only(left), whom)
    now.stage[left[goes_on]] = MEDIATION
    now.fate[left[~goes_on]] = DROPPED


def _on_demand(now: _Week) -> None:
    """Let demands that run out be answered, pursued, or left for the next quarter."""
    due = now.here(DESK, claims=True)
    due = due[now.weeks[due] >= now.rates.demand_weeks]
    pays = now.drawn[0, due] < moved_odds(now.rates.demand, now.readiness[due])
    now.fate[due[pays]], now.pays[due[pays]] = SETTLED, 1.0
    left = due[~pays]
    pursued = first_come(now.cases.estate[left], now.at.estates["pursues"]) & now.served[left]
    now.fate[left[~pursued]] = DROPPED
    asks = now.drawn[1, left] < now.rates.asks_mediation
    now.stage[left[pursued]] = np.where(asks, MEDIATION, COURT)[pursued]


def _without_a_firm(now: _Week) -> None:
    """Let claims fall that have not come to court and have lost their claimant."""
    before_court = now.cases.claims & (now.cases.stage != COURT) & (now.fate == OPEN)
    now.fate[before_court & ~now.served] = DROPPED


def _in_mediation(now: _Week, place: U4) -> None:
    here = np.flatnonzero((now.cases.stage == MEDIATION) & (now.fate == OPEN))
    tried = _oldest_first(now.cases, here, place)[: now.at.attempts]
    cases, claim = now.cases.only(tried), now.cases.claims[tried]
    attends = debtor_attends_chance(now.rates, cases, now.at, now.readiness[tried])
    comes = np.where(claim, attends, attendance_chance(now.rates, cases, now.at))
    yields = moved_odds(now.rates.settles * now.at.ability, now.swayed[tried])
    agrees = np.where(claim, yields, agreement_chance(now.rates, cases, now.at))
    settles = (now.drawn[0, tried] < comes) & (now.drawn[1, tried] < agrees)
    now.fate[tried[settles]] = SETTLED
    now.pays[tried[settles & claim]] = 1 - now.offers[cases.estate[settles & claim]]
    now.cases.tries[tried] += 1


def _oldest_first(cases: Cases, here: I8, place: U4) -> I8:
    """Return cases of all estates in the order in which they wait: the oldest first, of one week's the gravest.

    It is the same in whatever order the estates are listed.
    """
    found = cases.only(here)
    keys = (found.claims, found.number, place[found.estate], -found.severity, found.opened)
    return here[np.lexsort(keys)]


def _after_mediation(now: _Week) -> None:
    """Send on what mediation did not settle, and let go what has waited too long, there or for a meeting."""
    cases, meets = now.cases, now.at.estates["meets"][now.cases.estate] > 0
    mediated = (cases.stage == MEDIATION) & (now.fate == OPEN)
    failed = mediated & (cases.tries >= now.rates.attempts)
    now.stage[failed & meets] = MEETING
    waits = (cases.stage == MEDIATION) | (cases.stage == MEETING)
    tired = waits & (now.fate == OPEN) & (now.weeks > now.rates.patience)
    ends = (failed & ~meets) | (tired & (now.stage == cases.stage))
    sues = ends & (cases.claims | (now.ending[0] < now.rates.court))
    now.stage[sues] = COURT
    now.fate[ends & ~sues] = DROPPED


def _in_court(now: _Week) -> None:
    here = now.here(COURT, claims=False)
    judged = here[now.weeks[here] >= now.rates.court_weeks]
    now.fate[judged] = np.where(now.drawn[0, judged] < now.rates.court_wins, SETTLED, DROPPED)


def _claims_in_court(now: _Week) -> None:
    """End the firm's suits that are due: paid up and withdrawn, mediated, judged, or lost."""
    rates, here = now.rates, now.here(COURT, claims=True)
    due = here[now.weeks[here] >= rates.court_weeks]
    first, second, third = now.drawn[:3, due]
    ready, swayed = now.readiness[due], now.swayed[due]
    agrees = moved_odds(rates.takes_part, ready) * moved_odds(rates.settles, swayed)
    ends = np.where(third < rates.court_wins, LOST, JUDGED)
    ends = np.where(second < agrees, MEDIATED, ends)
    ends = np.where(first < moved_odds(rates.pays_when_sued, ready), WITHDRAWN, ends)
    now.suit[due] = ends
    now.fate[due] = np.where(ends == LOST, DROPPED, SETTLED)
    cut = 1 - now.offers[now.cases.estate[due]]
    now.pays[due] = np.select([ends == WITHDRAWN, ends == LOST], [1.0, 0.0], cut)


def _written(now: _Week, rows: np.ndarray, was: np.ndarray, moves: np.ndarray) -> tuple[int, int]:
    """Write down who moved, move the open cases on, and close the gaps."""
    cases, climbed = now.cases, (now.stage != now.cases.stage) & (now.fate == OPEN)
    own_settled = (now.fate == SETTLED) & ~cases.claims
    repaired = own_settled & (now.ending[1] < now.rates.repairs)
    again = now.ending[2] < now.rates.returns
    moved = np.flatnonzero((now.fate != OPEN) | climbed)
    groups = np.where(cases.claims, cases.stage == DESK, 2)
    moved = moved[np.argsort(groups[moved], kind="stable")]
    was[: len(moved)] = cases.rows[moved]
    became = (now.fate, now.stage, repaired, own_settled & ~repaired & again, now.suit, now.pays)
    for name, column in zip(MOVE.names or (), became, strict=True):
        moves[name][: len(moved)] = column[moved]
    cases.weeks[:] = np.where(climbed, 0, now.weeks)
    cases.tries[climbed] = 0
    cases.stage[:] = now.stage
    stays = np.flatnonzero(now.fate == OPEN)
    back = _opened_anew(Cases(was[: len(moved)]).only(moves["returns"][: len(moved)] == 1), now.at.week)
    open_now = len(stays) + len(back)
    rows[:open_now] = np.concatenate([cases.rows[stays], back.rows])
    return open_now, len(moved)


def _opened_anew(cases: Cases, week: int) -> Cases:
    cases.stage[:], cases.opened[:] = DESK, week
    cases.weeks[:] = cases.tries[:] = 0
    return cases
