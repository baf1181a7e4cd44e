"""Living through many cells, in this process or in several; no result depends on how."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from experiments.cells import Cell, Surveyed, identities, live
from experiments.commands import going_on
from experiments.progress import RUNS, Progress
from experiments.request import Executor, Request
from experiments.results import Folder
from scenarios.scenario import Scenario
from sim.errors import Interrupted
from sim.events import Level
from sim.texts import Text, same

if TYPE_CHECKING:
    from sim.engine import Engine

HANDFUL = 4
"""Fewer cells than this are lived through in this process: starting others would take longer."""


@dataclass(frozen=True)
class Task:
    """One cell to be lived through, as it is sent to a worker."""

    identity: str
    scenario: Scenario
    seed: int
    events: Level
    threads: int


@dataclass(frozen=True)
class Failure:
    """Why a cell has no result."""

    reason: str


Result = tuple[str, "bytes | Failure"]


def run_cells(request: Request, folder: Folder, cells: tuple[Cell, ...], progress: Progress) -> dict[str, str]:
    """Live through the cells that the journal lacks; return the reasons of those that failed, by identity."""
    tasks = _tasks(request, cells)
    left = {identity: task for identity, task in tasks.items() if identity not in folder.finished()}
    failed: dict[str, str] = {}
    done = len(tasks) - len(left)
    progress.begin(RUNS, done, len(tasks))
    try:
        for identity, result in lived(left, request.executor):
            done += 1
            if isinstance(result, Failure):
                failed[identity] = result.reason
            else:
                folder.keep(identity, result)
            progress.show(done, len(failed))
    finally:
        progress.end()
    return failed


def _tasks(request: Request, cells: tuple[Cell, ...]) -> dict[str, Task]:
    """Return the tasks by identity, replicate by replicate, so that every scenario is seen early."""
    surveyed = [_surveyed(scenario) for scenario in request.scenarios]
    known = identities(request.scenarios, cells)
    return {
        known[cell]: Task(known[cell], surveyed[cell.index], cell.seed, request.events, request.executor.threads)
        for cell in sorted(cells, key=lambda cell: (cell.seed, cell.index))
    }


def _surveyed(scenario: Scenario) -> Scenario:
    place = scenario.place
    today = {name: getattr(place, name) for name in ("backing", "attempt_factor", "lead_in_weeks")}
    return replace(scenario, place=Surveyed(**today, read=place.estates()))


def lived(tasks: Mapping[str, Task], executor: Executor) -> Iterator[Result]:
    """Yield each task's identity and result as they come.

    A worker that dies takes its pool along: a new one goes on with the cells that are left.  When a pool died
    before any cell came back, the first of those left is lived through alone: the one that kills is found.
    """
    if executor.kind == "serial" or len(tasks) < HANDFUL:
        yield from map(attempt, tasks.values())
        return
    left = dict(tasks)
    while left:
        before = len(left)
        for identity, result in _until_one_dies(left, executor):
            del left[identity]
            yield identity, result
        if len(left) == before:
            yield _alone(left.pop(next(iter(left))))


def _until_one_dies(tasks: Mapping[str, Task], executor: Executor) -> Iterator[Result]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    pool = Parallel(
        # One worker would be this process itself, and the last cell left may be the one that kills.
        n_jobs=min(executor.workers or os.cpu_count() or 1, max(2, len(tasks))),
        backend="loky",
        return_as="generator_unordered",
        batch_size=1,
        max_nbytes=None,
    )
    try:
        yield from pool(delayed(attempt)(task) for task in list(tasks.values()))
    except TerminatedWorkerError:
        return


def _alone(task: Task) -> Result:
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    try:
        result: Result = get_reusable_executor(max_workers=1).submit(attempt, task).result()
    except TerminatedWorkerError:
        return task.identity, Failure(WORKER_DIED)
    return result


def attempt(task: Task) -> Result:
    """Live through one cell; what goes wrong in it is its result and stops no other."""
    from experiments.cell_tables import segment_of

    try:
        tables = live(task.scenario, task.seed, _engine(task.threads), task.events)
        return task.identity, segment_of(tables)
    except Exception as error:  # any fault of a cell is reported with the cell
        return task.identity, Failure(f"{type(error).__name__}: {error}")


@cache
def _engine(threads: int) -> "Engine":
    from sim.engine import engine

    return engine(threads=threads)


@contextmanager
def interruptible(request: Request) -> Iterator[None]:
    """Turn Ctrl-C and a disk that fills into `Interrupted`, with the command that goes on."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(STOPPED, going_on(request)) from None
    except OSError as error:
        reason = CANNOT_WRITE.filled(path=same(request.output), reason=same(error.strerror or error))
        raise Interrupted(reason, going_on(request)) from error


WORKER_DIED = "the process that ran it was killed (out of memory?)"
STOPPED = Text(zh="已停止；已完成的运行都保留着", en="stopped; every finished run is kept")
CANNOT_WRITE = Text(
    zh="写入 {path} 时中断：{reason}；已完成的运行都保留着",
    en="stopped while writing to {path}: {reason}; every finished run is kept",
)
