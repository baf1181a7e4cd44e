"""Work is shared out alike in this process, over processes and over Dask, whatever happens to the workers."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments import spread as module
from experiments.request import Executor
from experiments.spread import Here, Pool, Work, spread, taken
from experiments.writing import UNFINISHED
from sim.errors import InputError

MANY, DEADLY = 40, 7
KINDS = [Executor("serial"), Executor("processes", 2), pytest.param(Executor("dask", 2), marks=pytest.mark.slow)]
KILL = signal.SIGTERM if os.name == "nt" else signal.SIGKILL


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def squared_unless_deadly(number: int) -> tuple[int, int]:
    if number == DEADLY:
        os.kill(os.getpid(), KILL)
    return squared(number)


def raising(number: int) -> int:
    raise ZeroDivisionError(str(number))


@pytest.mark.parametrize("executor", KINDS, ids=lambda one: one.kind)
def test_every_piece_comes_back_once(executor: Executor, tmp_path: Path) -> None:
    handed: list[int] = []
    back = list(spread(Work(squared, tmp_path, handed.append), range(MANY), executor))
    assert sorted(one.piece for one in back) == sorted(handed) == list(range(MANY))
    assert all(one.result is not None and one.result[0] == one.piece**2 for one in back)
    assert (executor.kind == "serial") == ({one.result[1] for one in back if one.result} == {os.getpid()})


@pytest.mark.parametrize("executor", KINDS[1:], ids=lambda one: one.kind)
def test_a_piece_that_kills_its_worker_is_found_and_the_others_come_back(executor: Executor, tmp_path: Path) -> None:
    back = {one.piece: one.result for one in spread(Work(squared_unless_deadly, tmp_path), range(MANY), executor)}
    assert sorted(back) == list(range(MANY))
    assert [piece for piece, result in back.items() if result is None] == [DEADLY]


@pytest.mark.parametrize("executor", KINDS[1:], ids=lambda one: one.kind)
def test_pieces_of_a_worker_that_is_killed_from_outside_are_done_again(executor: Executor, tmp_path: Path) -> None:
    back = {}
    for one in spread(Work(squared, tmp_path), range(MANY), executor):
        back[one.piece] = one.result
        if len(back) == MANY // 2 and one.result:
            os.kill(one.result[1], KILL)
    assert {piece: result and result[0] for piece, result in back.items()} == {n: n * n for n in range(MANY)}


def test_no_more_is_handed_out_than_keeps_the_workers_busy(tmp_path: Path) -> None:
    handed: list[int] = []
    coming = spread(Work(squared, tmp_path, handed.append), range(MANY), Executor("processes", 2))
    out = [len(handed) - count for count, _ in enumerate(coming)]
    assert out[0] == max(out) == 2 * 2 and out[-1] == 1


def test_a_handful_needs_no_other_process(tmp_path: Path) -> None:
    back = spread(Work(squared, tmp_path), range(3), Executor("processes", 2))
    assert {one.result and one.result[1] for one in back} == {os.getpid()}


def test_no_piece_is_dropped_while_there_is_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All workers of a cluster may be gone for a while; what is handed to it then waits for the next one."""
    widths = iter([2, 0, 0, 1, *[0] * MANY])

    @contextmanager
    def deserted(executor: Executor) -> Iterator[Pool]:
        yield Pool(Here(), lambda: next(widths))

    monkeypatch.setattr(module, "POOLS", {"serial": deserted})
    assert {one.piece for one in spread(Work(squared, tmp_path), range(MANY), Executor("serial"))} == set(range(MANY))


def test_results_come_back_through_the_folder_given_and_none_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes live on after a loan, in the folder in which they began: relative paths are told whole."""
    seen = []
    monkeypatch.setattr(module, "taken", lambda name, taken=taken: [seen.append(Path(name)), taken(name)][1])
    for name in ("first", "second"):
        (tmp_path / name / "parcels").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / name)
        assert len(list(spread(Work(squared, Path("parcels")), range(MANY), Executor("processes", 2)))) == MANY
        assert not list(Path("parcels").iterdir())
    assert {path.parent for path in seen} == {tmp_path / name / "parcels" for name in ("first", "second")}
    assert {path.suffix for path in seen} == {UNFINISHED}


def test_an_error_of_the_work_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(Work(raising, tmp_path), range(MANY), Executor("processes", 2)))


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_bad_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("experiments.spread.PATIENCE", 1)
    with pytest.raises(InputError, match="no Dask cluster at tcp://127.0.0.1:9"):
        list(spread(Work(squared, tmp_path), range(MANY), Executor("dask", address="tcp://127.0.0.1:9")))


@pytest.mark.slow
def test_a_running_cluster_is_joined(tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        executor = Executor("dask", address=cluster.scheduler_address)
        assert len(list(spread(Work(squared, tmp_path), range(MANY), executor))) == MANY
