"""Which law of the owners' vote holds: the one in force on the day on which the ballots are counted.

A vote begun under one law and counted under the next is judged by the next (Supreme People's Court,
provisions on the Civil Code's effect in time, art. 1).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from sim.errors import InputError
from sim.parts import part_named, parts
from sim.regime import Regime
from sim.texts import Text, joined

NONE_IN_FORCE = Text(zh="{day} 没有已收录的业主表决法律", en="no law of the owners' vote is recorded for {day}")
PERIOD = Text(zh="{since} 至 {until}", en="{since} to {until}")
TODAY = Text(zh="今", en="today")


@cache
def regimes() -> Mapping[str, Regime]:
    """Return every regime by its key, the oldest first."""
    found = [declared() for declared in parts("law").values()]
    return MappingProxyType({regime.key: regime for regime in sorted(found, key=lambda one: one.since)})


def law_on(date_of_count: date) -> Regime:
    """Return the regime in force on the day of the count.

    Raises:
        InputError: no regime is recorded for that day; the error says for which days there are.

    >>> law_on(date(2020, 12, 31)).key, law_on(date(2021, 1, 1)).key
    ('property_law_2007', 'civil_code_2021')
    """
    for regime in regimes().values():
        if regime.holds_on(date_of_count):
            return regime
    periods = [PERIOD.filled(since=one.since, until=one.until or TODAY) for one in regimes().values()]
    allowed = Text(zh=joined(periods, "zh"), en=joined(periods, "en"))
    raise InputError(NONE_IN_FORCE.filled(day=date_of_count), allowed=allowed)


def law_named(key: str) -> Regime:
    """Return a regime by its key, whatever the day; an `InputError` for a wrong key names the nearest one."""
    part_named("law", key)
    return regimes()[key]
