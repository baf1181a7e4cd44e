"""The words of a command: which of them name something, which choose, which set a value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.general import Spread
from experiments.library import ENDINGS, Library
from experiments.names import keys, number_at, require
from experiments.problems import tell
from experiments.reading import word
from experiments.values import fitting
from sim.errors import InputError, nearest
from sim.parts import numbers_of, part_named, parts
from sim.texts import Text, same


@dataclass(frozen=True)
class Override:
    """One setting of the command line; at the root key of a measure, None leaves the measure out."""

    key: str
    value: Any

    @property
    def root(self) -> str:
        """Return the measure or part that it sets, or the key itself."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Words:
    """What a command's words say: the scenarios they name, the groups they choose, the values they set."""

    names: tuple[str, ...] = ()
    place: str | None = None
    policies: tuple[str, ...] | None = None
    executor: str | None = None
    overrides: tuple[Override, ...] = ()


def understood(words: Sequence[str], library: Library) -> Words:
    """Return what words say, every name and every value checked.

    Raises:
        InputError: tells everything that is wrong at once.
    """
    names: list[str] = []
    chosen: dict[str, Any] = {}
    overrides: list[Override] = []
    errors: list[InputError] = []
    for one in rejoined(words):
        try:
            _take(one, names, chosen, overrides, library)
        except InputError as error:
            errors.append(error)
    tell(errors, COMMAND)
    return Words(tuple(names), overrides=tuple(overrides), **chosen)


def rejoined(words: Iterable[str]) -> Iterator[str]:
    """Yield words with a list put together again that a shell has split at its commas.

    >>> list(rejoined(["scenarios=[a", "b]", "seed=3"]))
    ['scenarios=[a,b]', 'seed=3']
    """
    started: list[str] = []
    for one in words:
        opens = "=[" in one and "]" not in one
        if not started and not opens:
            yield one
            continue
        started.append(one)
        if one.endswith("]"):
            yield ",".join(started)
            started = []
    yield from started


def is_setting(one: str) -> bool:
    """Say whether a word sets something, and does not name a thing or a file."""
    if one.startswith(("~/", "~\\")) or (one.lower().endswith(ENDINGS) and Path(one).is_file()):
        return False
    return "=" in one or one.startswith(("+", "~"))


def _take(one: str, names: list[str], chosen: dict[str, Any], overrides: list[Override], library: Library) -> None:
    key, _, text = one.partition("=")
    if not is_setting(one):
        names.append(one)
    elif one.startswith("+"):
        raise _plus(key)
    elif one.startswith("~"):
        overrides.append(_left_out(key[1:]))
    elif key in ("scenario", "scenarios"):
        names += [text] if key == "scenario" else several(text)
    elif key in GROUPS:
        chosen.update(_chosen(key, text, library))
    else:
        overrides.append(override(key, text))


def override(key: str, text: str) -> Override:
    """Return one setting, checked."""
    require(key)
    value = text if _is_literal(key, text) else word(text)
    try:
        return Override(key, fitting(key, value))
    except InputError as error:
        if SWEEP.intersection(text) and not text.startswith(("[", "{")):
            error.more.append(ONE_VALUE)
        raise


def several(text: str) -> list[str]:
    """Return the names of a list, in brackets or not.

    >>> several("[a, b]"), several("a,b"), several("[]")
    (['a', 'b'], ['a', 'b'], [])
    """
    inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return [name.strip() for name in inside.split(",") if name.strip()]


def _is_literal(key: str, text: str) -> bool:
    if key == "local":
        return text != "null"
    if key == "output" or key.endswith(".where"):
        return not text.startswith("[") or key == "output"
    root, dot, _ = key.partition(".")
    return bool(dot) and root not in parts("measure") and number_at(key)[0].is_path


def _chosen(key: str, text: str, library: Library) -> dict[str, Any]:
    if key == "policy":
        names = several(text)
        for name in names:
            library.policy(name)
        return {"policies": tuple(names)}
    if key == "place":
        part_named("place", text)
    elif text not in EXECUTORS:
        raise InputError(
            NO_EXECUTOR.filled(name=text),
            allowed=same(", ".join(EXECUTORS)),
            nearest=nearest(text, EXECUTORS),
        )
    return {key: text}


def _plus(key: str) -> InputError:
    plain = key.lstrip("+")
    known = plain if plain in keys() else nearest(plain, keys())
    return InputError(PLUS.filled(key=key), nearest=known, attempt="cogov list")


def _left_out(key: str) -> Override:
    if key in parts("measure"):
        return Override(key, None)
    raise InputError(
        NO_MEASURE.filled(key=key),
        allowed=same(", ".join(parts("measure"))),
        nearest=nearest(key, parts("measure")),
    )


GROUPS = ("place", "policy", "executor")
EXECUTORS = numbers_of(Spread)["kind"].choices
SWEEP = frozenset(",(")
COMMAND = Text(zh="命令", en="the command")
PLUS = Text(
    zh="{key}：不用写加号；只能设已有的参数",
    en="{key}: no plus is needed, and only settings that there are can be set",
)
NO_MEASURE = Text(zh="“~{key}” 里没有这样的措施", en="'~{key}': there is no such measure to leave out")
NO_EXECUTOR = Text(zh="executor 不能取 {name}", en="executor cannot be {name}")
ONE_VALUE = Text(
    zh="一次只取一个值；要逐个试：cogov run -m ...",
    en="one value at a time; to try several: cogov run -m ...",
)
