"""Every combination of the values given."""

from collections.abc import Sequence
from itertools import product

from experiments.design import Axis, Design
from sim.errors import InputError
from sim.texts import Text


def design(axes: Sequence[Axis], argument: str = "", seed: int = 1) -> Design:
    """Return every combination of the axes' values, the last axis running fastest.

    Raises:
        InputError: an axis lists no values.

    >>> design([Axis("a", ("1", "2")), Axis("b", ("x", "y"))]).points
    (('1', 'x'), ('1', 'y'), ('2', 'x'), ('2', 'y'))
    """
    for axis in axes:
        if not axis.values:
            raise InputError(NO_VALUES.filled(key=axis.key), attempt=f"{axis.key}='range(...)'")
    return Design(tuple(axis.key for axis in axes), tuple(product(*(axis.values for axis in axes))))


NO_VALUES = Text(
    zh="{key} 没有列出取值；区间只用于填满区间的设计",
    en="{key} lists no values; an interval goes with a design that fills ranges",
)
