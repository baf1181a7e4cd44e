"""The clauses of the policy: what each asks, and how it may hurt, in the project's own plain words.

The policy is the Hebei provincial guiding opinion on consultative co-governance in urban communities
(河北省民政厅、河北省住房和城乡建设厅《关于开展城市社区协商共治工作的指导意见》). A clause's id follows the
opinion's own numbering: part, section, sentence. `3.2c` is part 三, section （二）, third sentence; a figure
after a dash splits a sentence that asks for several things (`3.2b-1`). The id of the whole (`3.2b`, `3.2`)
stands for all that is under it. How a clause may hurt is the project's reading, not the opinion's.

The words are in `clauses.csv` beside this file, a clause a row, so that whoever knows the policy but no
Python can read and correct them in a spreadsheet.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sim.errors import InputError, nearest
from sim.texts import Text

POLICY = Text(
    zh="河北省民政厅、河北省住房和城乡建设厅《关于开展城市社区协商共治工作的指导意见》",
    en="Hebei provincial guiding opinion on consultative co-governance in urban communities",
)
UNKNOWN = Text(zh="没有编号为“{id}”的条款", en="there is no clause with the id '{id}'")
FORM = Text(
    zh="指导意见自身的编号：部分、节、句，如 3.1h、3.2b-1",
    en="the opinion's own numbering: part, section, sentence, such as 3.1h or 3.2b-1",
)


@dataclass(frozen=True)
class Clause:
    """One clause of the policy.

    `id` is its place in the opinion; `asks` what it asks for; `may_hurt` how following it may do harm.
    """

    id: str
    asks: Text
    may_hurt: Text


def read_clauses(path: Path) -> Iterator[Clause]:
    """Read a table of clauses: UTF-8, columns `id, asks_zh, asks_en, may_hurt_zh, may_hurt_en`."""
    with path.open(encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            yield Clause(
                id=row["id"],
                asks=Text(zh=row["asks_zh"], en=row["asks_en"]),
                may_hurt=Text(zh=row["may_hurt_zh"], en=row["may_hurt_en"]),
            )


CLAUSES: Mapping[str, Clause] = MappingProxyType(
    {clause.id: clause for clause in read_clauses(Path(__file__).with_suffix(".csv"))}
)


def clause(id: str) -> Clause:
    """Return the clause with an id.

    Raises:
        InputError: no clause has this id; the error names the nearest one that exists.

    >>> clause("3.2a").id
    '3.2a'
    """
    found = CLAUSES.get(id)
    if found is None:
        raise InputError(what=UNKNOWN.filled(id=id), allowed=FORM, nearest=nearest(id.lower(), CLAUSES))
    return found
