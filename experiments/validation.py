"""What a pattern of validation is: a regularity seen in life, how it is measured, its band.

A pattern measures one number over replicates of a few scenarios.  `produced` patterns follow from
mechanisms that nobody set to give them; `imposed` ones were set to, by a number that the pattern itself was
the source of: they test the setting and nothing else.  A pattern without a band is a first value: its
verdict has to wait.
"""

import importlib
import math
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from experiments.statistics import CONFIDENCE
from sim.households import F8
from sim.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

ROOM = "experiments.pattern"
STATUS_QUO, STANDING_IN, WITHOUT_SUITS, WITH_COMMITTEES = (
    "status_quo",
    "substitution_by_itself",
    "status_quo_without_suits",
    "status_quo_with_committees",
)
RESAMPLES, RESAMPLING_SEED = 2000, 20180101

Verdict = Literal["pass", "fail", "first_value"]
Origin = Literal["produced", "imposed"]


@dataclass(frozen=True)
class Found:
    """A value with its 95 % interval; n: replicates, ballots or comparisons that it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Runs:
    """The tables of finished runs, by name, each row with its scenario and seed."""

    tables: "Mapping[str, DataFrame]"
    weeks: int
    dwellings: int

    def of(self, table: str, scenario: str) -> "DataFrame":
        """Return one scenario's rows of a table."""
        frame = self.tables[table]
        cells = self.cells(scenario)
        return frame.merge(cells[["cell", "seed"]].rename(columns={"seed": "replicate"}), on="cell")

    def cells(self, scenario: str) -> "DataFrame":
        """Return one scenario's finished cells, in the order of their seeds."""
        cells = self.tables["cells"]
        return cells[(cells.scenario == scenario) & (cells.state == "done")].sort_values("seed")

    def pairs(self, column: str, base: str, other: str) -> F8:
        """Return how much an end value of `other` differs from that of `base`, a row a seed."""
        both = self.cells(base).merge(self.cells(other), on="seed", suffixes=("_base", ""))
        return (both[column] - both[f"{column}_base"]).to_numpy(np.float64)[:, None]


@dataclass(frozen=True)
class Pattern:
    """One pattern.

    id: its number among the facts, with a letter where it has several parts.  low, high: the band, none on
    a side that is open; both none: a first value.  missing: what the model cannot give of it yet.
    """

    id: str
    what: Text
    unit: Text
    source: str
    measure: Callable[[Runs], Found]
    origin: Origin
    low: float | None = None
    high: float | None = None
    decimals: int = 1
    missing: Text | None = None

    def verdict(self, found: Found) -> Verdict:
        """Say whether a value lies in the band; its interval says how sure that is."""
        if self.low is None and self.high is None:
            return "first_value"
        return "pass" if self.contains(found.value) else "fail"

    def is_sure(self, found: Found) -> bool:
        """Tell whether the whole interval lies in the band, or the whole of it outside on one side."""
        below = self.low is not None and found.high < self.low
        above = self.high is not None and found.low > self.high
        within = self.contains(found.low) and self.contains(found.high)
        return not math.isnan(found.low) and (below or above or within)

    def contains(self, value: float) -> bool:
        """Tell whether a value lies in the band, its limits included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def patterns() -> Mapping[str, Pattern]:
    """Return every pattern by its id; the room is scanned."""
    room = importlib.import_module(ROOM)
    files = [importlib.import_module(f"{ROOM}.{info.name}") for info in pkgutil.iter_modules(room.__path__)]
    found = sorted((one for file in files for one in file.PATTERNS), key=lambda one: one.id)
    return {one.id: one for one in found}


def resampled(rows: F8, statistic: Callable[[F8], float]) -> Found:
    """Return a statistic of replicates with its bootstrap percentile interval (Efron 1979).

    rows: shape (n, k); one replicate a row.  A single replicate has no interval; where no replicate has any
    event the interval is as empty as the data and too narrow.
    """
    n = len(rows)
    value = statistic(rows) if n else math.nan
    if n < 2:
        return Found(value, math.nan, math.nan, n)
    chance = np.random.default_rng(RESAMPLING_SEED)
    values = [statistic(rows[chance.integers(0, n, n)]) for _ in range(RESAMPLES)]
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.nanpercentile(values, [tail, 100 - tail]) if np.isfinite(values).any() else (math.nan,) * 2
    return Found(value, float(low), float(high), n)


def ratio(rows: F8) -> float:
    """Return the first column summed over the second summed; nan where there is nothing to divide by."""
    above, below = rows[:, :2].sum(axis=0)
    return float(above / below) if below else math.nan


def mean(rows: F8) -> float:
    """Return the mean of the first column."""
    return float(rows[:, 0].mean())
