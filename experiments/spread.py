"""Sharing work out: within this process, over processes of this machine, or over a Dask cluster.

All three are pools with one interface, that of `concurrent.futures`, and one loop serves them.  No more work is
handed out than keeps every worker busy, so memory does not grow with the work.  When a worker is killed, what
was handed out and did not come back is suspect and is done again, one piece after the other, by a worker of its
own: the piece that kills is found, and the others go on.
"""

import concurrent.futures
import logging
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from experiments.request import Executor
from experiments.writing import UNFINISHED
from sim.errors import InputError
from sim.texts import Text, same

HANDFUL = 4
"""Fewer pieces than this are done in this process: starting others would take longer."""
AHEAD = 2
"""Pieces out for each worker: one at work, and one that waits beside it."""
IDLE = 60
"""Time after which a worker with nothing to do ends [s]."""
PATIENCE = 30
"""Time that a cluster has to answer at its address, and to have a worker [s]."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

Piece = TypeVar("Piece")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Back(Generic[Piece, Result]):
    """A piece of work that came back; result is None where it killed its worker."""

    piece: Piece
    result: Result | None


@dataclass(frozen=True)
class Work(Generic[Piece, Result]):
    """Work to be done on many pieces; all of it can be sent to a process.

    parcels: an existing folder in which workers leave results on their way back; those of a killed process stay there, as
    unfinished files.  handed: is told of each piece that a worker is given.
    """

    do: Callable[[Piece], Result]
    parcels: Path
    handed: Callable[[Piece], None] = lambda piece: None


@dataclass(frozen=True)
class Pool:
    """Workers that can be handed work.

    width: how many there are now.  death: raised where one was killed.  in_files: whether they leave their results in files,
    and not in the message itself.
    """

    workers: concurrent.futures.Executor
    width: Callable[[], int]
    death: type[Exception] | tuple[()] = ()
    in_files: bool = False

    def hand(self, work: Work[Piece, Result], piece: Piece) -> "Future[Result]":
        """Hand a piece of work to a worker; where the pool is dead already, the future says so."""
        work.handed(piece)
        job: Callable[[Piece], Any] = LeftInAFile(work.do, str(work.parcels.absolute())) if self.in_files else work.do
        try:
            return self.workers.submit(job, piece)
        except self.death as error:
            dead: Future[Result] = Future()
            dead.set_exception(error)
            return dead

    def result(self, future: "Future[Any]") -> Any:
        """Return what a worker came back with."""
        return taken(future.result()) if self.in_files else future.result()


@dataclass(frozen=True)
class LeftInAFile:
    """Work whose result a worker leaves in a file, and names.

    A worker that is killed while it sends a long message would leave its reader waiting for the rest for ever; a name is
    sent whole or not at all.
    """

    work: Callable[[Any], Any]
    folder: str

    def __call__(self, piece: Any) -> str:
        """Do the work, and return the name of the file."""
        result = self.work(piece)
        handle, name = tempfile.mkstemp(UNFINISHED, dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
        return name


def taken(name: str) -> Any:
    """Return the result that a worker left in a file, and remove the file."""
    path = Path(name)
    result = pickle.loads(path.read_bytes())
    path.unlink()
    return result


def spread(work: Work[Piece, Result], pieces: Sequence[Piece], executor: Executor) -> Iterator[Back[Piece, Result]]:
    """Do work on every piece and yield what comes back, as it comes; an error that the work raises is raised here.

    Raises:
        InputError: there is no cluster at the address, or Dask is not installed.
    """
    if len(pieces) < HANDFUL:
        executor = Executor("serial")
    left = iter(pieces)
    while suspects := (yield from _until_one_dies(work, left, executor)):
        again, alone = iter(suspects), replace(executor, workers=1)
        while killer := (yield from _until_one_dies(work, again, alone, room=1)):
            yield from (Back(piece, None) for piece in killer)


def _until_one_dies(
    work: Work[Piece, Result], pieces: Iterator[Piece], executor: Executor, room: int | None = None
) -> Generator[Back[Piece, Result], None, list[Piece]]:
    """Yield what comes back; return what was out when a worker was killed, nothing where all came back.

    room: how many pieces may be out at a time.  One is out even where there is no worker just now: it waits for the first.
    """
    out: dict[Future[Result], Piece] = {}
    with POOLS[executor.kind](executor) as pool:
        while True:
            for piece in islice(pieces, max(0, (room or max(1, AHEAD * pool.width())) - len(out))):
                out[pool.hand(work, piece)] = piece
            if not out:
                return []
            suspects = yield from _come_back(out, pool, FIRST_COMPLETED)
            if suspects:
                return suspects + (yield from _come_back(out, pool, concurrent.futures.ALL_COMPLETED))


def _come_back(
    out: dict[Future[Result], Piece], pool: Pool, until: str
) -> Generator[Back[Piece, Result], None, list[Piece]]:
    """Wait, take from `out` what is back and yield it; return the pieces whose worker was killed."""
    suspects = []
    for future in wait(out, return_when=until).done:
        piece = out.pop(future)
        try:
            result = pool.result(future)
        except pool.death:
            suspects.append(piece)
        else:
            yield Back(piece, result)
    return suspects


class Here(concurrent.futures.Executor):
    """This process as a pool of one worker that is done with a piece when it has been handed it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def _serial(executor: Executor) -> Iterator[Pool]:
    yield Pool(Here(), lambda: 1)


@contextmanager
def _processes(executor: Executor) -> Iterator[Pool]:
    """Lend processes that outlive the loan, for what comes after; those of a loan that ends badly are ended."""
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    width = executor.workers or os.cpu_count() or 1
    workers = get_reusable_executor(
        max_workers=width, timeout=IDLE, env=ONE_THREAD, initializer=end_with, initargs=(os.getpid(),)
    )
    try:
        yield Pool(workers, lambda: width, TerminatedWorkerError, in_files=True)
    except Exception:
        workers.shutdown()  # what is out ends first: killed while it is still queued it trips the pool's own thread
        raise
    except BaseException:
        workers.shutdown(kill_workers=True)
        raise


def end_with(parent: int) -> None:
    """Let this process end when its parent is gone, however that ended: workers outlive no sweep that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _dask(executor: Executor) -> Iterator[Pool]:
    """Lend the workers of a running cluster, or of one on this machine that ends with the loan."""
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError:
        raise InputError(NO_DASK, attempt='pip install "cogov[dask]"') from None
    with ExitStack() as stack:
        if not executor.address:
            stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 1}))
            cluster = distributed.LocalCluster(
                n_workers=executor.workers or os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )  # fmt: skip
            stack.enter_context(cluster)
        try:
            address = executor.address or cluster
            client = stack.enter_context(distributed.Client(address, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            told = NO_CLUSTER.filled(address=same(executor.address or "localhost"), reason=same(error))
            raise InputError(told, attempt="executor.address=tcp://HOST:8786") from None
        yield Pool(client.get_executor(pure=False), lambda: sum(client.nthreads().values()), distributed.KilledWorker)


POOLS: Mapping[str, Callable[[Executor], AbstractContextManager[Pool]]] = MappingProxyType(
    {"serial": _serial, "processes": _processes, "dask": _dask}
)
NO_DASK = Text(zh="没有安装 Dask", en="Dask is not installed")
NO_CLUSTER = Text(zh="{address} 处没有可用的 Dask 集群：{reason}", en="there is no Dask cluster at {address}: {reason}")
