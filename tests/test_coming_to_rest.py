"""A run begins at rest: what has long been under way is under way, and none of the weeks before is counted."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from experiments.health import cases_lost
from scenarios.places.four_estates import FourEstates
from scenarios.scenario import Scenario
from scenarios.settle import settle
from sim.engine import engine
from sim.mechanisms.violations import Violations

CHAIN = {"begins": 0.05, "found": 0.1, "stopped": 0.2}


def with_a_past(plan: Scenario, weeks: int = 13) -> Scenario:
    return replace(plan, place=replace(plan.place, lead_in_weeks=weeks))


def test_violations_at_rest_are_those_of_the_monthly_chain_in_the_long_run() -> None:
    """Oracle: the eigenvector of the chain's matrix, its months written out step by step."""
    about = Violations()
    unseen, found = about.at_rest(**CHAIN)
    by_itself = np.array(
        [[1 - CHAIN["begins"], CHAIN["begins"], 0], [about.ends, 1 - about.ends, 0], [about.ends, 0, 1 - about.ends]]
    )
    looked_at = np.array([[1, 0, 0], [0, 1 - CHAIN["found"], CHAIN["found"]], [CHAIN["stopped"], 0, 1 - CHAIN["stopped"]]])
    month = by_itself @ looked_at
    values, vectors = np.linalg.eig(month.T)
    rest = np.real(vectors[:, np.argmax(np.real(values))])

    assert [unseen, found] == pytest.approx(list((rest / rest.sum())[1:]))


@pytest.fixture(scope="module")
def begun() -> Any:
    """Communities on their first day, one a seed."""
    return [settle(Scenario("rest", FourEstates(households=120)), seed) for seed in range(1, 13)]


def test_of_the_weeks_before_nothing_is_counted(begun: Any) -> None:
    for community in begun:
        record, cases = community.record, community.casework.ladder.cases
        assert community.week == record.weeks == 0 and community.calendar.begins_month(0)
        first, *events = community.log.events
        assert first.action == "run_begins" and {event.action for event in events} == {"problem_stands_open"}
        assert not record.issues.any() and not record.cases.any() and not record.money.any()
        assert not community.took_part.any()
        assert len(cases) and (cases.opened < 0).all() and cases.cause.tolist() == [event.seq for event in events]
        community.step()
        assert record.weeks == 1


def test_violations_run_from_the_first_day_as_often_as_they_would(begun: Any) -> None:
    """Between a tenth and a half of the kinds run, some of them found; firms reckon with a penalty."""
    running = [violation for community in begun for estate in community.estates for violation in estate.violations]
    served = sum(estate.starts_served for community in begun for estate in community.estates)
    assert 0.1 < len(running) / (4 * served) < 0.5
    assert {violation.found >= 0 for violation in running} == {True, False}
    assert all(estate.expected_penalty > 0 for community in begun for estate in community.estates if estate.starts_served)


def test_quality_stands_where_service_holds_it(begun: Any) -> None:
    for community in (settle(Scenario("rest", FourEstates(households=120)), seed) for seed in (1, 2)):
        spread = community.mechanisms["service"].shock * 5
        for estate in community.estates:
            if estate.starts_served:
                aim = community.mechanisms["service"].aim(estate.standard, np.array(estate.effort) * estate.means)
            else:
                aim = np.full(6, estate.unserved)
            assert np.abs(estate.quality - aim).max() < spread


def test_queues_and_loads_do_not_grow_from_nothing(lived: Any) -> None:
    """Open cases and the load of the first quarter are those of the year after, within a sixth."""
    cases, load = [], []
    for seed in range(1, 7):
        record = lived(replace(Scenario("rest", FourEstates(households=200)), weeks=78), seed=seed).record
        cases.append(record.open_cases)
        load.append(record.tracked["residents_committee", "overload"][:, 0])
    for series in (np.mean(cases, axis=0), np.mean(load, axis=0)):
        assert series[:13].mean() == pytest.approx(series[26:].mean(), rel=1 / 6)


def test_the_past_too_is_the_same_however_it_is_computed(busy: Any, lived: Any, books: Any, differing: Any) -> None:
    plan = with_a_past(busy(weeks=8), 6)
    usual = books(lived(plan))

    assert differing(usual, books(lived(plan))) == []
    for computing in (engine("compiled", threads=2), engine("plain")):
        assert differing(usual, books(lived(plan, computing=computing))) == []


def test_a_place_without_a_past_begins_with_nothing_under_way(scenario: Any) -> None:
    community = settle(with_a_past(scenario(), 0), 1)

    assert not len(community.casework.ladder.cases)
    assert not any(estate.violations for estate in community.estates)
    assert (community.households.experience.perceived == community.households.experience.expectation).all()


def test_cases_open_at_the_start_are_cases_of_the_run() -> None:
    """The health report's books balance from the first day, and would not without what was open then."""
    community = settle(Scenario("rest", FourEstates(households=120), weeks=20), 5)
    while community.running:
        community.step()
    assert community.record.open_at_start > 0 == cases_lost(community.record)
    community.record.open_at_start = 0
    assert cases_lost(community.record) > 0
