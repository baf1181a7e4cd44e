"""The kinds of value that a local rule may hold, each with what it takes and how it says so."""

from dataclasses import dataclass
from fractions import Fraction

from sim.texts import Text, same


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds, of a unit."""

    low: int
    high: int
    unit: Text

    def read(self, value: object) -> int | None:
        """Return the number, or None where the value is none such."""
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value if self.low <= value <= self.high else None

    def allowed(self) -> Text:
        """Say which values are taken."""
        return WHOLE.filled(low=self.low, high=self.high, unit=self.unit)


@dataclass(frozen=True)
class Share:
    """An exact share between 0 and 1, written as 0.2 or 1/5."""

    def read(self, value: object) -> Fraction | None:
        """Return the share, exact, or None where the value is none."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            share = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            return None
        return share if 0 <= share <= 1 else None

    def allowed(self) -> Text:
        """Say which values are taken."""
        return SHARE


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    def read(self, value: object) -> str | None:
        """Return the word, or None where it is none of them."""
        return value if isinstance(value, str) and value in self.choices else None

    def allowed(self) -> Text:
        """Say which values are taken."""
        return same(", ".join(self.choices))


@dataclass(frozen=True)
class SomeOf:
    """Any of a few words, as a list."""

    choices: tuple[str, ...]

    def read(self, value: object) -> tuple[str, ...] | None:
        """Return the words, or None where one is none of them."""
        words = value if isinstance(value, list | tuple) else [value]
        return tuple(str(word) for word in words) if all(word in self.choices for word in words) else None

    def allowed(self) -> Text:
        """Say which values are taken."""
        return LIST.filled(choices=", ".join(self.choices))


@dataclass(frozen=True)
class YesNo:
    """True or false."""

    def read(self, value: object) -> bool | None:
        """Return the truth value, or None where it is none."""
        return value if isinstance(value, bool) else None

    def allowed(self) -> Text:
        """Say which values are taken."""
        return same("true, false")


Shape = Whole | Share | OneOf | SomeOf | YesNo

WHOLE = Text(zh="{low} 至 {high} {unit}，整数", en="{low} to {high} {unit}, a whole number")
SHARE = Text(zh="0 至 1 的比例，如 0.2 或 1/5", en="a share from 0 to 1, such as 0.2 or 1/5")
LIST = Text(zh="其中几项的列表：{choices}", en="a list of some of: {choices}")
