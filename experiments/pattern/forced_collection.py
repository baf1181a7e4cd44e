"""V10: forced collection raises payment and lowers trust."""

from collections.abc import Callable
from functools import partial

from experiments.validation import STATUS_QUO, WITHOUT_SUITS, Found, Pattern, Runs, mean, resampled
from sim.texts import Text


def with_suits(outcome: str, runs: Runs) -> Found:
    """Return how much an outcome differs where firms sue from where they do not, on common random numbers."""
    return resampled(runs.pairs(outcome, WITHOUT_SUITS, STATUS_QUO), mean)


def measure_of(outcome: str) -> Callable[[Runs], Found]:
    """Return the measure of one outcome's difference."""
    return partial(with_suits, outcome)


FIRST = Text(
    zh="是全小区的平均，不只是被诉的户；“三分之二说关系变差”没有对应；习惯和信任的变动幅度是设定的",
    en="means of whole estates, not of those sued; 'two thirds report worse relations' has no counterpart; "
    "what a suit does to habit and trust is set",
)
PATTERNS = tuple(
    Pattern(id, what, unit, "S55", measure_of(outcome), "imposed", decimals=2, missing=FIRST)
    for id, what, unit, outcome in (
        (
            "V10a",
            Text(
                zh="企业起诉与不起诉相比，收缴率之差（文献：升）",
                en="collection where firms sue less where they do not (in life: up)",
            ),
            Text(zh="个百分点", en="points"),
            "collection_rate",
        ),
        (
            "V10b",
            Text(
                zh="企业起诉与不起诉相比，对企业信任之差（文献：降）",
                en="trust in the firm where firms sue less where they do not (in life: down)",
            ),
            Text(zh="分", en="points"),
            "attitudes_trust_provider",
        ),
    )
)
