"""The cells of a user's table, in whatever file it comes: an .xlsx workbook or .csv text."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from scenarios.decoding import decoded
from scenarios.problems import unreadable
from sim.errors import InputError, nearest
from sim.texts import Text

Cell = str | int | float | None

ENDINGS = (".xlsx", ".csv")
DELIMITERS = (",", ";", "\t")
OLD_WORKBOOK = bytes.fromhex("D0CF11E0A1B11AE1")  # how an .xls begins, and an .xlsx with a password
ZIP = b"PK\x03\x04"  # how an .xlsx begins


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet; `rows[0]` is row 1 as a spreadsheet shows it.  Text of a .csv has no title."""

    title: str | None
    rows: tuple[tuple[Cell, ...], ...]

    def is_empty(self) -> bool:
        """Say whether there is no cell with anything in it."""
        return not any(cell is not None for row in self.rows for cell in row)


def content_of(path: Path, attempt: str | None = None) -> bytes:
    """Return the bytes of a file that the user named; `attempt` is a command to try where there is none.

    Raises:
        InputError: there is no such file (names the nearest one in that folder), or it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        if path.exists() and not path.is_dir():
            raise InputError(CLOSED.filled(file=path, reason=error.strerror)) from error
    what = NO_FILE if path.parent.is_dir() else NO_FOLDER
    raise InputError(
        what.filled(file=path, folder=path.parent),
        nearest=_near(path),
        attempt=attempt or f"cogov new estates {path if path.suffix.lower() in ENDINGS else path.with_suffix('.xlsx')}",
    )


def _near(path: Path) -> str | None:
    if not path.parent.is_dir():
        return None
    tables = [file.name for file in path.parent.iterdir() if file.suffix.lower() in ENDINGS and file.is_file()]
    return nearest(path.name, tables)


def sheets_in(file: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or the one sheet of a .csv.

    Raises:
        InputError: the file is empty, of another kind, in another encoding or damaged.
    """
    ending = Path(file).suffix.lower()
    if ending not in ENDINGS:
        raise unreadable(OTHER_KIND, file)
    if content.startswith(OLD_WORKBOOK):
        raise unreadable(OLD, file)
    if not content.strip():
        raise unreadable(EMPTY, file)
    sheets = _workbook(file, content) if ending == ".xlsx" else (_text_sheet(file, content),)
    if all(sheet.is_empty() for sheet in sheets):
        raise unreadable(EMPTY, file)
    return sheets


def _workbook(file: str, content: bytes) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook

    if not content.startswith(ZIP):
        raise unreadable(NOT_WORKBOOK, file)
    try:
        with warnings.catch_warnings():
            # Parts that Excel and WPS add and that this library does not know do not matter here.
            warnings.simplefilter("ignore")
            values, formulas = (
                load_workbook(io.BytesIO(content), read_only=True, data_only=is_value) for is_value in (True, False)
            )
            return tuple(
                Sheet(seen.title, _cleaned(_computed(_rows(seen), _rows(written))))
                for seen, written in zip(values.worksheets, formulas.worksheets, strict=True)
            )
    except Exception as error:  # a damaged workbook fails in any of a dozen ways
        raise unreadable(DAMAGED, file) from error


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong extent, and cells beyond it would be lost
    return iter(sheet.iter_rows(values_only=True))


def _computed(values: Iterable[Any], formulas: Iterable[Any]) -> Iterator[list[object]]:
    """Yield each row's values; a formula never calculated stands for itself, lest it pass for nothing."""
    for row, written in zip(values, formulas, strict=True):
        yield [formula if value is None else value for value, formula in zip_longest(row, written)]


def _text_sheet(file: str, content: bytes) -> Sheet:
    if content.startswith(ZIP):
        raise unreadable(NOT_TEXT, file)
    text = decoded(file, content)
    try:
        return Sheet(None, _cleaned(_cut(text, _delimiter(text), strict=True)))
    except csv.Error as error:
        raise unreadable(QUOTES, file) from error


def _cut(text: str, delimiter: str, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _delimiter(text: str) -> str:
    """Return what cuts the first row that can be cut into most cells; the heads hold no delimiter."""
    widths = {mark: (len(row) for row in _cut(text, mark, strict=False) if len(row) > 1) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: next(widths[mark], 1))


def _cleaned(rows: Iterable[Iterable[object]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_cell(value) for value in row) for row in rows)


def _cell(value: object) -> Cell:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    words = str(value).upper() if isinstance(value, bool) else str(value)
    return " ".join(words.split()) or None


NO_FILE = Text(zh="没有名为 {file} 的文件", en="there is no file called {file}")
NO_FOLDER = Text(zh="打不开 {file}：没有名为 {folder} 的文件夹", en="cannot open {file}: there is no folder {folder}")
CLOSED = Text(
    zh="打不开 {file}（{reason}）；若正在别的程序里打开，请先关闭",
    en="cannot open {file} ({reason}); if another program has it open, close it first",
)
EMPTY = Text(zh="{file} 是空的", en="{file} is empty")
OTHER_KIND = Text(zh="读不了 {file} 这种文件", en="{file} is not a kind of file that can be read")
OLD = Text(zh="{file} 是旧式 .xls 工作簿，或者加了密码", en="{file} is an old .xls workbook, or has a password")
NOT_WORKBOOK = Text(
    zh="{file} 不是 .xlsx 工作簿，只是用了这个扩展名",
    en="{file} is no .xlsx workbook, it only has that ending",
)
NOT_TEXT = Text(
    zh="{file} 不是 .csv 文本；若它是工作簿，请把扩展名改为 .xlsx",
    en="{file} is not .csv text; if it is a workbook, let its name end in .xlsx",
)
DAMAGED = Text(zh="{file} 不是 Excel 工作簿，或者已损坏", en="{file} is not an Excel workbook, or is damaged")
QUOTES = Text(zh="{file} 里的引号不成对", en="a quotation mark in {file} has no partner")
