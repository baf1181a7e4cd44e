"""Which scenarios and policies there are: files of `conf/`, and files that the user brings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import conf
from experiments.scenario_file import ScenarioFile, open_policy, open_scenario
from sim.errors import InputError, nearest
from sim.parts import KINDS, part_named
from sim.texts import Text, same

CONF = Path(next(iter(conf.__path__)))
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Library:
    """The scenarios and policies that can be named: ours, and those in a folder of the user's.

    folder: its YAML files are scenarios; those in its subfolder `policy` are policies.
    """

    folder: Path | None = None
    opened: dict[Path, ScenarioFile] = field(default_factory=dict, compare=False)

    @property
    def flags(self) -> tuple[str, ...]:
        """Return what a command is told besides to have this library."""
        return (f"--scenarios={self.folder}",) if self.folder else ()

    @cached_property
    def scenarios(self) -> Mapping[str, Path]:
        """Return the file of every scenario by name, ours first."""
        return self._files("scenario", self.folder)

    @cached_property
    def policies(self) -> Mapping[str, Path]:
        """Return the file of every policy by name, ours first."""
        return self._files("policy", self.folder / "policy" if self.folder else None)

    @staticmethod
    def is_ours(group: str, path: Path) -> bool:
        """Say whether Hydra finds the scenario or policy of a file in `conf/` by its name."""
        return path.parent == CONF / group

    def scenario(self, word: str) -> ScenarioFile:
        """Return the scenario of a name or of a path to a YAML file.

        Raises:
            InputError: there is none, or its file has something wrong; all of it is told at once.
        """
        path = self.scenarios.get(word) or _path(word)
        if path is None:
            raise InputError(
                NO_SCENARIO.filled(name=word), allowed=SCENARIOS.filled(names=", ".join(self.scenarios)),
                nearest=nearest(word, self.scenarios), attempt="cogov list scenarios",
            )  # fmt: skip
        if path not in self.opened:
            self.opened[path] = self._checked(open_scenario(path))
        return self.opened[path]

    def policy(self, name: str) -> dict[str, Any]:
        """Return what a policy sets, by root key."""
        if name not in self.policies:
            raise InputError(
                NO_POLICY.filled(name=name), allowed=same(", ".join(self.policies)),
                nearest=nearest(name, self.policies), attempt="cogov list policies",
            )  # fmt: skip
        return open_policy(self.policies[name])

    def _checked(self, file: ScenarioFile) -> ScenarioFile:
        try:
            part_named("place", file.place)
            for name in file.policies:
                self.policy(name)
        except InputError as error:
            error.where = error.where or same(file.path)
            raise
        return file

    def _files(self, group: str, folder: Path | None) -> dict[str, Path]:
        found = {path.stem: path for path in sorted((CONF / group).glob("*.yaml"))}
        for path in _yaml_in(folder) if folder else ():
            if path.stem in found:
                raise InputError(TAKEN.filled(file=path, name=path.stem, kind=KINDS[group]))
            found[path.stem] = path
        return found


def rules(file: ScenarioFile, library: Library) -> dict[str, Any]:
    """Return what a scenario's policies and the scenario itself set, by root key, as Hydra merges them."""
    whole: dict[str, Any] = {}
    for layer in (*(library.policy(name) for name in file.policies), file.own):
        whole = merged(whole, layer)
    return whole


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return two layers of settings as one; mappings are merged, other values replaced.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    both = {
        key: merged(below[key], value) if isinstance(below.get(key), Mapping) and isinstance(value, Mapping) else value
        for key, value in above.items()
    }
    return {**below, **both}


def _path(word: str) -> Path | None:
    path = Path(word)
    if path.suffix.lower() not in ENDINGS:
        return None
    if path.is_file():
        return path.absolute()
    close = nearest(path.name, (one.name for one in _yaml_in(path.parent))) if path.parent.is_dir() else None
    raise InputError(NO_FILE.filled(file=word), nearest=str(path.parent / close) if close else None)


def _yaml_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path.absolute() for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


NO_SCENARIO = Text(zh="没有名为 {name} 的方案", en="there is no scenario called {name}")
SCENARIOS = Text(zh="{names}，或自己的 .yaml 文件", en="{names}, or a .yaml file of your own")
NO_POLICY = Text(zh="没有名为 {name} 的政策组合", en="there is no policy called {name}")
NO_FILE = Text(zh="找不到文件 {file}", en="there is no file {file}")
NO_FOLDER = Text(zh="找不到文件夹 {folder}", en="there is no folder {folder}")
TAKEN = Text(
    zh="{file}：已有名为 {name} 的{kind}，请给文件改名",
    en="{file}: there is a {kind} called {name}; rename the file",
)
