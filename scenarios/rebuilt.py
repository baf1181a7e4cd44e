"""A scenario made again from the plain values to which it was resolved: what every run is given, here or anywhere.

No file of the user is read for it: a table that is edited meanwhile changes no later run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from scenarios.estate import Estate
from scenarios.place import Place
from scenarios.scenario import Scenario
from sim.local_rule import NATION, LocalRule, said_at
from sim.parts import numbers_of, parts
from sim.policy import Policy, Setting


@dataclass(frozen=True)
class Surveyed(Place):
    """A place whose estates were read once; key: of the place that they were read from."""

    key: str = ""
    read: tuple[Estate, ...] = ()

    def estates(self) -> tuple[Estate, ...]:
        """Return the estates as they were read."""
        return self.read


def rebuilt(configuration: Mapping[str, Any], name: str = "") -> Scenario:
    """Return the scenario of a configuration, the inverse of `scenarios.scenario.canonical` but for the story.

    name: what the scenario is called, on which no run depends.
    """
    numbers: dict[str, Any] = configuration["numbers"]
    place = Surveyed(
        **{key: numbers[f"place.{key}"] for key in numbers_of(Surveyed)},
        key=configuration["place"],
        read=tuple(Estate(**estate) for estate in configuration["estates"]),
    )
    return Scenario(
        name, place, Policy(tuple(map(_setting, configuration["policy"]))),
        date.fromisoformat(configuration["start"]), configuration["weeks"],
        _held("mechanism", numbers), _held("agent", numbers), local=_local(configuration.get("local")),
    )  # fmt: skip


def _setting(told: Mapping[str, Any]) -> Setting:
    since, until = (told[name] and date.fromisoformat(told[name]) for name in ("since", "until"))
    levers = {
        name: tuple((date.fromisoformat(begins), value) for begins, value in schedule)
        for name, schedule in told["levers"].items()
    }
    return Setting(told["measure"], since, until, tuple(told["where"]), levers)


def _local(told: Mapping[str, Any] | None) -> LocalRule:
    if told is None:
        return NATION
    says = {key: said_at(key, **one) for key, one in told["says"].items()}
    return replace(NATION, issued=told["issued"], adapted=told["adapted"], says=says)


def _held(kind: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: getattr(cls, "numbers", cls)(**{name: numbers[f"{key}.{name}"] for name in numbers_of(cls)})
        for key, cls in parts(kind).items()
    }
