"""Votes of the owners: hand-worked registers, the law's boundaries, an independent counter, arrays."""

import random
import sys
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.ballot import count, count_many, decide_with_silent, tally, tally_of
from sim.decision import Silent, decide
from sim.errors import InputError
from sim.households import DEVELOPER, INSTITUTION, LET, OWNER_OCCUPIED, PRIVATE_OWNER, Dwellings
from sim.law_in_force import law_named, law_on, regimes
from sim.papers import ABSENT, Kind, Line, heads_of_lines
from sim.parts import KINDS, ROOMS, parts
from sim.regime import (
    CATEGORIES,
    HALF,
    LARGEST_AREA,
    LARGEST_DENOMINATOR,
    TWO_THIRDS,
    AtLeast,
    MoreThan,
    Threshold,
)
from sim.register import VOTES, Owner, Register, Vote, heads_of
from sim.silence import SILENCES

PROPERTY_LAW, CIVIL_CODE = "property_law_2007", "civil_code_2021"
LETTERS = {"Y": Vote.YES, "N": Vote.NO, "A": Vote.ABSTAIN, "-": Vote.ABSENT}
METRE = 100
PAPERS = {
    Vote.YES: frozenset({"yes"}),
    Vote.NO: frozenset({"no"}),
    Vote.ABSTAIN: frozenset[str](),
    Vote.ABSENT: ABSENT,
}


class Unit(NamedTuple):
    """One exclusive unit: its owner, its area [0.01 m2], the vote cast for it, and whose hands it is in."""

    owner: str
    area: int
    vote: Vote
    kind: Kind = "ordinary"


def register_of(units: Iterable[Unit]) -> Register:
    """Return the owners of some units as the model merges a register's lines into heads."""
    lines = [Line(str(n), one.owner, one.area, (PAPERS[one.vote],), one.kind) for n, one in enumerate(units)]
    codes = {paper: vote for vote, paper in PAPERS.items()}
    heads = heads_of_lines(lines)
    votes = [codes[next(iter(head.choices))] if head.choices else Vote.ABSENT for head in heads]
    return Register(tuple(Owner(head.name, head.area, vote) for head, vote in zip(heads, votes, strict=True)))


def flats(votes: str, area: int = 100 * METRE, first: int = 1) -> list[Unit]:
    """Return flats of as many owners, one a letter: Y yes, N no, A abstains, - absent."""
    return [Unit(f"owner {n}", area, LETTERS[letter]) for n, letter in enumerate(votes, first)]


def held(owner: str, areas: list[int], vote: str, kind: Kind = "ordinary") -> list[Unit]:
    """Return the units of one owner, areas in whole square metres."""
    return [Unit(owner, area * METRE, LETTERS[vote], kind) for area in areas]


def outcome(law: str, category: str, register: Register) -> str:
    """Return 'passes', 'no quorum' or 'fails'."""
    decision = count(law_named(law), category, register)
    return "passes" if decision.passed else "no quorum" if not decision.quorum else "fails"


def both(category: str, units: list[Unit]) -> tuple[str, str]:
    register = register_of(units)
    return outcome(PROPERTY_LAW, category, register), outcome(CIVIL_CODE, category, register)


def test_six_of_nine_take_part_and_four_assent() -> None:
    register = register_of(flats("YYYYNN---"))
    old = count(law_named(PROPERTY_LAW), "replace_provider", register)
    new = count(law_named(CIVIL_CODE), "replace_provider", register)
    assert (old.passed, old.assent_heads, old.assent_area) == (False, Fraction(4, 9), Fraction(4, 9))
    assert (new.passed, new.turnout_heads, new.turnout_area) == (True, TWO_THIRDS, TWO_THIRDS)
    assert new.assent_heads == Fraction(2, 3)


def test_a_hundredth_of_a_square_metre_less_and_there_is_no_quorum() -> None:
    units = [Unit("owner 1", 100 * METRE - 1, Vote.YES), *flats("YYYNN---", first=2)]
    decision = count(law_named(CIVIL_CODE), "replace_provider", register_of(units))
    assert decision.tally[:4] == (9, 899_99, 6, 599_99)
    assert (decision.quorum, decision.approved, decision.passed) == (False, True, False)


def test_common_parts_are_an_ordinary_matter_before_2021_and_a_special_one_since() -> None:
    twelve = flats("YYYYYYNN----")
    assert both("change_common_use", twelve) == ("fails", "passes")
    assert both("change_common_use", flats("YYYYYNNN----")) == ("fails", "fails")
    assert both("change_common_use", flats("YYYYYYYNNNN-")) == ("passes", "fails")
    new = count(law_named(CIVIL_CODE), "change_common_use", register_of(twelve))
    old = count(law_named(PROPERTY_LAW), "change_common_use", register_of(twelve))
    assert (old.assent_heads, new.assent_heads) == (HALF, Fraction(3, 4))


def test_using_the_fund_became_easier_than_raising_it() -> None:
    nine = flats("YYYYYNNA-")
    assert both("use_maintenance_fund", nine) == ("fails", "passes")
    assert both("raise_maintenance_fund", nine) == ("fails", "fails")
    new = count(law_named(CIVIL_CODE), "use_maintenance_fund", register_of(nine))
    assert (new.assent_heads, new.assent_area) == (Fraction(5, 8), Fraction(5, 8))


SIX_OWNERS = [
    *held("P", [60, 60, 60], "Y"), *held("Q", [90], "Y"), *held("R", [80], "N"), *held("S", [80], "N"),
    *held("T", [80], "N"), *held("U", [60], "-"),
]  # fmt: skip


def test_an_owner_of_three_flats_is_one_head() -> None:
    assert both("replace_provider", SIX_OWNERS) == ("fails", "fails")
    decision = count(law_named(CIVIL_CODE), "replace_provider", register_of(SIX_OWNERS))
    assert (decision.assent_heads, decision.assent_area) == (Fraction(2, 5), Fraction(9, 17))
    by_unit = [Unit(f"unit {n}", unit.area, unit.vote) for n, unit in enumerate(SIX_OWNERS)]
    wrongly = count(law_named(CIVIL_CODE), "replace_provider", register_of(by_unit))
    assert (wrongly.passed, wrongly.assent_heads) == (True, Fraction(4, 7))


def with_developer(vote: str) -> list[Unit]:
    unsold = held("the builder", [100, 100, 100], vote, "developer_unsold")
    sold = held("a buyer who waits", [100], vote, "developer_undelivered")
    return [*unsold, *sold, *flats("YYYYN-")]


def test_the_developer_is_one_head_with_all_that_is_unsold_or_undelivered() -> None:
    away, there = with_developer("-"), with_developer("Y")
    assert register_of(away).owners[0].area == 400 * METRE and len(register_of(away).owners) == 7
    assert both("replace_provider", away) == ("no quorum", "no quorum")
    assert both("replace_provider", there) == ("passes", "passes")
    assert count(law_named(CIVIL_CODE), "replace_provider", register_of(away)).turnout_area == HALF
    decision = count(law_named(CIVIL_CODE), "replace_provider", register_of(there))
    assert (decision.assent_heads, decision.assent_area) == (Fraction(5, 6), Fraction(8, 9))


@pytest.mark.parametrize(
    ("votes", "under_the_code"), [("YYYYNA---", "passes"), ("YYYYN----", "no quorum"), ("YYYNNA---", "fails")]
)
def test_who_abstains_takes_part_and_does_not_assent(votes: str, under_the_code: str) -> None:
    assert both("rules", flats(votes)) == ("fails" if votes.count("-") < 5 else "no quorum", under_the_code)


@pytest.mark.parametrize(
    ("shop", "eight", "heads", "area"),
    [("Y", "YYYNNNNN", Fraction(4, 9), Fraction(23, 28)), ("N", "YYYYYNNN", Fraction(5, 9), Fraction(5, 28))],
)
def test_heads_and_area_must_both_be_won(shop: str, eight: str, heads: Fraction, area: Fraction) -> None:
    units = [*held("shop", [1000], shop), *flats(eight, 50 * METRE)]
    assert both("grade_and_fee", units) == ("fails", "fails")
    decision = count(law_named(CIVIL_CODE), "grade_and_fee", register_of(units))
    assert (decision.assent_heads, decision.assent_area) == (heads, area)


BARS: list[tuple[str, str, str, str, str]] = [
    # law, category, exactly at the bar, one head below or level with it, one head above
    (PROPERTY_LAW, "rebuild", "YYYYYYNNN", "YYYYYNNNN", "YYYYYYYNN"),
    (PROPERTY_LAW, "rules", "YYYYYNNNN", "YYYYNNNNN", "YYYYYYNNN"),
    (CIVIL_CODE, "rebuild", "YYYYYYNN----", "YYYYYNNN----", "YYYYYYYN----"),
    (CIVIL_CODE, "rules", "YYYYYNNN----", "YYYYNNNN----", "YYYYYYNN----"),
]


@pytest.mark.parametrize(("law", "category", "enough", "short", "more"), BARS)
def test_one_head_decides(law: str, category: str, enough: str, short: str, more: str) -> None:
    register = [register_of(flats(votes)) for votes in (enough, short, more)]
    assert [outcome(law, category, one) for one in register] == ["passes", "fails", "passes"]


@pytest.mark.parametrize(
    ("law", "category", "votes", "passes"),
    [
        (
            PROPERTY_LAW,
            "rebuild",
            "YYYYYYNNN",
            (False, True),
        ),  # two thirds: less is too little, exactly is enough
        (PROPERTY_LAW, "rules", "YYYYYNNN", (True, True)),
        (CIVIL_CODE, "rebuild", "YYYYYYNN----", (False, True)),  # three quarters of those taking part
        (CIVIL_CODE, "replace_provider", "YYYYNN---", (False, True)),  # the quorum
    ],
)
def test_a_hundredth_of_a_square_metre_decides(law: str, category: str, votes: str, passes: tuple[bool, bool]) -> None:
    less = [Unit("owner 1", 100 * METRE - 1, Vote.YES), *flats(votes[1:], first=2)]
    assert tuple(outcome(law, category, register_of(units)) == "passes" for units in (less, flats(votes))) == passes


def test_half_of_the_area_is_not_more_than_half() -> None:
    level = [*held("P", [50], "Y"), *held("Q", [50], "Y"), *held("R", [100], "N")]
    above = [Unit("P", 50 * METRE + 1, Vote.YES), *level[1:]]
    assert both("other", level) == ("fails", "fails")
    assert both("other", above) == ("passes", "passes")


def test_at_least_and_more_than_differ_at_the_number_itself_only() -> None:
    enough, beyond = AtLeast(TWO_THIRDS, "all", ()), MoreThan(TWO_THIRDS, "all", ())
    for part, whole in product(range(31), range(1, 31)):
        assert enough.reached(part, whole) == (Fraction(part, whole) >= TWO_THIRDS)
        assert beyond.reached(part, whole) == (Fraction(part, whole) > TWO_THIRDS)
    assert (enough.words.en, beyond.words.zh) == ("at least two thirds", "过三分之二")


def test_nobody_takes_part() -> None:
    for law, category in product(regimes(), CATEGORIES):
        decision = count(law_named(law), category, register_of(flats("---")))
        assert not decision.quorum and not decision.passed
        assert decision.turnout_area == decision.assent_heads == decision.assent_area == 0
        arrays = count_many(law_named(law), category, np.zeros((2, 3), np.uint8), np.ones(3, np.int64))
        assert not arrays.passed.any()


def test_the_two_laws_cross() -> None:
    many_agree, many_come = "Y" * 54 + "N" * 6 + "-" * 40, "Y" * 42 + "N" * 28 + "-" * 30
    assert both("grade_and_fee", flats(many_agree)) == ("passes", "no quorum")
    assert both("grade_and_fee", flats(many_come)) == ("fails", "passes")


def test_a_boycott_breaks_the_quorum_under_the_code_only() -> None:
    voting_no, staying_away = "Y" * 60 + "N" * 40, "Y" * 60 + "-" * 40
    assert both("replace_provider", flats(voting_no)) == ("passes", "passes")
    assert both("replace_provider", flats(staying_away)) == ("passes", "no quorum")


# An independent counter, written from the law's words and not from the regimes.
SPECIAL = {
    PROPERTY_LAW: {"use_maintenance_fund", "raise_maintenance_fund", "rebuild"},
    CIVIL_CODE: {"raise_maintenance_fund", "rebuild", "change_common_use"},
}


def naive_shares(units: list[Unit]) -> tuple[list[Fraction], list[Fraction]]:
    """Return turnout and assent of all, by heads and by area each, in fractions of square metres."""
    heads: dict[object, list[Unit]] = {}
    for unit in units:
        heads.setdefault(None if unit.kind.startswith("developer") else unit.owner, []).append(unit)
    size = {who: sum((Fraction(unit.area, 100) for unit in own), Fraction()) for who, own in heads.items()}
    voted = {who: own[0].vote.name for who, own in heads.items()}
    came = [who for who in heads if voted[who] in ("YES", "NO", "ABSTAIN")]
    agree = [who for who in heads if voted[who] == "YES"]
    whole = sum(size.values(), Fraction())
    turnout = [Fraction(len(came), len(heads)), sum((size[who] for who in came), Fraction()) / whole]
    of_all = [Fraction(len(agree), len(heads)), sum((size[who] for who in agree), Fraction()) / whole]
    return turnout, of_all


def naive(law: str, special: bool, turnout: list[Fraction], of_all: list[Fraction]) -> tuple[bool, bool]:
    """Return whether enough took part and whether the matter is adopted."""
    if law == PROPERTY_LAW:
        enough = min(of_all) >= Fraction(2, 3) if special else min(of_all) > Fraction(1, 2)
        return min(turnout) > Fraction(1, 2), enough
    if min(turnout) < Fraction(2, 3):
        return False, False
    among = [mine / present for mine, present in zip(of_all, turnout, strict=True)]
    return True, min(among) >= Fraction(3, 4) if special else min(among) > Fraction(1, 2)


def drawn_units(luck: random.Random) -> list[Unit]:
    """Draw a small register: areas that often tie, owners of several units, a developer, an institution."""
    draw_area: Callable[[], int] = luck.choice(
        [lambda: 100_00, lambda: luck.choice([50_00, 99_99, 100_00, 100_01]), lambda: luck.randint(1, 300_00)]
    )
    weights = luck.choice([(4, 2, 1, 3), (6, 1, 0, 1), (1, 1, 1, 1)])
    owners = [f"owner {n}" for n in range(luck.randint(1, 12))]
    vote = dict(
        zip(
            owners,
            luck.choices([Vote.YES, Vote.NO, Vote.ABSTAIN, Vote.ABSENT], weights, k=len(owners)),
            strict=True,
        )
    )
    units = [Unit(owner, draw_area(), vote[owner]) for owner in owners for _ in range(luck.choice([1, 1, 1, 2, 3]))]
    if luck.random() < 0.5:
        side = luck.choice(list(Vote))
        kinds: list[Kind] = ["developer_unsold", "developer_undelivered"]
        units += [Unit(luck.choice(owners), draw_area(), side, luck.choice(kinds)) for _ in range(luck.randint(1, 4))]
    if luck.random() < 0.3:
        units.append(Unit("work unit", 5 * draw_area(), luck.choice(list(Vote)), "institution"))
    luck.shuffle(units)
    return units


MATTERS = list(product(regimes(), CATEGORIES))


def agree_on(units: list[Unit], law: str, category: str) -> set[tuple[str, str, bool, bool]]:
    """Check one register under every law and category, and its arrays under one; return what came out."""
    register, shares, out = register_of(units), naive_shares(units), set()
    counted = tally(register)
    expected = {key: naive(*key, *shares) for key in product(regimes(), (False, True))}
    for matter in MATTERS:
        decision = decide(regimes()[matter[0]], matter[1], counted)
        special = matter[1] in SPECIAL[matter[0]]
        assert (decision.quorum, decision.passed) == expected[matter[0], special], (matter, units)
        if matter[0] == PROPERTY_LAW and decision.approved:
            assert decision.quorum, "under the Property Law a majority of all implies the quorum"
        out.add((*matter, decision.quorum, decision.passed))
    votes = np.array([owner.vote for owner in register.owners], np.uint8)
    area = np.array([owner.area for owner in register.owners], np.int64)
    assert tally_of(votes, area) == counted
    one, many = count(law_named(law), category, register), count_many(law_named(law), category, votes, area)
    assert tuple(int(number) for number in many[:6]) == counted == one.tally
    assert [bool(flag) for flag in many[6:]] == [one.quorum, one.approved, one.passed]
    assert [one.turnout_heads, one.turnout_area] == shares[0]
    return out


def test_random_registers_agree_with_the_independent_counter_and_with_the_arrays() -> None:
    luck, seen = random.Random(20210101), set()
    for _ in range(10_000):
        seen |= agree_on(drawn_units(luck), *luck.choice(MATTERS))
    assert len(seen) == 3 * len(MATTERS), "under each law and category some pass, some fail, some lack a quorum"


def test_every_vote_of_a_tiny_register_agrees() -> None:
    areas = (100_00, 100_00, 100_00, 200_00)
    for turn, votes in enumerate(product(Vote, repeat=len(areas))):
        units = [Unit(str(n), area, vote) for n, (area, vote) in enumerate(zip(areas, votes, strict=True))]
        agree_on(units, *MATTERS[turn % len(MATTERS)])


def test_many_ballots_equal_as_many_single_counts() -> None:
    luck = np.random.default_rng(7)
    votes = luck.choice(4, size=(2, 300, 9), p=[0.25, 0.5, 0.2, 0.05]).astype(np.uint8)
    area = np.array([100_00] * 6 + [50_00, 99_99, 400_00], np.int32)
    for law, category in product(regimes(), CATEGORIES):
        many = count_many(law_named(law), category, votes, area.astype(np.int64))
        assert many.passed.shape == (2, 300)
        for i, k in product(range(2), range(0, 300, 7)):
            owners = [Owner(str(n), int(area[n]), Vote(vote)) for n, vote in enumerate(votes[i, k])]
            assert bool(many.passed[i, k]) == count(law_named(law), category, Register(tuple(owners))).passed


def one_by_one(law: str, category: str, votes: Any, area: Any, reached: Any, silence: str) -> tuple[bool, bool]:
    """Judge one ballot with its silent votes by adding up owners, one after the other."""
    owners = list(zip(votes.tolist(), area.tolist(), reached.tolist(), strict=True))

    def those(vote: Vote, came: bool | None = None) -> tuple[int, int]:
        sizes = [size for one, size, was in owners if one == vote and (came is None or was == came)]
        return len(sizes), sum(sizes)

    cast = tally(Register(tuple(Owner(str(n), size, Vote(vote)) for n, (vote, size, _) in enumerate(owners))))
    silent = Silent(silence, *those(Vote.ABSENT, True), those(Vote.YES), those(Vote.NO))
    decision = decide_with_silent(law_named(law), category, cast, silent)
    return decision.quorum, decision.passed


@pytest.mark.parametrize("silence", SILENCES)
def test_many_ballots_with_silent_votes_equal_as_many_single_counts(silence: str) -> None:
    luck = np.random.default_rng(11)
    votes = luck.choice(4, size=(200, 9), p=[0.5, 0.3, 0.15, 0.05]).astype(np.uint8)
    area, reached = np.array([100_00] * 6 + [50_00, 99_99, 400_00], np.int64), luck.random((200, 9)) < 0.8
    for law, category in product(regimes(), ("rules", "rebuild", "change_common_use")):
        many = count_many(law_named(law), category, votes, area, silence, reached)
        found = [one_by_one(law, category, votes[k], area, reached[k], silence) for k in range(200)]
        assert [(bool(q), bool(p)) for q, p in zip(many.quorum, many.passed, strict=True)] == found
    everyone = count_many(law_named(CIVIL_CODE), "rules", votes, area, silence)
    assert everyone.quorum.all() or silence == "not_participating"


def calls_in(work: Callable[[], object]) -> int:
    """Return how many calls of Python or C functions some work makes."""
    seen = []
    sys.setprofile(lambda frame, event, argument: seen.append(event) if event.endswith("call") else None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return len(seen)


def test_ten_thousand_ballots_of_a_thousand_owners_take_as_many_calls_as_two_of_ten() -> None:
    """No ballot and no owner is counted by a call of its own, on which the speed of the count rests."""
    luck = np.random.default_rng(5)
    votes, area = luck.integers(0, 4, (10_000, 1000), np.uint8), luck.integers(40_00, 200_00, 1000)

    def counted(ballots: int, owners: int) -> int:
        some, theirs = votes[:ballots, :owners], area[:owners]
        return calls_in(lambda: count_many(law_named(CIVIL_CODE), "replace_provider", some, theirs))

    counted(2, 10)  # the first count loads what the others have at hand
    assert counted(10_000, 1000) == counted(2, 10)


def test_areas_of_32_bits_do_not_overflow() -> None:
    area: Any = np.full(40, 2**30, np.int32)
    decisions = count_many(law_named(CIVIL_CODE), "rebuild", np.full((3, 40), Vote.YES, np.uint8), area)
    assert decisions.area == 40 * 2**30 and decisions.passed.all()


def test_the_largest_area_still_counts_exactly() -> None:
    area = np.array([LARGEST_AREA // 3] * 3, np.int64)
    votes = np.array([Vote.YES, Vote.NO, Vote.ABSENT], np.uint8)
    owners = [Owner(str(n), int(area[n]), Vote(vote)) for n, vote in enumerate(votes)]
    one = count(law_named(CIVIL_CODE), "rules", Register(tuple(owners)))
    assert (one.quorum, one.approved) == (True, False)
    assert decide(law_named(CIVIL_CODE), "rules", tally_of(votes, area)) == one
    assert not count_many(law_named(CIVIL_CODE), "rules", votes, area).approved
    with pytest.raises(ValueError, match="at most"):
        count_many(law_named(CIVIL_CODE), "rules", votes, area + 1)
    shares = [threshold.share for threshold in thresholds()]
    assert max(share.denominator for share in shares) <= LARGEST_DENOMINATOR
    assert all(0 < share < 1 for share in shares) and LARGEST_AREA * LARGEST_DENOMINATOR < 2**63


@pytest.mark.parametrize(
    ("votes", "area", "error"),
    [
        (np.array([1, 4], np.uint8), np.array([1, 1]), ValueError),
        (np.array([1, -1], np.int8), np.array([1, 1]), ValueError),
        (np.array([True, False]), np.array([1, 1]), ValueError),
        (np.array([1, 1], np.uint8), np.array([1, 0]), ValueError),
        (np.array([], np.uint8), np.array([], np.int64), ValueError),
        (np.array([1, 1], np.uint8), np.array([1.5, 1.0]), TypeError),
        (np.array([1, 1, 1], np.uint8), np.array([1, 1]), ValueError),
    ],
)
def test_arrays_that_are_no_votes_or_no_areas_are_refused(votes: Any, area: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        count_many(law_named(CIVIL_CODE), "rules", votes, area)


def dwellings(**columns: list[int]) -> Dwellings:
    size = len(columns["area"])
    known = {"number": list(range(size)), "owner": list(range(size))} | columns
    types = Dwellings.__annotations__
    assert set(known) <= set(types)
    whole = {name: np.array(known.get(name, [0] * size)) for name in Dwellings._fields}
    return Dwellings(**whole)


def test_dwellings_become_heads_each_speaking_through_one_row() -> None:
    table = dwellings(
        area=[1, 2, 4, 8, 16, 32, 64, 128],
        number=[7, 6, 5, 4, 3, 2, 1, 0],
        owner=[0, 1, 1, 3, 9, 8, 6, 6],
        owner_kind=[PRIVATE_OWNER] * 4 + [DEVELOPER] * 2 + [INSTITUTION] * 2,
        tenure=[OWNER_OCCUPIED] * 2 + [LET] * 6,
    )
    heads = heads_of(table, np.arange(8))
    whole = {0: 1, 1: 2 + 4, 3: 8, 5: 16 + 32, 7: 64 + 128}
    assert dict(zip(heads.row.tolist(), heads.area.tolist(), strict=True)) == whole
    charged = heads_of(table, np.array([2, 3]))
    assert dict(zip(charged.row.tolist(), charged.area.tolist(), strict=True)) == {2: 4, 3: 8}


def test_a_vote_by_dwellings_is_a_vote_by_heads() -> None:
    luck = np.random.default_rng(3)
    table = dwellings(
        area=luck.integers(40_00, 200_00, 60).tolist(),
        owner=luck.integers(0, 40, 60).tolist(),
        owner_kind=(luck.random(60) < 0.2).astype(int).tolist(),
    )
    heads, votes = heads_of(table, np.arange(60)), luck.integers(0, 4, 60).astype(np.uint8)
    names = np.where(table.owner_kind == DEVELOPER, "developer", table.owner.astype(str))
    speaks = {names[row]: Vote(votes[row]) for row in heads.row}
    units = [Unit(name, int(area), speaks[name]) for name, area in zip(names, table.area, strict=True)]
    assert tally_of(votes[heads.row], heads.area) == tally(register_of(units))


def thresholds() -> list[Threshold]:
    rules = [rule for regime in regimes().values() for rule in regime.rules.values()]
    return [threshold for rule in rules for threshold in (rule.quorum, rule.approval)]


def test_each_regime_rules_every_category_and_cites_articles_that_it_has() -> None:
    assert list(regimes()) == [PROPERTY_LAW, CIVIL_CODE] and set(regimes()) == set(parts("law"))
    assert ROOMS["law"] == "sim.law" and KINDS["law"].zh == "法律"
    for regime in regimes().values():
        assert list(regime.rules) == list(CATEGORIES)
        cited = {id for rule in regime.rules.values() for bar in (rule.quorum, rule.approval) for id in bar.articles}
        assert cited | set(regime.counting) == set(regime.articles)
        assert all(rule.quorum.of == "all" for rule in regime.rules.values())


def test_the_day_of_the_count_chooses_the_law_and_no_day_has_two() -> None:
    assert law_on(date(2007, 10, 1)).key == law_on(date(2020, 12, 31)).key == PROPERTY_LAW
    assert law_on(date(2021, 1, 1)).key == law_on(date(2040, 1, 1)).key == CIVIL_CODE
    with pytest.raises(InputError) as error:
        law_on(date(2007, 9, 30))
    assert "2007-10-01 to 2020-12-31, 2021-01-01 to today" in error.value.say("en")
    for first, second in zip(list(regimes().values()), list(regimes().values())[1:], strict=False):
        assert first.until is not None and (second.since - first.until).days == 1


def test_wrong_names_are_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as error:
        law_named("civil_code_2020")
    assert error.value.nearest == CIVIL_CODE
    with pytest.raises(InputError) as error:
        count(law_named(CIVIL_CODE), "replace_providers", register_of(flats("Y")))
    assert error.value.nearest == "replace_provider"


def test_the_reasons_are_told_step_by_step_in_both_languages() -> None:
    decision = count(law_named(CIVIL_CODE), "rebuild", register_of(flats("YYYYNN---")))
    assert [reason.text.en for reason in decision.reasons] == [
        (
            "9 owners with 900.00 m²; an owner of several units is one, the developer's unsold and "
            "undelivered units are one."
        ),
        (
            "6 owners with 600.00 m² took part, 2/3 of all heads and 2/3 of all area; each must be at "
            "least two thirds: reached."
        ),
        (
            "4 owners with 400.00 m² assented, 2/3 of the heads and 2/3 of the area of those taking "
            "part; each must be at least three quarters: missed."
        ),
        "Result: not adopted, too few assented.",
    ]  # fmt: skip
    assert decision.reasons[1].text.zh == (
        "参与表决 6 人、600.00 平方米，占全体业主人数的 2/3、面积的 2/3；要求人数、面积各三分之二以上：达到。"
    )
    assert decision.reasons[3].articles == ("civil_code_278", "civil_code_1259")
    for law, votes in product(regimes(), ("YYYYYYNNN", "YYYYNN---", "YYNN-----")):
        told = count(law_named(law), "rules", register_of(flats(votes)))
        assert {id for reason in told.reasons for id in reason.articles} <= set(law_named(law).articles)
        assert all("{" not in reason.text.zh + reason.text.en for reason in told.reasons)
        adopted = told.reasons[-1].text.en == "Result: adopted."
        assert adopted == told.passed


def test_registers_that_cannot_be_counted_are_refused() -> None:
    twice = (Owner("P", 1, Vote.YES), Owner("P", 1, Vote.NO))
    for owners in ((), (Owner("P", 0, Vote.YES),), (Owner("P", 1, Vote.YES), Owner("Q", -5, Vote.YES)), twice):
        with pytest.raises(InputError):
            Register(owners)
    assert set(VOTES) == set(Vote)
