"""Comparing scenarios on common random numbers: what differs, for whom, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from experiments.cells import cells_of
from experiments.comparison_report import comparison_report
from experiments.finished import Finished, finished, records
from experiments.gallery import draw_figures
from experiments.manifest import titles
from experiments.missing import missing
from experiments.opening import experiment_of
from experiments.precision import Width, enough, more, told_precision, widths
from experiments.progress import Progress
from experiments.request import Request
from experiments.results import MANIFEST, Folder, read_manifest, read_tables
from experiments.runner import carried_out, put_back, run_cells
from sim.errors import InputError
from sim.outcome import outcomes
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame


NOTHING_FOUND: Mapping[str, Any] = {
    "outcomes": {}, "effects": [], "group_effects": [], "event_counts": [], "missing": [], "precision": None
}  # fmt: skip


@dataclass(frozen=True)
class Comparison(Finished):
    """A finished comparison; the first scenario is the base of every difference."""

    figure = "effects"

    def table(self) -> "DataFrame":
        """Return the effects, headline outcomes first: outcome, scenario, difference, low, high, p, ..."""
        frame, rank = self.tables["effects"], {key: rank for rank, key in enumerate(outcomes())}
        order = frame.outcome.map(rank).sort_values(kind="stable").index
        return frame.loc[order].reset_index(drop=True)

    def report(self, lang: Language) -> str:
        """Return what is printed."""
        return comparison_report(self, lang)

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`; what is missing is None."""
        base = self.manifest["scenarios"][0]
        return {
            "scenario": base["name"],
            "scenarios": list(self.titles),
            "seed": self.manifest["seed"],
            "replicates": self.manifest["replicates"],
            "weeks": base["weeks"],
            "folder": str(self.folder),
            **(self._found() if "effects" in self.tables else NOTHING_FOUND),
            "failed": self.failures(),
        }

    def _found(self) -> dict[str, Any]:
        cells = self.tables["cells"]
        means = cells[cells.state == "done"].groupby("scenario")[list(outcomes())].mean()
        return {
            "outcomes": dict(zip(means.index, records(means), strict=True)),
            "effects": records(self.table()),
            "group_effects": records(self.tables["group_effects"]),
            "event_counts": records(self._event_counts()),
            "missing": records(missing(self.tables["cells"])),
            "precision": self.manifest.get("precision"),
        }

    def _event_counts(self) -> "DataFrame":
        told = self.tables["event_counts"].merge(self.tables["cells"][["cell", "scenario"]], on="cell")
        return told.groupby(["scenario", "measure", "action"])["count"].sum().reset_index()


def perform(request: Request, progress: Progress | None = None) -> Comparison:
    """Compare the request's scenarios, or read the comparison back where its folder holds it finished.

    Raises:
        InputError: fewer than two scenarios, one named twice, or a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    _check(request)
    asked = _as_it_ended(request)
    experiment = replace(experiment_of(asked), reopen=partial(put_back, asked))
    folder = carried_out(asked, lambda folder: _compare(asked, folder, progress or Progress()), experiment)
    return Comparison(**vars(finished(replace(request, replicates=folder.manifest["replicates"]), folder)))


def _as_it_ended(request: Request) -> Request:
    """Return a request whose replicates are those at which a finished search for precision stopped."""
    if not request.precision or not (request.output / MANIFEST).is_file():
        return request
    manifest = read_manifest(request.output)
    asked = (manifest.get("precision") or {}).get("first")
    return replace(request, replicates=manifest["replicates"]) if asked == request.replicates else request


def _compare(request: Request, folder: Folder, progress: Progress) -> Folder:
    failed = _run(request, folder, progress)
    if request.precision:
        request, folder, failed = _run_until_precise(request, folder, progress, failed)
    draw_figures(finished(request, folder), progress)
    return folder.finish(len(failed))


def _run(request: Request, folder: Folder, progress: Progress) -> dict[str, str]:
    """Live through the request's replicates and write their tables; return what failed, by identity."""
    cells = cells_of(request.scenarios, request.seed, request.replicates)
    folder.expect(len(cells))
    failed = run_cells(request, folder, cells, progress)
    folder.write_tables(request, cells, failed)
    write_effects(folder)
    return failed


def _run_until_precise(
    request: Request, folder: Folder, progress: Progress, failed: dict[str, str]
) -> tuple[Request, Folder, dict[str, str]]:
    """Go on in batches until every difference is as precise as asked, or the maximum is reached."""
    first = request.replicates
    while not enough(found := _widths(request, folder), request):
        request = replace(request, replicates=more(found, request, first))
        failed = _run(request, folder, progress)
    told = {"replicates": request.replicates, "precision": told_precision(found, request, first)}
    return request, Folder(folder.path, {**folder.manifest, **told}), failed


def _widths(request: Request, folder: Folder) -> list[Width]:
    effects = read_tables(folder.path).get("effects")
    return [] if effects is None else widths(effects, request.precision)


def write_effects(folder: Folder) -> None:
    """Write both tables of effects from the other tables of a folder, unless no cell at all is done."""
    from experiments.effects import effects, group_effects

    tables, names = read_tables(folder.path), list(titles(folder.manifest))
    cells = tables["cells"]
    if not (cells.state == "done").any():
        return
    for name, frame in (
        ("effects", effects(cells, names, folder.manifest.get("margins", {}))),
        ("group_effects", group_effects(cells, tables["by_group"], names)),
    ):
        folder.write_frame(name, frame)


def _check(request: Request) -> None:
    names = [scenario.name for scenario in request.scenarios]
    if len(names) < 2:
        raise InputError(TOO_FEW, attempt="cogov compare status_quo cross_serving")
    for name in names:
        if names.count(name) > 1:
            raise InputError(TWICE.filled(name=name), attempt="cogov list scenarios")


TOO_FEW = Text(zh="比较至少要两个方案", en="a comparison needs two scenarios or more")
TWICE = Text(zh="方案 {name} 写了两次", en="the scenario {name} is named twice")
