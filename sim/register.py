"""The register of a vote: one line an owner, who is one head with the area of all that is the owner's.

A head is an owner, not a unit: an owner of several units is one, and the developer is one with everything
that is unsold or sold but not delivered, whoever bought it (Condominium Interpretation art. 9).  An
institution is one head with a large area.  Where fewer owners vote (on the maintenance fund only those
charged for the works), make the register of their units alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np

from sim.errors import InputError, nearest
from sim.households import DEVELOPER, I8, Dwellings
from sim.texts import Text, same

Kind = Literal["ordinary", "institution", "developer_unsold", "developer_undelivered"]
DEVELOPERS: tuple[Kind, ...] = ("developer_unsold", "developer_undelivered")
THE_DEVELOPER = "developer"

NOBODY = Text(zh="名册里没有业主", en="the register has no owner")
NO_AREA = Text(zh="业主 {owner} 的面积必须大于 0", en="the area of owner {owner} must be above 0")
TWICE = Text(zh="业主 {owner} 在名册里出现了两次", en="owner {owner} stands in the register twice")
AT_ODDS = Text(
    zh="业主 {owner} 的几套房表决不一致，法律没有规定怎么算",
    en="the units of owner {owner} vote differently, and no law says how to count that",
)
ONE_VOTE = Text(zh="一名业主的各套填同一个表决", en="one vote, the same for all units of one owner")
NOT_AN_OWNER = Text(zh="名册里没有业主 {owner}", en="there is no owner {owner} in the register")


class Vote(IntEnum):
    """What an owner did.  Who abstains takes part and does not assent; who is absent does neither.

    The numbers are the codes of `sim.ballot.count_many`; zero is absent, so that nobody votes by default.
    """

    ABSENT = 0
    YES = 1
    NO = 2
    ABSTAIN = 3


class Unit(NamedTuple):
    """One exclusive unit: its owner, its area [0.01 m2], the vote cast for it, and whose hands it is in."""

    owner: str
    area: int
    vote: Vote
    kind: Kind = "ordinary"


@dataclass(frozen=True)
class Owner:
    """One head: all area that is this owner's [0.01 m2], and the vote."""

    name: str
    area: int
    vote: Vote


@dataclass(frozen=True)
class Register:
    """All owners whose votes are counted together, each once.

    >>> P, Q = (Unit("P", 60_00, Vote.YES) for _ in range(3)), Unit("Q", 90_00, Vote.NO)
    >>> [(owner.name, owner.area) for owner in Register.of([*P, Q]).owners]
    [('P', 18000), ('Q', 9000)]
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

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Register":
        """Return the register of some units, owners in the order in which they first appear.

        Raises:
            InputError: there is no unit, a unit has no area, or the units of one owner vote differently, and
                no law settles how to count that.
        """
        owners: dict[str, Owner] = {}
        for unit in units:
            if unit.area < 1:
                raise InputError(NO_AREA.filled(owner=unit.owner))
            name = THE_DEVELOPER if unit.kind in DEVELOPERS else unit.owner
            known = owners.setdefault(name, Owner(name, 0, unit.vote))
            if unit.vote is not known.vote:
                raise InputError(AT_ODDS.filled(owner=name), allowed=ONE_VOTE)
            owners[name] = replace(known, area=known.area + unit.area)
        return cls(tuple(owners.values()))

    def with_proxies(self, written: Mapping[str, str]) -> "Register":
        """Return the register after written proxies: an absent owner votes as the proxy, another owner, did.

        A proxy who is absent brings nobody, and a proxy's own proxy is not asked, since that would need the
        owner's consent (Civil Code arts. 165, 169).  Who votes in person needs no proxy.

        written: from owner to proxy, by name.
        """
        votes = {owner.name: owner.vote for owner in self.owners}
        for name in (*written, *written.values()):
            if name not in votes:
                raise InputError(NOT_AN_OWNER.filled(owner=same(repr(name))), nearest=nearest(name, votes))
        cast = {name: votes[proxy] for name, proxy in written.items() if votes[name] is Vote.ABSENT}
        return Register(tuple(replace(owner, vote=cast.get(owner.name, owner.vote)) for owner in self.owners))


class Heads(NamedTuple):
    """The owners of one estate, as a vote counts them; each shape (h,)."""

    area: I8  # all that is the owner's [0.01 m2]
    row: I8  # the dwelling that speaks for the owner, as a row of the community's table


def heads_of(dwellings: Dwellings, rows: I8) -> Heads:
    """Return the owners of some dwellings of one estate; `votes[heads.row]` is then one vote an owner.

    An owner of several dwellings speaks through one: one where the owner lives before one that is let or
    vacant, then the first as numbered.  For a vote on the maintenance fund give the rows of the buildings
    charged.

    rows: shape (m,); rows of one estate in the community's table.
    """
    owner = np.where(dwellings.owner_kind[rows] == DEVELOPER, -1, dwellings.owner[rows])
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
