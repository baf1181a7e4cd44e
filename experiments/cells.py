"""A cell: one scenario lived through with one seed, the unit of every experiment."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.names import number_at
from scenarios.rebuilt import rebuilt
from scenarios.scenario import Scenario, canonical
from sim.events import Level
from sim.parts import default_of, numbers_of, parts

if TYPE_CHECKING:
    from experiments.segments import CellTables
    from sim.engine import Engine

ROOMS = ("agents", "scenarios", "sim")
HASH_LENGTH = 32


@dataclass(frozen=True)
class Cell:
    """One row of the table of cells.

    number: counted scenario by scenario.  index: the scenario's place in the request.
    """

    number: int
    index: int
    scenario: str
    seed: int


def cells_of(scenarios: tuple[Scenario, ...], seed: int, replicates: int) -> tuple[Cell, ...]:
    """Return the cells of so many replicates of each scenario; replicate r has `seed` + r in all of them."""
    return tuple(
        Cell(index * replicates + replicate, index, scenario.name, seed + replicate)
        for index, scenario in enumerate(scenarios)
        for replicate in range(replicates)
    )


def configuration_of(scenario: Scenario) -> str:
    """Return what a run of a scenario depends on as one line of JSON, the same on every machine."""
    return json.dumps(canonical(scenario), sort_keys=True, ensure_ascii=True)


def digest(values: object) -> str:
    """Return a hash of plain values, the same on every machine."""
    return hashed(json.dumps(values, sort_keys=True, ensure_ascii=True))


def hashed(text: str) -> str:
    """Return a hash of a line of ASCII."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:HASH_LENGTH]


@cache
def sources_hash() -> str:
    """Return a hash of the sources that a run depends on: those of sim, agents and scenarios.

    Ends of lines do not count, which differ between systems.
    """
    known = hashlib.sha256()
    for room in ROOMS:
        spec = find_spec(room)
        folder = Path((spec and spec.origin) or room).parent
        for file in sorted(folder.rglob("*.py")):
            known.update(f"{room}/{file.relative_to(folder).as_posix()}\0".encode())
            known.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return known.hexdigest()[:HASH_LENGTH]


def identities(configurations: Sequence[str], cells: Sequence[Cell], sources: str) -> dict[Cell, str]:
    """Return what each cell's result depends on, as a hash: its configuration, the sources, its seed.

    configurations: by the index of a cell.  Cells of one identity have one result, whatever their scenarios
    are called.
    """
    known = [hashed(configuration) for configuration in configurations]
    return {cell: digest([known[cell.index], sources, cell.seed]) for cell in cells}


def live(scenario: Scenario, seed: int, computing: "Engine", events: Level) -> "CellTables":
    """Live through a scenario with one seed and return its tables."""
    from experiments.cell_tables import tables_of
    from scenarios.settle import settle

    community = settle(scenario, seed, computing, events)
    for _ in range(scenario.weeks):
        community.step()
    community.let_go()
    return tables_of(community)


def facts(configuration: str) -> dict[str, Any]:
    """Return what the table of cells says of a scenario: place, horizon, every number, levers at the end.

    Whole numbers are given as real ones.  No path is among them: a table stands by the hash of its rows, a local rule
    by that of its values.
    """
    told = json.loads(configuration)
    numbers = {**told["numbers"], **levers(rebuilt(told))}
    return {
        "place": told["place"],
        "estates": digest(told["estates"]),
        "start": told["start"],
        "weeks": float(told["weeks"]),
        **({"local_rule": digest(told["local"])} if "local" in told else {}),
        **{key: _real(value) for key, value in numbers.items()},
    }


def is_words(key: str) -> bool:
    """Say whether a fact is told in words, and not by a number."""
    return key in ("place", "estates", "start", "local_rule") or bool(number_at(key)[0].choices)


def levers(scenario: Scenario) -> dict[str, Any]:
    """Return every measure's levers in a scenario's last week, neutral where the measure is not in force."""
    day = scenario.start + timedelta(weeks=max(scenario.weeks - 1, 0))
    in_force: Mapping[str, Any] = {
        setting.measure: setting.on(day)
        for setting in scenario.policy.settings
        if (setting.since or day) <= day < (setting.until or date.max)
    }
    return {
        f"{key}.{name}": getattr(in_force[key], name) if key in in_force else default_of(cls, name)
        for key, cls in parts("measure").items()
        for name in numbers_of(cls)
    }


def _real(value: Any) -> Any:
    return float(value) if isinstance(value, int) else value
