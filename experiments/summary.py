"""What a sweep comes to: a row a point, with the mean of every outcome over its runs and a 95 % interval."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.points import Points
from experiments.statistics import CONFIDENCE
from experiments.writing import write_bytes
from sim.outcome import outcomes

if TYPE_CHECKING:
    from pandas import DataFrame

SUMMARY = "summary"


def write_summary(folder: Path, points: Points) -> None:
    """Write the summary of a folder's cells, as a table and for a spreadsheet."""
    import pandas
    import pyarrow as pa
    from pyarrow import parquet

    from experiments.tables import write_table

    known = parquet.read_schema(folder / "cells.parquet").names
    columns = [name for name in ("point", "state", "flags", *outcomes()) if name in known]
    frame = summed(pandas.read_parquet(folder / "cells.parquet", columns=columns), points)
    write_table(folder, SUMMARY, pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata())
    text = frame.to_csv(index=False, lineterminator="\r\n", float_format="%.9g")
    write_bytes(folder / f"{SUMMARY}.csv", text.encode("utf-8-sig"))


def summed(cells: "DataFrame", points: Points) -> "DataFrame":
    """Return a row a point: `n` runs done, `failed` ones, `flagged` ones, and mean, low and high of each outcome.

    A run in which an outcome has no value is left out of that outcome's mean; `<outcome>.n` tells how many are in.
    """
    from pandas import DataFrame, concat

    done = cells[cells.state == "done"]
    per_point = cells.groupby("point")
    told = DataFrame(
        {
            "point": range(len(points.rows)),
            "scenario": [point.scenario for point in points.rows],
            **{name: column.to_pandas() for name, column in points.columns().items()},
            "n": done.groupby("point").size().reindex(range(len(points.rows)), fill_value=0).to_numpy(),
            "failed": per_point.state.agg(lambda states: int((states == "failed").sum())).to_numpy(),
            "flagged": per_point["flags"].agg(lambda flags: int((flags != "").sum())).to_numpy(),
        }
    )
    columns = [_of_outcome(done, key, len(points.rows)) for key in outcomes() if key in done]
    return concat([told, *columns], axis=1)


def _of_outcome(done: "DataFrame", key: str, points: int) -> "DataFrame":
    from pandas import DataFrame

    values = done.groupby("point")[key].agg(["mean", "std", "count"]).reindex(range(points))
    n = values["count"].fillna(0).to_numpy(np.int64)
    half = np.array([_margin(int(number)) for number in n]) * values["std"].to_numpy() / np.sqrt(np.maximum(n, 1))
    mean = values["mean"].to_numpy()
    return DataFrame({key: mean, f"{key}.low": mean - half, f"{key}.high": mean + half, f"{key}.n": n})


def _margin(n: int) -> float:
    """Return Student's t for a mean of n values; one value alone has no interval."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) if n > 1 else math.nan
