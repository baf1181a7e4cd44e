"""Who talks with whom: ties in jagged-diagonal form.

Households of an estate are sorted by falling degree.  Slot s holds the s-th neighbour of every household that has one; these
households are the first `count[s]` rows, so a pass over all ties is one plain loop a slot over contiguous memory.
"""

import numpy as np

from sim.households import I8, Ties


def jagged(edges: I8, size: int) -> tuple[Ties, I8]:
    """Return the ties of one estate and the order of its households.

    edges: shape (m, 2); pairs of household numbers, each pair once, no household tied to itself.
    Returns the ties between *rows*, and `order`: row r holds household `order[r]`.

    >>> ties, order = jagged(np.array([[0, 1], [1, 2]]), 3)
    >>> order.tolist(), ties.count.tolist(), ties.neighbour.tolist()
    ([1, 0, 2], [3, 1], [1, 0, 0, 2])
    """
    both = np.concatenate([edges, edges[:, ::-1]])
    degree = np.bincount(both[:, 0], minlength=size)
    order = np.argsort(-degree, kind="stable")
    row = np.empty(size, np.int64)
    row[order] = np.arange(size)
    ends = np.sort(row[both[:, 0]] * size + row[both[:, 1]])  # a pair of rows as one number
    sorted_degree = degree[order]
    first = np.cumsum(sorted_degree) - sorted_degree
    slot = np.arange(len(ends)) - np.repeat(first, sorted_degree)
    by_slot = np.argsort(slot.astype(np.uint16), kind="stable")
    neighbour = (ends % size)[by_slot].astype(np.uint16)
    count = np.bincount(slot, minlength=0).astype(np.int32)
    offset = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64) if len(count) else np.empty(0, np.int64)
    slots = np.array([0, len(count)], np.int64)
    return Ties(slots, count, offset, neighbour, sorted_degree.astype(np.uint16)), order


def neighbours_of(ties: Ties, estate: int, row: int) -> list[int]:
    """Return the rows (within the estate) that one household is tied to, in slot order."""
    slots = range(int(ties.slots[estate]), int(ties.slots[estate + 1]))
    return [int(ties.neighbour[ties.offset[slot] + row]) for slot in slots if row < ties.count[slot]]
