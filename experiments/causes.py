"""Chains of causes: the events that concern one household or one case, each walked back to a root."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.command import both
from experiments.event_texts import labelled, sentence
from experiments.reliving import Relived
from sim.events import Event
from sim.households import ATTITUDES
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community


@dataclass(frozen=True)
class Told:
    """One event of a chain; depth: how many causes lie before it."""

    event: Event
    depth: int
    date: str

    def as_data(self) -> dict[str, Any]:
        """Return the event as plain values, with its sentence in both languages."""
        return {**self.event._asdict(), "date": self.date, "depth": self.depth, **both(said(self.event))}


def said(event: Event) -> Text:
    """Return what happened in an event, with who did it."""
    return SAID.filled(actor=labelled(event.actor), what=sentence(event.action, event.object, event.detail))


def cases_of(relived: Relived, household: int) -> list[int]:
    """Return the cases of a household, by the numbers of the events with which they began."""
    return sorted(case for case, who in relived.who.items() if who == household)


def of_cases(relived: Relived, cases: Sequence[int]) -> list[Event]:
    """Return the events of these cases in order, with the decisions of meetings that settled them."""
    wanted, found = set(cases), []
    owners = {relived.who[case] for case in cases}
    for event in relived.community.log.events:
        settled = event.action == "case_settled_in_joint_meeting" and _is_of(event, wanted, owners, relived)
        if event.seq in wanted or event.cause in wanted or settled:
            found.append(event)
    return found


def _is_of(event: Event, wanted: set[int], owners: set[int], relived: Relived) -> bool:
    """Tell whether a meeting settled one of the cases: the last of its household's that went to a meeting."""
    if int(event.detail) not in owners:
        return False
    before = [
        one.cause
        for one in relived.community.log.events[: event.seq]
        if one.action == "case_reaches_joint_meeting" and one.detail == event.detail
    ]
    return bool(before) and before[-1] in wanted


def chains(community: "Community", events: Sequence[Event]) -> Iterator[Told]:
    """Yield events with their causes before them, from each root on; what was told once is not told again."""
    known, log = set[int](), community.log.events
    for event in events:
        chain = list(back(log, event))[::-1]
        for depth, one in enumerate(chain):
            if one.seq not in known:
                known.add(one.seq)
                yield Told(one, depth, community.calendar.date(one.week).isoformat())


def back(log: Sequence[Event], event: Event) -> Iterator[Event]:
    """Yield an event, its cause, the cause of that, up to the root; log: with every event kept."""
    yield event
    while event.cause >= 0:
        event = log[event.cause]
        yield event


def household_state(community: "Community", row: int) -> Text:
    """Say who a household is and how it stands at the end."""
    people = community.households
    estate = int((people.layout.start[1:] <= row).sum())
    held = dict(zip(ATTITUDES, people.attitudes.held[:, row], strict=True))
    return STATE.filled(
        estate=labelled(community.estates[estate].name),
        tenure=TENURES[int(people.dwellings.tenure[row])],
        satisfaction=f"{100 * people.experience.satisfaction[row]:.0f}",
        committee=f"{100 * held['trust_residents_committee']:.0f}",
        provider=f"{100 * held['trust_provider']:.0f}",
        months=int(people.paying.arrears[row]),
    )


TENURES = (
    Text(zh="自住业主", en="owner-occupier"),
    Text(zh="租户", en="tenant"),
    Text(zh="空置", en="vacant"),
)
SAID = Text(zh="［{actor}］{what}", en="[{actor}] {what}")
STATE = Text(
    zh="{estate}，{tenure}。期末（0–100）满意度 {satisfaction}，对居委会的信任 {committee}，"
    "对物业企业的信任 {provider}；"
    "这套住房欠费 {months} 个月",
    en="{estate}, {tenure}. At the end (0–100): satisfaction {satisfaction}, trust in the residents' "
    "committee {committee}, in the provider {provider}; {months} months of its fee are owed",
)
