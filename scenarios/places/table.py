"""A community as the user's own table describes it: one row an estate, in an .xlsx or .csv file."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from scenarios.estate import Estate
from scenarios.estate_rows import MISSING
from scenarios.estate_table import read_estates
from scenarios.place import Place
from sim.errors import InputError
from sim.parts import number, part, path
from sim.texts import Text


@part("place")
@dataclass(frozen=True)
class Table(Place):
    """The estates of a table that the user names; `cogov new estates FILE` writes an empty one."""

    label = Text(zh="自己的小区表", en="a table of your own")
    file: str = path(zh="小区表", en="table of estates")
    missing: str = number(
        "refuse", choices=MISSING, unit=Text(zh="做法", en="what is done"),
        zh="缺少的列和空格", en="missing columns, empty cells",
        source=Text(zh='假定：用户不要求就不补全', en='assumed: nothing is filled in unless the user asks for it'),
    )  # fmt: skip

    def estates(self) -> tuple[Estate, ...]:
        """Return the estates in the order of the table's rows.

        Raises:
            InputError: no file is given, it cannot be read, or the table is wrong.
        """
        if not self.file:
            raise InputError(NO_TABLE, attempt="place=table place.file=FILE.xlsx")
        return read_estates(Path(self.file), "archetype" if self.missing == "archetype" else "refuse")

    def fingerprint(self) -> str:
        """Return what identifies the estates: a hash of names and values in the order of the rows.

        Path, format, encoding, language of the heads and order of the columns make no difference to it.
        """
        rows = json.dumps([asdict(estate) for estate in self.estates()], sort_keys=True)
        return sha256(rows.encode("ascii")).hexdigest()


NO_TABLE = Text(
    zh="没有给出小区表；用 cogov new estates 写一张空表，填好后由 place.file 指明",
    en="no table of estates is given; write one with cogov new estates, fill it, name it with place.file",
)
