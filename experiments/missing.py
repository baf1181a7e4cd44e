"""Values that are not there: which runs leave an outcome without one, named and counted, never dropped in silence.

An outcome has no value where there is nothing to be a share of, as turnout where no ballot was held; a run that failed
has none at all.  Its pair is left out of that outcome's difference.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from experiments.finished import Finished
from sim.outcome import outcomes
from sim.texts import Language, Text, joined

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_NAMED = 5


def missing(cells: "DataFrame") -> "DataFrame":
    """Return a row for each outcome and finished run that has no value of it: outcome, scenario, seed, cell."""
    done = cells[cells.state == "done"]
    held = [key for key in outcomes() if key in done]
    long = done.melt(["scenario", "seed", "cell"], held, "outcome", "value")
    found = long[long.value.isna()].drop(columns="value")
    return found[["outcome", "scenario", "seed", "cell"]].reset_index(drop=True)


def missing_lines(experiment: Finished, lang: Language) -> Iterator[str]:
    """Yield how many pairs lack a value, by outcome, with the seeds of a few."""
    effects = experiment.tables["effects"]
    lacking = effects[effects.missing > 0]
    if not len(lacking):
        return
    found = missing(experiment.tables["cells"])
    named = [
        ONE.filled(
            outcome=outcomes()[str(key)].label, missing=int(most), pairs=_pairs(experiment), seeds=_seeds(found, str(key))
        )
        for key, most in lacking.groupby("outcome", sort=False).missing.max().items()
    ]
    yield LACKING.say(lang, named=joined(named, lang))


def _pairs(experiment: Finished) -> int:
    return int(experiment.tables["cells"].seed.nunique())


def _seeds(found: "DataFrame", key: str) -> Text:
    seeds: Sequence[int] = sorted(found.seed[found.outcome == key].unique())
    some = ", ".join(str(seed) for seed in seeds[:MOST_NAMED]) + (" ..." if len(seeds) > MOST_NAMED else "")
    return SEEDS.filled(seeds=some) if some else FAILED


LACKING = Text(
    zh="缺值（这些对不计入该项之差）：{named}。",
    en="without a value (these pairs are left out of that difference): {named}.",
)
ONE = Text(zh="{outcome} {pairs} 对中缺 {missing}（{seeds}）", en="{outcome} {missing} of {pairs} pairs ({seeds})")
SEEDS = Text(zh="种子 {seeds}", en="seeds {seeds}")
FAILED = Text(zh="运行失败", en="failed runs")
