"""Work is shared out alike in this process, over processes and over Dask, whatever happens to the workers."""

import os
import signal

import pytest

from experiments.request import Executor
from experiments.spread import spread
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
def test_every_piece_comes_back_once(executor: Executor) -> None:
    handed: list[int] = []
    back = list(spread(squared, range(MANY), executor, handed.append))
    assert sorted(one.piece for one in back) == sorted(handed) == list(range(MANY))
    assert all(one.result is not None and one.result[0] == one.piece**2 for one in back)
    assert (executor.kind == "serial") == ({one.result[1] for one in back if one.result} == {os.getpid()})


@pytest.mark.parametrize("executor", KINDS[1:], ids=lambda one: one.kind)
def test_a_piece_that_kills_its_worker_is_found_and_the_others_come_back(executor: Executor) -> None:
    back = {one.piece: one.result for one in spread(squared_unless_deadly, range(MANY), executor)}
    assert sorted(back) == list(range(MANY))
    assert [piece for piece, result in back.items() if result is None] == [DEADLY]


@pytest.mark.parametrize("executor", KINDS[1:], ids=lambda one: one.kind)
def test_pieces_of_a_worker_that_is_killed_from_outside_are_done_again(executor: Executor) -> None:
    back = {}
    for one in spread(squared, range(MANY), executor):
        back[one.piece] = one.result
        if len(back) == MANY // 2 and one.result:
            os.kill(one.result[1], KILL)
    assert {piece: result and result[0] for piece, result in back.items()} == {n: n * n for n in range(MANY)}


def test_no_more_is_handed_out_than_keeps_the_workers_busy() -> None:
    handed: list[int] = []
    for count, _ in enumerate(spread(squared, range(MANY), Executor("processes", 2), handed.append), start=1):
        assert len(handed) - count < 2 * 2 + 2


def test_a_handful_needs_no_other_process() -> None:
    assert {one.result[1] for one in spread(squared, range(3), Executor("processes", 2)) if one.result} == {os.getpid()}


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(raising, range(MANY), Executor("processes", 2)))


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.spread.PATIENCE", 1)
    with pytest.raises(InputError, match="no Dask cluster at tcp://127.0.0.1:9"):
        list(spread(squared, range(MANY), Executor("dask", address="tcp://127.0.0.1:9")))


@pytest.mark.slow
def test_a_running_cluster_is_joined() -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        executor = Executor("dask", address=cluster.scheduler_address)
        assert len(list(spread(squared, range(MANY), executor))) == MANY
