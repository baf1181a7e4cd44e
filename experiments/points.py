"""The points of a sweep: what each varies, and the configuration that its runs are given."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, digest, facts, hashed
from experiments.design import Value

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.tables import Described

POINTS = "points"
OURS = ("point", "scenario", "configuration")


@dataclass(frozen=True)
class Point:
    """One point.  values: of the settings that are varied, None where the scenario has no use for one.

    told: what else the user's own table says.  configuration: the resolved scenario as JSON, all that a worker is
    given; for a function of a cell its values.
    """

    scenario: str
    values: tuple[Value, ...]
    told: tuple[Value, ...]
    configuration: str


@dataclass(frozen=True)
class Points:
    """All points of a sweep, in order.  keys, told: names of the columns."""

    keys: tuple[str, ...]
    told: tuple[str, ...]
    rows: tuple[Point, ...]

    @cached_property
    def configurations(self) -> tuple[str, ...]:
        """Return the configuration of each point."""
        return tuple(point.configuration for point in self.rows)

    @property
    def digest(self) -> str:
        """Return a hash of all that is asked; the values are hashed as their columns hold them, 4 and 4.0 alike."""
        columns = [[name, column.to_pylist()] for name, column in self.columns().items()]
        return digest([columns, [[point.scenario, hashed(point.configuration)] for point in self.rows]])

    def cells(self, seed: int, replicates: int) -> list[Cell]:
        """Return the cells of so many replicates of each point; replicate r has `seed` + r in all of them."""
        return [
            Cell(index * replicates + replicate, index, point.scenario, seed + replicate)
            for index, point in enumerate(self.rows)
            for replicate in range(replicates)
        ]

    def columns(self, except_for: Sequence[str] = ()) -> "dict[str, pa.Array]":
        """Return a column for each setting that is varied and each that the user's table has."""
        names = (*self.keys, *self.told)
        rows = [(*point.values, *point.told) for point in self.rows]
        return {name: _column([row[at] for row in rows]) for at, name in enumerate(names) if name not in except_for}

    def described(self) -> "Described":
        """Return what tells the table of cells which point a cell is, what is varied in it, and every number."""
        from experiments.tables import described_by

        told, known = described_by(self.configurations), facts(self.rows[0].configuration)
        return _with_columns(self.columns(except_for=tuple(known)), told)


def of_function(points: Points) -> "Described":
    """Return what tells the table of cells which point a cell is and what is varied in it."""
    return _with_columns(points.columns(), lambda cells: {})


def _with_columns(columns: "Mapping[str, pa.Array]", told: "Described") -> "Described":
    import pyarrow as pa

    def described(cells: Sequence[Cell]) -> "dict[str, pa.Array]":
        at = pa.array([cell.index for cell in cells], pa.int32())
        return {"point": at, **{name: column.take(at) for name, column in columns.items()}, **told(cells)}

    return described


def _column(values: Sequence[Value]) -> "pa.Array":
    """Return a column of real numbers where every value is one, else of words."""
    import pyarrow as pa

    known = [value for value in values if value is not None]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def write_points(path: Path, points: Points) -> None:
    """Write the table of points, from which a sweep goes on without the command that began it."""
    import pyarrow as pa

    from experiments.tables import write_table

    table = pa.table(
        {
            "point": pa.array(range(len(points.rows)), pa.int32()),
            "scenario": pa.array([point.scenario for point in points.rows], pa.string()),
            **points.columns(),
            "configuration": pa.array(points.configurations, pa.string()),
        }
    )
    names = {"keys": list(points.keys), "told": list(points.told)}
    write_table(path.parent, path.stem, table.replace_schema_metadata({"cogov": json.dumps(names)}))


def read_points(folder: Path) -> Points:
    """Read the points of a sweep's folder."""
    from pyarrow import parquet

    table = parquet.read_table(folder / f"{POINTS}.parquet")
    names: dict[str, Any] = json.loads(table.schema.metadata[b"cogov"])
    columns = {kind: [table[name].to_pylist() for name in names[kind]] for kind in ("keys", "told")}
    scenarios, configurations = table["scenario"].to_pylist(), table["configuration"].to_pylist()
    rows = zip(
        scenarios,
        _rows(columns["keys"], len(scenarios)),
        _rows(columns["told"], len(scenarios)),
        configurations,
        strict=True,
    )
    return Points(tuple(names["keys"]), tuple(names["told"]), tuple(Point(*row) for row in rows))


def _rows(columns: Sequence[Sequence[Value]], length: int) -> list[tuple[Value, ...]]:
    return [row for row in zip(*columns, strict=True)] if columns else [()] * length
