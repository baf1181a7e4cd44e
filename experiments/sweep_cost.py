"""How much a sweep adds to the work of its cells: `python -m experiments.sweep_cost [CELLS] [WEEKS]`.

The small place, one estate of 300 households.  The sweep takes the time from its command to its summary; the
work is the CPU time of the cells, measured in the workers inside the same sweep.  On two cores the sweep is to
take no more than 1.3 times half the work, and memory is not to grow with the cells.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from experiments import sweep
from experiments.command import Command
from experiments.runner import tasks_of
from experiments.task import ScenarioTask

CELLS, WEEKS, POINTS = 10_000, 52, 20
SHARES = "cross_serving.residents_committee_share=range(0,0.4,0.02)"
MOST = 1.3
CLOCKS = "COGOV_BENCH_CLOCKS"
KIBIBYTE, GIBIBYTE = 2**10, 2**30


@dataclass(frozen=True)
class Timed(ScenarioTask):
    """A cell that writes down what CPU time it took, in a file of its worker."""

    def segment(self) -> bytes:
        """Live through the scenario."""
        began = time.process_time()
        lived = super().segment()
        with (Path(os.environ[CLOCKS]) / str(os.getpid())).open("a") as file:
            file.write(f"{time.process_time() - began}\n")
        return lived


@dataclass(frozen=True)
class Measured:
    """Times in seconds, memory in bytes; own: of the process that hands out, writes and sums up."""

    cells: int
    wall: float
    work: float
    own: float
    memory: int

    @property
    def ratio(self) -> float:
        """Return how the time relates to half the work."""
        return self.wall / (self.work / 2)


def timed_tasks(*about: object) -> list[Timed]:
    """Return the tasks of a sweep as such that are timed."""
    names = [one.name for one in fields(ScenarioTask)]
    return [Timed(**{name: getattr(task, name) for name in names}) for task in tasks_of(*about)]  # type: ignore[arg-type]


def measured(cells: int = CELLS, weeks: int = WEEKS) -> Measured:
    """Run a sweep of so many cells on two processes and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CLOCKS] = str(Path(folder) / "clocks")
        Path(os.environ[CLOCKS]).mkdir()
        words = (
            "cross_serving", SHARES, "place=one_estate", f"weeks={weeks}", f"replicates={cells // POINTS}", "figures=none",
            "executor.workers=2", f"output={folder}/a",
        )  # fmt: skip
        began, own = time.monotonic(), time.process_time()
        sweep.tasks_of = timed_tasks  # type: ignore[assignment, attr-defined]
        done = sweep.perform(sweep.requested(Command("sweep", words)))
        wall, own = time.monotonic() - began, time.process_time() - own
        work = sum(float(line) for file in Path(os.environ[CLOCKS]).iterdir() for line in file.read_text().split())
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE
        return Measured(len(done.states), wall, work, own, most)


def main(words: Sequence[str]) -> int:
    """Measure and print; 1 where the sweep takes too long."""
    found = measured(*map(int, words))
    print(
        f"{found.cells} cells: {found.wall:.1f} s; their own CPU time {found.work:.1f} s "
        f"({1000 * found.work / found.cells:.1f} ms each), of the process that hands out {found.own:.1f} s; "
        f"most memory of that process {found.memory / GIBIBYTE:.2f} GiB"
    )
    print(f"time / (CPU time of the cells / 2) = {found.ratio:.2f} (at most {MOST})")
    return int(found.ratio > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
