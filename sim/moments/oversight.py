"""The moment at which violations that were found are dealt with."""

from dataclasses import dataclass
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Oversight(Moment):
    """Chances a month that dissuasion ends a violation and that it is reported; penalty, delay; all may be raised."""

    dissuaded: float
    reported: float
    penalty: float
    delay_weeks: int
    by: Source = Source()
    question: ClassVar[str] = "oversee"

    def strengthen(self, *, dissuade: float, report: float, penalty: float, delay_weeks: int | None, clause: str) -> None:
        """Ask for more: chances cover parts of what is missing, penalties add up, the shortest delay holds."""
        self.dissuaded += (1 - self.dissuaded) * dissuade
        self.reported += (1 - self.reported) * report
        self.penalty += penalty
        if delay_weeks is not None:
            self.delay_weeks = min(self.delay_weeks, delay_weeks)
        if dissuade or report or penalty or delay_weeks is not None:
            self.by = max(self.by, self.source(clause), key=lambda source: source.measure)
