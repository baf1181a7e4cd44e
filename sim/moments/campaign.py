"""The moment at which publicity is planned."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Campaign(Moment):
    """Publicity in one estate: how strong, how often; nothing unless asked for."""

    requests: list[tuple[int, float, Source]] = field(default_factory=list)
    question: ClassVar[str] = "campaign"

    def every(self, weeks: int, *, intensity: float, clause: str) -> None:
        """Ask for a campaign of an intensity (0-1) every so many weeks."""
        if intensity:
            self.requests.append((weeks, intensity, self.source(clause)))

    def resolve(self) -> tuple[int, float, Source] | None:
        """Return interval, intensity and source of the strongest campaign asked for, or None."""
        return max(self.requests, key=lambda asked: (asked[1], -asked[0], asked[2].measure), default=None)
