"""The moment at which the residents' committee may stand in for a missing or weak owners' committee."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass(frozen=True)
class Terms:
    """How a substitution works: mode, trigger, hours a week, objections that end it, weeks until it ends, what follows."""

    mode: str
    trigger: str
    hours: float
    objection_share: float
    sunset_weeks: int
    afterwards: str
    by: Source


@dataclass
class StandIn(Moment):
    """Whether and on which terms the residents' committee stands in."""

    requests: list[Terms] = field(default_factory=list)
    question: ClassVar[str] = "stand_in"

    def on(self, terms: Terms) -> None:
        """Ask for substitution on these terms; mode 'none' asks for nothing."""
        if terms.mode != "none":
            self.requests.append(terms)

    def resolve(self) -> Terms | None:
        """Return the terms asked for, or None; of several, those of the first measure by name."""
        return min(self.requests, key=lambda terms: terms.by.measure, default=None)
