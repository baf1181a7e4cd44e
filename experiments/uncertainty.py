"""The uncertain numbers of the model, and draws of them that fill their ranges evenly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from experiments.factors import NO_RANGE, Factor, rows
from experiments.names import is_whole, number_at, require
from experiments.sampling import latin_hypercube
from scenarios.scenario import Scenario
from sim.errors import InputError
from sim.parts import Number, numbers_of, parts
from sim.texts import Text, same

KINDS: Mapping[str, str] = {"mechanism": "mechanisms", "agent": "agents"}
"""Where a scenario keeps the numbers of each kind of part."""


def uncertain(except_for: Sequence[str] = ()) -> tuple[Factor, ...]:
    """Return every number of a mechanism or an agent that declares a range to explore."""
    found = (
        _uncertain(f"{key}.{name}", about, is_whole(cls, name))
        for kind in KINDS
        for key, cls in parts(kind).items()
        for name, about in numbers_of(cls).items()
        if about.explore
    )
    return tuple(one for one in found if one.key not in except_for)


def named(keys: Sequence[str]) -> tuple[Factor, ...]:
    """Return the numbers named, each over the range to explore that it declares, else over its bounds.

    Raises:
        InputError: there is no such number, it is not one of a mechanism or an agent, or it stands twice.
    """
    require_once(keys)
    return tuple(_named(key) for key in keys)


def _named(key: str) -> Factor:
    require_part(key)
    about, whole = number_at(key)
    return _uncertain(key, about, whole)


def _uncertain(key: str, about: Number, whole: bool) -> Factor:
    low, high = about.explore or (about.low, about.high)
    if low is None or high is None:
        raise InputError(NO_RANGE.filled(key=key))
    return Factor(key, low, high, whole)


def require_part(key: str) -> None:
    """Refuse a key that is no number of a mechanism or an agent.

    Raises:
        InputError: it is none; the nearest that is one is told.
    """
    require(key)
    root, dot, _ = key.partition(".")
    if not dot or not any(root in parts(kind) for kind in KINDS):
        raise InputError(NOT_HELD.filled(key=key), attempt="cogov list mechanisms")


def require_once(keys: Sequence[str]) -> None:
    """Refuse a key that stands twice."""
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(TWICE.filled(key=key))


def even_draws(numbers: Sequence[Factor], draws: int, seed: int) -> list[dict[str, float]]:
    """Return draws that fill each range evenly: a Latin hypercube (McKay, Beckman and Conover 1979)."""
    keys = [one.key for one in numbers]
    return [dict(zip(keys, row, strict=True)) for row in rows(numbers, latin_hypercube(len(numbers), draws, seed))]


def with_numbers(scenario: Scenario, values: Mapping[str, float], name: str) -> Scenario:
    """Return a scenario under another name with some of its mechanisms' and agents' numbers replaced."""
    mechanisms, agents = (_replaced(getattr(scenario, where), values) for where in KINDS.values())
    return replace(scenario, name=name, mechanisms=mechanisms, agents=agents)


def _replaced(holders: Mapping[str, Any], values: Mapping[str, float]) -> dict[str, Any]:
    changes: dict[str, dict[str, float]] = {}
    for key, value in values.items():
        root, _, name = key.partition(".")
        changes.setdefault(root, {})[name] = value
    return {key: replace(holder, **changes.get(key, {})) for key, holder in holders.items()}


def switched_off(keys: Sequence[str]) -> dict[str, float]:
    """Return the value at which each number takes its mechanism's effect away: zero.

    Raises:
        InputError: zero is outside the number's bounds or it is a choice, which are set by hand; or it stands twice.
    """
    require_once(keys)
    return {key: _off(key) for key in keys}


def _off(key: str) -> float:
    require_part(key)
    about, whole = number_at(key)
    if about.choices:
        raise InputError(NO_NUMBER.filled(key=key), allowed=same(", ".join(about.choices)))
    low, high = about.low or 0.0, about.high or 0.0
    if low > 0 or high < 0:
        raise InputError(NO_ZERO.filled(key=key), attempt=f"{key}={low:g}")
    return 0 if whole else 0.0


NOT_HELD = Text(
    zh="{key} 不是机制或主体的数；这里只能用机制和主体的数",
    en="{key} is no number of a mechanism or an agent, and only these can be drawn or switched off",
)
TWICE = Text(zh="{key} 写了两次", en="{key} is named twice")
NO_NUMBER = Text(
    zh="{key} 是选项不是数，不能取 0；请直接选一个",
    en="{key} is a choice and no number, so it has no zero; choose by hand",
)
NO_ZERO = Text(
    zh="{key} 不能取 0，请直接设一个值",
    en="{key} cannot be zero, so it cannot be switched off by that; set a value by hand",
)
