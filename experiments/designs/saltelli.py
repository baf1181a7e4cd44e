"""Saltelli's points: what Sobol indices are computed from, (factors + 2) rows for each base point.

Rows of a base point stand together: A, then A with one number at a time from B, then B, in the order that SALib's
`analyze.sobol` with `calc_second_order=False` expects (Saltelli and others 2010).
"""

from collections.abc import Sequence

from experiments.design import Axis, Design
from experiments.factors import factors_of, filled, points_of
from experiments.sampling import saltelli


def design(axes: Sequence[Axis], argument: str = "64", seed: int = 1) -> Design:
    """Return the points; argument: how many base points, a power of 2."""
    factors = factors_of(axes)
    return filled(factors, saltelli(len(factors), points_of("saltelli", argument), seed))
