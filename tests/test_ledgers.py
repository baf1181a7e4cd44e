"""Ledgers conserve: every fen billed is paid or owed, no hour is given twice, no person sits twice."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from scenarios.settle import settle
from sim.chance import place_key
from sim.hours import ACTIVITIES, HoursLedger
from sim.parts import parts
from sim.policy import Policy, Setting

EVERYTHING = Policy(tuple(Setting(key) for key in parts("measure")))
SHORT = {"owners_committee": {"term_weeks": 52}}
BODIES, NAMES = ("residents_committee", "owners_committee", "nobody"), (*ACTIVITIES, "zeal", "another")
HOURS = some.floats(0, 100) | some.integers(0, 5).map(float)
requests = some.lists(some.tuples(some.sampled_from(BODIES), some.sampled_from(NAMES), HOURS), max_size=25)
capacities = some.dictionaries(some.sampled_from(BODIES[:2]), HOURS)


def ledger(capacity: dict[str, float], asked: list[tuple[str, str, float]]) -> HoursLedger:
    made = HoursLedger()
    for body, hours in capacity.items():
        made.provide(body, hours)
    for body, activity, hours in asked:
        made.ask(body, activity, hours)
    made.allot()
    return made


@settings(max_examples=200, deadline=None, derandomize=True)
@given(capacities, requests)
def test_no_body_gives_more_than_it_has_or_than_was_asked(
    capacity: dict[str, float], asked: list[tuple[str, str, float]]
) -> None:
    done, wanted = ledger(capacity, asked), _summed(asked)

    for key, hours in wanted.items():
        assert 0 <= done.hours(*key) <= done.asked[key] == pytest.approx(hours)
        assert done.share(*key) == pytest.approx(done.hours(*key) / hours if hours else 1.0)
        assert 0 <= done.share(*key) <= 1
    for body in BODIES:
        given_here = sum(hours for (whose, _), hours in done.given.items() if whose == body)
        asked_here = sum(hours for (whose, _), hours in wanted.items() if whose == body)
        assert given_here == pytest.approx(min(asked_here, capacity.get(body, 0.0)))
        assert done.load(body) == pytest.approx(asked_here / capacity[body] if capacity.get(body) else 0.0)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(capacities, requests, some.randoms(use_true_random=False))
def test_hours_go_by_priority_whatever_the_order_of_asking(
    capacity: dict[str, float], asked: list[tuple[str, str, float]], chance: Any
) -> None:
    done, shuffled = ledger(capacity, asked), asked[:]
    chance.shuffle(shuffled)

    ranks = {activity: rank for rank, activity in enumerate(ACTIVITIES)}
    for (body, activity), hours in done.given.items():
        if hours < done.asked[body, activity] - 1e-9:
            for (whose, later), taken in done.given.items():
                if whose == body and ranks.get(later, 99) > ranks.get(activity, 99):
                    assert taken < 1e-9, f"{later} is served before {activity}"
    assert ledger(capacity, shuffled).given == pytest.approx(done.given)


def _summed(asked: list[tuple[str, str, float]]) -> dict[tuple[str, str], float]:
    summed: dict[tuple[str, str], float] = defaultdict(float)
    for body, activity, hours in asked:
        summed[body, activity] += hours
    return summed


def test_what_nobody_asked_for_is_wholly_given() -> None:
    assert (
        HoursLedger().share("residents_committee", "supervision") == 1 and HoursLedger().load("nobody") == 0
    )


@pytest.fixture(scope="module")
def weeks(scenario: Any) -> Any:
    """Live through two years of a run in which much happens; keep what stood before and after each week."""
    community = settle(scenario(policy=EVERYTHING, agents=SHORT, weeks=104), 1)
    kept = []
    for _ in range(104):
        before = {name: array.copy() for name, array in community.households.paying._asdict().items()}
        community.step()
        after = {name: array.copy() for name, array in community.households.paying._asdict().items()}
        committees = [one for one in community.institutions if one.key == "owners_committee"]
        kept.append((before, after, [one.members for one in committees], community.ledger))
    return community, kept


def test_what_is_billed_is_paid_or_owed_to_the_fen(weeks: Any) -> None:
    community, kept = weeks
    starts, months = community.households.layout.start, 0
    for week, (before, after, _, _) in enumerate(kept):
        owed = after["arrears"].astype(np.int64) - before["arrears"]
        if not community.calendar.begins_month(week):
            assert not owed.any() and not community.record.money[week].any()
            assert before["history"].tobytes() == after["history"].tobytes()
            continue
        months += 1
        assert set(owed.tolist()) <= {0, 1}
        for estate, (first, last) in enumerate(zip(starts, starts[1:], strict=False)):
            billed, paid = community.record.money[week, estate].tolist()
            bill = after["bill"][first:last].astype(np.int64)
            assert billed == bill.sum() and billed == paid + int((bill * owed[first:last]).sum())
    assert months == 24


def test_a_bill_is_area_times_fee_to_the_nearest_fen(weeks: Any) -> None:
    community, _ = weeks
    people, fees = (
        community.households,
        {"commodity_new": 200, "commodity_old": 120, "resettlement": 80, "work_unit": 60},
    )
    for estate in community.estates:
        rows = slice(people.layout.start[estate.index], people.layout.start[estate.index + 1])
        exact = people.dwellings.area[rows].astype(np.int64) * fees[estate.name]
        assert (np.abs(people.paying.bill[rows].astype(np.int64) * 100 - exact) <= 50).all()


def test_the_collection_on_the_board_is_the_smoothed_share_of_money(weeks: Any) -> None:
    community, kept = weeks
    speed = community.mechanisms["payment"].smoothing
    for estate in community.estates:
        smoothed = estate.starting_collection
        for week in range(len(kept)):
            billed, paid = community.record.money[week, estate.index].tolist()
            smoothed += speed * (paid / billed - smoothed) if billed else 0
            assert community.record.collection[week, estate.index] == pytest.approx(smoothed)
        assert estate.collection == pytest.approx(smoothed)


def test_hours_that_are_recorded_were_there_and_were_asked_for(weeks: Any) -> None:
    record = weeks[0].record
    assert set(record.given) == set(record.asked)
    for key, given_hours in record.given.items():
        assert (given_hours <= record.asked[key]).all() and (given_hours >= 0).all()
    for body in {body for body, _ in record.given}:
        spent = sum(hours for (whose, _), hours in record.given.items() if whose == body)
        assert (spent <= record.capacity[body] + 1e-9).all(), body


def test_hours_run_short_at_times(weeks: Any) -> None:
    ledgers = [ledger for *_, ledger in weeks[1]]

    assert any(ledger.share("residents_committee", "supervision") < 1 for ledger in ledgers)
    assert all(ledger.share("residents_committee", "statutory_duties") == 1 for ledger in ledgers)


@pytest.mark.parametrize("hours", [1.5, 3.0, 168.0])
def test_the_load_stands_still_where_nothing_new_is_asked(hours: float, scenario: Any, lived: Any) -> None:
    community = lived(scenario(agents={"residents_committee": {"hours_per_staff": hours}}))
    about = community.body("residents_committee").about
    load = (about.casework_hours + about.supervision_hours) / (about.staff * hours)

    assert community.record.tracked["residents_committee", "overload"] == pytest.approx(load)


def test_open_promises_are_followed_up_though_no_meeting_is_called_any_more(
    scenario: Any, lived: Any
) -> None:
    ended = Setting("joint_meeting", until=date(2018, 5, 7))
    community = settle(scenario(policy=Policy((ended,))), 1)
    about = community.body("party_organization").about
    for week in range(30):
        open_promises = sum(len(estate.commitments) for estate in community.estates)
        community.step()
        asked = community.ledger.asked.get(("residents_committee", "follow_up"), 0.0)
        assert asked == pytest.approx(about.follow_up_hours * open_promises), week
    assert any(event.week > 18 and event.action == "promise_kept" for event in community.log.events)


def test_a_committee_has_all_its_seats_an_odd_number_and_nobody_sits_twice(weeks: Any) -> None:
    for *_, committees, _ in weeks[1]:
        for members in committees:
            assert len(members) == 7 and len({member.name for member in members}) == 7


@pytest.mark.parametrize("seed", range(4))
def test_seats_filled_are_those_wanted_at_most_and_those_of_the_record(
    seed: int, scenario: Any, lived: Any
) -> None:
    community = lived(scenario(policy=EVERYTHING, agents=SHORT), seed=seed)
    tracked = community.record.tracked
    wanted, filled = (tracked["owners_committee", f"seats_{what}"] for what in ("wanted", "filled"))

    assert (filled <= wanted).all() and wanted[-1].sum() > 0
    assert filled[-1].sum() == community.log.counts["shared_seat_filled", "cross_serving"]
    assert (wanted - filled)[-1].sum() == community.log.counts["shared_seat_unfilled", "cross_serving"]
    for one in community.institutions:
        if one.key == "owners_committee" and one.elections == 1:
            assert sum(member.body != "owners_committee" for member in one.members) == one.seats_filled


@pytest.mark.parametrize("body", ["residents_committee", "party_organization"])
def test_members_own_a_dwelling_in_an_estate_with_the_chance_that_is_declared(body: str, weeks: Any) -> None:
    one, estate = weeks[0].body(body), weeks[0].estates[0]
    elsewhere = [replace(estate, name=f"{n}", place=place_key(f"{n}")) for n in range(1500)]
    owning = [len(one.members_who_own(there)) for there in elsewhere]
    members, share = one.about.staff, one.about.flat_share

    spread = share * (1 - share) / len(elsewhere) / members
    assert abs(sum(owning) / len(elsewhere) / members - share) < 4 * spread**0.5
    assert np.var(owning) == pytest.approx(members * share * (1 - share), rel=0.15)
    assert one.members_who_own(estate) == one.members_who_own(estate)


def test_only_those_who_own_a_dwelling_there_sit_for_another_body(weeks: Any) -> None:
    community, kept = weeks
    for members, estate in zip(kept[-1][2], community.estates, strict=True):
        for member in members:
            if member.body != "owners_committee":
                assert member in community.body(member.body).members_who_own(estate)
