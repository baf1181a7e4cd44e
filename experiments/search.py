"""`cogov search`: compare a scenario with its base over draws of the uncertain numbers.

A plain loop over draws that fill the declared ranges evenly (a Latin hypercube).  Each draw has worlds of
its own, never shared with another draw: a few shared worlds would make the draws alike and the spread too
narrow.  The draw with the largest rise and the one with the largest fall are lived through again with fresh
seeds, since the best of many is lucky.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from experiments.cells import Cell, digest
from experiments.command import Answer, Command
from experiments.configuration import BASE, request_of
from experiments.factors import Factor
from experiments.finished import FinishedVariants, finished
from experiments.names import is_whole
from experiments.opening import Experiment, experiment_of
from experiments.output import default_folder
from experiments.overrides import rejoined, several
from experiments.progress import Progress, progress_for
from experiments.request import Request
from experiments.results import Folder, read_tables
from experiments.runner import carried_out, run_cells
from experiments.search_report import search_report
from experiments.search_tables import BASE_PART, DRAWN, DRAWS, confirmed, draws_table, extremes
from experiments.uncertainty import even_draws, named, switched_off, uncertain, with_numbers
from experiments.writing import write_bytes
from sim.errors import InputError
from sim.parts import checked, default_of, number, numbers_of
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

CONFIRMED = "confirmed.csv"
OURS = ("base", "scenario", "draws", "confirm", "numbers", "off")
BY_THE_USER = "assumed: a choice of the user"


@dataclass(frozen=True)
class Effort:
    """How many draws, how many pairs in each, and how many fresh pairs confirm the extremes."""

    draws: int = number(
        40, low=2, high=100_000, unit=Text(zh="次", en="draws"), zh="抽取次数", en="draws", source=BY_THE_USER
    )
    replicates: int = number(
        2,
        low=1,
        high=1000,
        unit=Text(zh="对", en="pairs"),
        zh="每次抽取的重复",
        en="pairs in each draw",
        source=BY_THE_USER,
    )
    confirm: int = number(
        30, low=0, high=10_000, unit=Text(zh="对", en="pairs"), zh="复核的重复",
        en="fresh pairs for the extremes",
        source=BY_THE_USER,
    )  # fmt: skip


@dataclass(frozen=True)
class Search:
    """A search to be done: its runs, its effort, the numbers of each draw, which are switched off."""

    request: Request
    effort: Effort
    values: tuple[Mapping[str, float], ...]
    off: tuple[str, ...] = ()

    def first_cells(self) -> tuple[Cell, ...]:
        """Return a pair of cells for each replicate of each draw; no two draws share a seed."""
        per_draw = self.effort.replicates
        return self._numbered(
            (draw, self.request.seed + draw * per_draw + replicate)
            for draw in range(len(self.values))
            for replicate in range(per_draw)
        )

    def fresh_cells(self, draws: Sequence[int]) -> tuple[Cell, ...]:
        """Return the pairs that confirm some draws, with seeds that none has seen."""
        first, number = self.fresh_seed, self.effort.confirm
        return self._numbered(
            ((draw, first + place * number + pair) for place, draw in enumerate(draws) for pair in range(number)),
            len(self.first_cells()),
        )

    @property
    def fresh_seed(self) -> int:
        """Return the first seed that no draw has."""
        return self.request.seed + len(self.values) * self.effort.replicates

    @property
    def experiment(self) -> Experiment:
        """Return what makes this search that and no other: its draws, and with how many fresh pairs they are confirmed."""
        draws = experiment_of(self.request)
        asked = digest([draws.configuration, self.effort.confirm])
        return replace(draws, configuration=asked, cells=len(self.first_cells()))

    def _numbered(self, pairs: Any, start: int = 0) -> tuple[Cell, ...]:
        cells = [(2 * draw + part, seed) for draw, seed in pairs for part in (0, 1)]
        names = [scenario.name for scenario in self.request.scenarios]
        return tuple(Cell(start + place, index, names[index], seed) for place, (index, seed) in enumerate(cells))


def answer(command: Command) -> Answer:
    """Search, and say where the scenario helps and where it hurts.

    Raises:
        InputError: a word, a name or a value is wrong.
    """
    result = perform(requested(command), progress_for(command.lang, command.quiet))
    return Answer(result.report(command.lang), result.as_json(), result.exit_code)


def requested(command: Command) -> Search:
    """Return the search that a command asks for."""
    ours, others = _split(command.words)
    names = [word for word in others if "=" not in word]
    scenario = ours.get("scenario") or (names.pop() if names else None)
    if scenario is None:
        raise InputError(WHICH, attempt="cogov search scenario=joint_meeting")
    effort, off = _effort(ours, others), several(ours.get("off", ""))
    settings = [word for word in others if "=" in word and not word.startswith("replicates=")]
    asked = request_of("compare", (ours.get("base", BASE), scenario, *settings), command.library)
    fixed = [word.partition("=")[0] for word in settings]
    numbers = named(several(ours["numbers"])) if "numbers" in ours else uncertain((*fixed, *off))
    return _search(asked, effort, numbers, off, command)


def _search(asked: Request, effort: Effort, numbers: Sequence[Factor], off: Sequence[str], command: Command) -> Search:
    zeros = switched_off(off)
    values = tuple({**draw, **zeros} for draw in even_draws(numbers, effort.draws, asked.seed))
    variants = [
        with_numbers(scenario, draw, f"{scenario.name}{DRAWN}{place:04d}{part}")
        for place, draw in enumerate(values)
        for scenario, part in zip(asked.scenarios, (BASE_PART, ""), strict=True)
    ]
    named_output = any(word.startswith("output=") for word in command.words)
    names = [scenario.name for scenario in asked.scenarios]
    output = asked.output if named_output else default_folder("search", names, asked.resume)
    request = replace(
        asked, verb="search", scenarios=tuple(variants), output=output, replicates=effort.replicates,
        words=("search", *command.words, *command.library.flags),
    )  # fmt: skip
    return Search(request, effort, values, tuple(off))


def _split(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the settings that are this verb's own, and the words that are everybody's."""
    ours, others = {}, []
    for word in rejoined(words):
        key, equals, value = word.partition("=")
        if equals and key in OURS:
            ours[key] = value
        else:
            others.append(word)
    return ours, others


def _effort(ours: Mapping[str, str], others: Sequence[str]) -> Effort:
    typed = dict(ours)
    typed.update(dict(word.split("=", 1) for word in others if word.startswith("replicates=")))
    return Effort(**{name: _whole(name, typed[name]) for name in numbers_of(Effort) if name in typed})


def _whole(name: str, text: str) -> int:
    about = numbers_of(Effort)[name]
    value: Any = int(text) if text.isascii() and text.removeprefix("-").isdigit() else text
    assert is_whole(Effort, name) and default_of(Effort, name) is not None
    fits: Any = checked(name, value, about)
    return int(fits)


@dataclass(frozen=True)
class SearchResult(FinishedVariants):
    """A finished search; `draws`: a row a draw; `confirmed`: the extremes lived through again."""

    search: Search | None = field(default=None, kw_only=True)

    @cached_property
    def draws(self) -> "DataFrame":
        """Return a row for each draw: its numbers and the differences it gave."""
        assert self.search is not None
        return draws_table(self.tables, self.search.values, self.search.fresh_seed)

    @cached_property
    def confirmed(self) -> "DataFrame":
        """Return the draws with the largest rise and fall, with the differences on fresh seeds."""
        assert self.search is not None
        return confirmed(self.tables, self.draws, self.search.fresh_seed)

    def report(self, lang: Language) -> str:
        """Return what is printed."""
        return search_report(self, lang)

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values for `--json`; what is missing is None."""
        from experiments.finished import records

        assert self.search is not None
        base, scenario = self.names
        return {
            "base": base,
            "scenario": scenario,
            **vars(self.search.effort),
            "off": list(self.search.off),
            "folder": str(self.folder),
            "draws_table": records(self.draws),
            "confirmed": records(self.confirmed),
            "failed": len(self.failed),
        }

    @property
    def names(self) -> tuple[str, str]:
        """Return the names of the base and of the scenario."""
        first, second = self.request.scenarios[:2]
        return first.name.partition(DRAWN)[0], second.name.partition(DRAWN)[0]


def perform(search: Search, progress: Progress | None = None) -> SearchResult:
    """Search, or read the search back where its folder holds it finished.

    Raises:
        InputError: a folder that cannot be used.
        Interrupted: Ctrl-C, or a disk that fills; finished cells are kept.
    """
    folder = carried_out(search.request, lambda folder: _run(search, folder, progress or Progress()), search.experiment)
    return SearchResult(**vars(finished(search.request, folder)), search=search)


def _run(search: Search, folder: Folder, progress: Progress) -> Folder:
    request, cells = search.request, search.first_cells()
    failed = run_cells(request, folder, cells, progress)
    folder.write_tables(request, cells, failed)
    if len(failed) == len(cells):
        return folder.finish(len(failed))
    found = draws_table(read_tables(folder.path), search.values, search.fresh_seed)
    if search.effort.confirm and found.satisfaction.notna().any():
        fresh = search.fresh_cells(extremes(found))
        folder.expect(len(cells) + len(fresh))
        failed |= run_cells(request, folder, fresh, progress)
        folder.write_tables(request, (*cells, *fresh), failed)
    _write(SearchResult(**vars(finished(request, folder)), search=search), folder)
    return folder.finish(len(failed))


def _write(result: SearchResult, folder: Folder) -> None:
    for name, frame in ((DRAWS, result.draws), (CONFIRMED, result.confirmed)):
        write_bytes(folder.path / name, frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))


WHICH = Text(zh="试探哪个方案？写 scenario=名称", en="search which scenario? write scenario=NAME")
