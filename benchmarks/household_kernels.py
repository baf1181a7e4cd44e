"""Our own households in the race: the kernels as a community calls them, week by week."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.world import SEED, World, bills, residents, standing
from sim.arithmetic import FINE
from sim.engine import Engine, engine
from sim.households import AWARENESS, F8, GROUPS, PROVIDER, Households
from sim.mechanisms.payment import Motives, Owner
from sim.mechanisms.voice import concerned


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
        dwellings, held = self._people.dwellings, self._people.attitudes.held
        self._concerned, self._owner = concerned(self._people), Owner(dwellings.number, dwellings.tenure)
        self._motives = Motives(self._people.experience.satisfaction, held[PROVIDER], held[AWARENESS])
        self._quality = world.quality.astype(np.float32)
        self._sore, self._trouble, self._collection = world.soreness(), world.trouble(), world.paid()
        names = ("satisfaction", "influence", "voice", "payment")
        self._rates = {name: world.rates(name) for name in names}
        self._smoothing, self._reversion = world.mechanisms["payment"].smoothing, world.reversion
        self._money = np.zeros((estates, 2), np.int64)
        self._sums = np.zeros((estates, len(GROUPS)), np.int64)
        self._resident = np.count_nonzero(residents(self._people))
        self._week = 0
        self.reaction = np.zeros(self._people.size, np.uint8)
        self.mean_satisfaction: list[float] = []

    def step(self) -> None:
        """Live through one week."""
        people, by, rates, when = self._people, self.computing, self._rates, (self._week, SEED)
        layout, dwellings, lived = people.layout, people.dwellings, people.experience
        by.perceive(layout, dwellings.number, lived, self._quality, self._sore, rates["satisfaction"], *when)
        by.talk(layout, dwellings.number, people.opinion, people.ties, rates["influence"], *when)
        by.arise(layout, self._concerned, self._trouble, rates["voice"], *when, self.reaction)
        if bills(self._week):
            self._pay()
            by.drift_back(layout, people.attitudes, self._reversion)
        by.tally(layout, dwellings.group, lived.satisfaction, self._sums)
        self.mean_satisfaction.append(int(self._sums.sum()) / FINE / self._resident)
        self._week += 1

    def standing(self) -> dict[str, F8]:
        """Return where each household stands."""
        return standing(self._people)

    def _pay(self) -> None:
        people, collection, money = self._people, self._collection, self._money
        self.computing.pay(
            people.layout, self._owner, self._motives, people.paying, people.ties, collection, self._rates["payment"],
            self._week, SEED, money,
        )  # fmt: skip
        paid = money[:, 1] / np.maximum(money[:, 0], 1)
        collection.smoothed[:] += self._smoothing * (paid - collection.smoothed)
