"""Composing a scenario with Hydra: defaults, place, policies and what the scenario sets, as one mapping.

Hydra is handed only names that were checked before, and values never: those are set on what it returns.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from experiments.general import General, Spread
from experiments.library import Library
from experiments.names import STORY
from experiments.overrides import EXECUTORS, Words
from experiments.scenario_file import PLACE, ScenarioFile
from sim.parts import default_of, numbers_of, parts

FOREIGN = "of_the_user"


def composed(file: ScenarioFile, words: Words, library: Library) -> dict[str, Any]:
    """Return a scenario's settings by root key, the story left out; `place` holds its key too."""
    from hydra import compose
    from omegaconf import OmegaConf

    store_groups()
    with _hydra():
        composition = compose("config", overrides=_choices(file, words, library))
    settings: Any = OmegaConf.to_container(composition)
    return {key: value for key, value in settings.items() if key not in STORY}


def store_groups() -> None:
    """Tell Hydra the groups that follow from declarations: places, executors, general settings."""
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    store.store("general", asdict(General()), package="_global_")
    for kind in EXECUTORS:
        store.store(kind, {**asdict(Spread()), "kind": kind}, group="executor")
    for key, cls in parts("place").items():
        store.store(key, {"key": key, **{name: default_of(cls, name) for name in numbers_of(cls)}}, group="place")


def store_names(scenarios: Iterable[str], policies: Iterable[str]) -> None:
    """Tell Hydra names that it may be given, with nothing behind them."""
    for name in scenarios:
        _store("scenario", name, {"defaults": [{"/place": PLACE}, {"/policy": []}, "_self_"]})
    for name in policies:
        _store("policy", name, {})


@contextmanager
def _hydra() -> Iterator[None]:
    """Bring Hydra to our folder of choices; one at work already, as under `-m`, is set aside meanwhile."""
    from hydra import initialize_config_module
    from hydra.core.global_hydra import GlobalHydra

    before = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        with initialize_config_module("conf", version_base="1.3"):
            yield
    finally:
        GlobalHydra.instance().hydra = before


def _choices(file: ScenarioFile, words: Words, library: Library) -> list[str]:
    policies = words.policies if words.policies is not None else file.policies
    choices = [f"scenario={_scenario(file, library)}", f"place={words.place or file.place}"]
    choices += [f"executor={words.executor}"] if words.executor else []
    return [*choices, f"policy=[{','.join(_policies(policies, library))}]"]


def _scenario(file: ScenarioFile, library: Library) -> str:
    """Return the name by which Hydra finds a scenario; a file of the user's is stored under one of ours."""
    if library.is_ours("scenario", file.path):
        return file.name
    defaults = [{"/place": file.place}, {"/policy": []}, "_self_"]
    _store("scenario", FOREIGN, {"defaults": defaults, **file.own})
    return FOREIGN


def _policies(names: Sequence[str], library: Library) -> list[str]:
    aliases = {
        name: f"{FOREIGN}_{index}"
        for index, name in enumerate(names)
        if not library.is_ours("policy", library.policies[name])
    }
    for name, alias in aliases.items():
        _store("policy", alias, library.policy(name))
    return [aliases.get(name, name) for name in names]


def _store(group: str, name: str, settings: dict[str, Any]) -> None:
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name, settings, group=group, package="_global_")
