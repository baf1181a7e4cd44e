"""The event log: who did what, on which clause, caused by what.

Every event but the declared roots (calendar, shock, user) names an earlier cause in the same run.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.texts import Text

Level = Literal["all", "decisions", "none"]
Told = Callable[[int], tuple[str, str]]
ROOTS = ("calendar", "shock", "user")
NO_CAUSE = -1


@dataclass(frozen=True)
class EventKind:
    """A kind of event: its text, and whether it is a decision or routine."""

    text: Text
    routine: bool = False


class Event(NamedTuple):
    """One event; `cause` is the number of the earlier event that brought it about, -1 for roots."""

    week: int
    seq: int
    actor: str
    action: str
    clause: str
    measure: str
    object: str
    detail: str
    cause: int


CALENDAR_EVENTS: Mapping[str, EventKind] = {
    "run_begins": EventKind(Text(zh="模拟开始", en="the run begins")),
    "policy_changes": EventKind(Text(zh="规则变化：{detail}", en="the rules change: {detail}")),
    "month_begins": EventKind(Text(zh="新的一月", en="a month begins"), routine=True),
    "term_ends": EventKind(Text(zh="{object}业委会任期届满", en="the term of the owners' committee of {object} ends")),
    "renewal_is_due": EventKind(
        Text(zh="{object}业委会任期将满", en="the term of the owners' committee of {object} nears its end")
    ),
    "campaign_is_due": EventKind(Text(zh="到了宣传的日子", en="a campaign is due"), routine=True),
    "meeting_is_due": EventKind(Text(zh="到了联席会议的日子", en="a joint meeting is due"), routine=True),
}


class EventLog:
    """Events of one run in the order in which they happened; counts are kept whatever is stored."""

    def __init__(self, kinds: Mapping[str, EventKind], level: Level = "all") -> None:
        """Keep events of the given kinds; `level` says which are stored."""
        self.kinds = kinds
        self.level = level
        self.events: list[Event] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self._next = 0

    def add(
        self,
        week: int,
        actor: str,
        action: str,
        *,
        cause: int,
        object: str = "",
        detail: str = "",
        clause: str = "",
        measure: str = "",
    ) -> int:
        """Write one event and return its number, by which later events name it as their cause.

        Raises ValueError for an action that nobody declared, for an event other than a root without a cause, and
        for a cause that is not earlier.
        """
        self._require(actor, action, cause, cause)
        seq = self._next
        self._next += 1
        self.counts[action, measure] += 1
        if self._keeps(action):
            self.events.append(Event(week, seq, actor, action, clause, measure, object, detail, cause))
        return seq

    def add_all(
        self, week: int, acts: Sequence[tuple[str, str]], which: Sequence[int], causes: Sequence[int], told: Told
    ) -> int:  # fmt: skip
        """Write events in a row, which rest on no measure, and return the number of the first.

        acts: actors, each with an action.  which, causes: of each event, the index of its act, and its cause, which is none
        of these events.  told: returns object and detail of the event with an index; it is only asked about events that are
        kept.
        """
        first, kept, earliest, latest = self._next, set(), min(causes, default=0), max(causes, default=0)
        for code, number in Counter(which).items():
            actor, action = acts[code]
            self._require(actor, action, earliest, latest)
            self.counts[action, ""] += number
            if self._keeps(action):
                kept.add(code)
        self._next += len(which)
        for index, code in enumerate(which if kept else ()):
            if code in kept:
                event = Event(week, first + index, *acts[code], "", "", *told(index), causes[index])
                self.events.append(event)
        return first

    def _require(self, actor: str, action: str, earliest: int, latest: int) -> None:
        """Raise ValueError unless an action is declared and its causes, between these two, are there and earlier."""
        if action not in self.kinds:
            raise ValueError(f"no event called {action!r} is declared")
        if earliest < 0 and actor not in ROOTS:
            raise ValueError(f"{actor}'s {action!r} names no cause")
        if latest >= self._next:
            raise ValueError(f"the cause of {actor}'s {action!r} has not happened yet")

    def _keeps(self, action: str) -> bool:
        return self.level == "all" or (self.level == "decisions" and not self.kinds[action].routine)

    def root(self, week: int, action: str, *, object: str = "", detail: str = "") -> int:
        """Write an event of the calendar, which needs no cause."""
        return self.add(week, "calendar", action, cause=-1, object=object, detail=detail)
