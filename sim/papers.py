"""A register as it comes back: one line a unit, its ballot papers, and the heads that they make.

A paper names what it is for: `yes` or `no` in a vote on a motion, candidates in an election, nothing where
the owner abstains.  So one count serves both.  Papers of one head that were returned and say different things
are unsettled law, told by `sim.unsettled`; a paper that was not returned contradicts none that was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

YES, NO = "yes", "no"
Kind = Literal["ordinary", "institution", "developer_unsold", "developer_undelivered", "parking"]
KINDS: tuple[Kind, ...] = ("ordinary", "institution", "developer_unsold", "developer_undelivered", "parking")
DEVELOPERS: tuple[Kind, ...] = ("developer_unsold", "developer_undelivered")
DEVELOPER = "developer"

Choice = frozenset[str]


class Unreturned(Enum):
    """A paper that says nothing: it never came back, or it came back void."""

    ABSENT = "absent"
    INVALID = "invalid"


Paper = Choice | Unreturned
ABSENT, INVALID = Unreturned.ABSENT, Unreturned.INVALID


@dataclass(frozen=True)
class Line:
    """One line of the register: a unit, its area [0.01 m2], and the papers returned for it, one a co-owner.

    delivered: whether the paper reached the owner.  proxy: who votes for an absent owner, empty for nobody;
    written: whether the proxy was given in writing.  row: where the line stands in the user's table.
    """

    unit: str
    owner: str
    area: int
    papers: tuple[Paper, ...]
    kind: Kind = "ordinary"
    building: str = ""
    delivered: bool = True
    proxy: str = ""
    written: bool = True
    co_owners: tuple[str, ...] = ()
    row: int = 0

    @property
    def is_absent(self) -> bool:
        """Tell whether no paper came back."""
        return all(paper is ABSENT for paper in self.papers)


@dataclass(frozen=True)
class Head:
    """One owner as the law counts: all area, the different choices returned, and whether the paper arrived.

    void: a paper came back void and no valid one did.  reached: a paper was delivered for one unit at least.
    co_owned: the choices differ within one unit, between its co-owners.
    """

    name: str
    area: int
    choices: frozenset[Choice]
    void: bool
    reached: bool
    co_owned: bool = False

    @property
    def disagrees(self) -> bool:
        """Tell whether valid papers of this head say different things."""
        return len(self.choices) > 1


@dataclass(frozen=True)
class Basis:
    """What counts as a unit and as a head, as far as local rules may say it otherwise than the nation.

    parking: whether parking spaces count.  developer_is_one: whether the developer is one head with all units
    unsold or undelivered, or one a unit.
    """

    parking: bool = True
    developer_is_one: bool = True


NATIONAL = Basis()


def counted_lines(lines: Iterable[Line], basis: Basis, buildings: Sequence[str] = ()) -> tuple[Line, ...]:
    """Return the lines whose units are voted on: those of the buildings charged, and parking only where it counts."""
    return tuple(
        line for line in lines if (basis.parking or line.kind != "parking") and (not buildings or line.building in buildings)
    )


def developer_names(lines: Iterable[Line]) -> frozenset[str]:
    """Return the names under which the developer stands: those on units not sold."""
    return frozenset(line.owner for line in lines if line.kind == "developer_unsold")


def with_developer(lines: Iterable[Line], names: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines with all that stands under a name of the developer's as the developer's, of whatever kind."""
    return tuple(replace(line, kind="developer_unsold") if line.owner in names else line for line in lines)


def head_of(line: Line, basis: Basis) -> tuple[str, str]:
    """Return what identifies the head to which a line belongs.

    Units sold and not delivered are the developer's, whoever bought them.
    """
    if line.kind not in DEVELOPERS:
        return "owner", line.owner
    return (DEVELOPER, "") if basis.developer_is_one else (DEVELOPER, f"{line.row} {line.unit}")


def heads_of_lines(lines: Iterable[Line], basis: Basis = NATIONAL) -> tuple[Head, ...]:
    """Return the heads of some lines, in the order in which they first appear."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(head_of(line, basis), []).append(line)
    return tuple(_head(key, own) for key, own in groups.items())


def _head(key: tuple[str, str], lines: Sequence[Line]) -> Head:
    papers = [paper for line in lines for paper in line.papers]
    choices = frozenset(paper for paper in papers if not isinstance(paper, Unreturned))
    return Head(
        name=key[1] if key[0] == "owner" else DEVELOPER,
        area=sum(line.area for line in lines),
        choices=choices,
        void=not choices and INVALID in papers,
        reached=any(line.delivered for line in lines),
        co_owned=any(len(_choices(line)) > 1 for line in lines),
    )


def _choices(line: Line) -> set[Choice]:
    return {paper for paper in line.papers if not isinstance(paper, Unreturned)}
