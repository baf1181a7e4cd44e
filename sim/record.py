"""What a run leaves behind: week by week, by estate, group, body and activity, as arrays that outcomes are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.cases import STAGES
from sim.hours import HoursLedger
from sim.households import ATTITUDES, F8, GROUPS, I8, MATTERS


@dataclass
class Record:
    """Arrays with one row a week; t weeks, e estates, k matters, g groups of residents.

    residents: shape (e, g); how many resident households.  dwellings: shape (e,).
    satisfaction: (t, e, g); their summed satisfaction, whole numbers of 2**-14.
    spread: (t, 4); number, sum, sum of squares and sum over the worst-off tenth of all residents.
    survey: (t, e, 2); chances of answering, and the satisfaction that they weigh.
    distance: (t, e); summed distance of the grade wanted from the contract's.
    quality: (t, e, k).  attitudes: (t, e, 6); mean of residents, 0-1, taken every four weeks.
    money: (t, e, 2); billed and paid [fen], zero in weeks without bills.
    recovered, forgiven: (t, e); arrears paid at the end of a claim, and let off [fen].
    fines: (t, e, 3); imposed on the firm, paid, left unpaid by a firm that went [fen].
    suits: (t, e, 3); of firms on arrears, ended withdrawn, judged, mediated.
    collection, pressure, friction: (t, e).
    issues: (t, 3); voiced, withheld, silent.  cases, claims: (t, stages, 3); settled, dropped, reached, of households' cases
    and of the firms' claims to arrears.  open_cases, open_claims: (t,).  returned: (t,); cases that came back.
    seated: (t, all tracked attributes of all seats); `tracked` shows it by institution and attribute, (t, number of seats).
    asked, given: hours by body and activity, (t,).  capacity: hours by body, (t,).
    observed: by outcome, (t,).  weeks: how many rows are filled.
    open_at_start: cases that are open when the run begins.
    """

    residents: I8
    satisfaction: I8
    spread: I8
    survey: I8
    distance: I8
    quality: F8
    money: I8
    collection: F8
    pressure: F8
    friction: F8
    seated: F8
    tracked: dict[tuple[str, str], F8]
    dwellings: I8
    issues: I8
    cases: I8
    open_cases: I8
    claims: I8
    open_claims: I8
    returned: I8
    recovered: I8
    forgiven: I8
    fines: I8
    suits: I8
    attitudes: F8
    asked: dict[tuple[str, str], F8] = field(default_factory=dict)
    given: dict[tuple[str, str], F8] = field(default_factory=dict)
    capacity: dict[str, F8] = field(default_factory=dict)
    observed: dict[str, F8] = field(default_factory=dict)
    weeks: int = 0
    open_at_start: int = 0

    @property
    def size(self) -> int:
        """Return the number of weeks that there is room for."""
        return len(self.spread)

    def write_hours(self, week: int, ledger: HoursLedger) -> None:
        """Keep one week's ledger."""
        for book, hours in (
            (self.asked, ledger.asked),
            (self.given, ledger.given),
            (self.capacity, ledger.capacity),
        ):
            self._write(book, week, hours)

    def keep(self, outcome: str, week: int, value: float) -> None:
        """Keep one week's value of an outcome that was observed as the community lived."""
        self._write(self.observed, week, {outcome: value})

    def _write(self, book: dict[Any, F8], week: int, hours: Mapping[Any, float]) -> None:
        for key, value in hours.items():
            if key not in book:
                book[key] = np.zeros(self.size)
            book[key][week] = value


def empty(weeks: int, residents: I8, dwellings: I8, tracked: Mapping[tuple[str, str], int]) -> Record:
    """Return a record with room for so many weeks; `tracked` says how many seats each tracked attribute has."""
    estates = len(residents)
    whole: dict[str, Any] = {name: np.zeros((weeks, *shape), np.int64) for name, shape in _whole_numbers(estates).items()}
    real: dict[str, Any] = {name: np.zeros((weeks, *shape)) for name, shape in _real_numbers(estates).items()}
    ends = np.cumsum([0, *tracked.values()]).tolist()
    seated = np.zeros((weeks, ends[-1]))
    kept = {key: seated[:, first:last] for key, first, last in zip(tracked, ends, ends[1:], strict=False)}
    return Record(residents=residents, dwellings=dwellings, seated=seated, tracked=kept, **whole, **real)


def _whole_numbers(estates: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of a week's entry in each array of whole numbers."""
    return {
        "satisfaction": (estates, len(GROUPS)),
        "spread": (4,),
        "survey": (estates, 2),
        "distance": (estates,),
        "money": (estates, 2),
        "issues": (3,),
        "cases": (len(STAGES), 3),
        "open_cases": (),
        "claims": (len(STAGES), 3),
        "open_claims": (),
        "returned": (),
        "recovered": (estates,),
        "forgiven": (estates,),
        "fines": (estates, 3),
        "suits": (estates, 3),
    }


def _real_numbers(estates: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of a week's entry in each array of real numbers."""
    one_each = dict.fromkeys(("collection", "pressure", "friction"), (estates,))
    return {**one_each, "quality": (estates, len(MATTERS)), "attitudes": (estates, len(ATTITUDES))}
