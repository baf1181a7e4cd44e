"""A default run: four estates of 600 households, 260 weeks, from settling to outcomes in memory."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.race import timed
from benchmarks.world import SEED
from scenarios.scenario import Scenario
from scenarios.settle import settle
from sim.engine import engine
from sim.outcome import outcomes
from sim.parts import part_named

PLACE = "four_estates"


@dataclass(frozen=True)
class DefaultRun:
    """Medians over some runs [s]: built, stepped, outcomes made into series; and all three together."""

    households: int
    weeks: int
    built: float
    stepped: float
    tables: float
    total: float


def default_run(rounds: int) -> DefaultRun:
    """Time some default runs; the first one, which loads and compiles, is not counted."""
    scenario = Scenario("status_quo", part_named("place", PLACE)())
    runs = [_Run(scenario) for _ in range(rounds + 1)]
    times = [(timed(run.settle), timed(run.live), timed(run.tables)) for run in runs][1:]
    built, stepped, tables = (median(column) for column in zip(*times, strict=True))
    total = median(sum(one) for one in times)
    return DefaultRun(runs[0].community.households.size, scenario.weeks, built, stepped, tables, total)


class _Run:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.computing = scenario, engine()
        self.community: Any = None

    def settle(self) -> None:
        self.community = settle(self.scenario, SEED, self.computing, events="decisions")

    def live(self) -> None:
        for _ in range(self.scenario.weeks):
            self.community.step()

    def tables(self) -> None:
        for outcome in outcomes().values():
            outcome.summed(outcome.series(self.community.record))
