"""The package of a scenario taken apart: into measures, into levers, or by the mechanisms through which it works."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from experiments.names import number_at
from experiments.uncertainty import switched_off
from scenarios.scenario import Scenario, Story
from sim.errors import InputError
from sim.parts import Value, numbers_of, parts
from sim.policy import Policy, Setting
from sim.texts import Text, same

MEASURES, LEVERS, MECHANISMS = "measures", "levers", "mechanisms"
NOTHING = "~none"


@dataclass(frozen=True)
class Part:
    """One part of a package; its key is `measure`, `measure.lever` or `mechanism.number`."""

    key: str

    @property
    def label(self) -> Text:
        """Return its label; a lever's names its measure too."""
        return label_of(self.key)


def label_of(key: str) -> Text:
    """Return the label of a part of a package by its key."""
    measure: Any = parts("measure").get(key.partition(".")[0])
    if "." not in key:
        return Text(zh=measure.label.zh, en=measure.label.en)
    label = number_at(key)[0].label
    return LEVER.filled(lever=label, measure=measure.label) if measure else label


def measures_of(scenario: Scenario) -> tuple[Part, ...]:
    """Return the measures of a scenario."""
    return tuple(Part(one.measure) for one in scenario.policy.settings)


def levers_of(scenario: Scenario) -> tuple[Part, ...]:
    """Return the levers of a scenario that do not stand at their neutral value all the time."""
    return tuple(
        Part(f"{setting.measure}.{name}")
        for setting in scenario.policy.settings
        for name, about in numbers_of(parts("measure")[setting.measure]).items()
        if any(value != about.neutral for value in _values(setting, name, about.suggested))
    )


def _values(setting: Setting, name: str, suggested: Value) -> Iterator[Value]:
    yield from (value for _, value in setting.levers[name]) if name in setting.levers else (suggested,)


def channels_of(scenario: Scenario, named: Sequence[str] = ()) -> tuple[Part, ...]:
    """Return the numbers through which a scenario's measures work, or those named.

    Raises:
        InputError: a number that cannot be zero, or none at all.
    """
    declared = [key for one in scenario.policy.settings for key in parts("measure")[one.measure].channels]
    keys = tuple(named) or tuple(dict.fromkeys(declared))
    if not keys:
        raise InputError(NO_CHANNELS.filled(name=scenario.name), attempt="off=pressure.capture,trust.public")
    switched_off(keys)
    return tuple(map(Part, keys))


def with_measures(scenario: Scenario, kept: Sequence[str]) -> Scenario:
    """Return a scenario with some of its measures only."""
    return replace(scenario, policy=Policy(tuple(one for one in scenario.policy.settings if one.measure in kept)))


def with_levers(scenario: Scenario, kept: Sequence[str]) -> Scenario:
    """Return a scenario in which every lever but some is neutral; what is no lever, such as dates, stays."""
    return replace(scenario, policy=Policy(tuple(_neutral_but(one, kept) for one in scenario.policy.settings)))


def _neutral_but(setting: Setting, kept: Sequence[str]) -> Setting:
    known = numbers_of(parts("measure")[setting.measure])
    neutral = {
        name: ((date.min, about.neutral),) for name, about in known.items() if f"{setting.measure}.{name}" not in kept
    }
    return replace(setting, levers={**setting.levers, **neutral})


def nothing_of(scenario: Scenario) -> Scenario:
    """Return the scenario without any measure, under a name and a title of its own."""
    story = replace(scenario.story, title=WITHOUT) if scenario.story else Story(WITHOUT, *[same("")] * 3)
    return replace(scenario, name=f"{scenario.name}{NOTHING}", policy=Policy(), story=story)


TAKEN_APART: Mapping[str, tuple[Callable[[Scenario], tuple[Part, ...]], Callable[[Scenario, Sequence[str]], Scenario]]] = (
    MappingProxyType({MEASURES: (measures_of, with_measures), LEVERS: (levers_of, with_levers)})
)
LEVER = Text(zh="{lever}（{measure}）", en="{lever} ({measure})")
WITHOUT = Text(zh="不采取任何措施", en="without any measure")
NO_CHANNELS = Text(
    zh="{name} 的措施没有声明起作用的机制，请用 off= 写出要关掉的数",
    en="the measures of {name} declare no mechanism through which they work; name the numbers to switch off with off=",
)
