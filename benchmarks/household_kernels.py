"""Our own households in the race: the kernels as a community calls them, week by week."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.world import SEED, World, bills, residents, standing
from sim.arithmetic import FINE
from sim.engine import Engine, engine
from sim.households import F8, GROUPS, I8, Households, Living
from sim.mechanisms.week import rates_of


@dataclass
class KernelHouseholds:
    """A world's households, moved by an engine: the compiled one, or its plain twin as the oracle.

    people: the arrays to move, by default a copy of the world's.  reaction: shape (n,); what each household answered to this
    week's issue: see `sim.mechanisms.voice`.
    """

    world: World
    computing: Engine = field(default_factory=engine)
    people: Households | None = None

    def __post_init__(self) -> None:
        """Move in."""
        world, estates = self.world, len(self.world.quality)
        self._people = self.people or world.people()
        self._held = self.computing.hold(Living(self._people, rates_of(world.mechanisms)))
        self._quality = world.quality.astype(np.float32)
        self._sore, self._trouble, self._collection = world.soreness(), world.trouble(), world.paid()
        self._smoothing, self._reversion = world.mechanisms["payment"].smoothing, world.reversion
        self._money = np.zeros((estates, 2), np.int64)
        self._sums = np.zeros((estates, len(GROUPS)), np.int64)
        self._resident = np.count_nonzero(residents(self._people))
        self._week = 0
        self.reaction = np.zeros(self._people.size, np.uint8)
        self._recorded: list[I8] = []

    def step(self) -> None:
        """Live through one week."""
        by, held = self.computing, self._held
        by.live(held, self._quality, self._sore, self._trouble, self._week, SEED, self.reaction, self._sums)
        if bills(self._week):
            self._pay()
            by.drift_back(held, self._reversion)
        self._recorded.append(self._sums.copy())
        self._week += 1

    @property
    def mean_satisfaction(self) -> list[float]:
        """Return the residents' mean satisfaction of each week, from the sums that are recorded as a community's are."""
        return [int(sums.sum()) / FINE / self._resident for sums in self._recorded]

    def standing(self) -> dict[str, F8]:
        """Return where each household stands."""
        return standing(self._people)

    def _pay(self) -> None:
        collection, money = self._collection, self._money
        self.computing.pay(self._held, collection, self._week, SEED, money)
        paid = money[:, 1] / np.maximum(money[:, 0], 1)
        collection.smoothed[:] += self._smoothing * (paid - collection.smoothed)
