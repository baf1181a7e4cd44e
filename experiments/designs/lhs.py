"""Latin hypercube: so many points, of which each slice of each range holds one (McKay, Beckman and Conover 1979)."""

from collections.abc import Sequence

from experiments.design import Axis, Design
from experiments.factors import factors_of, filled, points_of
from experiments.sampling import latin_hypercube


def design(axes: Sequence[Axis], argument: str = "64", seed: int = 1) -> Design:
    """Return points that fill the ranges of the axes evenly; argument: how many."""
    factors = factors_of(axes)
    return filled(factors, latin_hypercube(len(factors), points_of("lhs", argument), seed))
