"""What a court takes back: a recall, a by-election; and what depends on how a ballot was prepared."""

from datetime import date
from typing import Any

import pytest

from agents.annulment import SERIOUS
from agents.oversight import watch
from scenarios.settle import settle
from sim.moments import Notice
from sim.policy import Policy, Setting
from sim.standing import FAULTS
from tests.conftest import Listed
from tests.test_procedure import PLAIN, count, plan

START = date(2018, 1, 1)
FAULTY = {"short_notice": 1.0, "sued": 1.0, "ordered": 0.0, "won": 1.0, "suit_weeks": 4}
QUIET = {"term_weeks": 261, "formation_attempts": 0.0, "replace_shortfall": 1.0, "fee_budget": 0.3}


def following(community: Any, event: Any, actions: tuple[str, ...]) -> list[Any]:
    """Return the later events of these kinds in the estate of an event."""
    later = [one for one in community.log.events if one.seq > event.seq and one.object == event.object]
    return [one for one in later if one.action in actions]


def test_the_simulation_knows_the_faults_that_the_law_knows() -> None:
    assert set(SERIOUS) == set(FAULTS) - {"committee_not_told"}


def test_an_annulled_recall_brings_the_committee_back_for_the_rest_of_its_term(busy: Any, lived: Any) -> None:
    idle = {**QUIET, "working": 1.0, "recall": 10.0, "leaves": 0.0, "petition": 0.05, "signs": 1.0}
    community = lived(plan(busy, FAULTY, idle, estates=Listed.listed, weeks=100))
    restored = [event for event in community.log.events if event.action == "committee_restored"]
    assert restored
    for event in restored:
        before = [one for one in community.log.events if one.seq < event.seq and one.object == event.object]
        assert [one.action for one in before if one.action == "committee_dissolved"]
        assert community.log.events[event.cause].action == "decision_annulled"
    seats = community.record.tracked["owners_committee", "seats_held"]
    back = restored[0]
    column = [estate.name for estate in community.estates].index(back.object)
    assert seats[back.week - 1, column] == 0 < seats[back.week, column]


def test_an_annulled_by_election_empties_the_seats_that_it_filled(busy: Any, lived: Any) -> None:
    losing = {**QUIET, "leaves": 0.5, "recall": 0.0, "by_election_weeks": 8, "alternates": 0}
    community = lived(plan(busy, FAULTY, losing, estates=Listed.listed, weeks=120))
    lost = [event for event in community.log.events if event.action == "refilled_seats_lost"]
    refilled = {event.object: [] for event in lost}  # type: ignore[var-annotated]
    for event in community.log.events:
        if event.action == "seats_refilled" and event.object in refilled:
            refilled[event.object].append(event)
    assert lost
    for event in lost:
        last = [one for one in refilled[event.object] if one.seq < event.seq]
        assert last and 0 < int(event.detail) <= max(int(one.detail) for one in last), "no more than it filled"


def test_longer_notice_than_the_law_wants_is_not_too_short(busy: Any) -> None:
    community = settle(plan(busy, {"short_notice": 1.0}), 1)
    annulment = community.in_estate("owners_assembly", community.estates[0]).annulment
    faults = [annulment.fault(0, Notice(weeks=weeks), asked=2) for weeks in (0, 2, 3)]
    assert faults == ["short_notice", "short_notice", ""]


def test_sitting_owners_stand_again_as_often_as_their_number_says(busy: Any) -> None:
    for share in (0.0, 1.0):
        community = settle(plan(busy, committee={"stands_again": share}, estates=Listed.listed), 1)
        for estate in community.estates:
            seats = community.in_estate("owners_committee", estate).seats
            contest, _ = seats.nominate(seats.about.seats, 0)
            again = set(seats.members) & set(contest.standing)
            assert len(contest.standing) == seats.about.seats + seats.about.further_candidates
            assert len(again) == share * seats.about.seats


def test_what_a_firm_reckons_with_is_that_a_word_or_an_acted_report_stops_it(busy: Any) -> None:
    """Found x (1 - (1 - dissuaded)(1 - reported x acted on)) x penalty: each of the two alone, in closed form."""
    for acted_on, closeness in ((0.0, 0.0), (1.0, 0.0), (0.5, 1.0)):
        rules = {"violations": {"dissuaded": 0.2, "dissuaded_backing": 0.0, "reported": 0.4, "acted_on": acted_on}}
        community = settle(plan(busy, mechanisms=rules), 1)
        estate = community.estates[0]
        estate.closeness = closeness
        watched, soft = watch(community, estate), 1 - community.mechanisms["pressure"].capture * closeness
        stopped = 1 - (1 - 0.2 * soft) * (1 - 0.4 * soft * acted_on)
        penalty = community.mechanisms["violations"].penalty
        assert estate.expected_penalty == pytest.approx(watched.found * stopped * penalty)


def test_an_election_that_the_residents_committee_helps_takes_its_hours_and_goes_as_far_as_they_do(
    busy: Any, lived: Any
) -> None:
    levers = {"mode": ((START, "director"),)}
    policy = Policy((Setting("substitution", since=START, levers=levers),))
    committee = {"formation_attempts": 0.0, "renewal_rounds": 1, "working": 1.0, "full_help_hours": 6.0}
    community = lived(plan(busy, PLAIN, committee, policy=policy, estates=Listed.listed))
    asked = community.record.asked["residents_committee", "formation_help"]
    called = [event.week for event in community.log.events if event.action == "organises_election"]
    assert called and set(asked) <= {6.0 * n for n in range(5)} and asked[min(called) + 1] >= 6.0
    assert count(community, "organises_election") > 0


def test_without_a_measure_no_hours_go_into_such_help(busy: Any, lived: Any) -> None:
    community = lived(plan(busy, committee=QUIET, policy=Policy((Setting("prior_notice"),))))
    asked = community.record.asked.get(("residents_committee", "formation_help"))
    assert asked is None or not asked.any()
