"""Paired differences with their intervals, equivalence within a margin, and Holm's correction for several questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.households import F8

CONFIDENCE = 0.95
SIGNIFICANT = 0.05
ROUNDING = 1e-12
"""Differences smaller than this part of the values are noise of their last digits and stand for none."""
ALIKE = 1e-9
"""Differences that agree to this part of themselves are one and the same difference."""
FEWEST_ALIKE = 6
"""So many pairs that all differ alike tell more than chance: the sign test's p, 2 / 2**n, is then below `SIGNIFICANT`."""


@dataclass(frozen=True)
class Estimate:
    """A mean difference with its 95 % t interval; n pairs; p, the chance of as much where there is none."""

    difference: float
    low: float
    high: float
    n: int
    p: float


def paired(base: F8, other: F8) -> Estimate:
    """Return how much `other` differs from `base`, pair by pair.

    Student's (1908) t test of paired values.  A pair with a value missing is left out, and `n` tells how many
    are left.  Zero in every pair is zero with the interval [0, 0]; one pair alone has no interval.  Where all pairs
    differ alike there is no variance to reckon with: p is that of the sign test, and the interval is a point, or
    none while the pairs are fewer than `FEWEST_ALIKE`.
    """
    return estimated(differences_of(base, other))


def estimated(differences: F8) -> Estimate:
    """Return the mean of differences, shape (n,), with its interval, as `paired` does."""
    n = len(differences)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, math.nan)
    if not differences.any():
        return Estimate(0.0, 0.0, 0.0, n, 1.0)
    mean = float(differences.mean())
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1, math.nan)
    if are_alike(differences):
        end = mean if n >= FEWEST_ALIKE else math.nan
        return Estimate(mean, end, end, n, 2.0 ** (1 - n))
    return _estimate(mean, float(differences.std(ddof=1)) / math.sqrt(n), n)


def are_alike(differences: F8) -> bool:
    """Say whether all differences, at least one, are the same but for the noise of their last digits."""
    return bool(np.ptp(differences) <= ALIKE * np.abs(differences).max())


def _estimate(mean: float, error: float, n: int) -> Estimate:
    from scipy.special import stdtr, stdtrit  # scipy.stats takes a second to import

    margin = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * error
    p = 2 * float(stdtr(n - 1, -abs(mean / error)))
    return Estimate(mean, mean - margin, mean + margin, n, p)


def differences_of(base: F8, other: F8) -> F8:
    """Return the differences of the pairs that have both values; noise of the last digits is exactly zero."""
    differences = np.asarray(other, np.float64) - np.asarray(base, np.float64)
    return without_noise(differences, np.maximum(np.abs(base), np.abs(other)))[~np.isnan(differences)]


def without_noise(differences: F8, size: F8) -> F8:
    """Return differences with exactly zero for those that are noise of the last digits of values of some size."""
    return np.where(np.abs(differences) <= ROUNDING * size, 0.0, differences)


def share_better(base: F8, other: F8, better: str) -> float:
    """Return the share of pairs in which `other` is the better one; nan where neither direction is better."""
    differences = differences_of(base, other)
    if better == "neither" or not len(differences):
        return math.nan
    return float((differences > 0).mean() if better == "more" else (differences < 0).mean())


def effect_size(base: F8, other: F8) -> float:
    """Return the mean difference in standard deviations between runs: Cohen's d with the average of both variances.

    It tells how large a difference is against what chance alone makes of one scenario; pairing does not inflate it
    (Cumming 2012).  Nan for fewer than two pairs, or where runs do not differ at all but the scenarios do.
    """
    difference = differences_of(base, other)
    if len(difference) < 2:
        return math.nan
    if not difference.any():
        return 0.0
    spread = math.sqrt((float(np.var(base, ddof=1)) + float(np.var(other, ddof=1))) / 2)
    return float(difference.mean()) / spread if spread else math.nan


def equivalence(base: F8, other: F8, margin: float) -> float:
    """Return p of two one-sided t tests (Schuirmann 1987): small where the difference lies within the margin.

    margin: in the unit of the values, the largest difference that does not matter.  Nan for fewer than two pairs.
    Where all pairs differ alike each one-sided test is a sign test.
    """
    from scipy.special import stdtr

    differences = differences_of(base, other)
    if len(differences) < 2:
        return math.nan
    mean = float(differences.mean())
    if are_alike(differences):
        return 2.0 ** -len(differences) if abs(mean) < margin else 1.0
    error = float(differences.std(ddof=1)) / math.sqrt(len(differences))
    return float(stdtr(len(differences) - 1, (abs(mean) - margin) / error))


def holm(chances: Sequence[float]) -> list[float]:
    """Return p values corrected for their number by Holm's (1979) method; nan is no question and stays nan.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    asked = sorted((p, index) for index, p in enumerate(chances) if not math.isnan(p))
    corrected, highest = [math.nan] * len(chances), 0.0
    for rank, (p, index) in enumerate(asked):
        highest = max(highest, min(1.0, p * (len(asked) - rank)))
        corrected[index] = highest
    return corrected
