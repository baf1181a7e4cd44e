"""Who gains and who loses: paired differences of true satisfaction by group, a panel a scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from experiments.figures.captions import how, opening, others, printed, signed
from experiments.figures.columns import Column, print_beside
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.forest import Row, forest, height, limits, stated
from experiments.figures.room import broken, head
from experiments.figures.sheet import balanced, sheet
from experiments.figures.strokes import Estimate
from experiments.figures.style import HAIRLINE, PAGE, Mark, mark
from experiments.groups import group_label
from sim.parts import part
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

PANELS_A_ROW = 3
AROUND = 17.0  # millimetres of a row of panels that titles and the axis take
NAME = 40.0  # millimetres, the width of a group's name
SCENARIO = 32.0  # millimetres, the width of a panel's title
TICKS = 3
ORDER = ("tenure", "age", "archetype", "worst_off")
DECIMALS = 2
NO_ROW: Mapping[Any, Any] = dict.fromkeys(("difference", "low", "high", "n", "p_holm"), math.nan)

TITLE = Text(
    zh="谁受益、谁受损：各类住户真实满意度与{base}之差",
    en="Who gains and who loses: true satisfaction of groups of households against {base}",
)
STROKES = Text(
    zh="最后 52 周平均，横线为成对之差的 95 % 区间，各类住户有重叠",
    en="mean of the last 52 weeks, bars are 95 % intervals of paired differences, groups overlap",
)
POINTS = Text(zh="分（0–100）", en="points (0–100)")
GROUP = Text(zh="{group}（{households} 户）", en="{group} ({households})")
TOLD = Text(zh="  {group}：{difference}，{pairs} 对。", en="  {group}: {difference}, pairs: {pairs}.")
READ = Text(
    zh="差为分，正数为受益；方括号为 95 % 区间，跨过 0 的视为未见差异。括号内为户数。",
    en="Differences are in points, above 0 a gain; brackets are 95 % intervals, one that spans 0 is taken as "
    "no difference seen. Numbers after groups are households.",
)
HEADS = {
    "scenario": Text(zh="方案", en="scenario"),
    "base": Text(zh="基准方案", en="base"),
    "group": Text(zh="住户类别", en="group"),
    "households": Text(zh="户数", en="households"),
    "difference": Text(zh="差（分）", en="difference (points)"),
    "low": Text(zh="区间下限", en="low"),
    "high": Text(zh="区间上限", en="high"),
    "n": Text(zh="对数", en="pairs"),
    "p_holm": Text(zh="p（Holm 校正）", en="p (Holm)"),
}


@dataclass(frozen=True)
class Group:
    """A group of households: its dimension, label and size."""

    dimension: str
    key: str
    households: float

    def name(self, lang: Language) -> str:
        """Return the label with the number of households."""
        label = group_label(self.dimension, self.key)
        return opening(GROUP.say(lang, group=label, households=printed(self.households, 0)))


@dataclass(frozen=True)
class Panel:
    """What one scenario changes for each group: rows of `group_effects`, in the order of the groups."""

    scenario: Text
    mark: Mark
    rows: Sequence[Mapping[Any, Any]]

    @property
    def estimates(self) -> list[Estimate]:
        """Return the differences with their intervals."""
        return [Estimate(*(float(row[end]) for end in ("difference", "low", "high"))) for row in self.rows]


@part("figure")
class GroupEffects(Plot):
    """Paired differences of true satisfaction by tenure, age, archetype of estate; the worst-off tenth."""

    label = Text(zh="谁受益、谁受损", en="who gains and who loses")
    needs = ("group_effects",)

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw one panel a scenario, all on one scale, each with the zero line."""
        groups = _groups(tables)
        panels = _panels(tables, groups)
        title = TITLE.say(lang, base=next(iter(tables.scenarios.values())))
        below = how(tables, STROKES, lang)
        names = broken([group.name(lang) for group in groups], NAME)
        room = head(title, below) + -(-len(panels) // PANELS_A_ROW) * (height(names) + AROUND)
        with sheet(title, below, PAGE, room) as figure:
            _draw(figure, panels, names, lang)
            _rule_off(figure.axes, groups)
        told = [row for panel in panels for row in _tell(panel, groups, lang)]
        words = "\n".join([title, below, *told, READ.say(lang)])
        return Drawing(figure, _data(tables, panels, groups, lang), words)


def _groups(tables: Tables) -> list[Group]:
    """Return the groups that the table has, a dimension after the other."""
    rows = tables.frames["group_effects"].to_dict("records")
    sizes = {(row["dimension"], row["group"]): float(row["households"]) for row in rows}
    found = [Group(dimension, key, size) for (dimension, key), size in sizes.items()]
    return sorted(found, key=lambda group: ORDER.index(group.dimension))


def _panels(tables: Tables, groups: Sequence[Group]) -> list[Panel]:
    rows = {
        (row["scenario"], row["dimension"], row["group"]): row for row in tables.frames["group_effects"].to_dict("records")
    }
    return [
        Panel(
            one.label,
            mark(one.position),
            [rows.get((one.key, group.dimension, group.key), NO_ROW) for group in groups],
        )
        for one in others(tables)
    ]


def _draw(figure: Figure, panels: Sequence[Panel], names: Sequence[str], lang: Language) -> None:
    columns = min(PANELS_A_ROW, len(panels))
    grid = figure.subplots(-(-len(panels) // columns), columns, sharey=True, squeeze=False)
    ends = limits([estimate for panel in panels for estimate in panel.estimates])
    for axes in grid.flat[len(panels) :]:
        axes.remove()
    for axes, panel in zip(grid.flat, panels, strict=False):
        axes.set_title(balanced(figure, panel.scenario.say(lang), SCENARIO))
        rows = zip(names, panel.estimates, strict=True)
        forest(axes, [Row(name, estimate, panel.mark) for name, estimate in rows], TICKS)
        axes.set_xlim(*ends)
        axes.set_xlabel(POINTS.say(lang))
        print_beside([axes], [Column("", [[signed(one.value, DECIMALS) for one in panel.estimates]])])


def _rule_off(panels: Sequence[Axes], groups: Sequence[Group]) -> None:
    """Draw a hairline wherever one dimension ends and the next begins."""
    for place, (above, below) in enumerate(pairwise(groups)):
        if above.dimension != below.dimension:
            for axes in panels:
                axes.axhline(-place - 0.5, color=HAIRLINE, linewidth=0.5)


def _tell(panel: Panel, groups: Sequence[Group], lang: Language) -> list[str]:
    rows = zip(groups, panel.estimates, panel.rows, strict=True)
    return [panel.scenario.say(lang)] + [
        TOLD.say(lang, group=group.name(lang), difference=stated(one, DECIMALS, lang), pairs=printed(row["n"], 0))
        for group, one, row in rows
    ]


def _data(tables: Tables, panels: Sequence[Panel], groups: Sequence[Group], lang: Language) -> DataFrame:
    from pandas import DataFrame

    base = next(iter(tables.scenarios.values())).say(lang)
    rows = [
        {**row, "scenario": panel.scenario.say(lang), "base": base, "households": group.households}
        | {"group": group_label(group.dimension, group.key).say(lang)}
        for panel in panels
        for group, row in zip(groups, panel.rows, strict=True)
    ]
    heads = {head: words.say(lang) for head, words in HEADS.items()}
    return DataFrame(rows)[list(heads)].rename(columns=heads)
