"""What a boycott does: the chance of passing by the share of opponents and the share of them who stay away."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from experiments.figures.captions import LINE
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.heat import Grid, chances
from experiments.figures.sheet import sheet
from experiments.figures.style import INK, PAGE
from sim.parts import part
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

    from sim.households import F8

HEIGHT = 104.0  # millimetres
OLD, NEW = "property_law_2007", "civil_code_2021"
POINTS = ((0.2, 0.0), (0.2, 1.0), (0.3, 0.0), (0.3, 0.5), (0.3, 1.0), (0.45, 0.0), (0.45, 1.0))
TITLE = Text(
    zh="不去投票也能否决：反对者拒不参与时的通过概率",
    en="Winning by staying away: the chance of passing when opponents boycott the ballot",
)
EXACT = Text(
    zh="一般事项；二项分布精确计算，黑线是一半",
    en="an ordinary matter; exact binomial chances, the black line is one half",
)
ACROSS = Text(zh="反对者占全体业主", en="opponents among all owners")
UP = Text(zh="反对者中故意不参与的", en="opponents who stay away on purpose")
CHANCE = Text(zh="通过的概率", en="chance of passing")
PASSES = Text(zh="通过", en="passes")
FAILS = Text(zh="未通过", en="fails")
POINT = Text(
    zh="  反对者 {opponents}、其中不参与 {away}：{old_law} {old}，{new_law} {new}。",
    en="  opponents {opponents}, of whom {away} stay away: {old_law} {old}, {new_law} {new}.",
)
READ = Text(
    zh="《物权法》下不参与和投反对票一样重，抵制没有用；《民法典》下参与的不到三分之二就通不过，反对者不到一半也能靠不参与取胜，"
    "而人人到场时反对者要近半数才能否决。只有少数人不参与时，反对者反而少了票。",
    en="Under the Property Law staying away weighs like a no, and a boycott gains nothing. Under the Civil Code a ballot "
    "without two thirds of turnout fails: a minority of opponents can win by staying away, where voting no would need "
    "nearly half. A boycott by a few only loses them votes.",
)
HEADS: Mapping[str, Text] = MappingProxyType(
    {
        "law": Text(zh="法律", en="law"),
        "opponents": ACROSS,
        "staying_away": UP,
        "probability": CHANCE,
    }
)


@part("ballot_figure")
class Boycott(Plot):
    """The chance of passing over the opponents' share and the share of them who stay away, both laws side by side."""

    label = Text(zh="反对者抵制与通过概率", en="chance of passing against a boycott")
    needs = ("boycott",)

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw a panel a law."""
        frame = tables.frames["boycott"]
        grid = Grid(*(np.unique(frame[name].to_numpy()) for name in ("opponents", "staying_away")))
        maps = {law: _map(frame, law, grid) for law in (OLD, NEW)}
        title, below = TITLE.say(lang), LINE.say(lang, how=tables.how, more=EXACT)
        with sheet(title, below, PAGE, HEIGHT) as figure:
            _draw(figure, grid, maps, tables.scenarios, lang)
        told = _tell(maps, grid, tables.scenarios, lang)
        return Drawing(figure, _data(tables, lang), "\n".join([title, below, *told, READ.say(lang)]))


def _map(frame: DataFrame, law: str, grid: Grid) -> F8:
    one = frame[frame["law"] == law].sort_values(["opponents", "staying_away"])
    return np.asarray(one["probability"].to_numpy().reshape(len(grid.across), len(grid.up)))


def _draw(figure: Figure, grid: Grid, maps: Mapping[str, F8], laws: Mapping[str, Text], lang: Language) -> None:
    panels = figure.subplots(1, len(maps), sharex=True, sharey=True)
    for axes, (law, values) in zip(panels, maps.items(), strict=True):
        image = chances(axes, grid, values)
        axes.set_title(laws[law].say(lang))
        axes.set_xlabel(ACROSS.say(lang))
        for words, across, colour in ((PASSES, 0.08, "white"), (FAILS, 0.52, INK)):
            axes.text(across, 0.6, words.say(lang), color=colour, weight="bold", ha="center", va="center")
    panels[0].set_ylabel(UP.say(lang))
    bar = figure.colorbar(image, ax=list(panels), location="right", aspect=22, pad=0.02)
    bar.set_ticks([0, 0.25, 0.5, 0.75, 1], labels=["0%", "25%", "50%", "75%", "100%"])
    bar.set_label(CHANCE.say(lang))
    bar.outline.set_linewidth(0.5)


def _tell(maps: Mapping[str, F8], grid: Grid, laws: Mapping[str, Text], lang: Language) -> list[str]:
    told = []
    for opponents, away in POINTS:
        i, j = (int(np.abs(axis - value).argmin()) for axis, value in ((grid.across, opponents), (grid.up, away)))
        old, new = (f"{maps[law][i, j]:.1%}" for law in (OLD, NEW))
        told.append(
            POINT.say(
                lang,
                opponents=f"{opponents:.0%}",
                away=f"{away:.0%}",
                old_law=laws[OLD],
                new_law=laws[NEW],
                old=old,
                new=new,
            )
        )
    return told


def _data(tables: Tables, lang: Language) -> DataFrame:
    frame = tables.frames["boycott"].copy()
    frame["law"] = [tables.scenarios[key].say(lang) for key in frame["law"]]
    return frame[list(HEADS)].rename(columns={head: words.say(lang) for head, words in HEADS.items()})
