"""From checked settings to a scenario: its place, its policy over time and place, its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from experiments.local_rules import local_rule
from experiments.names import unknown
from experiments.scenario_file import ScenarioFile
from experiments.values import fitting
from scenarios.place import Place
from scenarios.scenario import Scenario, default_numbers
from sim.errors import InputError, nearest
from sim.local_rule import NATION, Said
from sim.parts import Number, checked, numbers_of, part_named, parts
from sim.policy import Policy, Setting
from sim.texts import Text, same


def resolved(file: ScenarioFile, settings: Mapping[str, Any]) -> Scenario:
    """Return the scenario that a file with these settings is.

    settings: by root key, each value as `experiments.values.fitting` returns it; `place` as Hydra does.

    Raises:
        InputError: the place's table is wrong; a measure names an estate that is not there, ends before it
            begins, or has levers that do not go together.
    """
    place = _place(settings["place"])
    measures = [key for key in parts("measure") if settings.get(key) is not None]
    policy = Policy(tuple(_setting(key, settings[key]) for key in measures))
    start, weeks = settings["start"], settings["weeks"]
    for setting in policy.settings:
        _require_estates(setting, place)
        _require_sense(setting, start)
    numbers = {kind: _numbers(kind, settings) for kind in ("mechanism", "agent")}
    local = local_rule(settings["local"]) if settings.get("local") else NATION
    return Scenario(file.name, place, policy, start, weeks, numbers["mechanism"], numbers["agent"], file.story, local)


def never_in_force(scenario: Scenario) -> Iterator[Text]:
    """Yield a note for every measure that no week of a scenario sees, and for a local rule that is younger than the run."""
    end = scenario.start + timedelta(weeks=scenario.weeks)
    for setting in scenario.policy.settings:
        late = setting.since is not None and setting.since >= end
        if late or (setting.until is not None and setting.until <= scenario.start):
            yield NEVER.filled(name=scenario.name, measure=setting.measure, start=scenario.start, end=end)
    local = scenario.local
    if any(said.since is None for said in local.says.values()) and (local.issued or 0) > scenario.start.year:
        yield ISSUED_LATER.filled(name=scenario.name, local=local.label, year=local.issued, start=scenario.start)
    dead = [key for key, said in local.says.items() if _is_never(said, scenario.start, end)]
    if dead:
        yield NEVER_SAID.filled(name=scenario.name, keys=", ".join(dead), start=scenario.start, end=end)


def _is_never(said: Said, start: date, end: date) -> bool:
    return (said.since is not None and said.since >= end) or (said.until is not None and said.until < start)


def _place(settings: Mapping[str, Any]) -> Place:
    cls = part_named("place", settings["key"])
    known = numbers_of(cls)
    values = {name: value for name, value in settings.items() if name != "key"}
    for name in values:
        if name not in known:
            raise unknown(f"place.{name}", None, (f"place.{one}" for one in known))
    place: Place = cls(**{name: _checked(f"place.{name}", value, known[name]) for name, value in values.items()})
    place.estates()  # a user's table is read now, before anything is written
    return place


def _checked(key: str, value: Any, about: Number) -> Any:
    return checked(key, fitting(key, value), about)


def _numbers(kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key: replace(numbers, **settings.get(key, {})) for key, numbers in default_numbers(kind).items()}


def _setting(key: str, values: Mapping[str, Any]) -> Setting:
    names = numbers_of(part_named("measure", key))
    levers = {name: _schedule(values[name]) for name in names if name in values}
    return Setting(key, values.get("since"), values.get("until"), tuple(values.get("where", ())), levers)


def _schedule(value: Any) -> tuple[tuple[date, Any], ...]:
    """Return a lever's values by date, in order; a single one holds from ever."""
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else ((date.min, value),)


def _require_estates(setting: Setting, place: Place) -> None:
    known = [*(estate.name for estate in place.estates()), *parts("archetype")]
    for name in setting.where:
        if name not in known:
            raise InputError(
                NOWHERE.filled(key=f"{setting.measure}.where", name=repr(name)),
                allowed=same(", ".join(dict.fromkeys(known))), nearest=nearest(name, known),
            )  # fmt: skip


def _require_sense(setting: Setting, start: date) -> None:
    if setting.since and setting.until and setting.until <= setting.since:
        raise InputError(
            BACKWARDS.filled(measure=setting.measure, since=setting.since, until=setting.until),
            allowed=AFTER.filled(key=f"{setting.measure}.until", since=setting.since),
        )
    for day in sorted({start} | {day for day in setting.dates() if day > start}):
        problem = setting.on(day).problem()
        if problem is not None:
            raise InputError(TOGETHER.filled(measure=setting.measure, day=day, problem=problem))


NEVER = Text(
    zh="{name}：{measure} 在模拟期间（{start} 至 {end}）从未生效",
    en="{name}: {measure} is never in force during the run ({start} to {end})",
)
NEVER_SAID = Text(
    zh="{name}：地方规定的 {keys} 在模拟期间（{start} 至 {end}）从未生效",
    en="{name}: of the local rule {keys} is never in force during the run ({start} to {end})",
)
ISSUED_LATER = Text(
    zh="{name}：{local} 是 {year} 年的文本，模拟从 {start} 开始；没有写施行日期（since）的各项，从第一周起就适用",
    en="{name}: {local} is a text of {year}, the run begins on {start}; what has no date (since) holds from the first week",
)
NOWHERE = Text(zh="{key}：没有名为 {name} 的小区或小区类型", en="{key}: there is no estate or archetype called {name}")
BACKWARDS = Text(
    zh="{measure} 在开始之前就结束了（since {since}，until {until}）",
    en="{measure} ends before it begins (since {since}, until {until})",
)
AFTER = Text(zh="{key} 晚于 {since}", en="{key} later than {since}")
TOGETHER = Text(zh="{measure}（{day} 起）：{problem}", en="{measure} (from {day}): {problem}")
