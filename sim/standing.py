"""Whether a decision stands: in force once adopted, and open to annulment where its procedure was at fault.

A missed threshold means that the matter is not adopted.  A fault of procedure is something else: the decision
binds, until an injured owner has a court annul it, by a suit within a year of knowing, or the authority orders
it corrected or cancels it.  Suits are rare and owners seldom win them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sim.decision import Reason
from sim.errors import InputError, nearest
from sim.texts import Text, same


@dataclass(frozen=True)
class Fault:
    """A fault of procedure: what went wrong, the articles that say so, and whether it is a weak ground alone."""

    says: Text
    articles: tuple[str, ...]
    weak: bool = False


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "no_notice": Fault(
            Text(zh="会前没有通知业主", en="owners had no notice of the assembly"),
            ("property_management_regulations_14",),
        ),
        "short_notice": Fault(
            Text(zh="会前通知不足规定的日数", en="owners had fewer days of notice than the rule asks for"),
            ("property_management_regulations_14",),
        ),
        "off_agenda": Fault(
            Text(zh="表决的事项不在公告的议程内", en="the matter was not on the agenda that was posted"),
            ("property_management_regulations_14",),
        ),
        "committee_not_told": Fault(
            Text(zh="没有告知居民委员会", en="the residents' committee was not told"),
            ("property_management_regulations_14", "property_management_regulations_20"),
            weak=True,
        ),
    }
)
GROUND = Text(
    zh="程序瑕疵：{fault}。决定仍然有效，但受侵害的业主可以在知道之日起一年内请求法院撤销，主管部门也可以责令改正或者撤销；"
    "这类诉讼很少，业主很少胜诉。",
    en="A fault of procedure: {fault}. The decision is in force all the same, but an injured owner may ask the court to "
    "annul it within a year of knowing, and the authority may order it corrected or cancel it; such suits are rare and "
    "owners seldom win.",
)
WEAK_GROUND = Text(
    zh="程序瑕疵：{fault}。决定仍然有效；没有条文规定因此无效，单凭这一点很难撤销。",
    en="A fault of procedure: {fault}. The decision is in force all the same; no article attaches nullity to this, and "
    "alone it is a weak ground for annulment.",
)
ANNULMENT = ("condominium_interpretation_12", "property_management_regulations_19")
UNKNOWN = Text(zh="faults 不能取 {key}", en="faults cannot be {key}")


def faults_named(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of faults, each known.

    Raises:
        InputError: there is no fault of that name.
    """
    for key in keys:
        if key not in FAULTS:
            raise InputError(
                UNKNOWN.filled(key=same(repr(key))), allowed=same(", ".join(FAULTS)), nearest=nearest(key, FAULTS)
            )
    return tuple(keys)


def fault_of_notice(days: int, asked: int) -> tuple[str, ...]:
    """Return the fault that so many days of notice are, where the rule asks for `asked`.

    >>> fault_of_notice(2, 15), fault_of_notice(15, 15)
    (('short_notice',), ())
    """
    if days >= asked:
        return ()
    return ("short_notice",) if days else ("no_notice",)


def grounds(faults: Sequence[str], annulment: str) -> tuple[Reason, ...]:
    """Return a reason for each fault of an adopted decision; `annulment` is the article of the owner's suit."""
    found = [FAULTS[key] for key in faults]
    return tuple(
        Reason((WEAK_GROUND if fault.weak else GROUND).filled(fault=fault.says), (*fault.articles, annulment, *ANNULMENT))
        for fault in found
    )
