"""The effects of each scenario against the base: on outcomes, and on groups of households."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bootstrap import bootstrap_interval
from experiments.pairing import pairing
from experiments.statistics import (
    SIGNIFICANT,
    Estimate,
    differences_of,
    effect_size,
    equivalence,
    holm,
    paired,
    share_better,
)
from sim.households import F8
from sim.outcome import Outcome, outcomes

if TYPE_CHECKING:
    from pandas import DataFrame

BETTER, WORSE, NONE_SEEN, DIFFERS, EQUIVALENT = "better", "worse", "no_difference", "differs", "equivalent"
OTHER_WAY = {"more": "less", "less": "more", "neither": "neither"}
GROUP = ["dimension", "group"]


def effects(cells: "DataFrame", names: Sequence[str], margins: Mapping[str, float] = MappingProxyType({})) -> "DataFrame":
    """Return the effect of every scenario but the first on every outcome, from the table of cells.

    Headline outcomes are tested: Holm's correction runs over them and all scenarios, and decides the verdict.
    The other outcomes are told with their own interval, which corrects nothing.  margins: by outcome, the largest
    difference that does not matter [unit of the outcome]; equivalence within them is tested with a Holm's correction
    of its own.  A pair that lacks a value is left out and counted in `missing`; one with a degenerate run counts and is
    counted in `degenerate`, where the cells say which are (`flags`).
    """
    from pandas import DataFrame

    rows = [
        _effect(outcome, name, names[0], _by_pair(cells, outcome.key, names), margins.get(outcome.key))
        for outcome in outcomes().values()
        for name in names[1:]
    ]
    table = DataFrame(rows)
    table["p_holm"] = holm([p if tested else np.nan for p, tested in zip(table.p, table.tested, strict=True)])
    table["p_equivalent_holm"] = holm(list(table.p_equivalent))
    table["verdict"] = [_verdict(row) for row in table.itertuples()]
    table["degenerate"] = table.scenario.map({name: _degenerate(cells, names[0], name) for name in names[1:]})
    return table


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


def _effect(outcome: Outcome, name: str, base: str, values: dict[str, F8], margin: float | None) -> dict[str, Any]:
    before, after = _complete(values[base], values[name])
    boot_low, boot_high = bootstrap_interval(differences_of(before, after))
    return {
        "outcome": outcome.key,
        "scenario": name,
        "base": base,
        **vars(paired(before, after)),
        "p_holm": np.nan,
        "base_value": _mean(before),
        "scenario_value": _mean(after),
        "p_better": share_better(before, after, outcome.better),
        "p_worse": share_better(before, after, OTHER_WAY[outcome.better]),
        "verdict": "",
        "tested": bool(outcome.headline),
        "boot_low": boot_low,
        "boot_high": boot_high,
        "effect_size": effect_size(before, after),
        "missing": len(values[base]) - len(before),
        **vars(pairing(before, after)),
        "margin": np.nan if margin is None else margin,
        "p_equivalent": np.nan if margin is None else equivalence(before, after, margin),
        "p_equivalent_holm": np.nan,
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


def _degenerate(cells: "DataFrame", base: str, name: str) -> int:
    """Return how many pairs have a degenerate run in either scenario."""
    if "flags" not in cells:
        return 0
    return int(cells[(cells["flags"] != "") & cells.scenario.isin([base, name])].seed.nunique())


def _mean(values: F8) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _verdict(row: Any) -> str:
    chance = row.p_holm if row.tested else row.p
    better = outcomes()[row.outcome].better
    if not chance < SIGNIFICANT:
        return EQUIVALENT if row.p_equivalent_holm < SIGNIFICANT else NONE_SEEN
    if better == "neither":
        return DIFFERS
    return BETTER if (row.difference > 0) == (better == "more") else WORSE
