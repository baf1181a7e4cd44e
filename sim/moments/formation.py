"""The moment at which owners try to form a committee."""

from dataclasses import dataclass
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Formation(Moment):
    """Help to owners who form a committee: hours a week of the residents' committee while they try."""

    hours: float = 0.0
    by: Source = Source()
    question: ClassVar[str] = "help_form"

    def help(self, hours: float, *, clause: str) -> None:
        """Ask for hours a week; the most asked for holds."""
        if hours > self.hours:
            self.hours, self.by = hours, self.source(clause)
