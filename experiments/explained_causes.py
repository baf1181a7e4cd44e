"""What befell one household or became of one case: a cell lived through again, told from its roots."""

from collections.abc import Iterator, Sequence
from typing import Any

from experiments.causes import Told, cases_of, chains, household_state, of_cases, said
from experiments.command import Answer, both
from experiments.event_texts import labelled, sentence
from experiments.explanation import Asked
from experiments.manifest import titles
from experiments.reliving import Relived, relive
from experiments.terminal import INDENT, paragraph
from sim.clauses import CLAUSES
from sim.errors import InputError
from sim.parts import parts
from sim.texts import Language, Text, same

MOST_SHOWN = 12


def explain_causes(asked: Asked, lang: Language) -> Answer:
    """Explain one household or one case of a cell.

    Raises:
        InputError: no such cell, household or case, or both a household and a case are given.
    """
    if {"household", "case"} <= set(asked.options):
        raise InputError(NOT_BOTH)
    tables = asked.tables
    relived = relive(asked.folder, tables["cells"], tables["event_counts"], _cell(asked))
    household, cases = _subject(asked, relived)
    events = list(chains(relived.community, of_cases(relived, cases)))
    lines = [line for words in _opening(asked, relived, household, lang) for line in paragraph(words)]
    lines += ["", *_told(events, cases, lang), *_rules(relived, household, lang), *_clauses(events, lang)]
    data: dict[str, Any] = {
        "folder": str(asked.folder),
        "cell": relived.cell,
        "scenario": relived.scenario,
        "seed": relived.seed,
        "same_as_folder": relived.same,
        "household": household,
        "state": both(household_state(relived.community, household)),
        "cases": cases,
        "events": [one.as_data() for one in events],
    }
    return Answer("\n".join(lines), data)


def _cell(asked: Asked) -> int:
    """Return the cell asked for; by default the first finished one, of the scenario if one is named."""
    cells = asked.tables["cells"]
    done = cells[cells.state == "done"]
    if "scenario" in asked.options:
        name = asked.chosen("scenario", list(dict.fromkeys(done.scenario)), "")
        done = done[done.scenario == name]
    number = asked.number("cell")
    known = [int(cell) for cell in done.cell]
    if number is not None and number not in known:
        raise InputError(NO_CELL.filled(cell=number), allowed=same(_some(known)))
    return known[0] if number is None else number


def _subject(asked: Asked, relived: Relived) -> tuple[int, list[int]]:
    """Return the household, and the cases that are asked for."""
    household, case = asked.number("household"), asked.number("case")
    size = relived.community.households.size
    if household is not None:
        if household >= size:
            raise InputError(NO_HOUSEHOLD.filled(household=household), allowed=same(f"0 - {size - 1}"))
        return household, cases_of(relived, household)
    assert case is not None
    if case not in relived.who:
        near = sorted(sorted(relived.who), key=lambda one: abs(one - case))[:MOST_SHOWN]
        raise InputError(NO_CASE.filled(case=case, cell=relived.cell), allowed=same(_some(sorted(near))))
    return relived.who[case], [case]


def _some(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:MOST_SHOWN])) + (" ..." if len(numbers) > MOST_SHOWN else "")


def _opening(asked: Asked, relived: Relived, household: int, lang: Language) -> Iterator[str]:
    title = titles(asked.manifest)[relived.scenario]
    yield HEADING.say(lang, household=household, scenario=title, cell=relived.cell, seed=relived.seed)
    yield household_state(relived.community, household).say(lang)
    if not relived.same:
        yield NOT_SAME.say(lang)


def _told(events: Sequence[Told], cases: Sequence[int], lang: Language) -> Iterator[str]:
    if not cases:
        yield from paragraph(NO_CASES.say(lang))
    for one in events:
        number = NUMBER.say(lang, number=one.event.seq) if one.event.seq in cases else ""
        yield from paragraph(f"{INDENT * one.depth}{one.date} {said(one.event).say(lang)}{number}{_rests(one, lang)}")


def _rests(one: Told, lang: Language) -> str:
    measure = parts("measure").get(one.event.measure)
    return RESTS.say(lang, measure=measure.label, clause=one.event.clause) if measure else ""


def _rules(relived: Relived, household: int, lang: Language) -> Iterator[str]:
    """Yield which rules changed when in the household's estate."""
    community = relived.community
    index = int((community.households.layout.start[1:] <= household).sum())
    name = community.estates[index].name
    changes = [one for one in community.log.events if one.action == "policy_changes" and one.object == name]
    yield from [
        "",
        RULES.say(lang, estate=labelled(name)) if changes else NO_RULES.say(lang, estate=labelled(name)),
    ]
    for one in changes:
        day = community.calendar.date(one.week).isoformat()
        yield from paragraph(f"{INDENT}{day} {sentence(one.action, one.object, one.detail).say(lang)}")


def _clauses(events: Sequence[Told], lang: Language) -> Iterator[str]:
    for clause in sorted({one.event.clause for one in events} & set(CLAUSES)):
        yield from paragraph(CLAUSE.say(lang, clause=clause, asks=CLAUSES[clause].asks))


NOT_BOTH = Text(zh="--household 和 --case 只能给一个", en="give --household or --case, not both")
NO_CELL = Text(zh="没有编号为 {cell} 的已完成运行", en="there is no finished cell {cell}")
NO_HOUSEHOLD = Text(zh="没有编号为 {household} 的住户", en="there is no household {household}")
NO_CASE = Text(zh="第 {cell} 次运行里没有编号为 {case} 的纠纷", en="cell {cell} has no case {case}")
HEADING = Text(
    zh="第 {household} 户 · {scenario}，第 {cell} 次运行（种子 {seed}），从头重跑并保留全部事件",
    en="Household {household} · {scenario}, cell {cell} (seed {seed}), lived through again with every event",
)
NOT_SAME = Text(
    zh="注意：重跑的事件数与文件夹中的不同，模型源码或环境已变，以下不是当时那次运行。",
    en="Note: the counts of events differ from those in the folder; sources or environment have changed, and "
    "this is not the run that was kept.",
)
NO_CASES = Text(zh="这一户没有反映过问题，没有纠纷。", en="This household never spoke up; it has no case.")
NUMBER = Text(zh="　纠纷 {number} 号", en=" (case {number})")
RESTS = Text(zh="　依据{measure} {clause}", en=" - on {measure}, {clause}")
RULES = Text(zh="{estate}的规则变化", en="Changes of rules in {estate}")
NO_RULES = Text(zh="{estate}没有规则变化。", en="No rules changed in {estate}.")
CLAUSE = Text(zh="{clause}：{asks}", en="{clause}: {asks}")
