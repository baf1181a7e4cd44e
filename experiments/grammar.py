"""Hydra's grammar of sweeps: which words give several values, and which."""

from typing import Any

from experiments.design import Axis
from experiments.overrides import several

LETTER_FOR_LETTER = ("local",)
"""Settings that may name files, which Hydra's grammar refuses in Chinese: values between commas."""


def swept(word: str) -> Axis | None:
    """Return what a word such as `a.b=1,2`, `a.b=range(0,1,0.1)` or `a.b=interval(0,1)` varies; None where nothing.

    Real values are rounded to 12 digits: Hydra's `range` gives 0.7000000000000001, and by such errors now and then
    the end itself, which is left out as it should be.

    >>> swept("weeks=52,104").values, swept("a.b=range(0,0.4,0.2)").values
    (('52', '104'), ('0.0', '0.2'))
    >>> swept("a.b=range(0,1,0.35)").values, swept("a.b=interval(0,1)").high, swept("weeks=52")
    (('0.0', '0.35', '0.7'), 1.0, None)
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    key, _, text = word.partition("=")
    if word.startswith(("+", "~", "output=")):
        return None
    if key in LETTER_FOR_LETTER:
        return Axis(key, tuple(several(text))) if "," in text else None
    try:
        [parsed] = OverridesParser.create().parse_overrides([word])
        if not parsed.is_sweep_override():
            return None
        if parsed.is_interval_sweep():
            interval: Any = parsed.value()
            return Axis(key, low=float(interval.start), high=float(interval.end))
        values = tuple(map(_rounded, parsed.sweep_string_iterator()))
        return Axis(key, tuple(value for value in values if not _is_end(value, parsed.value())))
    except HydraException:
        return None


def _is_end(value: str, sweep: Any) -> bool:
    """Say whether a value is the end of a range, which does not belong to it."""
    from hydra.core.override_parser.types import RangeSweep

    return isinstance(sweep, RangeSweep) and float(value) == sweep.stop


def _rounded(word: str) -> str:
    try:
        return word if word.lstrip("+-").isdigit() else repr(float(f"{float(word):.12g}"))
    except ValueError:
        return word
