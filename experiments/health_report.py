"""The health report of an experiment: in its folder as text and data, in its summary where it ails."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.event_texts import label_of
from experiments.health_labels import item_label
from experiments.health_problems import Problem, measure_problems, problems, without_value
from experiments.manifest import text_of, titles
from experiments.measure_evidence import Evidence, evidence, runs_of
from experiments.terminal import INDENT, grid, paragraph, value
from experiments.writing import write_bytes
from sim.calendar import WEEKS_A_YEAR
from sim.outcome import outcomes
from sim.parts import parts
from sim.texts import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.results import Folder

REPORT = "health.json"
ITEM_WIDTH, NUMBER_WIDTH = 46, 10


@dataclass(frozen=True)
class Report:
    """The health of an experiment.

    means: by scenario, mean over its runs of every item of `experiments.health`.  events_a_year: by scenario
    and kind.
    """

    titles: Mapping[str, Text]
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...]
    means: Mapping[str, Mapping[str, float]]
    events_a_year: Mapping[str, Mapping[str, float]]


def health_report(manifest: Mapping[str, Any], tables: "Mapping[str, DataFrame]") -> Report:
    """Return the report that an experiment's tables make."""
    cells, scenarios = tables["cells"], manifest["scenarios"]
    runs = runs_of(cells, tables["event_counts"], tables["health"])
    found = tuple(evidence(scenarios, runs))
    means: dict[str, dict[str, float]] = {}
    a_year: dict[str, dict[str, float]] = {}
    wrong = list(measure_problems(found))
    headlines = {key: outcome.label for key, outcome in outcomes().items() if outcome.headline}
    for name in titles(manifest):
        done = cells[(cells.scenario == name) & (cells.state == "done")].set_index("seed").sort_index()
        if not len(done):
            continue
        health = runs.health.reindex(done.cell).set_axis(done.index)
        wrong += [*problems(name, health), *without_value(name, done, headlines)]
        means[name] = {str(item): float(number) for item, number in health.mean().items()}
        years = max(means[name]["weeks"], 1.0) / WEEKS_A_YEAR
        kinds = runs.counts.reindex(done.cell).fillna(0).T.groupby(level="action").sum().T.mean() / years
        a_year[name] = {str(kind): float(number) for kind, number in kinds.items()}
    wrong.sort(key=lambda problem: problem.level)
    return Report(titles(manifest), tuple(wrong), found, means, a_year)


def write_health(folder: "Folder") -> None:
    """Write the report of a folder's tables into it: data, text in both languages, a table of measures."""
    import pandas
    import pyarrow as pa

    names = ("cells", "event_counts", "health")
    tables = {name: pandas.read_parquet(folder.path / f"{name}.parquet") for name in names}
    report = health_report(folder.manifest, tables)
    rows = [asdict(one) for one in report.evidence]
    folder.write("measure_events", pa.Table.from_pylist(rows, schema=_schema()))
    content = json.dumps(as_data(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_bytes(folder.path / REPORT, content.encode())
    for lang in LANGUAGES:
        text = "\n".join(whole(report, lang)) + "\n"
        write_bytes(folder.path / f"health.{lang}.txt", text.encode())


def _schema() -> Any:
    import pyarrow as pa

    kinds = {str: pa.string(), float: pa.float64(), int: pa.int32()}
    return pa.schema([(name, kinds[kind]) for name, kind in Evidence.__annotations__.items()])


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain values; what is not a number is None."""
    return {
        "problems": [
            {
                "level": one.level,
                "scenario": one.scenario,
                "item": one.item,
                "zh": one.text.zh,
                "en": one.text.en,
            }
            for one in report.problems
        ],
        "measures": [asdict(one) for one in report.evidence],
        "health": {name: _finite(items) for name, items in report.means.items()},
        "events_a_year": {name: _finite(kinds) for name, kinds in report.events_a_year.items()},
    }


def _finite(values: Mapping[str, float]) -> dict[str, float | None]:
    return {key: None if math.isnan(number) else number for key, number in sorted(values.items())}


def warning(folder: Path, lang: Language) -> Iterator[str]:
    """Yield what the summary says of a folder's health: nothing where all is well, else one or two lines."""
    if not (folder / REPORT).is_file():
        return
    found = json.loads((folder / REPORT).read_text("utf-8"))["problems"]
    errors = sum(problem["level"] == "error" for problem in found)
    if found:
        told = {"errors": errors, "warnings": len(found) - errors, "file": f"health.{lang}.txt"}
        yield WRONG.say(lang, **told, first=text_of(found[0]), scenario=found[0]["scenario"])


def whole(report: Report, lang: Language) -> Iterator[str]:
    """Yield the whole report, a line each."""
    yield from [HEADING.say(lang), ""]
    for problem in report.problems:
        told = {
            "level": LEVELS[problem.level],
            "scenario": report.titles[problem.scenario],
            "what": problem.text,
        }
        yield from paragraph(PROBLEM.say(lang, **told))
    yield from [] if report.problems else [FINE.say(lang)]
    yield from ["", *paragraph(MEASURES.say(lang))] if report.evidence else []
    for one in report.evidence:
        yield from paragraph(INDENT + _of_measure(one, report, lang))
    for title, rows in _sections(report, lang):
        heads = [
            title.say(lang),
            *(name.say(lang) for key, name in report.titles.items() if key in report.means),
        ]
        yield from ["", *grid(heads, rows, [ITEM_WIDTH, *[NUMBER_WIDTH] * (len(heads) - 1)])]


def _of_measure(one: Evidence, report: Report, lang: Language) -> str:
    numbers = {name: value(getattr(one, name), 1) for name in ("events", "base_events", "changed", "hours")}
    names = {"scenario": report.titles[one.scenario], "measure": parts("measure")[one.measure].label}
    return MEASURE.say(lang, **names, **numbers, pairs=one.pairs, differ=one.pairs_changed)


def _sections(report: Report, lang: Language) -> Iterator[tuple[Text, list[list[str]]]]:
    """Yield title and rows of each table of the report, one column a scenario."""
    items = sorted({item for means in report.means.values() for item in means})
    kinds = sorted({kind for counts in report.events_a_year.values() for kind in counts})
    bounds = [item for item in items if item.endswith((".low", ".high"))]
    hours = [item for item in items if item.startswith(("hours.", "overload:"))]
    rest = [item for item in items if item.startswith(("cases.", "lost."))]
    for title, chosen, decimals in ((BOUNDS, bounds, 3), (HOURS, hours, 1), (CASES, rest, 1)):
        yield title, [_row(item_label(item), item, report.means, decimals, lang) for item in chosen]
    yield EVENTS, [_row(label_of(kind), kind, report.events_a_year, 1, lang) for kind in kinds]


def _row(label: Text, item: str, by_scenario: Mapping[str, Mapping[str, float]], decimals: int, lang: Language) -> list[str]:
    return [label.say(lang), *(value(values.get(item, 0.0), decimals) for values in by_scenario.values())]


LEVELS = {"error": Text(zh="错误", en="ERROR"), "warning": Text(zh="提醒", en="warning")}
HEADING = Text(zh="运行体检", en="Health of the runs")
FINE = Text(zh="没有发现问题。", en="Nothing is wrong.")
PROBLEM = Text(zh="{level}·{scenario}：{what}", en="{level}, {scenario}: {what}")
WRONG = Text(
    zh="体检：{errors} 项错误、{warnings} 项提醒，详见 {file}。其中（{scenario}）：{first}",
    en="health: {errors} errors, {warnings} warnings, see {file}. Among them ({scenario}): {first}",
)
MEASURES = Text(zh="各项措施改变了什么（每次运行）", en="What each measure changed (a run)")
MEASURE = Text(
    zh="{scenario}·{measure}：它的事件 {events}（对照 {base_events}），改变 {changed}；多用工时每周 {hours}；"
    "{pairs} 对中 {differ} 对的事件数与对照不同",
    en="{scenario}, {measure}: events that name it {events} (base {base_events}), changed {changed}; more "
    "hours a week {hours}; counts of events differ from the base in {differ} of {pairs} pairs",
)
BOUNDS = Text(zh="到底（低于 0.03）或到顶（高于 0.97）的比例", en="share at a bound, below 0.03 or above 0.97")
HOURS = Text(zh="每周工时", en="hours a week")
CASES = Text(zh="纠纷与守恒", en="cases, and what must be zero")
EVENTS = Text(zh="每年事件数", en="events a year")
