"""From the words of `cogov sweep` to its points: the grammar expanded, the scenarios resolved."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from experiments.cells import configuration_of
from experiments.configuration import BASE, Draft, drafted, reaches_none, require_use
from experiments.design import GRID, Axis, Design, Value, designed, require_variable
from experiments.grammar import swept
from experiments.library import Library
from experiments.names import number_at, require
from experiments.overrides import GROUPS, Override, Words, is_setting, override, rejoined, several, understood
from experiments.points import Point, Points
from experiments.problems import tell
from experiments.resolution import never_in_force, resolved
from experiments.scenario_file import ScenarioFile
from scenarios.scenario import Scenario
from sim.errors import InputError
from sim.parts import parts
from sim.texts import Text

SCENARIO = "scenario"
SCENARIOS = ("scenario", "scenarios")


@dataclass(frozen=True)
class Plan:
    """What a sweep's words say.  names: of scenarios, as typed.  fixed: words that every point has.

    axes: what is varied.  design: the word that names the design.
    """

    names: tuple[str, ...]
    fixed: tuple[str, ...]
    axes: tuple[Axis, ...]
    design: str = GRID


@dataclass
class Bases:
    """The scenarios before anything is varied, composed once for each combination of place and policy."""

    files: Sequence[ScenarioFile]
    said: Words
    library: Library
    composed: dict[tuple[tuple[str, Any], ...], tuple[list[Draft], list[Text]]] = field(default_factory=dict)

    def drafts(self, choices: Mapping[str, Any]) -> list[Draft]:
        """Return the drafts of all scenarios under some choices."""
        return self._of(choices)[0]

    def notes(self) -> list[Text]:
        """Return what the user should be told of settings that reach some scenarios only."""
        return [note for _, notes in self.composed.values() for note in notes]

    def _of(self, choices: Mapping[str, Any]) -> tuple[list[Draft], list[Text]]:
        key = tuple(sorted(choices.items()))
        if key not in self.composed:
            missing = "switch on" if len(self.files) == 1 else "refuse"
            chosen = understood([f"{name}={value}" for name, value in choices.items()], self.library)
            said = replace(self.said, place=chosen.place or self.said.place, policies=chosen.policies or self.said.policies)
            self.composed[key] = drafted(self.files, said, self.library, missing)  # type: ignore[arg-type]
        return self.composed[key]


def planned(words: Sequence[str], library: Library) -> Plan:
    """Return what words say, every name and every value checked.

    Raises:
        InputError: tells everything that is wrong at once.
    """
    whole = list(rejoined(words))
    names = [word for word in whole if not is_setting(word)]
    names += [name for word in whole if _key(word) in SCENARIOS for name in several(word.partition("=")[2])]
    own = {_key(word): word.partition("=")[2] for word in whole if _key(word) in ("design", "numbers")}
    settings = [word for word in whole if is_setting(word) and _key(word) not in (*SCENARIOS, "design", "numbers")]
    varied = {word: swept(word) for word in settings}
    axes = [axis for axis in varied.values() if axis] + [Axis(key) for key in several(own.get("numbers", ""))]
    fixed = tuple(word for word, axis in varied.items() if not axis)
    require_use("sweep", understood(fixed, library).overrides)
    tell(list(_wrong(axes, library)), COMMAND)
    return Plan(tuple(names), fixed, tuple(axes), own.get("design", GRID))


def _key(word: str) -> str:
    return word.partition("=")[0] if is_setting(word) else ""


def _wrong(axes: Sequence[Axis], library: Library) -> Iterator[InputError]:
    for axis in axes:
        for value in axis.values or (None,):
            try:
                _check(axis.key, value, library)
            except InputError as error:
                yield error


def _check(key: str, value: str | None, library: Library) -> None:
    require_variable(key)
    require(key)
    if value is None:
        number_at(key)
    elif key in GROUPS:
        understood([f"{key}={value}"], library)
    else:
        override(key, value)


def points_of(plan: Plan, library: Library, seed: int) -> tuple[Points, list[Scenario], list[Text]]:
    """Return the points of a plan, the first scenario of each name, and what the user should be told.

    A scenario without what is varied is left as it is, and is one point.

    Raises:
        InputError: a design cannot be made, a value is refused, or a setting reaches no scenario.
    """
    design = designed(plan.design, plan.axes, seed)
    at = design.keys.index(SCENARIO) if SCENARIO in design.keys else None
    if at is not None and plan.names:
        raise InputError(TWO_SAYINGS.filled(names=", ".join(plan.names)), attempt=f"cogov sweep design={plan.design}")
    names = plan.names or ((BASE,) if at is None else tuple(dict.fromkeys(str(row[at]) for row in design.points)))
    files = [library.scenario(name) for name in names]
    bases = Bases(files, understood(plan.fixed, library), library)
    found: dict[tuple[str, str], Point] = {}
    firsts: dict[str, Scenario] = {}
    reached: set[str] = set()
    for which, file in enumerate(files):
        for row, told in _rows(design):
            if at is not None and row[at] != names[which]:
                continue
            values, scenario = _point(bases, which, design.keys, row, reached)
            point = Point(file.name, values, told, configuration_of(scenario))
            found.setdefault((file.name, point.configuration), point)
            firsts.setdefault(file.name, scenario)
    _require_reach(design.keys, reached, bases)
    keys = tuple(key for key in design.keys if key != SCENARIO)
    notes = bases.notes() + [note for scenario in firsts.values() for note in never_in_force(scenario)]
    return Points(keys, tuple(design.told), tuple(found.values())), list(firsts.values()), list(dict.fromkeys(notes))


def _rows(design: Design) -> Iterator[tuple[tuple[Value, ...], tuple[Value, ...]]]:
    told = list(zip(*design.told.values(), strict=True)) or [()] * len(design.points)
    yield from zip(design.points, told, strict=True)


def _point(
    bases: Bases, which: int, keys: Sequence[str], row: Sequence[Value], reached: set[str]
) -> tuple[tuple[Value, ...], Scenario]:
    """Return the values that reach a scenario, None for those that do not, and the scenario with them."""
    given = dict(zip(keys, row, strict=True))
    choices = {key: given[key] for key in GROUPS if key in given}
    base = bases.drafts(choices)[which]
    draft = Draft(base.file, deepcopy(base.settings))
    values: list[Value] = []
    for key, value in given.items():
        if key == SCENARIO:
            continue
        setting = None if key in GROUPS else _setting(key, value)
        takes = (
            setting is None
            or draft.carries(setting)
            or (len(bases.files) == 1 and key.partition(".")[0] in parts("measure"))
        )
        if takes:
            reached.add(key)
            if setting is not None:
                draft.put(setting)
        values.append(_told(setting, value) if takes else None)
    return tuple(values), resolved(draft.file, draft.settings)


def _setting(key: str, value: Value) -> Override:
    words = repr(float(f"{value:.12g}")) if isinstance(value, float) else str(value)
    return override(key, words)


def _told(setting: Override | None, value: Value) -> Value:
    """Return a value as the tables have it: numbers as numbers, all else as it was typed."""
    if setting is None or isinstance(setting.value, bool) or not isinstance(setting.value, int | float):
        return str(value)
    return setting.value


def _require_reach(keys: Sequence[str], reached: set[str], bases: Bases) -> None:
    for key in keys:
        if key not in reached and key != SCENARIO:
            raise reaches_none(Override(key, None), bases.drafts({}))


COMMAND = Text(zh="命令", en="the command")
TWO_SAYINGS = Text(
    zh="设计表里有 scenario 一列，不能再另写方案 {names}",
    en="the design has a column scenario, so no other scenario can be named beside it: {names}",
)
