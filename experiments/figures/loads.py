"""What is asked of each body and what it gives, by activity and scenario, averaged over runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.figures.averages import Average, average, runs_of
from experiments.figures.drawing import Tables
from sim.hours import PRIORITY
from sim.outcomes.hours import BODIES
from sim.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Load:
    """The hours a week of one body in one scenario.

    `given` and `short` (asked for and not given) are means over runs by activity, in the order in which hours
    are allotted; `all_given` and `all_short` their sums with intervals; `capacity` the hours that there are,
    nan where no row tells; `total` is how many runs the scenario has.
    """

    body: str
    scenario: Text
    given: Mapping[str, float]
    short: Mapping[str, float]
    all_given: Average
    all_short: Average
    capacity: float
    total: int

    @property
    def reach(self) -> float:
        """Return how far the drawing of this load reaches [hours]."""
        asked = sum(self.given.values()) + sum(self.short.values())
        return float(np.nanmax([asked, self.capacity, 0.0]))


def loads(tables: Tables) -> list[list[Load]]:
    """Return the loads by body, scenarios in the order compared.

    A run without a row for a body and activity was asked for nothing; a row without a number is missing.
    """
    frame = tables.frames["hours"]
    runs = {key: runs_of(tables, key) for key in tables.scenarios}
    there = set(frame["body"])
    bodies = [*(body for body in BODIES if body in there), *sorted(there - set(BODIES))]
    return [[_load(frame[frame["body"] == body], body, tables.scenarios[key], runs[key]) for key in runs] for body in bodies]


def _load(rows: DataFrame, body: str, scenario: Text, runs: Sequence[int]) -> Load:
    mine = rows[rows["cell"].isin(runs)]
    activities = sorted(set(mine["activity"]), key=lambda one: (PRIORITY.get(one, len(PRIORITY)), one))
    given, asked = (_by_activity(mine, runs, activities, column) for column in ("given", "asked"))
    capacity = mine.groupby("cell")["capacity"].max().to_numpy(np.float64)
    return Load(
        body,
        scenario,
        dict(zip(activities, average(given).mean.tolist(), strict=True)),
        dict(zip(activities, average(asked - given).mean.tolist(), strict=True)),
        average(given.sum(axis=1)),
        average((asked - given).sum(axis=1)),
        float(average(capacity).mean),
        len(runs),
    )


def _by_activity(
    rows: DataFrame, runs: Sequence[int], activities: Sequence[str], column: str
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return one column with a row a run and a column an activity, 0 where the table has no row."""
    there = rows.assign(there=1.0)
    hours, known = (
        there.pivot(index="cell", columns="activity", values=name).reindex(index=list(runs), columns=list(activities))
        for name in (column, "there")
    )
    return hours.where(known.notna(), 0.0).to_numpy(np.float64)
