"""The results folder of an experiment: manifest, journal of finished cells, tables.

The folder exists from the start, with a manifest that says `running`.  Each finished cell is one small file
in `journal/`; when all are there the tables are made from it, whoever wrote it: an experiment that was
interrupted ends with the same bytes as one that was not.  No time, path, host or worker stands in any table.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, facts, identities
from experiments.manifest import COMPLETE, dumped, now
from experiments.request import Request
from experiments.writing import UNFINISHED, renamed_into, write_bytes

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
    "health": ("cell", "item"),
    "flags": ("cell", "item"),
    "measure_events": ("scenario", "measure"),
    "effects": ("outcome", "scenario"),
    "group_effects": ("dimension", "group", "scenario"),
    "ablation": (),
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
        """Make the tables of all cells from the journal, and the health report.

        failed: the reasons by identity.  Where no cell is done there is the table of cells alone.
        """
        from experiments.cell_tables import TABLES, read_segment
        from experiments.health_report import write_health

        known = identities(request.scenarios, tuple(cells))
        done = {cell: read_segment(self._segment(known[cell])) for cell in cells if known[cell] not in failed}
        self.write("cells", _cells(request, cells, known, failed, done))
        for name in TABLES if done else ():
            if name != "ends":
                self.write(name, _stacked({cell.number: tables[name] for cell, tables in done.items()}))
        if done:
            write_health(self)

    def write(self, name: str, table: "pa.Table") -> None:
        """Write one table, sorted by its keys."""
        import pyarrow as pa
        from pyarrow import parquet

        keys = [key for key in KEYS[name] if key in table.column_names]
        ordered = table.sort_by([(key, "ascending") for key in keys]) if keys and len(table) else table
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

    def write_frame(self, name: str, frame: "DataFrame") -> None:
        """Write a table that is a data frame."""
        import pyarrow as pa

        self.write(name, pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata())

    def ends(self, identity: str) -> dict[str, float]:
        """Return the end value of every outcome of a finished cell in the journal."""
        from experiments.cell_tables import read_segment

        [values] = read_segment(self._segment(identity))["ends"].to_pylist()
        return dict(values)

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


def read_tables(path: Path) -> dict[str, "DataFrame"]:
    """Read every table of a results folder."""
    import pandas

    return {name: pandas.read_parquet(path / f"{name}.parquet") for name in KEYS if (path / f"{name}.parquet").is_file()}


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of a results folder."""
    manifest: dict[str, Any] = json.loads((path / MANIFEST).read_text("utf-8"))
    return manifest


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
        table.add_column(0, "cell", pa.array([number] * len(table), pa.int32())) for number, table in sorted(tables.items())
    ]
    return pa.concat_tables(numbered)
