"""What `cogov ballot` is asked: its words as a register to count and the rules to count it by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from experiments.local_rules import local_rule
from experiments.overrides import rejoined, several
from scenarios.register_table import read_register
from sim.election import Seating
from sim.election_count import seating_here
from sim.errors import InputError, nearest
from sim.law_in_force import law_named, law_on
from sim.local_rule import NATION, LocalRule
from sim.papers import Basis, Line
from sim.proxies import ProxyRule
from sim.regime import Regime
from sim.register_count import FUND, Poll
from sim.silence import silence_named
from sim.standing import fault_of_notice, faults_named
from sim.texts import Text, same

ELECTION = "elect_committee"
OF_A_COUNT = (
    "file", "regime", "counted", "category", "local", "silence", "buildings", "seats", "seed", "notice_days", "faults",
)  # fmt: skip
LISTS = ("buildings=", "faults=")
OF_A_FIGURE = ("figure", "output", "owners")
EXAMPLE = "cogov ballot file=docs/example_register.csv regime=civil_code_2021 category=replace_provider"


@dataclass(frozen=True)
class BallotRequest:
    """A register to be counted; seating is None where it votes on a motion."""

    lines: tuple[Line, ...]
    poll: Poll
    local: LocalRule
    counted: date | None
    faults: tuple[str, ...]
    seating: Seating | None
    seed: int


def options_in(words: Sequence[str]) -> Mapping[str, str]:
    """Return the words as options, each known and given once.

    Raises:
        InputError: one is no option of this verb, or stands twice.
    """
    known, found = (*OF_A_COUNT, *OF_A_FIGURE), {}
    for word in _whole_lists(rejoined(words)):
        key, equals, value = word.partition("=")
        if not equals or key not in known:
            near = nearest(key, known)
            raise InputError(NO_OPTION.filled(key=key), allowed=same(", ".join(known)), nearest=near, attempt=EXAMPLE)
        if key in found:
            raise InputError(TWICE.filled(key=key))
        found[key] = value
    return found


def _whole_lists(words: Iterable[str]) -> Iterator[str]:
    """Yield words with lists put together again that a shell has split at their commas, as PowerShell does.

    >>> list(_whole_lists(["buildings=3", "4", "seats=5"]))
    ['buildings=3,4', 'seats=5']
    """
    started = ""
    for word in words:
        if started.startswith(LISTS) and "=" not in word:
            started = f"{started},{word}"
            continue
        if started:
            yield started
        started = word
    if started:
        yield started


def requested(options: Mapping[str, str]) -> BallotRequest:
    """Return the count that options ask for.

    Raises:
        InputError: an option is missing, wrong or does not go with another, or the register is wrong.
    """
    _require(options, ("file", "category"), OF_A_COUNT)
    return request_for(options, lambda is_election: read_register(Path(options["file"]), is_election))


def request_for(options: Mapping[str, str], read: Callable[[bool], tuple[Line, ...]]) -> BallotRequest:
    """Return the count of a register that `read` gives, once told whether its votes name candidates."""
    _require(options, ("category",), OF_A_COUNT)
    counted = _date(options["counted"]) if "counted" in options else None
    regime, category = _regime(options, counted), options["category"]
    regime.rule(category)
    local = local_rule(options["local"]) if "local" in options else NATION
    local = local.in_force(counted) if counted is not None else local
    seed, number = _whole("seed", options.get("seed", "1")), _seats(options, category)
    faults = _faults(options, local)
    silence = options.get("silence", str(local.said("silence").value))
    silence_named(silence)
    lines = read(number is not None)
    poll = Poll(regime, category, silence, _basis(local), _proxies(local, regime), _buildings(options, category, lines))
    seating = seating_here(number, local, lines) if number is not None else None
    return BallotRequest(lines, poll, local, counted, faults, seating, seed)


def _require(options: Mapping[str, str], needed: Iterable[str], known: Sequence[str]) -> None:
    for key in needed:
        if not options.get(key):
            raise InputError(MISSING.filled(key=key), attempt=EXAMPLE)
    for key in options:
        if key not in known:
            raise InputError(NOT_HERE.filled(key=key), allowed=same(", ".join(known)))


def _regime(options: Mapping[str, str], counted: date | None) -> Regime:
    if ("regime" in options) == (counted is not None):
        raise InputError(ONE_LAW, allowed=ONE_LAW_ALLOWED, attempt=EXAMPLE)
    return law_on(counted) if counted is not None else law_named(options["regime"])


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(REFUSED.filled(key="counted", value=same(repr(words))), allowed=DATE) from None


def _whole(key: str, words: str) -> int:
    if words.isascii() and words.isdigit():
        return int(words)
    raise InputError(REFUSED.filled(key=key, value=same(repr(words))), allowed=WHOLE)


def _seats(options: Mapping[str, str], category: str) -> int | None:
    if "seats" not in options:
        return None
    if category != ELECTION:
        raise InputError(ONLY_WITH.filled(key="seats", other=ELECTION))
    return _whole("seats", options["seats"])


def _faults(options: Mapping[str, str], local: LocalRule) -> tuple[str, ...]:
    given = faults_named(several(options.get("faults", "")))
    if "notice_days" not in options:
        return given
    asked = int(str(local.said("notice_days").value))
    return tuple(dict.fromkeys((*fault_of_notice(_whole("notice_days", options["notice_days"]), asked), *given)))


def _basis(local: LocalRule) -> Basis:
    return Basis(
        parking=local.said("parking").value == "counted",
        developer_is_one=local.said("developer_units").value == "one_head",
    )


def _proxies(local: LocalRule, regime: Regime) -> ProxyRule:
    cap = local.said("proxy_cap").value
    return ProxyRule(cap if isinstance(cap, int) else None, regime.proxies)


def _buildings(options: Mapping[str, str], category: str, lines: Sequence[Line]) -> tuple[str, ...]:
    if "buildings" not in options:
        return ()
    if category not in FUND:
        raise InputError(ONLY_WITH.filled(key="buildings", other=", ".join(FUND)))
    named, known = several(options["buildings"]), list(dict.fromkeys(line.building for line in lines if line.building))
    if not known:
        raise InputError(NO_BUILDINGS)
    for name in named or [""]:
        if name not in known:
            what = REFUSED.filled(key="buildings", value=same(repr(name)))
            raise InputError(what, allowed=same(", ".join(known)), nearest=nearest(name, known))
    return tuple(named)


NO_OPTION = Text(zh="ballot 没有名为 {key} 的选项", en="ballot has no option called {key}")
TWICE = Text(zh="{key} 写了两次", en="{key} is given twice")
MISSING = Text(zh="缺少 {key}=", en="{key}= is missing")
NOT_HERE = Text(zh="数一份名册时不用 {key}", en="{key} has no use where a register is counted")
ONE_LAW = Text(zh="regime= 和 counted= 要写一个，也只写一个", en="exactly one of regime= and counted= says which law holds")
ONE_LAW_ALLOWED = Text(
    zh="regime=property_law_2007、regime=civil_code_2021，或计票日期 counted=2021-01-08",
    en="regime=property_law_2007, regime=civil_code_2021, or the day of the count, counted=2021-01-08",
)
REFUSED = Text(zh="{key} 不能取 {value}", en="{key} cannot be {value}")
DATE = Text(zh="年-月-日，如 2021-01-08", en="year-month-day, such as 2021-01-08")
WHOLE = Text(zh="整数，不小于 0", en="a whole number, 0 or more")
ONLY_WITH = Text(zh="{key} 只用于 {other}", en="{key} goes with {other} only")
NO_BUILDINGS = Text(zh="名册没有楼号（building）一列", en="the register has no column building")
