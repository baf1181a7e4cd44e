"""Events in plain words: the one place where the keys in an event get their labels."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sim.events import CALENDAR_EVENTS, EventKind
from sim.households import MATTERS
from sim.mechanisms.violations import KINDS as VIOLATIONS
from sim.parts import parts
from sim.regime import CATEGORIES
from sim.texts import Text, same

OTHER_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "legacy": Text(zh="开发商遗留", en="what the developer left undone"),
        "acting": Text(zh="居委会代行", en="the residents' committee acts"),
        "joint_committee": Text(zh="联合委员会", en="joint committee"),
        "director": Text(zh="居委会成员任主任", en="one of its people as director"),
        "members": Text(zh="居委会成员任委员", en="its people as members"),
        "committee elected": Text(zh="业委会选出", en="a committee was elected"),
        "rule ended": Text(zh="规定停止", en="the rule ended"),
        "sunset": Text(zh="期满", en="its time was up"),
        "objections": Text(zh="反对的住户过多", en="too many households objected"),
        "application": Text(zh="申请阶段", en="at the application"),
        "preparation": Text(zh="筹备阶段", en="in preparation"),
        "too few apply": Text(zh="申请的业主不够", en="too few owners apply"),
        "too little delivered": Text(zh="开发商未售的面积太多", en="the developer holds too much of the area"),
        "arrears": Text(zh="欠缴物业费", en="who owes the fee"),
        "calendar": Text(zh="日历", en="calendar"),
        "shock": Text(zh="偶发", en="chance"),
        "user": Text(zh="用户", en="user"),
        "residents": Text(zh="住户", en="residents"),
        "owners": Text(zh="业主", en="owners"),
        "short_notice": Text(zh="公告不足法定时间", en="notice too short"),
        "off_agenda": Text(zh="表决事项不在公告里", en="a matter that was not on the posted agenda"),
        "committee_not_told": Text(zh="没有告知居委会", en="the residents' committee was not told"),
        "recall_committee": Text(zh="罢免业主委员会", en="recall of the owners' committee"),
        "recalled": Text(zh="被罢免", en="recalled"),
        "annulled": Text(zh="选举被撤销", en="its election was annulled"),
        "no member left": Text(zh="成员全部离任", en="no member was left"),
        "self": Text(zh="自荐", en="who stood without being nominated"),
        "initiators": Text(zh="发起人", en="one of the initiators"),
        "plurality_at_large": Text(zh="多票制", en="plurality at large"),
        "approval": Text(zh="认可制", en="approval"),
        "proportional_approval": Text(zh="比例认可制", en="proportional approval"),
        "equal_shares": Text(zh="等份额制", en="equal shares"),
        "-": Text(zh="不再有任何措施", en="no measure any more"),
    }
)
ITEMS = Text(zh="{number} 项议题", en="{number} items")
PER_CENT = Text(zh="{number}%", en="{number}%")
COUNTED: Mapping[str, Text] = MappingProxyType({"meeting_held": ITEMS})
ANY = Text(zh="某项", en="a matter")
SOMETHING: Mapping[str, Text] = MappingProxyType(
    {
        **dict.fromkeys(("shared_seat_filled", "shared_seat_unfilled"), Text(zh="其他机构", en="another body")),
        **dict.fromkeys(("arrears_demanded", "demands_answered", "firm_pursues"), Text(zh="若干", en="some")),
        **dict.fromkeys(("authority_acts", "authority_lets_it_be"), Text(zh="违规", en="a violation")),
    }
)
"""What stands for the detail where a kind of event is named, not one event."""
ANYWHERE = Text(zh="小区", en="an estate")
SHARE = re.compile(r"0?\.\d+|1\.0+")
NUMBERED = re.compile(r"(.+) (\d+)")


@cache
def words() -> Mapping[str, Text]:
    """Return the label of every key that an event may hold."""
    named = {key: cls.label for kind in ("agent", "measure", "archetype") for key, cls in parts(kind).items()}
    return MappingProxyType({**OTHER_WORDS, **MATTERS, **VIOLATIONS, **CATEGORIES, **named})


@cache
def kinds() -> Mapping[str, EventKind]:
    """Return every kind of event: of the calendar, of cases, of every agent."""
    from sim.case_events import CASE_EVENTS

    own = {action: kind for cls in parts("agent").values() for action, kind in cls.events.items()}
    return MappingProxyType({**CALENDAR_EVENTS, **CASE_EVENTS, **own})


def labelled(key: str) -> Text:
    """Return a key's label, or the key itself where it has none, such as the name of a user's estate.

    >>> labelled("cleaning").en, labelled("阳光小区").en
    ('cleaning', '阳光小区')
    """
    return words().get(key, same(key))


def detail_of(action: str, detail: str) -> Text:
    """Return an event's detail in plain words: one key, several, or keys with numbers.

    >>> detail_of("policy_changes", "cross_serving, joint_meeting").en
    'cross-serving, joint meeting'
    >>> detail_of("campaign_held", "0.25").zh
    '25%'
    """
    if action in COUNTED:
        return COUNTED[action].filled(number=detail)
    if SHARE.fullmatch(detail):
        return PER_CENT.filled(number=f"{100 * float(detail):.0f}")
    said = [_piece(piece) for piece in detail.split(", ")]
    return Text(zh="、".join(one.zh for one in said), en=", ".join(one.en for one in said))


def _piece(piece: str) -> Text:
    numbered = NUMBERED.fullmatch(piece)
    if numbered and numbered[1] in words():
        label = words()[numbered[1]]
        return Text(zh=f"{label.zh} {numbered[2]}", en=f"{label.en} {numbered[2]}")
    return labelled(piece)


def sentence(action: str, object: str, detail: str) -> Text:
    """Return what happened in one event.

    >>> sentence("promise_kept", "阳光小区", "cleaning").zh
    '阳光小区：企业兑现承诺（卫生保洁）'
    """
    return kinds()[action].text.filled(object=labelled(object), detail=detail_of(action, detail))


def label_of(action: str) -> Text:
    """Return what a kind of event is called.

    >>> label_of("promise_kept").en, label_of("committee_elected").zh
    ('the firm keeps its promise', '小区业委会选出')
    """
    if action not in kinds():
        return same(action)
    text = kinds()[action].text
    bare = Text(zh=BEFORE.sub("", AFTER.sub("", text.zh)), en=BEFORE.sub("", AFTER.sub("", text.en)))
    return bare.filled(object=ANYWHERE, detail=SOMETHING.get(action, ANY))


BEFORE = re.compile(r"^\{object\}(：|: )")
AFTER = re.compile(r"(：|: )\{detail\}$| ?[（(][^（(]*\{detail\}[）)]$")
