"""The effects of each scenario against the base: on outcomes, and on groups of households."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.statistics import SIGNIFICANT, Estimate, holm, paired, share_better
from sim.households import F8
from sim.outcome import Outcome, outcomes

if TYPE_CHECKING:
    from pandas import DataFrame

BETTER, WORSE, NONE_SEEN, DIFFERS = "better", "worse", "no_difference", "differs"
GROUP = ["dimension", "group"]


def effects(cells: "DataFrame", names: Sequence[str]) -> "DataFrame":
    """Return the effect of every scenario but the first on every outcome, from the table of cells.

    Headline outcomes are tested: Holm's correction runs over them and all scenarios, and decides the verdict.
    The other outcomes are told with their own interval, which corrects nothing.
    """
    from pandas import DataFrame

    rows = [
        _effect(outcome, name, names[0], _by_pair(cells, outcome.key, names))
        for outcome in outcomes().values()
        for name in names[1:]
    ]
    table = DataFrame(rows)
    table["p_holm"] = holm([p if tested else np.nan for p, tested in zip(table.p, table.tested, strict=True)])
    table["verdict"] = [_verdict(row) for row in table.itertuples()]
    return table[[column for column in table if column != "tested"] + ["tested"]]


def group_effects(cells: "DataFrame", by_group: "DataFrame", names: Sequence[str]) -> "DataFrame":
    """Return the effect of every scenario but the first on the satisfaction of every group [points]."""
    from pandas import DataFrame

    told = by_group.merge(cells[["cell", "scenario", "seed"]], on="cell")
    rows = [
        _group_effect(group, name, names[0], _by_pair(of_group, "true_satisfaction", names), of_group)
        for group, of_group in told.groupby(GROUP)
        for name in names[1:]
    ]
    table = DataFrame(rows)
    table["p_holm"] = holm(list(table.p))
    return table


def _by_pair(table: "DataFrame", column: str, names: Sequence[str]) -> dict[str, F8]:
    """Return a column by scenario, in the order of the seeds; a pair that lacks a cell has nan."""
    wide = table.pivot(index="seed", columns="scenario", values=column).sort_index()
    return {name: wide[name].to_numpy(np.float64) if name in wide else np.full(len(wide), np.nan) for name in names}


def _effect(outcome: Outcome, name: str, base: str, values: dict[str, F8]) -> dict[str, Any]:
    before, after = _complete(values[base], values[name])
    return {
        "outcome": outcome.key,
        "scenario": name,
        "base": base,
        **vars(paired(before, after)),
        "p_holm": np.nan,
        "base_value": _mean(before),
        "scenario_value": _mean(after),
        "p_better": share_better(before, after, outcome.better),
        "verdict": "",
        "tested": bool(outcome.headline),
    }


def _group_effect(group: Any, name: str, base: str, values: dict[str, F8], rows: "DataFrame") -> dict[str, Any]:
    estimate: Estimate = paired(values[base], values[name])
    return {
        **dict(zip(GROUP, group, strict=True)),
        "scenario": name,
        "base": base,
        "households": float(rows.households.mean()),
        **vars(estimate),
    }


def _complete(before: F8, after: F8) -> tuple[F8, F8]:
    """Return the pairs of which both values are there."""
    both = ~(np.isnan(before) | np.isnan(after))
    return before[both], after[both]


def _mean(values: F8) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _verdict(row: Any) -> str:
    chance = row.p_holm if row.tested else row.p
    better = outcomes()[row.outcome].better
    if not chance < SIGNIFICANT:
        return NONE_SEEN
    if better == "neither":
        return DIFFERS
    return BETTER if (row.difference > 0) == (better == "more") else WORSE
