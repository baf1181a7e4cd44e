"""A comparison as it is printed: effects on headline outcomes, how to read them, who gains and who loses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.finished import Finished
from experiments.manifest import how
from experiments.missing import missing_lines
from experiments.precision import precision_lines
from experiments.sentences import sentences
from experiments.statistics import SIGNIFICANT
from experiments.terminal import INDENT, difference, grid, interval, paragraph, value
from sim.outcome import Outcome, outcomes
from sim.texts import Language, Text, joined

if TYPE_CHECKING:
    from pandas import DataFrame

SCENARIOS_A_ROW = 3
LABEL_WIDTH, VALUE_WIDTH, EFFECT_WIDTH = 20, 7, 15
LARGE = 10.0
"""From this size on a difference has no more decimals than the outcome itself."""
MARK = "*"


def comparison_report(comparison: Finished, lang: Language) -> str:
    """Return what is printed of a finished comparison."""
    lines = [line for words in comparison.opening(lang) for line in paragraph(words)]
    lines += paragraph(_compared(comparison, lang))
    if "effects" in comparison.tables:
        effects = comparison.tables["effects"]
        lines += ["", *_effects(effects, comparison.titles, lang), ""]
        lines += paragraph(READING.say(lang, tests=int(effects.tested.sum())))
        for words in (*missing_lines(comparison, lang), *precision_lines(comparison.manifest, lang)):
            lines += paragraph(words)
        lines += ["", *sentences(comparison.manifest, comparison.tables, lang)]
    return "\n".join([*lines, "", *comparison.closing(lang)])


def _compared(comparison: Finished, lang: Language) -> str:
    base, *others = comparison.titles.values()
    return COMPARED.say(lang, base=base, others=joined(others, lang), how=how(comparison.manifest))


def _effects(effects: "DataFrame", titles: Mapping[str, Text], lang: Language) -> Iterator[str]:
    """Yield the table of effects, in panels of as many scenarios as the width holds."""
    base, *others = titles
    for first in range(0, len(others), SCENARIOS_A_ROW):
        shown = others[first : first + SCENARIOS_A_ROW]
        heads = ["", *(titles[name].say(lang) for name in (base, *shown))]
        rows = [row for outcome in _headlines(effects) for row in _rows(effects, outcome, shown, lang)]
        yield from [""] if first else []
        yield from grid(heads, rows, [LABEL_WIDTH, VALUE_WIDTH, *[EFFECT_WIDTH] * len(shown)])


def _headlines(effects: "DataFrame") -> list[Outcome]:
    tested = set(effects.outcome[effects.tested])
    return [outcome for key, outcome in outcomes().items() if key in tested]


def _rows(effects: "DataFrame", outcome: Outcome, shown: Sequence[str], lang: Language) -> Iterator[list[str]]:
    """Yield two rows: name, base and differences; unit and intervals."""
    told = effects[effects.outcome == outcome.key].set_index("scenario")
    found: list[Any] = [told.loc[name] for name in shown]
    base = value(found[0].base_value, outcome.decimals)
    yield [outcome.label.say(lang), base, *(_difference(row, outcome) for row in found)]
    intervals = [interval(row.low, row.high, decimals_of(row, outcome)) for row in found]
    yield [INDENT + outcome.unit.say(lang), "", *intervals]


def _difference(row: Any, outcome: Outcome) -> str:
    seen = row.p_holm < SIGNIFICANT
    return difference(row.difference, decimals_of(row, outcome)) + (MARK if seen else " ")


def decimals_of(row: Any, outcome: Outcome) -> int:
    """Return the decimals of a difference: one more than the outcome's own, unless it is large."""
    is_large = any(abs(bound) >= LARGE for bound in (row.difference, row.low, row.high))
    return outcome.decimals if is_large else outcome.decimals + 1


COMPARED = Text(zh="{base} 对 {others} · {how}", en="{base} against {others} · {how}")
READING = Text(
    zh="读法：第一列是对照方案的值，其余各列是与它之差，下一行方括号是 95 % 区间。"
    "* 表示有差异：共检验 {tests} 项，已按 Holm 校正；没有 * 的视为未见差异。",
    en="How to read: the first column is the base, the others are differences from it with 95 % intervals in "
    "brackets. * is a difference seen, Holm-corrected over {tests} tests; without * none was seen.",
)
