"""What differs along the chain between a scenario and the base: events, hours, service, trust."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.chain import BODIES, PEOPLE, link_of_event, link_of_outcome
from experiments.event_texts import label_of, labelled
from experiments.measure_evidence import Runs
from experiments.statistics import Estimate, paired
from sim.households import ATTITUDES
from sim.outcome import POINTS, outcomes
from sim.parts import parts
from sim.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

Clauses = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Difference:
    """One number that stands in both scenarios: its mean in each, and the paired difference.

    item: kind of event, outcome, attitude, or body whose hours are meant.  measures, clauses: that its events
    name.
    """

    link: str
    item: str
    label: Text
    base: float
    scenario: float
    estimate: Estimate
    decimals: int = 1
    measures: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def is_seen(self) -> bool:
        """Tell whether the interval excludes zero; one pair alone has none."""
        low, high = self.estimate.low, self.estimate.high
        return self.estimate.difference != 0 and (low > 0 or high < 0)


@dataclass(frozen=True)
class Pairs:
    """Two scenarios of an experiment and the seeds that both have."""

    runs: Runs
    base: str
    scenario: str

    @property
    def seeds(self) -> list[int]:
        """Return the seeds in order."""
        return self.runs.seeds(self.base, self.scenario)

    def both(self, frame: "DataFrame") -> "tuple[DataFrame, DataFrame]":
        """Return a table's rows of both scenarios, pair by pair; rows of the table are cells."""
        seeds = self.seeds
        return self.runs.by_seed(frame, self.base, seeds), self.runs.by_seed(frame, self.scenario, seeds)


def of_events(pairs: Pairs, counts: "DataFrame", named: Clauses) -> Iterator[Difference]:
    """Yield every kind of event whose count differs in some pair.

    counts: one row a cell, a column (action, measure).  named: clauses that events name, by 'action/measure'.
    """
    totals = counts.T.groupby(level="action").sum().T
    base, other = pairs.both(totals)
    for action in map(str, totals.columns):
        link = link_of_event(action)
        estimate = paired(base[action].to_numpy(), other[action].to_numpy())
        if link is None or (base[action].to_numpy() == other[action].to_numpy()).all():
            continue
        measures = tuple(column[1] for column in counts.columns if column[0] == action and column[1])
        here = tuple(one for one in measures if pairs.both(counts)[1][(action, one)].any())
        clauses = tuple(sorted({clause for one in here for clause in named.get(f"{action}/{one}", ())}))
        yield Difference(
            link,
            action,
            label_of(action),
            base[action].mean(),
            other[action].mean(),
            estimate,
            1,
            here,
            clauses,
        )


def clauses_of(events: "DataFrame") -> dict[str, tuple[str, ...]]:
    """Return the clauses that events name, by 'action/measure'."""
    named = events[(events.measure != "") & (events.clause != "")]
    keys = named.action + "/" + named.measure
    return {str(key): tuple(sorted(found)) for key, found in named.groupby(keys).clause.unique().items()}


def declared_clauses(actions: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the clauses that measures declare, by 'action/measure': for a folder that kept no events."""
    return {
        f"{action}/{measure}": parts("measure")[measure].clauses
        for action, measure in actions
        if measure in parts("measure")
    }


def of_hours(pairs: Pairs) -> Iterator[Difference]:
    """Yield for each body the hours a week given, and those missing: asked for and not given."""
    health = pairs.runs.health
    names = [str(name) for name in health.columns]
    asking = [name.partition(":")[2] for name in names if name.startswith("hours.asked:")]
    bodies = sorted({name.partition("/")[0] for name in asking})
    for body in bodies:
        given, asked = (
            health[[name for name in names if name.startswith(f"hours.{kind}:{body}/")]].sum(axis=1)
            for kind in ("given", "asked")
        )
        for item, text, hours in (("given", GIVEN, given), ("missing", MISSING, asked - given)):
            label = text.filled(body=labelled(body))
            yield from _of(pairs, BODIES, f"hours.{item}:{body}", label, hours.to_frame("value"))


def of_outcomes(pairs: Pairs, values: "DataFrame") -> Iterator[Difference]:
    """Yield the outcomes that belong to the chain; values: one row a cell, a column an outcome."""
    for key, outcome in outcomes().items():
        link = link_of_outcome(key)
        if link is not None and key in values:
            label = WITH_UNIT.filled(label=outcome.label, unit=outcome.unit)
            yield from _of(pairs, link, key, label, values[[key]].set_axis(["value"], axis=1), outcome.decimals)


def of_trust(pairs: Pairs) -> Iterator[Difference]:
    """Yield what households hold of each body, and their efficacy, at the end [points]."""
    for key, label in ATTITUDES.items():
        held = POINTS * pairs.runs.health[f"{key}.households.mean"]
        yield from _of(pairs, PEOPLE, key, AT_END.filled(label=label), held.to_frame("value"))


def _of(pairs: Pairs, link: str, item: str, label: Text, values: "DataFrame", decimals: int = 1) -> Iterator[Difference]:
    """Yield the difference of one number, unless it is the same in every pair."""
    base, other = (frame.value.to_numpy() for frame in pairs.both(values))
    known = ~(np.isnan(base) | np.isnan(other))
    estimate = paired(base, other)
    if known.any() and (base[known] != other[known]).any():
        yield Difference(link, item, label, float(base[known].mean()), float(other[known].mean()), estimate, decimals)


GIVEN = Text(zh="{body}每周给出的工时", en="hours a week given by {body}")
MISSING = Text(
    zh="{body}每周缺的工时（积压每周重新计）",
    en="hours a week missing of {body} (a backlog counts each week)",
)
WITH_UNIT = Text(zh="{label}（{unit}）", en="{label} ({unit})")
AT_END = Text(zh="期末{label}（0–100 分）", en="{label} at the end (points, 0–100)")
