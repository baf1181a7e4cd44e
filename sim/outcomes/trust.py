"""Trust in each body and efficacy: what households have learned from what befell them and from what they heard."""

from functools import partial
from typing import TYPE_CHECKING

from sim.arithmetic import FINE, fine
from sim.households import ATTITUDES
from sim.outcome import POINTS, Outcome
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community

KEPT = ("trust_residents_committee", "trust_provider", "efficacy")
"""Attitudes of which each week keeps the mean; the others can be had from the households when a run ends."""


def mean_of(attitude: str, community: "Community") -> float:
    """Return an attitude's mean over all dwellings [points]; summed as whole numbers, so that order cannot matter."""
    held = community.households.attitudes.held[list(ATTITUDES).index(attitude)]
    return float(POINTS * fine(held).sum(dtype="int64") / FINE / len(held))


OUTCOMES = tuple(
    Outcome(
        attitude if attitude.startswith("trust") else f"trust_{attitude}",
        label=ATTITUDES[attitude],
        unit=Text(zh="0–100 分", en="points, 0–100"),
        definition=Text(zh="全部住房的{attitude}的平均", en="mean over all dwellings: {attitude}").filled(
            attitude=ATTITUDES[attitude]
        ),
        observe=partial(mean_of, attitude),
        better="more",
    )
    for attitude in KEPT
)
