"""V17: standing in for owners raises coverage, but by itself neither satisfaction nor voice."""

from functools import partial

import numpy as np

from experiments.validation import STANDING_IN, STATUS_QUO, Found, Pattern, Runs, mean, resampled
from sim.households import F8
from sim.texts import Text

COMMITTEES, ACTING = "owners_committees_registered", "stand_in"


def coverage(runs: Runs) -> Found:
    """Return how many more estates and weeks have a committee or somebody standing in [points]."""
    return resampled(_covered(runs, STANDING_IN) - _covered(runs, STATUS_QUO), mean)


def _covered(runs: Runs, scenario: str) -> F8:
    """Return the share of estates and weeks with either [%], shape (n, 1); none has both."""
    weekly = runs.of("outcomes", scenario).groupby("replicate")[[COMMITTEES, ACTING]].mean()
    return weekly.sum(axis=1).to_numpy(np.float64)[:, None]


def difference(outcome: str, runs: Runs) -> Found:
    """Return how much an outcome differs where the residents' committee stands in."""
    return resampled(runs.pairs(outcome, STATUS_QUO, STANDING_IN), mean)


FIRST = Text(
    zh="上限是假定：不到半分没有人察觉",
    en="the limits are assumed: less than half a point is nothing that anybody would notice",
)
PATTERNS = (
    Pattern(
        "V17a",
        Text(
            zh="代行之后，有业委会或有人代行的小区多出",
            en="standing in: estates with a committee or an acting body, more by",
        ),
        Text(zh="个百分点", en="points"),
        "S95",
        coverage,
        "produced",
        5,
    ),
    Pattern(
        "V17b",
        Text(zh="代行（不随后选举）使满意度变化", en="standing in, no election after it: satisfaction, more by"),
        Text(zh="分", en="points"),
        "S95",
        partial(difference, "true_satisfaction"),
        "produced",
        None,
        0.5,
        2,
        FIRST,
    ),
    Pattern(
        "V17c",
        Text(zh="代行使问题说出来的比例变化", en="standing in: problems that are voiced, more by"),
        Text(zh="个百分点", en="points"),
        "S95",
        partial(difference, "voice_share"),
        "produced",
        None,
        0.5,
        2,
        FIRST,
    ),
)
