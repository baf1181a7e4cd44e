"""The law of residents' committees between two days: what a committee is, how it is chosen, who may call a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from sim.errors import InputError
from sim.parts import parts
from sim.regime import Article
from sim.texts import Text


@dataclass(frozen=True)
class Bounds:
    """The least and the most that the law allows, None where it names none."""

    least: int | None
    most: int | None


class ResidentsCommitteeLaw:
    """One version of the law of residents' committees, declared with `@part` in a file of its name.

    It is there to be read (`cogov show`): residents' committees are not elected in a run yet, so it decides nothing there.

    households: how many a committee covers.  members, term_years: of a committee, None where our facts hold
    none.  petition: the share that may call the residents' assembly.  proxies: the most that one person may
    hold in its elections, None where the law names none.  director_from_party: whether the head of the Party
    organization is to be its director by lawful procedure.  property_sub_committee: whether the sub-committee
    for environment and property management stands in the law.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    since: ClassVar[date]
    until: ClassVar[date | None]
    households: ClassVar[Bounds]
    members: ClassVar[Bounds]
    term_years: ClassVar[int | None]
    petition: ClassVar[Fraction]
    proxies: ClassVar[int | None]
    director_from_party: ClassVar[bool]
    property_sub_committee: ClassVar[bool]
    articles: ClassVar[Mapping[str, Article]]


@cache
def committee_laws() -> Mapping[str, ResidentsCommitteeLaw]:
    """Return every version by its key, the oldest first."""
    found = [declared() for declared in parts("residents_committee_law").values()]
    return MappingProxyType({law.key: law for law in sorted(found, key=lambda one: one.since)})


def committee_law_on(day: date) -> ResidentsCommitteeLaw:
    """Return the version in force on a day.

    Raises:
        InputError: none is recorded for that day.

    >>> committee_law_on(date(2025, 12, 31)).term_years, committee_law_on(date(2026, 1, 1)).households.least
    (5, 1000)
    """
    for law in committee_laws().values():
        if law.since <= day and (law.until is None or day <= law.until):
            return law
    raise InputError(NONE_IN_FORCE.filled(day=day))


NONE_IN_FORCE = Text(zh="{day} 没有已收录的居民委员会法律", en="no law of residents' committees is recorded for {day}")
