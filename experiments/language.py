"""Which language a user reads, and text laid out for a terminal."""

import locale
import os
from collections.abc import Iterable, Mapping
from unicodedata import east_asian_width

from sim.texts import Language

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
CHINESE = ("zh", "chinese")


def language(environ: Mapping[str, str] = os.environ, system: str | None = None) -> Language:
    """Return zh where the locale begins with zh or, as Windows calls it, Chinese; en otherwise.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({}, "Chinese (Simplified)_China.936"), language({}, "C")
    ('zh', 'zh', 'en')
    """
    system = locale.setlocale(locale.LC_CTYPE) if system is None else system
    chosen = next((environ[name] for name in VARIABLES if environ.get(name)), system)
    return "zh" if chosen.lower().startswith(CHINESE) else "en"


def width(words: str) -> int:
    """Return how many columns words take in a terminal, a Chinese letter two.

    >>> width("共治 CoGov")
    10
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def in_columns(rows: Iterable[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Return rows as lines with their columns under one another."""
    table = list(rows)
    if not table:
        return []
    widths = [max(width(row[column]) for row in table) for column in range(len(table[0]))]
    return [
        indent + "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
