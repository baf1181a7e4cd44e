"""Exact chances of passing: against scipy, against enumeration, and against ten thousand simulated ballots counted."""

from itertools import product
from math import ceil, floor

import numpy as np
import pytest
from scipy import stats

from sim.ballot import count, count_many
from sim.law_in_force import law_named
from sim.pass_probability import (
    NEVER,
    binomial,
    boycott_probability,
    chance_of_at_least,
    fewest_assenting,
    pass_probability,
)
from sim.regime import CATEGORIES
from sim.register import Owner, Register, Vote

PROPERTY_LAW, CIVIL_CODE = "property_law_2007", "civil_code_2021"
BALLOTS, CONFIDENCE = 10_000, 0.999
SHARES = np.array([0.0, 0.01, 0.3, 0.5, 2 / 3, 0.75, 0.9, 1.0])


@pytest.mark.parametrize("trials", [1, 2, 9, 300, 1000])
def test_the_binomial_is_that_of_scipy(trials: int) -> None:
    expected = np.array([stats.binom.pmf(np.arange(trials + 1), trials, share) for share in SHARES])
    assert np.abs(binomial(trials, SHARES) - expected).max() < 1e-12
    for fewest in (0, 1, trials // 2, trials, trials + 1):
        tail = stats.binom.sf(fewest - 1, trials, SHARES)
        assert np.abs(chance_of_at_least(trials, fewest, SHARES) - tail).max() < 1e-11


def by_scipy(law: str, special: bool, owners: int, turnout: float, approval: float) -> float:
    """Return the chance of passing from the law's words alone, with scipy's distributions."""
    if law == PROPERTY_LAW:  # assent is measured among all: those who take part and assent are one binomial
        fewest = ceil(owners * 2 / 3 - 1e-9) if special else owners // 2 + 1
        return float(stats.binom.sf(fewest - 1, owners, turnout * approval))
    present = np.arange(ceil(owners * 2 / 3 - 1e-9), owners + 1)
    fewest_of = [ceil(k * 3 / 4 - 1e-9) if special else floor(k / 2) + 1 for k in present]
    return float(
        (stats.binom.pmf(present, owners, turnout) * stats.binom.sf(np.array(fewest_of) - 1, present, approval)).sum()
    )


@pytest.mark.parametrize("law", [PROPERTY_LAW, CIVIL_CODE])
@pytest.mark.parametrize(("category", "special"), [("replace_provider", False), ("rebuild", True)])
@pytest.mark.parametrize("owners", [3, 9, 100, 301])
def test_the_chance_of_passing_is_that_of_scipy(law: str, category: str, special: bool, owners: int) -> None:
    ours = pass_probability(law_named(law), category, owners, SHARES, SHARES)
    theirs = [[by_scipy(law, special, owners, turnout, approval) for approval in SHARES] for turnout in SHARES]
    assert np.abs(ours - np.array(theirs)).max() < 1e-10


def test_a_handful_of_owners_is_enumerated() -> None:
    """Every one of 3^5 ballots of five owners counted by the real count, weighted by its chance."""
    turnout, approval = 0.7, 0.6
    chance = {Vote.ABSENT: 1 - turnout, Vote.YES: turnout * approval, Vote.NO: turnout * (1 - approval)}
    for law, category in product((PROPERTY_LAW, CIVIL_CODE), CATEGORIES):
        regime = law_named(law)
        total = sum(
            np.prod([chance[vote] for vote in votes])
            for votes in product(chance, repeat=5)
            if count(regime, category, Register(tuple(Owner(str(n), 80_00, vote) for n, vote in enumerate(votes)))).passed
        )
        exact = pass_probability(regime, category, 5, np.array([turnout]), np.array([approval]))[0, 0]
        assert exact == pytest.approx(total, abs=1e-12)


def test_the_fewest_who_must_assent_stand_at_the_bars() -> None:
    code, old = law_named(CIVIL_CODE), law_named(PROPERTY_LAW)
    need = fewest_assenting(code, "rules", 12)
    assert list(need[:8]) == [NEVER] * 8 and list(need[8:]) == [5, 5, 6, 6, 7]
    assert list(fewest_assenting(code, "rebuild", 12)[8:]) == [6, 7, 8, 9, 9]
    assert list(fewest_assenting(old, "rules", 12)[6:]) == [NEVER, 7, 7, 7, 7, 7, 7]
    assert list(fewest_assenting(old, "rebuild", 12)[7:]) == [NEVER, 8, 8, 8, 8, 8]


# Owners, turnout, approval, law, category: near the law's bars, where the chance is neither 0 nor 1.
COMBINATIONS = [
    (30, 0.70, 0.60, CIVIL_CODE, "replace_provider"),
    (30, 0.70, 0.80, CIVIL_CODE, "change_common_use"),
    (30, 0.80, 0.65, PROPERTY_LAW, "replace_provider"),
    (30, 0.85, 0.80, PROPERTY_LAW, "use_maintenance_fund"),
    (99, 0.68, 0.52, CIVIL_CODE, "grade_and_fee"),
    (99, 0.75, 0.75, CIVIL_CODE, "rebuild"),
    (99, 0.70, 0.73, PROPERTY_LAW, "rules"),
    (99, 0.82, 0.82, PROPERTY_LAW, "rebuild"),
    (300, 0.67, 0.55, CIVIL_CODE, "elect_committee"),
    (300, 0.68, 0.51, CIVIL_CODE, "use_maintenance_fund"),
    (300, 0.69, 0.75, CIVIL_CODE, "raise_maintenance_fund"),
    (300, 0.72, 0.70, PROPERTY_LAW, "other"),
    (300, 0.83, 0.80, PROPERTY_LAW, "raise_maintenance_fund"),
    (1000, 0.665, 0.60, CIVIL_CODE, "replace_provider"),
    (1000, 0.80, 0.625, PROPERTY_LAW, "change_common_use"),
    (1000, 0.90, 0.75, CIVIL_CODE, "change_common_use"),
]


@pytest.mark.parametrize(("owners", "turnout", "approval", "law", "category"), COMBINATIONS)
def test_ten_thousand_simulated_ballots_pass_as_often_as_the_exact_chance_says(
    owners: int, turnout: float, approval: float, law: str, category: str
) -> None:
    regime = law_named(law)
    exact = float(pass_probability(regime, category, owners, np.array([turnout]), np.array([approval]))[0, 0])
    assert 0.005 < exact < 0.995, "a combination at which nothing could be seen"
    passes = int(count_many(regime, category, drawn(owners, turnout, approval), np.full(owners, 90_00)).passed.sum())
    low, high = stats.binom.interval(CONFIDENCE, BALLOTS, exact)
    assert low <= passes <= high, (exact, passes / BALLOTS)


def drawn(owners: int, turnout: float, approval: float) -> np.ndarray:
    """Draw ballots of owners who each take part, and then assent, by chance."""
    luck = np.random.default_rng([owners, round(turnout * 1e6), round(approval * 1e6)])
    votes = np.where(luck.random((BALLOTS, owners), np.float32) < approval, Vote.YES, Vote.NO).astype(np.uint8)
    votes[luck.random((BALLOTS, owners), np.float32) >= turnout] = Vote.ABSENT
    return votes


def test_a_boycott_gains_nothing_under_the_property_law_and_wins_under_the_code() -> None:
    opponents, away = np.array([0.2, 0.3, 0.45]), np.linspace(0, 1, 5)
    old, new = (
        boycott_probability(law_named(law), "replace_provider", 300, 0.8, opponents, away)
        for law in (PROPERTY_LAW, CIVIL_CODE)
    )
    assert np.abs(old - old[:, :1]).max() < 1e-12, "staying away weighs like a no"
    assert new[1, 0] > 0.99 and new[1, -1] < 0.01, "three in ten win by staying away"
    for place, share in enumerate(opponents):
        supporters = 300 - round(300 * float(share))
        exact = stats.binom.sf(150, supporters, 0.8)
        assert old[place, 0] == pytest.approx(exact, abs=1e-12)


def test_a_boycott_is_that_of_enumeration() -> None:
    regime, turnout, away = law_named(CIVIL_CODE), 0.8, 0.4
    supporters, against = 7, 3
    total = 0.0
    for came, no in product(range(supporters + 1), range(against + 1)):
        votes = [Vote.YES] * came + [Vote.ABSENT] * (supporters - came) + [Vote.NO] * no + [Vote.ABSENT] * (against - no)
        register = Register(tuple(Owner(str(n), 80_00, vote) for n, vote in enumerate(votes)))
        weight = stats.binom.pmf(came, supporters, turnout) * stats.binom.pmf(no, against, turnout * (1 - away))
        total += weight * count(regime, "rules", register).passed
    ours = boycott_probability(regime, "rules", 10, turnout, np.array([0.3]), np.array([away]))[0, 0]
    assert ours == pytest.approx(total, abs=1e-12)


def test_more_approval_never_lowers_the_chance() -> None:
    for law, category in product((PROPERTY_LAW, CIVIL_CODE), CATEGORIES):
        chance = pass_probability(law_named(law), category, 40, SHARES, SHARES)
        assert (np.diff(chance, axis=1) >= -1e-12).all()
