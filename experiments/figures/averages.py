"""Averages over the runs of a scenario with their intervals; missing values are counted, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.households import F8

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.figures.drawing import Tables

CONFIDENCE = 0.95
DONE = "done"


class Average(NamedTuple):
    """Mean over runs with its 95 % t interval, and how many runs had a value; arrays of one shape.

    `low` and `high` are nan where fewer than two runs had a value, `mean` where none had.
    """

    mean: F8
    low: F8
    high: F8
    runs: F8


def average(values: F8) -> Average:
    """Average over the first axis; a missing value (nan) lowers the count of runs.

    >>> float(average(np.array([1.0, 3.0, np.nan])).mean)
    2.0
    """
    from scipy.stats import t

    there = np.isfinite(values)
    runs = there.sum(axis=0).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, values, 0.0).sum(axis=0) / runs
        squares = np.where(there, (values - mean) ** 2, 0.0).sum(axis=0)
        half = t.ppf((1 + CONFIDENCE) / 2, runs - 1) * np.sqrt(squares / (runs - 1) / runs)
    return Average(mean, mean - half, mean + half, runs)


def runs_of(tables: Tables, scenario: str) -> list[int]:
    """Return the cells of a scenario that are done, in order."""
    cells = tables.frames["cells"]
    mine = cells[(cells["scenario"] == scenario) & (cells["state"] == DONE)]
    return sorted(int(cell) for cell in mine["cell"])


def failed(tables: Tables) -> int:
    """Return how many cells of the experiment are not done."""
    return int((tables.frames["cells"]["state"] != DONE).sum())


def by_run(frame: DataFrame, cells: list[int], column: str) -> DataFrame:
    """Return one column of a weekly table with a row a run and a column a week, nan where there is no row."""
    mine = frame[frame["cell"].isin(cells)]
    return mine.pivot(index="cell", columns="week", values=column).reindex(cells).sort_index(axis="columns")
