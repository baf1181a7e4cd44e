"""Opening a results folder: a new one, or one whose experiment goes on; never one that holds another.

While an experiment is at work its folder is locked.  The lock is the operating system's: when the process is
gone, however it ended, so is its lock, and the next one takes over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.cells import sources_hash
from experiments.manifest import RUNNING, configuration_hash, dumped, manifest_of
from experiments.request import Request
from experiments.results import CONFIGURATION, JOURNAL, MANIFEST, Folder, read_manifest
from experiments.writing import write_bytes
from scenarios.scenario import canonical
from sim.errors import InputError
from sim.texts import Text, same

LOCK = "lock"


@dataclass(frozen=True)
class Experiment:
    """What is to be done in a folder, and what makes it that and nothing else.

    begin: returns the manifest with which it begins, which is told configuration and cells besides.  configuration: a hash
    of what is asked.  cells: how many there are.  files: what else is written at the start and with more replicates, by
    name.  reopen: puts finished cells back into the journal when more are asked for.  sources: of what is run, which name
    its cells.
    """

    path: Path
    begin: Callable[[], dict[str, Any]]
    configuration: str
    replicates: int
    cells: int
    files: Mapping[str, Callable[[Path], None]]
    resume: bool = False
    drift: bool = False
    reopen: Callable[[Folder], None] | None = None
    sources: str = field(default_factory=lambda: sources_hash())


def experiment_of(request: Request) -> Experiment:
    """Return the experiment that a request for some scenarios is."""
    begun = manifest_of(request)
    return Experiment(
        request.output, lambda: begun, configuration_hash(request), request.replicates,
        len(request.scenarios) * request.replicates,
        {CONFIGURATION: lambda path: write_bytes(path, _configuration(request))}, request.resume, request.drift,
    )  # fmt: skip


@contextmanager
def opened(experiment: Experiment) -> Iterator[Folder]:
    """Lend an experiment's folder, new or to be resumed, locked meanwhile; a finished one needs no lock.

    Raises:
        InputError: the folder is taken, cannot be written, holds another experiment, or another process is at
            work in it.
    """
    path = experiment.path
    if (path / MANIFEST).is_file():
        folder = _guarded(experiment)
        if _is_all_there(folder, experiment):
            yield folder
            return
    new = [folder for folder in (path, *path.parents) if not folder.exists()]
    with locked(path, new):
        yield _made_ready(experiment, new)


def _made_ready(experiment: Experiment, new: Sequence[Path]) -> Folder:
    path = experiment.path
    try:
        return _resumed(experiment) if (path / MANIFEST).is_file() else _begun(experiment, new)
    except OSError as error:
        raise unwritable(path, error) from None


def is_locked(path: Path) -> bool:
    """Say whether a process is at work in a folder."""
    from filelock import FileLock, Timeout

    if not (path / LOCK).is_file():
        return False
    try:
        with FileLock(path / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # a folder that cannot be written
        return False


@contextmanager
def locked(path: Path, new: Sequence[Path] = ()) -> Iterator[None]:
    """Hold a folder's lock; the folder is made for it.  new: folders that are taken back if that fails."""
    from filelock import FileLock, Timeout

    if path.exists() and not path.is_dir():
        raise InputError(TAKEN.filled(path=same(path)), attempt="output=...")
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise InputError(AT_WORK.filled(path=same(path)), attempt=f"cogov status {path}") from None
    except OSError as error:
        _undo(path, new)
        raise unwritable(path, error) from None
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held: afterwards the name may be another's; Windows removes it itself
            (path / LOCK).unlink()
        lock.release()
        for folder in new:
            with suppress(OSError):
                folder.rmdir()


def _begun(experiment: Experiment, new: Sequence[Path]) -> Folder:
    path = experiment.path
    if any(entry.name != LOCK for entry in path.iterdir()):
        raise InputError(TAKEN.filled(path=same(path)), attempt="output=...")
    manifest = {**experiment.begin(), "configuration": experiment.configuration, "cells": experiment.cells}
    try:
        (path / JOURNAL).mkdir()
        for name, write in experiment.files.items():
            write(path / name)
        write_bytes(path / MANIFEST, dumped(manifest), lasting=True)
    except OSError:
        _undo(path, (), (MANIFEST, *experiment.files))
        raise
    return Folder(path, manifest)


def _undo(path: Path, new: Sequence[Path], files: Sequence[str] = ()) -> None:
    """Take back what was begun and could not be."""
    for file in files:
        with suppress(OSError):
            (path / file).unlink()
    for folder in (path / JOURNAL, *new):
        with suppress(OSError):
            folder.rmdir()


def _resumed(experiment: Experiment) -> Folder:
    folder = _guarded(experiment)
    folder.tidy()
    folder.journal.path.mkdir(exist_ok=True)
    if folder.is_complete and experiment.reopen:
        experiment.reopen(folder)
    if folder.manifest["replicates"] != experiment.replicates:
        for name, write in experiment.files.items():
            write(folder.path / name)
    told = {
        **folder.manifest, "state": RUNNING, "replicates": experiment.replicates, "cells": experiment.cells,
        "finished": None, "failed": None,
    }  # fmt: skip
    if folder.sources != experiment.sources:
        told["mixed"] = sorted({*told.get("mixed", []), experiment.sources})
    write_bytes(folder.path / MANIFEST, dumped(told), lasting=True)
    return Folder(folder.path, told)


def _is_all_there(folder: Folder, experiment: Experiment) -> bool:
    """Say whether a folder holds all that is asked; runs that failed are tried again where that is possible."""
    manifest = folder.manifest
    again = experiment.reopen is not None and bool(manifest["failed"])
    return folder.is_complete and manifest["replicates"] == experiment.replicates and not again


def _guarded(experiment: Experiment) -> Folder:
    """Return the folder of an experiment that goes on; anything that stands in another's way is left alone."""
    if not experiment.resume:
        raise InputError(TAKEN.filled(path=same(experiment.path)), attempt="output=...", more=[GO_ON_HINT])
    folder = Folder(experiment.path, read_manifest(experiment.path))
    _guard(folder, experiment)
    return folder


def _guard(folder: Folder, experiment: Experiment) -> None:
    """Refuse to mix two experiments, or two states of the sources, in one folder."""
    manifest, told = folder.manifest, {"path": same(folder.path), "replicates": folder.manifest.get("replicates", 0)}
    if manifest.get("configuration") != experiment.configuration:
        raise InputError(OTHER_QUESTION.filled(**told), attempt="output=...")
    if manifest["replicates"] > experiment.replicates:
        raise InputError(FEWER.filled(**told), attempt=f"replicates={manifest['replicates']}")
    if folder.is_complete and experiment.reopen is None and manifest["replicates"] != experiment.replicates:
        raise InputError(OTHER_NUMBER.filled(**told), attempt="output=...")
    if not _is_all_there(folder, experiment) and folder.sources != experiment.sources and not experiment.drift:
        raise InputError(OTHER_SOURCES.filled(**told), attempt="output=...", more=[DRIFT_HINT])


def unwritable(path: Path, error: OSError) -> InputError:
    """Return the error for a folder in which nothing can be written."""
    reason = error.strerror or str(error)
    return InputError(UNWRITABLE.filled(path=same(path), reason=same(reason)), attempt="output=...")


def _configuration(request: Request) -> bytes:
    import yaml  # type: ignore[import-untyped]

    told = {scenario.name: canonical(scenario) for scenario in request.scenarios}
    text: str = yaml.safe_dump({"scenarios": told}, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8")


TAKEN = Text(zh="文件夹 {path} 已有内容，未作改动", en="the folder {path} is not empty; nothing was changed")
GO_ON_HINT = Text(
    zh="要继续其中未完成的实验，或再看一次结果：加上 resume=true",
    en="to go on with the experiment in it, or to see its results again: add resume=true",
)
AT_WORK = Text(
    zh="另一个进程正在 {path} 里运行；未作改动",
    en="another process is at work in {path}; nothing was changed",
)
UNWRITABLE = Text(zh="无法写入文件夹 {path}：{reason}", en="the folder {path} cannot be written: {reason}")
OTHER_QUESTION = Text(
    zh="{path} 里是另一个实验（方案、数值、种子或事件级别不同），不能接着做",
    en="{path} holds another experiment (other scenarios, numbers, seed or events), which is not this one",
)
OTHER_NUMBER = Text(
    zh="{path} 里的实验已经完成，共 {replicates} 次重复；重复次数不同请另用文件夹",
    en="the experiment in {path} is finished, with {replicates} replicates; name another folder for others",
)
FEWER = Text(
    zh="{path} 里的实验有 {replicates} 次重复，只能增加，不能减少",
    en="the experiment in {path} has {replicates} replicates; there can be more of them, not fewer",
)
OTHER_SOURCES = Text(
    zh="{path} 里的实验是用另一版模型源码开始的，接着做会把两版结果混在一起",
    en="the experiment in {path} was begun with other sources of the model; going on would mix the two",
)
DRIFT_HINT = Text(zh="确实要混在一起：加上 drift=allow", en="to mix them all the same: add drift=allow")
