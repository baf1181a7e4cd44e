"""The moment at which an assembly is about to be called."""

from dataclasses import dataclass
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Notice(Moment):
    """How many weeks before an assembly the residents' committee is told and heard; none unless asked for."""

    weeks: int = 0
    by: Source = Source()
    question: ClassVar[str] = "give_notice"

    def before(self, weeks: int, *, clause: str) -> None:
        """Ask for weeks of prior notice; the longest holds."""
        if weeks > self.weeks:
            self.weeks, self.by = weeks, self.source(clause)
