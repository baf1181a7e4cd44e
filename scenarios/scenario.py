"""A scenario once it is resolved: a place, a horizon, a policy and every number, and the story that goes with it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scenarios.place import Place
from sim.local_rule import NATION, LocalRule, plain_value
from sim.parts import numbers_of, parts
from sim.policy import Policy, Setting
from sim.texts import Text

START, WEEKS = date(2018, 1, 1), 260


@dataclass(frozen=True)
class Story:
    """What a scenario is about: title, the question it asks, how its rules should help, how they may hurt."""

    title: Text
    question: Text
    helps: Text
    hurts: Text


def default_numbers(kind: str) -> dict[str, Any]:
    """Return the numbers of every part of a kind ('mechanism' or 'agent') at their defaults, by key."""
    return {key: getattr(cls, "numbers", cls)() for key, cls in parts(kind).items()}


@dataclass(frozen=True)
class Scenario:
    """Everything a run needs but its seed.

    mechanisms, agents: the declared numbers by key of the part.  local: the place's own rule of the owners' vote.
    """

    name: str
    place: Place
    policy: Policy = field(default_factory=Policy)
    start: date = START
    weeks: int = WEEKS
    mechanisms: Mapping[str, Any] = field(default_factory=lambda: default_numbers("mechanism"))
    agents: Mapping[str, Any] = field(default_factory=lambda: default_numbers("agent"))
    story: Story | None = None
    local: LocalRule = NATION


def declared(scenario: Scenario) -> dict[str, Any]:
    """Return every declared number of a scenario with the value it has, by `part.number`."""
    holders = {**scenario.mechanisms, **scenario.agents, "place": scenario.place}
    return {
        f"{key}.{name}": getattr(holder, name)
        for key, holder in sorted(holders.items())
        for name in numbers_of(type(holder))
    }


def canonical(scenario: Scenario) -> dict[str, Any]:
    """Return what a run of the scenario depends on, as plain values: the ground of its identity.

    Floats are rounded to 12 digits; a user's table stands by the fingerprint of its rows, never by its path, a local
    rule by its values, and none by nothing at all.
    """
    place = scenario.place
    return {
        "place": place.key,
        "estates": [_plain(dataclasses.asdict(estate)) for estate in place.estates()],
        "start": scenario.start.isoformat(),
        "weeks": scenario.weeks,
        "policy": [_setting(setting) for setting in sorted(scenario.policy.settings, key=lambda one: one.measure)],
        "numbers": _plain({key: value for key, value in declared(scenario).items() if key not in PATHS}),
        **({"local": _local(scenario.local)} if scenario.local.says else {}),
    }


PATHS = ("place.file",)
DIGITS = 12


def _setting(setting: Setting) -> dict[str, Any]:
    levers = {
        name: [[begins.isoformat(), _rounded(value)] for begins, value in schedule]
        for name, schedule in sorted(setting.levers.items())
    }
    dates = {"since": _day(setting.since), "until": _day(setting.until)}
    return {"measure": setting.measure, **dates, "where": sorted(setting.where), "levers": levers}


def _local(rule: LocalRule) -> dict[str, Any]:
    says = {
        key: {"value": plain_value(said.value), "since": _day(said.since), "until": _day(said.until)}
        for key, said in sorted(rule.says.items())
    }
    return {"issued": rule.issued, "adapted": rule.adapted, "says": says}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _rounded(value) for key, value in sorted(values.items())}


def _rounded(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
