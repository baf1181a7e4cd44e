"""Whether a measure in force changed anything: the events that it changed against the base, over all pairs.

Evidence is looked for in this order, and the first that is there is told.  `events`: in some pair the count
of a kind of event that names the measure differs from the base's.  `hours`: hours were given to an activity
for which the measure asks, or a body to which it adds hours gave more, than in the base.  `counts`: it is the
only measure by which the scenario differs from the base, and in some pair the count of events of some kind
differs.  `together`: the same, but other measures differ too and nothing tells them apart.  Otherwise `none`:
the measure is not connected.

Without a base (one run, or the base itself) only events that name it and hours can be seen; where there are
none, `unseen`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.moments import Plan
from sim.parts import numbers_of, part_named

if TYPE_CHECKING:
    from pandas import DataFrame

EVENTS, HOURS, COUNTS, TOGETHER, NONE, UNSEEN = "events", "hours", "counts", "together", "none", "unseen"
NEGLIGIBLE = 1e-9
ANNOUNCED = "policy_changes"
"""The kind of event that says that a measure is in force; it is no trace of its doing anything."""


@dataclass(frozen=True)
class Evidence:
    """What one measure did in one scenario; means of a run, or of a pair.

    events, base_events: that name it.  changed: summed differences of the counts of their kinds.  hours: a
    week, more than in the base.  pairs: how many were compared.  pairs_changed: in how many of them the count
    of any kind of event differs.
    """

    scenario: str
    measure: str
    evidence: str
    events: float
    base_events: float
    changed: float
    hours: float
    pairs: int
    pairs_changed: int


@dataclass(frozen=True)
class Runs:
    """The finished runs of an experiment: their counts of events and their health, one row a cell."""

    cells: "DataFrame"
    counts: "DataFrame"
    health: "DataFrame"

    def by_seed(self, frame: "DataFrame", scenario: str, seeds: Sequence[int]) -> "DataFrame":
        """Return the rows of one scenario in the order of the seeds; frame: one row a finished cell."""
        own = self.cells[(self.cells.scenario == scenario) & (self.cells.state == "done")]
        return frame.loc[own.set_index("seed").cell.loc[list(seeds)].to_numpy()]

    def seeds(self, *scenarios: str) -> list[int]:
        """Return the seeds for which every one of these scenarios has a finished run."""
        done = self.cells[self.cells.state == "done"]
        found = [set(done.seed[done.scenario == name]) for name in scenarios]
        return sorted(set.intersection(*found))


def runs_of(cells: "DataFrame", event_counts: "DataFrame", health: "DataFrame") -> Runs:
    """Return the finished runs; what a cell lacks is 0.

    Columns of counts are (action, measure), those of health are items.
    """
    done = [int(cell) for cell in cells.cell[cells.state == "done"]]
    return Runs(
        cells,
        wide(event_counts, done),
        health.pivot(index="cell", columns="item", values="value").fillna(0.0),
    )


def wide(counted: "DataFrame", cells: "Sequence[int]") -> "DataFrame":
    """Return counts with one row for each of these cells and a column for each (action, measure)."""
    table = counted.pivot_table(index="cell", columns=["action", "measure"], values="count", aggfunc="sum", fill_value=0)
    return table.reindex(list(cells), fill_value=0)


def evidence(scenarios: Sequence[Mapping[str, Any]], runs: Runs) -> Iterator[Evidence]:
    """Yield what every measure of each scenario did against the first; scenarios: as in the manifest."""
    base = scenarios[0]
    for scenario in scenarios:
        seeds = runs.seeds(scenario["name"], base["name"])
        if not seeds:
            continue
        found = [_of_measure(measure, scenario, base, runs) for measure in scenario["measures"]]
        shown = {one.measure for one in found if one.evidence in (EVENTS, HOURS)}
        for one in found:
            others = set(scenario["measures"]) ^ set(base["measures"]) | shown
            yield one if one.evidence != COUNTS or others <= {one.measure} else _named(one, TOGETHER)


def _named(one: Evidence, kind: str) -> Evidence:
    return Evidence(**{**asdict(one), "evidence": kind})


def _of_measure(measure: str, scenario: Mapping[str, Any], base: Mapping[str, Any], runs: Runs) -> Evidence:
    names, seeds = (scenario["name"], base["name"]), runs.seeds(scenario["name"], base["name"])
    here, there = (runs.by_seed(runs.counts, name, seeds) for name in names)
    before, after = (runs.by_seed(runs.health, name, seeds) for name in reversed(names))
    own = [column for column in runs.counts.columns if column[1] == measure]
    done = [column for column in runs.counts.columns if column[0] != ANNOUNCED]
    is_base = names[0] == names[1]
    events, base_events = here[own].to_numpy(), there[own].to_numpy()
    changed = float(np.abs(events - (0 if is_base else base_events)).sum())
    hours = _hours(measure, after, before * (not is_base))
    differ = int((here[done].to_numpy() != there[done].to_numpy()).any(axis=1).sum())
    seen = {EVENTS: changed > 0, HOURS: hours > NEGLIGIBLE, COUNTS: differ > 0, UNSEEN: is_base, NONE: True}
    kind, pairs = next(kind for kind, is_there in seen.items() if is_there), len(seeds)
    mean, base_mean = float(events.sum()) / pairs, float(base_events.sum()) / pairs
    return Evidence(names[0], measure, kind, mean, base_mean, changed / pairs, hours, pairs, differ)


def _hours(measure: str, here: "DataFrame", there: "DataFrame") -> float:
    """Return the mean hours a week given to what a measure asks for, more than in the base."""
    asked, more = asked_of(measure)
    given = sum(_more(f"hours.given:{key}", here, there) for key in asked)
    for body in more:
        work = [name for name in here.columns if name.startswith(f"hours.given:{body}/")]
        used = sum(_more(name, here, there) for name in work)
        given += min(_more(f"hours.capacity:{body}", here, there), used)
    return float(given)


def _more(item: str, here: "DataFrame", there: "DataFrame") -> float:
    return float(np.mean(here[item]) - np.mean(there[item])) if item in here else 0.0


def asked_of(measure: str) -> tuple[set[str], set[str]]:
    """Return what a measure asks hours for, as 'body/activity', and the bodies to which it adds hours."""
    cls = part_named("measure", measure)
    plan = Plan(promises=1)
    plan.ask([cls(**{name: about.suggested for name, about in numbers_of(cls).items()})])
    return {f"{body}/{activity}" for body, activity, _, _ in plan.hours}, {body for body, _, _ in plan.more}
