"""The tables of an experiment, made from the journal so many cells at a time, so that memory does not grow."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from experiments.cells import Cell, facts, is_words
from experiments.health_flags import flags
from experiments.journal import Journal
from experiments.results import KEYS, KEYS_OF_A_SWEEP, KEYS_OF_AN_ABLATION
from experiments.segments import ENDS, TABLES, CellTables, read_segment, segment_of
from experiments.writing import renamed_into

BLOCK = 256
"""Cells whose tables are held at a time."""
ROW_GROUP = 65_536

Described = Callable[[Sequence[Cell]], Mapping[str, "pa.Array"]]
"""What the table of cells says of some cells besides number, scenario, seed, state and error."""


@dataclass(frozen=True)
class Lived:
    """Cells that were lived through, in the order of their numbers.

    known: their identities.  failed: the reasons of those that failed, by identity.  names: the tables that each
    of the others left.
    """

    cells: Sequence[Cell]
    known: Mapping[Cell, str]
    failed: Mapping[str, str]
    described: Described
    names: Sequence[str] = TABLES

    def is_done(self, cell: Cell) -> bool:
        """Say whether a cell has a result."""
        return self.known[cell] not in self.failed


def write_tables(path: Path, journal: Journal, lived: Lived) -> None:
    """Write the tables of cells into a folder; where no cell is done there is the table of cells alone."""
    ends = _ends_of_one(journal, lived)
    with ExitStack() as stack:
        streams: dict[str, Any] = {}
        for block in _blocks(lived.cells):
            done = {
                cell: read_segment(journal.segment(lived.known[cell]), lived.names) for cell in block if lived.is_done(cell)
            }
            made = {name: _stacked(name, done) for name in lived.names if name != ENDS and done}
            for name, table in {"cells": _cells(block, lived, done, ends), **made}.items():
                if name not in streams:
                    streams[name] = stack.enter_context(stream(path, name, table.schema))
                streams[name](table)


def _blocks(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    left = iter(cells)
    while block := list(islice(left, BLOCK)):
        yield block


def _ends_of_one(journal: Journal, lived: Lived) -> "pa.Schema":
    """Return the columns of end values, which are the same in every cell that is done."""
    first = next((cell for cell in lived.cells if lived.is_done(cell)), None)
    return pa.schema([]) if first is None else read_segment(journal.segment(lived.known[first]), lived.names)[ENDS].schema


def _cells(block: Sequence[Cell], lived: Lived, done: Mapping[Cell, CellTables], ends: "pa.Schema") -> "pa.Table":
    """Return rows of the table of cells: who they are, what is fixed in them, what they ended with."""
    reasons = [lived.failed.get(lived.known[cell], "") for cell in block]
    last = [done[cell][ENDS].to_pylist()[0] if cell in done else {} for cell in block]
    return pa.table(
        {
            "cell": pa.array([cell.number for cell in block], pa.int32()),
            "scenario": pa.array([cell.scenario for cell in block], pa.string()),
            "seed": pa.array([cell.seed for cell in block], pa.int64()),
            "state": ["failed" if reason else "done" for reason in reasons],
            "error": pa.array(reasons, pa.string()),
            **lived.described(block),
            **({"flags": pa.array(flags(block, done), pa.string())} if "health" in lived.names else {}),
            **{field.name: pa.array([row.get(field.name) for row in last], field.type) for field in ends},
        }
    )


def described_by(configurations: Sequence[str]) -> Described:
    """Return what tells the facts of cells; configurations: by the index of a cell."""
    kinds = {_kind(configuration): configuration for configuration in dict.fromkeys(configurations)}
    keys = list(dict.fromkeys(key for configuration in kinds.values() for key in facts(configuration)))

    def described(cells: Sequence[Cell]) -> dict[str, "pa.Array"]:
        told = {index: facts(configurations[index]) for index in {cell.index for cell in cells}}
        return {key: _column(key, [told[cell.index].get(key) for cell in cells]) for key in keys}

    return described


def _kind(configuration: str) -> tuple[str, bool]:
    """Return what decides which facts there are: the place, and whether it has a rule of its own."""
    told = json.loads(configuration)
    return told["place"], "local" in told


def _column(key: str, values: Sequence[Any]) -> "pa.Array":
    return pa.array(values, pa.string() if is_words(key) else pa.float64())


def _stacked(name: str, tables: Mapping[Cell, CellTables]) -> "pa.Table":
    """Return one table of several cells as one, each row beginning with the number of its cell."""
    numbered = [
        kept[name].add_column(0, "cell", pa.array([cell.number] * len(kept[name]), pa.int32()))
        for cell, kept in tables.items()
    ]
    return pa.concat_tables(numbered)


@contextmanager
def stream(path: Path, name: str, schema: "pa.Schema") -> Iterator[Callable[["pa.Table"], None]]:
    """Lend what writes rows of one table into a folder; those of each call are sorted by the table's keys."""
    single = [field.name for field in schema if field.type == pa.float32()]
    keys = [(key, "ascending") for key in {**KEYS, **KEYS_OF_A_SWEEP, **KEYS_OF_AN_ABLATION}[name] if key in schema.names]
    with (
        renamed_into(path / f"{name}.parquet") as temporary,
        parquet.ParquetWriter(
            str(temporary),
            schema,
            compression="zstd",
            use_dictionary=[column for column in schema.names if column not in single],
            use_byte_stream_split=single or False,
        ) as writer,
    ):
        yield lambda table: writer.write_table(table.sort_by(keys) if len(table) else table, ROW_GROUP)


def write_table(path: Path, name: str, table: "pa.Table") -> None:
    """Write one table into a folder, sorted by its keys."""
    with stream(path, name, table.schema) as write:
        write(table)


def into_journal(
    path: Path, journal: Journal, cells: Mapping[int, str], ends: Sequence[str], names: Sequence[str] = TABLES
) -> None:
    """Put finished cells back into the journal from the tables of a folder, so that others can join them.

    cells: identities by number, as the tables count them.  ends: the columns of end values.
    """
    numbers = sorted(cells)
    for first in range(0, len(numbers), BLOCK):
        block = numbers[first : first + BLOCK]
        tables = {name: _rows(path, name, block) for name in names if name != ENDS}
        tables = {ENDS: _rows(path, "cells", block).select(["cell", *ends]), **tables}
        for number in block:
            journal.keep(cells[number], segment_of({name: _of_cell(table, number) for name, table in tables.items()}))


def _rows(path: Path, name: str, numbers: Sequence[int]) -> "pa.Table":
    between = [("cell", ">=", numbers[0]), ("cell", "<=", numbers[-1])]
    return parquet.read_table(path / f"{name}.parquet", filters=between)


def rows_of(path: Path, name: str, number: int, columns: Sequence[str]) -> "pa.Table":
    """Return some columns of the rows that one cell has in a table of a folder."""
    return _rows(path, "cells" if name == ENDS else name, [number]).select(columns)


def _of_cell(table: "pa.Table", number: int) -> "pa.Table":
    """Return the rows of one cell of a table that is sorted by cells."""
    cells = table["cell"].to_numpy()
    first, last = cells.searchsorted(number, "left"), cells.searchsorted(number, "right")
    return table.slice(first, last - first).drop_columns(["cell"])
