"""What each scenario changes: paired differences from the base, a panel an outcome on a scale of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.figures.captions import (
    headlines,
    how,
    opening,
    others,
    outcome_name,
    printed,
    with_direction,
)
from experiments.figures.columns import Column, print_beside
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.forest import Row, forest, height, stated
from experiments.figures.room import broken, head
from experiments.figures.sheet import sheet
from experiments.figures.strokes import Estimate
from experiments.figures.style import PAGE, Mark, mark
from sim.outcome import Outcome
from sim.parts import part
from sim.texts import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

AROUND = 12.0  # millimetres of a panel that its title and the axis take
COLUMN_HEADS = 5.0  # millimetres
NAME = 44.0  # millimetres, the width of a scenario's name

TITLE = Text(
    zh="{others}与{base}之差：{count} 项主要结果",
    en="{others} against {base}: differences in {count} headline outcomes",
)
SCENARIOS = Text(zh="{count} 个方案", en="{count} scenarios")
STROKES = Text(
    zh="横线为成对之差的 95 % 区间，判断经 Holm 校正，各格刻度不同",
    en="bars are 95 % intervals of paired differences, verdicts follow Holm's correction, scales differ",
)
POINTS = Text(zh="百分点", en="percentage points")
DIFFERENCE = Text(zh="差 [95 % 区间]", en="difference [95 %]")
LEVELS = Text(zh="基准 → 方案", en="base → scenario")
VERDICT = Text(zh="判断", en="verdict")
VERDICTS = {
    "better": Text(zh="更好", en="better"),
    "worse": Text(zh="更差", en="worse"),
    "no_difference": Text(zh="未见差异", en="none seen"),
    "differs": Text(zh="有差异", en="differs"),
    "equivalent": Text(zh="相当", en="equivalent"),
}
UNTOLD = Text(zh="无法判断", en="cannot be told")
TOLD = Text(
    zh="  {scenario}：{difference}，从 {base} 到 {value}，{pairs} 对；{verdict}。",
    en="  {scenario}: {difference}, from {base} to {value}, pairs: {pairs}; {verdict}.",
)
READ = Text(
    zh="方括号为 95 % 区间，跨过 0 的差异视为未见差异。",
    en="Brackets are 95 % intervals; a difference whose interval spans 0 is taken as no difference seen.",
)
HEADS = {
    "outcome": Text(zh="结果", en="outcome"),
    "unit": Text(zh="单位", en="unit"),
    "scenario": Text(zh="方案", en="scenario"),
    "base": Text(zh="基准方案", en="base"),
    "difference": Text(zh="差", en="difference"),
    "low": Text(zh="区间下限", en="low"),
    "high": Text(zh="区间上限", en="high"),
    "n": Text(zh="对数", en="pairs"),
    "p_holm": Text(zh="p（Holm 校正）", en="p (Holm)"),
    "boot_low": Text(zh="自助法下限", en="bootstrap low"),
    "boot_high": Text(zh="自助法上限", en="bootstrap high"),
    "p_better": Text(zh="更好的对的比例", en="share of pairs better"),
    "effect_size": Text(zh="效应量 d", en="effect size d"),
    "missing": Text(zh="缺值的对数", en="pairs without a value"),
    "degenerate": Text(zh="含退化运行的对数", en="pairs with a degenerate run"),
    "base_value": Text(zh="基准值", en="base value"),
    "scenario_value": Text(zh="方案值", en="scenario value"),
    "verdict": Text(zh="判断", en="verdict"),
}


@dataclass(frozen=True)
class Effect:
    """What one scenario changes in one outcome, as a row of the table `effects`."""

    outcome: Outcome
    scenario: Text
    mark: Mark
    row: Mapping[Any, Any]

    @property
    def estimate(self) -> Estimate:
        """Return the difference with its interval."""
        return Estimate(*(float(self.row[end]) for end in ("difference", "low", "high")))

    @property
    def unit(self) -> Text:
        """Return the unit of the difference: shares differ by percentage points."""
        return POINTS if self.outcome.unit.en.startswith("%") else self.outcome.unit

    def difference(self, lang: Language) -> str:
        """Return the difference with its interval in words, to one decimal more than the outcome."""
        return stated(self.estimate, self.outcome.decimals + 1, lang)

    def levels(self) -> tuple[str, str]:
        """Return the outcome's value in the base and in the scenario, as printed."""
        base, value = (float(self.row[name]) for name in ("base_value", "scenario_value"))
        return printed(base, self.outcome.decimals), printed(value, self.outcome.decimals)

    def verdict(self, lang: Language) -> str:
        """Return the verdict of the comparison in words."""
        known = math.isfinite(self.estimate.low)
        return (VERDICTS[self.row["verdict"]] if known else UNTOLD).say(lang)


@part("figure")
class Effects(Plot):
    """Paired differences of headline outcomes from the base, with 95 % intervals, levels and verdicts."""

    label = Text(zh="各方案与基准之差", en="paired differences from the base")
    needs = ("effects",)

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw one panel an outcome, each with the zero line; numbers stand to the right."""
        panels = _panels(tables)
        title, below = _title(tables, len(panels), lang), how(tables, STROKES, lang)
        names = broken([effect.scenario.say(lang) for effect in panels[0]], NAME)
        room = head(title, below) + COLUMN_HEADS + len(panels) * (height(names) + AROUND)
        with sheet(title, below, PAGE, room) as figure:
            _draw(figure, panels, names, lang)
        told = [row for panel in panels for row in _tell(panel, lang)]
        return Drawing(figure, _data(tables, panels, lang), "\n".join([title, below, *told, READ.say(lang)]))


def _panels(tables: Tables) -> list[list[Effect]]:
    """Return the effects by outcome, headlines only, scenarios in the order compared."""
    frame = tables.frames["effects"]
    rows = {(row["outcome"], row["scenario"]): row for row in frame.to_dict("records")}
    compared = others(tables)
    return [
        [Effect(outcome, one.label, mark(one.position), rows[outcome.key, one.key]) for one in compared]
        for outcome in headlines(list(frame["outcome"]))
    ]


def _title(tables: Tables, count: int, lang: Language) -> str:
    base, *rest = tables.scenarios.values()
    who = rest[0] if len(rest) == 1 else SCENARIOS.filled(count=len(rest))
    return opening(TITLE.say(lang, base=base, others=who, count=count))


def _draw(figure: Figure, panels: Sequence[Sequence[Effect]], names: Sequence[str], lang: Language) -> None:
    stack = list(figure.subplots(len(panels), 1, squeeze=False)[:, 0])
    for axes, panel in zip(stack, panels, strict=True):
        axes.set_title(_name(panel[0], lang))
        rows = zip(names, panel, strict=True)
        forest(axes, [Row(name, effect.estimate, effect.mark) for name, effect in rows])
    print_beside(stack, _columns(panels, lang))


def _name(effect: Effect, lang: Language) -> str:
    return outcome_name(effect.outcome, with_direction(effect.outcome, effect.unit), lang)


def _columns(panels: Sequence[Sequence[Effect]], lang: Language) -> list[Column]:
    """Return what is printed beside the panels: difference with interval, levels, verdict."""
    return [
        Column(DIFFERENCE.say(lang), [[effect.difference(lang) for effect in panel] for panel in panels]),
        Column(LEVELS.say(lang), [[" → ".join(effect.levels()) for effect in panel] for panel in panels]),
        Column(VERDICT.say(lang), [[effect.verdict(lang) for effect in panel] for panel in panels]),
    ]


def _tell(panel: Sequence[Effect], lang: Language) -> list[str]:
    return [_name(panel[0], lang), *(_tell_effect(effect, lang) for effect in panel)]


def _tell_effect(effect: Effect, lang: Language) -> str:
    base, value = effect.levels()
    return TOLD.say(
        lang,
        scenario=effect.scenario,
        difference=effect.difference(lang),
        base=base,
        value=value,
        pairs=effect.row["n"],
        verdict=effect.verdict(lang),
    )


def _data(tables: Tables, panels: Sequence[Sequence[Effect]], lang: Language) -> DataFrame:
    from pandas import DataFrame

    base = next(iter(tables.scenarios.values()))
    rows = [
        {**effect.row, "outcome": effect.outcome.label.say(lang), "unit": effect.unit.say(lang)}
        | {"scenario": effect.scenario.say(lang), "base": base.say(lang), "verdict": effect.verdict(lang)}
        for panel in panels
        for effect in panel
    ]
    heads = {head: words.say(lang) for head, words in HEADS.items()}
    return DataFrame(rows).reindex(columns=list(heads)).rename(columns=heads)
