"""What a vote came to, and why: quorum and approval in whole numbers, with the articles of each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from sim.regime import Base, Regime, Rule, Threshold
from sim.texts import Text

COUNTED = Text(
    zh="业主 {heads} 人，专有部分 {area} 平方米；一人多套算一人，建设单位未售、未交付的合起来算一人。",
    en=(
        "{heads} owners with {area} m²; an owner of several units is one, the developer's unsold and "
        "undelivered units are one."
    ),
)
TOOK_PART = Text(
    zh=(
        "参与表决 {heads} 人、{area} 平方米，占全体业主人数的 {of_heads}、面积的 {of_area}；要求人数、"
        "面积各{bar}：{reached}。"
    ),
    en=(
        "{heads} owners with {area} m² took part, {of_heads} of all heads and {of_area} of all area; "
        "each must be {bar}: {reached}."
    ),
)
ASSENTED = Text(
    zh=("同意 {heads} 人、{area} 平方米，占{base}人数的 {of_heads}、面积的 {of_area}；要求人数、面积各{bar}：{reached}。"),
    en=(
        "{heads} owners with {area} m² assented, {of_heads} of the heads and {of_area} of the area of "
        "{base}; each must be {bar}: {reached}."
    ),
)
BASES: Mapping[Base, Text] = MappingProxyType(
    {
        "all": Text(zh="全体业主", en="all owners"),
        "participating": Text(zh="参与表决业主", en="those taking part"),
    }
)
READABLE = 1_000  # the largest denominator that is told
REACHED = {True: Text(zh="达到", en="reached"), False: Text(zh="未达到", en="missed")}
ADOPTED = Text(zh="结果：通过。", en="Result: adopted.")
NO_QUORUM = Text(zh="结果：未通过，参与表决的不够。", en="Result: not adopted, too few took part.")
REJECTED = Text(zh="结果：未通过，同意的不够。", en="Result: not adopted, too few assented.")


class Tally(NamedTuple):
    """What was counted: heads and area [0.01 m2] of all, of those taking part, and of those assenting."""

    heads: int
    area: int
    present_heads: int
    present_area: int
    yes_heads: int
    yes_area: int


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

    @property
    def passed(self) -> bool:
        """Tell whether the matter is adopted."""
        return self.quorum and self.approved

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
            Reason(self._took_part(rule.quorum), rule.quorum.articles),
            Reason(self._assented(rule.approval), rule.approval.articles),
            self._result(rule),
        )

    def _counted(self) -> Text:
        return COUNTED.filled(heads=self.tally.heads, area=metres(self.tally.area))

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
        return Reason(REJECTED, rule.approval.articles)


def decide(regime: Regime, category: str, tally: Tally) -> Decision:
    """Judge heads and areas that have been counted."""
    rule = regime.rule(category)
    heads, area = _base(rule.approval, tally)
    reached = rule.quorum.reached
    quorum = reached(tally.present_heads, tally.heads) and reached(tally.present_area, tally.area)
    reached = rule.approval.reached
    approved = reached(tally.yes_heads, heads) and reached(tally.yes_area, area)
    return Decision(regime, category, tally, quorum, approved)


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
