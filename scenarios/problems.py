"""What is wrong with a user's table, told all at once: up to ten places in one message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sim.errors import ALLOWED, NEAREST, InputError
from sim.texts import Text, joined, same

SHOWN = 10  # so that the message stays one screen


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a table, at a row and a column counted from 1, as a spreadsheet counts them."""

    row: int
    column: int | None
    what: Text
    allowed: Text | None = None
    nearest: str | None = None
    attempt: str | None = None

    def hinting(self, allowed: Text | None = None, *, nearest: str | None = None, attempt: str | None = None) -> "Problem":
        """Return the problem with what helps to mend it."""
        return replace(self, allowed=allowed, nearest=nearest, attempt=attempt)

    def place(self) -> Text:
        """Say where it is: `row 5 (H5)`."""
        if self.column is None:
            return ROW.filled(row=self.row)
        return CELL.filled(row=self.row, cell=f"{letters(self.column)}{self.row}")

    def line(self) -> Text:
        """Say the whole problem in one line."""
        found = ((ALLOWED, self.allowed), (NEAREST, None if self.nearest is None else same(self.nearest)))
        hints = [label.filled(value=value) for label, value in found if value is not None]
        zh = "；".join([self.what.zh, *(hint.zh for hint in hints)])
        en = "; ".join([self.what.en, *(hint.en for hint in hints)])
        return LINE.filled(place=self.place(), words=Text(zh=zh, en=en))


def refuse(problems: Sequence[Problem], table: Text) -> None:
    """Do nothing where there is no problem; else raise one error that tells them in the order of the rows.

    Raises:
        InputError: for one problem in its own words, for several with a line each, ten at most.
    """
    ordered = sorted(problems, key=lambda problem: (problem.row, problem.column or 0))
    if not ordered:
        return
    if len(ordered) == 1:
        (only,) = ordered
        where = HERE.filled(table=table, place=only.place())
        raise InputError(only.what, where, only.allowed, only.nearest, only.attempt)
    lines = [problem.line() for problem in ordered[:SHOWN]]
    rest = len(ordered) - SHOWN
    attempt = next((problem.attempt for problem in ordered if problem.attempt), None)
    what = SEVERAL.filled(table=table, count=len(ordered))
    raise InputError(what, attempt=attempt, more=lines + ([REST.filled(count=rest)] if rest > 0 else []))


def listed(texts: Iterable[Text]) -> Text:
    """Return several texts as one list, in each language's own punctuation."""
    each = list(texts)
    return Text(zh=joined(each, "zh"), en=joined(each, "en"))


def unreadable(what: Text, file: str) -> InputError:
    """Return the error for a file that cannot be read as a table; `what` speaks of `{file}`."""
    return InputError(what.filled(file=file), allowed=ACCEPTED)


def letters(column: int) -> str:
    """Return a column's letters, counted from 1.

    >>> letters(1), letters(26), letters(28)
    ('A', 'Z', 'AB')
    """
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


ROW = Text(zh="第 {row} 行", en="row {row}")
CELL = Text(zh="第 {row} 行（{cell}）", en="row {row} ({cell})")
LINE = Text(zh="{place}：{words}", en="{place}: {words}")
HERE = Text(zh="{table}，{place}", en="{table}, {place}")
SEVERAL = Text(zh="{table} 有 {count} 处问题", en="{table} has {count} problems")
REST = Text(zh="另有 {count} 处未列出", en="and {count} more")
ACCEPTED = Text(
    zh="Excel 工作簿（.xlsx，不加密码），或 UTF-8、GB18030 编码的 .csv；可在 Excel、WPS 里“另存为”",
    en="an Excel workbook (.xlsx, no password), or .csv in UTF-8 or GB18030; use 'Save as' in Excel or WPS",
)
