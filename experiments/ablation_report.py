"""An ablation as it is printed: for each headline outcome what the whole does and what each part contributes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments.ablation_tables import ADDED_IN, CARRIED, LEFT_OUT, SHAPLEY, TOTAL
from experiments.figures.captions import headlines
from experiments.finished import Finished
from experiments.manifest import how
from experiments.package import LEVERS, MEASURES, MECHANISMS
from experiments.statistics import SIGNIFICANT
from experiments.terminal import difference, grid, interval, paragraph
from sim.outcome import Outcome
from sim.texts import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

    from experiments.ablation import Ablation

WIDTHS = (24, 16, 16, 16)
WIDE = (44, 26)
MARK = "*"


def ablation_report(result: Finished, ablation: "Ablation", lang: Language) -> str:
    """Return what is printed of a finished ablation."""
    lines = [line for words in result.opening(lang) for line in paragraph(words)]
    package = result.titles[ablation.request.scenarios[1].name]
    about = ABOUT[ablation.by].filled(parts=len(ablation.parts), exactly=EXACTLY if ablation.is_exact else SAMPLED)
    lines += paragraph(HEAD.say(lang, package=package, about=about, how=how(result.manifest)))
    table = result.tables["ablation"]
    for outcome in headlines(list(table.outcome)):
        lines += ["", *_of_outcome(outcome, table[table.outcome == outcome.key], ablation, lang)]
    lines += ["", *paragraph((READ_CARRIED if ablation.by == MECHANISMS else READ).say(lang))]
    return "\n".join([*lines, "", *result.closing(lang)])


def _of_outcome(outcome: Outcome, table: "DataFrame", ablation: "Ablation", lang: Language) -> Iterator[str]:
    told: dict[tuple[str, str], Any] = {(row.kind, row.part): row for row in table.itertuples()}  # type: ignore[misc]
    [whole] = [row for (kind, _), row in told.items() if kind == TOTAL]
    decimals = outcome.decimals + 1
    yield from paragraph(
        WHOLE.say(
            lang, outcome=outcome.label, unit=outcome.unit, number=difference(whole.difference, decimals) + _mark(whole),
            interval=interval(whole.low, whole.high, decimals), n=whole.n,
        )
    )  # fmt: skip
    kinds = (CARRIED,) if ablation.by == MECHANISMS else (SHAPLEY, LEFT_OUT, ADDED_IN)
    heads = ["", *(HEADS[kind].say(lang) for kind in kinds)]
    rows = [
        row for part in ablation.parts for row in _rows(part.label, [told[kind, part.key] for kind in kinds], decimals, lang)
    ]
    yield from grid(heads, rows, WIDE if len(kinds) == 1 else WIDTHS)


def _rows(label: Text, found: Sequence[Any], decimals: int, lang: Language) -> Iterator[list[str]]:
    """Yield a part's row of numbers, and below it their intervals."""
    yield [label.say(lang), *(difference(row.difference, decimals) + (_mark(row) or " ") for row in found)]
    if any(row.difference for row in found):
        yield ["", *(interval(row.low, row.high, decimals) for row in found)]


def _mark(row: Any) -> str:
    return MARK if row.p_holm < SIGNIFICANT else ""


HEADS = {
    SHAPLEY: Text(zh="沙普利份额", en="Shapley share"),
    LEFT_OUT: Text(zh="去掉它少了", en="lost if left out"),
    ADDED_IN: Text(zh="只有它", en="it alone"),
    CARRIED: Text(zh="经它产生的部分", en="part of the effect that goes with it"),
}
HEAD = Text(zh="拆开“{package}”：{about} · {how}", en="{package} taken apart: {about} · {how}")
ABOUT = {
    MEASURES: Text(zh="{parts} 项措施，{exactly}", en="{parts} measures, {exactly}"),
    LEVERS: Text(zh="{parts} 个参数，{exactly}", en="{parts} levers, {exactly}"),
    MECHANISMS: Text(zh="{parts} 个机制的数逐一取 0", en="{parts} numbers of mechanisms, one at a time at zero"),
}
EXACTLY = Text(zh="所有组合都模拟", en="all coalitions")
SAMPLED = Text(zh="每个种子抽一个加入次序及其逆序", en="an order of joining drawn for each seed, and its reverse")
WHOLE = Text(
    zh="{outcome}（{unit}）：整套 {number} {interval}，{n} 对",
    en="{outcome} ({unit}): the whole {number} {interval}, {n} pairs",
)
READ = Text(
    zh="读法：方括号是 95 % 区间，* 为经 Holm 校正后仍有差异。沙普利份额是一个部分在所有加入次序里的平均边际作用，"
    "各份额之和等于整套；“去掉它少了”与“只有它”相差很多，说明各部分互相加力或互相抵消。",
    en="How to read: brackets are 95 % intervals, * is seen after Holm's correction. A Shapley share is a part's mean "
    "marginal contribution over all orders of joining; the shares add up to the whole. Where 'lost if left out' and 'it "
    "alone' are far apart, parts strengthen or hinder one another.",
)
READ_CARRIED = Text(
    zh="读法：把这个数在整套和对照里都取 0，效果减少多少；方括号是 95 % 区间，* 为经 Holm 校正后仍有差异。"
    "各项之和不必等于整套：机制之间互有影响。",
    en="How to read: by how much the effect shrinks when the number is zero in the package and in its base; brackets are "
    "95 % intervals, * is seen after Holm's correction. The parts need not add up to the whole: mechanisms act on one "
    "another.",
)
