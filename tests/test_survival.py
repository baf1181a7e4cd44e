"""Whatever happens to a sweep, what it ends with is, byte for byte, what it would have been."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from experiments.command import Command
from experiments.journal import DONE, Journal
from experiments.opening import LOCK, is_locked, locked
from experiments.results import KEYS, MANIFEST, read_manifest
from experiments.sweep import Swept, perform, requested
from sim.errors import InputError

ROOT = Path(__file__).parents[1]
SHARES = "cross_serving.residents_committee_share=range(0,0.4,0.1)"
CELLS = 400
MANY = ("cross_serving", SHARES, "place=one_estate", "weeks=3", "figures=none", "replicates=100")
FEW = ("cross_serving", SHARES, "place=one_estate", "place.households=24", "weeks=3", "figures=none", "replicates=10")
PROCESSES, OTHERWISE, DASK = ("executor.workers=2",), ("executor.workers=3",), ("executor=dask", "executor.workers=2")
SERIAL = ("executor=serial",)
KILL = signal.SIGTERM if os.name == "nt" else signal.SIGKILL
PATIENCE = 120.0
"""Longest that anything here is waited for [s]."""


def swept(*words: str) -> Swept:
    return perform(requested(Command("sweep", words)))


def table_bytes(folder: Path) -> dict[str, bytes]:
    """Return the tables, which are written sorted by their keys."""
    found = {file.name: file.read_bytes() for file in folder.glob("*.parquet")}
    assert len(found) == len(KEYS) - 3 + 2
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of many cells that ran through."""
    folder = tmp_path_factory.mktemp("many") / "whole"
    assert len(swept(*MANY, *PROCESSES, f"output={folder}").table) == CELLS
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of a few cells that ran through."""
    folder = tmp_path_factory.mktemp("few") / "whole"
    swept(*FEW, *SERIAL, f"output={folder}")
    return folder


def begun(log: Path, *words: str, **how: object) -> "subprocess.Popen[bytes]":
    """Begin a command in a process of its own; what it says goes to a file, which workers that outlive it may hold."""
    program = [
        sys.executable,
        "-c",
        "import sys; from experiments.cli import main; sys.exit(main())",
        *words,
        "--lang",
        "en",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    with log.open("wb") as file:
        return subprocess.Popen(program, stdout=file, stderr=file, env=environment, **how)  # type: ignore[call-overload, no-any-return]


def wait_for(process: "subprocess.Popen[bytes]", there: Callable[[], bool]) -> None:
    """Wait until something is there, or the process has ended."""
    last = time.monotonic() + PATIENCE
    while process.poll() is None and not there():
        assert time.monotonic() < last, "it never came"
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)


def done_in(folder: Path) -> int:
    return len(list((folder / "journal").glob(f"*{DONE}")))


@pytest.mark.slow
def test_a_sweep_killed_four_times_and_resumed_otherwise_ends_as_one_that_ran_through(tmp_path: Path, whole: Path) -> None:
    folder = tmp_path / "killed"
    lives = zip((0.2, 0.4, 0.6, 0.8), (PROCESSES, OTHERWISE, DASK, SERIAL), strict=True)
    command = ("sweep", *MANY, f"output={folder}")
    for share, executor in lives:
        process = begun(tmp_path / "log", *command, *executor)
        wait_for(process, lambda share=share: done_in(folder) >= share * CELLS)  # type: ignore[misc]
        assert process.poll() is None, (tmp_path / "log").read_text()
        process.kill()
        process.wait()
        assert read_manifest(folder)["state"] == "running" and share * CELLS <= done_in(folder) < CELLS
        command = ("sweep", f"resume={folder}", "figures=none")
    kept = {file.name: file.stat().st_mtime_ns for file in (folder / "journal").glob(f"*{DONE}")}
    seen: dict[str, int] = {}
    with _watched(folder, seen):
        swept(f"resume={folder}", "figures=none", *PROCESSES)
    assert kept.items() <= seen.items() and len(seen) == CELLS  # nothing finished was run again
    assert table_bytes(folder) == table_bytes(whole)
    assert not (folder / LOCK).exists() and not list(folder.rglob("*.part"))


@contextmanager
def _watched(folder: Path, seen: dict[str, int]) -> Iterator[None]:
    """Note the journal as it is when it is dropped."""
    drop = Journal.drop

    def noting(journal: Journal) -> None:
        seen.update({file.name: file.stat().st_mtime_ns for file in journal.path.glob(f"*{DONE}")})
        drop(journal)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "drop", noting)
        yield


@pytest.mark.slow
@pytest.mark.parametrize("executor", [PROCESSES, DASK], ids=["processes", "dask"])
def test_a_worker_killed_in_the_middle_loses_nothing(
    tmp_path: Path, whole: Path, executor: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, kept, killed = Journal.keep, [], []

    def killing(journal: Journal, identity: str, segment: bytes) -> None:
        keep(journal, identity, segment)
        kept.append(identity)
        if len(kept) == CELLS // 2:
            killed.append(_kill_a_worker())

    monkeypatch.setattr(Journal, "keep", killing)
    result = swept(*MANY, *executor, f"output={tmp_path / 'a'}")
    assert len(killed) == 1 and result.exit_code == 0
    assert table_bytes(tmp_path / "a") == table_bytes(whole)


def _kill_a_worker() -> int:
    """Kill the child that has worked most."""
    import psutil  # comes with Dask

    children = [
        one for one in psutil.Process().children(recursive=True) if "resource_tracker" not in " ".join(one.cmdline())
    ]
    worker = max(children, key=lambda one: one.cpu_times().user)
    worker.kill()
    return int(worker.pid)


@pytest.mark.slow
def test_a_file_system_that_takes_no_more_ends_with_the_command_that_goes_on(tmp_path: Path, few: Path) -> None:
    import resource

    most = max(file.stat().st_size for file in few.glob("*.parquet")) - 1
    full = begun(
        tmp_path / "log", "sweep", *FEW, *SERIAL, f"output={tmp_path / 'a'}",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    status, told = full.wait(), (tmp_path / "log").read_text()
    assert status == 3, told
    assert f"cogov sweep resume={tmp_path / 'a'}" in told and "every finished run is kept" in told
    assert done_in(tmp_path / "a") == 40 and not list(tmp_path.rglob("*.part"))
    swept(f"resume={tmp_path / 'a'}", "figures=none", *SERIAL)
    assert table_bytes(tmp_path / "a") == table_bytes(few)


def test_a_second_sweep_in_a_folder_is_refused_and_does_no_harm(tmp_path: Path, few: Path) -> None:
    folder = tmp_path / "a"
    with locked(folder):
        assert is_locked(folder)
        for words in ((*FEW, f"output={folder}"), (*FEW, f"output={folder}", "resume=true")):
            with pytest.raises(InputError, match="another process is at work") as refused:
                swept(*words, *SERIAL)
            assert "cogov status" in refused.value.say("zh")
        assert [file.name for file in folder.iterdir()] == [LOCK]
    assert not is_locked(folder) and not folder.exists() or not list(folder.iterdir())


def test_a_lock_whose_process_is_gone_is_taken_over(tmp_path: Path, few: Path) -> None:
    holder = (
        "import sys, os; from pathlib import Path; from experiments.opening import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    gone = subprocess.run([sys.executable, "-c", holder, str(tmp_path / "a")], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert gone.returncode != 0 and (tmp_path / "a" / LOCK).is_file()
    swept(*FEW, *SERIAL, f"output={tmp_path / 'a'}")
    assert table_bytes(tmp_path / "a") == table_bytes(few)
    assert not (tmp_path / "a" / LOCK).exists()


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = iter(range(1, 10**6))
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start + 86400 * 3000 * (-1) ** next(jumps) * (next(jumps) % 7))

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "datetime":  # type: ignore[override]
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=3000 * (-1) ** next(jumps))

    monkeypatch.setattr("experiments.manifest.datetime", Jumping)
    swept(*FEW, *SERIAL, f"output={tmp_path / 'a'}")
    assert table_bytes(tmp_path / "a") == table_bytes(few)


def test_nothing_is_left_where_a_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError, match="cannot be written"):
        swept(*FEW, *SERIAL, f"output={tmp_path / 'file' / 'a'}")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.slow
def test_tables_and_figures_come_again_from_the_folder_alone(tmp_path: Path, few: Path) -> None:
    """Neither the compiled cache nor the model: whoever imports them while drawing is found out."""
    folder = tmp_path / "compared"
    small = ("place=one_estate", "place.households=24", "weeks=8", "replicates=3", *SERIAL)
    first = begun(tmp_path / "log", "compare", "status_quo", "cross_serving", *small, f"output={folder}")
    assert first.wait() == 0, (tmp_path / "log").read_text()
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for path in (*folder.glob("effects.parquet"), *folder.glob("group_effects.parquet"), *folder.glob("figures/*")):
        path.unlink()
    again = (
        "import sys; from experiments.cli import main; code = main(sys.argv[1:]);"
        "sys.exit(code or (any(name in sys.modules for name in ('numba', 'mesa')) and 99))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", again, "figures", str(folder), "--quiet"], env=environment, capture_output=True
    )
    assert done.returncode == 0, done
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    assert [str(name) for name in before if before[name] != after[name]] == []
    assert json.loads(before[Path(MANIFEST)])["state"] == "complete"
