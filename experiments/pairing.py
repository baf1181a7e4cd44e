"""What common random numbers save: the variance of a difference under one seed in both against seeds of their own.

A pair lives through the same shocks in both scenarios, and what they share falls out of the difference.  With seeds of
their own the variance would be the sum of both scenarios' variances, which the same runs tell.  The gain, one variance
over the other, is how many times as many runs independent seeds would need for the same interval; 1 is no gain.
"""

import math
from dataclasses import dataclass

from sim.households import F8


@dataclass(frozen=True)
class Pairing:
    """Variances of the difference of one pair: with the seed shared, and with a seed each [unit squared].

    pairing_gain: the second over the first; nan where every pair has the same difference, and where
    one scenario never varies: there is nothing to share.
    """

    variance_paired: float
    variance_independent: float
    pairing_gain: float


def pairing(base: F8, other: F8) -> Pairing:
    """Return what pairing saves for one outcome; nan for fewer than two pairs.

    base, other: shape (n,), pair by pair, none of them nan.
    """
    if len(base) < 2:
        return Pairing(math.nan, math.nan, math.nan)
    paired = float((other - base).var(ddof=1))
    independent = float(base.var(ddof=1) + other.var(ddof=1))
    is_shared = paired and base.std() and other.std()
    return Pairing(paired, independent, independent / paired if is_shared else math.nan)
