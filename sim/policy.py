"""Policy over time and place: which measures are in force, from when, where, with which values of their levers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sim.moments import Measure
from sim.parts import Value, default_of, numbers_of, part_named


class Somewhere(Protocol):
    """An estate as far as a policy looks at it."""

    name: str
    archetype: str


@dataclass(frozen=True)
class Setting:
    """One measure as a policy sets it.

    It holds from the first Monday on or after `since` up to, not including, the first on or after `until`, in the estates
    or archetypes named by `where` (everywhere when empty).  A lever is a schedule: dates in order and the value from each
    on; before the first it is neutral.  A lever that is not named takes its suggested value.
    """

    measure: str
    since: date | None = None
    until: date | None = None
    where: tuple[str, ...] = ()
    levers: Mapping[str, tuple[tuple[date, Value], ...]] = field(default_factory=dict)

    def holds(self, day: date, estate: Somewhere) -> bool:
        """Tell whether the measure is in force on a Monday in an estate."""
        begun = self.since is None or day >= self.since
        ended = self.until is not None and day >= self.until
        return begun and not ended and (not self.where or bool({estate.name, estate.archetype} & set(self.where)))

    def on(self, day: date) -> Measure:
        """Return the measure with the values that its levers have on a Monday."""
        cls = part_named("measure", self.measure)
        values = {name: self._value(cls, name, day) for name in numbers_of(cls)}
        measure: Measure = cls(**values)
        return measure

    def _value(self, cls: type, name: str, day: date) -> Value:
        if name not in self.levers:
            return numbers_of(cls)[name].suggested
        value = default_of(cls, name)
        for begins, then in self.levers[name]:
            value = then if day >= begins else value
        return value

    def dates(self) -> set[date]:
        """Return the dates on which something changes."""
        scheduled = {begins for schedule in self.levers.values() for begins, _ in schedule}
        return scheduled | {day for day in (self.since, self.until) if day is not None}


@dataclass(frozen=True)
class Policy:
    """Everything a scenario adds to what law and practice give today; the empty policy is the status quo."""

    settings: tuple[Setting, ...] = ()

    def in_force(self, day: date, estate: Somewhere) -> tuple[Measure, ...]:
        """Return the measures in force on a Monday in an estate, in the alphabetical order of their keys."""
        held = [setting for setting in self.settings if setting.holds(day, estate)]
        return tuple(setting.on(day) for setting in sorted(held, key=lambda setting: setting.measure))

    def dates(self) -> set[date]:
        """Return the dates on which something changes."""
        return set().union(*(setting.dates() for setting in self.settings))
