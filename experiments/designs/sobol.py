"""Sobol points: so many, a power of 2, that fill all ranges together more evenly than chance (Sobol 1967)."""

from collections.abc import Sequence

from experiments.design import Axis, Design
from experiments.factors import factors_of, filled, points_of
from experiments.sampling import sobol


def design(axes: Sequence[Axis], argument: str = "64", seed: int = 1) -> Design:
    """Return scrambled Sobol points over the ranges of the axes; argument: how many, a power of 2."""
    factors = factors_of(axes)
    return filled(factors, sobol(len(factors), points_of("sobol", argument), seed))
