"""Everything that `cogov bench` measures, in order, as numbers by key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.agreement import disagreements
from benchmarks.default_run import DefaultRun, default_run
from benchmarks.household_kernels import KernelHouseholds
from benchmarks.large_run import LargeRun, large_run
from benchmarks.mesa_households import HouseholdModel
from benchmarks.numpy_households import NumpyHouseholds
from benchmarks.passes import passes
from benchmarks.race import Times, race
from benchmarks.start_up import start_up
from benchmarks.world import Contestant, World, world
from sim.engine import engine

KERNELS, MESA, NUMPY, THREADS = "kernels", "mesa", "numpy", "two_threads"
BUDGET = {KERNELS: 1_000_000, THREADS: 1_000_000, NUMPY: 400_000, MESA: 16_000}
AGREEING, COMMUNITY = 4_000, 2_400
ESTATES_OF_A_COMMUNITY = 4


@dataclass(frozen=True)
class Effort:
    """How much is measured: the two sizes of the race [households], and rounds of each kind."""

    sizes: tuple[int, int] = (1_000, 1_000_000)
    rounds: tuple[int, int] = (15, 3)
    runs: int = 15
    starts: int = 5


QUICK = Effort(sizes=(1_000, 100_000), rounds=(9, 3), runs=7, starts=2)


@dataclass(frozen=True)
class Measured:
    """What was measured; times of races and passes in nanoseconds a household, all others in seconds."""

    disagreement: Mapping[str, float]
    races: Mapping[int, Times]
    run: DefaultRun
    large: LargeRun
    passes: Times
    bytes_each: float
    start_up: Times


def measured(effort: Effort, say: Callable[[str], None]) -> Measured:
    """Measure; `say` is told the key of each part as it begins."""
    say("agreement")
    disagreement = disagreements(world(AGREEING))
    say("run")
    run = default_run(effort.runs)
    say("large")
    large = large_run()
    say("passes")
    community = world(COMMUNITY, COMMUNITY // ESTATES_OF_A_COMMUNITY)
    each = passes(community, effort.runs)
    races: dict[int, Times] = {}
    for size, rounds in zip(effort.sizes, effort.rounds, strict=True):
        say("race")
        races[size] = _race(world(size), rounds)
    say("start_up")
    return Measured(disagreement, races, run, large, each, community.households.bytes_each(), start_up(effort.starts))


def _race(field: World, rounds: int) -> Times:
    contestants: dict[str, Contestant] = {
        KERNELS: KernelHouseholds(field),
        NUMPY: NumpyHouseholds(field),
        MESA: HouseholdModel(field),
    }
    if len(field.quality) > 1:  # threads share estates out
        contestants[THREADS] = KernelHouseholds(field, engine(threads=2))
    return race(contestants, field.households.size, BUDGET, rounds)
