"""Recall and by-elections against hand-worked counts: who goes, who is seated, when, and what stays as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scenarios.place import four
from scenarios.settle import settle
from sim.decision import Tally
from sim.election import Papers

ESTATE = (replace(four(60, committee=1.0)[1], served=1.0),)
QUIET = {"leaves": 0.0, "recall": 0.0, "term_weeks": 261, "formation_attempts": 0.0, "proposal_chance": 0.0, "seats": 7}
# Three weeks of notice, two of collecting with the count at the end of the second, one of posting; no fault, no extension.
STEPS = {"short_notice": 0.0, "off_agenda": 0.0, "committee_not_told": 0.0, "extension_weeks": 0, "posting_weeks": 1}
PROPERTY_LAW, CIVIL_CODE = date(2018, 1, 1), date(2021, 1, 4)
Seated = Callable[..., tuple[Any, Any]]


@pytest.fixture
def seated(scenario: Any) -> Seated:
    """Return a community of one estate, and its committee of seven, in which nothing happens but what a test asks for."""

    def settled(start: date = PROPERTY_LAW, **committee: Any) -> tuple[Any, Any]:
        agents = {"owners_committee": {**QUIET, **committee}, "owners_assembly": STEPS}
        numbers = {"assembly": {"notice_weeks": 3, "collect_weeks": 2}}
        community = settle(scenario(ESTATE, agents=agents, mechanisms=numbers, start=start, weeks=60), 1)
        return community, community.in_estate("owners_committee", community.estates[0])

    return settled


def weeks_of(community: Any, action: str) -> list[tuple[int, str]]:
    return [(event.week, event.detail) for event in community.log.events if event.action == action]


def live(community: Any, weeks: int) -> None:
    for _ in range(weeks):
        community.step()


IDLE = {"working": 1.0, "recall": 10.0, "usual_core": 0.25, "signs": 0.5, "petition": 0.2}


@pytest.mark.parametrize(
    ("start", "counted", "recalled"),
    [
        (PROPERTY_LAW, (90, 90_00, 46, 45_01), True),
        (PROPERTY_LAW, (90, 90_00, 45, 45_01), False),
        (PROPERTY_LAW, (90, 90_00, 46, 45_00), False),
        (PROPERTY_LAW, (60, 60_00, 31, 30_01), False),
        (CIVIL_CODE, (60, 60_00, 31, 30_01), True),
        (CIVIL_CODE, (60, 60_00, 30, 30_01), False),
        (CIVIL_CODE, (60, 60_00, 31, 30_00), False),
        (CIVIL_CODE, (59, 60_00, 59, 60_00), False),
    ],
)
def test_a_committee_is_recalled_by_the_count_of_the_day_and_by_nothing_less(
    start: date, counted: tuple[int, int, int, int], recalled: bool, seated: Seated
) -> None:
    """Of 90 owners and 90 m2 half is 45, two thirds are 60; a petition of just a fifth is enough."""
    community, committee = seated(start, **IDLE)
    before, motions = committee.members, []
    community.core = lambda estate: 0.4
    community.poll = lambda estate, motion: motions.append(motion) or Tally(90, 90_00, *counted)
    live(community, 6)

    assert [motion.category for motion in motions] == ["recall_committee"]
    assert weeks_of(community, "petition")[0] == (0, "20%") and weeks_of(community, "petition_fails") == []
    assert weeks_of(community, "committee_dissolved") == [(3 + 1 + 1, "recalled")] * recalled
    assert committee.members == (() if recalled else before) and committee.registered != recalled
    effect = {event.seq: event.action for event in community.log.events}
    causes = [effect[event.cause] for event in community.log.events if event.action == "committee_dissolved"]
    assert causes == ["decision_takes_effect"] * recalled


def test_a_petition_of_less_than_a_fifth_fails_and_nobody_is_asked_to_vote(seated: Seated) -> None:
    community, committee = seated(**IDLE)
    community.core = lambda estate: 0.38
    live(community, 7)
    assert weeks_of(community, "petition") == weeks_of(community, "petition_fails") == [(0, "19%"), (5, "19%")]
    assert weeks_of(community, "assembly_called") == [] and len(committee.members) == 7


@pytest.mark.parametrize(("recall", "core", "chance"), [(6.0, 0.125, 0.25), (3.0, 0.25, 0.25), (1.2, 0.25, 0.1)])
def test_owners_try_a_recall_as_often_as_declared_and_as_the_core_is_large(
    recall: float, core: float, chance: float, seated: Seated
) -> None:
    """`recall` a year in an estate of the usual core, in proportion to the core elsewhere."""
    months = 4_000
    community, committee = seated(**{**IDLE, "recall": recall, "petition": 1.0})
    community.step()
    community.core = lambda estate: core
    for community.week in range(months):
        committee.vacancies._maybe_recall()
    tried = community.log.counts["petition", ""]
    assert abs(tried - months * chance) < 4 * (months * chance * (1 - chance)) ** 0.5


def test_a_committee_that_works_is_not_recalled(seated: Seated) -> None:
    community, _ = seated(**{**IDLE, "working": 0.0})
    community.core = lambda estate: 0.4
    live(community, 30)
    assert weeks_of(community, "petition") == []


def marked(*counts: int) -> Papers:
    """Return the papers of nine owners of equal area, of whom so many mark each candidate."""
    marks = np.array([[owner < count for count in counts] for owner in range(9)])
    return Papers(np.ones(9, bool), marks, np.full(9, 50_00))


@pytest.mark.parametrize(
    ("counts", "won"),
    [
        ((9, 8, 5, 4, 0), (1, 2, 3)),
        ((4, 8, 5, 4, 0), (2, 3)),
        ((0, 0, 4, 5, 0), (4,)),
        ((5, 6, 7, 8, 9), (5, 4, 3)),
        ((4, 4, 4, 4, 4), ()),
    ],
)
def test_a_by_election_seats_those_who_reach_the_majority_and_no_more_than_there_are_seats(
    counts: tuple[int, ...], won: tuple[int, ...], seated: Seated
) -> None:
    """Three of seven seats are empty, five owners stand; five marks of nine are more than half."""
    community, committee = seated()
    staying, term_end = committee.members[:4], committee.term_end
    committee.seats.members = staying
    community.papers = lambda estate, motion, slate: marked(*counts)
    live(community, 6)

    assert weeks_of(community, "by_election") == [(0, "3")]
    assert weeks_of(community, "candidates_stand") == [(0, "5 / 3")]
    assert weeks_of(community, "seats_refilled") == ([(3 + 1, str(len(won)))] if won else [])
    assert committee.members[:4] == staying and committee.term_end == term_end
    assert [member.name for member in committee.members[4:]] == [f"owner-1-{candidate}" for candidate in won]


@pytest.mark.parametrize(
    ("sitting", "action"), [(6, None), (5, "by_election"), (4, "by_election"), (3, "below_half_of_seats")]
)
def test_empty_seats_are_voted_on_from_two_on_and_all_of_them_where_fewer_than_half_sit(
    sitting: int, action: str | None, seated: Seated
) -> None:
    community, committee = seated(by_election_seats=2)
    committee.seats.members = committee.members[:sitting]
    live(community, 1)
    told = {"by_election": str(7 - sitting), "below_half_of_seats": str(sitting)}
    for one, detail in told.items():
        assert weeks_of(community, one) == ([(0, detail)] if one == action else [])
    assert len(weeks_of(community, "assembly_called")) == (action is not None)


def test_a_by_election_that_failed_is_held_again_when_its_interval_is_over(seated: Seated) -> None:
    """Months begin in weeks 0, 5, 9, 13, 17, 22, 26, 30, 35 and 39 of 2018; the first from week 20 on is 22."""
    community, committee = seated(by_election_weeks=20)
    committee.seats.members = committee.members[:4]
    community.papers = lambda estate, motion, slate: marked(*[0] * len(slate.support))
    live(community, 43)
    assert [week for week, _ in weeks_of(community, "by_election")] == [0, 22]
