"""Acquaintance: how many ties a household has, and how near they are."""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Acquaintance:
    """Ties are drawn by nearness: each household names so many others in its entrance, its building and its estate.

    A tie counts for both sides and once only, so that the mean number of ties is a little under twice the sum.  Whole
    numbers are named for sure, the rest by chance.
    """

    label = Text(zh="邻里联系", en="acquaintance")

    entrance: float = number(
        2.0,
        low=0.0,
        high=4.0,
        explore=(1.0, 3.0),
        unit="ties",
        zh="每户在本单元提名的熟人",
        en="ties named in the entrance",
        source=Text(zh="假定：同单元邻居楼道里常见面", en="assumed: neighbours of an entrance meet on the stairs"),
    )
    building: float = number(
        0.8,
        low=0.0,
        high=4.0,
        explore=(0.4, 1.6),
        unit="ties",
        zh="每户在本楼提名的熟人",
        en="ties named in the building",
        source=Text(zh="假定：少于同单元", en="assumed: fewer than in the entrance"),
    )
    estate: float = number(
        0.5,
        low=0.0,
        high=4.0,
        explore=(0.2, 1.0),
        unit="ties",
        zh="每户在本小区提名的熟人",
        en="ties named in the estate",
        source=Text(zh="假定：全小区有几个联系", en="assumed: a few across the estate"),
    )
