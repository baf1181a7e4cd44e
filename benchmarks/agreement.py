"""Whether contestants follow the same rules: fed the oracle's draws, how far they come to stand from it."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from benchmarks.household_kernels import KernelHouseholds
from benchmarks.mesa_households import HouseholdModel
from benchmarks.numpy_households import NumpyHouseholds
from benchmarks.world import SEED, Contestant, World, bills
from sim.chance import Purpose, uniforms
from sim.engine import engine
from sim.households import F4

WEEKS, TOLERANCE = 8, 1e-3


class OneByOne:
    """Stands in for Mesa's generator: hands out the oracle's draws one household at a time."""

    def __init__(self, world: World) -> None:
        """Take the draws of a world from its first week on."""
        numbers = (number for draws in oracle_draws(world) for number in draws.tolist())
        self.random = numbers.__next__


class AllAtOnce:
    """Stands in for numpy's generator: hands out the oracle's draws for all households at once."""

    def __init__(self, world: World) -> None:
        """Take the draws of a world from its first week on."""
        self._draws = oracle_draws(world)

    def random(self, size: int, dtype: Any) -> F4:
        """Return the next draw of every household."""
        return next(self._draws).astype(dtype)


def oracle_draws(world: World) -> Iterator[F4]:
    """Yield the oracle's draws, shape (n,), in the order in which a week uses them."""
    for week in count():
        yield _drawn(world, Purpose.PERCEPTION, week)
        yield _drawn(world, Purpose.TALK, week)
        if bills(week):
            yield _drawn(world, Purpose.PAYMENT, week)


def _drawn(world: World, purpose: Purpose, week: int) -> F4:
    start, place = world.households.layout
    numbers = np.split(world.households.dwellings.number, start[1:-1])
    return np.concatenate(
        [
            uniforms(number, purpose, where, week, SEED)[0]
            for number, where in zip(numbers, place, strict=True)
        ]
    )


def disagreements(world: World) -> dict[str, float]:
    """Return, for each contestant, how far a household comes to stand from the oracle's in eight weeks.

    The oracle is the plain engine.  Satisfaction, preferred grade and history of paying, all 0-1, are
    compared each week.
    """
    agents, arrays = HouseholdModel(world), NumpyHouseholds(world)
    agents.random, arrays.rng = OneByOne(world), AllAtOnce(world)  # type: ignore[assignment]
    contestants: dict[str, Contestant] = {"kernels": KernelHouseholds(world), "mesa": agents, "numpy": arrays}
    oracle = KernelHouseholds(world, engine("plain"))
    furthest = dict.fromkeys(contestants, 0.0)
    for _ in range(WEEKS):
        oracle.step()
        for name, contestant in contestants.items():
            contestant.step()
            furthest[name] = max(furthest[name], distance(contestant, oracle))
    return furthest


def distance(one: Contestant, other: Contestant) -> float:
    """Return the largest difference of any household in anything that it stands for."""
    here, there = one.standing(), other.standing()
    return max(float(np.abs(here[name] - there[name]).max()) for name in here)
