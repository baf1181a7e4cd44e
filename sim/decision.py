"""What a vote came to, and why: quorum and approval in whole numbers, with the articles of each step."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sim.decision_words import (
    ADOPTED,
    ASSENTED,
    BASES,
    COUNTED,
    NO_QUORUM,
    REACHED,
    REALLY_CAST,
    REJECTED,
    SIDES,
    SILENT,
    TOO_FEW_CAST,
    TOOK_PART,
)
from sim.regime import HALF, MoreThan, Regime, Rule, Threshold
from sim.silence import SILENCES, leads
from sim.texts import Text

SILENCE_ARTICLE = "guiding_rules_26"
FLOOR = MoreThan(HALF, "all", (SILENCE_ARTICLE,))
READABLE = 1_000  # the largest denominator that is told


class Tally(NamedTuple):
    """What was counted: heads and area [0.01 m2] of all, of those taking part, and of those assenting."""

    heads: int
    area: int
    present_heads: int
    present_area: int
    yes_heads: int
    yes_area: int


class Silent(NamedTuple):
    """The silent votes of a ballot: their rule, their heads and area, and the votes really cast, as pairs."""

    rule: str
    heads: int
    area: int
    yes: tuple[int, int]
    no: tuple[int, int]

    @property
    def side(self) -> str:
        """Say which side leads among the votes cast, by heads and by area both."""
        if leads(self.yes, self.no):
            return "yes"
        return "no" if leads(self.no, self.yes) else "neither"


class Reason(NamedTuple):
    """One step of the reasoning, with the ids of the articles on which it rests."""

    text: Text
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What a vote came to: adopted where enough took part (`quorum`) and enough assented (`approved`).

    The assent of a vote without quorum is judged all the same, so that one can see what the quorum decided.
    """

    regime: Regime
    category: str
    tally: Tally
    quorum: bool
    approved: bool
    silent: Silent | None = None

    @property
    def floor_reached(self) -> bool:
        """Tell whether enough votes were really cast for it, where the rule of silence asks for a floor."""
        if self.silent is None or not SILENCES[self.silent.rule].floor:
            return True
        heads, area = self.silent.yes
        return FLOOR.reached(heads, self.tally.heads) and FLOOR.reached(area, self.tally.area)

    @property
    def passed(self) -> bool:
        """Tell whether the matter is adopted."""
        return self.quorum and self.approved and self.floor_reached

    @property
    def turnout_heads(self) -> Fraction:
        """Return the share of all owners who took part."""
        return Fraction(self.tally.present_heads, self.tally.heads)

    @property
    def turnout_area(self) -> Fraction:
        """Return the share of all area whose owners took part."""
        return Fraction(self.tally.present_area, self.tally.area)

    @property
    def assent_heads(self) -> Fraction:
        """Return the share of heads that assented, of the law's base; 0 where the base is empty."""
        return _share(self.tally.yes_heads, _base(self.regime.rule(self.category).approval, self.tally)[0])

    @property
    def assent_area(self) -> Fraction:
        """Return the share of area whose owners assented, of the law's base; 0 where the base is empty."""
        return _share(self.tally.yes_area, _base(self.regime.rule(self.category).approval, self.tally)[1])

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasoning step by step: who counts, who took part, who assented, what follows."""
        rule = self.regime.rule(self.category)
        return (
            Reason(self._counted(), self.regime.counting),
            *self._silence(),
            Reason(self._took_part(rule.quorum), rule.quorum.articles),
            Reason(self._assented(rule.approval), rule.approval.articles),
            self._result(rule),
        )

    def _counted(self) -> Text:
        return COUNTED.filled(heads=self.tally.heads, area=metres(self.tally.area))

    def _silence(self) -> tuple[Reason, ...]:
        if self.silent is None:
            return ()
        silence, silent = SILENCES[self.silent.rule], self.silent
        said = SILENT.filled(
            heads=silent.heads, area=metres(silent.area), rule=silence.label, yes=silent.yes[0],
            yes_area=metres(silent.yes[1]), no=silent.no[0], no_area=metres(silent.no[1]), side=SIDES[silent.side],
        )  # fmt: skip
        floor = (
            (Reason(REALLY_CAST.filled(reached=REACHED[self.floor_reached]), (SILENCE_ARTICLE,)),) if silence.floor else ()
        )
        return (Reason(said, (SILENCE_ARTICLE,)), *floor)

    def _took_part(self, quorum: Threshold) -> Text:
        return TOOK_PART.filled(
            heads=self.tally.present_heads,
            area=metres(self.tally.present_area),
            of_heads=told(self.turnout_heads),
            of_area=told(self.turnout_area),
            bar=quorum.words,
            reached=REACHED[self.quorum],
        )

    def _assented(self, approval: Threshold) -> Text:
        return ASSENTED.filled(
            heads=self.tally.yes_heads,
            area=metres(self.tally.yes_area),
            base=BASES[approval.of],
            of_heads=told(self.assent_heads),
            of_area=told(self.assent_area),
            bar=approval.words,
            reached=REACHED[self.approved],
        )

    def _result(self, rule: Rule) -> Reason:
        if self.passed:
            return Reason(ADOPTED, tuple(dict.fromkeys(rule.quorum.articles + rule.approval.articles)))
        if not self.quorum:
            return Reason(NO_QUORUM, rule.quorum.articles)
        if self.approved:
            return Reason(TOO_FEW_CAST, (SILENCE_ARTICLE,))
        return Reason(REJECTED, rule.approval.articles)


def decide(regime: Regime, category: str, tally: Tally, silent: Silent | None = None) -> Decision:
    """Judge heads and areas that have been counted; of `silent` votes the tally holds what their rule makes of them."""
    rule = regime.rule(category)
    heads, area = _base(rule.approval, tally)
    reached = rule.quorum.reached
    quorum = reached(tally.present_heads, tally.heads) and reached(tally.present_area, tally.area)
    reached = rule.approval.reached
    approved = reached(tally.yes_heads, heads) and reached(tally.yes_area, area)
    return Decision(regime, category, tally, quorum, approved, silent)


def _base(approval: Threshold, tally: Tally) -> tuple[int, int]:
    return tally[0:2] if approval.of == "all" else tally[2:4]


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def metres(area: int) -> str:
    """Return an area in square metres with its two decimals.

    >>> metres(899_99)
    '899.99'
    """
    return f"{area // 100}.{area % 100:02d}"


def told(share: Fraction) -> str:
    """Return a share as a fraction, or where that is hard to read in per cent, cut off and not rounded.

    What misses a threshold therefore never reads as if it reached it.

    >>> told(Fraction(2, 3)), told(Fraction(599_99, 899_99))
    ('2/3', '66.66%')
    """
    if share.denominator <= READABLE:
        return str(share)
    return metres(share.numerator * 10_000 // share.denominator) + "%"
