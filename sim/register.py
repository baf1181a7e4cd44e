"""The owners of a vote: one line an owner, who is one head with the area of all that is the owner's.

A head is an owner, not a unit: an owner of several units is one, and the developer is one with everything
that is unsold or sold but not delivered, whoever bought it (Condominium Interpretation art. 9).  An
institution is one head with a large area.  A register as users have it, a line a unit with proxies and
co-owners, becomes such heads in `sim.papers`; dwellings of the model become them here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from sim.errors import InputError
from sim.households import DEVELOPER, I8, Dwellings
from sim.texts import Text

NOBODY = Text(zh="名册里没有业主", en="the register has no owner")
NO_AREA = Text(zh="业主 {owner} 的面积必须大于 0", en="the area of owner {owner} must be above 0")
TWICE = Text(zh="业主 {owner} 在名册里出现了两次", en="owner {owner} stands in the register twice")


class Vote(IntEnum):
    """What an owner did.  Who abstains takes part and does not assent; who is absent does neither.

    The numbers are the codes of `sim.ballot.count_many`; zero is absent, so that nobody votes by default.
    """

    ABSENT = 0
    YES = 1
    NO = 2
    ABSTAIN = 3


@dataclass(frozen=True)
class Owner:
    """One head: all area that is this owner's [0.01 m2], and the vote."""

    name: str
    area: int
    vote: Vote


@dataclass(frozen=True)
class Register:
    """All owners whose votes are counted together, each once.

    >>> sum(owner.area for owner in Register((Owner("P", 180_00, Vote.YES), Owner("Q", 90_00, Vote.NO))).owners)
    27000
    """

    owners: tuple[Owner, ...]

    def __post_init__(self) -> None:
        """Refuse a register without owners, an owner without area and an owner who stands in it twice."""
        if not self.owners:
            raise InputError(NOBODY)
        seen = set()
        for owner in self.owners:
            if owner.area < 1:
                raise InputError(NO_AREA.filled(owner=owner.name))
            if owner.name in seen:
                raise InputError(TWICE.filled(owner=owner.name))
            seen.add(owner.name)


class Heads(NamedTuple):
    """The owners of one estate, as a vote counts them; each shape (h,)."""

    area: I8  # all that is the owner's [0.01 m2]
    row: I8  # the dwelling that speaks for the owner, as a row of the community's table


def heads_of(dwellings: Dwellings, rows: I8, developer_is_one: bool = True) -> Heads:
    """Return the owners of some dwellings of one estate; `votes[heads.row]` is then one vote an owner.

    An owner of several dwellings speaks through one: one where the owner lives before one that is let or
    vacant, then the first as numbered.  For a vote on the maintenance fund give the rows of the buildings
    charged.

    rows: shape (m,); rows of one estate in the community's table.  developer_is_one: as `sim.papers.Basis` has it.
    """
    developers = -1 - (1 - developer_is_one) * np.arange(len(rows))
    owner = np.where(dwellings.owner_kind[rows] == DEVELOPER, developers, dwellings.owner[rows])
    order = np.lexsort((dwellings.number[rows], dwellings.tenure[rows]))
    _, first, whose = np.unique(owner[order], return_index=True, return_inverse=True)
    area = np.zeros(len(first), np.int64)
    np.add.at(area, whose, dwellings.area[rows][order])
    return Heads(area, rows[order][first])


VOTES: Mapping[Vote, Text] = MappingProxyType(
    {
        Vote.YES: Text(zh="同意", en="yes"),
        Vote.NO: Text(zh="反对", en="no"),
        Vote.ABSTAIN: Text(zh="弃权", en="abstain"),
        Vote.ABSENT: Text(zh="未参与", en="absent"),
    }
)
