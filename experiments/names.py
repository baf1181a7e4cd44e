"""Which keys there are: choices, settings of a command, measures with their levers, numbers of parts.

Everything follows from the declarations; a key that is not there is refused with the nearest one that is.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from experiments.general import General, Spread
from sim.errors import InputError, nearest
from sim.parts import Number, default_of, numbers_of, parts
from sim.texts import Text, same

CHOICES = ("scenario", "scenarios", "place", "policy", "executor")
POLICY_KEYS = ("since", "until", "where")
STORY = ("title", "question", "helps", "hurts")
HOLDERS = ("mechanism", "agent")


@cache
def holders() -> dict[str, Any]:
    """Return every mechanism and agent whose numbers can be set, by key."""
    return {key: cls for kind in HOLDERS for key, cls in parts(kind).items() if numbers_of(cls)}


@cache
def place_numbers() -> dict[str, Any]:
    """Return a place that declares each number of places, by the number's name."""
    return {name: cls for cls in parts("place").values() for name in numbers_of(cls)}


def inner_names(root: str) -> tuple[str, ...]:
    """Return the names that a root key holds; empty where it holds a value."""
    if root == "place":
        return tuple(place_numbers())
    if root == "executor":
        return ("workers", "address")
    if root in parts("measure"):
        return (*POLICY_KEYS, *numbers_of(parts("measure")[root]))
    return tuple(numbers_of(holders()[root])) if root in holders() else ()


def roots() -> tuple[str, ...]:
    """Return every key that stands at the root of a configuration."""
    return (*CHOICES, *numbers_of(General), *parts("measure"), *holders())


def keys() -> list[str]:
    """Return every key of the command line."""
    return [*roots(), *(f"{root}.{name}" for root in roots() for name in inner_names(root))]


def require(key: str) -> None:
    """Refuse a key that there is not.

    Raises:
        InputError: with the nearest key, and what the part holds where only the last name is wrong.
    """
    root, dot, name = key.partition(".")
    if root in roots() and (not dot or name in inner_names(root)):
        return
    inner = inner_names(root) if root in roots() else ()
    if inner:
        close = nearest(name, inner)
        raise unknown(key, f"{root}.{close}" if close else None, (f"{root}.{one}" for one in inner))
    raise unknown(key, nearest(key, keys()), None if dot else _plain_roots())


def unknown(key: str, close: str | None, known: Iterable[str] | None = None) -> InputError:
    """Return the error for a key that there is not."""
    allowed = same(", ".join(known)) if known else None
    return InputError(UNKNOWN_KEY.filled(key=key), allowed=allowed, nearest=close, attempt="cogov list")


def _plain_roots() -> list[str]:
    return [*CHOICES, *numbers_of(General), *parts("measure")]


def number_at(key: str) -> tuple[Number, bool]:
    """Return the declaration of the number that a key sets, and whether it is a whole one."""
    root, _, name = key.partition(".")
    cls: Any = {"place": place_numbers().get(name), "executor": Spread}.get(root)
    cls = cls or parts("measure").get(root) or holders().get(root) or General
    name = name or root
    about = numbers_of(cls)[name]
    return about, is_whole(cls, name)


def is_whole(cls: type, name: str) -> bool:
    """Say whether a number takes whole values only, which its default or suggested value tells."""
    about = numbers_of(cls)[name]
    default = about.suggested if about.is_lever else default_of(cls, name)
    return isinstance(default, int) or (default is None and about.low is not None)


UNKNOWN_KEY = Text(zh="没有名为 {key} 的参数", en="there is no setting called {key}")
