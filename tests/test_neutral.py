"""Neutral means nothing: it changes nothing; and nothing acts before its day or beyond its place."""

import inspect
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from scenarios.scenario import START
from sim.moments import Measure
from sim.outcome import outcomes
from sim.parts import numbers_of, parts
from sim.policy import Policy, Setting

MEASURES = tuple(parts("measure"))
WEEKS = 60
# Hours enough for everything, and an authority that waits for nothing: then estates share nothing.
UNLIMITED = {
    "residents_committee": {"hours_per_staff": 168.0},
    "party_organization": {"hours": 20.0},
    "housing_authority": {"reports_a_month": 200.0},
    "owners_committee": {"hours_per_member": 40.0},
    "subdistrict": {"hours_per_estate": 100.0},
}
# What a measure needs beside it: pressing for promises needs promises, and leading shows where bodies meet.
BESIDE = {"follow_up": ("joint_meeting",), "party_leadership": ("joint_meeting",)}
# A measure speaks at a moment: the methods that are handed one.
MOMENTS = [name for name, speak in inspect.getmembers(Measure, inspect.isfunction) if speak.__code__.co_argcount == 2]


def neutral(key: str, since: date | None = None) -> Setting:
    """Return a measure in force with every lever at its neutral value, by a schedule: none is suggested."""
    levers = {name: ((START, about.neutral),) for name, about in numbers_of(parts("measure")[key]).items()}
    return Setting(key, since=since, levers=levers)


def beside(key: str, where: tuple[str, ...] = ()) -> tuple[Setting, ...]:
    """Return the measures without which one has nothing to do."""
    return tuple(Setting(other, where=where) for other in BESIDE.get(key, ()))


def columns(community: Any) -> dict[str, Any]:
    """Return the outcome columns, those by estate too."""
    here = {key: outcome.series(community.record) for key, outcome in outcomes().items()}
    there = {f"{key} by estate": outcome.by_estate(community.record) for key, outcome in outcomes().items()}
    return {**here, **{key: array for key, array in there.items() if array is not None}}


def every(community: Any, books: Any) -> dict[str, Any]:
    return {**books(community), **columns(community)}


@pytest.fixture(scope="module")
def status_quo(busy: Any, lived: Any) -> Any:
    return lived(busy(weeks=WEEKS))


@pytest.mark.parametrize("keys", [*((key,) for key in MEASURES), MEASURES], ids=[*MEASURES, "all"])
def test_a_neutral_measure_forced_to_act_changes_nothing(
    keys: tuple[str, ...],
    status_quo: Any,
    busy: Any,
    lived: Any,
    books: Any,
    differing: Any,
    monkeypatch: Any,
) -> None:
    acted = _counted(keys, monkeypatch)
    forced = lived(busy(policy=Policy(tuple(map(neutral, keys))), weeks=WEEKS))

    assert all(len(estate.measures) == len(keys) for estate in forced.estates)
    assert {(key, moment) for key in keys for moment in _spoken(key)} == set(acted), "a measure was not let to act"
    assert differing(every(status_quo, books), every(forced, books)) == []
    assert _without_rules(status_quo.log) == _without_rules(forced.log)


def _spoken(key: str) -> list[str]:
    """Return the moments at which a measure has something to say."""
    cls = parts("measure")[key]
    return [moment for moment in MOMENTS if getattr(cls, moment) is not getattr(Measure, moment)]


def _counted(keys: tuple[str, ...], monkeypatch: Any) -> Counter[tuple[str, str]]:
    """Count how often each measure is let to act at each moment."""
    acted: Counter[tuple[str, str]] = Counter()
    for key, moment in [(one, moment) for one in keys for moment in _spoken(one)]:
        cls, speak = parts("measure")[key], getattr(parts("measure")[key], moment)

        def speaking(self: Any, at: Any, speak: Any = speak, name: Any = (key, moment)) -> None:
            acted[name] += 1
            speak(self, at)

        monkeypatch.setattr(cls, moment, speaking)
    return acted


def _without_rules(log: Any) -> list[tuple[Any, ...]]:
    """Return the events but for the changes of rules themselves, which a neutral measure does bring about."""
    return [event._replace(seq=0, cause=0) for event in log.events if event.action != "policy_changes"]


def test_every_measure_says_something_and_every_moment_is_known() -> None:
    assert MEASURES and MOMENTS
    for key in MEASURES:
        assert _spoken(key), f"{key} never speaks"
    assert {moment for key in MEASURES for moment in _spoken(key)} == set(MOMENTS), "a moment at which nobody speaks"


@pytest.mark.parametrize("key", MEASURES)
def test_suggested_measures_do_change_something(key: str, busy: Any, lived: Any, books: Any, differing: Any) -> None:
    without, acting = (lived(busy(policy=Policy((*beside(key), *more)), weeks=WEEKS)) for more in ((), (Setting(key),)))

    assert MOVES.get(key, "satisfaction") in differing(every(without, books), every(acting, books))
    assert any(measure == key for _, measure in acting.log.counts) or key in WITHOUT_EVENTS


# Ballots come back in greater numbers at once; whether another committee comes of it may take longer than the test.
MOVES = {"formation_help": "ballots_turnout"}
# Hours and backing bring about no event of their own.
WITHOUT_EVENTS = (
    "follow_up", "party_leadership", "residents_committee_supervision", "residents_committee_support",
)  # fmt: skip
# Levers that say how a measure acts, not whether: their neutral value is the suggested one.
QUALIFIERS = {
    (key, name): about
    for key in MEASURES
    for name, about in numbers_of(parts("measure")[key]).items()
    if about.neutral == about.suggested
}


@pytest.mark.parametrize(("key", "lever"), QUALIFIERS)
def test_how_a_measure_would_act_changes_nothing_while_it_does_not(
    key: str, lever: str, status_quo: Any, busy: Any, lived: Any, books: Any, differing: Any
) -> None:
    about = QUALIFIERS[key, lever]
    for value in about.choices or (about.low, about.high):
        levers = {**neutral(key).levers, lever: ((START, value),)}
        idle = lived(busy(policy=Policy((Setting(key, levers=levers),)), weeks=WEEKS))
        assert differing(every(status_quo, books), every(idle, books)) == []


ORDERS = (MEASURES[::-1], MEASURES[5:] + MEASURES[:5], MEASURES[::2] + MEASURES[1::2])


@pytest.mark.parametrize("order", ORDERS, ids=["backwards", "from the middle", "every other"])
def test_measures_in_any_order_give_the_same_bytes(
    order: tuple[str, ...], busy: Any, lived: Any, books: Any, differing: Any, monkeypatch: Any
) -> None:
    listed = lived(busy(policy=Policy(tuple(map(Setting, MEASURES))), weeks=WEEKS))
    in_force = Policy.in_force
    monkeypatch.setattr(
        Policy,
        "in_force",
        lambda *about: tuple(sorted(in_force(*about), key=lambda one: order.index(one.key))),
    )
    shuffled = lived(busy(policy=Policy(tuple(map(Setting, order))), weeks=WEEKS))

    assert [measure.key for measure in shuffled.estates[0].measures] == list(order)
    assert differing(every(listed, books), every(shuffled, books)) == []


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("week", [0, 1, 13, 27])
def test_a_measure_changes_nothing_before_its_day(
    key: str, week: int, status_quo: Any, busy: Any, lived: Any, differing: Any
) -> None:
    since = START + timedelta(weeks=week)
    later = lived(busy(policy=Policy((Setting(key, since=since - timedelta(days=3)),)), weeks=WEEKS))

    assert differing(_until(week, columns(status_quo)), _until(week, columns(later))) == []
    assert differing(_weekly(status_quo, week), _weekly(later, week)) == []
    changed = [event.week for event in later.log.events if event.action == "policy_changes"]
    assert changed == [week] * len(later.estates)


@pytest.mark.parametrize("key", MEASURES)
def test_a_lever_that_changes_on_a_day_changes_nothing_before_it(
    key: str, busy: Any, lived: Any, books: Any, differing: Any
) -> None:
    day = START + timedelta(weeks=20)
    dated = {
        name: (*schedule, (day, numbers_of(parts("measure")[key])[name].suggested))
        for name, schedule in neutral(key).levers.items()
    }
    never, later = (
        lived(busy(policy=Policy((*beside(key), setting)), weeks=WEEKS))
        for setting in (neutral(key), replace(neutral(key), levers=dated))
    )
    assert differing(_until(20, columns(never)), _until(20, columns(later))) == []
    assert differing(books(never), books(later)) != []


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_that_ended_before_the_run_changes_nothing(
    key: str, status_quo: Any, busy: Any, lived: Any, books: Any, differing: Any
) -> None:
    ended = Setting(key, since=date(2010, 1, 1), until=START)

    assert differing(every(status_quo, books), every(lived(busy(policy=Policy((ended,)), weeks=WEEKS)), books)) == []


def _until(week: int, series: dict[str, Any]) -> dict[str, Any]:
    return {name: array[:week] for name, array in series.items()}


def _weekly(community: Any, week: int) -> dict[str, Any]:
    """Return the record up to a week; a book of hours with nothing in it so far is as good as none."""
    record = community.record
    plain = {name: array for name, array in vars(record).items() if getattr(array, "shape", ())[:1] == (record.size,)}
    hours = {f"{n}.{k}": a for n in ("asked", "given", "capacity") for k, a in getattr(record, n).items()}
    kept = {name: array for name, array in hours.items() if array[:week].any()}
    return _until(week, {**plain, **kept, **{str(key): array for key, array in record.tracked.items()}})


@pytest.mark.parametrize("key", MEASURES)
def test_with_hours_unlimited_estates_outside_where_stay_bit_identical(
    key: str, busy: Any, lived: Any, differing: Any
) -> None:
    moved = {
        where: _moved_within(key, where, busy, lived, differing)
        for where in ("commodity_new", "commodity_old", "work_unit", "resettlement")
    }

    assert all(set(names) <= {where} for where, names in moved.items()), moved
    assert any(moved.values()), "it acted nowhere"


def _moved_within(key: str, where: str, busy: Any, lived: Any, differing: Any) -> list[str]:
    """Return the names of the estates that a measure moves which holds in one of them."""
    there = beside(key, (where,))
    without, within = (
        lived(busy(policy=Policy(settings), agents=UNLIMITED, weeks=80))
        for settings in (there, (*there, Setting(key, where=(where,))))
    )
    return [
        estate.name for estate in without.estates if differing(_estate(without, estate.index), _estate(within, estate.index))
    ]


def _estate(community: Any, index: int) -> dict[str, Any]:
    people, record = community.households, community.record
    rows = slice(people.layout.start[index], people.layout.start[index + 1])
    kept = {name: array[..., rows] for name, array in people.arrays().items() if array.shape[-1:] == (people.size,)}
    weekly = (
        "satisfaction", "survey", "distance", "quality", "money", "collection", "pressure", "friction",
        "recovered", "forgiven", "suits",
    )  # fmt: skip
    seats = {str(key): array[:, index] for key, array in record.tracked.items() if array.shape[1] > 1}
    by_estate = {name: array[:, index] for name, array in columns(community).items() if name.endswith("by estate")}
    return {**kept, **{name: getattr(record, name)[:, index] for name in weekly}, **seats, **by_estate}


def test_where_takes_an_estates_name_or_its_archetype(scenario: Any, lived: Any) -> None:
    in_force = lived(scenario(policy=Policy((Setting("joint_meeting", where=("work_unit",)),))), weeks=1)

    assert [len(estate.measures) for estate in in_force.estates] == [0, 0, 1, 0]
    assert np.isfinite(in_force.record.satisfaction).all()
