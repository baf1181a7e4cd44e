"""Bootstrap interval of a mean paired difference: bias-corrected and accelerated (Efron 1987).

It asks for no normal distribution: pairs are drawn anew with replacement, and the interval is read from the means
that come out, its ends moved for bias and for a skewed distribution.  The draws are addressed by the number of pairs
alone, so that one table of results always has one interval and outcomes share their resamples.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from experiments.statistics import FEWEST_ALIKE, ROUNDING, are_alike
from sim.chance import place_key, words
from sim.households import F8

MOST, LEAST, DRAWS = 4000, 1000, 20_000_000
"""Resamples at most, at least, and how many numbers they may take together before there are fewer of them."""
STREAM = place_key("bootstrap of pairs")
WORD = 2.0**32


def bootstrap_interval(differences: F8, confidence: float = 0.95) -> tuple[float, float]:
    """Return the ends of the interval; nan for fewer than two pairs, a point where all pairs differ alike.

    Pairs that all differ alike have no interval while they are fewer than `FEWEST_ALIKE`.

    differences: shape (n,), none of them nan.  The differences turned about give the interval turned about.

    >>> low, high = bootstrap_interval(np.array([1.0, 2.0, 3.0, 4.0]))
    >>> 1.0 < low < 2.0 and 3.0 < high < 4.0
    True
    """
    if len(differences) < 2:
        return math.nan, math.nan
    if are_alike(differences):
        told = not differences.any() or len(differences) >= FEWEST_ALIKE
        return (float(differences[0]), float(differences[0])) if told else (math.nan, math.nan)
    if differences[np.flatnonzero(differences)[0]] < 0:
        low, high = _interval(-differences, confidence)
        return -high, -low
    return _interval(differences, confidence)


def _interval(differences: F8, confidence: float) -> tuple[float, float]:
    from scipy.special import ndtr, ndtri

    means = np.sort(differences[resamples(len(differences))].mean(axis=1))
    mean = differences.mean()
    tie = ROUNDING * np.abs(differences).max()  # sums of the same numbers in another order end in other digits
    below = ((means < mean - tie).sum() + 0.5 * (np.abs(means - mean) <= tie).sum()) / len(means)
    bias = float(ndtri(np.clip(below, 1 / len(means), 1 - 1 / len(means))))
    away = float(ndtri((1 + confidence) / 2))
    skew = acceleration(differences)
    shares = [float(ndtr(bias + (bias + end) / (1 - skew * (bias + end)))) for end in (-away, away)]
    low, high = (float(means[round(share * (len(means) - 1))]) for share in shares)
    return low, high


def acceleration(differences: F8) -> float:
    """Return how the spread of the mean changes with the mean: a sixth of the skewness of the jackknife means.

    >>> acceleration(np.array([1.0, 2.0, 3.0]))
    0.0
    """
    around = differences - differences.mean()
    return float((around**3).sum() / (6 * (around**2).sum() ** 1.5))


@lru_cache(maxsize=4)
def resamples(n: int) -> npt.NDArray[np.int64]:
    """Return which pairs each resample holds: shape (resamples, n), each of 0 to n - 1 with equal chance."""
    number = np.arange(max(LEAST, min(MOST, DRAWS // n)) * n, dtype=np.uint32)
    drawn = words((number, np.uint32(n), STREAM, np.uint32(0)))[0]
    return (drawn * (n / WORD)).astype(np.int64).reshape(-1, n)
