"""A setting that a search found: the numbers of one of its draws, put into a scenario."""

import csv
import io
from pathlib import Path

from experiments.names import number_at
from experiments.search_tables import DRAWS
from experiments.uncertainty import require_part, with_numbers
from scenarios.scenario import Scenario
from sim.errors import InputError
from sim.texts import Text


def with_setting(scenario: Scenario, words: str) -> Scenario:
    """Return a scenario with the numbers of a draw; words: `FOLDER:DRAW`, the folder of a finished search.

    Raises:
        InputError: there is no such folder or draw.
    """
    folder, _, draw = words.rpartition(":")
    file = Path(folder) / DRAWS
    if not folder or not draw.isdecimal() or not file.is_file():
        raise InputError(NO_DRAW.filled(words=words), allowed=FORM, attempt="cogov search scenario=cross_serving")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    found = next((row for row in rows if row["draw"] == draw), None)
    if found is None:
        raise InputError(NO_DRAW.filled(words=words), allowed=DRAWN.filled(last=len(rows) - 1))
    numbers = {key: _number(key, text) for key, text in found.items() if "." in key and not key.startswith("by.")}
    return with_numbers(scenario, numbers, scenario.name)


def _number(key: str, text: str) -> float:
    require_part(key)
    return int(float(text)) if number_at(key)[1] else float(text)


NO_DRAW = Text(zh="at={words} 不是一次试探里的一次抽取", en="at={words} is no draw of a search")
FORM = Text(zh="at=试探的结果文件夹:第几次抽取", en="at=FOLDER:DRAW, the folder of a search and the number of a draw")
DRAWN = Text(zh="0 至 {last}", en="0 to {last}")
