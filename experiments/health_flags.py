"""Which runs degenerated or lost something: a column of the table of cells, so that none hides in a mean."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.health import STATES
from experiments.health_problems import CEILING, DEGENERATE, LOST, OVER, ROUNDING

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.cells import Cell
    from experiments.segments import CellTables

SEPARATOR = ";"


def flags(cells: "Sequence[Cell]", tables: "Mapping[Cell, CellTables]") -> list[str]:
    """Return for each cell the items of its health that are in error, joined; nothing where all is well."""
    from pandas import DataFrame

    if not tables:
        return [""] * len(cells)
    rows = {
        cell: dict(zip(*(kept["health"][name].to_pylist() for name in ("item", "value")), strict=True))
        for cell, kept in tables.items()
    }
    health = DataFrame.from_dict({cell.number: row for cell, row in rows.items()}, orient="index").fillna(0.0)
    found = dict(_in_error(health))
    return [SEPARATOR.join(item for item, has in found.items() if cell in tables and has[cell.number]) for cell in cells]


def _in_error(health: "DataFrame") -> Any:
    """Yield each item that can be in error with what says so of every run."""
    for item in LOST:
        yield item, health[item].abs() > ROUNDING
    for (item, level), (_, degenerate) in DEGENERATE.items():
        if level == "error" and item in health:
            yield item, degenerate(health)
    for state in STATES:
        for over in OVER:
            low, high = (f"{state}.{over}.{side}" for side in ("low", "high"))
            if low in health:
                yield low, health[low] + health[high] > CEILING
