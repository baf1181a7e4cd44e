"""`cogov effects FOLDER`: every outcome of a finished comparison with both intervals, and what pairing saved."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments.command import Answer, Command
from experiments.comparison_report import decimals_of
from experiments.explanation import Asked, asked_for
from experiments.finished import records
from experiments.manifest import titles
from experiments.terminal import difference, grid, interval, paragraph, value
from sim.errors import InputError
from sim.outcome import Outcome, outcomes
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

WIDTHS = (15, 7, 15, 15, 6, 5, 5)
DECIMALS = 2
MUCH, MOST = 100.0, 1000.0
"""From the first gain on decimals say nothing; from the second on the gain is as good as whole."""


def answer(command: Command) -> Answer:
    """Print the whole table of effects of a comparison, outcomes that are not headlines too.

    Raises:
        InputError: no finished folder, or one without a comparison.
    """
    asked = asked_for(command.words, "effects")
    if "effects" not in asked.tables:
        raise InputError(NO_EFFECTS.filled(folder=asked.folder), attempt="cogov compare status_quo cross_serving")
    effects = asked.tables["effects"]
    return Answer(
        "\n".join(_report(asked, effects, command.lang)), {"folder": str(asked.folder), "effects": records(effects)}
    )


def _report(asked: Asked, effects: "DataFrame", lang: Language) -> Iterator[str]:
    names = titles(asked.manifest)
    base, *others = names
    for name in others:
        yield from paragraph(AGAINST.say(lang, scenario=names[name], base=names[base]))
        told = effects[effects.scenario == name].set_index("outcome")
        rows = [_row(outcome, told.loc[key], lang) for key, outcome in outcomes().items() if key in told.index]
        yield from ["", *grid([head.say(lang) for head in HEADS], rows, WIDTHS), ""]
        yield from paragraph(_gains(told.pairing_gain.dropna().to_list(), lang))
        yield ""
    yield from paragraph(READING.say(lang))


def _row(outcome: Outcome, row: Any, lang: Language) -> Sequence[str]:
    decimals = decimals_of(row, outcome)
    return [
        outcome.label.say(lang),
        difference(row.difference, decimals),
        interval(row.low, row.high, decimals),
        interval(row.boot_low, row.boot_high, decimals),
        value(100 * row.p_better, 0),
        value(row.effect_size, DECIMALS),
        _gain(row),
    ]


def _gain(row: Any) -> str:
    """Return the gain of pairing; `=` where all pairs have one difference, and there is no variance left."""
    if row.variance_paired == 0 and row.variance_independent > 0:
        return "="
    if row.pairing_gain >= MOST:
        return f">{MOST:.0f}"
    return value(row.pairing_gain, 0 if row.pairing_gain >= MUCH else 1)


def _gains(gains: list[float], lang: Language) -> str:
    known = sorted(gain for gain in gains if math.isfinite(gain))
    if not known:
        return NO_GAIN.say(lang)
    middle, least, most = (value(known[at], 1) for at in (len(known) // 2, 0, -1))
    return GAIN.say(lang, middle=middle, least=least, most=most, outcomes=len(known))


HEADS = (
    Text(zh="", en=""),
    Text(zh="差", en="diff."),
    Text(zh="95 % t", en="95 % t"),
    Text(zh="95 % 自助法", en="95 % bootstrap"),
    Text(zh="优（%）", en="better"),
    Text(zh="d", en="d"),
    Text(zh="配对增益", en="gain"),
)
AGAINST = Text(zh="{scenario} 与 {base} 之差", en="{scenario} against {base}")
GAIN = Text(
    zh="配对增益（{outcomes} 项结果）：中位数 {middle}，最小 {least}，最大 {most}。",
    en="gain of pairing over {outcomes} outcomes: median {middle}, least {least}, most {most}.",
)
NO_GAIN = Text(
    zh="配对增益无从计算：各对之差都相同，或不足两对。",
    en="no gain of pairing can be told: all pairs differ alike, or there are fewer than two.",
)
READING = Text(
    zh="优：方案更好的对所占比例（%）。d：差除以各次运行之间的标准差。配对增益：若两个方案各用各的随机种子，"
    "差的方差会是现在的几倍；1 为没有增益，= 为各对之差相同；– 为没有数值，或有一个方案从不变动、无从配对。",
    en="better: share in per cent of pairs in which the scenario is the better one. d: difference in standard deviations "
    "between runs. gain: how many times larger the variance of the difference would be with seeds of their own instead of "
    "shared ones; 1 is no gain, = is the same difference in every pair; – is no value, or one scenario never varies and "
    "nothing can be shared.",
)
NO_EFFECTS = Text(zh="{folder} 里没有比较", en="{folder} holds no comparison")
