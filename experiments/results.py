"""The results folder of an experiment: manifest, journal of finished cells, tables.

The folder exists from the start, with a manifest that says `running`.  Each finished cell is one small file
in `journal/`; when all are there the tables are made from it, whoever wrote it: an experiment that was
interrupted ends with the same bytes as one that was not.  No time, path, host or worker stands in any table.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, identities
from experiments.journal import Journal
from experiments.manifest import COMPLETE, dumped, now
from experiments.request import Request
from experiments.writing import UNFINISHED, write_bytes
from sim.errors import InputError
from sim.texts import Text, same

if TYPE_CHECKING:
    import pyarrow as pa
    from pandas import DataFrame

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
    "measure_events": ("scenario", "measure"),
    "effects": ("outcome", "scenario"),
    "group_effects": ("dimension", "group", "scenario"),
}
KEYS_OF_AN_ABLATION: Mapping[str, tuple[str, ...]] = {"ablation": ("row",)}
KEYS_OF_A_SWEEP: Mapping[str, tuple[str, ...]] = {"points": ("point",), "summary": ("point",)}


NEEDED = ("verb", "words", "scenarios", "notes", "state", "sources", "seed", "replicates")
"""What the manifest of every experiment has."""


@dataclass(frozen=True)
class Folder:
    """A results folder that is ours to write into."""

    path: Path
    manifest: dict[str, Any]

    @property
    def is_complete(self) -> bool:
        """Tell whether the experiment is finished."""
        return bool(self.manifest["state"] == COMPLETE)

    @property
    def sources(self) -> str:
        """Return the sources of the model with which the experiment began, which name its cells."""
        return str(self.manifest["sources"])

    @property
    def journal(self) -> Journal:
        """Return the journal of its cells."""
        return Journal(self.path / JOURNAL)

    def write_tables(self, request: Request, cells: Sequence[Cell], failed: Mapping[str, str]) -> None:
        """Make the tables of all cells from the journal, and the health report.

        failed: the reasons by identity.  Where no cell is done there is the table of cells alone.
        """
        from experiments.health_report import write_health
        from experiments.tables import Lived, described_by, write_tables

        ordered = sorted(cells, key=lambda cell: cell.number)
        known = identities(request.configurations, ordered, self.sources)
        write_tables(self.path, self.journal, Lived(ordered, known, failed, described_by(request.configurations)))
        if len(failed) < len(set(known.values())):
            write_health(self)

    def put_back(self, known: Mapping[Cell, str]) -> None:
        """Put the cells that the tables hold back into the journal; known: their identities."""
        from pyarrow import parquet

        from experiments.tables import into_journal
        from sim.outcome import outcomes

        states = parquet.read_table(self.path / "cells.parquet", columns=["cell", "state"]).to_pydict()
        done = {number for number, state in zip(states["cell"], states["state"], strict=True) if state == "done"}
        cells = {cell.number: identity for cell, identity in known.items() if cell.number in done}
        into_journal(self.path, self.journal, cells, list(outcomes()))

    def write(self, name: str, table: "pa.Table") -> None:
        """Write one table, sorted by its keys."""
        from experiments.tables import write_table

        write_table(self.path, name, table)

    def write_frame(self, name: str, frame: "DataFrame") -> None:
        """Write a table that is a data frame."""
        import pyarrow as pa

        self.write(name, pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata())

    def ends(self, identity: str) -> dict[str, float]:
        """Return the end value of every outcome of a finished cell in the journal."""
        from experiments.segments import ENDS, read_segment

        [values] = read_segment(self.journal.segment(identity), (ENDS,))[ENDS].to_pylist()
        return dict(values)

    def expect(self, cells: int) -> None:
        """Say in the manifest how many cells there are, where what came out so far asks for more."""
        if cells != self.manifest.get("cells"):
            self.manifest["cells"] = cells
            write_bytes(self.path / MANIFEST, dumped(self.manifest))

    def finish(self, failed: int) -> "Folder":
        """Say that the experiment is complete and drop the journal, in this order."""
        told = {**self.manifest, "state": COMPLETE, "failed": failed, "finished": now()}
        write_bytes(self.path / MANIFEST, dumped(told), lasting=True)
        finished = Folder(self.path, told)
        finished.tidy()
        return finished

    def tidy(self) -> None:
        """Remove what a killed process left half-written, and the journal once it is not needed."""
        for unfinished in self.path.rglob(f"*{UNFINISHED}"):
            unfinished.unlink()
        if self.is_complete:
            self.journal.drop()


def read_tables(path: Path) -> dict[str, "DataFrame"]:
    """Read every table of a results folder."""
    import pandas

    files = {name: path / f"{name}.parquet" for name in (*KEYS, *KEYS_OF_AN_ABLATION)}
    return {name: pandas.read_parquet(file) for name, file in files.items() if file.is_file()}


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of a results folder.

    Raises:
        InputError: it cannot be read, or it is none of an experiment.
    """
    try:
        manifest: dict[str, Any] = json.loads((path / MANIFEST).read_text("utf-8"))
    except OSError as error:
        raise InputError(BROKEN.filled(file=path / MANIFEST, reason=same(error.strerror or error))) from None
    except ValueError as error:
        raise InputError(BROKEN.filled(file=path / MANIFEST, reason=same(error)), attempt="output=...") from None
    for key in NEEDED:
        if not isinstance(manifest, dict) or key not in manifest:
            raise InputError(BROKEN.filled(file=path / MANIFEST, reason=LACKS.filled(key=key)), attempt="output=...")
    return manifest


BROKEN = Text(
    zh="{file} 读不出来（{reason}）：这个文件夹里的实验无法再用；其中的 parquet 表仍可单独打开",
    en="{file} cannot be read ({reason}): the experiment in this folder is of no more use; its parquet tables can still be "
    "opened by themselves",
)
LACKS = Text(zh="缺少 {key}", en="{key} is missing")
