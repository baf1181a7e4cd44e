"""Points that fill the unit cube evenly: the shares of their ranges at which a design takes its numbers.

Latin hypercube: McKay, Beckman and Conover (1979). Sobol points: Sobol (1967), scrambled after Owen (1998).
Saltelli and others (2010): each base point is repeated with one number at a time taken from another, so that Sobol
indices can be computed from the results.
"""

import numpy as np

from sim.errors import InputError
from sim.households import F8
from sim.texts import Text


def latin_hypercube(factors: int, points: int, seed: int) -> F8:
    """Return points of which each slice of each axis holds one: shape (points, factors)."""
    from scipy.stats import qmc

    shares: F8 = qmc.LatinHypercube(factors, rng=np.random.default_rng(seed)).random(points)
    return shares


def sobol(factors: int, points: int, seed: int) -> F8:
    """Return scrambled Sobol points: shape (points, factors); points: a power of 2."""
    from scipy.stats import qmc

    _require_power(points)
    shares: F8 = qmc.Sobol(factors, rng=np.random.default_rng(seed)).random(points)
    return shares


def saltelli(factors: int, points: int, seed: int) -> F8:
    """Return the rows of each base point together: A, A with its i-th number from B for every i, B.

    Shape (points x (factors + 2), factors), in the order that SALib's analysis expects; points: a power of 2.
    """
    base = sobol(2 * factors, points, seed)
    first, second = base[:, :factors], base[:, factors:]
    mixed = np.repeat(first[:, None, :], factors, axis=1)
    turned = np.arange(factors)
    mixed[:, turned, turned] = second
    return np.concatenate([first[:, None], mixed, second[:, None]], axis=1).reshape(-1, factors)


def _require_power(points: int) -> None:
    if points < 2 or points & (points - 1):
        power = 1 << max(1, (points - 1).bit_length())
        raise InputError(NO_POWER.filled(points=points, power=power))


NO_POWER = Text(
    zh="这种设计的点数要是 2 的幂，不能是 {points}；可用 {power}",
    en="this design takes a power of 2 as its number of points, not {points}; {power} would do",
)
