"""The moment at which joint meetings are called."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.moment import Moment


@dataclass
class MeetingCall(Moment):
    """Whether, how often and by which agenda joint meetings take up the matters of one estate."""

    requests: list[tuple[int, str, str, str]] = field(default_factory=list)
    question: ClassVar[str] = "call_meeting"

    def every(self, weeks: int | None, *, agenda: str, clause: str) -> None:
        """Ask for a meeting every so many weeks, with an agenda by this rule; None asks for nothing."""
        if weeks is not None:
            source = self.source(clause)
            self.requests.append((weeks, agenda, source.measure, source.clause))

    def resolve(self) -> tuple[int, str, str, str] | None:
        """Return the shortest interval asked for with its agenda, measure and clause, or None."""
        return min(self.requests, default=None)
