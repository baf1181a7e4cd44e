"""A chain of differences told in sentences, link by link: what is seen to differ, then what is not."""

from collections.abc import Iterator, Sequence

from experiments.chain import LINKS, RULES
from experiments.differences import Difference
from experiments.event_texts import labelled
from experiments.explained_differences import Explanation
from experiments.manifest import how, titles
from experiments.sentences import SEMICOLON
from experiments.terminal import INDENT, difference, interval, paragraph, value
from sim.clauses import CLAUSES
from sim.parts import parts
from sim.texts import Language, Text, joined


def told(explanation: Explanation, lang: Language) -> Iterator[str]:
    """Yield the explanation, a line each: link by link, what is seen to differ, then what is not."""
    names = titles(explanation.asked.manifest)
    pairs, estate = explanation.pairs, explanation.estate
    about = {
        "scenario": names[pairs.scenario],
        "base": names[pairs.base],
        "how": how(explanation.asked.manifest),
    }
    yield from paragraph((OF_ESTATE if estate else HEADING).say(lang, **about, estate=labelled(estate)))
    yield from paragraph(READING.say(lang, pairs=len(pairs.seeds)))
    for key, title in LINKS.items():
        rows = [one for one in explanation.found if one.link == key]
        lines = [*_rules(explanation, lang)] if key == RULES else [*_link(rows, lang)]
        yield from ["", title.say(lang), *lines]
    yield from ["", *_clauses(explanation, lang)]
    yield from paragraph((NO_ROUTINE if estate else CAUTION).say(lang))


def _rules(explanation: Explanation, lang: Language) -> Iterator[str]:
    """Yield the measures by which the scenarios differ; the same measure may have other levers."""
    here, there = (explanation.measures[name] for name in (explanation.pairs.scenario, explanation.pairs.base))
    for text, keys in (
        (ADDED, set(here) - set(there)),
        (ENDED, set(there) - set(here)),
        (KEPT, set(here) & set(there)),
    ):
        labels = [parts("measure")[key].label for key in sorted(keys)]
        yield from paragraph(INDENT + text.say(lang, measures=joined(labels, lang))) if labels else []
    if not here and not there:
        yield from paragraph(INDENT + OTHER_NUMBERS.say(lang))


def _link(rows: Sequence[Difference], lang: Language) -> Iterator[str]:
    for one in rows:
        if one.is_seen:
            yield from paragraph(INDENT + _sentence(one, lang))
    unseen = [one.label for one in rows if not one.is_seen]
    if unseen:
        yield from paragraph(INDENT + UNSEEN.say(lang, names=SEMICOLON.say(lang).join(one.say(lang) for one in unseen)))
    if not rows:
        yield INDENT + NOTHING.say(lang)


def _sentence(one: Difference, lang: Language) -> str:
    estimate, decimals = one.estimate, one.decimals
    numbers = {
        "base": value(one.base, decimals),
        "scenario": value(one.scenario, decimals),
        "difference": difference(estimate.difference, decimals + 1),
        "interval": interval(estimate.low, estimate.high, decimals + 1),
    }
    labels = [parts("measure")[measure].label for measure in one.measures if measure in parts("measure")]
    rests = RESTS.say(lang, measures=joined(labels, lang), clauses=", ".join(one.clauses)) if labels else ""
    return ROW.say(lang, label=one.label, **numbers, rests=rests)


def _clauses(explanation: Explanation, lang: Language) -> Iterator[str]:
    """Yield what the clauses ask that the events seen to differ name."""
    named = sorted({clause for one in explanation.found if one.is_seen for clause in one.clauses} & set(CLAUSES))
    if named:
        yield OF_CLAUSES.say(lang)
    for clause in named:
        yield from paragraph(INDENT + CLAUSE.say(lang, clause=clause, asks=CLAUSES[clause].asks))
    yield from [""] if named else []


HEADING = Text(
    zh="{scenario} 与 {base} 的差别从哪里来 · {how}",
    en="{scenario} against {base}: where the difference came from · {how}",
)
OF_ESTATE = Text(
    zh="{estate}：{scenario} 与 {base} 的差别从哪里来 · {how}",
    en="{estate}, {scenario} against {base}: where the difference came from · {how}",
)
READING = Text(
    zh="每行是每次运行的平均数：对照 → 方案，差（{pairs} 对的 95 % 区间，未作多重校正：二十项里约有一项会碰巧显出差异）。",
    en="Each line is the mean of a run: base -> scenario, difference (95 % interval over {pairs} pairs, not "
    "corrected for asking many questions: about one in twenty shows a difference by chance).",
)
ROW = Text(
    zh="{label}：{base} → {scenario}，差 {difference} {interval}{rests}",
    en="{label}: {base} -> {scenario}, difference {difference} {interval}{rests}",
)
RESTS = Text(zh="；依据{measures}（{clauses}）", en="; on {measures} ({clauses})")
UNSEEN = Text(zh="有变动但未见差异：{names}", en="moved, but no difference seen: {names}")
NOTHING = Text(zh="没有变动。", en="Nothing moved.")
ADDED = Text(zh="方案增加：{measures}", en="the scenario adds: {measures}")
ENDED = Text(zh="对照才有：{measures}", en="only the base has: {measures}")
KEPT = Text(zh="两者都有（参数或有不同）：{measures}", en="both have, with levers that may differ: {measures}")
OTHER_NUMBERS = Text(
    zh="两个方案都没有措施，不同的是数值（见 config.yaml）",
    en="neither has a measure; their numbers differ (see config.yaml)",
)
OF_CLAUSES = Text(zh="条款的意思", en="What the clauses ask")
CLAUSE = Text(zh="{clause}：{asks}", en="{clause}: {asks}")
CAUTION = Text(
    zh="以上只说明沿途哪些事多了、哪些事少了，不证明是哪一件造成了满意度的差别；要分清，须把机制或措施逐一关掉再比较。",
    en="These counts say what became more and what less along the chain; they do not prove which of it made "
    "the difference in satisfaction. To tell, switch mechanisms or measures off one by one and compare.",
)
NO_ROUTINE = Text(
    zh="单个小区只数保存下来的事件：events=decisions 时不含日常事件（如住户反映问题）；"
    "全社区的工时和信任不分小区。以上只说明多了什么、少了什么，不证明因果。",
    en="For one estate only events that were kept are counted: with events=decisions none of the routine "
    "ones (such as problems voiced); hours and trust are not told by estate. Counts prove no cause.",
)
