"""A city's own rule of the owners' vote: what it says otherwise than the nation, each value with its article.

A rule is values by key over the national ones, from a file; the shipped files lie in `sim/law/local`.  `KEYS`
declares what may be said: its kind of value, its label, and the national value with its source.  A key that a
file does not name is no statement that the city has no such rule: it says that our facts do not hold one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from sim.local_law import AS_THE_NATION, LocalLaw, LocalValue
from sim.local_values import OneOf, Shape, Share, SomeOf, Whole, YesNo
from sim.regime import CATEGORIES
from sim.silence import DEFAULT, SILENCES
from sim.texts import Text

ROOM = Path(__file__).with_name("law") / "local"
Certainty = Literal["law", "seen", "memory", "user"]


@dataclass(frozen=True)
class Said:
    """A value with where it stands and whether that was read, seen in part, recalled, or given by the user.

    since, until: its first and last day, None where the file gives none.
    """

    value: LocalValue | None
    where: Text
    certainty: Certainty = "law"
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it says something on a day."""
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True)
class Key:
    """One thing that a local rule may say, and what holds in the nation."""

    label: Text
    shape: Shape
    national: Said


def _national(value: LocalValue | None, zh: str, en: str, certainty: Certainty = "law") -> Said:
    return Said(value, Text(zh=zh, en=en), certainty)


OPEN = _national(None, "国家没有规定", "no national rule")
REGULATIONS_13 = ("《物业管理条例》第十三条", "Property Management Regulations art. 13")
RULES_31 = ("《指导规则》第三十一条", "Guiding Rules art. 31")
DAYS, PEOPLE, YEARS = Text(zh="日", en="days"), Text(zh="人", en="people"), Text(zh="年", en="years")
BASES = OneOf(("owners", "area", "owners_and_area", "owners_or_area"))
BARS = ("arrears", "illegal_building", "provider_staff", "convicted", "not_owner")

KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "petition_share": Key(
            Text(zh="提议召开临时会议的业主比例", en="share of owners who may call an assembly"),
            Share(),
            _national(Fraction(1, 5), *REGULATIONS_13),
        ),
        "petition_base": Key(
            Text(zh="提议比例的基数", en="what that is a share of"), BASES, _national("owners", *REGULATIONS_13)
        ),
        "application_share": Key(
            Text(zh="申请成立首次业主大会的比例", en="share of owners who may apply for a first assembly"), Share(), OPEN
        ),
        "application_base": Key(Text(zh="申请比例的基数", en="what that application is a share of"), BASES, OPEN),
        "delivered_share": Key(
            Text(zh="首次业主大会前须交付的面积比例", en="share of area delivered before a first assembly"),
            Share(),
            _national(Fraction(1, 2), "《指导规则》", "Guiding Rules", "memory"),
        ),
        "notice_days": Key(
            Text(zh="会前通知", en="notice before an assembly"),
            Whole(0, 90, DAYS),
            _national(15, "《物业管理条例》第十四条", "Property Management Regulations art. 14"),
        ),
        "posting_days": Key(Text(zh="结果公示", en="posting of the result"), Whole(0, 90, DAYS), OPEN),
        "objection_days": Key(Text(zh="异议期", en="period for objections"), Whole(0, 90, DAYS), OPEN),
        "extension_days": Key(Text(zh="回收不足时延长投票", en="extension for lack of returns"), Whole(0, 180, DAYS), OPEN),
        "committee_least": Key(
            Text(zh="业主委员会最少人数", en="fewest committee members"),
            Whole(3, 21, PEOPLE),
            _national(5, *RULES_31, "memory"),
        ),
        "committee_most": Key(
            Text(zh="业主委员会最多人数", en="most committee members"),
            Whole(3, 21, PEOPLE),
            _national(11, *RULES_31, "memory"),
        ),
        "small_committee": Key(
            Text(zh="很小的小区业委会最少人数", en="fewest members in a small estate"), Whole(3, 5, PEOPLE), OPEN
        ),
        "small_estate_units": Key(
            Text(zh="算很小的小区：不超过多少户", en="small estate: at most so many units"),
            Whole(1, 1000, Text(zh="户", en="units")),
            OPEN,
        ),
        "small_estate_area": Key(
            Text(zh="算很小的小区：不超过多少面积", en="small estate: at most so much area"),
            Whole(1, 1_000_000, Text(zh="平方米", en="m²")),
            OPEN,
        ),
        "term_years_least": Key(Text(zh="业委会任期最短", en="shortest term"), Whole(1, 10, YEARS), OPEN),
        "term_years_most": Key(
            Text(zh="业委会任期最长", en="longest term"),
            Whole(1, 10, YEARS),
            _national(5, "《指导规则》", "Guiding Rules", "memory"),
        ),
        "short_committee": Key(
            Text(zh="没有选满席位时", en="where not all seats are elected"),
            OneOf(("more_than_half_of_seats", "all_seats", "lawful_minimum")),
            OPEN,
        ),
        "candidate_bars": Key(
            Text(zh="不能参选的情形", en="what bars a candidate"),
            SomeOf(BARS),
            _national(("not_owner",), "《物业管理条例》第十六条", "Property Management Regulations art. 16"),
        ),
        "candidate_vetting": Key(
            Text(zh="候选人由谁审查", en="who vets candidates"),
            OneOf(("subdistrict", "residents_committee", "party_organization")),
            OPEN,
        ),
        "proxy_cap": Key(
            Text(zh="一名代理人最多代理几人", en="most owners a proxy may represent"), Whole(0, 100, PEOPLE), OPEN
        ),
        "proxy_bars": Key(Text(zh="谁不能当代理人", en="who may not be a proxy"), SomeOf(("provider_staff",)), OPEN),
        "proxy_instructed": Key(
            Text(zh="代理人须按委托书投票", en="a proxy votes as instructed"),
            YesNo(),
            _national(True, "《民法典》第一百六十五条", "Civil Code art. 165"),
        ),
        "silence": Key(
            Text(zh="收到表决票而不表决的", en="silent votes"),
            OneOf(tuple(SILENCES)),
            _national(DEFAULT, "《指导规则》第二十六条留给业主约定", "Guiding Rules art. 26 leaves it to owners", "memory"),
        ),
        "objection_voting": Key(
            Text(zh="可用异议表决的事项", en="matters open to objection voting"), SomeOf(tuple(CATEGORIES)), OPEN
        ),
        "objection_share": Key(
            Text(zh="异议表决：异议须少于", en="objection voting: objections must stay below"), Share(), OPEN
        ),
        "electronic_voting": Key(
            Text(zh="电子投票", en="electronic voting"), OneOf(("city_system", "allowed", "required_option")), OPEN
        ),
        "parking": Key(
            Text(zh="车位面积", en="area of parking spaces"),
            OneOf(("counted", "not_counted")),
            _national("counted", "国家没有条文；登记为专有部分的计入", "no national article; counted where registered"),
        ),
        "developer_units": Key(
            Text(zh="建设单位未售、未交付的房屋", en="the developer's unsold and undelivered units"),
            OneOf(("one_head", "one_head_a_unit")),
            _national("one_head", "《建筑物区分所有权司法解释》第九条", "Condominium Interpretation art. 9"),
        ),
        "substitution_members_least": Key(
            Text(zh="物业管理委员会最少人数", en="fewest members of a property management committee"),
            Whole(3, 31, PEOPLE),
            OPEN,
        ),
        "substitution_members_most": Key(
            Text(zh="物业管理委员会最多人数", en="most members of a property management committee"),
            Whole(3, 31, PEOPLE),
            OPEN,
        ),
        "substitution_owner_share": Key(Text(zh="物业管理委员会中业主至少占", en="owners make up at least"), Share(), OPEN),
        "substitution_chair": Key(
            Text(zh="物业管理委员会主任由谁出任", en="who takes the chair"),
            OneOf(("residents_committee", "subdistrict")),
            OPEN,
        ),
        "substitution_term_years": Key(Text(zh="代行最长", en="longest substitution"), Whole(1, 10, YEARS), OPEN),
        "substitution_only_if": Key(
            Text(zh="什么情况下可以代行", en="when substitution is allowed"),
            SomeOf(("no_committee", "failed_attempt", "urgent_matter", "entrusted_by_assembly")),
            OPEN,
        ),
        "substitution_objection_share": Key(
            Text(zh="反对的住户超过多少即终止", en="objections above this share of households end it"), Share(), OPEN
        ),
        "substitution_ends_days": Key(
            Text(zh="业委会备案后多少日内解散", en="ends within so many days of a committee's filing"),
            Whole(0, 365, DAYS),
            OPEN,
        ),
    }
)


@dataclass(frozen=True)
class LocalRule:
    """The rule of one place: what its file says, over what holds in the nation.

    adapted: whether the text was brought into line with the Civil Code; where it was not, the Code wins (L115).
    unknown: in words, what our facts do not hold.
    """

    key: str
    label: Text
    issued: int | None = None
    adapted: bool = True
    says: Mapping[str, Said] = field(default_factory=dict)
    unknown: Text | None = None

    def said(self, key: str) -> Said:
        """Return what holds here on one key, with its source: what the place says, else the nation."""
        return self.says.get(key, KEYS[key].national)

    def speaks(self, key: str) -> bool:
        """Tell whether the place itself says something on a key."""
        return key in self.says

    def on(self, day: date) -> LocalLaw:
        """Return what holds here on a day otherwise than in the nation: the law at the date of the count decides (L115)."""
        if not self.says:
            return AS_THE_NATION
        values = {key: said.value for key, said in self.in_force(day).says.items() if said.value is not None}
        return LocalLaw(values, self.issued, self.adapted)

    def in_force(self, day: date) -> "LocalRule":
        """Return the rule with what it says on a day."""
        return replace(self, says={key: said for key, said in self.says.items() if said.holds_on(day)})


def plain_value(value: LocalValue | None) -> Any:
    """Return a value as a file has it: shares and lists in their plain form.

    >>> plain_value(Fraction(1, 5)), plain_value(("rules",)), plain_value(3)
    ('1/5', ['rules'], 3)
    """
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def said_at(key: str, value: object, since: str | None, until: str | None) -> Said:
    """Return what was said on a key from its plain values, the inverse of `plain_value`; where it stands is not kept."""
    days = (date.fromisoformat(day) if day else None for day in (since, until))
    return Said(KEYS[key].shape.read(value), NATION.label, "user", *days)


NATION = LocalRule("", Text(zh="全国", en="the nation"))

CERTAINTIES: Mapping[Certainty, Text] = MappingProxyType(
    {
        "law": Text(zh="读过原文", en="text read"),
        "seen": Text(zh="见过片段", en="excerpt seen"),
        "memory": Text(zh="凭记忆", en="recalled"),
        "user": Text(zh="用户给出", en="given by the user"),
    }
)
