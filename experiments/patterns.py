"""`cogov patterns`: does the model reproduce what is seen in life?  One table, failures shown as failures."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from experiments.cells import cells_of
from experiments.command import Answer, Command
from experiments.configuration import request_of
from experiments.finished import FAILED, FOLDER, Finished, finished
from experiments.manifest import bilingual
from experiments.output import default_folder
from experiments.overrides import is_setting
from experiments.progress import Progress, progress_for
from experiments.request import Request
from experiments.results import Folder
from experiments.runner import carried_out, run_cells
from experiments.terminal import interval, paragraph, value
from experiments.validation import STANDING_IN, WITH_COMMITTEES, WITHOUT_SUITS, Found, Pattern, Runs, patterns
from experiments.writing import write_bytes
from scenarios.scenario import Scenario
from sim.errors import InputError
from sim.parts import numbers_of, part_named
from sim.texts import LANGUAGES, Language, Text

TABLE = "patterns.csv"
BASES = ("status_quo", "substitution_acting")
COMMITTEES_PLACE = "four_estates_with_committees"
NO_SUITS: Mapping[str, float] = {"campaign": 0.0, "campaign_collection": 0.0}


def answer(command: Command) -> Answer:
    """Run what the patterns need, and set what was found against what is seen in life.

    Raises:
        InputError: a word that is no setting, or a setting that is wrong.
    """
    result = perform(requested(command), progress_for(command.lang, command.quiet))
    return Answer(result.report(command.lang), result.as_json(), result.exit_code)


def requested(command: Command) -> Request:
    """Return the runs that the patterns rest on: today's practice, and scenarios that differ by one thing."""
    for word in command.words:
        if not is_setting(word):
            raise InputError(NO_NAME.filled(word=word), attempt="cogov patterns replicates=30")
    request = request_of("compare", (*BASES, *command.words), command.library)
    named = any(word.startswith("output=") for word in command.words)
    output = request.output if named else default_folder("patterns", ["patterns"], request.resume)
    return replace(
        request, verb="patterns", scenarios=variants(*request.scenarios), output=output, events="all",
        words=("patterns", *command.words),
    )  # fmt: skip


def variants(status_quo: Scenario, standing_in: Scenario) -> tuple[Scenario, ...]:
    """Return the scenarios of the patterns: each differs from the status quo by what its name says."""
    arrears = replace(status_quo.mechanisms["arrears"], **NO_SUITS)
    return (
        status_quo,
        _called(_no_election_after(standing_in), STANDING_IN),
        _called(replace(status_quo, mechanisms={**status_quo.mechanisms, "arrears": arrears}), WITHOUT_SUITS),
        _called(replace(status_quo, place=_with_committees(status_quo)), WITH_COMMITTEES),
    )


def _with_committees(scenario: Scenario) -> Any:
    place = part_named("place", COMMITTEES_PLACE)
    known = {name: getattr(scenario.place, name) for name in numbers_of(place) if hasattr(scenario.place, name)}
    return place(**known)


def _no_election_after(scenario: Scenario) -> Scenario:
    """Return the scenario with substitution by itself: what follows it is another measure."""
    [setting] = scenario.policy.settings
    levers = {name: schedule for name, schedule in setting.levers.items() if name != "afterwards"}
    neutral = ((next(iter(setting.levers.values()))[0][0], "none"),)
    changed = replace(setting, levers={**levers, "afterwards": neutral})
    return replace(scenario, policy=replace(scenario.policy, settings=(changed,)))


def _called(scenario: Scenario, name: str) -> Scenario:
    story = scenario.story
    return replace(scenario, name=name, story=story and replace(story, title=TITLES[name]))


@dataclass(frozen=True)
class Patterns(Finished):
    """The finished runs behind the patterns."""

    @cached_property
    def found(self) -> dict[str, Found]:
        """Return what the model gives for each pattern, by its id; nothing where every run failed."""
        if "outcomes" not in self.tables:
            return {}
        base = self.manifest["scenarios"][0]
        runs = Runs(self.tables, base["weeks"], base["dwellings"])
        return {id: pattern.measure(runs) for id, pattern in patterns().items()}

    def rows(self) -> list[dict[str, Any]]:
        """Return the table of patterns as plain values; what is missing is None."""
        return [_row(patterns()[id], found) for id, found in self.found.items()]

    def report(self, lang: Language) -> str:
        """Return what is printed."""
        lines = [line for words in self.opening(lang) for line in paragraph(words)]
        lines += paragraph(ABOUT.say(lang, replicates=self.manifest["replicates"]))
        for id, found in self.found.items():
            lines += ["", *_lines(patterns()[id], found, lang)]
        lines += ["", *paragraph(self._summary(lang)), *paragraph(READING.say(lang)), ""]
        return "\n".join([*lines, *self.closing(lang)])

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`."""
        told = {key: self.manifest[key] for key in ("seed", "replicates")}
        weeks = self.manifest["scenarios"][0]["weeks"]
        return {**told, "weeks": weeks, "folder": str(self.folder), "patterns": self.rows()}

    def closing(self, lang: Language) -> Iterator[str]:
        """Yield the cells that failed, what ails the runs, and where everything is.

        No command repeats a single cell: scenarios of the patterns have no file.
        """
        from experiments.health_report import warning

        for cell, reason in self.failed.items():
            yield FAILED.say(lang, scenario=self.titles[cell.scenario], seed=cell.seed, reason=reason)
        for words in warning(self.folder, lang):
            yield from paragraph(words)
        yield FOLDER.say(lang, folder=self.folder)

    def _summary(self, lang: Language) -> str:
        verdicts = [row["verdict"] for row in self.rows()]
        counts = {key: verdicts.count(key) for key in VERDICTS}
        failing = ", ".join(row["id"] for row in self.rows() if row["verdict"] == "fail")
        return SUMMARY.say(lang, **counts, failing=f" ({failing})" if failing else "")


def perform(request: Request, progress: Progress | None = None) -> Patterns:
    """Run what the patterns need, or read it back where the folder holds it finished.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    folder = carried_out(request, lambda folder: _run(request, folder, progress or Progress()))
    return Patterns(**vars(finished(request, folder)))


def _run(request: Request, folder: Folder, progress: Progress) -> Folder:
    cells = cells_of(request.scenarios, request.seed, request.replicates)
    failed = run_cells(request, folder, cells, progress)
    folder.write_tables(request, cells, failed)
    if len(failed) < len(cells):
        rows = Patterns(**vars(finished(request, folder))).rows()
        write_bytes(folder.path / TABLE, table_of(rows))
    return folder.finish(len(failed))


def table_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as a table that spreadsheets open with their Chinese intact, in both languages."""
    page = io.StringIO()
    flat = [dict(_flat(row)) for row in rows]
    writer = csv.DictWriter(page, list(flat[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(flat)
    return page.getvalue().encode("utf-8-sig")


def _flat(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in row.items():
        if isinstance(item, Mapping):
            yield from ((f"{key}_{lang}", item[lang]) for lang in LANGUAGES)
        else:
            yield key, item


def _row(pattern: Pattern, found: Found) -> dict[str, Any]:
    return {
        "id": pattern.id,
        "what": bilingual(pattern.what),
        "unit": bilingual(pattern.unit),
        "source": pattern.source,
        "band_low": pattern.low,
        "band_high": pattern.high,
        **{name: None if number != number else number for name, number in vars(found).items()},
        "origin": pattern.origin,
        "verdict": pattern.verdict(found),
        "sure": pattern.is_sure(found),
        "missing": bilingual(pattern.missing or Text(zh="", en="")),
    }


def _lines(pattern: Pattern, found: Found, lang: Language) -> Iterator[str]:
    verdict = VERDICTS[pattern.verdict(found)].say(lang) + ("" if _is_plain(pattern, found) else UNSURE)
    yield from paragraph(f"{pattern.id}  {verdict}  {pattern.what.say(lang)}")
    told = value(found.value, pattern.decimals)
    between = interval(found.low, found.high, pattern.decimals)
    yield from paragraph(
        "  "
        + LINE.say(
            lang,
            value=told,
            interval=between,
            unit=pattern.unit,
            band=_band(pattern),
            source=pattern.source,
            origin=ORIGINS[pattern.origin],
            n=found.n,
        )  # fmt: skip
    )
    if pattern.missing:
        yield from paragraph("  " + pattern.missing.say(lang))


def _is_plain(pattern: Pattern, found: Found) -> bool:
    return pattern.verdict(found) == "first_value" or pattern.is_sure(found)


def _band(pattern: Pattern) -> Text:
    low, high = pattern.low, pattern.high
    if low is None and high is None:
        return NO_BAND
    if low is None:
        return AT_MOST.filled(high=f"{high:g}")
    return AT_LEAST.filled(low=f"{low:g}") if high is None else BETWEEN.filled(low=f"{low:g}", high=f"{high:g}")


TITLES: Mapping[str, Text] = {
    STANDING_IN: Text(zh="只代行，不随后选举", en="Standing in by itself"),
    WITHOUT_SUITS: Text(zh="现状，企业不起诉", en="Status quo, firms never sue"),
    WITH_COMMITTEES: Text(zh="现状，都有业委会", en="Status quo, a committee in each estate"),
}
VERDICTS: Mapping[str, Text] = {
    "pass": Text(zh="合", en="PASS"),
    "fail": Text(zh="不合", en="FAIL"),
    "first_value": Text(zh="初值", en="first value"),
}
UNSURE = "?"
ORIGINS: Mapping[str, Text] = {
    "produced": Text(zh="机制产生", en="produced"),
    "imposed": Text(zh="按它设定", en="imposed"),
}
NO_NAME = Text(zh="patterns 只接受设置，不接受 {word}", en="patterns takes settings, not {word}")
ABOUT = Text(
    zh="应当再现的规律 · 今天的做法，四类小区，{replicates} 次重复",
    en="patterns to reproduce · today's practice, four kinds of estate, {replicates} replicates",
)
LINE = Text(
    zh="{value} {interval} {unit}；{band}；{source}；{origin}；n = {n}",
    en="{value} {interval} {unit}; {band}; {source}; {origin}; n = {n}",
)
NO_BAND = Text(zh="暂无判断", en="no verdict yet")
AT_MOST = Text(zh="应不超过 {high}", en="should be at most {high}")
AT_LEAST = Text(zh="应不低于 {low}", en="should be at least {low}")
BETWEEN = Text(zh="应在 {low} 至 {high}", en="should be {low} to {high}")
SUMMARY = Text(
    zh="合 {pass}，不合 {fail}{failing}，初值 {first_value}。",
    en="{pass} pass, {fail} fail{failing}, {first_value} first values.",
)
READING = Text(
    zh="读法：方括号是 95 % 区间（重复次数再抽样）；“?”表示区间跨过了界限。"
    "“按它设定”的规律是取数时就照着它定的，"
    "合了也不能证明什么。",
    en="How to read: 95 % intervals in brackets (replicates drawn anew); '?' where the interval crosses "
    "a limit. An 'imposed' "
    "pattern is what its numbers were set to: that it passes proves nothing.",
)
