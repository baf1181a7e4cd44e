"""The subdistrict: today's backing as far as its hours go, applications answered or not, appointments in order."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scenarios.place import four
from scenarios.settle import settle
from sim.policy import Policy, Setting

SINCE = date(2018, 1, 1)
WITH_COMMITTEES = four(60, committee=1.0)
ACTING = {"mode": ((SINCE, "acting"),), "sunset_weeks": ((SINCE, 104),), "afterwards": ((SINCE, "none"),)}


def test_todays_backing_is_the_places_to_the_bit_where_its_hours_suffice(scenario: Any, lived: Any) -> None:
    plan = scenario(WITH_COMMITTEES, weeks=30)
    for backing in (0.0, 0.3, 1.0):
        community = lived(replace(plan, place=replace(plan.place, backing=backing)))
        assert {estate.backing for estate in community.estates} == {backing}


def test_backing_shrinks_in_proportion_to_the_hours_that_are_missing(scenario: Any, lived: Any) -> None:
    """Two hours of full backing times 0.3 are 0.6 an estate; of half an hour 0.25 go into routine."""
    community = lived(scenario(WITH_COMMITTEES, agents={"subdistrict": {"hours_per_estate": 0.5}}, weeks=30))

    for estate in community.estates:
        assert estate.backing == pytest.approx(0.3 * 0.25 / 0.6)
    record = community.record
    spent = sum(hours for (body, _), hours in record.given.items() if body == "subdistrict")
    assert spent == pytest.approx(record.capacity["subdistrict"]) and record.capacity["subdistrict"][0] == 2.0


def test_where_it_has_no_hours_one_attempt_blocks_the_next(scenario: Any, lived: Any) -> None:
    """The first attempt finds a subdistrict with nothing to do; while that one waits for guidance no other is answered."""
    estates = four(60, committee=0.0)
    eager = {"formation_attempts": 10.0, "application_fades": 0.0, "application_closeness": 0.0, "preparation_fades": 0.0,
             "preparation_weeks": 104}  # fmt: skip
    formed = {}
    for hours in (0.25, 20.0):
        agents = {"owners_committee": eager, "subdistrict": {"hours_per_estate": hours}}
        counts = lived(scenario(estates, agents=agents, weeks=60)).log.counts
        formed[hours] = counts["guidance_begins", ""], counts["attempt_fades", ""]
    assert formed[20.0] == (4, 0)
    assert 1 <= formed[0.25][0] < 4 and formed[0.25][1] > 0


@pytest.mark.parametrize(("hours", "weeks"), [(5.0, [1, 2, 3, 4]), (2.5, [2, 4, 6, 8])])
def test_it_appoints_one_after_the_other_as_the_hours_go(hours: float, weeks: list[int], scenario: Any) -> None:
    """Four estates apply in one week; each appointment takes ten hours of four times what an estate brings."""
    agents = {
        "acting_body": {"waits_weeks": 4},
        "owners_committee": {"formation_attempts": 0.0},
        "subdistrict": {"hours_per_estate": hours / 2, "duties_hours": 0.0},
    }
    policy = Policy((Setting("substitution", since=SINCE, levers=ACTING),))
    community = settle(scenario(four(60, committee=0.0), policy=policy, agents=agents, weeks=30), 1)
    while community.running:
        community.step()
    told = {action: [event.week for event in community.log.events if event.action == action]
            for action in ("applies_to_stand_in", "acting_body_appointed", "stands_in")}  # fmt: skip
    first = told["applies_to_stand_in"][0]

    assert told["applies_to_stand_in"] == [first] * 4
    assert [week - first for week in told["acting_body_appointed"]] == weeks
    assert told["stands_in"] == told["acting_body_appointed"]
    assert community.body("subdistrict").appointments == 4


def test_nobody_is_appointed_where_a_committee_came_first(scenario: Any) -> None:
    agents = {"acting_body": {"waits_weeks": 4}, "subdistrict": {"hours_per_estate": 0.0}}
    policy = Policy((Setting("substitution", since=SINCE, levers=ACTING),))
    community = settle(scenario(four(60, committee=0.0), policy=policy, agents=agents, weeks=60), 1)
    for _ in range(20):
        community.step()
    subdistrict, estate = community.body("subdistrict"), community.estates[0]
    assert subdistrict.considers(estate)
    community.in_estate("owners_committee", estate).seats.begin_filled()
    subdistrict.deliver()

    assert not subdistrict.considers(estate) and len(subdistrict.applications) == 3
    assert subdistrict.appointments == 0


def test_terms_that_change_by_date_hold_for_those_who_stand_in_already(scenario: Any, lived: Any) -> None:
    """A sunset that a later date shortens ends at once what has lasted longer."""
    agents = {"acting_body": {"waits_weeks": 4, "objects": -8.0, "objects_content": 0.0, "objects_trust": 0.0},
              "owners_committee": {"formation_attempts": 0.0}, "subdistrict": {"hours_per_estate": 100.0}}  # fmt: skip
    later = date(2018, 7, 2)
    ended = []
    for change in ((), ((later, 8),)):
        levers = {**ACTING, "sunset_weeks": ((SINCE, 104), *change)}
        policy = Policy((Setting("substitution", since=SINCE, levers=levers),))
        community = lived(scenario(four(60, committee=0.0), policy=policy, agents=agents, weeks=40))
        ended.append({event.week for event in community.log.events if event.action == "stand_in_ends"})
    assert ended[0] == set()
    assert len(ended[1]) == 1 and 26 <= min(ended[1]) <= 31, "in the month that begins after it"
