"""Every number of the model as a table, made from where each is declared.

`python -m experiments.parameter_tables` writes `docs/parameters.en.md` and `docs/parameters.zh.md`; nothing
in them is written by hand.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scenarios.estate import Estate
from sim.parts import Certainty, Number, Value, default_of, numbers_of, parts
from sim.texts import LANGUAGES, Language, Text, same

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTHING = "–"

CERTAINTIES: Mapping[Certainty, Text] = MappingProxyType(
    {
        "law": Text(zh="法规", en="law"),
        "seen": Text(zh="见过", en="seen"),
        "computed": Text(zh="推算", en="computed"),
        "memory": Text(zh="记忆", en="memory"),
        "assumed": Text(zh="假定", en="assumed"),
    }
)
TITLE = Text(zh="参数表", en="Parameters")
ABOUT = Text(
    zh="本页由程序生成（`python -m experiments.parameter_tables`），请勿手改。每个数在代码里只声明一次，"
    "本页、`cogov show` 和命令行的取值检查都出自那一处。“范围”之外的值一律拒绝；"
    f"“试探范围”供敏感性分析取值，“{NOTHING}”表示就用“范围”。"
    "把握程度和编号（如 S40、T20）的含义见 [facts.md](facts.md)。",
    en="This page is generated (`python -m experiments.parameter_tables`); do not edit it. Each number is "
    "declared once in the code, from which this page, `cogov show` and the checks of the command line "
    "are made. A value outside 'range' is refused; 'explored' is where an analysis of uncertainty should "
    f"look, '{NOTHING}' where that is the whole range. [facts.md](facts.md) says what the words of certainty "
    "and ids such as S40 mean.",
)
ROOMS: Mapping[str, Text] = MappingProxyType(
    {
        "mechanism": Text(zh="机制", en="Mechanisms"),
        "agent": Text(zh="主体", en="Agents"),
        "place": Text(zh="地方", en="Places"),
    }
)
MEASURES = Text(zh="治理措施", en="Measures")
LEVERS = Text(
    zh="取“不起作用”值时，措施什么也不做；打开措施而不给值时，用“建议”值。",
    en="At 'neutral' a measure does nothing; it takes 'suggested' when it is switched on without a value.",
)
CLAUSES = Text(zh="对应指导意见条款：{clauses}", en="Clauses of the policy: {clauses}")
ESTATES = Text(zh="小区", en="Estates")
COLUMNS = Text(
    zh="自己的小区表，列就是这些数。各类小区的取值见下表。",
    en="These are the columns of a table of estates. What each archetype has is in the table below.",
)
ARCHETYPES = Text(zh="四类小区的取值", en="Archetypes")

NUMBER = Text(zh="名称", en="number")
LABEL = Text(zh="含义", en="what it is")
DEFAULT = Text(zh="默认", en="default")
NEUTRAL = Text(zh="不起作用", en="neutral")
SUGGESTED = Text(zh="建议", en="suggested")
ABOUT_NUMBER = (
    Text(zh="单位", en="unit"),
    Text(zh="范围", en="range"),
    Text(zh="试探范围", en="explored"),
    Text(zh="把握", en="certainty"),
    Text(zh="来源", en="source"),
)
NEVER = Text(zh="从不", en="never")

Row = Sequence[Text]


def parameter_tables(lang: Language) -> str:
    """Return the page of all numbers in one language, as Markdown."""
    sections = (_measures(lang), *(_room(kind, lang) for kind in ROOMS), _estates(lang))
    lines = [f"# {TITLE.say(lang)}", "", ABOUT.say(lang)]
    for section in sections:
        lines += section
    return "\n".join(lines) + "\n"


def _measures(lang: Language) -> Iterator[str]:
    yield from ("", f"## {MEASURES.say(lang)}", "", LEVERS.say(lang))
    for key, cls in parts("measure").items():
        yield from _heading(key, cls, lang)
        yield from (CLAUSES.say(lang, clauses=", ".join(cls.clauses)), "")
        levers = numbers_of(cls).items()
        rows = [(*_values(key, name, about), *_about(about)) for name, about in levers]
        yield from table((NUMBER, LABEL, NEUTRAL, SUGGESTED, *ABOUT_NUMBER), rows, lang)


def _values(key: str, name: str, about: Number) -> Row:
    return same(f"`{key}.{name}`"), about.label, _said(about.neutral), _said(about.suggested)


def _room(kind: str, lang: Language) -> Iterator[str]:
    yield from ("", f"## {ROOMS[kind].say(lang)}")
    for key, cls in parts(kind).items():
        prefix = "place" if kind == "place" else key
        yield from _heading(key, cls, lang)
        yield from _numbers(cls, f"{prefix}.", lang)


def _estates(lang: Language) -> Iterator[str]:
    yield from ("", f"## {ESTATES.say(lang)}", "", COLUMNS.say(lang), "")
    yield from _numbers(Estate, "", lang)
    known = parts("archetype")
    yield from ("", f"### {ARCHETYPES.say(lang)}", "")
    rows = [(about.label, *_across(known.values(), name)) for name, about in numbers_of(Estate).items()]
    yield from table((LABEL, *(archetype.label for archetype in known.values())), rows, lang)


def _across(archetypes: Iterable[Any], name: str) -> list[Text]:
    return [_said(getattr(archetype.estate, name)) for archetype in archetypes]


def _heading(key: str, cls: Any, lang: Language) -> tuple[str, ...]:
    return "", f"### {cls.label.say(lang)} `{key}`", ""


def _numbers(cls: type, prefix: str, lang: Language) -> Iterator[str]:
    rows = [
        (same(f"`{prefix}{name}`"), about.label, _said(default_of(cls, name)), *_about(about))
        for name, about in numbers_of(cls).items()
        if not about.is_path
    ]
    return table((NUMBER, LABEL, DEFAULT, *ABOUT_NUMBER), rows, lang)


def _about(about: Number) -> Row:
    explored = _span(*about.explore) if about.explore else same(NOTHING)
    return about.unit, _range(about), explored, CERTAINTIES[about.certainty], about.grounds


def _range(about: Number) -> Text:
    if about.choices:
        return same(", ".join(about.choices))
    return _span(about.low, about.high)


def _span(low: float | None, high: float | None) -> Text:
    return Text(*(_said(low).say(lang) + joint + _said(high).say(lang) for lang, joint in JOINTS))


JOINTS: tuple[tuple[Language, str], ...] = (("zh", " 至 "), ("en", " to "))


def _said(value: Value) -> Text:
    if value is None:
        return NEVER
    return same(value if isinstance(value, str) else f"{value:.12g}")


def table(heads: Row, rows: Iterable[Row], lang: Language) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield _line(heads, lang)
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield _line(row, lang)


def _line(cells: Row, lang: Language) -> str:
    return "| " + " | ".join(cell.say(lang).replace("|", "\\|") for cell in cells) + " |"


def write(folder: Path = DOCS) -> list[Path]:
    """Write the page in both languages and return where."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for lang in LANGUAGES:
        paths.append(folder / f"parameters.{lang}.md")
        paths[-1].write_text(parameter_tables(lang), "utf-8", newline="\n")
    return paths


if __name__ == "__main__":
    for path in write(*map(Path, sys.argv[1:2])):
        print(path)
