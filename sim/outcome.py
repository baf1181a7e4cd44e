"""What an outcome is: its name, unit and better direction, its definition, and how a run is summed up.

Most outcomes are ratios: summed satisfaction over residents, money paid over money billed.  A ratio is asked for by week and
estate; the community's value is the ratio of the sums.  Values are computed from a `Record` when a run ends, not week by
week.  A file of `sim/outcomes/` lists the outcomes that it declares as `OUTCOMES`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from sim.arithmetic import FINE
from sim.households import F8
from sim.record import Record
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community

Better = Literal["more", "less", "neither"]
Summary = Literal["last_year", "total", "last"]
ROOM = "sim.outcomes"
LAST_YEAR = 52
POINTS = 100.0
PER_CENT = 100.0
SUMMARIES: Mapping[str, Text] = MappingProxyType(
    {
        "last_year": Text(zh="最后 52 周平均", en="mean of the last 52 weeks"),
        "total": Text(zh="全程合计", en="total over the run"),
        "last": Text(zh="最后一周", en="value of the last week"),
    }
)


class Ratio(NamedTuple):
    """Numerator and denominator of an outcome: shape (t, e), or (t,) where it belongs to the community only."""

    above: Any
    below: Any


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    `ratio` takes a record and returns numerator and denominator; without it, `observe` is asked each week for the value of
    a community as it lives.  `scale` multiplies the ratio into the unit.  `better` says which direction is better.
    `headline` outcomes (1, 2, ... in this order) come first and are the ones that a comparison tests; 0
    is none.
    """

    key: str
    label: Text
    unit: Text
    definition: Text
    ratio: Callable[[Record], Ratio] | None = None
    observe: "Callable[[Community], float] | None" = None
    better: Better = "neither"
    summary: Summary = "last_year"
    headline: int = 0
    decimals: int = 1
    scale: float = 1.0

    def series(self, record: Record) -> F8:
        """Return the community's value week by week, shape (t,)."""
        above, below = self._ratio(record)
        if above.ndim == 2:
            above, below = above.sum(axis=1), below.sum(axis=1)
        return self._value(record, above, below)

    def by_estate(self, record: Record) -> F8 | None:
        """Return each estate's value week by week, shape (t, e), or None where it belongs to the community only."""
        above, below = self._ratio(record)
        return self._value(record, above, below) if above.ndim == 2 else None

    def summed(self, series: F8) -> Any:
        """Sum a series up over its weeks, shape (t,) or (t, e), as `summary` says."""
        if self.summary == "total":
            return series.sum(axis=0)
        return series[-1] if self.summary == "last" else series[-LAST_YEAR:].mean(axis=0)

    def _ratio(self, record: Record) -> Ratio:
        if self.ratio is not None:
            return self.ratio(record)
        return Ratio(record.observed.get(self.key, np.full(record.size, np.nan)), np.ones(record.size))

    def _value(self, record: Record, above: Any, below: Any) -> F8:
        """Return the ratio; NaN, never an infinity, where there is nothing to be a share of, as where nobody lives."""
        above, below = (np.asarray(part[: record.weeks], np.float64) for part in (above, below))
        value: F8 = np.divide(above, below, out=np.full(below.shape, np.nan), where=below != 0) * self.scale
        return value


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Return every outcome by key, headlines first, then in alphabetical order."""
    room = importlib.import_module(ROOM)
    files = [importlib.import_module(f"{ROOM}.{info.name}") for info in pkgutil.iter_modules(room.__path__)]
    found = sorted(
        (one for file in files for one in file.OUTCOMES), key=lambda one: (not one.headline, one.headline, one.key)
    )
    return MappingProxyType({one.key: one for one in found})


def shares(whole: Any) -> Any:
    """Return whole numbers of 2**-14 as shares."""
    return np.asarray(whole, np.float64) / FINE


def over_estates(values: F8) -> Ratio:
    """Return values by week and estate as a ratio whose community value is the mean of the estates."""
    return Ratio(values, np.ones_like(values))


def by_dwellings(values: Any, record: Record) -> Ratio:
    """Return values by week and estate as a ratio whose community value is weighted by dwellings."""
    return Ratio(values * record.dwellings, np.broadcast_to(record.dwellings, values.shape))


def of_community(values: F8) -> Ratio:
    """Return values by week as a ratio that belongs to the community only."""
    return Ratio(values, np.ones_like(values))
