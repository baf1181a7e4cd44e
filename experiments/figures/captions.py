"""Words and printed numbers that figures share: what is compared, names with units, values with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.outcome import Outcome, outcomes
from sim.texts import Language, Text

if TYPE_CHECKING:
    from experiments.figures.drawing import Tables

ALONE = Text(zh="{base}", en="{base}")
PAIR = Text(zh="{base}与{other}的比较", en="{base} and {other} compared")
SEVERAL = Text(zh="{base}与其他 {count} 个方案的比较", en="{base} and {count} other scenarios compared")
TITLE = Text(zh="{compared}：{what}", en="{compared}: {what}")
LINE = Text(zh="{how}；{more}", en="{how}; {more}")
NAME_AND_UNIT = Text(zh="{name}（{unit}）", en="{name} ({unit})")
MORE_IS_BETTER = Text(zh="越高越好", en="higher is better")
LESS_IS_BETTER = Text(zh="越低越好", en="lower is better")
UNIT_AND_BETTER = Text(zh="{unit}，{better}", en="{unit}; {better}")
FAILED = Text(
    zh="有 {count} 次运行没有完成，未计入。",
    en="{count} runs were not finished and are left out.",
)
NO_VALUE = Text(zh="无数值", en="no value")
NO_OTHER = Text(
    zh="只有一个方案，画不出方案之差",
    en="there is only one scenario, so no difference between scenarios can be drawn",
)
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Other:
    """A scenario that is compared with the base: its place in the order, its key and label."""

    position: int
    key: str
    label: Text


def others(tables: Tables) -> list[Other]:
    """Return the scenarios that are compared with the base.

    Raises:
        InputError: there is but one scenario, so nothing differs from anything.
    """
    found = [Other(at, key, label) for at, (key, label) in enumerate(tables.scenarios.items())][1:]
    if not found:
        raise InputError(NO_OTHER, attempt="cogov compare status_quo cross_serving")
    return found


def compared(tables: Tables, what: Text, lang: Language) -> str:
    """Return a title: the scenarios compared, then what is shown of them."""
    base, *others = tables.scenarios.values()
    words = (ALONE, PAIR)[len(others)] if len(others) < 2 else SEVERAL
    subject = words.filled(base=base, other=others[0] if others else base, count=len(others))
    return opening(TITLE.say(lang, compared=subject, what=what))


def how(tables: Tables, more: Text, lang: Language) -> str:
    """Return the line below the title: place, weeks and pairs, then what the strokes of this figure mean."""
    return LINE.say(lang, how=tables.how, more=more)


def opening(words: str) -> str:
    """Return words with a capital first letter.

    >>> opening("collection rate (%)")
    'Collection rate (%)'
    """
    return words[:1].upper() + words[1:]


def outcome_name(outcome: Outcome, unit: Text, lang: Language) -> str:
    """Return an outcome's name with a unit."""
    return opening(NAME_AND_UNIT.say(lang, name=outcome.label, unit=unit))


def with_direction(outcome: Outcome, unit: Text) -> Text:
    """Return a unit and, where one direction is better, which."""
    if outcome.better == "neither":
        return unit
    better = MORE_IS_BETTER if outcome.better == "more" else LESS_IS_BETTER
    return UNIT_AND_BETTER.filled(unit=unit, better=better)


def headlines(keys: Sequence[str]) -> list[Outcome]:
    """Return the headline outcomes among those named, in the order in which they are declared."""
    return [outcome for key, outcome in outcomes().items() if outcome.headline and key in keys]


def printed(value: float, decimals: int) -> str:
    """Return a number as it is printed, with a true minus sign; a dash where there is none.

    >>> printed(-0.04, 1), printed(1234.5, 1), printed(math.nan, 1)
    ('0.0', '1,234.5', '–')
    """
    if not math.isfinite(value):
        return "–"
    return f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", MINUS)


def signed(value: float, decimals: int) -> str:
    """Return a difference as it is printed, with its sign.

    >>> signed(1.25, 1), signed(0.0, 1)
    ('+1.2', '0.0')
    """
    words = printed(value, decimals)
    return f"+{words}" if round(value, decimals) > 0 else words


def bracketed(low: float, high: float, decimals: int) -> str:
    """Return an interval in brackets, or nothing where there is none.

    >>> bracketed(1.0, 2.5, 1), bracketed(math.nan, math.nan, 1)
    ('[1.0, 2.5]', '')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"[{printed(low, decimals)}, {printed(high, decimals)}]"
