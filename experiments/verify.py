"""`cogov verify FOLDER`: live through a cell of a finished experiment again and compare every byte of its tables."""

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import configuration_of, sources_hash
from experiments.command import DONE, FAILED_CELLS, Answer, Command
from experiments.finished import OLDER_SOURCES
from experiments.function_sweep import VERB as FUNCTION
from experiments.manifest import COMPLETE
from experiments.points import POINTS, read_points
from experiments.reliving import scenario_of
from experiments.results import read_manifest
from experiments.status import folder_in
from experiments.task import Failure, ScenarioTask, attempt
from sim.errors import InputError
from sim.texts import Text, same

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Verified:
    """A cell lived through again.  different: the tables in which it is not the same, byte for byte."""

    cell: int
    scenario: str
    seed: int
    different: tuple[str, ...]


def answer(command: Command) -> Answer:
    """Live through a cell again, one drawn at random unless it is named, and say whether it came out the same."""
    chosen = [word.partition("=")[2] for word in command.words if word.startswith("cell=")]
    folder = folder_in(command.without("cell"))
    manifest = read_manifest(folder)
    found = verified(folder, manifest, _number(chosen[0]) if chosen else None)
    told = {"cell": found.cell, "scenario": found.scenario, "seed": found.seed, "tables": ", ".join(found.different)}
    text = (DIFFERENT if found.different else SAME).say(command.lang, **told)
    hint = OLDER_SOURCES.say(command.lang) if manifest["sources"] != sources_hash() else ""
    return Answer(text, {"folder": str(folder), **vars(found)}, FAILED_CELLS if found.different else DONE, hint)


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit()):
        raise InputError(NO_NUMBER.filled(word=same(words)), attempt="cogov verify FOLDER --cell 0")
    return int(words)


def verified(folder: Path, manifest: Mapping[str, Any], number: int | None = None) -> Verified:
    """Live through a cell again, one drawn at random unless its number is given.

    Raises:
        InputError: the experiment is not finished, or the cell is none of those that are done.
    """
    from pyarrow import parquet

    if manifest["verb"] == FUNCTION:
        raise InputError(OF_A_FUNCTION.filled(path=same(folder), name=same(manifest["words"][0])))
    if manifest["state"] != COMPLETE:
        raise InputError(UNFINISHED.filled(path=same(folder)), attempt=f"cogov status {folder}")
    known = parquet.read_schema(folder / "cells.parquet").names
    columns = [name for name in ("cell", "scenario", "seed", "state", "point") if name in known]
    rows = [
        row for row in parquet.read_table(folder / "cells.parquet", columns=columns).to_pylist() if row["state"] == "done"
    ]
    chosen = [row for row in rows if number in (None, row["cell"])]
    if not chosen:
        raise InputError(NO_CELL.filled(path=same(folder), cell=same(number)), allowed=same(f"0 - {len(rows) - 1}"))
    row = secrets.choice(chosen)
    task = ScenarioTask("", _configuration(folder, row), row["seed"], manifest["events"], 1)
    return Verified(row["cell"], row["scenario"], row["seed"], tuple(_different(folder, row["cell"], task)))


def _configuration(folder: Path, row: Mapping[str, Any]) -> str:
    if not (folder / f"{POINTS}.parquet").is_file():
        return configuration_of(scenario_of(folder, row["scenario"]))
    points = read_points(folder)
    if "point" in row:
        return points.configurations[int(row["point"])]
    return next(point.configuration for point in points.rows if point.scenario == row["scenario"])


def _different(folder: Path, number: int, task: ScenarioTask) -> list[str]:
    """Return the tables in which a cell differs from what it is when it is lived through again."""
    import pyarrow as pa

    from experiments.segments import ENDS, read_tables_of
    from experiments.tables import rows_of

    result = attempt(task)
    if isinstance(result, Failure):
        return [result.reason]
    again = read_tables_of(pa.BufferReader(result))
    return [
        "cells" if name == ENDS else name
        for name, table in again.items()
        if name == ENDS or (folder / f"{name}.parquet").is_file()
        if _bytes(rows_of(folder, name, number, table.column_names)) != _bytes(sorted_rows(name, table))
    ]


def _bytes(table: "pa.Table") -> bytes:
    """Return a table as bytes that do not depend on how it was cut into pieces; a value that is missing is a nan."""
    import pyarrow as pa
    from pyarrow import compute

    from experiments.segments import segment_of

    told = table.replace_schema_metadata()
    for at, field in enumerate(told.schema):
        if pa.types.is_floating(field.type):
            nan = pa.scalar(math.nan, field.type)
            values = compute.fill_null(told.column(at), nan)
            told = told.set_column(at, field, compute.if_else(compute.is_nan(values), nan, values))
    return segment_of({"table": told})


def sorted_rows(name: str, table: "pa.Table") -> "pa.Table":
    """Return the rows of one cell in the order in which the table of all cells has them."""
    from experiments.results import KEYS

    keys = [(key, "ascending") for key in KEYS.get(name, ()) if key in table.column_names]
    return table.sort_by(keys) if keys and len(table) else table


SAME = Text(
    zh="运行 {cell}（{scenario}，种子 {seed}）重做一遍，各表逐字节相同。",
    en="cell {cell} ({scenario}, seed {seed}) came out the same again, byte for byte in every table.",
)
DIFFERENT = Text(
    zh="运行 {cell}（{scenario}，种子 {seed}）重做一遍，结果不同：{tables}",
    en="cell {cell} ({scenario}, seed {seed}) came out differently: {tables}",
)
UNFINISHED = Text(zh="{path} 里的实验还没有完成", en="the experiment in {path} is not finished")
NO_CELL = Text(zh="{path} 里没有完成的运行 {cell}", en="{path} holds no finished cell {cell}")
OF_A_FUNCTION = Text(
    zh="{path} 里是函数 {name} 的结果，不是方案的运行；请用同样的取值再调用一次这个函数来核对",
    en="{path} holds calls of the function {name} and no runs of a scenario; call it again with the same values to check it",
)
NO_NUMBER = Text(zh="运行的编号应为整数，不能是 {word}", en="a cell is named by a whole number, not {word}")
