"""Payment against its closed form, with what couples owners to each other and to the service switched off."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scenarios.place import four
from sim.chance import place_key
from sim.engine import engine
from sim.households import (
    ATTITUDES,
    AWARENESS,
    LET,
    MATTERS,
    PROVIDER,
    VACANT,
    Attitudes,
    Dwellings,
    Experience,
    Households,
    Layout,
    Living,
    Opinion,
    Paying,
)
from sim.mechanisms.payment import Collection, Payment, settle
from sim.mechanisms.week import rates_of
from sim.parts import numbers_of, part_named, parts
from sim.ties import jagged

N, SEED = 2000, 4
# Everything switched off that couples owners to each other, to the service, to trust, and to the courts.
COUPLINGS = ("neighbours", "satisfaction", "trust", "awareness", "withholding")
UNCOUPLED = {
    "payment": dict.fromkeys(COUPLINGS, 0.0),
    "arrears": {"threat": 0.0, "demand": 0.0, "campaign": 0.0, "campaign_collection": 0.0},
}
# Standard errors within which a mean must lie; seeds are fixed.
WITHIN = 4


def logistic(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))


class Owners:
    """Owners of one estate who look at nobody else, each with a standing inclination."""

    def __init__(self, about: Payment, history: float | None = None) -> None:
        rng, self.about = np.random.default_rng(8), about
        self.inclination = rng.normal(0.5, 2, N).astype(np.float32)
        zeros = np.zeros(N, np.float32)
        bill = rng.integers(3_000, 30_000, N).astype(np.int32)
        past = logistic(self.inclination).astype(np.float32) if history is None else np.full(N, history, np.float32)
        none: Any = [np.zeros(N, kind) for kind in (np.uint8, np.uint16, np.int32, np.uint8)]
        payer_type, arrears, owed, withholding = none
        self.paying = Paying(payer_type, self.inclination, zeros, past, bill, arrears, owed, withholding)
        self.people = _owning(self.paying)
        served, unthreatened = np.ones(1, np.uint8), np.zeros(1, np.float32)
        self.collection = Collection(np.array([0.7]), np.array([0.4]), unthreatened, served)

    def months(self, count: int, threat: float = 0.0) -> Any:
        """Return billed and paid month by month, shape (count, 2); threat: weight of the chance of a suit."""
        money, by = np.zeros((count, 1, 2), np.int64), engine("compiled")
        numbers = rates_of({one: part_named("mechanism", one)() for one in parts("mechanism")})
        held = by.hold(Living(self.people, numbers._replace(payment=self.about.rates(threat))))
        for month in range(count):
            by.pay(held, self.collection, month, SEED, money[month])
        return money[:, 0]


def _owning(paying: Paying) -> Households:
    """Return dwellings without ties in which nobody lives, and whose owners neither like nor dislike anything."""
    one: Any = [np.zeros(N, kind) for kind in (np.uint16, np.uint16, np.int32, np.int32, *[np.uint8] * 5)]
    dwellings = Dwellings(np.arange(N, dtype=np.uint32), *one)
    dwellings.tenure[:] = VACANT
    many, flat = np.zeros((len(MATTERS), N), np.float32), np.zeros(N, np.float32)
    return Households(
        Layout(np.array([0, N]), np.array([place_key("here")], np.uint32)),
        dwellings,
        Experience(many, flat, flat, many, many, np.full(N, 0.9, np.float32), flat),
        Opinion(flat, flat, flat),
        Attitudes(np.full((len(ATTITUDES), N), 0.5, np.float32), np.zeros((len(ATTITUDES), N), np.uint8)),
        paying,
        jagged(np.empty((0, 2), np.int64), N)[0],
    )


def within(mean: float, expected: float, variance: float) -> bool:
    return bool(abs(mean - expected) < WITHIN * np.sqrt(variance))


def test_collection_is_the_mean_chance_of_independent_owners() -> None:
    owners = Owners(Payment(habit=0.0, history=0.0))
    money = owners.months(120)
    chance, bill = logistic(owners.inclination), owners.paying.bill.astype(float)

    expected, variance = 120 * (bill * chance).sum(), 120 * (bill**2 * chance * (1 - chance)).sum()
    assert within(money[:, 1].sum(), expected, variance)
    assert money[:, 0].tolist() == [int(owners.paying.bill.sum(dtype=np.int64))] * 120


def test_months_paid_spread_over_owners_as_the_binomial_says() -> None:
    owners = Owners(Payment(habit=0.0, history=0.0))
    owners.months(60)
    chance, paid = logistic(owners.inclination), 60 - owners.paying.arrears.astype(float)
    squares = (paid - 60 * chance) ** 2 / (60 * chance * (1 - chance))

    likely = (chance > 0.05) & (chance < 0.95)
    assert within(squares[likely].mean(), 1, 2 / likely.sum() * 1.5)


@pytest.mark.parametrize("start", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("months", [1, 6, 24, 120])
def test_history_moves_to_the_chance_of_paying_at_its_speed(start: float, months: int) -> None:
    owners = Owners(Payment(history=0.0), history=start)
    owners.months(months)
    chance, speed = logistic(owners.inclination), Payment().habit

    left = (1 - speed) ** months
    spread = speed / (2 - speed) * (1 - left**2) * (chance * (1 - chance)).mean() / N
    assert within(owners.paying.history.mean(), left * start + (1 - left) * chance.mean(), spread)


def test_a_habit_pulls_the_chance_by_its_weight() -> None:
    owners = Owners(Payment(habit=0.0, history=3.0), history=0.9)
    money = owners.months(60)
    chance, bill = logistic(owners.inclination + 3.0 * (0.9 - 0.5)), owners.paying.bill.astype(float)

    assert within(money[:, 1].sum(), 60 * (bill * chance).sum(), 60 * (bill**2 * chance * (1 - chance)).sum())


@pytest.mark.parametrize(
    ("number", "motive", "level", "shift"),
    [
        ("satisfaction", "satisfaction", 0.82, 0.2 / 0.2),
        ("trust", "trust", 0.2, -0.3 / 0.2),
        ("awareness", "awareness", 0.9, 0.4),
    ],
)
def test_a_motive_shifts_the_chance_by_its_weight(number: str, motive: str, level: float, shift: float) -> None:
    owners = Owners(Payment(habit=0.0, history=0.0))
    owners.people.dwellings.tenure[:] = LET
    held = owners.people.attitudes.held
    motives = {"satisfaction": owners.people.experience.satisfaction, "trust": held[PROVIDER], "awareness": held[AWARENESS]}
    motives["satisfaction"][:] = 0.62
    motives[motive][:] = level
    money, weight = owners.months(60), getattr(Payment(), number)
    _collects(owners, money, owners.inclination + weight * shift)


def test_a_threat_of_suits_raises_and_protest_lowers_the_chance_by_its_weight() -> None:
    threatened, withholding = (Owners(Payment(habit=0.0, history=0.0)) for _ in range(2))
    threatened.collection.threat[0] = 0.3
    withholding.paying.withholding[:] = 1

    _collects(threatened, threatened.months(60, threat=1.6), threatened.inclination + 1.6 * 0.3)
    _collects(withholding, withholding.months(60), withholding.inclination - Payment().withholding)


def _collects(owners: Owners, money: Any, logit: Any) -> None:
    chance, bill = logistic(logit), owners.paying.bill.astype(float)
    variance = 60 * (bill**2 * chance * (1 - chance)).sum()
    assert within(money[:, 1].sum(), 60 * (bill * chance).sum(), variance)


def test_nobody_bills_where_there_is_no_provider() -> None:
    owners = Owners(Payment())
    owners.collection.served[0] = 0
    before = [array.tobytes() for array in owners.paying]

    assert not owners.months(3).any() and [array.tobytes() for array in owners.paying] == before


def test_arrears_count_the_months_that_were_not_paid_and_stop_at_their_largest() -> None:
    owners = Owners(Payment())
    owners.paying.arrears[:10] = 65_534
    before = owners.paying.arrears.copy()
    money = sum((_month(owners) for _ in range(12)), np.zeros(2, np.int64))
    grown = owners.paying.arrears.astype(int) - before

    assert (grown[:10] <= 1).all() and grown[10:].max() == 12 and grown.min() == 0
    unpaid = int((grown[10:] * owners.paying.bill[10:].astype(int)).sum())
    assert 0 <= money[0] - money[1] - unpaid <= 12 * int(owners.paying.bill[:10].sum())
    assert money[0] - money[1] == owners.paying.owed.sum(dtype=np.int64)


def _month(owners: Owners) -> Any:
    return owners.months(1)[0]


@pytest.mark.parametrize("name", ["compiled", "plain"])
@pytest.mark.parametrize("start", [0.02, 0.5, 0.88, 0.98])
@pytest.mark.parametrize("weight", [0.0, 1.0, 1.5, 2.5, 3.5, 4.0])
def test_settling_finds_a_fixed_point_of_the_starting_collection(name: Any, start: float, weight: float) -> None:
    rng = np.random.default_rng(3)
    inclination = rng.normal(0, 2, N).astype(np.float32)
    area, history = rng.integers(4_000, 20_000, N).astype(np.int32), np.full(N, np.nan, np.float32)
    intercept = engine(name).settle(area, inclination, np.float32(start), np.float32(weight), history)

    chance = logistic(intercept + inclination + weight * (history - 0.5))
    assert np.abs(chance - history).max() < 1e-3
    assert (history * area).sum() / area.sum() == pytest.approx(start, abs=1e-3)


def test_a_habit_is_never_so_strong_that_an_owner_has_two_fixed_points() -> None:
    """Above four the slope of `logistic(weight x history)` can exceed one: settling is no contraction."""
    assert numbers_of(Payment)["history"].high == 4.0


def test_settling_without_habit_is_plain_bisection() -> None:
    inclination, area = np.array([-1, 0, 2], np.float32), np.array([1000, 1000, 1000], np.int32)
    low, high = -16.0, 16.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if logistic(middle + inclination).mean() < 0.6 else (low, middle)
    found = settle(area, inclination, np.float32(0.6), np.float32(0), np.empty(3, np.float32))

    assert float(found) == pytest.approx(low, abs=1e-3)


def test_a_population_without_couplings_collects_what_its_histories_say(scenario: Any, lived: Any) -> None:
    still = {**UNCOUPLED, "payment": {**UNCOUPLED["payment"], "habit": 0.0}}
    served = [replace(estate, served=1.0, quality=0.6) for estate in four(60)]
    stays = {"property_service_company": {"leaves": 0.0}, "owners_committee": {"formation_attempts": 0.0}}
    plan = scenario(served, mechanisms=still, agents=stays, weeks=260)
    chance = lived(plan, weeks=0).households.paying.history.astype(float)
    community = lived(plan)
    people, months = community.households, int((community.record.money[:, 0, 0] > 0).sum())
    bill = people.paying.bill.astype(float)
    for estate in community.estates:
        rows = slice(people.layout.start[estate.index], people.layout.start[estate.index + 1])
        p, b = chance[rows], bill[rows]
        paid = community.record.money[:, estate.index, 1].sum()
        assert within(paid, months * (b * p).sum(), months * (b**2 * p * (1 - p)).sum() + (months * 1e-3 * b.sum()) ** 2)
        assert (b * p).sum() / b.sum() == pytest.approx(estate.starting_collection, abs=2e-3)


def test_sixty_months_are_billed_in_five_years(scenario: Any, lived: Any) -> None:
    served = [replace(estate, served=1.0) for estate in four(60)]
    stays = {"property_service_company": {"leaves": 0.0}}
    community = lived(scenario(served, agents=stays, weeks=261))
    billed = np.flatnonzero(community.record.money[:, 0, 0])

    assert len(billed) == 60
    assert {community.calendar.date(int(week)).day <= 7 for week in billed} == {True}
