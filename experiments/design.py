"""What a design is: a table of points, one a row, whose columns are the settings that are varied."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

from sim.errors import InputError, nearest
from sim.texts import Text, same

NEVER_VARIED = (
    "output",
    "resume",
    "executor",
    "threads",
    "replicates",
    "seed",
    "events",
    "figures",
    "drift",
    "margin",
    "precision",
    "most",
)
"""Settings of the whole command; one value holds for all points."""

Value = float | int | str | bool | None
ROOM = "experiments.designs"
GRID = "grid"


@dataclass(frozen=True)
class Axis:
    """One setting that is varied: the values listed, as words in the order typed, or the interval to be filled.

    With neither, the design fills the range that the setting declares.
    """

    key: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Design:
    """Points to be run, each as often as there are replicates.

    keys: the settings that are varied, a column each.  points: a row a point.  told: further columns, with a
    value for each point, that come back with the results and change none.
    """

    keys: tuple[str, ...]
    points: tuple[tuple[Value, ...], ...]
    told: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)


@cache
def designs() -> tuple[str, ...]:
    """Return the names of the designs there are, one a file; the folder is scanned."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(importlib.import_module(ROOM).__path__)))


def designed(word: str, axes: Sequence[Axis], seed: int) -> Design:
    """Return the design that a word such as `lhs:64` names, over some axes.

    Raises:
        InputError: there is no such design, or it cannot be made.
    """
    name, _, argument = word.partition(":")
    if name not in designs():
        raise InputError(NO_DESIGN.filled(name=name), allowed=same(", ".join(designs())), nearest=nearest(name, designs()))
    module: ModuleType | Any = importlib.import_module(f"{ROOM}.{name}")
    made: Design = module.design(axes, argument, seed)
    return made


def require_variable(key: str) -> None:
    """Refuse a setting that holds for the whole command.

    Raises:
        InputError: it is one.
    """
    if key.partition(".")[0] in NEVER_VARIED:
        raise InputError(FIXED.filled(key=key), attempt="replicates=100" if key == "seed" else None)


FIXED = Text(zh="{key} 不能取几个值；重复用 replicates", en="{key} takes one value; to repeat runs use replicates")
NO_DESIGN = Text(zh="没有名为 {name} 的设计", en="there is no design called {name}")
