"""What a legal regime of the owners' vote is: its articles, and the rule for each category of decision.

A threshold is judged by whole numbers alone: heads are counted, areas are whole hundredths of a square
metre, and shares are compared by cross-multiplication.  Nothing is divided and nothing rounded, so that
exactly two thirds is two thirds.  'At least' (以上) includes the number itself, 'more than' (过) does not:
two classes, each with its own comparison.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from sim.errors import InputError, nearest
from sim.households import I8
from sim.texts import Text, same

Base = Literal["all", "participating"]
Flags = npt.NDArray[np.bool_]

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
# Within these bounds no product below leaves 64 bits; so much floor is eleven times the face of the Earth.
LARGEST_AREA, LARGEST_DENOMINATOR = 2**59, 8

CATEGORIES: Mapping[str, Text] = MappingProxyType(
    {
        "elect_committee": Text(zh="选举业主委员会", en="electing the owners' committee"),
        "replace_provider": Text(zh="选聘、解聘物业服务人", en="hiring or dismissing the property service provider"),
        "grade_and_fee": Text(zh="服务等级和物业费", en="service grade and property service fee"),
        "use_maintenance_fund": Text(zh="使用专项维修资金", en="using the special maintenance fund"),
        "raise_maintenance_fund": Text(zh="筹集专项维修资金", en="raising the special maintenance fund"),
        "rebuild": Text(zh="改建、重建建筑物及附属设施", en="rebuilding the buildings or their facilities"),
        "change_common_use": Text(
            zh="改变共有部分用途或用来经营", en="changing the use of common parts or trading with them"
        ),
        "rules": Text(zh="议事规则和管理规约", en="rules of procedure and owners' covenant"),
        "other": Text(zh="其他重大事项", en="other major matters"),
    }
)
SHARES: Mapping[Fraction, Text] = MappingProxyType(
    {
        HALF: Text(zh="半数", en="half"),
        TWO_THIRDS: Text(zh="三分之二", en="two thirds"),
        THREE_QUARTERS: Text(zh="四分之三", en="three quarters"),
    }
)
AT_LEAST = Text(zh="{share}以上", en="at least {share}")
MORE_THAN = Text(zh="过{share}", en="more than {share}")
UNKNOWN_CATEGORY = Text(zh="没有名为 {key} 的表决事项", en="there is no category of decision called {key}")


@dataclass(frozen=True)
class AtLeast:
    """A share that must be reached: the number itself is enough.

    `of` says of what it is a share: of all owners, or of those who take part.  `articles` are the ids of the
    articles on which it rests.

    >>> two_thirds = AtLeast(TWO_THIRDS, "all", ())
    >>> two_thirds.reached(600_00, 900_00), two_thirds.reached(599_99, 899_99)
    (True, False)
    """

    share: Fraction
    of: Base
    articles: tuple[str, ...]

    def reached(self, part: int, whole: int) -> bool:
        """Tell whether a part of a whole reaches the share."""
        return part * self.share.denominator >= whole * self.share.numerator

    def reached_by_each(self, part: I8, whole: I8) -> Flags:
        """Tell it for many parts and wholes at once; no whole may exceed `LARGEST_AREA`."""
        reached: Flags = part * self.share.denominator >= whole * self.share.numerator
        return reached

    @property
    def words(self) -> Text:
        """Return the threshold as the law says it."""
        return AT_LEAST.filled(share=SHARES.get(self.share, same(self.share)))


@dataclass(frozen=True)
class MoreThan:
    """A share that must be exceeded: the number itself is not enough.

    >>> MoreThan(HALF, "all", ()).reached(6, 12), MoreThan(HALF, "all", ()).reached(7, 12)
    (False, True)
    """

    share: Fraction
    of: Base
    articles: tuple[str, ...]

    def reached(self, part: int, whole: int) -> bool:
        """Tell whether a part of a whole exceeds the share."""
        return part * self.share.denominator > whole * self.share.numerator

    def reached_by_each(self, part: I8, whole: I8) -> Flags:
        """Tell it for many parts and wholes at once; no whole may exceed `LARGEST_AREA`."""
        exceeded: Flags = part * self.share.denominator > whole * self.share.numerator
        return exceeded

    @property
    def words(self) -> Text:
        """Return the threshold as the law says it."""
        return MORE_THAN.filled(share=SHARES.get(self.share, same(self.share)))


Threshold = AtLeast | MoreThan


@dataclass(frozen=True)
class Rule:
    """What one category of decision needs; each threshold binds heads and area alike.

    `quorum` is how many of all owners must take part, `approval` how many of its base must assent.
    """

    quorum: Threshold
    approval: Threshold


@dataclass(frozen=True)
class Article:
    """One article: where it stands, what it says in our own words, and whether we read it or recall it."""

    where: Text
    says: Text
    certainty: Literal["law", "memory"] = "law"


class Regime:
    """The law of the owners' vote between two days.

    `since` and `until` are its first and last day in force, `until` None where it still is.  `rules` holds
    a rule for every one of `CATEGORIES`; `counting` names the articles that say who is one head and which
    area counts, `proxies` those on proxies, `annulment` the one by which an owner has a decision annulled; the
    last two may stand in `sim.articles`.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    since: ClassVar[date]
    until: ClassVar[date | None]
    articles: ClassVar[Mapping[str, Article]]
    counting: ClassVar[tuple[str, ...]]
    proxies: ClassVar[tuple[str, ...]]
    annulment: ClassVar[str]
    rules: ClassVar[Mapping[str, Rule]]

    def rule(self, category: str) -> Rule:
        """Return the rule for a category of decision.

        Raises:
            InputError: there is no such category; the error names the nearest one.
        """
        if category not in self.rules:
            raise InputError(
                UNKNOWN_CATEGORY.filled(key=same(repr(category))),
                allowed=same(", ".join(CATEGORIES)),
                nearest=nearest(category, CATEGORIES),
            )
        return self.rules[category]

    def holds_on(self, day: date) -> bool:
        """Tell whether the regime is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)
