"""Coalitions of the parts of a package, and what each part is worth: leave one out, add one in, Shapley's share.

A coalition is a whole number whose bit i says whether part i is in it: 0 is none, 2**n - 1 the whole package.  A part's
Shapley share (1953) is its mean marginal value over all orders in which parts can join; the shares add up to the value of
the whole, parts that are alike get the same, and one that never changes anything gets nothing.  Exact shares need every
coalition; sampled ones walk along drawn orders, each order and its reverse (Castro, Gomez and Tejada 2009).
"""

from collections.abc import Iterator, Mapping, Sequence
from math import factorial

import numpy as np

from sim.chance import place_key, words
from sim.households import F8

Values = Mapping[int, F8]
"""The value of coalitions, an array each: shape (seeds,)."""
STREAM = place_key("orders of ablation")


def whole(parts: int) -> int:
    """Return the coalition of all parts."""
    return (1 << parts) - 1


def left_out(parts: int) -> list[int]:
    """Return the coalitions that lack one part each, in the order of the parts."""
    return [whole(parts) & ~(1 << part) for part in range(parts)]


def added_in(parts: int) -> list[int]:
    """Return the coalitions of one part each."""
    return [1 << part for part in range(parts)]


def order(parts: int, seed: int) -> list[int]:
    """Return the order in which parts join, drawn evenly from all orders; each seed has its own."""
    drawn = words((np.arange(parts, dtype=np.uint32), np.uint32(parts), STREAM, np.uint32(seed)))[0]
    return [int(part) for part in np.argsort(drawn, kind="stable")]


def walk(joining: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each part with the coalition before it joins and the one after.

    >>> list(walk([1, 0]))
    [(1, 0, 2), (0, 2, 3)]
    """
    before = 0
    for part in joining:
        after = before | (1 << part)
        yield part, before, after
        before = after


def along(joining: Sequence[int]) -> set[int]:
    """Return every coalition that an order and its reverse pass through."""
    return {coalition for way in (joining, joining[::-1]) for _, *pair in walk(way) for coalition in pair}


def exact_shares(values: Values, parts: int) -> F8:
    """Return every part's Shapley share for each seed, shape (parts, seeds), from the values of all coalitions."""
    size = factorial(parts)
    shares = np.zeros((parts, len(values[0])))
    for part in range(parts):
        for before in range(1 << parts):
            if before & (1 << part):
                continue
            joined = before.bit_count()
            weight = factorial(joined) * factorial(parts - joined - 1) / size
            shares[part] += weight * (values[before | (1 << part)] - values[before])
    return shares


def sampled_shares(values: Mapping[int, float], joining: Sequence[int]) -> F8:
    """Return every part's mean marginal value along an order and its reverse, shape (parts,), for one seed."""
    shares = np.zeros(len(joining))
    for way in (joining, joining[::-1]):
        for part, before, after in walk(way):
            shares[part] += (values[after] - values[before]) / 2
    return shares
