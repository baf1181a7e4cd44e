"""Moments resolve once: elections against brute force, and no order of asking that matters."""

from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest

from sim.moments import Candidate, Election, Measure, MeetingCall, Reservation

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
        dict(zip(BODIES, rng.choice([0.0, 0.2, 0.4, 0.6, 1.0], 2), strict=True)),
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
        seats_here = min(round(shares[body] * seats), left)
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


def test_reserved_seats_without_nominees_go_to_owners() -> None:
    held = election(3)
    ask(held, "residents_committee", (), 0.4)
    elected = held.resolve(lambda one: 0, lambda one: 0)

    assert [seat.reservation for seat in elected.seats] == [None] * 3
    assert [(reserved.seats, reserved.filled) for reserved in elected.reserved] == [(1, 0)]


def test_more_is_never_reserved_than_there_are_seats() -> None:
    held = election(3)
    for body in BODIES:
        ask(held, body, people(body, 5), 1.0)
    elected = held.resolve(lambda one: 0, lambda one: 0)

    assert len(elected.seats) == 3 and [reserved.filled for reserved in elected.reserved] == [3, 0]


class Asking(Measure):
    """Asks for one thing at each moment."""

    def __init__(self, key: str, weeks: int | None) -> None:
        self.key, self.weeks = key, weeks  # type: ignore[misc]

    def nominate(self, election: Election) -> None:
        election.reserve(election.members_who_own_here("body"), body="body", seats=0.5, clause="3.1h")

    def call_meeting(self, call: MeetingCall) -> None:
        call.every(self.weeks, clause="3.2a")


def test_an_election_notes_who_asked_and_shows_members_of_the_body_that_is_asked_for() -> None:
    asked: list[str] = []
    held = Election(3, OWNERS, lambda body: asked.append(body) or people(body, 1))  # type: ignore[func-returns-value]
    held.ask([Asking("one", 4), Asking("other", 4)])

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
        ([8], (8, "m0", "3.2a")),
        ([8, 4], (4, "m1", "3.2a")),
        ([4, None, 8], (4, "m0", "3.2a")),
        ([4, 4], (4, "m0", "3.2a")),
    ],
)
def test_meetings_are_called_by_the_shortest_interval(weeks: list[int | None], resolved: Any) -> None:
    for order in permutations(list(enumerate(weeks))):
        call = MeetingCall()
        call.ask(Asking(f"m{index}", interval) for index, interval in order)
        assert call.resolve() == resolved and call.asking is None


def test_a_measure_that_says_nothing_asks_for_nothing() -> None:
    held, call = election(), MeetingCall()
    held.ask([Measure()])
    call.ask([Measure()])

    assert held.reservations == [] and call.intervals == []
