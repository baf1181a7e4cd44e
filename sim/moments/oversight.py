"""The moment at which violations that were found are dealt with."""

from dataclasses import dataclass
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Oversight(Moment):
    """Chances a month that dissuasion ends a violation and that it is reported; penalty, delay; all may be raised.

    dissuaded_by, reported_by, punished_by: who asked for more dissuasion; for more reports; for more penalty or speed.
    """

    dissuaded: float
    reported: float
    penalty: float
    delay_weeks: int
    dissuaded_by: Source = Source()
    reported_by: Source = Source()
    punished_by: Source = Source()
    question: ClassVar[str] = "oversee"

    def strengthen(self, *, dissuade: float, report: float, penalty: float, delay_weeks: int | None, clause: str) -> None:
        """Ask for more: chances cover parts of what is missing, penalties add up, the shortest delay holds."""
        self.dissuaded += (1 - self.dissuaded) * dissuade
        self.reported += (1 - self.reported) * report
        self.penalty += penalty
        if delay_weeks is not None:
            self.delay_weeks = min(self.delay_weeks, delay_weeks)
        source = self.source(clause)
        if dissuade:
            self.dissuaded_by = _last_by_name(self.dissuaded_by, source)
        if report:
            self.reported_by = _last_by_name(self.reported_by, source)
        if penalty or delay_weeks is not None:
            self.punished_by = _last_by_name(self.punished_by, source)


def _last_by_name(one: Source, other: Source) -> Source:
    return max(one, other, key=lambda source: source.measure)
