"""Drawing a figure of the law of ballots into a folder, in both languages, from exact chances."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.ballot_request import OF_A_FIGURE
from experiments.command import Answer, Command
from experiments.opening import unwritable
from experiments.output import default_folder
from sim.errors import InputError
from sim.law_in_force import regimes
from sim.parts import part_named
from sim.texts import LANGUAGES, Text, same

if TYPE_CHECKING:
    from experiments.figures.drawing import Tables

OWNERS, MOST_OWNERS = 300, 2000
TURNOUT = 0.8
STEPS = 100


def drawn(options: Mapping[str, str], command: Command) -> Answer:
    """Draw the figure that options name; the folder must be new or empty.

    Raises:
        InputError: an option is wrong, or the folder holds something.
    """
    key, owners, folder = _checked(options)
    from experiments.figures.drawing import save

    tables = TABLES[key](owners)
    drawings = {lang: part_named("ballot_figure", key)().draw(tables, lang) for lang in LANGUAGES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [path for lang, drawing in drawings.items() for path in save(drawing, folder, key, lang)]
    except OSError as error:
        raise unwritable(folder, error) from None
    files = [path.name for path in paths]
    text = f"{drawings[command.lang].alternative}\n\n{DRAWN.say(command.lang, folder=folder)}"
    return Answer(text, {"figure": key, "owners": owners, "folder": str(folder), "files": files})


def _checked(options: Mapping[str, str]) -> tuple[str, int, Path]:
    for key in options:
        if key not in OF_A_FIGURE:
            raise InputError(NOT_HERE.filled(key=key), allowed=same(", ".join(OF_A_FIGURE)))
    figure, words = options["figure"], options.get("owners", str(OWNERS))
    part_named("ballot_figure", figure)
    if not (words.isascii() and words.isdigit() and 3 <= int(words) <= MOST_OWNERS):
        raise InputError(OWNERS_REFUSED.filled(words=words), allowed=OWNERS_ALLOWED.filled(most=MOST_OWNERS))
    folder = Path(options["output"]) if options.get("output") else default_folder("ballot", [figure])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(TAKEN.filled(folder=folder), allowed=EMPTY)
    return figure, int(words), folder


def pass_probability_tables(owners: int) -> "Tables":
    """Return the chance of passing over turnout and approval, for each law and kind of majority."""
    import numpy as np
    from pandas import DataFrame, concat

    from experiments.figures.drawing import Tables
    from experiments.figures.pass_probability import MATTERS
    from sim.pass_probability import pass_probability

    shares = np.arange(2 * STEPS // 5, STEPS + 1) / STEPS
    turnout, approval = (axis.ravel() for axis in np.meshgrid(shares, shares, indexing="ij"))
    frames = [
        DataFrame({"law": law, "matter": matter, "turnout": turnout, "approval": approval, "probability": chance.ravel()})
        for law, regime in regimes().items()
        for matter in MATTERS
        for chance in (pass_probability(regime, matter, owners, shares, shares),)
    ]
    return Tables({"pass_probability": concat(frames, ignore_index=True)}, LAWS, OF_OWNERS.filled(owners=owners))


def boycott_tables(owners: int) -> "Tables":
    """Return the chance of passing over the opponents' share and the share of them who stay away, for each law."""
    import numpy as np
    from pandas import DataFrame, concat

    from experiments.figures.drawing import Tables
    from sim.pass_probability import boycott_probability

    opposed, away = np.arange(3 * STEPS // 5 + 1) / STEPS, np.arange(STEPS + 1) / STEPS
    opponents, staying = (axis.ravel() for axis in np.meshgrid(opposed, away, indexing="ij"))
    frames = [
        DataFrame({"law": law, "opponents": opponents, "staying_away": staying, "probability": chance.ravel()})
        for law, regime in regimes().items()
        for chance in (boycott_probability(regime, "replace_provider", owners, TURNOUT, opposed, away),)
    ]
    how = WHO_COME.filled(owners=owners, turnout=f"{TURNOUT:.0%}")
    return Tables({"boycott": concat(frames, ignore_index=True)}, LAWS, how)


TABLES: Mapping[str, Callable[[int], "Tables"]] = {
    "pass_probability": pass_probability_tables,
    "boycott": boycott_tables,
}
LAWS: Mapping[str, Text] = {
    "property_law_2007": Text(zh="《物权法》（2020 年底以前）", en="Property Law (to 2020)"),
    "civil_code_2021": Text(zh="《民法典》（2021 年起）", en="Civil Code (from 2021)"),
}
OF_OWNERS = Text(
    zh="{owners} 名业主，面积相等，各自独立参与、同意",
    en="{owners} owners of equal area, each taking part and assenting independently",
)
WHO_COME = Text(
    zh="{owners} 名业主，面积相等；不抵制的人各以 {turnout} 的概率参与",
    en="{owners} owners of equal area; those who do not boycott take part with chance {turnout}",
)
NOT_HERE = Text(zh="画图时不用 {key}", en="{key} has no use where a figure is drawn")
OWNERS_REFUSED = Text(zh="owners 不能取 {words}", en="owners cannot be {words}")
OWNERS_ALLOWED = Text(zh="整数，3 至 {most}", en="a whole number, 3 to {most}")
TAKEN = Text(zh="{folder} 里已经有东西，没有改动", en="{folder} already holds something; nothing was changed")
EMPTY = Text(zh="新的或空的文件夹", en="a new or an empty folder")
DRAWN = Text(zh="图、数据、文字：{folder}", en="pictures, data, text: {folder}")
