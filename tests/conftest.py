"""Small communities that the tests live through, and how two of them are told apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from scenarios.estate import Estate
from scenarios.place import Place, four
from scenarios.scenario import Scenario
from scenarios.settle import settle
from sim.community import Community
from sim.engine import Engine, engine
from sim.parts import parts

WEEKS, HOUSEHOLDS = 40, 60
# Numbers, each within its bounds, under which everything that can happen does so within a year or two.
BUSY: dict[str, dict[str, dict[str, Any]]] = {
    "agents": {
        "acting_body": {"waits_weeks": 4, "again_weeks": 8, "objects": -1.5},
        "owners_committee": {
            "term_weeks": 52, "renewal_weeks": 20, "formation_attempts": 8.0, "preparation_weeks": 4,
            "replace_shortfall": 0.03, "proposal_chance": 0.5, "proposal_pause": 8, "fee_budget": 1.2,
            "grade_cost": 0.3, "working": 0.2, "leaves": 0.3, "recall": 10.0, "petition": 0.05,
            "helped": 0.0,
        },
        "owners_assembly": {
            "short_notice": 0.5, "ordered": 0.3, "sued": 1.0, "suit_weeks": 4, "won": 0.5, "posting_weeks": 2
        },
        "party_organization": {"flat_share": 0.5},
        "property_service_company": {
            "review_floor": 0.97, "review_quarters": 1, "leaves": 0.3, "arrives": 0.6, "emergency_weeks": 8
        },
        "residents_committee": {"flat_share": 0.5, "hours_per_staff": 6.0},
    },
    "mechanisms": {
        "arrears": {"long_months": 2, "campaign": 0.6, "batch": 8, "asks_mediation": 0.6},
        "assembly": {"base": 1.5, "shock": 1.5, "supports": 2.5, "burden": 0.3, "collect_weeks": 2},
        "candidate_choice": {"marks": 5.0},
        "online_ballot": {"ease": 3.0},
        "case_ladder": {
            "climb": 0.0, "attempts": 1, "patience": 8, "court": 0.4, "court_weeks": 5, "court_wins": 0.4
        },
        "violations": {
            "hazard": 0.2, "deterrence": 0.0, "ends": 0.1, "found_anyhow": 0.4, "reported": 0.5,
            "delay_weeks": 5,
        },
        "voice": {"rate": 0.15},
    },
}  # fmt: skip


@dataclass(frozen=True)
class Listed(Place):
    """A place of the estates that a test lists; nothing is under way there when a run begins."""

    lead_in_weeks: int = 0

    listed: tuple[Estate, ...] = four(HOUSEHOLDS, committee=1.0)

    def estates(self) -> tuple[Estate, ...]:
        return self.listed


def scenario(estates: Sequence[Estate] = Listed.listed, **changes: Any) -> Scenario:
    """Return a scenario of some estates: by default four small ones with owners' committees, for 40 weeks.

    `agents` and `mechanisms` are numbers that differ from their defaults, by part and name.
    """
    numbers = {kind: changes.pop(kind, {}) for kind in ("agents", "mechanisms")}
    made = replace(Scenario("test", Listed(listed=tuple(estates)), weeks=WEEKS), **changes)
    held = {
        kind: {key: replace(about, **numbers[kind].get(key, {})) for key, about in getattr(made, kind).items()}
        for kind in numbers
    }
    return replace(made, **held)


HALF = tuple(replace(estate, committee=float(index % 2 == 0)) for index, estate in enumerate(Listed.listed))
"""The four small estates, every other one without an owners' committee."""


def busy(**changes: Any) -> Scenario:
    """Return a scenario in which much happens: committees form, ballots, suits, exits, violations."""
    kinds = {
        kind: {key: {**BUSY[kind].get(key, {}), **changes.get(kind, {}).get(key, {})} for key in parts(kind[:-1])}
        for kind in BUSY
    }
    return scenario(**{"estates": HALF, **changes, **kinds})


def lived(plan: Scenario, *, seed: int = 1, weeks: int | None = None, computing: Engine | None = None) -> Community:
    """Return the community of a scenario after its weeks."""
    community = settle(plan, seed, computing or engine())
    for _ in range(plan.weeks if weeks is None else weeks):
        community.step()
    return community


def books(community: Community) -> dict[str, Any]:
    """Return every array that a community leaves behind, by name: its record and its households."""
    record = dict(vars(community.record))
    for group in ("tracked", "asked", "given", "capacity", "observed"):
        record.update({f"{group}.{key}": array for key, array in record.pop(group).items()})
    numbers = {name: np.array(record.pop(name)) for name in ("weeks", "open_at_start")}
    return {**numbers, **record, **community.households.arrays()}


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the names of the arrays that are not the same bytes in both books."""
    names = sorted({*one, *other})
    return [name for name in names if name not in one or name not in other or not _same(one[name], other[name])]


def _same(one: Any, other: Any) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


@pytest.fixture(scope="session", name="scenario")
def scenario_fixture() -> Callable[..., Scenario]:
    return scenario


@pytest.fixture(scope="session", name="busy")
def busy_fixture() -> Callable[..., Scenario]:
    return busy


@pytest.fixture(scope="session", name="lived")
def lived_fixture() -> Callable[..., Community]:
    return lived


@pytest.fixture(scope="session", name="books")
def books_fixture() -> Callable[..., dict[str, Any]]:
    return books


@pytest.fixture(scope="session", name="differing")
def differing_fixture() -> Callable[..., list[str]]:
    return differing
