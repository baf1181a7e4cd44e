"""Open cases of one community, as columns: who, what, how grave, at which stage.

A case moves by its own keyed draws: household, week of opening, and its turn, which is the stage with the week there, or
the attempt at mediation.  Neither its position in the list nor the date is in the address, so that a list of another length,
or a longer wait for an attempt, changes nobody's luck.
"""

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.households import I8
from sim.texts import Text

STAGES: dict[str, Text] = {
    "desk": Text(zh="物业前台", en="provider's desk"),
    "mediation": Text(zh="居委会调解", en="mediation by the residents' committee"),
    "joint_meeting": Text(zh="联席会议", en="joint meeting"),
    "court": Text(zh="法院", en="court"),
}
DESK, MEDIATION, MEETING, COURT = range(len(STAGES))
LEGACY, ARREARS = 6, 7
WEEK_BITS, STAGE_BITS = 16, 12
END = len(STAGES) << STAGE_BITS
"""The turn at which a case's end is drawn: see `turns`."""
ROOM = 256


CASE = np.dtype(
    [
        (name, np.float64 if name == "severity" else np.int64)
        for name in ("who", "number", "estate", "matter", "severity", "stage", "weeks", "tries", "opened", "cause")
    ]
)
"""A row of the file of cases: see `Cases`."""


class Table:
    """Rows of a structured array whose fields are read as columns, by name."""

    def __init__(self, rows: np.ndarray) -> None:
        """Show these rows."""
        self.rows = rows

    def __init_subclass__(cls, dtype: np.dtype[Any]) -> None:
        """Let each field be read as a view of its column, shape (m,)."""
        for name in dtype.names or ():
            setattr(cls, name, property(lambda table, name=name: table.rows[name]))  # type: ignore[misc]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> np.ndarray:
            """Return a column: which there are is known from the fields."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def only(self, kept: Any) -> Self:
        """Return the rows for which `kept` is true, or whose indices or slice it holds."""
        return type(self)(self.rows[kept])


class Cases(Table, dtype=CASE):
    """Cases, the oldest first.

    who: row of the household.  number: its number in the estate.  estate.  matter: index, LEGACY for the developer's,
    ARREARS where the firm is the claimant.  severity: 0-1.  stage: DESK .. COURT.  weeks: at this stage.  tries: attempts at
    mediation.  opened: week.  cause: event.
    """

    @property
    def claims(self) -> np.ndarray:
        """Tell of each case whether it is the firm's claim to arrears."""
        about_arrears: np.ndarray = self.matter == ARREARS
        return about_arrears


def turns(cases: Cases) -> I8:
    """Return the turn of each case, shape (m,): its stage, and which week there or attempt at mediation comes now."""
    step: I8 = np.where(cases.stage == MEDIATION, cases.tries, cases.weeks)
    return (cases.stage << STAGE_BITS) | step


class CaseFile:
    """The open cases of a community: rows that grow by doubling, so that a week's new cases cost no copy of the old.

    rows: with room to spare.  count: how many are open, at the front.
    """

    def __init__(self) -> None:
        """Begin without cases."""
        self.rows, self.count = np.empty(ROOM, CASE), 0

    @property
    def cases(self) -> Cases:
        """Return the open cases, as views."""
        return Cases(self.rows[: self.count])

    def room_for(self, more: int) -> Cases:
        """Return so many new rows at the end, to be filled."""
        first, self.count = self.count, self.count + more
        if self.count > len(self.rows):
            open_now = self.rows[:first]
            self.rows = np.empty(2 * self.count, CASE)
            self.rows[:first] = open_now
        return Cases(self.rows[first : self.count])

    def waiting(self, stage: int) -> int:
        """Return how many cases wait at a stage."""
        return int(np.count_nonzero(self.rows["stage"][: self.count] == stage))

    def take(self, who: int, opened: int, matter: int) -> Cases:
        """Take one case away and return it: a joint meeting settled it.  A household may have two of one week: one goes."""
        cases = self.cases
        same = (cases.who == who) & (cases.opened == opened) & (cases.matter == matter)
        first = int(np.flatnonzero(same & (cases.stage == MEETING))[0])
        taken = self.rows[first : first + 1].copy()
        self.rows[first : self.count - 1] = self.rows[first + 1 : self.count]
        self.count -= 1
        return Cases(taken)


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
