"""How parts of the model declare themselves, and how their numbers are declared: once.

A *part* is a class in a file of its own, named like the file, marked with `@part(kind)`.  Each kind has a room, a folder
that is scanned; there is no list to extend.  A *number* is declared where it is used, with unit, bounds, labels, source and
certainty; command-line checks, parameter tables, sampling ranges and contract tests are all derived from that line.
"""

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from sim.errors import InputError, nearest
from sim.texts import Text, same

ROOMS: Mapping[str, str] = MappingProxyType(
    {
        "measure": "sim.measures",
        "mechanism": "sim.mechanisms",
        "law": "sim.law",
        "residents_committee_law": "sim.law",
        "agent": "agents",
        "archetype": "scenarios.archetypes",
        "place": "scenarios.places",
        "figure": "experiments.figures",
        "ballot_figure": "experiments.figures",
    }
)

Certainty = Literal["law", "seen", "computed", "memory", "assumed"]
Value = float | int | str | None
C = TypeVar("C", bound=type)


@dataclass(frozen=True)
class Number:
    """What is known of one declared number besides its default.

    `low` and `high` are hard bounds, inclusive; `explore` is the narrower range that uncertainty analysis samples (the
    bounds where it is not given).  `neutral` (levers only) is the value at which the measure does nothing; `suggested`
    the value that a lever takes when its measure is switched on without one.  `odd` numbers are whole and odd: bodies that
    must not tie.
    """

    label: Text
    unit: Text
    source: Text
    certainty: Certainty
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    explore: tuple[float, float] | None = None
    is_lever: bool = False
    is_path: bool = False
    odd: bool = False
    neutral: Value = None
    suggested: Value = None

    @property
    def grounds(self) -> Text:
        """Return the source without its 'assumed:', which stands beside it as the certainty."""
        return Text(zh=self.source.zh.removeprefix("假定："), en=self.source.en.removeprefix("assumed: "))


GIVEN_BY_THE_USER = Text(zh="由用户给出", en="given by the user")
UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "share": Text(zh="比例（0–1）", en="share (0–1)"),
        "share of seats": Text(zh="席位比例", en="share of seats"),
        "share of households": Text(zh="户数比例", en="share of households"),
        "share a year": Text(zh="每年比例", en="share a year"),
        "share a month": Text(zh="每月比例", en="share a month"),
        "share a week": Text(zh="每周比例", en="share a week"),
        "weeks": Text(zh="周", en="weeks"),
        "months": Text(zh="个月", en="months"),
        "minutes": Text(zh="分钟", en="minutes"),
        "hours": Text(zh="工时", en="hours"),
        "hours a week": Text(zh="工时/周", en="hours a week"),
        "people": Text(zh="人", en="people"),
        "households": Text(zh="户", en="households"),
        "seats": Text(zh="席", en="seats"),
        "ties": Text(zh="条联系", en="ties"),
        "m2": Text(zh="平方米", en="m²"),
        "yuan/m2/month": Text(zh="元/平方米·月", en="yuan/m²/month"),
        "logits": Text(zh="logit", en="logits"),
        "logits per 20 points": Text(zh="logit/20 分", en="logits per 20 points"),
        "points": Text(zh="分（0–100）", en="points (0–100)"),
        "quality 0-1": Text(zh="质量（0–1）", en="quality (0–1)"),
        "0-1": Text(zh="0–1", en="0–1"),
        "factor": Text(zh="倍数", en="factor"),
        "pressure": Text(zh="压力（指数和）", en="pressure (summed)"),
    }
)


def number(default: Value, *, zh: str, en: str, unit: str | Text, source: str | Text, certainty: Certainty = "assumed",
           low: float | None = None, high: float | None = None, choices: tuple[str, ...] = (),
           explore: tuple[float, float] | None = None, odd: bool = False) -> Any:  # fmt: skip
    """Declare a number of the model as a dataclass field.

    `unit` is a key of `UNITS` or a `Text`; `source` the ids of facts (a `str`), or what they say or why so much is assumed
    (a `Text`, in English beginning with 'assumed:').
    """
    return _declare(
        default, Number(Text(zh, en), _unit(unit), _source(source), certainty, low, high, choices, explore, odd=odd)
    )


def lever(neutral: Value, *, suggested: Value, zh: str, en: str, unit: str | Text, source: str | Text,
          certainty: Certainty = "assumed", low: float | None = None, high: float | None = None,
          choices: tuple[str, ...] = (), explore: tuple[float, float] | None = None) -> Any:  # fmt: skip
    """Declare a lever of a measure: a number that is `neutral` (does nothing) until the policy sets it."""
    about = Number(
        Text(zh, en),
        _unit(unit),
        _source(source),
        certainty,
        low,
        high,
        choices,
        explore,
        is_lever=True,
        neutral=neutral,
        suggested=suggested,
    )
    return _declare(neutral, about)


def path(*, zh: str, en: str) -> Any:
    """Declare a file that the user names; it is taken letter for letter and never enters an identity."""
    about = Number(Text(zh, en), Text(zh="文件", en="file"), GIVEN_BY_THE_USER, "seen", is_path=True)
    return _declare("", about)


def _declare(default: Value, about: Number) -> Any:
    return dataclasses.field(default=default, metadata={"number": about})


def _unit(unit: str | Text) -> Text:
    return unit if isinstance(unit, Text) else UNITS[unit]


def _source(source: str | Text) -> Text:
    return source if isinstance(source, Text) else same(source)


def part(kind: str) -> Callable[[C], C]:
    """Mark a class as a part of the given kind; its key is the name of its file."""
    if kind not in ROOMS:
        raise InputError(same(f"unknown kind of part: {kind}"), nearest=nearest(kind, ROOMS))

    def mark(cls: C) -> C:
        cls.kind = kind  # type: ignore[attr-defined]
        cls.key = cls.__module__.rpartition(".")[2]  # type: ignore[attr-defined]
        return cls

    return mark


@cache
def parts(kind: str) -> Mapping[str, Any]:
    """Return every part of one kind by its key, in alphabetical order; the room is scanned."""
    room = importlib.import_module(ROOMS[kind])
    found = {}
    for module in sorted(pkgutil.iter_modules(room.__path__), key=lambda info: info.name):
        declared = _declared_in(importlib.import_module(f"{room.__name__}.{module.name}"), kind)
        found.update({cls.key: cls for cls in declared})
    return MappingProxyType(found)


def _declared_in(module: object, kind: str) -> list[Any]:
    here = [value for value in vars(module).values() if getattr(value, "kind", None) == kind]
    return [cls for cls in here if isinstance(cls, type) and cls.__module__ == getattr(module, "__name__", "")]


def part_named(kind: str, key: str) -> Any:
    """Return one part, or raise an `InputError` with the nearest valid name."""
    known = parts(kind)
    if key in known:
        return known[key]
    raise InputError(
        UNKNOWN.filled(kind=KINDS[kind], key=same(repr(key))),
        allowed=same(", ".join(known)),
        nearest=nearest(key, known),
        attempt="cogov list",
    )


def numbers_of(cls: type) -> dict[str, Number]:
    """Return the declared numbers of a part by field name, in the order of their declaration."""
    holder = getattr(cls, "numbers", cls)
    if not dataclasses.is_dataclass(holder):
        return {}
    return {field.name: field.metadata["number"] for field in dataclasses.fields(holder) if "number" in field.metadata}


def default_of(cls: type, name: str) -> Value:
    """Return the default of one declared number (a lever's default is its neutral value)."""
    holder = getattr(cls, "numbers", cls)
    defaults: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(holder)}
    default: Value = defaults[name]
    return default


def checked(path: str, value: object, about: Number) -> Value:
    """Return a value that fits its declaration, or raise an `InputError` that says what is allowed.

    Whole numbers stand for real ones; a number declared with a whole default and bounds may be given as a float.
    """
    if value is None and about.is_lever and about.neutral is None:
        return None
    if about.is_path and isinstance(value, str):
        return value
    if about.choices:
        return _chosen(path, value, about)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise _refused(path, value, about)
    low = about.low if about.low is not None else float("-inf")
    high = about.high if about.high is not None else float("inf")
    if not low <= value <= high or (about.odd and value % 2 != 1):
        raise _refused(path, value, about)
    return value


def _chosen(path: str, value: object, about: Number) -> str:
    if isinstance(value, str) and value in about.choices:
        return value
    error = _refused(path, value, about)
    error.nearest = nearest(str(value), about.choices)
    raise error


def _refused(path: str, value: object, about: Number) -> InputError:
    return InputError(REFUSED.filled(path=same(path), value=same(repr(value)), label=about.label), allowed=allowed(about))


def allowed(about: Number) -> Text:
    """Say which values a number may take, with its unit."""
    if about.is_path:
        return about.unit
    if about.choices:
        return same(", ".join(about.choices))
    never = Text(zh="，或 null（从不）", en=", or null (never)") if about.is_lever and about.neutral is None else same("")
    odd = ODD if about.odd else same("")
    return RANGE.filled(low=same(f"{about.low:g}"), high=same(f"{about.high:g}"), unit=about.unit, odd=odd, never=never)


KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "measure": Text(zh="治理措施", en="measure"),
        "mechanism": Text(zh="机制", en="mechanism"),
        "law": Text(zh="法律", en="law"),
        "residents_committee_law": Text(zh="居民委员会法律", en="law of residents' committees"),
        "local_rule": Text(zh="地方规定", en="local rule"),
        "agent": Text(zh="主体", en="agent"),
        "outcome": Text(zh="结果指标", en="outcome"),
        "archetype": Text(zh="小区类型", en="archetype of estate"),
        "place": Text(zh="地方", en="place"),
        "figure": Text(zh="图", en="figure"),
        "ballot_figure": Text(zh="表决规则图", en="figure of the law of ballots"),
        "scenario": Text(zh="方案", en="scenario"),
        "policy": Text(zh="政策组合", en="policy"),
    }
)
UNKNOWN = Text(zh="没有名为 {key} 的{kind}", en="there is no {kind} called {key}")
REFUSED = Text(zh="{path} 不能取 {value}（{label}）", en="{path} cannot be {value} ({label})")
RANGE = Text(zh="{low} 至 {high} {unit}{odd}{never}", en="{low} to {high} {unit}{odd}{never}")
ODD = Text(zh="，单数", en=", odd")
