"""Settling: bringing people and institutions to a place.

Every kind of agent that declares itself is seated, once in the community or once in each estate; none is named here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.estate import Estate
from scenarios.population import Census, populate
from scenarios.scenario import Scenario
from sim.arithmetic import logistic_of
from sim.calendar import Calendar
from sim.chance import Chance, place_key
from sim.community import Community, World, seated
from sim.engine import Engine, engine
from sim.estate_board import EstateBoard
from sim.events import Level
from sim.households import DEVELOPER, Households, joined
from sim.institution import Institution
from sim.parts import parts
from sim.residents import Residents


def settle(scenario: Scenario, seed: int, computing: Engine | None = None, events: Level = "all") -> Community:
    """Return the community of a scenario at its start, a `mesa.Model` ready to step.

    seed: 0 to 2**32 - 1; every stream of chance is derived from it.  computing: the engine, by default the fastest there is.
    """
    computing = computing or engine()
    estates = scenario.place.estates()
    households = joined([populate(Census(estate, scenario.mechanisms, computing, seed)) for estate in estates])
    residents = _move_in(households, estates, scenario.mechanisms, computing)
    boards = _boards(households, estates, residents, scenario, computing.chance(seed))
    world = World(
        scenario.place.name, residents, boards, scenario.mechanisms, scenario.policy, Calendar(scenario.start), computing,
        scenario.weeks, seed, events, scenario.place.lead_in_weeks, scenario.local,
    )  # fmt: skip
    return Community(world, lambda community: seat(community, scenario.agents))


def seat(community: Community, numbers: Mapping[str, Any]) -> list[Institution]:
    """Seat every declared kind of agent where it says it sits."""
    seats: list[Institution] = []
    for key, kind in parts("agent").items():
        boards: Sequence[EstateBoard | None] = community.estates if kind.seat == "estate" else [None]
        seats += [seated(kind, community, numbers[key], board) for board in boards]
    return seats


def _move_in(
    households: Households, estates: Sequence[Estate], mechanisms: Mapping[str, Any], computing: Engine
) -> Residents:
    quality = np.array([mechanisms["service"].start(estate.quality) for estate in estates])
    grade, collection, legacy = (
        np.array([getattr(estate, name) for estate in estates]) for name in ("grade", "collection", "legacy")
    )
    return Residents(households, quality, grade, collection, legacy, mechanisms, computing)


def _boards(
    households: Households,
    estates: Sequence[Estate],
    residents: Residents,
    scenario: Scenario,
    chance: Chance,
) -> list[EstateBoard]:
    starts = households.layout.start
    spread = scenario.mechanisms["pressure"].closeness_spread
    boards = []
    for index, estate in enumerate(estates):
        place = place_key(estate.name)
        middle = np.log(estate.closeness / (1 - estate.closeness))
        closeness = logistic_of(middle + spread * chance.normal("closeness", place, 0))
        dwellings = slice(starts[index], starts[index + 1])
        area = households.dwellings.area[dwellings].astype(np.int64)
        unsold = area[households.dwellings.owner_kind[dwellings] == DEVELOPER].sum()
        heads = len(np.unique(households.dwellings.owner[dwellings]))
        begins = chance.uniform("starts with a committee", place, 0) < estate.committee
        boards.append(
            EstateBoard(
                estate.name,
                estate.archetype,
                index,
                place,
                closeness,
                scenario.place.backing,
                estate.collection,
                heads,
                estate.households,
                int(households.dwellings.entrance[dwellings].max()) + 1,
                begins,
                residents.quality(index),
                residents.standard(index),
                usual_backing=scenario.place.backing,
                collection=estate.collection,
                grade=estate.grade,
                attempt_factor=scenario.place.attempt_factor,
                starts_served=chance.uniform("starts served", place, 0) < estate.served,
                area=int(area.sum()),
                delivered=float(1 - unsold / area.sum()),
            )
        )
    return boards
