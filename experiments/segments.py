"""How the tables of one finished cell are kept in one file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

CellTables = dict[str, pa.Table]
ENDS = "ends"
"""The table with the one row that goes into the table of cells."""
TABLES = (ENDS, "outcomes", "by_estate", "by_group", "hours", "events", "event_counts", "health")


def segment_of(tables: Mapping[str, pa.Table]) -> bytes:
    """Return one cell's tables as the bytes of one file: one Arrow stream after the other."""
    sink = pa.BufferOutputStream()
    for table in tables.values():
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
    segment: bytes = sink.getvalue().to_pybytes()
    return segment


def read_segment(path: Path, names: Sequence[str] = TABLES) -> CellTables:
    """Read one cell's tables back; names: in the order in which they were written."""
    with pa.OSFile(str(path), "rb") as file:
        return read_tables_of(file, names)


def read_tables_of(file: pa.NativeFile, names: Sequence[str] = TABLES) -> CellTables:
    """Read one cell's tables from an open file."""
    return {name: pa.ipc.open_stream(file).read_all() for name in names}
