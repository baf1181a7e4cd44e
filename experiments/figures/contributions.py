"""What each part of a package contributes, or which mechanism carries its effect: a panel an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.ablation_tables import CARRIED, SHAPLEY, TOTAL
from experiments.figures.captions import headlines, how, opening, outcome_name, printed, signed
from experiments.figures.columns import Column, print_beside
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.forest import Row, forest, height, stated
from experiments.figures.room import broken, head
from experiments.figures.sheet import balanced, sheet
from experiments.figures.strokes import Estimate
from experiments.figures.style import HAIRLINE, PAGE, mark
from experiments.package import label_of
from sim.outcome import Outcome
from sim.parts import part
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

PANELS_A_ROW = 3
AROUND = 17.0  # millimetres of a row of panels that titles and the axis take
NAME = 34.0  # millimetres, the width of a part's name
OUTCOME = 30.0  # millimetres, the width of a panel's title
TICKS = 3
WHOLE, PARTS = mark(0), mark(1)

TITLES = {
    SHAPLEY: Text(
        zh="“{package}”里各部分起多少作用：沙普利份额", en="{package}: what each part contributes (Shapley shares)"
    ),
    CARRIED: Text(
        zh="“{package}”的效果经过哪些机制：把一个数取 0，效果少多少",
        en="{package}: how much of the effect goes with a number that is set to zero",
    ),
}
STROKES = {
    SHAPLEY: Text(
        zh="横线为 95 % 区间，各份额之和等于整套，各格刻度不同",
        en="bars are 95 % intervals, the shares add up to the whole, scales differ",
    ),
    CARRIED: Text(
        zh="横线为 95 % 区间，各项之和不必等于整套，各格刻度不同",
        en="bars are 95 % intervals, the parts need not add up to the whole, scales differ",
    ),
}
ALL = Text(zh="整套", en="the whole")
TOLD = Text(zh="  {part}：{difference}，{pairs} 对。", en="  {part}: {difference}, pairs: {pairs}.")
READ = Text(
    zh="方括号为 95 % 区间，跨过 0 的视为未见作用。",
    en="Brackets are 95 % intervals; one that spans 0 is taken as no contribution seen.",
)
HEADS = {
    "outcome": Text(zh="结果", en="outcome"),
    "unit": Text(zh="单位", en="unit"),
    "kind": Text(zh="种类", en="kind"),
    "part": Text(zh="部分", en="part"),
    "difference": Text(zh="作用", en="contribution"),
    "low": Text(zh="区间下限", en="low"),
    "high": Text(zh="区间上限", en="high"),
    "n": Text(zh="对数", en="pairs"),
    "p_holm": Text(zh="p（Holm 校正）", en="p (Holm)"),
}


@dataclass(frozen=True)
class Panel:
    """One outcome: rows of the table `ablation`, the whole first."""

    outcome: Outcome
    rows: Sequence[Mapping[Any, Any]]

    @property
    def estimates(self) -> list[Estimate]:
        """Return the contributions with their intervals."""
        return [Estimate(*(float(row[end]) for end in ("difference", "low", "high"))) for row in self.rows]


@part("figure")
class Contributions(Plot):
    """Shapley shares of the parts of a package, or what mechanisms carry, with 95 % intervals."""

    label = Text(zh="各部分的作用", en="what each part contributes")
    needs = ("ablation",)

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw one panel an outcome, each with the zero line; the whole stands in the first row."""
        kind, panels = _panels(tables)
        title = opening(TITLES[kind].say(lang, package=list(tables.scenarios.values())[-1]))
        below = how(tables, STROKES[kind], lang)
        names = broken([_name(row, lang) for row in panels[0].rows], NAME)
        room = head(title, below) + -(-len(panels) // PANELS_A_ROW) * (height(names) + AROUND)
        with sheet(title, below, PAGE, room) as figure:
            _draw(figure, panels, names, lang)
        told = [line for panel in panels for line in _tell(panel, lang)]
        return Drawing(figure, _data(panels, lang), "\n".join([title, below, *told, READ.say(lang)]))


def _panels(tables: Tables) -> tuple[str, list[Panel]]:
    """Return the kind of contribution that the table holds, and a panel for each headline outcome."""
    frame = tables.frames["ablation"]
    kind = SHAPLEY if (frame.kind == SHAPLEY).any() else CARRIED
    shown = frame[frame.kind.isin([TOTAL, kind])]
    return kind, [
        Panel(outcome, shown[shown.outcome == outcome.key].to_dict("records")) for outcome in headlines(list(shown.outcome))
    ]


def _name(row: Mapping[Any, Any], lang: Language) -> str:
    return (ALL if row["kind"] == TOTAL else label_of(row["part"])).say(lang)


def _draw(figure: Figure, panels: Sequence[Panel], names: Sequence[str], lang: Language) -> None:
    columns = min(PANELS_A_ROW, len(panels))
    grid = figure.subplots(-(-len(panels) // columns), columns, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.remove()
    for axes, panel in zip(grid.flat, panels, strict=False):
        axes.set_title(balanced(figure, outcome_name(panel.outcome, panel.outcome.unit, lang), OUTCOME))
        rows = zip(names, panel.estimates, strict=True)
        forest(axes, [Row(name, each, PARTS if at else WHOLE) for at, (name, each) in enumerate(rows)], TICKS)
        axes.axhline(-0.5, color=HAIRLINE, linewidth=0.5)
        words = [signed(each.value, panel.outcome.decimals + 1) for each in panel.estimates]
        print_beside([axes], [Column("", [words])])


def _tell(panel: Panel, lang: Language) -> list[str]:
    decimals = panel.outcome.decimals + 1
    return [outcome_name(panel.outcome, panel.outcome.unit, lang)] + [
        TOLD.say(lang, part=_name(row, lang), difference=stated(each, decimals, lang), pairs=printed(row["n"], 0))
        for row, each in zip(panel.rows, panel.estimates, strict=True)
    ]


def _data(panels: Sequence[Panel], lang: Language) -> DataFrame:
    from pandas import DataFrame

    rows = [
        {**row, "part": _name(row, lang), "outcome": panel.outcome.label.say(lang), "unit": panel.outcome.unit.say(lang)}
        for panel in panels
        for row in panel.rows
    ]
    heads = {name: words.say(lang) for name, words in HEADS.items()}
    return DataFrame(rows)[list(heads)].rename(columns=heads)
