"""Moments resolve once: elections against brute force, and no order of asking that matters."""

import math
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest

from sim.moments import (
    Campaign,
    Candidate,
    Election,
    Formation,
    Measure,
    MeetingCall,
    Moment,
    Notice,
    Oversight,
    Plan,
    Reservation,
    Source,
    StandIn,
    Terms,
)

BODIES = ("party_organization", "residents_committee")


def people(body: str, number: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"{body}-{index}", body, 0.5) for index in range(number))


OWNERS = people("owner", 5)


def election(seats: int = 3, owners: tuple[Candidate, ...] = OWNERS) -> Election:
    return Election(seats, owners, lambda body: ())


def ask(at: Election, body: str, nominees: tuple[Candidate, ...], share: float, measure: str = "m") -> None:
    at.reservations.append(Reservation(body, nominees, share, measure, "3.3a-2"))


def best(standing: Any, seats: int, key: Any) -> set[str]:
    """Return who should be seated, by trying every committee: nobody left out may rank above one seated."""
    for committee in combinations(standing, min(seats, len(standing))):
        out = [one for one in standing if one not in committee]
        if all(key(seated) > key(left) for seated in committee for left in out):
            return {one.name for one in committee}
    raise AssertionError("no committee is best")


@pytest.mark.parametrize("case", range(60))
def test_an_election_seats_those_whom_brute_force_seats(case: int) -> None:
    rng = np.random.default_rng(case)
    nominees = {body: people(body, int(rng.integers(0, 4))) for body in BODIES}
    seats, shares = (
        int(rng.integers(1, 6)),
        dict(zip(BODIES, rng.choice([0.0, 0.2, 0.4, 0.5, 0.6, 1.0], 2), strict=True)),
    )
    held = election(seats)
    for body in BODIES:
        ask(held, body, nominees[body], shares[body])
    everybody = [*OWNERS, *nominees[BODIES[0]], *nominees[BODIES[1]]]
    votes = {one.name: int(rng.integers(0, 4)) for one in everybody}
    lots = {one.name: float(lot) for one, lot in zip(everybody, rng.random(len(everybody)), strict=True)}
    elected = held.resolve(lambda one: votes[one.name], lambda one: lots[one.name])

    key = lambda one: (votes[one.name], lots[one.name])  # noqa: E731
    left, wanted = seats, []
    for body, reserved in zip(BODIES, elected.reserved, strict=True):
        seats_here = min(math.floor(shares[body] * seats + 0.5), left)
        chosen = best(nominees[body], seats_here, key)
        assert {s.candidate.name for s in elected.seats if s.candidate.body == body} == chosen
        assert (reserved.seats, reserved.filled) == (seats_here, len(chosen))
        left -= len(chosen)
        wanted.append(seats_here)
    assert {s.candidate.name for s in elected.seats if s.reservation is None} == best(OWNERS, left, key)
    assert len(elected.seats) == min(seats, len(OWNERS) + seats - left)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_equal_votes_are_broken_by_the_lot_that_is_drawn(first: int) -> None:
    lots = {one.name: 0.1 for one in OWNERS[:3]} | {OWNERS[first].name: 0.9}
    elected = election(1, OWNERS[:3]).resolve(lambda one: 10, lambda one: lots[one.name])

    assert [seat.candidate for seat in elected.seats] == [OWNERS[first]]


def test_votes_count_before_lots() -> None:
    elected = election(1).resolve(lambda one: one is OWNERS[4], lambda one: one is not OWNERS[4])

    assert elected.seats[0].candidate is OWNERS[4]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_reservations_in_any_order_give_the_same_result(order: tuple[int, ...]) -> None:
    members = people("residents_committee", 4)
    asked = [
        ("residents_committee", members[:3], 0.4, "a"),
        ("residents_committee", members[1:], 0.4, "b"),
        ("party_organization", people("party_organization", 1), 0.6, "a"),
        ("party_organization", people("party_organization", 2), 0.2, "c"),
    ]
    held, usual = election(5), election(5)
    for at, way in ((held, order), (usual, range(4))):
        for one in way:
            ask(at, *asked[one])

    votes = lambda one: len(one.name) + int(one.name[-1])  # noqa: E731
    assert held.resolve(votes, lambda one: 0) == usual.resolve(votes, lambda one: 0)


def test_nobody_sits_twice_whoever_asks_for_whom() -> None:
    members = people("residents_committee", 2)
    held = election(5)
    for measure in "abc":
        ask(held, "residents_committee", members, 0.4, measure)
    ask(held, "owners_committee", OWNERS[:2], 0.4, "owners")
    elected = held.resolve(lambda one: 1, lambda one: 0)
    names = [seat.candidate.name for seat in elected.seats]

    assert len(names) == len(set(names)) == 5


@pytest.mark.parametrize(
    ("seats", "share", "wanted"),
    [(5, 0.5, 3), (7, 0.5, 4), (9, 0.5, 5), (7, 0.4, 3), (7, 4 / 7, 4), (7, 0.07, 0)],
)
def test_half_a_seat_counts_as_one_whichever_way_the_next_even_number_lies(seats: int, share: float, wanted: int) -> None:
    held = election(seats)
    ask(held, BODIES[0], people(BODIES[0], 9), share)

    assert held.resolve(lambda one: 0, lambda one: 0).reserved[0].seats == wanted


def test_reserved_seats_without_nominees_go_to_owners() -> None:
    held = election(3)
    ask(held, "residents_committee", (), 0.4)
    elected = held.resolve(lambda one: 0, lambda one: 0)

    assert [seat.reservation for seat in elected.seats] == [None] * 3
    assert [(reserved.seats, reserved.filled) for reserved in elected.reserved] == [(1, 0)]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 1.0])
def test_a_reservation_does_not_lengthen_the_paper(share: float) -> None:
    """For each reserved seat with a nominee one owner less stands; nominees without a seat in sight stand beside them."""
    owners, wanted = people("owner", 9), int(share * 7 + 0.5)
    for number in (0, 1, 2, 3):
        held = Election(7, owners, lambda body: ())
        held.reserve(people("body", number), body="body", seats=share, clause="3.1h")
        standing = held.standing
        assert len(standing) == 9 + (max(0, number - wanted) if wanted else 0)
        assert [one for one in standing if one in owners] == list(owners[: 9 - min(number, wanted)])


def test_more_is_never_reserved_than_there_are_seats() -> None:
    held = election(3)
    for body in BODIES:
        ask(held, body, people(body, 5), 1.0)
    elected = held.resolve(lambda one: 0, lambda one: 0)

    assert len(elected.seats) == 3 and [reserved.filled for reserved in elected.reserved] == [3, 0]


class Asking(Measure):
    """Asks for one thing at each moment, more or less of it."""

    def __init__(self, key: str, weeks: int | None = None, size: float = 0.0, agenda: str = "shortfall") -> None:
        self.key, self.weeks, self.size, self.agenda = key, weeks, size, agenda  # type: ignore[misc]

    def nominate(self, election: Election) -> None:
        election.reserve(election.members_who_own_here("body"), body="body", seats=0.5, clause="3.1h")

    def call_meeting(self, call: MeetingCall) -> None:
        call.every(self.weeks, agenda=self.agenda, clause="3.2a")

    def plan(self, plan: Plan) -> None:
        plan.ask_hours("body", "activity", self.size, clause="3.1b")
        plan.add_hours("body", self.size, clause="3.1a")
        plan.back(self.size)

    def oversee(self, oversight: Oversight) -> None:
        oversight.strengthen(
            dissuade=self.size, report=self.size / 2, penalty=self.size, delay_weeks=self.weeks, clause="3.4g"
        )

    def give_notice(self, notice: Notice) -> None:
        notice.before(self.weeks or 0, clause="3.1f")

    def help_form(self, formation: Formation) -> None:
        formation.help(self.size, clause="3.3a-1")

    def stand_in(self, stand_in: StandIn) -> None:
        mode = "acting" if self.size else "none"
        stand_in.on(Terms(mode, "narrow", self.size, 0.2, 52, "none", stand_in.source("3.3b-1")))

    def campaign(self, campaign: Campaign) -> None:
        campaign.every(self.weeks or 13, intensity=self.size, clause="4.4a")


def test_an_election_notes_who_asked_and_shows_members_of_the_body_that_is_asked_for() -> None:
    asked: list[str] = []
    held = Election(3, OWNERS, lambda body: asked.append(body) or people(body, 1))  # type: ignore[func-returns-value]
    held.ask([Asking("one"), Asking("other")])

    assert [(one.measure, one.body, one.share) for one in held.reservations] == [
        ("one", "body", 0.5),
        ("other", "body", 0.5),
    ]
    assert asked == ["body", "body"] and held.asking is None


@pytest.mark.parametrize(
    ("weeks", "resolved"),
    [
        ([], None),
        ([None], None),
        ([8], (8, "shortfall", "m0", "3.2a")),
        ([8, 4], (4, "shortfall", "m1", "3.2a")),
        ([4, None, 8], (4, "shortfall", "m0", "3.2a")),
        ([4, 4], (4, "shortfall", "m0", "3.2a")),
    ],
)
def test_meetings_are_called_by_the_shortest_interval(weeks: list[int | None], resolved: Any) -> None:
    for order in permutations(list(enumerate(weeks))):
        call = MeetingCall()
        call.ask(Asking(f"m{index}", interval) for index, interval in order)
        assert call.resolve() == resolved and call.asking is None


def asked_of(make: Any, *sizes: tuple[float, int | None]) -> Any:
    """Return a moment at which measures ask for so much, having seen that their order does not matter."""
    asking = [Asking(f"m{index}", weeks, size) for index, (size, weeks) in enumerate(sizes)]
    moments: list[Moment] = [make() for _ in permutations(asking)]
    for moment, order in zip(moments, permutations(asking), strict=True):
        moment.ask(order)
        assert moment.asking is None
    assert len({repr(_resolved(moment)) for moment in moments}) == 1
    return moments[0]


def _resolved(moment: Any) -> Any:
    """Return what a moment comes to, without the order in which it was asked."""
    if isinstance(moment, Plan):
        by_measure = [sorted(asked, key=repr) for asked in (moment.hours, moment.more)]
        return moment.backing(0.3), by_measure
    if isinstance(moment, Oversight):
        chances = (moment.dissuaded, moment.reported, moment.penalty)
        who = (moment.dissuaded_by, moment.reported_by, moment.punished_by)
        return [round(chance, 12) for chance in chances], moment.delay_weeks, who
    return moment.resolve() if hasattr(moment, "resolve") else moment


def test_backing_covers_parts_of_what_is_missing_and_hours_are_told_with_their_source() -> None:
    plan = asked_of(Plan, (0.5, None), (0.0, None), (0.2, None))

    assert plan.backing(0.3) == pytest.approx(1 - 0.7 * 0.5 * 0.8)
    assert plan.hours == [("body", "activity", size, Source(f"m{at}", "3.1b")) for at, size in ((0, 0.5), (2, 0.2))]
    assert plan.more == [("body", size, Source(f"m{at}", "3.1a")) for at, size in ((0, 0.5), (2, 0.2))]
    assert asked_of(Plan, (0.0, None)).backing(0.3) == 0.3


def test_oversight_adds_up_chances_as_parts_of_what_is_missing_and_takes_the_shortest_delay() -> None:
    usual = lambda: Oversight(0.2, 0.1, 0.5, 13)  # noqa: E731
    oversight = asked_of(usual, (0.5, 8), (0.4, 20), (0.0, None))

    assert oversight.dissuaded == pytest.approx(1 - 0.8 * 0.5 * 0.6)
    assert oversight.reported == pytest.approx(1 - 0.9 * 0.75 * 0.8)
    assert oversight.penalty == pytest.approx(1.4) and oversight.delay_weeks == 8
    assert {oversight.dissuaded_by, oversight.reported_by, oversight.punished_by} == {Source("m1", "3.4g")}
    assert asked_of(usual, (0.0, None)) == replace(usual())


def test_the_longest_notice_the_most_help_and_the_strongest_campaign_hold() -> None:
    notice, help_given = asked_of(Notice, (0, 4), (0, 8)), asked_of(Formation, (6.0, 0), (3.0, 0))
    campaign = asked_of(Campaign, (0.5, 13), (0.9, 26), (0.9, 4), (0.0, 1))

    assert (notice.weeks, notice.by) == (8, Source("m1", "3.1f"))
    assert (help_given.hours, help_given.by) == (6.0, Source("m0", "3.3a-1"))
    assert campaign.resolve() == (4, 0.9, Source("m2", "4.4a"))


def test_of_several_substitutions_that_of_the_first_measure_by_name_holds() -> None:
    terms = asked_of(StandIn, (0.0, None), (8.0, None), (3.0, None)).resolve()

    assert terms.hours == 8.0 and terms.by == Source("m1", "3.3b-1")
    assert asked_of(StandIn, (0.0, None)).resolve() is None


def test_a_measure_that_says_nothing_asks_for_nothing() -> None:
    oversight = lambda: Oversight(0.2, 0.1, 0.5, 13)  # noqa: E731
    makers: list[Any] = [election, MeetingCall, Plan, oversight, Notice, Formation, StandIn, Campaign]
    for make in makers:
        asked, silent = make(), make()
        asked.ask([Measure()])
        assert repr(_resolved_or_whole(asked)) == repr(_resolved_or_whole(silent))
    assert {type(make()) for make in makers} == set(Moment.__subclasses__())


def _resolved_or_whole(moment: Any) -> Any:
    return (moment.reservations, moment.strictness) if isinstance(moment, Election) else _resolved(moment)
