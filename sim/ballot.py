"""Counting a vote of the owners: by heads and by floor area, exactly, under the law that is given.

`count` judges one register; `tally_of` and `decide` do the same from arrays, for one vote in a week of the
model; `count_many` judges thousands of ballots at once.  All know the law only through `Regime.rule`.
"""

from typing import NamedTuple

import numpy as np

from sim.decision import FLOOR, Decision, Silent, Tally, decide
from sim.households import I8, U1
from sim.regime import LARGEST_AREA, Flags, Regime, Threshold
from sim.register import Register, Vote
from sim.silence import DEFAULT, Silence, assenting, leads, silence_named, taking_part

Pair = tuple[I8, I8]  # heads and area

TOO_LARGE = f"areas may sum to at most {LARGEST_AREA} hundredths of a square metre"
NO_VOTE = f"votes must be whole numbers from 0 to {max(Vote)}: see sim.register.Vote"
NO_OWNER = "there must be an owner, and each must have an area of at least 0.01 m2"


def count(regime: Regime, category: str, register: Register) -> Decision:
    """Count one register under a regime, as a decision of the given category.

    >>> from sim.law_in_force import law_named
    >>> from sim.register import Owner
    >>> votes = [Vote.YES] * 4 + [Vote.NO] * 2 + [Vote.ABSENT] * 3
    >>> nine = Register(tuple(Owner(str(n), 100_00, vote) for n, vote in enumerate(votes)))
    >>> count(law_named("property_law_2007"), "replace_provider", nine).passed
    False
    >>> count(law_named("civil_code_2021"), "replace_provider", nine).passed
    True
    """
    return decide(regime, category, tally(register))


def tally(register: Register) -> Tally:
    """Return the heads and areas of a register."""
    present = [owner for owner in register.owners if owner.vote is not Vote.ABSENT]
    assenting = [owner for owner in present if owner.vote is Vote.YES]
    groups = (register.owners, present, assenting)
    return Tally(*(total for group in groups for total in (len(group), sum(owner.area for owner in group))))


def tally_of(votes: U1, area: I8) -> Tally:
    """Return the heads and areas of one vote given as arrays, ready for `decide`.

    votes: shape (h,); codes of `Vote`, one an owner.  area: shape (h,); [0.01 m2].
    """
    return Tally(*(int(number) for pair in _counted(votes, area) for number in pair))


class Returns(NamedTuple):
    """What came back in one vote: what was really cast, and the silent votes with their rule."""

    cast: Tally
    silent: Silent


def returns_of(votes: U1, area: I8, silence: str = DEFAULT, reached: Flags | None = None) -> Returns:
    """Return what came back in one vote given as arrays, ready for `decide_with_silent`.

    reached: shape (h,); whom the ballot paper reached, nobody unless given.
    """
    silent = np.zeros(len(votes), np.bool_) if reached is None else reached & (votes == Vote.ABSENT)
    (heads, silent_area), yes, no = (_whole(chosen, area) for chosen in (silent, votes == Vote.YES, votes == Vote.NO))
    return Returns(tally_of(votes, area), Silent(silence, heads, silent_area, yes, no))


def decide_with_silent(regime: Regime, category: str, cast: Tally, silent: Silent) -> Decision:
    """Judge what was really cast once the silent votes have their place.

    Owners whom the ballot paper did not reach are among all owners and never among the silent.
    """
    about = silence_named(silent.rule)
    if not about.takes_part:
        return decide(regime, category, cast)
    yes_leads = leads(silent.yes, silent.no)
    whole = cast._replace(
        present_heads=taking_part(about, cast.present_heads, silent.heads),
        present_area=taking_part(about, cast.present_area, silent.area),
        yes_heads=assenting(about, cast.yes_heads, silent.heads, yes_leads),
        yes_area=assenting(about, cast.yes_area, silent.area, yes_leads),
    )
    return decide(regime, category, whole, silent)


class Decisions(NamedTuple):
    """What many ballots came to: `heads` and `area` of all owners, and arrays of the shape of the ballots."""

    heads: int
    area: int
    present_heads: I8
    present_area: I8
    yes_heads: I8
    yes_area: I8
    quorum: Flags
    approved: Flags
    passed: Flags


def count_many(
    regime: Regime, category: str, votes: U1, area: I8, silence: str = DEFAULT, reached: Flags | None = None
) -> Decisions:
    """Count many ballots among the same owners, each to the same result as `count`.

    Exact in 64-bit integers, since areas that could sum to more than `LARGEST_AREA` are refused.

    votes: shape (..., h); codes of `Vote`, one an owner.  area: shape (h,); [0.01 m2].
    silence: a key of `SILENCES`.  reached: shape (..., h); whom the ballot paper reached, everyone unless given.

    Raises:
        ValueError: no owner, an area below 0.01 m2 or too large, or a code that is no vote.
        TypeError: areas that are not whole numbers.
    """
    about, rule = silence_named(silence), regime.rule(category)
    everyone, cast, yes = _counted(votes, area)
    present, agreeing = cast, yes
    if about.takes_part:
        present, agreeing = _with_silent(about, cast, yes, votes, area, reached)
    quorum = _both(rule.quorum, present, everyone)
    approved = _both(rule.approval, agreeing, everyone if rule.approval.of == "all" else present)
    passed = quorum & approved & (_both(FLOOR, yes, everyone) if about.floor else True)
    heads, whole = (int(number) for number in everyone)
    return Decisions(heads, whole, *present, *agreeing, quorum, approved, passed)


def _with_silent(about: Silence, cast: Pair, yes: Pair, votes: U1, area: I8, reached: Flags | None) -> tuple[Pair, Pair]:
    """Return those taking part and those assenting, the silent among them as their rule has it."""
    is_silent = votes == Vote.ABSENT if reached is None else (votes == Vote.ABSENT) & reached
    no, silent = _pair(votes == Vote.NO, area), _pair(is_silent, area)
    yes_leads = leads(yes, no)
    present = taking_part(about, cast[0], silent[0]), taking_part(about, cast[1], silent[1])
    return present, (assenting(about, yes[0], silent[0], yes_leads), assenting(about, yes[1], silent[1], yes_leads))


def _counted(votes: U1, area: I8) -> tuple[Pair, Pair, Pair]:
    """Return heads and area of all, of those taking part and of those assenting."""
    area = _checked(votes, area)
    everyone = np.ones(area.size, np.bool_)
    return _pair(everyone, area), _pair(votes != Vote.ABSENT, area), _pair(votes == Vote.YES, area)


def _pair(chosen: Flags, area: I8) -> Pair:
    return np.asarray(np.count_nonzero(chosen, axis=-1)), chosen @ area


def _whole(chosen: Flags, area: I8) -> tuple[int, int]:
    heads, size = _pair(chosen, area)
    return int(heads), int(size)


def _checked(votes: U1, area: I8) -> I8:
    """Return the areas as 64-bit integers that are safe to sum."""
    area = area.astype(np.int64, casting="safe")
    if area.size == 0 or area.min() < 1:
        raise ValueError(NO_OWNER)
    if int(area.max()) * area.size > LARGEST_AREA:
        raise ValueError(TOO_LARGE)
    if votes.dtype.kind not in "iu" or (votes.size and not 0 <= votes.min() <= votes.max() <= max(Vote)):
        raise ValueError(NO_VOTE)
    return area


def _both(threshold: Threshold, part: Pair, whole: Pair) -> Flags:
    """Tell where heads and area both reach a threshold."""
    return threshold.reached_by_each(part[0], whole[0]) & threshold.reached_by_each(part[1], whole[1])
