"""How outcomes run over the weeks in each scenario, averaged over runs; which courses cover one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from experiments.figures.averages import Average, average, by_run, runs_of
from experiments.figures.captions import headlines
from experiments.figures.drawing import Tables
from experiments.figures.style import Mark, mark
from sim.households import F8
from sim.outcome import Outcome
from sim.texts import Text

CLOSE = 0.01  # of all that a panel spans; lines that lie no further apart cover each other
DASH = 3.0  # line widths


@dataclass(frozen=True)
class Course:
    """One line: a scenario's average of an outcome by week; `total` is how many runs the scenario has."""

    scenario: Text
    mark: Mark
    weeks: Sequence[int]
    average: Average
    total: int

    @property
    def known(self) -> list[int]:
        """Return the rows in which at least one run has a value."""
        return [int(row) for row in np.flatnonzero(self.average.runs)]

    @property
    def gaps(self) -> list[int]:
        """Return the rows in which at least one run has no value."""
        return [int(row) for row in np.flatnonzero(self.average.runs < self.total)]


@dataclass(frozen=True)
class Panel:
    """The courses of one outcome, one a scenario, in the order compared."""

    outcome: Outcome
    courses: Sequence[Course]

    @property
    def shown(self) -> list[Course]:
        """Return the courses that have a value in at least one week."""
        return [course for course in self.courses if course.known]


def panels(tables: Tables) -> list[Panel]:
    """Return a panel for each headline outcome of the table `outcomes`."""
    found = headlines(list(tables.frames["outcomes"].columns))
    return [Panel(outcome, _courses(tables, outcome.key)) for outcome in found]


def _courses(tables: Tables, outcome: str) -> list[Course]:
    courses = []
    for position, (key, label) in enumerate(tables.scenarios.items()):
        runs = runs_of(tables, key)
        values = by_run(tables.frames["outcomes"], runs, outcome)
        weeks = [int(week) for week in values.columns]
        averaged = average(values.to_numpy(np.float64))
        courses.append(Course(label, mark(position), weeks, averaged, len(runs)))
    return courses


def kept_apart(courses: Sequence[Course]) -> list[Mark]:
    """Return the marks of lines; those that cover one another take turns, a dash each: none vanishes."""
    marks = [course.mark for course in courses]
    for group in coincident(courses):
        period = DASH * len(group)
        for turn, index in enumerate(group):
            marks[index] = replace(marks[index], dash=(-turn * DASH % period, (DASH, period - DASH)))
    return marks


def coincident(courses: Sequence[Course]) -> list[list[int]]:
    """Return the groups, each of two or more places, of courses that cover one another all along."""
    means = [course.average.mean for course in courses]
    known = np.concatenate([mean[np.isfinite(mean)] for mean in means])
    near = CLOSE * float(np.ptp(known))
    groups: list[list[int]] = []
    for index, mean in enumerate(means):
        home = [group for group in groups if _covers(means[group[0]], mean, near)]
        if home:
            home[0].append(index)
        else:
            groups.append([index])
    return [group for group in groups if len(group) > 1]


def _covers(one: F8, other: F8, near: float) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=0, atol=near, equal_nan=True))
