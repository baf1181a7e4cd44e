"""A sweep as it is printed: what is missing in it first, then a line a point."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.cells import sources_hash
from experiments.figures.captions import outcome_name
from experiments.finished import FAILED, FOLDER, INCOMPLETE, MIXED, OLDER_SOURCES
from experiments.manifest import text_of, titles
from experiments.terminal import grid, paragraph, value
from sim.outcome import outcomes
from sim.texts import Language, Text

if TYPE_CHECKING:
    from experiments.sweep import Swept

MOST_POINTS, MOST_FAILURES, SHOWN = 30, 5, 3
POINT_WIDTH, VALUE_WIDTH = 38, 12


def sweep_report(swept: "Swept", lang: Language) -> str:
    """Return what is printed of a finished sweep."""
    lines = [line for words in _opening(swept, lang) for line in paragraph(words)]
    told = {"points": len(swept.points.rows), "replicates": swept.manifest["replicates"], "cells": len(swept.states)}
    lines += [*paragraph(SWEPT.say(lang, **told)), "", *_points(swept, lang), ""]
    return "\n".join([*lines, *_closing(swept, lang)])


def _opening(swept: "Swept", lang: Language) -> Iterator[str]:
    yield from (text_of(note).say(lang) for note in swept.manifest["notes"])
    total, summary = len(swept.states), swept.summary
    if failed := int(summary.failed.sum()):
        yield INCOMPLETE.say(lang, failed=failed, total=total)
    if flagged := int(summary.flagged.sum()):
        yield FLAGGED.say(lang, flagged=flagged, total=total)
    for key, outcome in outcomes().items():
        empty = int((summary.n - summary[f"{key}.n"]).sum()) if key in summary else 0
        if outcome.headline and empty:
            yield NO_VALUE.say(lang, outcome=outcome.label, empty=empty, total=total)
    if swept.manifest.get("mixed"):
        yield MIXED.say(lang)
    if swept.manifest["sources"] != sources_hash():
        yield OLDER_SOURCES.say(lang)


def _points(swept: "Swept", lang: Language) -> Iterator[str]:
    """Yield the first points with the means of some headline outcomes."""
    shown = [outcome for key, outcome in outcomes().items() if outcome.headline and key in swept.summary][:SHOWN]
    heads = [JOIN.join(swept.points.keys), RUNS.say(lang), *(outcome_name(outcome, outcome.unit, lang) for outcome in shown)]
    rows = [
        [_label(swept, row, lang), str(row["n"]), *(value(row[outcome.key], outcome.decimals) for outcome in shown)]
        for row in swept.summary.head(MOST_POINTS).to_dict("records")
    ]
    yield from grid(heads, rows, [POINT_WIDTH, 4, *[VALUE_WIDTH] * len(shown)])
    if len(swept.summary) > MOST_POINTS:
        yield MORE.say(lang, more=len(swept.summary) - MOST_POINTS)


def _label(swept: "Swept", row: dict[Any, Any], lang: Language) -> str:
    named = titles(swept.manifest)
    varied = [_shown(row[key]) for key in swept.points.keys]
    return JOIN.join([*([named[row["scenario"]].say(lang)] if len(named) > 1 or not varied else []), *varied])


def _shown(told: object) -> str:
    """Return a value as it is printed; a dash where the scenario has no use for the setting."""
    return "–" if told is None or told != told else f"{told:g}" if isinstance(told, float) else str(told)


def _closing(swept: "Swept", lang: Language) -> Iterator[str]:
    """Yield the first cells that failed, each with the command that repeats it, and the folder."""
    failures = swept.failures()
    for failure in failures[:MOST_FAILURES]:
        title = titles(swept.manifest)[failure["scenario"]]
        yield from paragraph(FAILED.say(lang, scenario=title, seed=failure["seed"], reason=failure["error"]))
        yield "    " + failure["repeat"]
    if len(failures) > MOST_FAILURES:
        yield MORE_FAILED.say(lang, more=len(failures) - MOST_FAILURES)
    yield FOLDER.say(lang, folder=swept.folder)


JOIN = " · "
SWEPT = Text(
    zh="{points} 个点 × {replicates} 次重复 = {cells} 次运行", en="{points} points x {replicates} replicates = {cells} runs"
)
RUNS = Text(zh="次数", en="runs")
MORE = Text(zh="…… 另有 {more} 个点，见 summary.csv", en="... {more} more points: see summary.csv")
MORE_FAILED = Text(zh="…… 另有 {more} 次失败，见 cells.parquet", en="... {more} more failed: see cells.parquet")
FLAGGED = Text(
    zh="注意：{total} 次运行中有 {flagged} 次体检有错误，见表中 flags 一列。",
    en="Note: {flagged} of {total} runs are flagged by the health check; see the column flags.",
)
NO_VALUE = Text(
    zh="注意：{total} 次运行中有 {empty} 次没有{outcome}的数值，未计入其均值。",
    en="Note: {empty} of {total} runs have no value of {outcome} and are left out of its mean.",
)
