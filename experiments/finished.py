"""What every finished experiment has: its folder, manifest, tables, and what went wrong in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from experiments.cells import Cell, cells_of, sources_hash
from experiments.commands import repeating
from experiments.manifest import how, text_of, titles
from experiments.request import Request
from experiments.results import Folder, read_tables
from experiments.terminal import paragraph
from sim.parts import part_named
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

    from experiments.figures.drawing import Tables
    from sim.community import Community

DONE, WITH_FAILURES = 0, 1


@dataclass(frozen=True)
class Finished:
    """A finished experiment as its folder tells it.

    tables: every table of the folder by name.  figure: the one that `plot` draws unless told otherwise.
    """

    figure: ClassVar[str] = "outcomes_over_time"

    request: Request
    folder: Path
    manifest: Mapping[str, Any]
    tables: "Mapping[str, DataFrame]"

    @property
    def exit_code(self) -> int:
        """Return 0, or 1 where a cell failed."""
        return WITH_FAILURES if self.failed else DONE

    @property
    def titles(self) -> dict[str, Text]:
        """Return the title of each scenario by name, the base first."""
        return titles(self.manifest)

    @property
    def failed(self) -> dict[Cell, str]:
        """Return the cells that failed, with the reason of each."""
        cells = self.tables["cells"]
        reasons = dict(zip(cells.cell, cells.error, strict=True))
        asked = cells_of(self.request.scenarios, self.request.seed, self.request.replicates)
        return {cell: reasons[cell.number] for cell in asked if reasons[cell.number]}

    def plot(self, figure: str | None = None, lang: Language = "en") -> "Figure":
        """Return one of the command line's figures."""
        drawn: Figure = part_named("figure", figure or self.figure)().draw(self.shown(), lang).figure
        return drawn

    def model(self, scenario: str, seed: int) -> "Community":
        """Return the community of one cell at its start: a `mesa.Model` to step through."""
        from scenarios.settle import settle

        named = {one.name: one for one in self.request.scenarios}
        return settle(named[scenario], seed)

    def shown(self) -> "Tables":
        """Return the tables with the words that figures need."""
        return shown(self.tables, self.manifest)

    def opening(self, lang: Language) -> Iterator[str]:
        """Yield what the user should be told before any number."""
        yield from (text_of(note).say(lang) for note in self.manifest["notes"])
        if self.failed:
            yield INCOMPLETE.say(lang, failed=len(self.failed), total=len(self.tables["cells"]))
        if runs := degenerate(self.tables["cells"]):
            yield DEGENERATE_RUNS.say(lang, runs=runs, total=len(self.tables["cells"]), file=f"health.{lang}.txt")
        if self.manifest.get("mixed"):
            yield MIXED.say(lang)
        if self.manifest["sources"] != sources_hash():
            yield OLDER_SOURCES.say(lang)

    def closing(self, lang: Language) -> Iterator[str]:
        """Yield failed cells with the commands that repeat them, what ails the runs, and the folder."""
        from experiments.health_report import warning

        for cell, reason in self.failed.items():
            yield FAILED.say(lang, scenario=self.titles[cell.scenario], seed=cell.seed, reason=reason)
            yield "    " + repeating(self.request, cell)
        for words in warning(self.folder, lang):
            yield from paragraph(words)
        yield FOLDER.say(lang, folder=self.folder)

    def failures(self) -> list[dict[str, Any]]:
        """Return the cells that failed as plain values."""
        return [
            {
                "scenario": cell.scenario,
                "seed": cell.seed,
                "error": reason,
                "repeat": repeating(self.request, cell),
            }
            for cell, reason in self.failed.items()
        ]


@dataclass(frozen=True)
class FinishedVariants(Finished):
    """A finished experiment whose scenarios are variants without a name or a file: no command repeats one run alone."""

    @property
    def failed(self) -> dict[Cell, str]:
        """Return the cells that failed, with the reason of each."""
        rows: Any = self.tables["cells"][["cell", "scenario", "seed", "error"]].itertuples(index=False)
        return {Cell(int(row.cell), 0, row.scenario, int(row.seed)): row.error for row in rows if row.error}

    def closing(self, lang: Language) -> Iterator[str]:
        """Yield the cells that failed, and where everything is."""
        for cell, reason in self.failed.items():
            yield FAILED.say(lang, scenario=cell.scenario, seed=cell.seed, reason=reason)
        yield FOLDER.say(lang, folder=self.folder)


def shown(tables: "Mapping[str, DataFrame]", manifest: Mapping[str, Any]) -> "Tables":
    """Return tables with the words that figures need: titles, how they were made, how many runs are degenerate."""
    from experiments.figures.drawing import Tables

    told, runs = how(manifest), degenerate(tables["cells"])
    if runs:
        told = DEGENERATE.filled(how=told, runs=runs, total=len(tables["cells"]))
    return Tables(tables, titles(manifest), told)


def degenerate(cells: "DataFrame") -> int:
    """Return how many runs lost something or degenerated, as the health report says."""
    return int((cells["flags"] != "").sum()) if "flags" in cells else 0


def finished(request: Request, folder: Folder) -> Finished:
    """Read an experiment back from its folder."""
    return Finished(request, folder.path, folder.manifest, read_tables(folder.path))


def records(frame: "DataFrame") -> list[dict[str, Any]]:
    """Return a table's rows as plain values; what is missing is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


INCOMPLETE = Text(
    zh="注意：{total} 次运行中有 {failed} 次失败，以下只含其余运行（见文末）。",
    en="Note: {failed} of {total} runs failed; what follows is of the others only (see the end).",
)
DEGENERATE = Text(
    zh="{how} · 注意：{total} 次运行中有 {runs} 次退化", en="{how} · note: {runs} of {total} runs are degenerate"
)
DEGENERATE_RUNS = Text(
    zh="注意：{total} 次运行中有 {runs} 次退化（如人人同意、到顶、无人），结果仍含这些运行，详见 {file}。",
    en="Note: {runs} of {total} runs are degenerate (all alike, at a bound, nobody there); they are among "
    "what follows, see {file}.",
)
OLDER_SOURCES = Text(
    zh="注意：这些结果是用另一版模型源码得出的。",
    en="Note: these results were made with other sources of the model.",
)
MIXED = Text(
    zh="注意：这些结果混有几版模型源码（drift=allow）。",
    en="Note: these results mix several versions of the model's sources (drift=allow).",
)
FAILED = Text(zh="失败：{scenario}，种子 {seed}：{reason}", en="failed: {scenario}, seed {seed}: {reason}")
FOLDER = Text(zh="图、表、数据：{folder}", en="figures, tables, data: {folder}")
