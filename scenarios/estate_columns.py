"""The columns of a table of estates: their heads in Chinese and English, and what one cell may hold.

The columns are the fields of `Estate`; labels, units and bounds come from its declarations, so that a number
added there is a column here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from unicodedata import normalize

from scenarios.estate import Estate
from scenarios.sheets import Cell
from sim.parts import GIVEN_BY_THE_USER, KINDS, UNITS, Number, Value, allowed, default_of, numbers_of, parts
from sim.texts import Text

DIGITS = 12  # what a cell is rounded to: a spreadsheet has 15, and 0.1 + 0.2 in it is not 0.3
WRITTEN = re.compile(
    r"(?P<number>[+-]?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)?(\.[0-9]*)?(e[+-]?[0-9]{1,3})?) ?(?P<percent>%?)",
    re.IGNORECASE,
)
OTHER_UNIT = re.compile("年|year|annual|[%万千]")


@dataclass(frozen=True)
class Column:
    """One column: its field in `Estate`, its label, and the declaration of its number."""

    field: str
    label: Text
    about: Number

    def is_whole(self) -> bool:
        """Say whether only whole numbers make sense, as for dwellings."""
        return isinstance(default_of(Estate, self.field), int)

    def is_share(self) -> bool:
        """Say whether a value may be written as a percentage."""
        high = self.about.high
        return self.about.unit == UNITS["share"] or (high is not None and high <= 1)

    def allowed(self) -> Text:
        """Say which numbers the column takes."""
        return WHOLE.filled(range=allowed(self.about)) if self.is_whole() else allowed(self.about)


def _told(field: str, label: Text, unit: Text) -> Column:
    return Column(field, label, Number(label, unit, GIVEN_BY_THE_USER, "seen"))


NAME = _told("name", Text(zh="小区名称", en="estate name"), Text(zh="文字，不重复", en="text, each once"))
ARCHETYPE = _told("archetype", KINDS["archetype"], Text(zh="从列表中选", en="choose from the list"))
NUMBERS = tuple(Column(field, about.label, about) for field, about in numbers_of(Estate).items())
COLUMNS = (NAME, ARCHETYPE, *NUMBERS)


def folded(words: object) -> str:
    """Return words without what nobody reads as a difference: blanks, case, full-width letters."""
    return "".join(normalize("NFKC", str(words)).casefold().split())


def plain(words: object) -> str:
    """Return what identifies a head or an archetype: letters and digits up to the first bracket.

    >>> plain(" Share　Vacant (0–1)") == plain("share_vacant")
    True
    """
    before = re.split(r"[(\[【〔]", folded(words))[0]
    return "".join(letter for letter in before if letter.isalnum())


def _ways(field: str, label: Text) -> tuple[str, str, str]:
    return label.zh, label.en, field


HEADS: Mapping[str, Column] = MappingProxyType(
    {word: column for column in COLUMNS for word in _ways(column.field, column.label)}
)
_BY_PLAIN = {plain(word): column for word, column in HEADS.items()}


def column_headed(head: Cell) -> Column | None:
    """Return the column that a head names: by its label in either language or its field."""
    return _BY_PLAIN.get(plain(head))


def in_other_unit(head: Cell) -> bool:
    """Say whether a head gives, in brackets, a unit that the column does not have, such as a year's fee."""
    brackets = folded(head).partition("(")[2]
    return bool(OTHER_UNIT.search(brackets))


def archetypes() -> dict[str, str]:
    """Return the key of every archetype by each way to write it: label in Chinese, in English, key."""
    known = parts("archetype")
    return {word: key for key, archetype in known.items() for word in _ways(key, archetype.label)}


def archetype_called(cell: Cell) -> str | None:
    """Return the key of an archetype given by key or label."""
    return {plain(word): key for word, key in archetypes().items()}.get(plain(cell))


def name_in(cell: Cell) -> str | None:
    """Return the name in a cell; a name that is a number reads as it is shown."""
    return f"{cell:.15g}" if isinstance(cell, float) else None if cell is None else str(cell)


def number_in(cell: Cell, column: Column) -> Value:
    """Return the number in a cell, or None where the column could take none such, bounds aside.

    Text may have full-width digits, a percent sign in a column of shares, and commas between thousands: as
    `households` alone reaches a thousand, a decimal comma never passes for one.  Rounded to 12 digits.
    """
    value = _written(cell, column) if isinstance(cell, str) else cell
    if value is None:
        return None
    value = float(f"{value:.{DIGITS}g}") + 0.0  # no minus zero
    if not column.is_whole():
        return value
    return int(value) if value.is_integer() else None


def _written(words: str, column: Column) -> float | None:
    found = WRITTEN.fullmatch(normalize("NFKC", words))
    if not found or not re.search("[0-9]", found["number"]) or (found["percent"] and not column.is_share()):
        return None
    value = Decimal(found["number"].replace(",", ""))
    return float(value / 100 if found["percent"] else value)


WHOLE = Text(zh="{range}，整数", en="{range}, a whole number")

# What the template writes into a table besides estates, and the reader passes over.
UNIT_ROW = Text(zh="（单位）", en="(unit)")
EXAMPLE_ROW = Text(zh="（示例，读取时略过）", en="(example, skipped when read)")
EXPLANATIONS = Text(zh="各列说明", en="What each column means")


def is_written_as(cell: Cell, *marks: Text) -> bool:
    """Say whether a cell holds one of the template's marks, in either language."""
    return folded(cell) in {folded(words) for mark in marks for words in (mark.zh, mark.en)}
