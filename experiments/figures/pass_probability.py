"""How likely a ballot is to pass, by turnout and approval: both laws side by side, and what changed between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from experiments.figures.captions import LINE
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.heat import LARGE, Grid, chances, differences
from experiments.figures.sheet import sheet
from experiments.figures.style import PAGE
from sim.parts import part
from sim.regime import CATEGORIES
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage
    from pandas import DataFrame

    from sim.households import F8

HEIGHT = 218.0  # millimetres
HEADING_GAP = 5.0  # points
OLD, NEW = "property_law_2007", "civil_code_2021"
MATTERS: Mapping[str, Text] = MappingProxyType(
    {
        "replace_provider": Text(
            zh="一般事项（选聘解聘企业、等级收费、选举、规约）：原来过全体半数，现在过参与者半数",
            en="Ordinary matters (firm, fee, election, rules): more than half of all before, of those taking part now",
        ),
        "use_maintenance_fund": Text(
            zh="使用维修资金：原来要全体的三分之二，现在只要参与者过半数",
            en="Using the maintenance fund: two thirds of all before, more than half of those taking part now",
        ),
        "change_common_use": Text(
            zh="改变共有部分用途：原来过全体半数，现在要参与者的四分之三",
            en="Changing the use of common parts: more than half of all before, three quarters of those taking part now",
        ),
        "raise_maintenance_fund": Text(
            zh="筹集维修资金、改建重建：原来要全体的三分之二，现在要参与者的四分之三",
            en="Raising the fund, rebuilding: two thirds of all before, three quarters of those taking part now",
        ),
    }
)
POINTS = ((0.6, 0.9), (0.7, 0.6), (0.8, 0.7), (0.9, 0.8))
TITLE = Text(
    zh="同样的参与和同意，能不能通过：两部法律对比",
    en="The same turnout and the same approval: does the ballot pass? Two laws compared",
)
EXACT = Text(zh="概率按二项分布精确计算；黑线为一半", en="exact binomial chances; the black line is one half")
CHANGE = Text(zh="《民法典》减去《物权法》", en="Civil Code less Property Law")
ACROSS = Text(zh="参与率", en="turnout")
UP = Text(zh="同意率（参与者中）", en="approval among voters")
CHANCE = Text(zh="通过的概率", en="chance of passing")
DIFFERENCE = Text(zh="概率之差", en="difference of chances")
POINT = Text(
    zh="  参与 {turnout}、同意 {approval}：{old_law} {old}，{new_law} {new}。",
    en="  turnout {turnout}, approval {approval}: {old_law} {old}, {new_law} {new}.",
)
REGION = Text(
    zh="  图中《民法典》明显更容易（相差一半以上）的占 {easier}，明显更难的占 {harder}。",
    en="  the Civil Code is much easier (by one half or more) in {easier} of the panel and much harder in {harder}.",
)
READ = Text(
    zh="参与不到三分之二，《民法典》下什么都通不过；够了三分之二，赞成的不必过全体的半数。",
    en="Below two thirds of turnout nothing passes under the Civil Code; above it, those in favour need not be half of all.",
)
HEADS: Mapping[str, Text] = MappingProxyType(
    {
        "law": Text(zh="法律", en="law"),
        "matter": Text(zh="事项", en="matter"),
        "turnout": ACROSS,
        "approval": UP,
        "probability": CHANCE,
    }
)


@part("ballot_figure")
class PassProbability(Plot):
    """The chance of passing over turnout and approval, both laws side by side, for each kind of majority."""

    label = Text(zh="参与率、同意率与通过概率", en="chance of passing over turnout and approval")
    needs = ("pass_probability",)

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw a row a kind of majority: the earlier law, the later law, their difference."""
        frame = tables.frames["pass_probability"]
        grid = Grid(*(np.unique(frame[name].to_numpy()) for name in ("turnout", "approval")))
        maps = {key: _map(frame, *key, grid) for key in ((law, matter) for law in (OLD, NEW) for matter in MATTERS)}
        title, below = TITLE.say(lang), LINE.say(lang, how=tables.how, more=EXACT)
        with sheet(title, below, PAGE, HEIGHT) as figure:
            _draw(figure, grid, maps, tables.scenarios, lang)
        told = [row for matter in MATTERS for row in _tell(matter, maps, grid, tables.scenarios, lang)]
        return Drawing(figure, _data(tables, lang), "\n".join([title, below, *told, READ.say(lang)]))


Maps = Mapping[tuple[str, str], "F8"]


def _map(frame: DataFrame, law: str, matter: str, grid: Grid) -> F8:
    one = frame[(frame["law"] == law) & (frame["matter"] == matter)].sort_values(["turnout", "approval"])
    return np.asarray(one["probability"].to_numpy().reshape(len(grid.across), len(grid.up)))


def _draw(figure: Figure, grid: Grid, maps: Maps, laws: Mapping[str, Text], lang: Language) -> None:
    panels = figure.subplots(len(MATTERS), 3, sharex=True, sharey=True)
    for row, (matter, words) in zip(panels, MATTERS.items(), strict=True):
        old, new = maps[OLD, matter], maps[NEW, matter]
        images = [chances(row[0], grid, old), chances(row[1], grid, new), differences(row[2], grid, new - old, lang)]
        for axes in row:
            axes.set_title(" ", pad=HEADING_GAP)
        row[0].annotate(
            words.say(lang),
            (0, 1),
            xytext=(0, HEADING_GAP),
            xycoords="axes fraction",
            textcoords="offset points",
            weight="bold",
        ).set_in_layout(False)  # it may reach over the panels beside it
        row[0].set_ylabel(UP.say(lang))
    for axes, words in zip(panels[0], (laws[OLD], laws[NEW], CHANGE), strict=True):
        axes.annotate(
            words.say(lang), (0.5, 1), xytext=(0, 22), xycoords="axes fraction", textcoords="offset points", ha="center"
        )
    for axes in panels[-1]:
        axes.set_xlabel(ACROSS.say(lang))
    _keys(figure, panels, images, lang)


def _keys(figure: Figure, panels: np.ndarray[tuple[int, ...], np.dtype[np.object_]], images: Sequence[AxesImage],
          lang: Language) -> None:  # fmt: skip
    """Put the two scales of colour below the panels that they belong to."""
    for image, axes, words, ticks in (
        (images[0], panels[:, :2], CHANCE, (0, 0.25, 0.5, 0.75, 1)),
        (images[2], panels[:, 2], DIFFERENCE, (-1, 0, 1)),
    ):
        bar = figure.colorbar(image, ax=axes, location="bottom", aspect=28 if len(ticks) > 3 else 13, shrink=0.9, pad=0.02)
        bar.set_ticks(list(ticks), labels=[f"{tick:+.0%}" if len(ticks) == 3 and tick else f"{tick:.0%}" for tick in ticks])
        bar.set_label(words.say(lang))
        bar.outline.set_linewidth(0.5)


def _tell(matter: str, maps: Maps, grid: Grid, laws: Mapping[str, Text], lang: Language) -> list[str]:
    old, new = maps[OLD, matter], maps[NEW, matter]
    change = new - old
    told = [MATTERS[matter].say(lang)]
    for turnout, approval in POINTS:
        i, j = (int(np.abs(axis - value).argmin()) for axis, value in ((grid.across, turnout), (grid.up, approval)))
        told.append(
            POINT.say(
                lang, turnout=f"{turnout:.0%}", approval=f"{approval:.0%}", old_law=laws[OLD], new_law=laws[NEW],
                old=f"{old[i, j]:.1%}", new=f"{new[i, j]:.1%}",
            )
        )  # fmt: skip
    easier, harder = (f"{float(share):.0%}" for share in ((change >= LARGE).mean(), (change <= -LARGE).mean()))
    return [*told, REGION.say(lang, easier=easier, harder=harder)]


def _data(tables: Tables, lang: Language) -> DataFrame:
    frame = tables.frames["pass_probability"].copy()
    frame["law"] = [tables.scenarios[key].say(lang) for key in frame["law"]]
    frame["matter"] = [CATEGORIES[key].say(lang) for key in frame["matter"]]
    return frame[list(HEADS)].rename(columns={head: words.say(lang) for head, words in HEADS.items()})
