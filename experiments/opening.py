"""Opening a results folder: a new one, or one whose experiment goes on; never one that holds another."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from experiments.cells import sources_hash
from experiments.manifest import configuration_hash, dumped, manifest_of
from experiments.request import Request
from experiments.results import CONFIGURATION, JOURNAL, MANIFEST, Folder, read_manifest
from experiments.writing import write_bytes
from scenarios.scenario import canonical
from sim.errors import InputError
from sim.texts import Text, same


def open_folder(request: Request) -> Folder:
    """Return the request's folder, new or to be resumed.

    Raises:
        InputError: the folder is taken, cannot be written, or holds another experiment.
    """
    path = request.output
    if (path / MANIFEST).is_file():
        return _resumed(request)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(TAKEN.filled(path=same(path)), attempt="output=...")
    return _begun(request)


def _begun(request: Request) -> Folder:
    path, manifest = request.output, manifest_of(request)
    new = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        (path / JOURNAL).mkdir(parents=True)
        write_bytes(path / CONFIGURATION, _configuration(request))
        write_bytes(path / MANIFEST, dumped(manifest))
    except OSError as error:
        _undo(path, new)
        reason = error.strerror or str(error)
        raise InputError(UNWRITABLE.filled(path=same(path), reason=same(reason)), attempt="output=...") from None
    return Folder(path, manifest)


def _undo(path: Path, new: Sequence[Path]) -> None:
    """Take back a folder that could not be begun, with the parents made for it."""
    shutil.rmtree(path / JOURNAL, ignore_errors=True)
    for file in (MANIFEST, CONFIGURATION):
        with suppress(OSError):
            (path / file).unlink()
    for folder in new:
        with suppress(OSError):
            folder.rmdir()


def _resumed(request: Request) -> Folder:
    path = request.output
    if not request.resume:
        raise InputError(TAKEN.filled(path=same(path)), attempt="output=...", more=[GO_ON_HINT])
    folder = Folder(path, read_manifest(path))
    _guard(folder, request)
    folder.tidy()
    return folder


def _guard(folder: Folder, request: Request) -> None:
    """Refuse to mix two experiments, or two states of the sources, in one folder."""
    manifest = folder.manifest
    if manifest["configuration"] != configuration_hash(request):
        raise InputError(OTHER_QUESTION.filled(path=same(folder.path)), attempt="output=...")
    if folder.is_complete and manifest["replicates"] != request.replicates:
        had = OTHER_NUMBER.filled(path=same(folder.path), replicates=manifest["replicates"])
        raise InputError(had, attempt="output=...")
    if not folder.is_complete and manifest["sources"] != sources_hash():
        raise InputError(OTHER_SOURCES.filled(path=same(folder.path)), attempt="output=...")


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
UNWRITABLE = Text(zh="无法写入文件夹 {path}：{reason}", en="the folder {path} cannot be written: {reason}")
OTHER_QUESTION = Text(
    zh="{path} 里是另一个实验（方案、数值、种子或事件级别不同），不能接着做",
    en="{path} holds another experiment (other scenarios, numbers, seed or events), which is not this one",
)
OTHER_NUMBER = Text(
    zh="{path} 里的实验已经完成，共 {replicates} 次重复；重复次数不同请另用文件夹",
    en="the experiment in {path} is finished, with {replicates} replicates; name another folder for others",
)
OTHER_SOURCES = Text(
    zh="{path} 里的实验是用另一版模型源码开始的，接着做会把两版结果混在一起",
    en="the experiment in {path} was begun with other sources of the model; going on would mix the two",
)
