"""Open cases of one community, as columns: who, what, how grave, at which stage.

A case moves by its own keyed draws (household, week), never by its position in the list, so that a list of another length
changes nobody's luck.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from sim.chance import PURPOSE_SHIFT, Purpose
from sim.households import F4, F8, I8, U4
from sim.texts import Text

STAGES: dict[str, Text] = {
    "desk": Text(zh="物业前台", en="provider's desk"),
    "mediation": Text(zh="居委会调解", en="mediation by the residents' committee"),
    "joint_meeting": Text(zh="联席会议", en="joint meeting"),
    "court": Text(zh="法院", en="court"),
}
DESK, MEDIATION, MEETING, COURT = range(len(STAGES))
LEGACY, ARREARS = 6, 7
WEEK_BITS = 16


@dataclass
class Cases:
    """Columns of open cases; each shape (m,), the oldest first.

    who: row of the household.  number: its number in the estate.  estate.  matter: index, LEGACY for the developer's,
    ARREARS where the firm is the claimant.  severity: 0-1.  stage: DESK .. COURT.  weeks: at this stage.  tries: attempts at
    mediation.  opened: week.  cause: event.
    """

    who: I8
    number: I8
    estate: I8
    matter: I8
    severity: F8
    stage: I8
    weeks: I8
    tries: I8
    opened: I8
    cause: I8

    def __len__(self) -> int:
        """Return the number of cases."""
        return len(self.who)

    def only(self, kept: np.ndarray) -> "Cases":
        """Return the cases for which `kept` is true (or whose indices it holds)."""
        return Cases(*(column[kept] for column in vars(self).values()))

    def and_also(self, others: "Cases") -> "Cases":
        """Return these cases with others behind them."""
        columns = zip(vars(self).values(), vars(others).values(), strict=True)
        return Cases(*(np.concatenate(both) for both in columns))

    @property
    def claims(self) -> np.ndarray:
        """Tell of each case whether it is the firm's claim to arrears."""
        about_arrears: np.ndarray = self.matter == ARREARS
        return about_arrears

    def draws(self, draw: Callable[..., None], purpose: np.ndarray | Purpose, place: U4, week: int, seed: int) -> F4:
        """Return four uniforms for each case, shape (4, m), addressed by household, week and the week of opening.

        draw: the engine's `draw_words`.  purpose: of all, or of each.  place: shape (e,).
        """
        first = (self.number | (np.asarray(purpose, np.int64) << PURPOSE_SHIFT)).astype(np.uint32)
        when = np.uint32(week) | (self.opened.astype(np.uint32) << np.uint32(WEEK_BITS))
        out = np.empty((4, len(self)), np.float32)
        draw(first, when, place[self.estate], seed, out)
        return out


def none_open() -> Cases:
    """Return an empty list of cases."""
    whole: list[Any] = [np.empty(0, np.int64) for _ in fields(Cases)]
    none = Cases(*whole)
    none.severity = np.empty(0)
    return none


def first_come(stage_and_estate: I8, capacity: I8) -> np.ndarray:
    """Tell which cases fit, the oldest first.

    stage_and_estate: shape (m,); which queue each stands in.  capacity: shape (queues,); how many fit.

    >>> first_come(np.array([0, 1, 0, 0]), np.array([2, 0])).tolist()
    [True, False, True, False]
    """
    in_queues = stage_and_estate.argsort(kind="stable")
    lengths = np.bincount(stage_and_estate, minlength=len(capacity))
    rank = np.empty(len(stage_and_estate), np.int64)
    rank[in_queues] = np.arange(len(rank)) - (lengths.cumsum() - lengths).repeat(lengths)
    fits: np.ndarray = rank < capacity[stage_and_estate]
    return fits
