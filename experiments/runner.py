"""Living through many cells, here or on many workers; no result depends on how."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from experiments.cells import Cell, cells_of, identities
from experiments.commands import going_on
from experiments.journal import FAILED, RUNNING, Journal
from experiments.opening import Experiment, experiment_of, opened
from experiments.progress import RUNS, Progress
from experiments.request import Executor, Request
from experiments.results import Folder
from experiments.spread import Work, spread
from experiments.task import Failure, ScenarioTask, Task, attempt
from sim.errors import Interrupted
from sim.texts import Text, same


def run_cells(request: Request, folder: Folder, cells: Sequence[Cell], progress: Progress) -> dict[str, str]:
    """Live through the cells that the journal lacks; return the reasons of those that failed, by identity."""
    tasks = tasks_of(request.configurations, cells, folder.sources, request)
    return run_tasks(tasks, folder.journal, request.executor, progress)


def tasks_of(configurations: Sequence[str], cells: Sequence[Cell], sources: str, request: Request) -> list[ScenarioTask]:
    """Return the tasks of cells, replicate by replicate, so that every scenario is seen early."""
    known = identities(configurations, cells, sources)
    return [
        ScenarioTask(known[cell], configurations[cell.index], cell.seed, request.events, request.executor.threads)
        for cell in sorted(cells, key=lambda cell: (cell.seed, cell.index))
    ]


def run_tasks(tasks: Sequence[Task], journal: Journal, executor: Executor, progress: Progress) -> dict[str, str]:
    """Live through the tasks that the journal lacks, those of one identity once; return the reasons of failures."""
    distinct = {task.identity: task for task in tasks}
    finished = journal.finished()
    left = [task for identity, task in distinct.items() if identity not in finished]
    journal.wait_again(FAILED)
    journal.wait_again(RUNNING)
    failed: dict[str, str] = {}
    done = len(distinct) - len(left)
    progress.begin(RUNS, done, len(distinct))
    try:
        for back in spread(Work(attempt, journal.path, lambda task: journal.begin(task.identity)), left, executor):
            identity, result = back.piece.identity, back.result or Failure(WORKER_DIED)
            done += 1
            if isinstance(result, Failure):
                failed[identity] = result.reason
                journal.fail(identity, result.reason)
            else:
                journal.keep(identity, result)
            progress.show(done, len(failed))
    finally:
        progress.end()
        journal.wait_again(RUNNING)
    return failed


def carried_out(request: Request, work: Callable[[Folder], Folder], experiment: Experiment | None = None) -> Folder:
    """Do the work of a request in its folder, or read the folder back where it holds all of it.

    experiment: what the request is, where that is more than its scenarios and their replicates.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    with opened(experiment or experiment_of(request)) as folder, interruptible(going_on(request), request.output):
        return folder if folder.is_complete else work(folder)


def put_back(request: Request, folder: Folder) -> None:
    """Put the finished cells of a folder back into its journal."""
    cells = cells_of(request.scenarios, request.seed, folder.manifest["replicates"])
    folder.put_back(identities(request.configurations, cells, folder.sources))


@contextmanager
def interruptible(command: str, path: Path) -> Iterator[None]:
    """Turn Ctrl-C and a disk that fills into `Interrupted`; command: goes on with what is in the folder at `path`."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(STOPPED, command) from None
    except OSError as error:
        reason = CANNOT_WRITE.filled(path=same(path), reason=same(error.strerror or error))
        raise Interrupted(reason, command) from error


WORKER_DIED = "the process that ran it was killed (out of memory?)"
STOPPED = Text(zh="已停止；已完成的运行都保留着", en="stopped; every finished run is kept")
CANNOT_WRITE = Text(
    zh="写入 {path} 时中断：{reason}；已完成的运行都保留着",
    en="stopped while writing to {path}: {reason}; every finished run is kept",
)
