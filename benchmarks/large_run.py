"""A large run: a million households for a year, through the household kernels alone, in a process of its own."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.household_kernels import KernelHouseholds
from benchmarks.race import live, timed
from benchmarks.start_up import ENVIRONMENT
from benchmarks.world import world
from sim.engine import engine

HOUSEHOLDS, WEEKS, THREADS = 1_000_000, 52, 2
STATUS, PEAK, KIBIBYTES = Path("/proc/self/status"), "VmHWM:", 1024


@dataclass(frozen=True)
class LargeRun:
    """How long the weeks took [s], and the most memory that the process took [MiB], None where its system does not say."""

    households: int
    weeks: int
    seconds: float
    memory: float | None


def large_run(households: int = HOUSEHOLDS, weeks: int = WEEKS) -> LargeRun:
    """Measure in a fresh process, where nothing else takes memory; a first week, which loads kernels, is not counted."""
    program = f"from benchmarks.large_run import measure; measure({households}, {weeks})"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, env=ENVIRONMENT)
    return LargeRun(**json.loads(done.stdout))


def measure(households: int, weeks: int) -> None:
    """Live through the weeks and print what they took, as JSON."""
    field = world(households)
    # A copy of the households would take their memory twice.
    living = KernelHouseholds(field, engine(threads=THREADS), field.households)
    living.step()
    seconds = timed(lambda: live(living, weeks))
    print(json.dumps(asdict(LargeRun(households, weeks, seconds, _peak_memory()))))


def _peak_memory() -> float | None:
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    peaks = [float(line.split()[1]) / KIBIBYTES for line in lines if line.startswith(PEAK)]
    return peaks[0] if peaks else None
