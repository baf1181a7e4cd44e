"""The workbook of a table of estates: what can be checked while typing is checked by Excel itself."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

from scenarios.estate_columns import ARCHETYPE, COLUMNS, EXPLANATIONS, NUMBERS, Column
from scenarios.sheets import Cell
from sim.parts import parts
from sim.texts import Language, Text

LAST_ROW = 500  # down to which cells are checked while typing
FIRST_ROW = 3  # of estates: below heads and units
WHOLE, DECIMAL = "0", "0.00##"  # four decimals at least, lest a .csv saved from it hold fewer than the cell
WIDEST = 18  # letters; longer heads are wrapped
CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can state


def workbook(rows: Sequence[Sequence[Cell]], lang: Language) -> bytes:
    """Return an .xlsx of the rows (heads, units, estates) and a sheet of explanations; same in, same out."""
    from openpyxl import Workbook

    book = Workbook()
    _fill_estates(book.active, rows, lang)
    _fill_explanations(book.create_sheet(), lang)
    content = io.BytesIO()
    book.save(content)
    return _undated(content.getvalue())


def _fill_estates(sheet: Any, rows: Sequence[Sequence[Cell]], lang: Language) -> None:
    from openpyxl.styles import Font

    sheet.title = ESTATES.say(lang)
    for row in rows:
        sheet.append(row)
    _lay_out(sheet, head=1, frozen="B3")
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="808080")
    for index, column in enumerate(COLUMNS, start=1):
        _guide(sheet, index, column, lang)


def _guide(sheet: Any, index: int, column: Column, lang: Language) -> None:
    """Give a column its number format and let the spreadsheet refuse what the reader would."""
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(index)
    if column in NUMBERS:
        # On the column for rows to come, on each cell for those that are there.
        for place in (sheet.column_dimensions[letter], *sheet[letter][FIRST_ROW - 1 :]):
            place.number_format = WHOLE if column.is_whole() else DECIMAL
    check = _check(column, lang)
    if check is not None:
        check.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
        sheet.add_data_validation(check)


def _check(column: Column, lang: Language) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    if column is ARCHETYPE:
        labels = ",".join(archetype.label.say(lang) for archetype in parts("archetype").values())
        return DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True, showErrorMessage=True)
    if column not in NUMBERS:
        return None
    kind = "whole" if column.is_whole() else "decimal"
    check = DataValidation(type=kind, operator="between", allow_blank=True, showErrorMessage=True)
    check.formula1, check.formula2 = f"{column.about.low:g}", f"{column.about.high:g}"
    check.error = check.prompt = column.allowed().say(lang)
    check.showInputMessage = True
    return check


def _fill_explanations(sheet: Any, lang: Language) -> None:
    sheet.title = EXPLANATIONS.say(lang)
    archetypes = parts("archetype").values()
    sheet.append([EXPLANATIONS.say(lang)])
    filled_with = [FILLED_WITH.filled(archetype=one.label) for one in archetypes]
    sheet.append([head.say(lang) for head in (*EXPLAINED, *filled_with, SOURCE)])
    for column in COLUMNS:
        about = column.about
        fillings = [getattr(one.estate, column.field) if column in NUMBERS else None for one in archetypes]
        words = [column.label.zh, column.label.en, column.field, about.unit.say(lang)]
        sheet.append([*words, about.low, about.high, *fillings, about.source.say(lang)])
    _lay_out(sheet, head=2, frozen="A3")


def _lay_out(sheet: Any, head: int, frozen: str) -> None:
    """Freeze and wrap the row of heads, and make each column as wide as what stands in it, within reason."""
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = frozen
    for cell in sheet[head]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in sheet.iter_cols(min_row=head):
        widest = max(_width(cell.value) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(widest, WIDEST) + 2


def _width(value: object) -> int:
    """Return the width of a cell's text in letters; a Chinese character takes two."""
    words = "" if value is None else str(value)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _undated(content: bytes) -> bytes:
    """Return a workbook without the times of its writing."""
    undated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as dated, zipfile.ZipFile(undated, "w") as new:
        for name in dated.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z", dated.read(name)))
    return undated.getvalue()


ESTATES = Text(zh="小区", en="estates")
EXPLAINED = (
    Text(zh="中文表头", en="head in Chinese"),
    Text(zh="英文表头", en="head in English"),
    Text(zh="字段", en="field"),
    Text(zh="单位", en="unit"),
    Text(zh="最小", en="lowest"),
    Text(zh="最大", en="highest"),
)
FILLED_WITH = Text(zh="填补值：{archetype}", en="filled with: {archetype}")
SOURCE = Text(zh="依据", en="source")
