"""The tables of an ablation: the value of every coalition, and from it what each part contributes."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.cells import Cell
from experiments.coalitions import added_in, exact_shares, left_out, order, sampled_shares, whole
from experiments.package import MECHANISMS
from experiments.statistics import estimated, holm, without_noise
from sim.households import F8
from sim.outcome import outcomes

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.ablation import Ablation

TOTAL, SHAPLEY, LEFT_OUT, ADDED_IN, CARRIED = "total", "shapley", "left_out", "added_in", "carried"
WHOLE = "whole"
VARIANT = "variant"


def values_table(
    ablation: "Ablation", lived: "Mapping[Cell, Mapping[str, float]]", reasons: Mapping[Cell, str]
) -> "DataFrame":
    """Return a row a run: cell, scenario, variant, seed, state, error, a column for each part, the outcomes.

    A part's column says whether it is in force (by mechanisms: whether its number is left as it is).
    """
    from pandas import DataFrame

    rows = []
    for cell, reason in reasons.items():
        variant = ablation.variant_of(cell)
        told = {"cell": cell.number, "scenario": cell.scenario, VARIANT: variant, "seed": cell.seed}
        state = {"state": "failed" if reason else "done", "error": reason}
        rows.append({**told, **state, **dict(_in_force(ablation, variant)), **lived.get(cell, {})})
    return DataFrame(rows)


def _in_force(ablation: "Ablation", variant: int) -> Iterator[tuple[str, bool]]:
    for place, part in enumerate(ablation.parts):
        if ablation.by == MECHANISMS:
            yield part.key, variant >> 1 != place + 1
        else:
            yield part.key, bool(variant >> place & 1)


def ablation_table(ablation: "Ablation", values: "DataFrame") -> "DataFrame":
    """Return what the whole and every part contribute to every outcome.

    Columns: row (counted from 0), outcome, kind (`total`, `shapley`, `left_out`, `added_in`, `carried`), part,
    difference, low, high, n, p, p_holm (over the headline outcomes and the parts of one kind).  left_out: the whole less
    the package without the part.  carried: the effect less the effect with the number at zero.
    """
    from pandas import DataFrame

    of_kind = _of_mechanisms if ablation.by == MECHANISMS else _of_coalitions
    rows = [
        {"outcome": key, "kind": kind, "part": part, **vars(estimated(found))}
        for key in outcomes()
        if key in values
        for wide in (_by_variant(values, key),)
        for kind, part, contributions in of_kind(ablation, wide)
        for found in (_known(contributions, wide),)
    ]
    table = DataFrame(rows)
    tested = table.outcome.map(lambda key: bool(outcomes()[key].headline))
    for kind in table.kind.unique():
        asked = table.index[tested & (table.kind == kind)]
        table.loc[asked, "p_holm"] = holm(list(table.p[asked]))
    return table.rename_axis("row").reset_index()


def _by_variant(values: "DataFrame", key: str) -> "DataFrame":
    """Return an outcome with a row a seed and a column a variant; nan where a run failed or has none."""
    return values.pivot(index="seed", columns=VARIANT, values=key).sort_index()


def _known(contributions: F8, wide: "DataFrame") -> F8:
    """Return the contributions of the seeds that have one; noise of the last digits of the values is exactly zero."""
    return without_noise(contributions, wide.abs().max(axis=1).to_numpy(np.float64))[~np.isnan(contributions)]


Contribution = tuple[str, str, F8]


def _of_coalitions(ablation: "Ablation", wide: "DataFrame") -> Iterator[Contribution]:
    """Yield kind, part and contribution for each seed, shape (seeds,)."""
    parts = ablation.parts
    all_of_them, at = whole(len(parts)), _columns(wide)
    yield TOTAL, WHOLE, at[all_of_them] - at[0]
    for part, without, alone in zip(parts, left_out(len(parts)), added_in(len(parts)), strict=True):
        yield LEFT_OUT, part.key, at[all_of_them] - at[without]
        yield ADDED_IN, part.key, at[alone] - at[0]
    shares = exact_shares(at, len(parts)) if ablation.is_exact else _sampled(wide, len(parts))
    for part, share in zip(parts, shares, strict=True):
        yield SHAPLEY, part.key, share


def _columns(wide: "DataFrame") -> dict[int, F8]:
    coalitions: list[Any] = list(wide)
    return {int(coalition): wide[coalition].to_numpy(np.float64) for coalition in coalitions}


def _sampled(wide: "DataFrame", parts: int) -> F8:
    """Return shares along the order of each seed, shape (parts, seeds)."""
    rows: Any = zip(wide.index, wide.to_dict("records"), strict=True)
    return np.array([sampled_shares(row, order(parts, int(seed))) for seed, row in rows]).T


def _of_mechanisms(ablation: "Ablation", wide: "DataFrame") -> Iterator[Contribution]:
    effects = [(wide[2 * place + 1] - wide[2 * place]).to_numpy(np.float64) for place in range(len(ablation.parts) + 1)]
    yield TOTAL, WHOLE, effects[0]
    for part, without in zip(ablation.parts, effects[1:], strict=True):
        yield CARRIED, part.key, effects[0] - without
