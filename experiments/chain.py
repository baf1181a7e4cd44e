"""The chain along which rules reach residents: which kind of event belongs to which of its links."""

from collections.abc import Mapping
from types import MappingProxyType

from sim.texts import Text

RULES, BODIES, WORK, SERVICE, PEOPLE = "rules", "bodies", "work", "service", "people"
LINKS: Mapping[str, Text] = MappingProxyType(
    {
        RULES: Text(zh="规则", en="Rules"),
        BODIES: Text(zh="谁在位、谁开会、工时用在哪里", en="Who sits, who meets, where the hours go"),
        WORK: Text(zh="承诺、纠纷、违规、表决", en="Promises, cases, violations, ballots"),
        SERVICE: Text(zh="服务与收费", en="Service and fees"),
        PEOPLE: Text(zh="满意与信任", en="Satisfaction and trust"),
    }
)
OF_RULES = ("policy_changes",)
OF_BODIES = (
    "meeting_held", "campaign_held", "committee_told", "renewal_is_due", "term_ends", "owners_try", "attempt_fades",
    "formation_is_helped", "committee_elected", "committee_expires", "shared_seat_filled",
    "shared_seat_unfilled", "stands_in", "stand_in_ends", "organises_election", "guidance_begins", "heads_canvass",
    "applies_to_stand_in", "acting_body_appointed",
)  # fmt: skip
ROUTINE = ("run_begins", "month_begins", "firm_decides", "campaign_is_due", "meeting_is_due")
"""Kinds that only mark time; they carry nothing."""
OF_SERVICE = (
    "service_quality", "collection_rate", "provider_pressure", "provider_margin", "provider_diligence",
    "preference_fit",
)  # fmt: skip
OF_PEOPLE = ("true_satisfaction", "official_satisfaction", "worst_off_", "satisfaction_", "taking_part_")


def link_of_event(action: str) -> str | None:
    """Return the link of a kind of event; None where it only marks time.

    >>> link_of_event("meeting_held"), link_of_event("promise_kept"), link_of_event("month_begins")
    ('bodies', 'work', None)
    """
    if action in ROUTINE:
        return None
    return RULES if action in OF_RULES else BODIES if action in OF_BODIES else WORK


def link_of_outcome(outcome: str) -> str | None:
    """Return the link of an outcome; None where the counts of events say the same.

    >>> link_of_outcome("service_quality"), link_of_outcome("hours_overload")
    ('service', None)
    """
    return SERVICE if outcome.startswith(OF_SERVICE) else PEOPLE if outcome.startswith(OF_PEOPLE) else None
