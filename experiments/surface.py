"""A sweep over two numbers as a surface: the paired difference of every point from the one where both are lowest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.names import keys
from experiments.statistics import SIGNIFICANT, Estimate, holm, paired
from sim.outcome import Outcome, outcomes

if TYPE_CHECKING:
    from pandas import DataFrame

MOST = 12
"""Values of a factor at most; what has more is no grid that could be read."""


@dataclass(frozen=True)
class Axes:
    """The two numbers that vary, and their values in order; down is the first as typed, across the second."""

    down: str
    across: str
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    points: Mapping[tuple[float, float], int]

    @property
    def reference(self) -> int:
        """Return the point where both numbers are lowest."""
        return self.points[self.rows[0], self.columns[0]]


@dataclass(frozen=True)
class Surface:
    """One outcome over the grid: its level at the reference, and the difference of every other point from it.

    seen: the points whose difference is seen after Holm's correction over all outcomes and points.
    """

    outcome: Outcome
    level: float
    differences: Mapping[int, Estimate]
    seen: frozenset[int] = field(default_factory=frozenset)


def axes_of(summary: "DataFrame") -> Axes | None:
    """Return the two numbers of a sweep's summary, or None where not exactly two vary, or no whole grid is there."""
    varied = [key for key in summary if str(key) in keys() and summary[key].nunique(dropna=False) > 1]
    numeric = [str(key) for key in varied if summary[key].dtype.kind in "if" and summary[key].notna().all()]
    if len(varied) != 2 or len(numeric) != 2 or summary.scenario.nunique() > 1:
        return None
    down, across = numeric
    rows, columns = (tuple(sorted(map(float, summary[key].unique()))) for key in (down, across))
    points = {(float(row[down]), float(row[across])): int(row["point"]) for row in summary.to_dict("records")}
    if max(len(rows), len(columns)) > MOST or len(points) != len(rows) * len(columns) or len(points) != len(summary):
        return None
    return Axes(down, across, rows, columns, points)


def surfaces(cells: "DataFrame", axes: Axes) -> list[Surface]:
    """Return a surface for each headline outcome; cells: point, seed, state and the outcomes, a row a run."""
    done = cells[cells.state == "done"]
    found = [_surface(done, outcome, axes) for outcome in outcomes().values() if outcome.headline]
    asked = [(place, point) for place, one in enumerate(found) for point in one.differences]
    corrected = holm([found[place].differences[point].p for place, point in asked])
    seen = {pair for pair, p in zip(asked, corrected, strict=True) if p < SIGNIFICANT}
    return [
        Surface(one.outcome, one.level, one.differences, frozenset(point for at, point in seen if at == place))
        for place, one in enumerate(found)
    ]


def _surface(done: "DataFrame", outcome: Outcome, axes: Axes) -> Surface:
    wide = done.pivot(index="seed", columns="point", values=outcome.key).reindex(columns=list(axes.points.values()))
    base: Any = wide[axes.reference].to_numpy(np.float64)
    differences = {
        point: paired(base, wide[point].to_numpy(np.float64)) for point in axes.points.values() if point != axes.reference
    }
    return Surface(outcome, float(np.nanmean(base)) if not np.isnan(base).all() else float("nan"), differences)
