"""One file of a scenario or a policy: read, and checked key by key before Hydra composes it.

A scenario's file holds a place and policies to begin with (`defaults`), a story, and any settings of its own;
a policy's file holds measures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.general import OF_A_SCENARIO
from experiments.names import STORY, inner_names, require, roots
from experiments.problems import tell
from experiments.reading import Document, read
from experiments.values import REFUSED, fitting, story_text
from scenarios.scenario import Story
from sim.errors import InputError
from sim.texts import Text

PLACE, POLICIES = "four_estates", ("status_quo",)


@dataclass(frozen=True)
class ScenarioFile:
    """One scenario as its file has it.  own: what it sets besides place and policies, by root key."""

    name: str
    path: Path
    place: str
    policies: tuple[str, ...]
    story: Story
    own: Mapping[str, Any]


def open_scenario(path: Path) -> ScenarioFile:
    """Return the scenario of a file.

    Raises:
        InputError: tells everything that is wrong in the file at once.
    """
    document = read(path)
    own = {key: value for key, value in document.values.items() if key not in ("defaults", *STORY)}
    tell([*_wrong_defaults(document), *_wrong_story(document), *_wrong(document, own)], path)
    chosen = dict(_defaults(document))
    told = {key: story_text(key, document.values.get(key, path.stem)) for key in STORY}
    policies = tuple(listed(chosen.get("policy", POLICIES)))
    return ScenarioFile(path.stem, path, chosen.get("place", PLACE), policies, Story(**told), own)


def open_policy(path: Path) -> dict[str, Any]:
    """Return what a policy's file sets, by measure.

    Raises:
        InputError: as for a scenario.
    """
    document = read(path)
    tell(_wrong(document, document.values), path)
    return dict(document.values)


def flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every setting by its dotted key, a part that holds nothing under its own.

    >>> list(flat({"joint_meeting": {"since": "2019-07-01"}, "weeks": 52}))
    [('joint_meeting.since', '2019-07-01'), ('weeks', 52)]
    """
    for root, value in values.items():
        if root in roots() and inner_names(root) and isinstance(value, Mapping) and value:
            yield from ((f"{root}.{name}", inner) for name, inner in value.items())
        else:
            yield root, value


def listed(value: Any) -> list[Any]:
    """Return a choice, one or several, as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _defaults(document: Document) -> Iterator[tuple[str, Any]]:
    entries = document.values.get("defaults", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        if entry == "_self_":
            continue
        if not isinstance(entry, dict) or len(entry) != 1:
            raise InputError(DEFAULTS.filled(value=repr(entry)), allowed=DEFAULTS_FORM)
        [(group, value)] = entry.items()
        if group.lstrip("/") not in ("place", "policy") or not all(isinstance(one, str) for one in listed(value)):
            raise InputError(DEFAULTS.filled(value=f"{group}: {value}"), allowed=DEFAULTS_FORM)
        yield group.lstrip("/"), value


def _wrong_defaults(document: Document) -> Iterator[InputError]:
    try:
        list(_defaults(document))
    except InputError as error:
        error.where = document.where("defaults")
        yield error


def _wrong_story(document: Document) -> Iterator[InputError]:
    for key in STORY:
        try:
            story_text(key, document.values.get(key, key))
        except InputError as error:
            error.where = document.where(key)
            yield error


def _wrong(document: Document, values: Mapping[str, Any]) -> Iterator[InputError]:
    for key, value in flat(values):
        try:
            _require_here(key, value)
            fitting(key, value)
        except InputError as error:
            error.where = document.where(key)
            yield error


def _require_here(key: str, value: Any) -> None:
    require(key)
    root = key.partition(".")[0]
    if key == "place" and not isinstance(value, Mapping):
        raise InputError(REFUSED.filled(key=key, value=repr(value)), allowed=DEFAULTS_FORM)
    if root != "place" and key not in OF_A_SCENARIO and not inner_names(root) or root == "executor":
        raise InputError(ELSEWHERE.filled(key=key), attempt=f"cogov run FILE {key}=...")


DEFAULTS = Text(zh="defaults 里不能写 {value}", en="defaults cannot hold {value}")
DEFAULTS_FORM = Text(
    zh="defaults 下各占一行：- /place: 地方；- /policy: 政策（或 [甲, 乙]）；- _self_",
    en="under defaults, a line each: - /place: NAME; - /policy: NAME (or [A, B]); - _self_",
)
ELSEWHERE = Text(zh="{key} 写在命令里，不写在方案文件里", en="{key} belongs to a command, not to a scenario's file")
