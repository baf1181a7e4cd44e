"""One week on the case ladder: every open case is worked on, settles, waits, climbs or is dropped."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.cases import COURT, DESK, LEGACY, MEDIATION, MEETING, Cases, first_come, none_open
from sim.chance import Purpose
from sim.households import F4, F8, I8, U4
from sim.mechanisms.case_ladder import CaseLadder

OPEN, SETTLED, DROPPED = 0, 1, 2


@dataclass(frozen=True)
class Situation:
    """What a week's cases meet; e estates.

    quality: shape (e, k).  diligence: shape (e,); of the provider against what was signed, zero where there is none.
    pressure, friction: shape (e,), 0-1.  capacity: shape (e,); cases that the desk can work on.  attempts: at mediation that
    the residents' committee has hours for.  ability: what overload leaves of its work, 0-1.  meets: shape (e,); whether a
    joint meeting takes up the estate's matters.  efficacy: of the household behind each case, 0-1.
    authority: shape (e,); that the Party organization lends, 1 where its hours are doubled.
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


@dataclass(frozen=True)
class Moves:
    """What became of each case this week; each shape (m,), in the order of the cases before.

    fate: OPEN, SETTLED or DROPPED.  stage: where it was worked on.  repaired: settled by mending the cause.
    climbed: reached a further stage, `to`.  attempted: tried in mediation.
    """

    fate: I8
    stage: I8
    repaired: np.ndarray
    climbed: np.ndarray
    attempted: np.ndarray
    to: I8


class Ladder:
    """The open cases of a community and how they move."""

    def __init__(self, about: CaseLadder, draw: Callable[..., None], place: U4, seed: int) -> None:
        """Begin without cases; draw: the engine's `draw_words`; place: shape (e,), the estates' addresses in chance."""
        self.about, self.draw, self.place, self.seed = about, draw, place, seed
        self.cases = none_open()

    def open(self, cases: Cases) -> None:
        """Put new cases at the end of the desk's queue."""
        self.cases = self.cases.and_also(cases)

    def waiting(self, stage: int) -> int:
        """Return how many cases wait at a stage."""
        return int((self.cases.stage == stage).sum())

    def work(self, week: int, situation: Situation) -> tuple[Cases, Moves]:
        """Work a week on every case; closed ones leave.  Returns the cases as they were, and what became of each."""
        cases = self.cases
        drawn = cases.draws(self.draw, Purpose.CASE, self.place, week, self.seed)
        fate, stage = np.zeros(len(cases), np.int64), cases.stage.copy()
        tries, weeks = cases.tries.copy(), cases.weeks + 1
        self._at_desk(cases, situation, drawn, weeks, fate, stage)
        attempted = self._in_mediation(cases, situation, drawn, weeks, tries, fate, stage)
        self._after_mediation(cases, situation, drawn, weeks, tries, fate, stage)
        self._in_court(cases, drawn, weeks, fate)
        climbed = (stage != cases.stage) & (fate == OPEN)
        repaired = (fate == SETTLED) & (drawn[3] < self.about.repairs)
        before = cases
        cases = Cases(
            cases.who, cases.number, cases.estate, cases.matter, cases.severity, stage, np.where(climbed, 0, weeks),
            np.where(climbed, 0, tries), cases.opened, cases.cause,
        )  # fmt: skip
        self.cases = cases.only(fate == OPEN)
        return before, Moves(fate, before.stage, repaired, climbed, attempted, stage)

    def _at_desk(self, cases: Cases, at: Situation, drawn: F4, weeks: I8, fate: I8, stage: I8) -> None:
        here = np.flatnonzero(cases.stage == DESK)
        worked = here[first_come(cases.estate[here], at.capacity)]
        fate[worked[drawn[0, worked] < self.desk_chance(cases, at)[worked]]] = SETTLED
        left = here[(fate[here] == OPEN) & (weeks[here] >= self.about.desk_weeks)]
        goes_on = drawn[1, left] < self.climb_chance(cases.severity[left], at.efficacy[left])
        stage[left[goes_on]] = MEDIATION
        fate[left[~goes_on]] = DROPPED

    def desk_chance(self, cases: Cases, at: Situation) -> F8:
        """Return the chance that the desk settles each case, shape (m,)."""
        about, legacy = self.about, cases.matter == LEGACY
        of_legacy = at.quality.mean(axis=1, keepdims=True)  # stands behind the matters, where LEGACY points
        quality = np.concatenate([at.quality, of_legacy], axis=1)[cases.estate, cases.matter]
        chance = about.desk_base + about.desk_quality * quality - about.desk_severity * cases.severity
        chance = about.desk_chance * at.diligence[cases.estate] * np.maximum(chance, 0.0)
        return np.minimum(np.where(legacy, about.desk_legacy * chance, chance), 1.0)

    def climb_chance(self, severity: F8, efficacy: F8) -> F8:
        """Return the chance that a household takes its case further, shape (m,)."""
        about = self.about
        return 1 / (1 + np.exp(-(about.climb + about.climb_severity * severity + about.climb_efficacy * (efficacy - 0.45))))

    def _in_mediation(self, cases: Cases, at: Situation, drawn: F4, weeks: I8, tries: I8, fate: I8, stage: I8) -> np.ndarray:
        here = np.flatnonzero(cases.stage == MEDIATION)
        tried = self._oldest_first(cases, here)[: at.attempts]
        takes_part = drawn[0] < self.takes_part_chance(cases, at)
        settles = drawn[1] < self.settle_chance(cases, at)
        fate[tried[(takes_part & settles)[tried]]] = SETTLED
        tries[tried] += 1
        attempted = np.zeros(len(cases), bool)
        attempted[tried] = True
        return attempted

    def _oldest_first(self, cases: Cases, here: I8) -> I8:
        """Return cases of all estates in the order in which they wait: the oldest first, of one week's the gravest.

        It is the same in whatever order the estates are listed.
        """
        place = self.place[cases.estate[here]]
        return here[np.lexsort((cases.number[here], place, -cases.severity[here], cases.opened[here]))]

    def takes_part_chance(self, cases: Cases, at: Situation) -> F8:
        """Return the chance that the other side takes part in mediation, shape (m,)."""
        about = self.about
        more = about.takes_part_pressure * (at.pressure[cases.estate] - 0.4)
        more = more + about.takes_part_authority * at.authority[cases.estate]
        chance = about.takes_part + more + about.takes_part_friction * (0.5 - at.friction[cases.estate])
        return np.clip(chance, 0.0, 1.0) * (at.diligence[cases.estate] > 0)

    def settle_chance(self, cases: Cases, at: Situation) -> F8:
        """Return the chance that a mediated case settles, shape (m,)."""
        about = self.about
        chance = (about.settles - about.settles_severity * (cases.severity - 0.45)) * at.ability
        return np.clip(np.where(cases.matter == LEGACY, about.settles_legacy * chance, chance), 0.0, 1.0)

    def _after_mediation(self, cases: Cases, at: Situation, drawn: F4, weeks: I8, tries: I8, fate: I8, stage: I8) -> None:
        """Send on what mediation did not settle, and let go what has waited too long, there or for a meeting."""
        mediated = (cases.stage == MEDIATION) & (fate == OPEN)
        failed = mediated & (tries >= self.about.attempts)
        stage[failed & at.meets[cases.estate]] = MEETING
        waits = (cases.stage == MEDIATION) | (cases.stage == MEETING)
        tired = waits & (fate == OPEN) & (weeks > self.about.patience)
        ends = (failed & ~at.meets[cases.estate]) | (tired & (stage == cases.stage))
        sues = ends & (drawn[2] < self.about.court)
        stage[sues] = COURT
        fate[ends & ~sues] = DROPPED

    def _in_court(self, cases: Cases, drawn: F4, weeks: I8, fate: I8) -> None:
        judged = np.flatnonzero((cases.stage == COURT) & (weeks >= self.about.court_weeks))
        fate[judged] = np.where(drawn[0, judged] < self.about.court_wins, SETTLED, DROPPED)

    def take(self, who: int, opened: int) -> None:
        """Take one case away: a joint meeting settled it.  A household may have two of one week: one goes."""
        cases = self.cases
        found = np.flatnonzero((cases.who == who) & (cases.opened == opened) & (cases.stage == MEETING))[:1]
        self.cases = cases.only(np.delete(np.arange(len(cases)), found))
