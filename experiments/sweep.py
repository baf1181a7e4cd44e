"""`cogov sweep`: many cells of a design, each as often as asked, in one folder that survives anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, digest, identities
from experiments.command import Answer, Command
from experiments.commands import going_on, repeating_point
from experiments.configuration import request_of
from experiments.finished import DONE, WITH_FAILURES, records, shown
from experiments.gallery import Wanted, draw_pictures, pictures_of
from experiments.manifest import manifest_of, titles
from experiments.opening import Experiment, opened
from experiments.points import POINTS, Points, read_points, write_points
from experiments.progress import Progress, progress_for
from experiments.request import Request
from experiments.results import MANIFEST, Folder, read_manifest
from experiments.runner import interruptible, run_tasks, tasks_of
from experiments.summary import SUMMARY, write_summary
from experiments.sweep_report import sweep_report
from experiments.sweep_words import planned, points_of
from sim.errors import InputError
from sim.texts import Text, same

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.figures.drawing import Tables

VERB = "sweep"
GOING_ON = ("replicates", "executor", "threads", "drift", "figures", "design")
"""What may be said of a sweep that goes on from its folder alone."""


@dataclass(frozen=True)
class Sweep:
    """A sweep to be done: its points, and all else that is asked."""

    request: Request
    points: Points

    @property
    def cells(self) -> list[Cell]:
        """Return every cell."""
        return self.points.cells(self.request.seed, self.request.replicates)

    @property
    def configuration(self) -> str:
        """Return a hash of what is asked, but for replicates and how it is computed."""
        return digest([VERB, self.points.digest, self.request.seed, self.request.events])


def answer(command: Command) -> Answer:
    """Sweep, and say what came out.

    Raises:
        InputError: a word, a name or a value is wrong.
    """
    result = perform(requested(command), progress_for(command.lang, command.quiet))
    return Answer(sweep_report(result, command.lang), result.as_json(), result.exit_code)


def requested(command: Command) -> Sweep:
    """Return the sweep that a command asks for, or the one in the folder that it says goes on."""
    folder = next((word.partition("=")[2] for word in command.words if word.startswith("resume=")), "")
    if folder.lower() not in ("", "true", "false"):
        return _kept(Path(folder), command)
    plan = planned(command.words, command.library)
    plain = request_of(VERB, (*plan.names[:1], *plan.fixed), command.library, "leave")
    points, scenarios, notes = points_of(plan, command.library, plain.seed)
    output = plain.output if _key_in("output", plan.fixed) else _default(points, plain)
    words = (VERB, *(word for word in command.words if word.partition("=")[0] != "resume"), *command.library.flags)
    request = replace(
        plain, scenarios=tuple(scenarios), output=output, words=words, notes=tuple(notes), lang=command.lang,
        figures=plain.figures,
    )  # fmt: skip
    return Sweep(request, points)


def _key_in(key: str, words: Sequence[str]) -> bool:
    return any(word.startswith(f"{key}=") for word in words)


def _default(points: Points, request: Request) -> Path:
    from experiments.output import default_folder

    return default_folder(VERB, list(dict.fromkeys(point.scenario for point in points.rows)), request.resume)


def _kept(folder: Path, command: Command) -> Sweep:
    """Return the sweep of a folder, from its manifest and points alone, with more replicates where they are asked."""
    if not (folder / MANIFEST).is_file() or read_manifest(folder)["verb"] != VERB:
        raise InputError(NO_SWEEP.filled(path=same(folder)), attempt="cogov sweep resume=FOLDER")
    settings = [word for word in command.words if not word.startswith("resume=")]
    for word in settings:
        if word.partition("=")[0].partition(".")[0] not in GOING_ON:
            raise InputError(NOT_NOW.filled(word=same(word)), allowed=same(", ".join(GOING_ON)))
    manifest, asked = read_manifest(folder), request_of(VERB, settings, command.library)
    replicates = asked.replicates if _key_in("replicates", settings) else manifest["replicates"]
    request = replace(
        asked, scenarios=(), output=folder, seed=manifest["seed"], replicates=replicates, resume=True,
        events=manifest["events"], words=tuple(manifest["words"]), lang=command.lang,
    )  # fmt: skip
    return Sweep(request, read_points(folder))


@dataclass(frozen=True)
class Swept:
    """A finished sweep as its folder tells it."""

    request: Request
    points: Points
    folder: Path
    manifest: dict[str, Any]

    @property
    def exit_code(self) -> int:
        """Return 0, or 1 where a cell failed."""
        return WITH_FAILURES if self.manifest["failed"] else DONE

    @cached_property
    def table(self) -> "DataFrame":
        """Return the table of cells: what is varied, every number, end values."""
        return read(self.folder, "cells")

    @cached_property
    def states(self) -> "DataFrame":
        """Return of the table of cells what says how each fared."""
        return read(self.folder, "cells", ["cell", "point", "scenario", "seed", "state", "error", "flags"])

    @cached_property
    def summary(self) -> "DataFrame":
        """Return a row a point: how many runs, and of every outcome the mean with its 95 % interval."""
        return read(self.folder, SUMMARY)

    def failures(self) -> list[dict[str, Any]]:
        """Return the cells that failed, with the command that repeats each."""
        failed = self.states[self.states.state == "failed"]
        rows: Any = failed.itertuples()
        cells = [Cell(int(row.cell), int(row.point), row.scenario, int(row.seed)) for row in rows]
        return [
            {
                "cell": cell.number,
                "scenario": cell.scenario,
                "seed": cell.seed,
                "error": error,
                "repeat": repeating_point(self.request, cell, self.varied(cell)),
            }
            for cell, error in zip(cells, failed.error, strict=True)
        ]

    def varied(self, cell: Cell) -> dict[str, Any]:
        """Return what is varied in a cell, by key."""
        values = zip(self.points.keys, self.points.rows[cell.index].values, strict=True)
        return {key: value for key, value in values if value is not None}

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`; what is missing is None."""
        return {
            "scenarios": list(titles(self.manifest)),
            "seed": self.manifest["seed"],
            "replicates": self.manifest["replicates"],
            "folder": str(self.folder),
            "points": records(self.summary),
            "failed": self.failures(),
        }


def read(folder: Path, name: str, columns: list[str] | None = None) -> "DataFrame":
    """Read one table of a sweep's folder, or some of its columns."""
    import pandas

    return pandas.read_parquet(folder / f"{name}.parquet", columns=columns)


def perform(sweep: Sweep, progress: Progress | None = None) -> Swept:
    """Do a sweep, or what is left of it, or read it back where its folder holds all of it.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    request, path = sweep.request, sweep.request.output
    experiment = Experiment(
        path, lambda: _manifest(sweep), sweep.configuration, request.replicates, len(sweep.cells),
        {f"{POINTS}.parquet": lambda file: write_points(file, sweep.points)}, request.resume, request.drift,
        lambda folder: _put_back(sweep, folder),
    )  # fmt: skip
    with opened(experiment) as folder, interruptible(going_on(request), path):
        if not folder.is_complete:
            folder = _live(sweep, folder, progress or Progress())
    return Swept(request, sweep.points, path, folder.manifest)


def _manifest(sweep: Sweep) -> dict[str, Any]:
    return {**manifest_of(sweep.request), "points": len(sweep.points.rows)}


def _put_back(sweep: Sweep, folder: Folder) -> None:
    before = sweep.points.cells(sweep.request.seed, folder.manifest["replicates"])
    folder.put_back(identities(sweep.points.configurations, before, folder.sources))


def _live(sweep: Sweep, folder: Folder, progress: Progress) -> Folder:
    from experiments.tables import Lived, write_tables

    cells, request = sweep.cells, sweep.request
    known = identities(sweep.points.configurations, cells, folder.sources)
    tasks = tasks_of(sweep.points.configurations, cells, folder.sources, request)
    failed = run_tasks(tasks, folder.journal, request.executor, progress)
    write_tables(folder.path, folder.journal, Lived(cells, known, failed, sweep.points.described()))
    write_summary(folder.path, sweep.points)
    if request.figures != "none":
        pictures = pictures_of(tables_of(folder.path, folder.manifest), folder.path, Wanted())
        draw_pictures(list(pictures), request.executor, progress, going_on(request))
    return folder.finish(sum(known[cell] in failed for cell in cells))


def tables_of(folder: Path, manifest: dict[str, Any]) -> "Tables":
    """Return what the figures of a sweep are drawn from: a row a point, with its interval, and a row a run."""
    return shown({name: read(folder, name) for name in (SUMMARY, "cells")}, manifest)


NO_SWEEP = Text(zh="{path} 里没有 sweep 的结果", en="there is no sweep in {path}")
NOT_NOW = Text(
    zh="接着做时不能改 {word}：做什么以文件夹里的记录为准",
    en="{word} cannot be said when a sweep goes on: what is run stands in its folder",
)
