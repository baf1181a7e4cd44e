"""The moment at which a week's hours are planned."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Plan(Moment):
    """What measures ask for in one estate this week: hours of a body for an activity, more hours, backing for owners.

    promises: how many are open.
    """

    promises: int = 0
    hours: list[tuple[str, str, float, Source]] = field(default_factory=list)
    more: list[tuple[str, float, Source]] = field(default_factory=list)
    backings: list[float] = field(default_factory=list)
    question: ClassVar[str] = "plan"

    def ask_hours(self, body: str, activity: str, hours: float, *, clause: str) -> None:
        """Ask that a body give hours a week to an activity."""
        if hours:
            self.hours.append((body, activity, hours, self.source(clause)))

    def add_hours(self, body: str, hours: float, *, clause: str) -> None:
        """Ask that a body have more hours a week."""
        if hours:
            self.more.append((body, hours, self.source(clause)))

    def back(self, backing: float) -> None:
        """Ask for backing of owners' bodies, 0-1, on top of what they get today."""
        self.backings.append(backing)

    def backing(self, today: float) -> float:
        """Return the backing that results: what is there and each addition cover parts of what is missing."""
        for backing in sorted(self.backings):
            today += (1 - today) * backing
        return today
