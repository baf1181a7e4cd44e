"""What a search found: a row a draw, what moves with the difference, the extremes on fresh seeds."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.statistics import CONFIDENCE, paired
from sim.households import F8
from sim.outcome import outcomes
from sim.parts import parts

if TYPE_CHECKING:
    from pandas import DataFrame

DRAWS = "draws.csv"
DRAWN, BASE_PART = "~", "b"
"""A scenario of a draw is called `name~0007`, its base `name~0007b`."""
SATISFACTION = "true_satisfaction"
HELP, HARM = "help", "harm"


@dataclass(frozen=True)
class Correlation:
    """How a number moves with the difference: Spearman's rank correlation over so many draws."""

    key: str
    rho: float
    n: int


def draws_table(tables: "Mapping[str, DataFrame]", values: Sequence[Mapping[str, float]], fresh_seed: int) -> "DataFrame":
    """Return a row for each draw: mean paired differences, then its numbers.

    Columns: draw, n (pairs of which both runs are done), satisfaction [points], `by.ARCHETYPE`, other
    headline outcomes, the numbers.  Pairs with seeds from `fresh_seed` on confirm something and are left
    out.
    """
    from pandas import DataFrame

    pairs = paired_differences(tables)
    first = pairs[pairs.seed < fresh_seed]
    means = first.groupby("draw").mean(numeric_only=True).drop(columns="seed")
    means.insert(0, "n", first.groupby("draw").size())
    means = means.rename(columns={SATISFACTION: "satisfaction"}).reindex(range(len(values)))
    means["n"] = means["n"].fillna(0).astype(int)
    drawn = DataFrame(list(values), index=means.index)
    return means.join(drawn).rename_axis("draw").reset_index()


def paired_differences(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return a row for each pair: draw, seed, differences in satisfaction, by archetype, on headlines."""
    headlines = [key for key, outcome in outcomes().items() if outcome.headline]
    cells = tables["cells"]
    done = cells[cells.state == "done"]
    wide = done.join(_by_archetype(tables["by_estate"]), on="cell")
    columns = [SATISFACTION, *_archetypes(wide), *(key for key in headlines if key != SATISFACTION)]
    part = wide.scenario.str.partition(DRAWN)[2]
    keyed = wide.assign(draw=part.str[:4].astype(int), is_base=part.str.endswith(BASE_PART))
    keyed = keyed.set_index(["draw", "seed"])
    base, other = keyed[keyed.is_base][columns], keyed[~keyed.is_base][columns]
    both = base.index.intersection(other.index)
    return (other.loc[both] - base.loc[both]).reset_index()


def _by_archetype(by_estate: "DataFrame") -> "DataFrame":
    wide = by_estate.groupby(["cell", "archetype"])[SATISFACTION].mean().unstack()
    return wide.add_prefix("by.")


def _archetypes(frame: "DataFrame") -> list[str]:
    return [f"by.{key}" for key in parts("archetype") if f"by.{key}" in frame]


def extremes(draws: "DataFrame") -> list[int]:
    """Return the draws with the largest rise and the largest fall of satisfaction, where they differ."""
    known = draws[draws.satisfaction.notna()]
    best, worst = (known.loc[known.satisfaction.agg(which), "draw"] for which in ("idxmax", "idxmin"))
    return [int(best)] if best == worst else [int(best), int(worst)]


def confirmed(tables: "Mapping[str, DataFrame]", draws: "DataFrame", fresh_seed: int) -> "DataFrame":
    """Return the extremes on fresh seeds: overall and by archetype, with 95 % t intervals."""
    from pandas import DataFrame

    pairs = paired_differences(tables)
    fresh = pairs[pairs.seed >= fresh_seed]
    rows = list(_confirmed(fresh, extremes(draws))) if len(fresh) else []
    return DataFrame(rows, columns=["which", "draw", "where", "difference", "low", "high", "n"])


def _confirmed(fresh: "DataFrame", draws: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for which, draw in zip((HELP, HARM), draws, strict=False):
        mine = fresh[fresh.draw == draw]
        for column in (SATISFACTION, *_archetypes(mine)):
            differences = mine[column].to_numpy(np.float64)
            estimate = paired(np.zeros(len(differences)), differences)
            where = column.removeprefix("by.") if column != SATISFACTION else ""
            yield which, draw, where, estimate.difference, estimate.low, estimate.high, estimate.n


def correlations(draws: "DataFrame", numbers: Sequence[str]) -> list[Correlation]:
    """Return the rank correlation of each number with the difference in satisfaction, the strongest first.

    A number that takes one value only has none.
    """
    known = draws[draws.satisfaction.notna()]
    ranks = known[[*numbers, "satisfaction"]].rank()
    found = [
        Correlation(key, _correlation(ranks[key].to_numpy(), ranks.satisfaction.to_numpy()), len(known)) for key in numbers
    ]
    told = [one for one in found if not math.isnan(one.rho)]
    return sorted(told, key=lambda one: (-abs(one.rho), one.key))


def _correlation(one: F8, other: F8) -> float:
    """Return Pearson's correlation; nan where one of them never moves."""
    one, other = one - one.mean(), other - other.mean()
    size = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / size if size else math.nan


def noise_level(n: int, numbers: int) -> float:
    """Return the size below which the largest of so many correlations stays where nothing is related.

    In 95 of 100 cases. Normal approximation, standard error 1 / sqrt(n - 1), Bonferroni's correction for
    the number of numbers.

    >>> round(noise_level(40, 1), 2), round(noise_level(40, 200), 2)
    (0.31, 0.59)
    """
    from scipy.special import ndtri

    if n < 3 or not numbers:
        return 1.0
    return min(1.0, float(ndtri(1 - (1 - CONFIDENCE) / (2 * numbers))) / math.sqrt(n - 1))
