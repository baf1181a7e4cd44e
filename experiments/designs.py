"""Designs: which cells an experiment lives through, as a table with a row a cell and a column a factor.

`grid` takes every combination of some values; `latin_hypercube` (McKay, Beckman and Conover 1979) and `sobol`
(Sobol 1967, scrambled after Owen 1998) fill the ranges evenly; `saltelli` (Saltelli and others 2010) repeats each
base point with one number at a time taken from another, so that Sobol indices can be computed from the results.
Ranges are those that the numbers themselves declare.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.names import number_at, require
from scenarios.scenario import DIGITS
from sim.errors import InputError, nearest
from sim.households import F8
from sim.parts import Number
from sim.texts import Text, same

if TYPE_CHECKING:
    from pandas import DataFrame

ROW = "row"
"""The column that says to which row of the design a result belongs, counted from 0."""


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


@dataclass(frozen=True)
class Design:
    """The cells of an experiment before they are repeated.

    columns: keys, as on the command line.  rows: a value for each column.  factors: the ranges that the rows
    were drawn from; none for a grid or a file.  carried: columns of a user's file that set nothing, by head.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    factors: tuple[Factor, ...] = ()
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def cells(self) -> list[dict[str, Any]]:
        """Return what each row sets, by key."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def table(self) -> "DataFrame":
        """Return the design as a tidy table: `row`, what is set, and what a user's file carried along."""
        from pandas import DataFrame

        told = DataFrame(list(self.rows), columns=list(self.columns))
        for head, words in self.carried.items():
            told[head] = list(words)
        return told.rename_axis(ROW).reset_index()


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


def factor_of(words: str) -> Factor:
    """Return the factor that is written `key` or `key:low:high`.

    >>> factor_of("voice.rate:0.1:0.2")
    Factor(key='voice.rate', low=0.1, high=0.2, is_whole=False, choices=())
    """
    key, *ends = words.split(":")
    try:
        low, high = map(float, ends) if ends else (None, None)
    except ValueError:
        raise InputError(UNREAD.filled(words=words), allowed=FORM) from None
    return factor(key, low, high)


def grid(values: Mapping[str, Sequence[Any]]) -> Design:
    """Return every combination of the values of some keys; the last key changes fastest."""
    return Design("grid", tuple(values), tuple(product(*(_rounded(each) for each in values.values()))))


def design_of(kind: str, factors: Sequence[Factor], points: int, seed: int) -> Design:
    """Return a design of a kind in `KINDS` over some factors, the same for the same seed.

    points: base points; `saltelli` makes (factors + 2) rows of each, and like `sobol` wants a power of 2.

    Raises:
        InputError: there is no such kind, nothing to vary, or a number of points that the kind cannot take.
    """
    if kind not in KINDS:
        raise InputError(NO_KIND.filled(kind=kind), allowed=same(", ".join(KINDS)), nearest=nearest(kind, KINDS))
    if not factors:
        raise InputError(NOTHING.filled(kind=kind), attempt=f"design={kind} numbers=voice.rate,trust.gain")
    if kind in POWERS and (points < 2 or points & (points - 1)):
        power = 1 << max(1, (points - 1).bit_length())
        raise InputError(NO_POWER.filled(kind=kind, points=points), attempt=f"points={power}")
    shares = KINDS[kind](len(factors), points, seed)
    rows = tuple(tuple(one.at(float(share)) for one, share in zip(factors, row, strict=True)) for row in shares)
    return Design(kind, tuple(one.key for one in factors), rows, tuple(factors))


def problem(design: Design) -> dict[str, Any]:
    """Return a design's factors as SALib's analyses take them."""
    return {
        "num_vars": len(design.factors),
        "names": [one.key for one in design.factors],
        "bounds": [[one.low, one.high] for one in design.factors],
    }


def evaluated(design: Design, function: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> "DataFrame":
    """Return the tidy table of a design whose cells are any function of what they set: its columns, the results."""
    from pandas import DataFrame

    results = DataFrame([function(cell) for cell in design.cells()])
    return design.table().join(results)


def _latin_hypercube(factors: int, points: int, seed: int) -> F8:
    from scipy.stats import qmc

    shares: F8 = qmc.LatinHypercube(factors, rng=np.random.default_rng(seed)).random(points)
    return shares


def _sobol(factors: int, points: int, seed: int) -> F8:
    from scipy.stats import qmc

    shares: F8 = qmc.Sobol(factors, rng=np.random.default_rng(seed)).random(points)
    return shares


def _saltelli(factors: int, points: int, seed: int) -> F8:
    """Return the rows of each base point together: A, A with its i-th number from B for every i, B."""
    base = _sobol(2 * factors, points, seed)
    first, second = base[:, :factors], base[:, factors:]
    mixed = np.repeat(first[:, None, :], factors, axis=1)
    turned = np.arange(factors)
    mixed[:, turned, turned] = second
    return np.concatenate([first[:, None], mixed, second[:, None]], axis=1).reshape(-1, factors)


def _rounded(values: Sequence[Any]) -> list[Any]:
    return [float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value for value in values]


def _require_within(key: str, ends: tuple[float, float], about: Number) -> None:
    low, high = ends
    inside = (about.low is None or low >= about.low) and (about.high is None or high <= about.high)
    if not inside or low >= high:
        raise InputError(
            OUTSIDE.filled(key=key, low=f"{low:g}", high=f"{high:g}"),
            allowed=BOUNDS.filled(low=f"{about.low:g}", high=f"{about.high:g}", unit=about.unit),
        )


KINDS: Mapping[str, Callable[[int, int, int], F8]] = MappingProxyType(
    {"latin_hypercube": _latin_hypercube, "sobol": _sobol, "saltelli": _saltelli}
)
POWERS = ("sobol", "saltelli")
NO_KIND = Text(zh="没有名为 {kind} 的试验设计", en="there is no design called {kind}")
NOTHING = Text(zh="设计 {kind} 没有可变的数：请写 numbers=", en="the design {kind} has nothing to vary: name numbers=")
NO_POWER = Text(
    zh="设计 {kind} 的点数要是 2 的幂，不能是 {points}",
    en="the design {kind} takes a power of 2 as its number of points, not {points}",
)
NO_RANGE = Text(zh="{key} 没有可以试探的范围", en="{key} has no range that could be explored")
UNREAD = Text(zh="看不懂范围 {words}", en="the range {words} cannot be read")
FORM = Text(zh="参数，或 参数:下限:上限", en="KEY, or KEY:LOW:HIGH")
OUTSIDE = Text(zh="{key} 不能取 {low} 至 {high}", en="{key} cannot range from {low} to {high}")
BOUNDS = Text(zh="{low} 至 {high} 之内（{unit}），下限小于上限", en="within {low} to {high} ({unit}), low before high")
