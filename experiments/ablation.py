"""`cogov ablate SCENARIO`: what each part of a package contributes, and which mechanism carries the effect.

A package is taken apart into its measures or, `by=levers`, its levers.  Every coalition of parts is a scenario of its own,
lived through with the seeds of all others.  Told are: each part left out of the whole, each added to nothing, and its
Shapley share; of up to four parts from all coalitions, of more along an order drawn for each seed and its reverse.

`by=mechanisms` takes nothing out of the package: it sets one number at a time to zero, in the package and in its base, and
tells how much of the effect goes with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from experiments.ablation_report import ablation_report
from experiments.ablation_tables import ablation_table, values_table
from experiments.cells import Cell, configuration_of, digest, identities
from experiments.coalitions import added_in, along, left_out, order, whole
from experiments.command import Answer, Command
from experiments.configuration import request_of
from experiments.finished import FinishedVariants, finished, records
from experiments.gallery import draw_figures
from experiments.opening import Experiment, experiment_of
from experiments.overrides import rejoined, several
from experiments.package import LEVERS, MEASURES, MECHANISMS, TAKEN_APART, Part, channels_of, nothing_of
from experiments.points import POINTS, Point, Points, write_points
from experiments.progress import Progress, progress_for
from experiments.request import Request
from experiments.results import Folder
from experiments.runner import carried_out, run_cells
from experiments.setting import with_setting
from experiments.uncertainty import switched_off, with_numbers
from scenarios.scenario import Scenario
from sim.errors import InputError, nearest
from sim.texts import Language, Text, same

if TYPE_CHECKING:
    from pandas import DataFrame

EXACT = 4
"""Up to so many parts all coalitions are lived through."""
WAYS = (MEASURES, LEVERS, MECHANISMS)
OURS = ("by", "off", "at")


@dataclass(frozen=True)
class Ablation:
    """An ablation to be done.

    request: its scenarios are nothing in force and the whole package.  variants: the scenario of each coalition or, by
    mechanisms, of each number switched off (bit 0: with the package; the number's place, from 1, shifted by one).
    seeds: those of each variant.
    """

    request: Request
    by: str
    parts: tuple[Part, ...]
    variants: Mapping[int, Scenario]
    seeds: Mapping[int, tuple[int, ...]]

    @property
    def is_exact(self) -> bool:
        """Say whether all coalitions are lived through."""
        return len(self.parts) <= EXACT

    @property
    def every_run(self) -> Request:
        """Return the request with all variants for scenarios."""
        return replace(self.request, scenarios=tuple(self.variants.values()), events="none")

    @property
    def experiment(self) -> Experiment:
        """Return what makes this ablation that and no other: its scenarios, and the parts that they are taken apart into."""
        asked = experiment_of(self.request)
        question = digest([asked.configuration, self.by, [part.key for part in self.parts]])
        files = {**asked.files, f"{POINTS}.parquet": lambda file: write_points(file, self.points)}
        return replace(asked, configuration=question, cells=len(self.cells()), files=files)

    @property
    def points(self) -> Points:
        """Return the variants as points, from which a run can be lived through again."""
        return Points((), (), tuple(Point(one.name, (), (), configuration_of(one)) for one in self.variants.values()))

    def cells(self) -> tuple[Cell, ...]:
        """Return every variant with each of its seeds."""
        pairs = [(index, key, seed) for index, key in enumerate(self.variants) for seed in self.seeds[key]]
        return tuple(Cell(number, index, self.variants[key].name, seed) for number, (index, key, seed) in enumerate(pairs))

    def variant_of(self, cell: Cell) -> int:
        """Return the key of a cell's variant."""
        return list(self.variants)[cell.index]


def answer(command: Command) -> Answer:
    """Take a package apart and say what each part does.

    Raises:
        InputError: a word, a name or a value is wrong, or there is nothing to take apart.
    """
    result = perform(requested(command), progress_for(command.lang, command.quiet))
    return Answer(result.report(command.lang), result.as_json(), result.exit_code)


def requested(command: Command) -> Ablation:
    """Return the ablation that a command asks for."""
    words = list(rejoined(command.words))
    ours = {key: value for key, _, value in (word.partition("=") for word in words) if key in OURS}
    by = ours.get("by", MECHANISMS if "off" in ours else MEASURES)
    if by not in WAYS:
        raise InputError(NO_WAY.filled(by=by), allowed=same(", ".join(WAYS)), nearest=nearest(by, WAYS))
    others = [word for word in words if word.partition("=")[0] not in OURS]
    if not any("=" not in word or word.startswith("scenario=") for word in others):
        raise InputError(WHICH, attempt="cogov ablate opinion_package")
    request = request_of("ablate", others, command.library)
    package = with_setting(request.scenarios[0], ours["at"]) if "at" in ours else request.scenarios[0]
    told = ("ablate", *command.words, *command.library.flags)
    request = replace(request, words=told, scenarios=(nothing_of(package), package))
    if by == MECHANISMS:
        return _by_mechanisms(request, channels_of(package, several(ours.get("off", ""))))
    return _by_parts(request, by)


def _by_parts(request: Request, by: str) -> Ablation:
    package = request.scenarios[1]
    parts_of, with_parts = TAKEN_APART[by]
    found = parts_of(package)
    if len(found) < 2:
        raise InputError(
            NOT_APART.filled(name=package.name, parts=len(found)), attempt=f"cogov ablate {package.name} by=mechanisms"
        )
    seeds = _seeds(len(found), range(request.seed, request.seed + request.replicates))
    variants = {
        coalition: replace(
            with_parts(package, [part.key for place, part in enumerate(found) if coalition >> place & 1]),
            name=f"{package.name}~{coalition:0{len(found)}b}",
        )
        for coalition in sorted(seeds)
    }
    return Ablation(request, by, found, variants, seeds)


def _seeds(parts: int, seeds: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return which coalitions are lived through with which seeds."""
    if parts <= EXACT:
        return {coalition: tuple(seeds) for coalition in range(1 << parts)}
    found: dict[int, list[int]] = {}
    always = {0, whole(parts), *left_out(parts), *added_in(parts)}
    for seed in seeds:
        for coalition in always | along(order(parts, seed)):
            found.setdefault(coalition, []).append(seed)
    return {coalition: tuple(mine) for coalition, mine in found.items()}


def _by_mechanisms(request: Request, channels: tuple[Part, ...]) -> Ablation:
    seeds = tuple(range(request.seed, request.seed + request.replicates))
    variants = {
        2 * place + bit: with_numbers(scenario, switched_off([part.key]) if part else {}, f"{scenario.name}~{place:02d}")
        for place, part in enumerate((None, *channels))
        for bit, scenario in enumerate(request.scenarios)
    }
    return Ablation(request, MECHANISMS, channels, variants, dict.fromkeys(variants, seeds))


@dataclass(frozen=True)
class AblationResult(FinishedVariants):
    """A finished ablation; the table `ablation` has a row for each outcome, kind of value and part."""

    figure = "contributions"
    ablation: Ablation | None = field(default=None, kw_only=True)

    def table(self) -> "DataFrame":
        """Return what every part contributes to every outcome, headlines first."""
        return self.tables["ablation"]

    def report(self, lang: Language) -> str:
        """Return what is printed."""
        assert self.ablation is not None
        return ablation_report(self, self.ablation, lang)

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`; what is missing is None."""
        assert self.ablation is not None
        return {
            "scenario": self.ablation.request.scenarios[1].name,
            "by": self.ablation.by,
            "parts": [part.key for part in self.ablation.parts],
            "exact": self.ablation.is_exact,
            "replicates": self.manifest["replicates"],
            "folder": str(self.folder),
            "ablation": records(self.table()),
            "failed": len(self.failed),
        }


def perform(ablation: Ablation, progress: Progress | None = None) -> AblationResult:
    """Ablate, or read the ablation back where its folder holds it finished.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    work = partial(_run, ablation, progress=progress or Progress())
    folder = carried_out(ablation.request, work, ablation.experiment)
    return AblationResult(**vars(finished(ablation.request, folder)), ablation=ablation)


def _run(ablation: Ablation, folder: Folder, progress: Progress) -> Folder:
    request, cells = ablation.every_run, ablation.cells()
    failed = run_cells(request, folder, cells, progress)
    known = identities(request.configurations, cells, folder.sources)
    lived = {cell: folder.ends(known[cell]) for cell in cells if known[cell] not in failed}
    reasons = {cell: failed.get(known[cell], "") for cell in cells}
    values = values_table(ablation, lived, reasons)
    folder.write_frame("cells", values)
    folder.write_frame("ablation", ablation_table(ablation, values))
    draw_figures(AblationResult(**vars(finished(ablation.request, folder)), ablation=ablation), progress)
    return folder.finish(len(failed))


WHICH = Text(zh="拆开哪个方案？", en="ablate which scenario?")
NO_WAY = Text(zh="by 不能取 {by}", en="by cannot be {by}")
NOT_APART = Text(
    zh="{name} 只有 {parts} 个部分，拆不开",
    en="{name} has {parts} part only and cannot be taken apart",
)
