"""Tables of estates for the user to fill in: heads, units and an example row."""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from scenarios.estate import Estate
from scenarios.estate_columns import ARCHETYPE, COLUMNS, EXAMPLE_ROW, UNIT_ROW
from scenarios.sheets import ENDINGS, Cell
from scenarios.workbook import workbook
from sim.errors import InputError
from sim.parts import parts
from sim.texts import Language, Text, same

EXAMPLE = "commodity_old"


def write_template(path: Path, lang: Language) -> None:
    """Write an empty table of estates, .xlsx or .csv (UTF-8 with byte order mark), with units and an example.

    Raises:
        InputError: the file exists, its name has another ending, or it cannot be written.
    """
    example = replace(parts("archetype")[EXAMPLE].estate, name=EXAMPLE_ROW.say(lang))
    write_table(path, [example], lang)


def write_table(path: Path, estates: Sequence[Estate], lang: Language, encoding: str = "utf-8-sig") -> None:
    """Write estates as a table with heads in one language; `encoding` is that of a .csv.

    Raises:
        InputError: the file exists, its name has another ending, or it cannot be written.
    """
    rows = [heads(lang), units(lang), *(line(estate, lang) for estate in estates)]
    if path.suffix.lower() not in ENDINGS:
        raise InputError(OTHER_ENDING.filled(file=path), allowed=same(", ".join(ENDINGS)))
    is_workbook = path.suffix.lower() == ".xlsx"
    _write_new(path, workbook(rows, lang) if is_workbook else _csv(rows).encode(encoding))


def heads(lang: Language) -> list[Cell]:
    """Return the heads of all columns."""
    return [column.label.say(lang) for column in COLUMNS]


def units(lang: Language) -> list[Cell]:
    """Return the row of units, marked in its first cell as one that the reader passes over."""
    return [UNIT_ROW.say(lang), *(column.about.unit.say(lang) for column in COLUMNS[1:])]


def line(estate: Estate, lang: Language) -> list[Cell]:
    """Return an estate's row, with the archetype under its label."""
    label = parts("archetype")[estate.archetype].label.say(lang)
    return [label if column is ARCHETYPE else getattr(estate, column.field) for column in COLUMNS]


def _csv(rows: Iterable[Iterable[Cell]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _write_new(path: Path, content: bytes) -> None:
    if path.exists():
        raise InputError(EXISTS.filled(file=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            _write_whole(file, content)
    except OSError as error:
        raise InputError(UNWRITTEN.filled(file=path, reason=error.strerror)) from error


def _write_whole(file: BinaryIO, content: bytes) -> None:
    try:
        file.write(content)
        file.flush()
    except OSError:
        with suppress(OSError):  # closing tries to write once more
            file.close()
        Path(file.name).unlink()
        raise


OTHER_ENDING = Text(zh="{file} 的扩展名不对", en="{file} has an ending that is not known")
EXISTS = Text(
    zh="{file} 已经存在，没有改动；请换一个名字",
    en="{file} exists and was left as it is; choose another name",
)
UNWRITTEN = Text(zh="写不了 {file}（{reason}）", en="cannot write {file} ({reason})")
