"""One scenario lived through once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from experiments.cells import cells_of
from experiments.figures.captions import outcome_name
from experiments.finished import Finished, finished, records
from experiments.gallery import draw_figures
from experiments.manifest import how
from experiments.progress import Progress
from experiments.request import Request
from experiments.results import Folder
from experiments.runner import carried_out, run_cells
from experiments.sentences import events_left
from experiments.terminal import INDENT, grid, paragraph, value
from sim.errors import InputError
from sim.outcome import outcomes
from sim.texts import Language, Text

LABEL_WIDTH, VALUE_WIDTH = 64, 12


@dataclass(frozen=True)
class RunResult(Finished):
    """A finished run."""

    def outcomes(self) -> dict[str, float | None]:
        """Return the end value of every outcome, headlines first; None where it has none."""
        [values] = records(self.tables["cells"][list(outcomes())]) if not self.failed else [{}]
        return values

    def report(self, lang: Language) -> str:
        """Return what is printed: the end value of every outcome, and the events that measures left."""
        lines = [line for words in self.opening(lang) for line in paragraph(words)]
        [scenario], [title] = self.manifest["scenarios"], self.titles.values()
        lines += [*paragraph(f"{title.say(lang)} · {how(self.manifest).say(lang)}"), ""]
        if not self.failed:
            lines += [*self._values(lang), "", *events_left(scenario, self.tables, lang)]
        return "\n".join([*lines, *self.closing(lang)])

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`."""
        [scenario] = self.manifest["scenarios"]
        return {
            "scenario": scenario["name"],
            "seed": self.manifest["seed"],
            "weeks": scenario["weeks"],
            "folder": str(self.folder),
            "outcomes": self.outcomes(),
            "failed": self.failures(),
        }

    def _values(self, lang: Language) -> Iterator[str]:
        """Yield the table of outcomes: those that are not headlines stand indented below."""
        ends = self.outcomes()
        rows = [
            [
                ("" if outcome.headline else INDENT) + outcome_name(outcome, outcome.unit, lang),
                value(float("nan") if (end := ends[key]) is None else end, outcome.decimals),
            ]
            for key, outcome in outcomes().items()
        ]
        yield from grid(["", ""], rows, [LABEL_WIDTH, VALUE_WIDTH])


def perform(request: Request, progress: Progress | None = None) -> RunResult:
    """Live through the request's scenario once, or read the run back where its folder holds it finished.

    Raises:
        InputError: more than one scenario, or a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills.
    """
    if len(request.scenarios) != 1:
        raise InputError(ONE, attempt="cogov compare status_quo cross_serving")
    request = replace(request, replicates=1)
    folder = carried_out(request, lambda folder: _run(request, folder, progress or Progress()))
    return RunResult(**vars(finished(request, folder)))


def _run(request: Request, folder: Folder, progress: Progress) -> Folder:
    cells = cells_of(request.scenarios, request.seed, request.replicates)
    failed = run_cells(request, folder, cells, progress)
    folder.write_tables(request, cells, failed)
    draw_figures(finished(request, folder), progress)
    return folder.finish(len(failed))


ONE = Text(zh="run 只运行一个方案；比较几个方案用 compare", en="run takes one scenario; compare takes several")
