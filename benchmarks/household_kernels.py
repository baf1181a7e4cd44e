"""Our own households in the race: the kernels as a community calls them, week by week."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.world import SEED, World, bills
from sim.arithmetic import FINE
from sim.engine import Engine, engine
from sim.households import F8, GROUPS, Households
from sim.residents import Residents


@dataclass
class KernelHouseholds:
    """A world's households, moved by an engine: the compiled one, or its plain twin as the oracle."""

    world: World
    computing: Engine = field(default_factory=engine)

    def __post_init__(self) -> None:
        """Move in."""
        world, estates = self.world, len(self.world.quality)
        self._people: Households = world.people()
        self._residents = Residents(
            self._people, world.quality, world.grade, world.collection, world.mechanisms, self.computing
        )
        self._money = np.zeros((estates, 2), np.int64)
        self._sums = np.zeros((estates, len(GROUPS)), np.int64)
        self._resident = np.count_nonzero(self._people.dwellings.group < len(GROUPS))
        self._week = 0
        self.mean_satisfaction: list[float] = []

    def step(self) -> None:
        """Live through one week."""
        people = self._people
        self._residents.perceive(self._week, SEED)
        self._residents.talk(self._week, SEED)
        if bills(self._week):
            self._residents.pay(self._week, SEED, self._money)
        self.computing.tally(people.layout, people.dwellings, people.experience.satisfaction, self._sums)
        self.mean_satisfaction.append(int(self._sums.sum()) / FINE / self._resident)
        self._week += 1

    def standing(self) -> dict[str, F8]:
        """Return satisfaction, preferred grade and history of paying of each household."""
        people = self._people
        return {
            "satisfaction": people.experience.satisfaction.astype(np.float64),
            "preferred_grade": people.opinion.preferred_grade.astype(np.float64),
            "history": people.paying.history.astype(np.float64),
        }
