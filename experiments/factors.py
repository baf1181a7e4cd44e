"""Factors: numbers that a design varies, each over the range that it declares itself, or a narrower one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.design import Axis, Design
from experiments.names import number_at, require
from scenarios.scenario import DIGITS
from sim.errors import InputError
from sim.households import F8
from sim.parts import Number
from sim.texts import Text, same

MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class Factor:
    """A number that a design varies: its key and the range, inclusive; a choice has `choices` instead."""

    key: str
    low: float = 0.0
    high: float = 1.0
    is_whole: bool = False
    choices: tuple[str, ...] = ()

    def at(self, share: float) -> Any:
        """Return the value at a share of the range, 0-1; whole values and choices have equal chances."""
        if self.choices:
            return self.choices[min(int(share * len(self.choices)), len(self.choices) - 1)]
        if self.is_whole:
            return int(min(self.high, np.floor(self.low + share * (self.high - self.low + 1))))
        return float(f"{self.low + share * (self.high - self.low):.{DIGITS}g}")


def factor(key: str, low: float | None = None, high: float | None = None) -> Factor:
    """Return a number as a factor, over the range to explore that it declares, or a narrower one.

    Raises:
        InputError: there is no such number, it has no range, or the range given is not within its bounds.
    """
    require(key)
    about, whole = number_at(key)
    if about.choices:
        return Factor(key, choices=about.choices)
    declared = about.explore or (about.low, about.high)
    ends = (declared[0] if low is None else low, declared[1] if high is None else high)
    if ends[0] is None or ends[1] is None:
        raise InputError(NO_RANGE.filled(key=key), attempt="cogov list")
    _require_within(key, (ends[0], ends[1]), about)
    return Factor(key, ends[0], ends[1], whole)


def factors_of(axes: Sequence[Axis]) -> tuple[Factor, ...]:
    """Return what axes vary: the values they list, the interval they give, or the range that is declared.

    Raises:
        InputError: there is nothing to vary, or an axis has no range.
    """
    if not axes:
        raise InputError(NOTHING, attempt="design=lhs:64 numbers=voice.rate,trust.gain")
    return tuple(
        Factor(axis.key, choices=axis.values) if axis.values else factor(axis.key, axis.low, axis.high) for axis in axes
    )


def points_of(name: str, argument: str) -> int:
    """Return the number of points that `design=NAME:ARGUMENT` asks for.

    Raises:
        InputError: it is none.
    """
    if not (argument.isascii() and argument.isdigit() and 1 <= int(argument) <= MOST_POINTS):
        what = NO_POINTS.filled(name=name, argument=repr(argument))
        raise InputError(what, allowed=same(f"1 - {MOST_POINTS}"), attempt=f"design={name}:64")
    return int(argument)


def filled(factors: Sequence[Factor], shares: F8) -> Design:
    """Return the design whose points lie at shares of the factors' ranges."""
    return Design(tuple(one.key for one in factors), rows(factors, shares))


def rows(factors: Sequence[Factor], shares: F8) -> tuple[tuple[Any, ...], ...]:
    """Return the values of factors at shares of their ranges: shares has shape (points, factors), 0-1."""
    return tuple(tuple(one.at(float(share)) for one, share in zip(factors, row, strict=True)) for row in shares)


def problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """Return factors as SALib's analyses take them."""
    return {
        "num_vars": len(factors),
        "names": [one.key for one in factors],
        "bounds": [[one.low, one.high] for one in factors],
    }


def _require_within(key: str, ends: tuple[float, float], about: Number) -> None:
    low, high = ends
    inside = (about.low is None or low >= about.low) and (about.high is None or high <= about.high)
    if not inside or low >= high:
        raise InputError(
            OUTSIDE.filled(key=key, low=f"{low:g}", high=f"{high:g}"),
            allowed=BOUNDS.filled(low=f"{about.low:g}", high=f"{about.high:g}", unit=about.unit),
        )


NOTHING = Text(zh="设计没有可变的数", en="the design has nothing to vary")
NO_POINTS = Text(
    zh="设计 {name} 要写点数，不能是 {argument}", en="the design {name} takes a number of points, not {argument}"
)
NO_RANGE = Text(zh="{key} 没有可以试探的范围", en="{key} has no range that could be explored")
OUTSIDE = Text(zh="{key} 不能取 {low} 至 {high}", en="{key} cannot range from {low} to {high}")
BOUNDS = Text(zh="{low} 至 {high} 之内（{unit}），下限小于上限", en="within {low} to {high} ({unit}), low before high")
