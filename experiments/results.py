"""The results folder of an experiment: manifest, journal of finished cells, tables.

The folder exists from the start, with a manifest that says `running`.  Each finished cell is one small file
in `journal/`; when all are there the tables are made from it, whoever wrote it: an experiment that was
interrupted ends with the same bytes as one that was not.  No time, path, host or worker stands in any table.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, facts, identities, sources_hash
from experiments.manifest import COMPLETE, configuration_hash, dumped, manifest_of, now
from experiments.request import Request
from experiments.writing import UNFINISHED, renamed_into, write_bytes
from scenarios.scenario import canonical
from sim.errors import InputError
from sim.texts import Text, same

if TYPE_CHECKING:
    import pyarrow as pa
    from pandas import DataFrame

    from experiments.cell_tables import CellTables

MANIFEST, CONFIGURATION, JOURNAL = "manifest.json", "config.yaml", "journal"
KEYS: Mapping[str, tuple[str, ...]] = {
    "cells": ("cell",),
    "outcomes": ("cell", "week"),
    "by_estate": ("cell", "estate"),
    "by_group": ("cell", "dimension", "group"),
    "hours": ("cell", "body", "activity"),
    "events": ("cell", "week", "seq"),
    "event_counts": ("cell", "action", "measure"),
    "effects": ("outcome", "scenario"),
    "group_effects": ("dimension", "group", "scenario"),
}
ROW_GROUP = 65_536


@dataclass(frozen=True)
class Folder:
    """A results folder that is ours to write into."""

    path: Path
    manifest: dict[str, Any]

    @property
    def is_complete(self) -> bool:
        """Tell whether the experiment is finished."""
        return bool(self.manifest["state"] == COMPLETE)

    def finished(self) -> set[str]:
        """Return the identities of the cells in the journal."""
        return {file.stem for file in (self.path / JOURNAL).glob("*.arrow")}

    def keep(self, identity: str, segment: bytes) -> None:
        """Put a finished cell into the journal."""
        write_bytes(self._segment(identity), segment)

    def write_tables(self, request: Request, cells: Sequence[Cell], failed: Mapping[str, str]) -> None:
        """Make the tables of all cells from the journal; `failed` holds the reasons by identity.

        Where no cell is done there is the table of cells alone.
        """
        from experiments.cell_tables import TABLES, read_segment

        known = identities(request.scenarios, tuple(cells))
        done = {cell: read_segment(self._segment(known[cell])) for cell in cells if known[cell] not in failed}
        self.write("cells", _cells(request, cells, known, failed, done))
        for name in TABLES if done else ():
            if name != "ends":
                self.write(name, _stacked({cell.number: tables[name] for cell, tables in done.items()}))

    def write(self, name: str, table: "pa.Table") -> None:
        """Write one table, sorted by its keys."""
        import pyarrow as pa
        from pyarrow import parquet

        keys = [key for key in KEYS[name] if key in table.column_names]
        ordered = table.sort_by([(key, "ascending") for key in keys]) if len(table) else table
        single = [field.name for field in table.schema if field.type == pa.float32()]
        with renamed_into(self.path / f"{name}.parquet") as temporary:
            parquet.write_table(
                ordered,
                str(temporary),
                row_group_size=ROW_GROUP,
                compression="zstd",
                use_dictionary=[column for column in table.column_names if column not in single],
                use_byte_stream_split=single or False,
            )

    def finish(self, failed: int) -> "Folder":
        """Say that the experiment is complete and drop the journal, in this order."""
        told = {**self.manifest, "state": COMPLETE, "failed": failed, "finished": now()}
        write_bytes(self.path / MANIFEST, dumped(told))
        finished = Folder(self.path, told)
        finished.tidy()
        return finished

    def tidy(self) -> None:
        """Remove what a killed process left half-written, and the journal once it is not needed."""
        for unfinished in self.path.rglob(f"*{UNFINISHED}"):
            unfinished.unlink()
        if self.is_complete:
            shutil.rmtree(self.path / JOURNAL, ignore_errors=True)

    def _segment(self, identity: str) -> Path:
        return self.path / JOURNAL / f"{identity}.arrow"


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


def read_tables(path: Path) -> dict[str, "DataFrame"]:
    """Read every table of a results folder."""
    import pandas

    return {
        name: pandas.read_parquet(path / f"{name}.parquet")
        for name in KEYS
        if (path / f"{name}.parquet").is_file()
    }


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of a results folder."""
    manifest: dict[str, Any] = json.loads((path / MANIFEST).read_text("utf-8"))
    return manifest


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
        raise InputError(
            UNWRITABLE.filled(path=same(path), reason=same(reason)), attempt="output=..."
        ) from None
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


def _cells(
    request: Request,
    cells: Sequence[Cell],
    known: Mapping[Cell, str],
    failed: Mapping[str, str],
    done: "Mapping[Cell, CellTables]",
) -> "pa.Table":
    """Return the table of cells: who they are, what is fixed in them, what they ended with."""
    import pyarrow as pa

    fixed = [facts(scenario) for scenario in request.scenarios]
    reasons = [failed.get(known[cell], "") for cell in cells]
    columns: dict[str, Any] = {
        "cell": pa.array([cell.number for cell in cells], pa.int32()),
        "scenario": [cell.scenario for cell in cells],
        "seed": pa.array([cell.seed for cell in cells], pa.int64()),
        "state": ["failed" if reason else "done" for reason in reasons],
        "error": pa.array(reasons, pa.string()),
    }
    for key in dict.fromkeys(key for row in fixed for key in row):
        columns[key] = _column([fixed[cell.index].get(key) for cell in cells])
    ends = {cell.number: tables["ends"] for cell, tables in done.items()}
    return pa.table(columns).join(_stacked(ends), "cell") if ends else pa.table(columns)


def _column(values: Sequence[Any]) -> "pa.Array":
    import pyarrow as pa

    is_text = any(isinstance(value, str) for value in values)
    return pa.array(values, pa.string() if is_text else pa.float64())


def _stacked(tables: "Mapping[int, pa.Table]") -> "pa.Table":
    """Return one table of several cells as one, each row beginning with the number of its cell."""
    import pyarrow as pa

    numbered = [
        table.add_column(0, "cell", pa.array([number] * len(table), pa.int32()))
        for number, table in sorted(tables.items())
    ]
    return pa.concat_tables(numbered)


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
