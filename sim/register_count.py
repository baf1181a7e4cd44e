"""Counting a register as it came back: who votes, through whom, what the law leaves open, and the decision.

    lines -> those whose units are voted on -> proxies -> heads -> a stance each, under every reading -> decision

Where the law is silent the same register is counted under each reading, and a result is given only where all
readings agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sim.ballot import decide_with_silent
from sim.decision import Decision, Reason, Silent, Tally
from sim.errors import InputError
from sim.papers import NATIONAL, YES, Basis, Head, Line, counted_lines, developer_names, heads_of_lines, with_developer
from sim.proxies import ProxyRule, represented
from sim.regime import Regime
from sim.silence import DEFAULT
from sim.texts import Text
from sim.unsettled import Reading, Stance, readings_of

T = TypeVar("T")
FUND = ("use_maintenance_fund", "raise_maintenance_fund")
NOBODY = Text(zh="名册里没有可以计票的业主", en="the register has no owner to be counted")


@dataclass(frozen=True)
class Poll:
    """What a register is asked: the matter, the law, and the rules that local law or the owners settle.

    buildings: those whose owners are charged, in a vote on the maintenance fund; empty for all.
    """

    regime: Regime
    category: str
    silence: str = DEFAULT
    basis: Basis = NATIONAL
    proxies: ProxyRule = field(default_factory=ProxyRule)
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """The heads of a poll with what came before them: which lines count, through whom absent owners voted."""

    poll: Poll
    lines: tuple[Line, ...]
    heads: tuple[Head, ...]
    reasons: tuple[Reason, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return every reading of the law that this register calls for."""
        return readings_of(self.heads)


@dataclass(frozen=True)
class Outcome:
    """The decision under one reading."""

    reading: Reading
    decision: Decision


@dataclass(frozen=True)
class Count:
    """A register counted: one outcome a reading, of which the first is shown where they differ."""

    returned: Returned
    outcomes: tuple[Outcome, ...]

    @property
    def first(self) -> Decision:
        """Return the decision under the first reading."""
        return self.outcomes[0].decision

    @property
    def quorum(self) -> bool | None:
        """Tell whether enough took part; None where the readings disagree."""
        return agreed(outcome.decision.quorum for outcome in self.outcomes)

    @property
    def passed(self) -> bool | None:
        """Tell whether the matter is adopted; None where the readings disagree."""
        return agreed(outcome.decision.passed for outcome in self.outcomes)


def count_register(lines: Sequence[Line], poll: Poll) -> Count:
    """Count a vote on a motion."""
    returned = returned_for(lines, poll)
    outcomes = (Outcome(reading, judged(returned, reading, YES)) for reading in returned.readings)
    return Count(returned, tuple(outcomes))


def returned_for(lines: Sequence[Line], poll: Poll) -> Returned:
    """Return the heads of a poll.

    Raises:
        InputError: nobody is left to vote.
    """
    names = developer_names(lines) if poll.basis.developer_is_one else frozenset()
    voting = with_developer(counted_lines(lines, poll.basis, poll.buildings), names)
    register = with_developer(lines, names)
    if not voting:
        raise InputError(NOBODY)
    filled, proxies = represented(voting, register, poll.basis, poll.proxies)
    heads = heads_of_lines(filled, poll.basis)
    return Returned(poll, filled, heads, (*_base(lines, voting, poll), *proxies, *_open_questions(heads)))


def judged(returned: Returned, reading: Reading, target: str) -> Decision:
    """Judge assent to one target, `yes` or a candidate, under a reading."""
    poll = returned.poll
    stances = [reading.stance(head) for head in returned.heads]
    present = [stance for stance in stances if stance.choice is not None]
    assenting = [stance for stance in present if target in (stance.choice or ())]
    opposing = [stance for stance in present if stance.choice and target not in stance.choice]
    silent = [stance for stance in stances if stance.silent]
    cast = Tally(*_sums(stances), *_sums(present), *_sums(assenting))
    return decide_with_silent(
        poll.regime, poll.category, cast, Silent(poll.silence, *_sums(silent), _sums(assenting), _sums(opposing))
    )


def objecting(returned: Returned, reading: Reading) -> tuple[int, int]:
    """Return heads and area that vote against a motion, under a reading."""
    stances = [reading.stance(head) for head in returned.heads]
    return _sums([stance for stance in stances if stance.choice and YES not in stance.choice])


def agreed(values: Iterable[T]) -> T | None:
    """Return what all values are, or None where they differ.

    >>> agreed([True, True]), agreed([True, False])
    (True, None)
    """
    first, *others = values
    return first if all(other == first for other in others) else None


def _sums(stances: Sequence[Stance]) -> tuple[int, int]:
    return len(stances), sum(stance.head.area for stance in stances)


def _base(lines: Sequence[Line], voting: Sequence[Line], poll: Poll) -> Iterator[Reason]:
    if poll.buildings:
        yield Reason(CHARGED.filled(buildings=", ".join(poll.buildings), units=len(voting)), FUND_ARTICLES)
    elif poll.category in FUND:
        yield Reason(ALL_CHARGED, FUND_ARTICLES)
    parking = sum(line.kind == "parking" for line in lines)
    if parking:
        yield Reason((PARKING if poll.basis.parking else NO_PARKING).filled(units=parking), ("no_article",))
    if not poll.basis.developer_is_one:
        yield Reason(DEVELOPER_BY_UNIT, ("no_article",))


def _open_questions(heads: Sequence[Head]) -> Iterator[Reason]:
    for head in heads:
        if head.disagrees:
            article = "guiding_rules_25" if head.co_owned else "condominium_interpretation_9"
            yield Reason((CO_OWNERS if head.co_owned else AT_ODDS).filled(owner=head.name), (article,))
        if head.void:
            yield Reason(VOID.filled(owner=head.name), ("no_article",))


FUND_ARTICLES = ("maintenance_fund_measures_22",)
CHARGED = Text(
    zh="维修资金由列支范围内的业主表决：{buildings} 号楼，{units} 套。",
    en="The owners charged for the works vote on the maintenance fund: building {buildings}, {units} units.",
)
ALL_CHARGED = Text(
    zh="维修资金由列支范围内的业主表决；没有指明楼栋，按全部名册计。",
    en="The owners charged for the works vote on the maintenance fund; no building is named, so all of the register is.",
)
PARKING = Text(
    zh="车位 {units} 个，面积计入：国家没有条文，登记为专有部分的按面积计。",
    en="{units} parking spaces count with their area: no national article; what is registered as a unit is counted.",
)
NO_PARKING = Text(
    zh="车位 {units} 个，按地方规定不计入。", en="{units} parking spaces are left out, as the local rule has it."
)
DEVELOPER_BY_UNIT = Text(
    zh="按地方规定，建设单位未售、未交付的房屋一套算一人。",
    en="As the local rule has it, each unit that the developer has not sold or delivered is one head.",
)
CO_OWNERS = Text(
    zh="业主 {owner} 的共有人投票不一致：法律没有规定，按各种理解分别计。",
    en="The co-owners' ballots of {owner} disagree: unsettled law, counted under each reading.",
)
AT_ODDS = Text(
    zh="业主 {owner} 的几套房投票不一致：法律没有规定，按各种理解分别计。",
    en="The ballots of {owner}'s units disagree: unsettled law, counted under each reading.",
)
VOID = Text(
    zh="业主 {owner} 的票无效：算不算参与表决，法律没有规定，按两种理解分别计。",
    en="The ballot of {owner} is void: whether it takes part is unsettled law, counted under both readings.",
)
