"""One week on the case ladder: every open case is worked on, settles, waits, climbs or is dropped."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.cases import COURT, DESK, MEDIATION, MEETING, Cases, first_come, none_open
from sim.chance import Purpose
from sim.households import F4, F8, I8, U4
from sim.ladder_chances import (
    agreement_chance,
    attendance_chance,
    climb_chance,
    debtor_attends_chance,
    desk_chance,
    moved_odds,
    offer_odds,
)  # fmt: skip
from sim.mechanisms.arrears import Arrears
from sim.mechanisms.case_ladder import CaseLadder

OPEN, SETTLED, DROPPED = 0, 1, 2
NO_SUIT, WITHDRAWN, JUDGED, MEDIATED, LOST = range(5)


@dataclass(frozen=True)
class Situation:
    """What a week's cases meet; e estates.

    quality: shape (e, k).  diligence: shape (e,); of the provider against what was signed, zero where there is none.
    pressure, friction: shape (e,), 0-1.  capacity: shape (e,); cases that the desk can work on.  attempts: at mediation that
    the residents' committee has hours for.  ability: what overload leaves of its work, 0-1.  meets: shape (e,); whether a
    joint meeting takes up the estate's matters.  efficacy: of the household behind each case, 0-1.
    authority: shape (e,); that the Party organization lends, 1 where its hours are doubled.
    readiness: shape (m,); odds factor by which each debtor yields more or less easily than a middling one.
    offer: shape (e,); share of arrears that the firm lets off to whoever agrees.  pursues: shape (e,); unanswered demands
    that the firm takes further.
    """

    quality: F8
    diligence: F8
    pressure: F8
    friction: F8
    capacity: I8
    attempts: int
    ability: float
    meets: np.ndarray
    efficacy: F8
    authority: F8
    readiness: F8
    offer: F8
    pursues: I8


@dataclass(frozen=True)
class Moves:
    """What became of each case this week; each shape (m,), in the order of the cases before.

    fate: OPEN, SETTLED or DROPPED.  stage: where it was worked on.  repaired: settled by mending the cause.
    climbed: reached a further stage, `to`.  attempted: tried in mediation.  pays: share of arrears that is paid at the end.
    suit: how a suit of the firm ended, NO_SUIT to LOST.
    """

    fate: I8
    stage: I8
    repaired: np.ndarray
    climbed: np.ndarray
    attempted: np.ndarray
    to: I8
    pays: F8
    suit: I8

    def only(self, which: I8) -> "Moves":
        """Return what became of some cases, by their indices."""
        return Moves(*(column[which] for column in vars(self).values()))


@dataclass(frozen=True)
class _Week:
    """A week's work under way: cases, what they meet, their draws, and what has become of each so far."""

    cases: Cases
    at: Situation
    drawn: F4
    weeks: I8
    tries: I8
    fate: I8
    stage: I8
    pays: F8
    suit: I8
    attempted: np.ndarray

    def here(self, stage: int, claims: bool) -> I8:
        """Return the indices of the open cases at a stage, the firm's claims or the households' cases."""
        return np.flatnonzero((self.cases.stage == stage) & (self.cases.claims == claims) & (self.fate == OPEN))

    @property
    def served(self) -> np.ndarray:
        """Tell of each case whether a firm serves its estate."""
        found: np.ndarray = self.at.diligence[self.cases.estate] > 0
        return found


class Ladder:
    """The open cases of a community and how they move."""

    def __init__(self, about: CaseLadder, arrears: Arrears, draw: Callable[..., None], place: U4, seed: int) -> None:
        """Begin without cases; draw: the engine's `draw_words`; place: shape (e,), the estates' addresses in chance."""
        self.about, self.arrears, self.draw, self.place, self.seed = about, arrears, draw, place, seed
        self.cases = none_open()

    def open(self, cases: Cases) -> None:
        """Put new cases at the end of the desk's queue."""
        self.cases = self.cases.and_also(cases)

    def waiting(self, stage: int) -> int:
        """Return how many cases wait at a stage."""
        return int((self.cases.stage == stage).sum())

    def work(self, week: int, situation: Situation) -> tuple[Cases, Moves]:
        """Work a week on every case; closed ones leave.  Returns the cases as they were, and what became of each."""
        before, now = self.cases, self._begun(week, situation)
        for step in (self._at_desk, self._on_demand, self._without_a_firm, self._in_mediation, self._after_mediation):
            step(now)
        self._in_court(now)
        self._claims_in_court(now)
        climbed = (now.stage != before.stage) & (now.fate == OPEN)
        repaired = (now.fate == SETTLED) & ~before.claims & (now.drawn[3] < self.about.repairs)
        after = Cases(
            before.who, before.number, before.estate, before.matter, before.severity, now.stage,
            np.where(climbed, 0, now.weeks), np.where(climbed, 0, now.tries), before.opened, before.cause,
        )  # fmt: skip
        self.cases = after.only(now.fate == OPEN)
        return before, Moves(now.fate, before.stage, repaired, climbed, now.attempted, now.stage, now.pays, now.suit)

    def _begun(self, week: int, situation: Situation) -> _Week:
        cases = self.cases
        purpose = np.where(cases.claims, int(Purpose.CLAIM), int(Purpose.CASE))
        drawn = cases.draws(self.draw, purpose, self.place, week, self.seed)
        fate, suit = np.zeros(len(cases), np.int64), np.zeros(len(cases), np.int64)
        return _Week(
            cases, situation, drawn, cases.weeks + 1, cases.tries.copy(), fate, cases.stage.copy(), np.zeros(len(cases)),
            suit, np.zeros(len(cases), bool),
        )  # fmt: skip

    def _at_desk(self, now: _Week) -> None:
        cases, here = now.cases, now.here(DESK, claims=False)
        worked = here[first_come(cases.estate[here], now.at.capacity)]
        now.fate[worked[now.drawn[0, worked] < desk_chance(self.about, cases, now.at)[worked]]] = SETTLED
        left = here[(now.fate[here] == OPEN) & (now.weeks[here] >= self.about.desk_weeks)]
        goes_on = now.drawn[1, left] < climb_chance(self.about, cases.severity[left], now.at.efficacy[left])
        now.stage[left[goes_on]] = MEDIATION
        now.fate[left[~goes_on]] = DROPPED

    def _on_demand(self, now: _Week) -> None:
        """Let demands that run out be answered, pursued, or left for the next quarter."""
        due = now.here(DESK, claims=True)
        due = due[now.weeks[due] >= self.arrears.demand_weeks]
        pays = now.drawn[0, due] < moved_odds(self.arrears.demand, now.at.readiness[due])
        now.fate[due[pays]], now.pays[due[pays]] = SETTLED, 1.0
        left = due[~pays]
        pursued = first_come(now.cases.estate[left], now.at.pursues) & now.served[left]
        now.fate[left[~pursued]] = DROPPED
        asks = now.drawn[1, left] < self.arrears.asks_mediation
        now.stage[left[pursued]] = np.where(asks, MEDIATION, COURT)[pursued]

    def _without_a_firm(self, now: _Week) -> None:
        """Let claims fall that have not come to court and have lost their claimant."""
        before_court = now.cases.claims & (now.cases.stage != COURT) & (now.fate == OPEN)
        now.fate[before_court & ~now.served] = DROPPED

    def _in_mediation(self, now: _Week) -> None:
        cases, at, about = now.cases, now.at, self.about
        here = np.flatnonzero((cases.stage == MEDIATION) & (now.fate == OPEN))
        tried = self._oldest_first(cases, here)[: at.attempts]
        claim = cases.claims
        comes = np.where(claim, debtor_attends_chance(about, cases, at), attendance_chance(about, cases, at))
        agrees = agreement_chance(about, cases, at)
        agrees = np.where(claim, moved_odds(about.settles * at.ability, self._swayed(now)), agrees)
        settled = tried[((now.drawn[0] < comes) & (now.drawn[1] < agrees))[tried]]
        now.fate[settled] = SETTLED
        now.pays[settled] = np.where(claim, 1 - at.offer[cases.estate], 0.0)[settled]
        now.tries[tried] += 1
        now.attempted[tried] = True

    def _swayed(self, now: _Week) -> F8:
        """Return each debtor's readiness where the firm's offer is on the table, shape (m,)."""
        return now.at.readiness * offer_odds(self.arrears, now.at)[now.cases.estate]

    def _oldest_first(self, cases: Cases, here: I8) -> I8:
        """Return cases of all estates in the order in which they wait: the oldest first, of one week's the gravest.

        It is the same in whatever order the estates are listed.
        """
        place = self.place[cases.estate[here]]
        keys = (cases.claims[here], cases.number[here], place, -cases.severity[here], cases.opened[here])
        return here[np.lexsort(keys)]

    def _after_mediation(self, now: _Week) -> None:
        """Send on what mediation did not settle, and let go what has waited too long, there or for a meeting."""
        cases, meets = now.cases, now.at.meets[now.cases.estate]
        mediated = (cases.stage == MEDIATION) & (now.fate == OPEN)
        failed = mediated & (now.tries >= self.about.attempts)
        now.stage[failed & meets] = MEETING
        waits = (cases.stage == MEDIATION) | (cases.stage == MEETING)
        tired = waits & (now.fate == OPEN) & (now.weeks > self.about.patience)
        ends = (failed & ~meets) | (tired & (now.stage == cases.stage))
        sues = ends & (cases.claims | (now.drawn[2] < self.about.court))
        now.stage[sues] = COURT
        now.fate[ends & ~sues] = DROPPED

    def _in_court(self, now: _Week) -> None:
        here = now.here(COURT, claims=False)
        judged = here[now.weeks[here] >= self.about.court_weeks]
        now.fate[judged] = np.where(now.drawn[0, judged] < self.about.court_wins, SETTLED, DROPPED)

    def _claims_in_court(self, now: _Week) -> None:
        """End the firm's suits that are due: paid up and withdrawn, mediated, judged, or lost."""
        about, at, here = self.about, now.at, now.here(COURT, claims=True)
        due = here[now.weeks[here] >= about.court_weeks]
        first, second, third = now.drawn[:3, due]
        ready, swayed = at.readiness[due], self._swayed(now)[due]
        agrees = moved_odds(about.takes_part, ready) * moved_odds(about.settles, swayed)
        ends = np.where(third < about.court_wins, LOST, JUDGED)
        ends = np.where(second < agrees, MEDIATED, ends)
        ends = np.where(first < moved_odds(self.arrears.pays_when_sued, ready), WITHDRAWN, ends)
        now.suit[due] = ends
        now.fate[due] = np.where(ends == LOST, DROPPED, SETTLED)
        cut = 1 - at.offer[now.cases.estate[due]]
        now.pays[due] = np.select([ends == WITHDRAWN, ends == LOST], [1.0, 0.0], cut)

    def take(self, who: int, opened: int, matter: int) -> None:
        """Take one case away: a joint meeting settled it.  A household may have two of one week: one goes."""
        cases = self.cases
        same = (cases.who == who) & (cases.opened == opened) & (cases.matter == matter)
        found = np.flatnonzero(same & (cases.stage == MEETING))[:1]
        self.cases = cases.only(np.delete(np.arange(len(cases)), found))
