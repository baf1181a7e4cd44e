"""Which value a key takes: every value of a command or a file is checked here against its declaration."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from experiments.names import POLICY_KEYS, STORY, inner_names, number_at, require, unknown
from sim.calendar import Calendar
from sim.errors import InputError, nearest
from sim.outcome import outcomes
from sim.parts import Number, Value, allowed, checked, parts
from sim.texts import LANGUAGES, Text, same


def fitting(key: str, value: Any) -> Any:
    """Return the value that a known key takes from what was given: dates as dates, real numbers as floats.

    A lever may be a value or values by date.  A measure or another part with numbers takes a mapping of its
    names, a measure None too, which leaves it out.

    Raises:
        InputError: names the key, the value and what is allowed.
    """
    root, dot, name = key.partition(".")
    if not dot and inner_names(root):
        return _whole_part(root, value)
    if key in SPECIAL:
        return SPECIAL[key](key, value)
    if root in parts("measure"):
        return POLICY[name](key, value) if name in POLICY else _lever(key, value)
    return _number(key, value)


def story_text(key: str, value: Any) -> Text:
    """Return a text of a scenario's story: `{zh: ..., en: ...}`, one of the two, or words for both."""
    if isinstance(value, str):
        return same(value)
    if not isinstance(value, Mapping) or not value:
        raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=STORY_FORM)
    for name, words in value.items():
        if name not in LANGUAGES:
            raise unknown(f"{key}.{name}", nearest(name, LANGUAGES), (f"{key}.{lang}" for lang in LANGUAGES))
        if not isinstance(words, str):
            raise InputError(REFUSED.filled(key=f"{key}.{name}", value=_shown(words)), allowed=WORDS)
    first = next(iter(value.values()))
    return Text(zh=value.get("zh", first), en=value.get("en", first))


def _whole_part(root: str, value: Any) -> Any:
    if value is None and root in parts("measure"):
        return None
    if not isinstance(value, Mapping):
        names = ", ".join(f"{root}.{name}" for name in inner_names(root))
        raise InputError(REFUSED.filled(key=root, value=_shown(value)), allowed=same(names))
    for name in value:
        require(f"{root}.{name}")
    return {name: fitting(f"{root}.{name}", item) for name, item in value.items()}


def _lever(key: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return _number(key, value)
    return {day_at(key, day): _number(f"{key}[{day}]", item, key) for day, item in value.items()}


def _number(shown: str, value: Any, key: str = "") -> Value:
    about, whole = number_at(key or shown)
    if isinstance(value, Mapping | list):
        raise InputError(REFUSED.filled(key=shown, value=_shown(value)), allowed=range_of(about, whole))
    try:
        fits = checked(shown, value, about)
    except InputError as error:
        error.allowed = range_of(about, whole)
        raise
    if not isinstance(fits, int | float):
        return fits
    if whole and fits != int(fits):
        raise InputError(REFUSED.filled(key=shown, value=_shown(value)), allowed=range_of(about, whole))
    return int(fits) if whole else float(fits)


def range_of(about: Number, whole: bool) -> Text:
    """Say which values a number takes; whole ones are called so; for words, what they stand for."""
    if about.low is None and not about.choices:
        return about.unit
    if not whole or about.choices:
        return allowed(about)
    never = NEVER if about.is_lever and about.neutral is None else same("")
    return WHOLE.filled(low=f"{about.low:.0f}", high=f"{about.high:.0f}", unit=about.unit, never=never)


def day_at(key: str, value: Any) -> date:
    """Return a date written as 2018-07-02."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=DATE) from error


def monday(key: str, value: Any) -> date:
    """Return a date that is a Monday, as `start` must be."""
    return Calendar(day_at(key, value)).start


def _day_or_never(key: str, value: Any) -> date | None:
    return None if value is None else day_at(key, value)


def _estates(key: str, value: Any) -> tuple[str, ...]:
    """Return names of estates and archetypes; whether they are there is seen once the place is known."""
    entries = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str | int) for entry in entries):
        raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=NAMES)
    return tuple(str(entry) for entry in entries)


def _words(key: str, value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return value
    raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=number_at(key)[0].unit)


def _local(key: str, value: Any) -> str | None:
    """Return the name or file of a local rule, once it is read and found right."""
    from experiments.local_rules import local_rule

    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=number_at(key)[0].unit)
    local_rule(value)
    return value


def _truth(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InputError(REFUSED.filled(key=key, value=_shown(value)), allowed=same("true, false"))


def _by_outcome(key: str, value: Any) -> dict[str, float] | None:
    """Return an amount by outcome; a bare number is meant for true satisfaction."""
    if value is None:
        return None
    amounts = value if isinstance(value, Mapping) else {SATISFACTION: value}
    for name, amount in amounts.items():
        if name not in outcomes():
            raise unknown(f"{key}: {name}", nearest(str(name), outcomes()), outcomes())
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 < amount < float("inf"):
            raise InputError(REFUSED.filled(key=key, value=_shown(amount)), allowed=number_at(key)[0].unit)
    return {str(name): float(amount) for name, amount in amounts.items()}


def _or_unset(key: str, value: Any) -> Value:
    return None if value is None else _number(key, value)


def _shown(value: Any) -> str:
    return "null" if value is None else str(value) if isinstance(value, bool) else repr(value)


SATISFACTION = "true_satisfaction"
Check = Callable[[str, Any], Any]
POLICY: Mapping[str, Check] = MappingProxyType(dict(zip(POLICY_KEYS, (_day_or_never, _day_or_never, _estates), strict=True)))
SPECIAL: Mapping[str, Check] = MappingProxyType(
    {
        "start": monday,
        "output": _words,
        "local": _local,
        "resume": _truth,
        "events": _or_unset,
        "margin": _by_outcome,
        "precision": _by_outcome,
        "figures": _or_unset,
        "executor.workers": _or_unset,
        "executor.address": _words,
        **dict.fromkeys(STORY, story_text),
    }
)
REFUSED = Text(zh="{key} 不能取 {value}", en="{key} cannot be {value}")
WHOLE = Text(zh="{low} 至 {high} 的整数，{unit}{never}", en="whole numbers from {low} to {high}, {unit}{never}")
NEVER = Text(zh="，或 null（从不）", en=", or null (never)")
DATE = Text(zh="日期，如 2018-07-02", en="a date such as 2018-07-02")
NAMES = Text(
    zh="小区名称或小区类型的列表，如 [work_unit,resettlement]",
    en="a list of estates or archetypes, such as [work_unit,resettlement]",
)
WORDS = Text(zh="文字", en="words")
STORY_FORM = Text(zh="{zh: 中文, en: English}，写一种也可以", en="{zh: 中文, en: English}, or one of them")
