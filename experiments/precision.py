"""Replicates until a difference is known precisely enough: in batches, up to a maximum, and honest where it is not.

Only the width of the interval decides when to stop, never the difference itself, so that going on does not favour a
result.  Seeds run on from one batch to the next: who stops at 60 pairs has the first 60 of who stops at 90.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from experiments.manifest import text_of
from experiments.request import Request
from experiments.statistics import FEWEST_ALIKE
from experiments.terminal import value
from sim.outcome import outcomes
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

SLACK = 1.1
"""How many more pairs than the variance so far asks for are lived through at once."""
DECIMALS = 2


@dataclass(frozen=True)
class Width:
    """How precisely the difference of one scenario in one outcome is known; half_width: of its 95 % t interval.

    asked: the half width that is wanted, in the unit of the outcome.
    """

    outcome: str
    scenario: str
    asked: float
    half_width: float
    n: int

    @property
    def is_reached(self) -> bool:
        """Tell whether it is precise enough; a difference without an interval, or the same in a few pairs only, is not."""
        return self.half_width <= self.asked and (self.half_width > 0 or self.n >= FEWEST_ALIKE)


def widths(effects: "DataFrame", precision: Mapping[str, float]) -> list[Width]:
    """Return how precisely every difference that a precision is asked for is known."""
    rows: list[Any] = [row for row in effects.itertuples() if row.outcome in precision]
    return [Width(row.outcome, row.scenario, precision[row.outcome], (row.high - row.low) / 2, row.n) for row in rows]


def enough(found: Sequence[Width], request: Request) -> bool:
    """Say whether no more replicates are wanted, or none are allowed."""
    return request.replicates >= request.most or all(one.is_reached for one in found)


def more(found: Sequence[Width], request: Request, first: int) -> int:
    """Return how many replicates to have next: as many as the variance so far asks for.

    At least `first` more, at most twice as many, and never above the maximum.
    """
    ratios = [(one.half_width / one.asked) ** 2 for one in found if math.isfinite(one.half_width)]
    wanted = math.ceil(SLACK * request.replicates * max(ratios, default=1.0))
    least, most = request.replicates + first, max(2 * request.replicates, request.replicates + first)
    return min(request.most, max(least, min(most, wanted)))


def told_precision(found: Sequence[Width], request: Request, first: int) -> dict[str, Any]:
    """Return what the manifest says of it."""
    told = [{**asdict(one), "reached": one.is_reached} for one in found]
    return {
        "first": first,
        "most": request.most,
        "widths": [{**one, "half_width": _finite(one["half_width"])} for one in told],
    }


def _finite(width: float) -> float | None:
    return width if math.isfinite(width) else None


def precision_lines(manifest: Mapping[str, Any], lang: Language) -> Iterator[str]:
    """Yield whether each precision asked for was reached; nothing where none was asked for."""
    names = {scenario["name"]: text_of(scenario) for scenario in manifest["scenarios"]}
    for one in (manifest.get("precision") or {"widths": []})["widths"]:
        outcome = outcomes()[one["outcome"]]
        half = math.nan if one["half_width"] is None else one["half_width"]
        text = REACHED if one["reached"] else NOT_REACHED
        yield text.say(
            lang,
            scenario=names[one["scenario"]],
            outcome=outcome.label,
            asked=f"{one['asked']:g}",
            half=value(half, DECIMALS),
            n=one["n"],
            unit=outcome.unit,
        )


REACHED = Text(
    zh="精度：{scenario}，{outcome}之差要求 ±{asked}（{unit}），已达到：{n} 对，±{half}。",
    en="precision: {scenario}, difference in {outcome} wanted to ±{asked} ({unit}): reached with {n} pairs, ±{half}.",
)
NOT_REACHED = Text(
    zh="精度：{scenario}，{outcome}之差要求 ±{asked}（{unit}），【未达到】：做到上限 {n} 对，仍为 ±{half}。",
    en="precision: {scenario}, difference in {outcome} wanted to ±{asked} ({unit}): NOT REACHED with {n} pairs, the "
    "most allowed: ±{half}.",
)
