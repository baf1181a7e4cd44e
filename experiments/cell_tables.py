"""What one finished cell leaves: a few small tables, and how they are kept in one file."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.groups import ARCHETYPE, DIMENSIONS, WORST_OFF, WORST_TENTH
from experiments.health import health
from experiments.segments import ENDS, CellTables
from sim.community import Community
from sim.events import Event
from sim.households import F8, GROUPS
from sim.outcome import LAST_YEAR, POINTS, outcomes, shares
from sim.record import Record
from sim.residents import WORST_OFF as WORST_OFF_SHARE

WHOLE_NUMBERS = ("week", "seq", "cause")


def tables_of(community: Community) -> CellTables:
    """Return the tables of a community at its end; the cell's number is not yet in them."""
    series = {key: outcome.series(community.record) for key, outcome in outcomes().items()}
    ends = pa.table({key: [float(outcome.summed(series[key]))] for key, outcome in outcomes().items()})
    return {
        ENDS: ends,
        "outcomes": _outcomes(series),
        **{name: make(community) for name, make in MAKERS.items()},
    }


def _outcomes(series: Mapping[str, F8]) -> pa.Table:
    weeks = pa.array(range(len(next(iter(series.values())))), pa.int32())
    return pa.table({"week": weeks, **{key: values.astype(np.float32) for key, values in series.items()}})


def _by_estate(community: Community) -> pa.Table:
    series = {key: (one, one.by_estate(community.record)) for key, one in outcomes().items()}
    return pa.table(
        {
            "estate": [estate.name for estate in community.estates],
            "archetype": [estate.archetype for estate in community.estates],
            **{key: one.summed(values) for key, (one, values) in series.items() if values is not None},
        }
    )


def _by_group(community: Community) -> pa.Table:
    rows = list(_groups(community))
    return pa.table(
        {
            "dimension": [row[0] for row in rows],
            "group": [row[1] for row in rows],
            "households": pa.array([row[2] for row in rows], pa.int32()),
            "true_satisfaction": pa.array([row[3] for row in rows], pa.float64()),
        }
    )


def _groups(community: Community) -> Iterator[tuple[str, str, int, float]]:
    """Yield dimension, group, households and their mean satisfaction [points]; an empty group has no row."""
    record = community.record
    everywhere, everybody = list(range(len(community.estates))), list(range(len(GROUPS)))
    for dimension, groups in DIMENSIONS.items():
        for group, members in groups.items():
            columns = [list(GROUPS).index(member) for member in members]
            yield from _group(record, dimension, group, everywhere, columns)
    for archetype in sorted({estate.archetype for estate in community.estates}):
        rows = [estate.index for estate in community.estates if estate.archetype == archetype]
        yield from _group(record, ARCHETYPE, archetype, rows, everybody)
    worst = np.ceil(WORST_OFF_SHARE * record.spread[: record.weeks, 0])
    yield WORST_OFF, WORST_TENTH, int(worst[-1]), _points(record.spread[: record.weeks, 3], worst)


def _group(
    record: Record, dimension: str, group: str, estates: list[int], columns: list[int]
) -> Iterator[tuple[str, str, int, float]]:
    households = int(record.residents[np.ix_(estates, columns)].sum())
    if households:
        summed = record.satisfaction[: record.weeks][:, estates][:, :, columns].sum(axis=(1, 2))
        yield dimension, group, households, _points(summed, np.full(len(summed), households))


def _points(summed: Any, number: Any) -> float:
    return float((POINTS * shares(summed) / number)[-LAST_YEAR:].mean())


def _hours(community: Community) -> pa.Table:
    record = community.record
    keys = sorted(record.asked)
    books: Mapping[str, list[F8]] = {
        "capacity": [record.capacity.get(body, np.zeros(record.size)) for body, _ in keys],
        "asked": [record.asked[key] for key in keys],
        "given": [record.given[key] for key in keys],
    }
    means = {name: [float(hours[: record.weeks][-LAST_YEAR:].mean()) for hours in book] for name, book in books.items()}
    return pa.table(
        {
            "body": pa.array([body for body, _ in keys], pa.string()),
            "activity": pa.array([activity for _, activity in keys], pa.string()),
            **{name: pa.array(values, pa.float64()) for name, values in means.items()},
        }
    )


def _events(community: Community) -> pa.Table:
    events, day = community.log.events, community.calendar.date
    columns = {
        name: pa.array([event[index] for event in events], pa.int32() if name in WHOLE_NUMBERS else pa.string())
        for index, name in enumerate(Event._fields)
    }
    dates = pa.array([day(event.week).isoformat() for event in events], pa.string())
    return pa.table({"week": columns.pop("week"), "seq": columns.pop("seq"), "date": dates, **columns})


def _event_counts(community: Community) -> pa.Table:
    counts = sorted(community.log.counts.items())
    return pa.table(
        {
            "action": pa.array([action for (action, _), _ in counts], pa.string()),
            "measure": pa.array([measure for (_, measure), _ in counts], pa.string()),
            "count": pa.array([count for _, count in counts], pa.int32()),
        }
    )


def _health(community: Community) -> pa.Table:
    items = sorted(health(community).items())
    return pa.table(
        {
            "item": pa.array([item for item, _ in items], pa.string()),
            "value": pa.array([value for _, value in items], pa.float64()),
        }
    )


MAKERS: Mapping[str, Callable[[Community], pa.Table]] = MappingProxyType(
    {
        "by_estate": _by_estate,
        "by_group": _by_group,
        "hours": _hours,
        "events": _events,
        "event_counts": _event_counts,
        "health": _health,
    }
)
