"""A design made elsewhere: a .csv file with a column a setting; its other columns come back with the results."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from experiments.design import Axis, Design, require_variable
from experiments.names import keys, require
from experiments.overrides import override
from experiments.problems import tell
from scenarios.decoding import decoded
from sim.errors import InputError, nearest
from sim.outcome import outcomes
from sim.texts import Text

NAMED = ("scenario", "place", "policy")
RESERVED = ("cell", "point", "state", "error", "flags", "configuration", "estates", "n", "failed", "flagged")
"""Columns that the tables of a sweep have themselves, beside one for each outcome."""
KEYED = "."


def design(axes: Sequence[Axis], argument: str = "", seed: int = 1) -> Design:
    """Return the design of a file: keys such as `voice.rate` in its first line, then a row a point.

    A head that is a key sets it; a head with a dot in it that is none is an error; any other, such as `id`, is told
    with the results.

    Raises:
        InputError: there is no file, or it is varied besides; everything that is wrong in it, with its row.
    """
    if axes or not argument:
        raise InputError(ALONE, attempt="design=file:my.csv")
    path = Path(argument)
    heads, lines = _lines(path)
    settings = [head for head in heads if _sets(head, path)]
    errors: list[InputError] = []
    points = tuple(tuple(_values(settings, heads, line, row, errors)) for row, line in lines)
    tell(errors, path)
    told = {head: tuple(line[heads.index(head)] for _, line in lines) for head in heads if head not in settings}
    return Design(tuple(settings), points, told)


def _lines(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the heads and every row with its number in the file, counted from 1."""
    try:
        text = decoded(str(path), path.read_bytes())
    except OSError as error:
        raise InputError(UNREADABLE.filled(file=path, reason=error.strerror)) from error
    found = [(row, [word.strip() for word in line]) for row, line in enumerate(csv.reader(io.StringIO(text)), start=1)]
    told = [(row, line) for row, line in found if any(line)]
    if len(told) < 2:
        raise InputError(EMPTY.filled(file=path), allowed=FORM)
    (_, heads), *lines = told
    for row, line in lines:
        if len(line) != len(heads):
            raise InputError(UNEVEN.filled(fields=len(line), heads=len(heads)), ROW_OF.filled(file=path, row=row))
    _require_different(heads, path)
    return heads, lines


def _require_different(heads: Sequence[str], path: Path) -> None:
    for head in heads:
        if not head or heads.count(head) > 1 or head in RESERVED or head in outcomes():
            raise InputError(HEAD.filled(head=repr(head)), ROW_OF.filled(file=path, row=1), FORM)


def _sets(head: str, path: Path) -> bool:
    """Say whether a column sets something; one that seems to and is no key is refused."""
    if head in keys():
        _located(require_variable, head, path)
        return True
    if KEYED in head:
        _located(require, head, path)
    return False


def _located(check: Callable[[str], None], head: str, path: Path) -> None:
    try:
        check(head)
    except InputError as error:
        error.where = ROW_OF.filled(file=path, row=1)
        error.nearest = error.nearest or (nearest(head, keys()) if head not in keys() else None)
        raise


def _values(
    settings: Sequence[str], heads: Sequence[str], line: Sequence[str], row: int, errors: list[InputError]
) -> Iterator[Any]:
    for key in settings:
        text = line[heads.index(key)]
        try:
            yield _value(key, text)
        except InputError as error:
            error.where = COLUMN.filled(row=row, column=key)
            errors.append(error)
            yield None


def _value(key: str, text: str) -> Any:
    if not text:
        raise InputError(BLANK.filled(key=key), allowed=NULL)
    return text if key in NAMED else override(key, text).value


UNREADABLE = Text(zh="读不了 {file}（{reason}）", en="cannot read {file} ({reason})")
EMPTY = Text(zh="{file} 里没有一行设计", en="{file} holds no row of a design")
FORM = Text(
    zh="第一行是参数名（如 voice.rate），各不相同；以下每行一组值，用半角逗号分开",
    en="keys such as voice.rate in the first line, all different; below it a row of values each, separated by commas",
)
UNEVEN = Text(zh="这一行有 {fields} 格，表头有 {heads} 格", en="this row has {fields} fields, the head has {heads}")
HEAD = Text(zh="表头不能是 {head}", en="a head cannot be {head}")
ROW_OF = Text(zh="{file} 第 {row} 行", en="{file}, row {row}")
COLUMN = Text(zh="第 {row} 行，{column} 列", en="row {row}, column {column}")
BLANK = Text(zh="{key} 空着", en="{key} is empty")
NULL = Text(zh="每格都要写；“从不”写 null", en="a value in every field; null for never")
ALONE = Text(
    zh="design=file: 要一个 .csv 文件，其他设定不能同时变化",
    en="design=file: takes a .csv file, and nothing else may be varied beside it",
)
