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
from sim.mechanisms.voice import NOTHING

WEEKS, TOLERANCE = 8, 1e-3


class OneByOne:
    """Stands in for Mesa's generator: hands out the oracle's draws one household at a time."""

    def __init__(self, oracle: KernelHouseholds) -> None:
        """Take the draws of an oracle's world from its first week on."""
        numbers = (number for draws in oracle_draws(oracle) for number in draws.ravel().tolist())
        self.random = numbers.__next__


class AllAtOnce:
    """Stands in for numpy's generator: hands out the oracle's draws for all households at once."""

    def __init__(self, oracle: KernelHouseholds) -> None:
        """Take the draws of an oracle's world from its first week on."""
        self._draws = oracle_draws(oracle)

    def random(self, size: int | tuple[int, int], dtype: Any) -> F4:
        """Return the next draws of the households concerned, of this shape."""
        return next(self._draws).astype(dtype).reshape(size)


def oracle_draws(oracle: KernelHouseholds) -> Iterator[F4]:
    """Yield the oracle's draws in the order in which a week uses them; the oracle must have lived through that week.

    Each shape (n,), but those of the m households that an issue has struck, shape (m, 5): four that make its severity, and
    the point of the answer.
    """
    world = oracle.world
    for week in count():
        struck = oracle.reaction != NOTHING  # before the first draw: where nobody is struck, the next one is next week's
        yield from _drawn(world, Purpose.EVERYDAY, week)[:3]
        answers = _drawn(world, Purpose.ANSWER, week)[:1]
        yield np.concatenate([_drawn(world, Purpose.SEVERITY, week), answers])[:, struck].T
        if bills(week):
            yield _drawn(world, Purpose.PAYMENT, week)[0]


def _drawn(world: World, purpose: Purpose, week: int) -> F4:
    """Return four uniforms for each household, shape (4, n)."""
    start, place = world.households.layout
    numbers = np.split(world.households.dwellings.number, start[1:-1])
    drawn = [uniforms(number, purpose, where, week, SEED) for number, where in zip(numbers, place, strict=True)]
    return np.concatenate(drawn, axis=1)


def disagreements(world: World) -> dict[str, float]:
    """Return, for each contestant, how far a household comes to stand from the oracle's in eight weeks.

    The oracle is the plain engine.  Everything in `STANDING`, all 0-1, is compared each week.
    """
    agents, arrays = HouseholdModel(world), NumpyHouseholds(world)
    oracle = KernelHouseholds(world, engine("plain"))
    agents.random, arrays.rng = OneByOne(oracle), AllAtOnce(oracle)  # type: ignore[assignment]
    contestants: dict[str, Contestant] = {"kernels": KernelHouseholds(world), "mesa": agents, "numpy": arrays}
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
