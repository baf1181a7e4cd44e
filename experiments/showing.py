"""`cogov show NAME`: what one thing is about, in plain words, with its numbers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from experiments.catalogue import KINDS_LISTED, Kind, found, kind_called, require
from experiments.command import Answer, Command
from experiments.general import General
from experiments.law_pages import committee_law_page, law_page, local_rule_page
from experiments.library import Library, rules
from experiments.names import POLICY_KEYS, is_whole, keys, number_at
from experiments.pages import Entry, Page, shown
from experiments.scenario_file import flat
from scenarios.estate import Estate
from sim.clauses import clause
from sim.errors import InputError
from sim.parts import default_of, numbers_of, part_named, parts
from sim.texts import Text, same

Said = tuple[Text, Text]


def answer(command: Command) -> Answer:
    """Show the thing that the words name: `NAME`, or `KIND NAME` where several kinds have the name.

    Raises:
        InputError: no name is given, or nothing has it.
    """
    words = command.plain_words(2)
    if not words:
        raise InputError(NO_NAME, attempt="cogov show cross_serving")
    return _page(words, command.library).answer(command.lang)


def _page(words: tuple[str, ...], library: Library) -> Page:
    name = words[-1]
    if len(words) == 2:
        kind = kind_called(words[0])
        if kind is None or name not in kind.labels(library):
            require(name, library)
            raise InputError(NOT_OF_KIND.filled(kind=words[0], name=name), attempt=f"cogov show {name}")
        return PAGES[kind.key](kind, name, library)
    if "." in name and name in keys():
        return _number_page(name)
    if name.lower().endswith((".yaml", ".yml")):
        return _scenario(KINDS_LISTED["scenario"], name, library)
    return PAGES[require(name, library).key](require(name, library), name, library)


def _scenario(kind: Kind, name: str, library: Library) -> Page:
    file = library.scenario(name)
    whole, story = rules(file, library), file.story
    measures = [key for key in parts("measure") if whole.get(key) is not None]
    said = [(QUESTION, story.question), (HELPS, story.helps), (HURTS, story.hurts)]
    said += [(PLACE, _named("place", file.place))]
    said += [(MEASURES, _list(_named("measure", key) for key in measures))] if measures else [(MEASURES, NO_MEASURE)]
    said += [one for key in measures for one in (*_when(key, whole[key]), *_clauses(key))]
    others = [same(f"{key} = {shown(value)}") for key, value in flat(whole) if key.partition(".")[0] not in measures]
    said += [(OWN, _list(others))] if others else []
    levers = tuple(entry for key in measures for entry in _levers(key, whole[key]))
    return Page(kind.heading, file.name, story.title, tuple(said), levers, _more(kind, name, library))


def _policy(kind: Kind, name: str, library: Library) -> Page:
    settings = library.policy(name)
    said = [one for key, values in settings.items() for one in (*_when(key, values), *_clauses(key))]
    levers = tuple(entry for key, values in settings.items() for entry in _levers(key, values))
    return Page(kind.heading, name, kind.labels(library)[name], tuple(said), levers, _more(kind, name, library))


def _measure(kind: Kind, name: str, library: Library) -> Page:
    cls = part_named("measure", name)
    said = ((HELPS, cls.helps), (HURTS, cls.hurts), *_clauses(name), *_channels(cls.channels))
    return Page(kind.heading, name, cls.label, said, _entries(cls, f"{name}."), _more(kind, name, library))


def _channels(keys: Sequence[str]) -> Iterator[Said]:
    for key in keys:
        yield THROUGH, CHANNEL.filled(label=number_at(key)[0].label, key=key)


def _place(kind: Kind, name: str, library: Library) -> Page:
    cls = part_named("place", name)
    return Page(kind.heading, name, cls.label, (), _entries(cls, "place."))


def _archetype(kind: Kind, name: str, library: Library) -> Page:
    cls = part_named("archetype", name)
    numbers = tuple(
        Entry(field, about, is_whole(Estate, field), getattr(cls.estate, field))
        for field, about in numbers_of(Estate).items()
    )
    return Page(kind.heading, name, cls.label, (), numbers)


def _outcome(kind: Kind, name: str, library: Library) -> Page:
    from sim.outcome import SUMMARIES, outcomes

    outcome = outcomes()[name]
    said = (
        (DEFINITION, outcome.definition),
        (UNIT, outcome.unit),
        (BETTER, BETTERS[outcome.better]),
        (SUMMARY, SUMMARIES[outcome.summary]),
    )
    return Page(kind.heading, name, outcome.label, said)


def _numbered(kind: Kind, name: str, library: Library) -> Page:
    cls = part_named(kind.key, name)
    return Page(kind.heading, name, kind.labels(library)[name], (), _entries(cls, f"{name}."))


def _general(kind: Kind, name: str, library: Library) -> Page:
    entry = Entry(name, numbers_of(General)[name], is_whole(General, name), default_of(General, name))
    return Page(kind.heading, name, entry.about.label, (), (entry,))


def _number_page(key: str) -> Page:
    if key.rpartition(".")[2] in POLICY_KEYS:
        return Page(MEASURES, key, WHEN_KEYS[key.rpartition(".")[2]])
    about, whole = number_at(key)
    return Page(NUMBER, key, about.label, (), (Entry(key, about, whole, _default(key)),))


def _default(key: str) -> Any:
    root, _, name = key.partition(".")
    holders = [cls for kind in ("measure", "mechanism", "agent") for one, cls in parts(kind).items() if one == root]
    holders += [cls for cls in parts("place").values() if root == "place" and name in numbers_of(cls)]
    return default_of(holders[0], name) if holders else None


def _entries(cls: type, prefix: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{prefix}{name}", about, is_whole(cls, name), default_of(cls, name))
        for name, about in numbers_of(cls).items()
    )


def _levers(measure: str, values: Mapping[str, Any]) -> Iterator[Entry]:
    cls = part_named("measure", measure)
    for name, about in numbers_of(cls).items():
        value = values.get(name, about.suggested)
        yield Entry(f"{measure}.{name}", about, is_whole(cls, name), value)


def _when(measure: str, values: Mapping[str, Any]) -> Iterator[Said]:
    for name in POLICY_KEYS:
        if values.get(name) is not None:
            yield same(f"{measure}.{name}"), same(shown(values[name]))


def _clauses(measure: str) -> Iterator[Said]:
    for id in part_named("measure", measure).clauses:
        found = clause(id)
        words = Text(
            zh=f"{found.asks.zh}可能的坏处：{found.may_hurt.zh}",
            en=f"{found.asks.en} May hurt: {found.may_hurt.en}",
        )
        yield CLAUSE.filled(id=id), words


def _named(kind: str, key: str) -> Text:
    label = part_named(kind, key).label
    return Text(zh=f"{label.zh}（{key}）", en=f"{label.en} ({key})")


def _list(texts: Iterable[Text]) -> Text:
    each = list(texts)
    return Text(zh="、".join(text.zh for text in each), en=", ".join(text.en for text in each))


def _more(kind: Kind, name: str, library: Library) -> Text | None:
    others = [one.key for one in found(name, library) if one is not kind]
    return MORE.filled(commands=" · ".join(f"cogov show {other} {name}" for other in others)) if others else None


PAGES: Mapping[str, Callable[[Kind, str, Library], Page]] = {
    "scenario": _scenario,
    "policy": _policy,
    "measure": _measure,
    "place": _place,
    "archetype": _archetype,
    "outcome": _outcome,
    "mechanism": _numbered,
    "agent": _numbered,
    "figure": _numbered,
    "ballot_figure": _numbered,
    "law": law_page,
    "residents_committee_law": committee_law_page,
    "local_rule": local_rule_page,
    "general": _general,
}
BETTERS: Mapping[str, Text] = {
    "more": Text(zh="越高越好", en="more is better"),
    "less": Text(zh="越低越好", en="less is better"),
    "neither": Text(zh="无所谓好坏", en="neither"),
}
WHEN_KEYS: Mapping[str, Text] = {
    "since": Text(zh="从这一天起的第一个星期一生效", en="in force from the first Monday on or after this date"),
    "until": Text(zh="到这一天起的第一个星期一为止", en="in force up to the first Monday on or after this date"),
    "where": Text(zh="只在这些小区或小区类型生效", en="in force in these estates or archetypes only"),
}
NO_NAME = Text(zh="要看什么？给一个名称", en="show what? give a name")
NOT_OF_KIND = Text(zh="{name} 不属于 {kind}", en="{name} is no {kind}")
QUESTION = Text(zh="问题", en="Question")
HELPS = Text(zh="应有的好处", en="How it should help")
HURTS = Text(zh="可能的坏处", en="How it may hurt")
THROUGH = Text(zh="经过的机制", en="Works through")
CHANNEL = Text(zh="{label}（{key}）", en="{label} ({key})")
PLACE = Text(zh="地方", en="Place")
MEASURES = Text(zh="措施", en="Measures")
NO_MEASURE = Text(zh="无", en="none")
OWN = Text(zh="另外设定", en="Also sets")
CLAUSE = Text(zh="指导意见 {id}", en="Clause {id}")
DEFINITION = Text(zh="定义", en="Definition")
UNIT = Text(zh="单位", en="Unit")
BETTER = Text(zh="方向", en="Direction")
SUMMARY = Text(zh="一次模拟如何汇总", en="How a run is summed up")
NUMBER = Text(zh="数值", en="number")
MORE = Text(zh="同名的还有：{commands}", en="also of this name: {commands}")
