"""One cell as it is sent to a worker, and what a worker does with it."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from scenarios.rebuilt import rebuilt
from scenarios.scenario import Scenario
from sim.events import Level

if TYPE_CHECKING:
    from sim.engine import Engine

PLACES_AT_HAND = 64
"""Configurations that a worker keeps as scenarios: neighbouring cells often share one."""
ONE_AT_A_TIME = threading.Lock()
"""A cell at a time in each process: threads of a Dask worker would share the scratch arrays of one engine."""


class Task(Protocol):
    """A cell that can be lived through anywhere; identity: of its result."""

    @property
    def identity(self) -> str:
        """Return what the result depends on, as a hash."""

    def segment(self) -> bytes:
        """Return the cell's tables as the bytes of one file."""


@dataclass(frozen=True)
class Failure:
    """Why a cell has no result."""

    reason: str


@dataclass(frozen=True)
class ScenarioTask:
    """A scenario to be lived through with one seed.  configuration: the scenario's plain values, as JSON."""

    identity: str
    configuration: str
    seed: int
    events: Level
    threads: int

    def segment(self) -> bytes:
        """Live through the scenario."""
        from experiments.cells import live
        from experiments.segments import segment_of

        return segment_of(live(_scenario(self.configuration), self.seed, _engine(self.threads), self.events))


@dataclass(frozen=True)
class FunctionTask:
    """A function of a cell to be called.  function: takes the cell's values by key and the seed; returns a row."""

    identity: str
    function: Callable[[Mapping[str, Any], int], Mapping[str, Any]]
    values: Mapping[str, Any]
    seed: int

    def segment(self) -> bytes:
        """Call the function."""
        import pyarrow as pa

        from experiments.segments import ENDS, segment_of

        return segment_of({ENDS: pa.Table.from_pylist([dict(self.function(self.values, self.seed))])})


def attempt(task: Task) -> bytes | Failure:
    """Live through one cell; what goes wrong in it is its result and stops no other."""
    try:
        with ONE_AT_A_TIME:
            return task.segment()
    except Exception as error:  # any fault of a cell is reported with the cell
        return Failure(f"{type(error).__name__}: {error}")


@lru_cache(PLACES_AT_HAND)
def _scenario(configuration: str) -> Scenario:
    return rebuilt(json.loads(configuration))


@cache
def _engine(threads: int) -> "Engine":
    from sim.engine import engine

    return engine(threads=threads)
