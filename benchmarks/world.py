"""The world that every contestant lives through: the same households, the same rules, the same bills."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from scenarios.estate import Estate
from scenarios.place import four
from scenarios.population import Census, populate
from scenarios.scenario import default_numbers
from sim.engine import engine
from sim.households import F4, F8, NOT_RESIDENT, PROVIDER, Households, joined
from sim.mechanisms.payment import Collection
from sim.mechanisms.voice import Trouble

ESTATE_SIZE = 1_000
WEEKS_A_BILL = 4
SEED = 1
THREAT = 0.2  # chance of being sued that owners see
WORN = 0.8  # attitudes begin below where they drift back to: otherwise the drift could not be seen


@dataclass(frozen=True)
class World:
    """Households of some estates and what they meet: quality, shape (e, k), collection, grade and legacy, shape (e,).

    Quality stands still, since it is the provider's doing and not the households'.
    """

    households: Households
    quality: F8
    grade: F8
    collection: F8
    legacy: F8
    mechanisms: Mapping[str, Any]

    def people(self) -> Households:
        """Return the households as arrays of their own, to be changed at will."""
        return deepcopy(self.households)

    def rates(self, mechanism: str) -> Any:
        """Return the numbers of a mechanism's step."""
        about = self.mechanisms[mechanism]
        return about.rates(self.mechanisms["arrears"].threat) if mechanism == "payment" else about.rates()

    def plain_rates(self, mechanism: str) -> Any:
        """Return the numbers of a mechanism's step as plain Python numbers, under their names."""
        rates = self.rates(mechanism)
        return type(rates)(*(one.item() for one in rates))

    @property
    def reversion(self) -> np.float32:
        """Return the share by which attitudes drift back in a month."""
        return np.float32(self.mechanisms["trust"].reversion)

    def soreness(self) -> F4:
        """Return the grievance over what the developer left, shape (e,)."""
        sore: F4 = (self.mechanisms["satisfaction"].legacy_grievance * self.legacy).astype(np.float32)
        return sore

    def trouble(self) -> Trouble:
        """Return what calls for issues in each estate."""
        voice = self.mechanisms["voice"]
        return Trouble(voice.appeal(self.quality), (voice.legacy_rate * self.legacy).astype(np.float32))

    def paid(self) -> Collection:
        """Return what owners see of each other's paying at the start; every estate is served."""
        estates = len(self.collection)
        threat, served = np.full(estates, THREAT, np.float32), np.ones(estates, np.uint8)
        return Collection(self.collection.copy(), self.collection.copy(), threat, served)


class Contestant(Protocol):
    """One way to let households live through weeks.

    A week: perceive the service, talk with ties, meet with issues and answer them; every fourth week, pay and let attitudes
    drift back; sum up mean satisfaction.
    """

    def step(self) -> None:
        """Live through one week."""

    def standing(self) -> dict[str, F8]:
        """Return where each household stands, under the names of `STANDING`."""


STANDING = ("satisfaction", "preferred_grade", "history", "grievance", "trust_in_provider")


def world(households: int, estate_size: int = ESTATE_SIZE) -> World:
    """Return a world of so many households in equal estates, of the four archetypes in turn."""
    mechanisms, computing = default_numbers("mechanism"), engine()
    estates = [_estate(index, estate_size) for index in range(households // estate_size)]
    people = joined([populate(Census(estate, mechanisms, computing, SEED)) for estate in estates])
    quality = np.array([mechanisms["service"].start(estate.quality) for estate in estates])
    grade, collection, legacy = (
        np.array([getattr(one, name) for one in estates]) for name in ("grade", "collection", "legacy")
    )
    people.attitudes.held[:] *= np.float32(WORN)
    return World(people, quality, grade, collection, legacy, mechanisms)


def standing(people: Households) -> dict[str, F8]:
    """Return where the households of arrays stand."""
    columns = (
        people.experience.satisfaction, people.opinion.preferred_grade, people.paying.history, people.experience.grievance,
        people.attitudes.held[PROVIDER],
    )  # fmt: skip
    return {name: column.astype(np.float64) for name, column in zip(STANDING, columns, strict=True)}


def _estate(index: int, size: int) -> Estate:
    archetypes = four(size)
    return replace(archetypes[index % len(archetypes)], name=f"estate {index + 1}")


def bills(week: int) -> bool:
    """Tell whether bills go out in a week."""
    return week % WEEKS_A_BILL == 0


def residents(people: Households) -> Any:
    """Return a mask of the dwellings that somebody lives in."""
    return people.dwellings.group != NOT_RESIDENT
