"""Local rules of the owners' vote by name or from a user's file, each key and value checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from experiments.problems import tell
from experiments.reading import Document, read
from sim.errors import InputError, nearest
from sim.local_rule import CERTAINTIES, KEYS, ROOM, LocalRule, Said
from sim.texts import Text, same

ENDINGS = (".yaml", ".yml")
ABOUT = ("title", "issued", "adapted", "since", "until", "unknown")
DATES = ("since", "until")
PARTS = ("value", "zh", "en", "certainty", *DATES)


@cache
def local_rules() -> Mapping[str, LocalRule]:
    """Return every rule that is shipped, by its key."""
    return MappingProxyType({path.stem: read_rule(path) for path in sorted(ROOM.glob("*.yaml"))})


def local_rule(name: str) -> LocalRule:
    """Return a shipped rule by its key, or the one in a file.

    Raises:
        InputError: there is none of that name, or the file is wrong.
    """
    if name.lower().endswith(ENDINGS):
        return read_rule(Path(name))
    if name in local_rules():
        return local_rules()[name]
    raise InputError(
        NO_RULE.filled(name=same(repr(name))),
        allowed=OR_FILE.filled(names=", ".join(local_rules())),
        nearest=nearest(name, local_rules()),
        attempt="cogov list local_rules",
    )


def read_rule(path: Path) -> LocalRule:
    """Read the rule in a file.

    Raises:
        InputError: tells every unknown key and wrong value at once, each with its line.
    """
    document = read(path)
    tell(_problems(document), path)
    values = document.values
    days = {name: _day(values.get(name)) for name in DATES}
    says = {key: _said(key, values[key], path, days) for key in KEYS if values.get(key) is not None}
    unknown = values.get("unknown")
    return LocalRule(
        path.stem,
        _text(values.get("title") or path.stem),
        values.get("issued"),
        values.get("adapted", True),
        MappingProxyType(says),
        _text(unknown) if unknown else None,
    )


def _said(key: str, given: Any, path: Path, days: Mapping[str, date | None]) -> Said:
    value = KEYS[key].shape.read(_value(given))
    if not isinstance(given, dict):
        return Said(value, same(path.name), "user", **days)
    where = Text(zh=str(given.get("zh", path.name)), en=str(given.get("en", path.name)))
    own = {**days, **{name: _day(given[name]) for name in DATES if name in given}}
    return Said(value, where, given.get("certainty", "law" if "zh" in given else "user"), **own)


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if given else None


def _is_day(given: Any) -> bool:
    try:
        return given is None or bool(_day(given))
    except (TypeError, ValueError):
        return False


def _value(given: Any) -> Any:
    return given.get("value") if isinstance(given, dict) else given


def _text(given: Any) -> Text:
    return Text(**given) if isinstance(given, dict) else same(given)


def _problems(document: Document) -> Iterator[InputError]:
    for key, given in document.values.items():
        if key in KEYS:
            yield from _of_key(document, key, given)
        elif key not in ABOUT:
            near = nearest(key, (*KEYS, *ABOUT))
            yield InputError(UNKNOWN.filled(key=key), document.where(key), nearest=near, attempt="cogov show hangzhou")
        elif (shape := _about(key, given)) is not None:
            yield InputError(REFUSED.filled(key=key, value=same(repr(given))), document.where(key), shape)


def _about(key: str, given: Any) -> Text | None:
    """Return what a key about the file may hold, where it holds something else."""
    if key == "issued":
        return None if isinstance(given, int) and not isinstance(given, bool) else YEAR
    if key == "adapted":
        return None if isinstance(given, bool) else same("true, false")
    if key in DATES:
        return None if _is_day(given) else DATE
    good = isinstance(given, str) or (isinstance(given, dict) and set(given) == {"zh", "en"})
    return None if good else WORDS


def _of_key(document: Document, key: str, given: Any) -> Iterator[InputError]:
    about = KEYS[key]
    if isinstance(given, dict):
        for part in given:
            if part not in PARTS:
                where = document.where(f"{key}.{part}")
                yield InputError(UNKNOWN.filled(key=f"{key}.{part}"), where, same(", ".join(PARTS)), nearest(part, PARTS))
        for part in DATES:
            if not _is_day(given.get(part)):
                what = REFUSED.filled(key=f"{key}.{part}", value=same(repr(given[part])))
                yield InputError(what, document.where(f"{key}.{part}"), DATE)
        certainty = given.get("certainty", "law")
        if certainty not in CERTAINTIES:
            what = REFUSED.filled(key=f"{key}.certainty", value=same(repr(certainty)))
            yield InputError(what, document.where(f"{key}.certainty"), same(", ".join(CERTAINTIES)))
    value = _value(given)
    if (given is not None and value is None) or (value is not None and about.shape.read(value) is None):
        what = REFUSED_LABEL.filled(key=key, value=same(repr(value)), label=about.label)
        choices = getattr(about.shape, "choices", ())
        yield InputError(what, document.where(key), about.shape.allowed(), nearest(str(value), choices))


NO_RULE = Text(zh="没有名为 {name} 的地方规定", en="there is no local rule called {name}")
OR_FILE = Text(zh="{names}，或自己的 .yaml 文件", en="{names}, or a .yaml file of your own")
UNKNOWN = Text(zh="没有名为 {key} 的键", en="there is no key called {key}")
REFUSED = Text(zh="{key} 不能取 {value}", en="{key} cannot be {value}")
REFUSED_LABEL = Text(zh="{key} 不能取 {value}（{label}）", en="{key} cannot be {value} ({label})")
YEAR = Text(zh="四位数的年份", en="a year in four digits")
DATE = Text(zh="日期，如 2020-05-01", en="a date such as 2020-05-01")
WORDS = Text(zh="文字，或 {zh: 中文, en: 英文}", en="text, or {zh: Chinese, en: English}")
