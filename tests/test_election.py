"""Elections: the lawful count against the words of the law, the others against a library that is not ours."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from abcvoting import abcrules
from abcvoting.preferences import Profile

from sim.chance import Chance, place_key
from sim.election import ElectionResult, Papers, Seating, elect, succession, tallied
from sim.law_in_force import law_named
from sim.other_elections import RULES, approval, choose, plurality_at_large

CIVIL, PROPERTY = law_named("civil_code_2021"), law_named("property_law_2007")
PROFILES = 1_000


def papers(seed: int, owners: int, candidates: int, comes: float = 0.8) -> Papers:
    rng = np.random.default_rng(seed)
    marks = rng.random((owners, candidates)) < rng.uniform(0.2, 0.95, candidates)
    return Papers(rng.random(owners) < comes, marks, rng.integers(1, 5, owners) * 30_00)


def names(number: int) -> tuple[str, ...]:
    return tuple("ABCDEFGHIJ"[:number])


def by_the_words_of_the_law(one: Papers, candidate: int, civil: bool) -> bool:
    """Say whether a seat is won, in exact fractions, from the articles alone (L01, L03, L04, L06)."""
    came = [bool(x) for x in one.present]
    yes = [came[i] and bool(one.marks[i, candidate]) for i in range(len(came))]
    share = lambda some, of: (  # noqa: E731
        Fraction(sum(some), sum(of)) if sum(of) else Fraction(0),
        Fraction(sum(int(a) for a, x in zip(one.area, some, strict=True) if x), max(1, _area(one, of))),
    )
    everyone = [True] * len(came)
    if civil:
        return all(x >= Fraction(2, 3) for x in share(came, everyone)) and all(x > Fraction(1, 2) for x in share(yes, came))
    return all(x > Fraction(1, 2) for x in share(yes, everyone))


def _area(one: Papers, of: list[bool]) -> int:
    return sum(int(a) for a, x in zip(one.area, of, strict=True) if x)


def count(one: Papers, regime: Any = CIVIL, lot: Any = lambda name: 0.0, **seating: Any) -> ElectionResult:
    return elect(regime, names(one.marks.shape[1]), one, Seating(**{"seats": 3, "minimum": 3, **seating}), lot)


@pytest.mark.parametrize("seed", range(200))
def test_who_is_elected_is_who_the_law_lets_be_ranked_by_votes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one = papers(seed, int(rng.integers(3, 25)), int(rng.integers(1, 7)), rng.choice([0.6, 0.7, 0.9]))
    for regime, civil in ((CIVIL, True), (PROPERTY, False)):
        result = count(one, regime)
        wanted = {n for i, n in enumerate(names(one.marks.shape[1])) if by_the_words_of_the_law(one, i, civil)}
        assert {standing.name for standing in result.standings if standing.reached} == wanted
        votes = {standing.name: (standing.heads, standing.area) for standing in result.standings}
        left = wanted - set(result.elected)
        assert len(result.elected) == min(3, len(wanted))
        assert all(votes[seated] >= votes[out] for seated in result.elected for out in left)


def test_each_candidate_gets_the_assent_of_those_who_took_part_alone() -> None:
    one = papers(3, 40, 4)
    for candidate, tally in enumerate(tallied(one)):
        marked = [i for i in range(40) if one.present[i] and one.marks[i, candidate]]
        assert (tally.yes_heads, tally.yes_area) == (len(marked), int(one.area[marked].sum()))
        assert (tally.heads, tally.present_heads) == (40, int(one.present.sum()))


def test_a_paper_of_all_candidates_by_exactly_half_seats_nobody_and_one_more_seats_all() -> None:
    half = np.zeros((10, 3), bool)
    half[:5] = True
    assert count(Papers(np.ones(10, bool), half, np.full(10, 1))).elected == ()
    half[5] = True
    assert len(count(Papers(np.ones(10, bool), half, np.full(10, 1))).elected) == 3


def test_under_the_civil_code_a_missed_quorum_seats_nobody_and_under_the_older_law_it_is_no_bar() -> None:
    """Three fifths come and all assent: 0.6 misses two thirds, and exceeds half of all (L08)."""
    present = np.arange(10) < 6
    one = Papers(present, np.ones((10, 3), bool), np.full(10, 1))
    assert count(one, CIVIL).elected == () and not count(one, CIVIL).quorum
    assert len(count(one, PROPERTY).elected) == 3


@pytest.mark.parametrize(
    ("elected", "short", "formed"),
    [
        (7, None, True),
        (4, None, False),
        (5, None, None),
        (6, None, None),
        (4, Fraction(1, 2), False),
        (5, Fraction(1, 2), True),
        (5, Fraction(5, 7), False),
        (6, Fraction(5, 7), True),
    ],
)
def test_a_short_committee_stands_or_not_by_the_local_rule(elected: int, short: Fraction | None, formed: Any) -> None:
    """National law is silent between the lawful minimum and the seats; Hangzhou asks for more than half (L111)."""
    marks = np.zeros((9, 9), bool)
    marks[:, :elected] = True
    result = count(Papers(np.ones(9, bool), marks, np.full(9, 1)), seats=7, minimum=5, short=short)
    assert len(result.elected) == elected and result.formed is formed


def test_a_tie_is_broken_by_a_lot_that_is_told_and_is_the_same_again() -> None:
    marks = np.ones((9, 5), bool)
    marks[8, 1:] = False
    one = Papers(np.ones(9, bool), marks, np.full(9, 1))
    chance = Chance(seed=7)
    lot = lambda name: chance.uniform(f"lot of {name}", place_key("here"), 1)  # noqa: E731
    first, again = (count(one, lot=lot, alternates=1) for _ in range(2))
    assert first == again
    assert first.elected[0] == "A"
    assert first.ties == (tuple(sorted("BCDE", key=lot, reverse=True)),)
    assert first.elected[1:] + first.alternates == first.ties[0][:3]
    assert len({count(one, lot=lambda name, s=s: Chance(s).uniform(name, place_key("x"), 0)).elected for s in range(9)}) > 1


def test_a_tie_that_decides_nothing_is_not_told() -> None:
    one = Papers(np.ones(9, bool), np.ones((9, 3), bool), np.full(9, 1))
    assert count(one).ties == ()


def test_area_ranks_before_the_lot() -> None:
    marks = np.ones((9, 4), bool)
    marks[0, 0] = marks[1, 1] = marks[2, 2] = marks[3, 3] = False
    area = np.array([40, 30, 20, 10, 100, 100, 100, 100, 100])
    result = count(Papers(np.ones(9, bool), marks, area))
    assert result.ranked == ("D", "C", "B", "A") and result.ties == ()


def test_alternates_need_the_majority_and_follow_in_order() -> None:
    marks = np.ones((10, 6), bool)
    for candidate, lost in enumerate((0, 0, 0, 2, 4, 5)):
        marks[:lost, candidate] = False
    result = count(Papers(np.ones(10, bool), marks, np.full(10, 1)), alternates=3)
    assert result.elected == ("A", "B", "C") and result.alternates == ("D", "E")
    members, alternates = succession(result.elected, result.alternates, "B")
    assert (members, alternates) == (("A", "C", "D"), ("E",))
    assert succession(("A",), (), "A") == ((), ())


def ties_of_the_library(rule: str, marks: np.ndarray, seats: int) -> set[tuple[int, ...]]:  # type: ignore[type-arg]
    profile = Profile(marks.shape[1])
    profile.add_voters([set(np.flatnonzero(paper).tolist()) for paper in marks])
    return {tuple(sorted(one)) for one in abcrules.compute(rule, profile, seats, resolute=False)}


def test_approval_and_plurality_agree_with_the_library_on_a_thousand_profiles_with_every_tied_committee() -> None:
    rng = np.random.default_rng(5)
    several = 0
    for _ in range(PROFILES):
        candidates, voters = int(rng.integers(2, 8)), int(rng.integers(1, 12))
        seats = int(rng.integers(1, candidates + 1))
        marks = rng.random((voters, candidates)) < rng.uniform(0.1, 0.9)
        found = approval(marks, seats)
        assert set(found) == ties_of_the_library("av", marks, seats) and len(found) == len(set(found))
        lawful = marks[marks.sum(axis=1) <= seats]
        if len(lawful):
            assert set(plurality_at_large(marks, seats)) == ties_of_the_library("av", lawful, seats)
        several += len(found) > 1
    assert several > 200, "ties are what this is about"


def harmonic(marks: np.ndarray, committee: tuple[int, ...]) -> Fraction:  # type: ignore[type-arg]
    return sum((Fraction(1, i + 1) for paper in marks for i in range(int(paper[list(committee)].sum()))), Fraction(0))


def test_proportional_approval_seats_the_committees_with_the_largest_harmonic_sum() -> None:
    rng = np.random.default_rng(6)
    for _ in range(60):
        marks = rng.random((int(rng.integers(1, 9)), 5)) < 0.5
        scores = {committee: harmonic(marks, committee) for committee in combinations(range(5), 2)}
        best = max(scores.values())
        assert set(RULES["proportional_approval"](marks, 2)) == {one for one, score in scores.items() if score == best}


def test_a_large_minority_gets_seats_under_the_proportional_rules_and_none_under_the_others() -> None:
    """Six owners back A, B and C, four back D, E and F: of three seats the four deserve one."""
    marks = np.array([[1, 1, 1, 0, 0, 0]] * 6 + [[0, 0, 0, 1, 1, 1]] * 4, bool)
    seated = {rule: set(choose(rule, names(6), marks, 3, lambda name: 0.0).elected) for rule in RULES}
    assert seated["approval"] == seated["plurality_at_large"] == {"A", "B", "C"}
    for rule in ("proportional_approval", "equal_shares"):
        assert len(seated[rule] & {"D", "E", "F"}) == 1, rule


def test_without_marks_every_rule_still_answers() -> None:
    for rule in RULES:
        assert len(choose(rule, names(3), np.zeros((4, 3), bool), 2, lambda name: 0.0).elected) == 2
