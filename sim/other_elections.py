"""Other ways to fill seats, to be compared with the lawful one: none of them is lawful for an owners' committee (L111).

`plurality_at_large`: as many marks as seats, the most marks win; papers with more marks are void.  `approval`: any number of
marks, the most win.  `proportional_approval` and `equal_shares`: large minorities get seats in proportion (Thiele 1895;
Peters and Skowron 2020), counted by the library `abcvoting` (extra `elections`), which is loaded when it is asked for.
All count heads, not area.  A rule gives every committee that ties for the first place; a keyed lot chooses one.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from sim.election import Lot
from sim.errors import InputError
from sim.regime import Flags
from sim.texts import Text

Committee = tuple[int, ...]
NO_LIBRARY = Text(
    zh="选举规则 {rule} 要用到 abcvoting 库，没有装",
    en="the election rule {rule} needs the library abcvoting, which is not installed",
)
INSTALL = 'pip install "cogov[elections]"'


class Chosen(NamedTuple):
    """The committee that a rule seats, best lots first, and how many committees tied for it."""

    elected: tuple[str, ...]
    tied: int


def approval(marks: Flags, seats: int) -> list[Committee]:
    """Return all committees with the most marks; marks: shape (voters, candidates)."""
    votes = np.count_nonzero(marks, axis=0)
    seats = min(seats, len(votes))
    last = np.sort(votes)[::-1][seats - 1] if seats else 0
    sure = np.flatnonzero(votes > last).tolist() if seats else []
    level = np.flatnonzero(votes == last).tolist() if seats else []
    return [tuple(sorted((*sure, *some))) for some in combinations(level, seats - len(sure))]


def plurality_at_large(marks: Flags, seats: int) -> list[Committee]:
    """Return all committees with the most marks, of papers with no more marks than seats."""
    return approval(marks[np.count_nonzero(marks, axis=1) <= seats], seats)


def proportional_approval(marks: Flags, seats: int) -> list[Committee]:
    """Return all committees with the largest sum over voters of 1 + 1/2 + ... + 1/(their marks that are seated)."""
    return _by_library("pav", marks, seats, algorithm="branch-and-bound")


def equal_shares(marks: Flags, seats: int) -> list[Committee]:
    """Return all committees that voters buy from equal shares of the seats, completed by Phragmen's sequential rule."""
    return _by_library("equal-shares", marks, seats, algorithm="standard-fractions")


RULES: Mapping[str, Callable[[Flags, int], list[Committee]]] = MappingProxyType(
    {rule.__name__: rule for rule in (plurality_at_large, approval, proportional_approval, equal_shares)}
)


def choose(rule: str, candidates: Sequence[str], marks: Flags, seats: int, lot: Lot) -> Chosen:
    """Return the committee that a rule gives; of several, the one with the best lots."""
    tied = RULES[rule](marks, seats)
    best = max(tied, key=lambda committee: sorted((lot(candidates[one]) for one in committee), reverse=True))
    return Chosen(tuple(candidates[one] for one in best), len(tied))


def _by_library(rule: str, marks: Flags, seats: int, algorithm: str) -> list[Committee]:
    voters = [set(np.flatnonzero(paper).tolist()) for paper in marks if paper.any()]
    seats = min(seats, marks.shape[1])
    if not voters or not seats:
        return approval(marks, seats)
    abcrules, preferences = _library(rule)
    profile = preferences.Profile(marks.shape[1])
    profile.add_voters(voters)
    return sorted(tuple(sorted(one)) for one in abcrules.compute(rule, profile, seats, algorithm=algorithm, resolute=False))


def _library(rule: str) -> tuple[Any, Any]:
    try:
        from abcvoting import abcrules, preferences  # late: an extra, and slow to load
    except ImportError:
        raise InputError(NO_LIBRARY.filled(rule=rule), attempt=INSTALL) from None
    return abcrules, preferences
