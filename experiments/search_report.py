"""A search as it is printed: how often the scenario helps, for whom, what decides it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.search_tables import HELP, Correlation, correlations, noise_level
from experiments.terminal import difference, grid, interval, paragraph, value
from sim.parts import parts
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame, Series

STRONGEST, TOLD = 8, 12
LOW, HIGH = 10, 90
DECIMALS = 2
LABEL_WIDTH, VALUE_WIDTH = 34, 20
KEY_WIDTH = 50


def search_report(result: Any, lang: Language) -> str:
    """Return what is printed of a finished search."""
    effort, (base, scenario) = result.search.effort, result.names
    numbers = list(result.search.values[0])
    lines = [line for words in result.opening(lang) for line in paragraph(words)]
    lines += paragraph(
        ABOUT.say(
            lang, scenario=scenario, base=base, draws=effort.draws, pairs=effort.replicates,
            numbers=len(numbers) - len(result.search.off),
        )
    )  # fmt: skip
    if result.search.off:
        lines += paragraph(OFF.say(lang, names=", ".join(result.search.off)))
    lines += ["", *_shares(result.draws, lang), ""]
    lines += [*_correlations(result.draws, numbers, lang), "", *_extremes(result, lang), ""]
    return "\n".join([*lines, *result.closing(lang)])


def _shares(draws: "DataFrame", lang: Language) -> Iterator[str]:
    heads = ["", *(head.say(lang) for head in (UP, MEDIAN, RANGE, DRAWS))]
    rows = [[label.say(lang), *_row(draws[column])] for column, label in _columns(draws)]
    yield from grid(heads, rows, [LABEL_WIDTH, *[VALUE_WIDTH] * 4])


def _columns(draws: "DataFrame") -> Iterator[tuple[str, Text]]:
    yield "satisfaction", EVERYWHERE
    for key, archetype in parts("archetype").items():
        if f"by.{key}" in draws:
            yield f"by.{key}", archetype.label


def _row(found: "Series[float]") -> list[str]:
    known = found.dropna().to_numpy(np.float64)
    if not len(known):
        return ["–", "–", "–", "0"]
    low, middle, high = np.percentile(known, [LOW, 50, HIGH])
    share = 100 * float((known > 0).mean())
    return [
        value(share, 0) + " %",
        difference(middle, DECIMALS),
        interval(low, high, DECIMALS),
        str(len(known)),
    ]


def _correlations(draws: "DataFrame", numbers: Sequence[str], lang: Language) -> Iterator[str]:
    found = correlations(draws, numbers)
    if not found:
        return
    level = noise_level(found[0].n, len(found))
    yield from paragraph(CORRELATED.say(lang, n=found[0].n, numbers=len(found), level=f"{level:.2f}"))
    yield from grid(["", ""], [_correlation(one, level) for one in found[:STRONGEST]], [KEY_WIDTH, 10])


def _correlation(one: Correlation, level: float) -> list[str]:
    return [one.key, difference(one.rho, DECIMALS) + ("*" if abs(one.rho) >= level else " ")]


def _extremes(result: Any, lang: Language) -> Iterator[str]:
    """Yield what became of the draws with the largest rise and fall on fresh seeds."""
    if not len(result.confirmed):
        yield NOT_CONFIRMED.say(lang)
        return
    whole = result.confirmed[result.confirmed["where"] == ""]
    for row in whole.itertuples():
        yield from paragraph(_confirmed(row, lang))
        if _is_found(row):
            yield from paragraph("  " + "; ".join(_setting(result, int(row.draw))))


def _is_found(row: Any) -> bool:
    return bool(row.low > 0 if row.which == HELP else row.high < 0)


def _confirmed(row: Any, lang: Language) -> str:
    text = (FOUND if _is_found(row) else NOT_FOUND)[row.which]
    told = difference(row.difference, DECIMALS)
    return text.say(lang, draw=row.draw, difference=told, interval=interval(row.low, row.high, DECIMALS), n=row.n)


def _setting(result: Any, draw: int) -> list[str]:
    """Return the numbers of a draw that count most: those most strongly related to the difference."""
    strongest = [one.key for one in correlations(result.draws, list(result.search.values[0]))[:TOLD]]
    values = result.search.values[draw]
    return [f"{key}={values[key]:.4g}" for key in strongest]


ABOUT = Text(
    zh="{scenario} 对 {base} · {draws} 次抽取，各 {pairs} 对（各次用自己的随机数）· {numbers} 个不确定的数在试探范围内变动",
    en="{scenario} against {base} · {draws} draws of {pairs} pairs each (each draw with worlds of its "
    "own) · {numbers} uncertain "
    "numbers over their ranges",
)
OFF = Text(zh="取 0 的数：{names}", en="set to zero: {names}")
EVERYWHERE = Text(zh="满意度之差：全社区", en="difference in satisfaction: all")
UP = Text(zh="上升的抽取", en="draws up")
MEDIAN = Text(zh="中位数", en="median")
RANGE = Text(zh="[10 %, 90 %]", en="[10 %, 90 %]")
DRAWS = Text(zh="n", en="n")
CORRELATED = Text(
    zh="同满意度之差关系最强的数（秩相关，n = {n}）。{numbers} 个数里，单凭偶然最大也会到 {level}：没有 * 的不说明什么。",
    en="Numbers most strongly related to the difference (rank correlation, n = {n}). Of {numbers} "
    "numbers chance alone brings the "
    "largest to {level}: without * it means nothing.",
)
FOUND = {
    "help": Text(
        zh="好处：第 {draw} 次抽取，换新种子复核 {difference} {interval}，{n} 对。"
        "这组数（关系最强的几个；全部见 draws.csv）：",
        en="Helps: draw {draw}, on fresh seeds {difference} {interval}, {n} pairs. Its numbers (those "
        "most strongly related; all in "
        "draws.csv):",
    ),
    "harm": Text(
        zh="坏处：第 {draw} 次抽取，换新种子复核 {difference} {interval}，{n} 对。"
        "这组数（关系最强的几个；全部见 draws.csv）：",
        en="Hurts: draw {draw}, on fresh seeds {difference} {interval}, {n} pairs. Its numbers (those "
        "most strongly related; all in "
        "draws.csv):",
    ),
}
NOT_FOUND = {
    "help": Text(
        zh="没有找到有好处的一组数：升得最多的第 {draw} 次抽取，换新种子是 {difference} {interval}，{n} 对。",
        en="No setting found in which it helps: draw {draw}, the largest rise, is {difference} "
        "{interval} on fresh seeds, {n} pairs.",
    ),
    "harm": Text(
        zh="没有找到有坏处的一组数：降得最多的第 {draw} 次抽取，换新种子是 {difference} {interval}，{n} 对。",
        en="No setting found in which it hurts: draw {draw}, the largest fall, is {difference} "
        "{interval} on fresh seeds, {n} pairs.",
    ),
}
NOT_CONFIRMED = Text(
    zh="没有复核（confirm=0）：升降最大的抽取靠的可能是运气",
    en="nothing was confirmed (confirm=0): the extremes of many draws may be luck",
)
