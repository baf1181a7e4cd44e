"""From a command's words to what it asks for: scenarios resolved, overrides where they belong, a folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from experiments.composition import composed
from experiments.library import Library
from experiments.output import default_folder
from experiments.overrides import Override, Words, understood
from experiments.request import Executor, Request
from experiments.resolution import never_in_force, resolved
from experiments.scenario_file import ScenarioFile
from experiments.values import fitting
from scenarios.scenario import Scenario
from sim.errors import InputError
from sim.parts import numbers_of, parts
from sim.texts import Text, same

BASE = "status_quo"
Missing = Literal["switch on", "refuse", "leave"]


@dataclass(frozen=True)
class Draft:
    """A scenario on its way: its file and its settings by root key, still to be changed."""

    file: ScenarioFile
    settings: dict[str, Any]

    def carries(self, override: Override) -> bool:
        """Say whether an override has something here to act on."""
        root, _, name = override.key.partition(".")
        if root in parts("measure"):
            return self.settings.get(root) is not None
        if root == "place":
            return name in self.settings["place"]
        return True

    def put(self, override: Override) -> None:
        """Set what an override says; a value replaces a lever's whole schedule."""
        root, dot, name = override.key.partition(".")
        value = {name: override.value} if dot else override.value
        if isinstance(value, dict):
            value = {**(self.settings.get(root) or {}), **value}
        self.settings[root] = value


def request_of(
    verb: str,
    words: Sequence[str],
    library: Library,
    missing: Missing | None = None,
    output: Path | None = None,
) -> Request:
    """Return what a command asks for.

    missing: see `apply`; by default a single scenario is switched on.  output: the folder, where it is given.

    Raises:
        InputError: names what is wrong in the words, the files or the settings.
    """
    said = understood(words, library)
    require_use(verb, said.overrides)
    names = said.names or ((BASE,) if verb != "compare" else ())
    _require_number(verb, names)
    files = [library.scenario(name) for name in names]
    _require_different(files)
    drafts, notes = drafted(files, said, library, missing or ("switch on" if len(files) == 1 else "refuse"))
    scenarios = tuple(resolved(draft.file, draft.settings) for draft in drafts)
    _require_one_horizon(scenarios)
    notes += [note for scenario in scenarios for note in never_in_force(scenario)]
    general = drafts[0].settings
    return Request(
        verb, scenarios, output or _folder(verb, scenarios, general), general["seed"],
        1 if verb == "run" else general["replicates"], general["resume"], general["drift"] == "allow",
        Executor(**general["executor"], threads=general["threads"]),
        general["events"] or ("all" if verb == "run" else "decisions"),
        _retold(verb, names, words, library), tuple(dict.fromkeys(notes)),
        general["margin"] or {}, general["precision"] or {}, general["most"],
        general["figures"] or ("first" if verb == "run" else "all"),
    )  # fmt: skip


def drafted(
    files: Sequence[ScenarioFile], said: Words, library: Library, missing: Missing
) -> tuple[list[Draft], list[Text]]:
    """Return scenarios with the overrides that reach them, and what the user should be told about it.

    Raises:
        InputError: an override reaches none.
    """
    drafts = [_draft(file, said, library) for file in files]
    notes = [note for override in said.overrides for note in apply(override, drafts, missing)]
    return drafts, notes


def apply(override: Override, drafts: Sequence[Draft], missing: Missing) -> Iterator[Text]:
    """Put an override where it belongs, and yield what the user should be told about it.

    It reaches the scenarios that carry the measure (or whose place has the number).  missing: what happens
    where none does.  `switch on` a measure; `refuse`; `leave` it, where another job of the same sweep has it.

    Raises:
        InputError: it reaches none.
    """
    reached = [draft for draft in drafts if draft.carries(override)]
    is_measure = override.root in parts("measure")
    if not reached and missing == "switch on" and is_measure and override.value is not None:
        reached = list(drafts)
        yield SWITCHED_ON.filled(measure=override.root, name=drafts[0].file.name)
    if not reached and missing != "leave":
        raise reaches_none(override, drafts)
    for draft in reached:
        draft.put(override)
    for draft in drafts:
        if draft not in reached:
            yield LEFT.filled(name=draft.file.name, key=override.root if is_measure else override.key)


def _draft(file: ScenarioFile, said: Words, library: Library) -> Draft:
    settings = composed(file, said, library)
    place, executor = settings.pop("place"), settings.pop("executor")
    fits = {key: fitting(key, value) for key, value in settings.items()}
    return Draft(file, {**fits, "place": place, "executor": executor})


def _folder(verb: str, scenarios: Sequence[Scenario], general: dict[str, Any]) -> Path:
    if general["output"]:
        return Path(general["output"])
    return default_folder(verb, [scenario.name for scenario in scenarios], general["resume"])


def _retold(verb: str, names: Sequence[str], words: Sequence[str], library: Library) -> tuple[str, ...]:
    """Return the command with its scenarios first, as the manifest keeps it."""
    chosen = ("scenario=", "scenarios=")
    settings = [word for word in words if word not in names and not word.startswith(chosen)]
    return (verb, *names, *settings, *library.flags)


def reaches_none(override: Override, drafts: Sequence[Draft]) -> InputError:
    """Return the error for a setting that no scenario has a use for."""
    names = ", ".join(draft.file.name for draft in drafts)
    if override.root != "place":
        return InputError(
            NO_CARRIER.filled(key=override.key, measure=override.root, names=names),
            attempt="cogov list scenarios",
        )
    places = [key for key, cls in parts("place").items() if override.key.partition(".")[2] in numbers_of(cls)]
    return InputError(
        NO_PLACE.filled(key=override.key, names=names),
        allowed=same(", ".join(f"place={key}" for key in places)),
    )


def require_use(verb: str, overrides: Sequence[Override]) -> None:
    """Refuse settings for which a verb has no use.

    Raises:
        InputError: names the setting.
    """
    if verb == "run" and any(override.key == "replicates" for override in overrides):
        raise InputError(ONE_RUN, attempt="cogov run -m seed='range(0,3)'")
    for override in overrides:
        if verb != "compare" and override.key in OF_A_COMPARISON:
            raise InputError(NOT_HERE.filled(verb=verb, key=override.key), attempt="cogov compare --help")


def _require_number(verb: str, names: Sequence[str]) -> None:
    if verb == "compare" and len(names) < 2:
        raise InputError(TWO, attempt="cogov compare status_quo cross_serving")
    if verb != "compare" and len(names) > 1:
        raise InputError(ONE.filled(verb=verb, names=", ".join(names)), attempt=f"cogov compare {' '.join(names)}")


def _require_different(files: Sequence[ScenarioFile]) -> None:
    names = [file.name for file in files]
    for name in names:
        if names.count(name) > 1:
            raise InputError(TWICE.filled(name=name))


def _require_one_horizon(scenarios: Sequence[Scenario]) -> None:
    for key in ("start", "weeks"):
        values = {scenario.name: getattr(scenario, key) for scenario in scenarios}
        if len(set(values.values())) > 1:
            told = ", ".join(f"{name} {value}" for name, value in values.items())
            raise InputError(HORIZONS.filled(key=key, values=told), attempt=f"{key}={next(iter(values.values()))}")


SWITCHED_ON = Text(
    zh="{name} 原没有 {measure}，按你的设置启用",
    en="{name} had no {measure}; it is switched on as you set it",
)
LEFT = Text(zh="{name} 没有 {key}，保持原样", en="{name} has no {key} and is left as it is")
NO_CARRIER = Text(
    zh="{key} 对谁都不起作用：{names} 都没有 {measure}",
    en="{key} reaches no scenario: {measure} is in none of {names}",
)
NO_PLACE = Text(
    zh="{key} 对谁都不起作用：{names} 的地方没有这个数",
    en="{key} reaches no scenario: no place of {names} has such a number",
)
ONE_RUN = Text(
    zh="run 只模拟一次，没有 replicates；换一个 seed，或用 compare",
    en="run lives through one run and takes no replicates; change the seed, or use compare",
)
OF_A_COMPARISON = ("margin", "precision", "most")
NOT_HERE = Text(zh="{verb} 不用 {key}，只有 compare 用", en="{verb} takes no {key}; only compare does")
TWO = Text(
    zh="比较需要至少两个方案，第一个作对照",
    en="a comparison takes two scenarios or more; the first is the base",
)
ONE = Text(zh="{verb} 只要一个方案，给了 {names}", en="{verb} takes one scenario, not {names}")
TWICE = Text(
    zh="方案 {name} 给了两次；名称相同的文件请改名",
    en="the scenario {name} is given twice; rename files of the same name",
)
HORIZONS = Text(
    zh="一次比较里的方案，{key} 必须相同：{values}",
    en="scenarios of one comparison need the same {key}: {values}",
)
