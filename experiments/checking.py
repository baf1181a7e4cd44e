"""`cogov check`: what a scenario, a table of estates or a local rule comes to before a run, and how long one takes."""

import os
from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any

from experiments.command import Answer, Command
from experiments.configuration import request_of
from experiments.pages import shown
from experiments.request import Request
from scenarios.scenario import Scenario, canonical, declared, default_numbers
from sim.local_rule import KEYS
from sim.parts import default_of, part_named
from sim.policy import Setting
from sim.texts import Text

TABLES = (".xlsx", ".csv")
WARMING, TIMED = 6, 26
"""Weeks lived through to measure the time of one: the first compile and fill caches."""


def answer(command: Command) -> Answer:
    """Say what the words come to; the time that it takes, measured, is a hint.

    Raises:
        InputError: as for a run.
    """
    words = [one for word in command.words for one in _stands_for(word)]
    request = request_of("check", words, command.library)
    [scenario] = request.scenarios
    texts = [*request.notes, *_told(scenario), FINE]
    text = "\n".join(text.say(command.lang) for text in texts)
    hint = "" if command.quiet else _time(request).say(command.lang)
    return Answer(text, {"scenario": scenario.name, "ok": True, **canonical(scenario)}, hint=hint)


def _stands_for(word: str) -> list[str]:
    """Return the settings that a table of estates or a local rule stands for, or the word itself."""
    if "=" in word:
        return [word]
    if word.lower().endswith(TABLES):
        return ["place=table", f"place.file={word}"]
    return [f"local={word}"] if word.lower().endswith(".yaml") and _is_local_rule(Path(word)) else [word]


def _is_local_rule(path: Path) -> bool:
    """Tell whether a file has a key of local rules at its top level, said or left out by a #."""
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    return any(line.removeprefix("# ").partition(":")[0] in KEYS for line in lines)


def _told(scenario: Scenario) -> Iterator[Text]:
    estates = scenario.place.estates()
    if scenario.story is not None:
        yield Text(
            zh=f"{scenario.story.title.zh}（{scenario.name}）",
            en=f"{scenario.story.title.en} ({scenario.name})",
        )
    label = type(scenario.place).label  # type: ignore[attr-defined]
    households = sum(estate.households for estate in estates)
    yield WHERE.filled(label=label, estates=len(estates), households=households)
    yield WHEN.filled(start=scenario.start, weeks=scenario.weeks)
    for setting in scenario.policy.settings:
        yield _setting(setting, scenario)
    for key, value in _changed(scenario):
        yield CHANGED.filled(key=key, value=shown(value))


def _setting(setting: Setting, scenario: Scenario) -> Text:
    cls = part_named("measure", setting.measure)
    levers = [f"{name}={_schedule(setting, name, scenario)}" for name in vars(setting.on(scenario.start))]
    when = [f"since={setting.since}"] if setting.since else []
    when += [f"until={setting.until}"] if setting.until else []
    when += [f"where={shown(setting.where)}"] if setting.where else []
    return SETTING.filled(label=cls.label, measure=setting.measure, settings=" ".join([*when, *levers]))


def _schedule(setting: Setting, name: str, scenario: Scenario) -> str:
    dates = sorted(day for day, _ in setting.levers.get(name, ()))
    if len(dates) < 2:
        return shown(getattr(setting.on(max([scenario.start, *dates])), name))
    return shown({day: value for day, value in setting.levers[name]})


def _changed(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Yield the numbers that differ from their defaults."""
    plain = Scenario(scenario.name, scenario.place, mechanisms=default_numbers("mechanism"))
    defaults = {
        **declared(plain),
        **{f"place.{name}": default_of(type(scenario.place), name) for name in vars(scenario.place)},
    }
    for key, value in declared(scenario).items():
        if value != defaults[key]:
            yield key, value


def _time(request: Request) -> Text:
    """Measure how long a run takes, and say what that makes of a comparison of two scenarios."""
    from scenarios.settle import settle

    [scenario] = request.scenarios
    timed = replace(scenario, weeks=WARMING + TIMED)
    community, began = settle(timed, request.seed), 0.0
    for week in range(timed.weeks):
        began = perf_counter() if week == WARMING else began
        community.step()
    run = (perf_counter() - began) / TIMED * scenario.weeks
    workers = 1 if request.executor.kind == "serial" else request.executor.workers or os.cpu_count() or 1
    pairs = run * 2 * request.replicates / workers
    return TIME.filled(run=_seconds(run), pairs=_seconds(pairs), replicates=request.replicates, workers=workers)


def _seconds(seconds: float) -> Text:
    """Return a time as it is said: tenths of seconds, seconds, or minutes."""
    if seconds < 10:
        return Text(zh=f"{max(seconds, 0.1):.1f} 秒", en=f"{max(seconds, 0.1):.1f} s")
    if seconds < 120:
        return Text(zh=f"{ceil(seconds)} 秒", en=f"{ceil(seconds)} s")
    return Text(zh=f"{ceil(seconds / 60)} 分钟", en=f"{ceil(seconds / 60)} min")


WHERE = Text(
    zh="地方：{label}，{estates} 个小区，{households} 户",
    en="place: {label}, {estates} estates, {households} dwellings",
)
WHEN = Text(zh="时间：{start} 起 {weeks} 周", en="time: {weeks} weeks from {start}")
SETTING = Text(zh="措施：{label}（{measure}） {settings}", en="measure: {label} ({measure}) {settings}")
CHANGED = Text(zh="改过的数值：{key} = {value}", en="changed: {key} = {value}")
FINE = Text(zh="没有发现问题。", en="Nothing is wrong.")
TIME = Text(
    zh="每次模拟约 {run}；两个方案各 {replicates} 次、{workers} 个进程约 {pairs}（实测推算）",
    en="a run takes about {run}; two scenarios, {replicates} runs each, {workers} processes: about {pairs} (measured)",
)
