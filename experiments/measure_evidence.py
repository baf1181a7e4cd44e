"""Whether a measure in force changed anything: the events that it changed against the base, counted over all pairs.

Evidence is looked for in this order, and the first that is there is told.  `events`: in some pair the count of a kind of
event that names the measure differs from the base's.  `hours`: hours were given to an activity for which the measure asks,
or a body to which it adds hours gave more, than in the base.  `counts`: it is the only measure by which the scenario
differs from the base, and in some pair the count of events of some kind differs.  `together`: the same, but other measures
differ too and nothing tells them apart.  Otherwise `none`: the measure is not connected.
Without a base (one run, or the base itself) events that name it and hours alone can be seen; where there are none, `unseen`.
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


@dataclass(frozen=True)
class Evidence:
    """What one measure did in one scenario; means of a run, or of a pair.

    events, base_events: that name it.  changed: summed differences of the counts of their kinds.  hours: a week, more
    than in the base.  pairs: how many were compared.  pairs_changed: in which the count of any kind of event differs.
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
    """Return the finished runs; columns of counts are (action, measure), those of health are items; what a cell lacks is 0."""
    done = cells.cell[cells.state == "done"]
    return Runs(cells, wide(event_counts, done), health.pivot(index="cell", columns="item", values="value").fillna(0.0))


def wide(counted: "DataFrame", cells: "Sequence[int]") -> "DataFrame":
    """Return counts with one row for each of these cells and a column for each (action, measure)."""
    table = counted.pivot_table(
        index="cell", columns=["action", "measure"], values="count", aggfunc="sum", fill_value=0
    )
    return table.reindex(list(cells), fill_value=0)


def evidence(scenarios: Sequence[Mapping[str, Any]], runs: Runs) -> Iterator[Evidence]:
    """Yield what every measure of every scenario did against the first; scenarios: as the manifest has them."""
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
    seeds = runs.seeds(scenario["name"], base["name"])
    here, there = (runs.by_seed(runs.counts, one["name"], seeds) for one in (scenario, base))
    own = [column for column in runs.counts.columns if column[1] == measure]
    is_base = scenario["name"] == base["name"]
    changed = float((here[own].to_numpy() - there[own].to_numpy() * (not is_base)).__abs__().sum())
    hours = _hours(measure, *(runs.by_seed(runs.health, one["name"], seeds) for one in (scenario, base)), is_base)
    differ = int((here.to_numpy() != there.to_numpy()).any(axis=1).sum())
    kind = EVENTS if changed else HOURS if hours > NEGLIGIBLE else COUNTS if differ else UNSEEN if is_base else NONE
    events, base_events = (float(counts[own].to_numpy().sum()) / len(seeds) for counts in (here, there))
    return Evidence(
        scenario["name"], measure, kind, events, base_events, changed / len(seeds), hours, len(seeds), differ
    )


def _hours(measure: str, here: "DataFrame", there: "DataFrame", is_base: bool) -> float:
    """Return the mean hours a week given to what a measure asks for, more than in the base."""
    asked, more = asked_of(measure)
    given = sum(_mean(here, f"hours.given:{key}") - _mean(there, f"hours.given:{key}") * (not is_base) for key in asked)
    for body in more:
        capacity = _mean(here, f"hours.capacity:{body}") - _mean(there, f"hours.capacity:{body}")
        work = [name for name in here.columns if name.startswith(f"hours.given:{body}/")]
        given += min(capacity, sum(_mean(here, name) - _mean(there, name) for name in work))
    return float(given)


def _mean(frame: "DataFrame", column: str) -> float:
    return float(np.mean(frame[column])) if column in frame else 0.0


def asked_of(measure: str) -> tuple[set[str], set[str]]:
    """Return the activities, as 'body/activity', for which a measure asks hours, and the bodies to which it adds hours."""
    cls = part_named("measure", measure)
    plan = Plan(promises=1)
    plan.ask([cls(**{name: about.suggested for name, about in numbers_of(cls).items()})])
    return {f"{body}/{activity}" for body, activity, _, _ in plan.hours}, {body for body, _, _ in plan.more}
