"""`cogov clauses [ID]`: each clause of the policy: what it asks, what carries it, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from experiments.clause_carriers import CARRIERS, LACKS, SHOWS
from experiments.command import Answer, Command, both
from experiments.language import in_columns
from sim.clauses import CLAUSES, POLICY, Clause, clause
from sim.moments import Measure
from sim.outcome import outcomes
from sim.parts import numbers_of, parts
from sim.texts import Language, Text, joined, same

TESTS = Path(__file__).resolve().parents[1] / "tests"
State = Literal["carried", "in_part", "not_yet", "whole"]


@dataclass(frozen=True)
class Row:
    """One clause of the ledger.

    under: ids of the clauses that it is the whole of.  measures: keys.  levers: `measure.lever`.  moments:
    at which its measures speak.  parts: that carry it without a measure.  outcomes: keys in which it shows.
    tests: files that name it.
    """

    clause: Clause
    state: State
    under: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def lacks(self) -> Text | None:
        """Return what is still missing, None where nothing is known to be."""
        return LACKS.get(self.clause.id)

    def data(self) -> dict[str, Any]:
        """Return the row as data."""
        told = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}
        carrier = CARRIERS.get(self.clause.id)
        words = {"asks": self.clause.asks, "may_hurt": self.clause.may_hurt}
        return {
            "id": self.clause.id,
            **{name: both(text) for name, text in words.items()},
            **{key: value for key, value in told.items() if key != "clause"},
            "by": both(carrier.by) if carrier else None,
            "lacks": both(self.lacks) if self.lacks else None,
        }


def answer(command: Command) -> Answer:
    """Show the ledger, or one clause of it.

    Raises:
        InputError: no clause has the id; the nearest is told.
    """
    words = command.plain_words(1)
    if words:
        row = row_of(clause(words[0]))
        return Answer("\n".join(_page(row, command.lang)), row.data())
    rows = ledger()
    return Answer("\n".join(_overview(rows, command.lang)), {"clauses": [row.data() for row in rows]})


def ledger() -> tuple[Row, ...]:
    """Return a row for every clause, in the opinion's own order."""
    return tuple(row_of(each) for each in CLAUSES.values())


def row_of(each: Clause) -> Row:
    """Return the row of one clause."""
    under = tuple(id for id in CLAUSES if _is_under(id, each.id))
    carrying = {key: cls for key, cls in parts("measure").items() if each.id in cls.clauses}
    carrier = CARRIERS.get(each.id)
    shows = [key for measure in carrying for key in SHOWS[measure]] + list(carrier.outcomes if carrier else ())
    return Row(
        each,
        _state(each.id, under, bool(carrying or carrier)),
        under,
        tuple(carrying),
        tuple(f"{key}.{name}" for key, cls in carrying.items() for name in numbers_of(cls)),
        tuple(dict.fromkeys(moment for cls in carrying.values() for moment in moments_of(cls))),
        carrier.parts if carrier else (),
        tuple(dict.fromkeys(shows)),
        tests_naming((each.id, *carrying)) if carrying or carrier else (),
    )


def _is_under(id: str, whole: str) -> bool:
    return id != whole and id.startswith(whole) and not id[len(whole)].isdigit()


def _state(id: str, under: tuple[str, ...], carried: bool) -> State:
    if carried:
        return "in_part" if id in LACKS else "carried"
    return "whole" if under else "not_yet"


def moments_of(cls: type) -> tuple[str, ...]:
    """Return the moments at which a measure has something to ask for."""
    silent = vars(Measure)
    asks = (name for name, verb in vars(cls).items() if callable(verb) and name in silent)
    return tuple(name for name in asks if not name.startswith("_") and name != "problem")


@cache
def _test_files() -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in sorted(TESTS.glob("test_*.py"))}


def tests_naming(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files of tests that name a clause or a measure; none where the tests are not installed."""
    quoted = [f'"{name}"' for name in names] + [f".{name} import" for name in names]
    return tuple(file for file, text in _test_files().items() if any(one in text for one in quoted))


def _overview(rows: tuple[Row, ...], lang: Language) -> Iterator[str]:
    yield POLICY.say(lang)
    yield ""
    yield from in_columns(
        (row.clause.id, STATES[row.state].say(lang), _by(row, lang)) for row in rows if row.state != "whole"
    )
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    yield ""
    yield COUNTS.say(lang, **counts)
    yield MORE.say(lang)


def _by(row: Row, lang: Language) -> str:
    if row.state == "not_yet":
        return row.clause.asks.say(lang)
    return ", ".join((*row.measures, *row.parts)) or CARRIERS[row.clause.id].by.say(lang)


def _page(row: Row, lang: Language) -> Iterator[str]:
    yield f"{row.clause.id}  {STATES[row.state].say(lang)}"
    yield ""
    for heading, words in _said(row, lang):
        if words:
            yield PARAGRAPH.say(lang, heading=heading, words=words)


def _said(row: Row, lang: Language) -> Iterator[tuple[Text, str]]:
    yield ASKS, row.clause.asks.say(lang)
    yield HURTS, row.clause.may_hurt.say(lang)
    yield UNDER, ", ".join(f"{id} ({STATES[row_of(CLAUSES[id]).state].say(lang)})" for id in row.under)
    yield MEASURES, _labelled("measure", row.measures, lang)
    yield LEVERS, ", ".join(row.levers)
    yield MOMENTS, ", ".join(row.moments)
    carrier = CARRIERS.get(row.clause.id)
    yield OTHERWISE, carrier.by.say(lang) if carrier else ""
    yield PARTS, ", ".join(row.parts)
    yield SHOWN, joined([_outcome(key) for key in row.outcomes], lang)
    yield TESTED, ", ".join(row.tests)
    yield LACKING, row.lacks.say(lang) if row.lacks else ""
    yield NOTHING, NOT_YET.say(lang) if row.state == "not_yet" else ""


def _labelled(kind: str, keys: tuple[str, ...], lang: Language) -> str:
    return joined([NAMED.filled(label=parts(kind)[key].label, key=same(key)) for key in keys], lang)


def _outcome(key: str) -> Text:
    return NAMED.filled(label=outcomes()[key].label, key=same(key))


STATES = {
    "carried": Text(zh="已有", en="carried"),
    "in_part": Text(zh="部分", en="in part"),
    "not_yet": Text(zh="还没有", en="not yet"),
    "whole": Text(zh="总条", en="whole"),
}
COUNTS = Text(
    zh="已有 {carried} 条，部分 {in_part} 条，还没有 {not_yet} 条；另有 {whole} 条是其下各条的总称。",
    en="{carried} carried, {in_part} in part, {not_yet} not yet; {whole} more are the whole of those under them.",
)
MORE = Text(zh="细看一条：cogov clauses 3.1h", en="to see one: cogov clauses 3.1h")
PARAGRAPH = Text(zh="{heading}：{words}", en="{heading}: {words}")
NAMED = Text(zh="{label}（{key}）", en="{label} ({key})")
ASKS = Text(zh="要求", en="Asks")
HURTS = Text(zh="可能的坏处", en="May hurt")
UNDER = Text(zh="其下", en="Under it")
MEASURES = Text(zh="措施", en="Measures")
LEVERS = Text(zh="参数", en="Levers")
MOMENTS = Text(zh="在哪些时点提出", en="Speaks at")
OTHERWISE = Text(zh="不靠措施", en="Without a measure")
PARTS = Text(zh="由谁承担", en="Carried by")
SHOWN = Text(zh="显示在", en="Shows in")
TESTED = Text(zh="测试", en="Tests that name it")
LACKING = Text(zh="还缺", en="Still missing")
NOTHING = Text(zh="现状", en="Now")
NOT_YET = Text(zh="模型里还没有任何东西承担它", en="nothing in the model carries it yet")
