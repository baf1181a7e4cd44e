"""The world that every contestant lives through: the same households, the same rules, the same bills."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from scenarios.estate import Estate
from scenarios.place import four
from scenarios.population import Census, populate
from scenarios.scenario import default_numbers
from sim.engine import engine
from sim.households import F8, NOT_RESIDENT, Households, joined

ESTATE_SIZE = 1_000
WEEKS_A_BILL = 4
SEED = 1


@dataclass(frozen=True)
class World:
    """Households of some estates and what they meet: quality, shape (e, k), collection and grade, shape (e,).

    Quality stands still, since it is the provider's doing and not the households'.
    """

    households: Households
    quality: F8
    grade: F8
    collection: F8
    mechanisms: Mapping[str, Any]

    def people(self) -> Households:
        """Return the households as arrays of their own, to be changed at will."""
        return deepcopy(self.households)

    def rates(self, mechanism: str) -> Any:
        """Return the numbers of a mechanism's step as plain Python numbers, under their names."""
        rates = self.mechanisms[mechanism].rates()
        return type(rates)(*map(float, rates))


class Contestant(Protocol):
    """One way to let households live through weeks.

    A week: perceive the service, talk with ties, pay every fourth week, and sum up mean satisfaction.
    """

    def step(self) -> None:
        """Live through one week."""

    def standing(self) -> dict[str, F8]:
        """Return each household's satisfaction, preferred grade and history of paying."""


Maker = Callable[[World], Contestant]


def world(households: int, estate_size: int = ESTATE_SIZE) -> World:
    """Return a world of so many households in equal estates, of the four archetypes in turn."""
    mechanisms, computing = default_numbers("mechanism"), engine()
    estates = [_estate(index, estate_size) for index in range(households // estate_size)]
    people = joined([populate(Census(estate, mechanisms, computing, SEED)) for estate in estates])
    quality = np.array([mechanisms["service"].start(estate.quality) for estate in estates])
    grade, collection = (
        np.array([getattr(one, name) for one in estates]) for name in ("grade", "collection")
    )
    return World(people, quality, grade, collection, mechanisms)


def _estate(index: int, size: int) -> Estate:
    archetypes = four(size)
    return replace(archetypes[index % len(archetypes)], name=f"estate {index + 1}")


def bills(week: int) -> bool:
    """Tell whether bills go out in a week."""
    return week % WEEKS_A_BILL == 0


def residents(people: Households) -> Any:
    """Return a mask of the dwellings that somebody lives in."""
    return people.dwellings.group != NOT_RESIDENT
