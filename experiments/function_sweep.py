"""Sweeping any function of a cell: the same folder, journal, lock, executors and failures as a sweep of scenarios."""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, digest, identities
from experiments.design import Design, Value
from experiments.manifest import provenance
from experiments.opening import Experiment, opened
from experiments.points import POINTS, Point, Points, of_function, write_points
from experiments.progress import Progress
from experiments.request import Executor
from experiments.results import Folder
from experiments.runner import interruptible, run_tasks
from experiments.task import FunctionTask

if TYPE_CHECKING:
    from pandas import DataFrame

VERB = "function"
Function = Callable[[Mapping[str, Value], int], Mapping[str, Any]]


@dataclass(frozen=True)
class Swept:
    """A finished sweep of a function."""

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def table(self) -> "DataFrame":
        """Return the tidy table: cell, point, seed, the design's columns, state, error, what the function returned."""
        import pandas

        return pandas.read_parquet(self.folder / "cells.parquet")


@dataclass(frozen=True)
class FunctionSweep:
    """A sweep of a function to be done.

    function: of an importable module; takes a cell's values by key and its seed, returns a row of named values.
    """

    function: Function
    design: Design
    output: Path
    replicates: int = 1
    seed: int = 1
    executor: Executor = Executor("serial")
    resume: bool = False
    drift: bool = False

    @property
    def name(self) -> str:
        """Return what the function is called."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @cached_property
    def sources(self) -> str:
        """Return a hash of the file that holds the function."""
        return digest(Path(inspect.getfile(self.function)).read_text("utf-8").splitlines())

    @cached_property
    def points(self) -> Points:
        """Return the design's points, each with its values as its configuration."""
        told = list(zip(*self.design.told.values(), strict=True)) or [()] * len(self.design.points)
        rows = (tuple(map(_rounded, row)) for row in self.design.points)
        keys = self.design.keys
        return Points(
            keys,
            tuple(self.design.told),
            tuple(
                Point(self.name, row, more, json.dumps(dict(zip(keys, row, strict=True))))
                for row, more in zip(rows, told, strict=True)
            ),
        )


def _rounded(value: Value) -> Value:
    return float(f"{value:.12g}") if isinstance(value, float) else value


def sweep_function(sweep: FunctionSweep, progress: Progress | None = None) -> Swept:
    """Call a function for every cell of a design, or for those that are left, and return the tidy table.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    manifest = {
        **provenance(), "verb": VERB, "words": [sweep.name], "notes": [], "scenarios": [], "seed": sweep.seed,
        "replicates": sweep.replicates, "sources": sweep.sources, "points": len(sweep.points.rows),
    }  # fmt: skip
    experiment = Experiment(
        sweep.output, lambda: manifest, digest([VERB, sweep.points.digest, sweep.seed]), sweep.replicates,
        len(sweep.points.rows) * sweep.replicates,
        {f"{POINTS}.parquet": lambda file: write_points(file, sweep.points)}, sweep.resume, sweep.drift,
        sources=sweep.sources,
    )  # fmt: skip
    with opened(experiment) as folder, interruptible(f"{sweep.name} resume=True", sweep.output):
        if not folder.is_complete:
            folder = _call(sweep, folder, progress or Progress())
    return Swept(folder.path, folder.manifest)


def _call(sweep: FunctionSweep, folder: Folder, progress: Progress) -> Folder:
    from experiments.segments import ENDS
    from experiments.tables import Lived, write_tables

    cells = sweep.points.cells(sweep.seed, sweep.replicates)
    known = identities(sweep.points.configurations, cells, folder.sources)
    failed = run_tasks([_task(sweep, known, cell) for cell in cells], folder.journal, sweep.executor, progress)
    lived = Lived(cells, known, failed, of_function(sweep.points), (ENDS,))
    write_tables(folder.path, folder.journal, lived)
    return folder.finish(sum(known[cell] in failed for cell in cells))


def _task(sweep: FunctionSweep, known: Mapping[Cell, str], cell: Cell) -> FunctionTask:
    values = dict(zip(sweep.points.keys, sweep.points.rows[cell.index].values, strict=True))
    return FunctionTask(known[cell], sweep.function, values, cell.seed)
