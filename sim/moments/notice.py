"""The moment at which an assembly is about to be called."""

from dataclasses import dataclass
from typing import ClassVar

from sim.moments.moment import Moment, Source


@dataclass
class Notice(Moment):
    """How an assembly is called: nothing unless asked for.

    weeks: how long before it the residents' committee is told and heard.  online: how far owners may vote online, 0-1.
    """

    weeks: int = 0
    by: Source = Source()
    online: float = 0.0
    online_by: Source = Source()
    question: ClassVar[str] = "give_notice"

    def before(self, weeks: int, *, clause: str) -> None:
        """Ask for weeks of prior notice; the longest holds."""
        if weeks > self.weeks:
            self.weeks, self.by = weeks, self.source(clause)

    def open_online(self, share: float, *, clause: str) -> None:
        """Ask that owners may vote online too, in a share of 0-1; the largest holds."""
        if share > self.online:
            self.online, self.online_by = share, self.source(clause)
