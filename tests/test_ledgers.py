"""Ledgers conserve: every fen billed is paid or owed, no hour is given twice, no person sits twice."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from scenarios.settle import settle
from sim.cases import ARREARS, CASE, COURT, DESK, MEETING, Cases
from sim.chance import place_key
from sim.hours import ACTIVITIES, HoursLedger
from sim.parts import Number, default_of, numbers_of, parts
from sim.policy import Policy, Setting

EVERYTHING = Policy(tuple(Setting(key) for key in parts("measure")))
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
    assert HoursLedger().share("residents_committee", "supervision") == 1 and HoursLedger().load("nobody") == 0


@pytest.fixture(scope="module")
def weeks(busy: Any) -> Any:
    """Live through two years of a run in which much happens; keep what stood before and after each week."""
    community = settle(busy(policy=EVERYTHING, weeks=104), 1)
    kept = []
    for _ in range(104):
        before = {name: array.copy() for name, array in community.households.paying._asdict().items()}
        community.step()
        after = {name: array.copy() for name, array in community.households.paying._asdict().items()}
        committees = [one for one in community.institutions if one.key == "owners_committee"]
        kept.append((before, after, [one.members for one in committees], community.ledger))
    return community, kept


def test_what_is_billed_is_paid_owed_recovered_or_forgiven_to_the_fen_every_week(weeks: Any) -> None:
    community, kept = weeks
    starts, record = community.households.layout.start, community.record
    for week, (before, after, _, _) in enumerate(kept):
        begins, owed = community.calendar.begins_month(week), after["owed"] - before["owed"]
        assert (after["owed"] >= 0).all() and (begins or not record.money[week].any())
        for estate, (first, last) in enumerate(zip(starts, starts[1:], strict=False)):
            billed, paid = record.money[week, estate].tolist()
            assert billed in (0, before["bill"][first:last].sum(dtype=np.int64))
            let_off = int(record.recovered[week, estate] + record.forgiven[week, estate])
            assert billed == paid + let_off + int(owed[first:last].sum(dtype=np.int64))
    assert record.recovered.sum() > 0 and record.forgiven.sum() > 0


def test_months_owed_are_those_not_paid_since_a_household_was_last_quit(weeks: Any) -> None:
    for before, after, _, _ in weeks[1]:
        grown = after["arrears"].astype(int) - before["arrears"]
        # Whoever was quit of its arrears before a bill came may owe that one bill.
        cleared = (after["arrears"] == 0) | ((after["arrears"] == 1) & (after["owed"] == after["bill"]))
        assert ((grown == 0) | (grown == 1) | cleared).all()
        assert ((after["owed"] == 0) == (after["arrears"] == 0)).all()


def random_policy(rng: np.random.Generator) -> Policy:
    """Return some measures, each with levers anywhere within their bounds, from some day on, somewhere."""
    chosen = [key for key in parts("measure") if rng.random() < 0.5]
    return Policy(tuple(_random_setting(key, rng) for key in chosen))


def _random_setting(key: str, rng: np.random.Generator) -> Setting:
    begins = date(2018, 1, 1) + timedelta(weeks=int(rng.integers(0, 40)))
    levers = {
        name: ((begins, _within(about, default_of(parts("measure")[key], name), rng)),)
        for name, about in numbers_of(parts("measure")[key]).items()
    }
    where = ("commodity_new", "resettlement") if rng.random() < 0.3 else ()
    return Setting(key, where=where, levers=levers)


def _within(about: Number, default: Any, rng: np.random.Generator) -> Any:
    """Return a value within the range that is explored, a whole number where the default is one."""
    if about.choices:
        return about.choices[int(rng.integers(len(about.choices)))]
    low, high = about.explore or (about.low, about.high)
    whole = isinstance(about.suggested if default is None else default, int)
    drawn = rng.integers(int(low or 0), int(high or 0) + 1) if whole else rng.uniform(low, high)
    return int(drawn) if whole else float(drawn)


def random_numbers(kind: str, rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Return every number of a kind that is explored at some value of its range."""
    return {
        key: {name: _within(about, default_of(cls, name), rng) for name, about in numbers_of(cls).items() if about.explore}
        for key, cls in parts(kind).items()
    }


class Case:
    """A community of a random scenario under a random policy, half of them busy, lived for two years."""

    def __init__(self, number: int, scenario: Any, busy: Any) -> None:
        rng = np.random.default_rng(number)
        make = busy if number % 2 else scenario
        numbers = {f"{kind}s": random_numbers(kind, rng) for kind in ("agent", "mechanism")}
        varied = {} if number % 2 else numbers
        plan = make(policy=random_policy(rng), weeks=104, start=date(2019, 7, 1), **varied)
        self.community = settle(plan, number)
        self.opened = {"cases": 0, "claims": 0}
        enter = self.community.casework._enter

        def counting(cases: Any) -> None:
            self.opened["claims"] += int((cases.matter == ARREARS).sum())
            self.opened["cases"] += int((cases.matter != ARREARS).sum())
            enter(cases)

        self.community.casework._enter = counting  # type: ignore[method-assign]
        self.weekly = [self._week() for _ in range(104)]

    def _week(self) -> dict[str, tuple[int, int]]:
        """Live through a week; return cases and claims opened so far, and those open at its end."""
        self.community.step()
        still = dict(zip(self.opened, self.community.casework.open_now(), strict=True))
        return {kind: (opened, still[kind]) for kind, opened in self.opened.items()}


@pytest.fixture(scope="module", params=range(8))
def random_case(request: Any, scenario: Any, busy: Any) -> Case:
    return Case(request.param, scenario, busy)


def test_money_is_conserved_in_random_scenarios(random_case: Case) -> None:
    people, record = random_case.community.households, random_case.community.record
    starts = people.layout.start
    owed = np.add.reduceat(people.paying.owed.astype(np.int64), starts[:-1])
    billed, paid = record.money.sum(axis=0).T

    assert billed.tolist() == (paid + owed + record.recovered.sum(axis=0) + record.forgiven.sum(axis=0)).tolist()
    assert (record.money >= 0).all() and (record.recovered >= 0).all() and (record.forgiven >= 0).all()
    assert billed.sum() > 0


def test_fines_are_conserved_in_random_scenarios(random_case: Case) -> None:
    community = random_case.community
    imposed, paid, left = community.record.fines.sum(axis=0).T
    due = [community.in_estate("property_service_company", estate).fines.due for estate in community.estates]

    assert imposed.tolist() == (paid + due + left).tolist() and (community.record.fines >= 0).all()


def test_hours_are_conserved_in_random_scenarios(random_case: Case) -> None:
    record = random_case.community.record
    assert set(record.given) == set(record.asked) and record.asked
    for key, given_hours in record.given.items():
        assert (given_hours <= record.asked[key] + 1e-9).all() and (given_hours >= 0).all()
    for body in {body for body, _ in record.given}:
        spent = sum(hours for (whose, _), hours in record.given.items() if whose == body)
        assert (spent <= record.capacity.get(body, 0.0) + 1e-9).all(), body


def test_cases_are_conserved_in_random_scenarios(random_case: Case) -> None:
    community, record = random_case.community, random_case.community.record
    ended = record.cases[:, :, :2].sum(axis=(1, 2)).cumsum()
    opened, left = np.array([week["cases"] for week in random_case.weekly]).T
    voiced, back = record.issues[:, 0].cumsum(), record.returned.cumsum()

    assert (record.open_cases == opened + back - ended).all() and (opened == voiced).all() and back[-1] > 0
    # What a meeting settles after the week's work is booked with the next week's.
    in_meeting = int(community.casework.books.counts[0, MEETING, 0])
    assert left[-1] == opened[-1] + back[-1] - ended[-1] - in_meeting
    told = Counter(action for action, _ in community.log.counts.elements())
    assert told["problem_voiced"] == voiced[-1]
    ends = sum(n for action, n in told.items() if action.startswith(("case_settled", "case_dropped")))
    assert ends == ended[-1] + in_meeting
    assert (record.cases >= 0).all() and ended[-1] > 0


def test_claims_are_conserved_and_no_debtor_has_two(random_case: Case) -> None:
    community, record = random_case.community, random_case.community.record
    since = community.casework.books.counts[1].sum(axis=0)
    demanded, left = np.array([week["claims"] for week in random_case.weekly]).T
    ended = record.claims[:, :, :2].sum(axis=(1, 2)).cumsum()

    assert demanded[-1] == record.claims[:, DESK, 2].sum() + since[2] > 0
    assert (record.open_claims == record.claims[:, DESK, 2].cumsum() - ended).all()
    assert left[-1] == demanded[-1] - ended[-1] - since[:2].sum()
    in_court = record.claims[:, COURT, :2].sum()
    assert record.suits.sum() == in_court == community.casework.books.filed.sum() - _claims(community, COURT)
    assert len(set(_debtors(community))) == len(_debtors(community))
    assert (community.households.paying.arrears[_debtors(community)] > 0).all()


def _debtors(community: Any) -> list[int]:
    cases = community.casework.ladder.cases
    return cases.who[cases.claims].tolist()  # type: ignore[no-any-return]


def _claims(community: Any, stage: int) -> int:
    cases = community.casework.ladder.cases
    return int((cases.claims & (cases.stage == stage)).sum())


def test_what_is_settled_without_repair_comes_back_as_surely_as_declared(busy: Any) -> None:
    never_mended = {"case_ladder": {"repairs": 0.0, "returns": 1.0}}
    community = settle(busy(mechanisms=never_mended, weeks=60), 1)
    for _ in range(60):
        community.step()
    settled, dropped, _ = community.record.cases.sum(axis=(0, 1))

    assert community.casework.open_now()[0] == community.record.issues[:, 0].sum() - dropped
    assert community.record.returned.sum() == settled > 100


def test_a_meeting_takes_one_case_of_two_that_a_household_opened_in_one_week(busy: Any) -> None:
    casework = settle(busy(), 1).casework
    twins = Cases(np.zeros(3, CASE))
    twins.who[:], twins.opened[:] = (3, 3, 4), 5
    casework._enter(twins)
    casework.ladder.cases.stage[:] = (MEETING, MEETING, DESK)
    casework.ladder.take(3, 5, 0)

    assert casework.ladder.cases.who.tolist() == [3, 4]


def test_a_bill_is_area_times_fee_to_the_nearest_fen(busy: Any) -> None:
    people, fees = (
        settle(busy(), 1).households,
        {"commodity_new": 200, "commodity_old": 120, "work_unit": 60, "resettlement": 80},
    )
    for index, fee in enumerate(fees.values()):
        rows = slice(people.layout.start[index], people.layout.start[index + 1])
        exact = people.dwellings.area[rows].astype(np.int64) * fee
        assert (np.abs(people.paying.bill[rows].astype(np.int64) * 100 - exact) <= 50).all()


def test_a_new_contract_changes_every_bill_and_the_standard_by_what_was_decided(busy: Any) -> None:
    community = settle(busy(), 1)
    estate = community.estates[1]
    rows = slice(*community.households.layout.start[[1, 2]])
    bill, standard = community.households.paying.bill.copy(), estate.standard.copy()
    community.change_contract(estate, estate.grade + 0.2, 0.25)
    after = community.households.paying.bill

    assert (np.abs(after[rows] - bill[rows] * 1.25) <= 0.5).all() and estate.fee_factor == 1.25
    after_elsewhere, elsewhere = np.delete(after, np.r_[rows]), np.delete(bill, np.r_[rows])
    assert after_elsewhere.tolist() == elsewhere.tolist()
    effect = community.mechanisms["service"].grade_effect
    assert estate.standard == pytest.approx(np.clip(standard + effect * 0.2, 0, 1))


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


def test_hours_run_short_at_times(weeks: Any) -> None:
    ledgers = [ledger for *_, ledger in weeks[1]]

    assert any(ledger.share("residents_committee", "supervision") < 1 for ledger in ledgers)
    assert all(ledger.share("residents_committee", "statutory_duties") == 1 for ledger in ledgers)


@pytest.mark.parametrize("hours", [1.5, 3.0, 168.0])
def test_the_load_stands_still_where_nothing_new_is_asked(hours: float, scenario: Any, lived: Any) -> None:
    silent = {"voice": {"rate": 0.0, "legacy_rate": 0.0}, "arrears": {"asks_mediation": 0.0}}
    community = lived(scenario(agents={"residents_committee": {"hours_per_staff": hours}}, mechanisms=silent))
    about = community.body("residents_committee").about
    load = (about.duties_hours + about.supervision_hours) / (about.staff * hours)

    assert community.record.tracked["residents_committee", "overload"] == pytest.approx(load)


def test_open_promises_are_followed_up_though_no_meeting_is_called_any_more(scenario: Any, lived: Any) -> None:
    ended = Setting("joint_meeting", until=date(2018, 5, 7))
    community = settle(scenario(policy=Policy((ended,))), 1)
    about = community.body("party_organization").about
    for week in range(30):
        open_promises = sum(len(estate.commitments) for estate in community.estates)
        community.step()
        asked = community.ledger.asked.get(("residents_committee", "follow_up"), 0.0)
        assert asked == pytest.approx(about.follow_up_hours * open_promises), week
    assert any(event.week > 18 and event.action == "promise_kept" for event in community.log.events)


def test_a_committee_has_at_most_its_seats_and_when_elected_enough_and_nobody_sits_twice(weeks: Any) -> None:
    seen = set()
    for *_, committees, _ in weeks[1]:
        for members in committees:
            seen.add(len(members))
            assert len({member.name for member in members}) == len(members)
    assert seen <= set(range(8)) and 7 in seen


@pytest.mark.parametrize("seed", range(4))
def test_seats_filled_are_those_wanted_at_most_and_those_of_the_record(seed: int, busy: Any, lived: Any) -> None:
    community = lived(busy(policy=Policy((Setting("cross_serving"),)), weeks=80), seed=seed)
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
