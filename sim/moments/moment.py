"""What every moment does: let the measures in force speak, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from sim.moments.measure import Measure


@dataclass(frozen=True)
class Source:
    """Who asked for something: the measure and the clause it rests on."""

    measure: str = ""
    clause: str = ""


@dataclass
class Moment:
    """A point of the week at which measures may ask; `question` names the method of `Measure` that is called."""

    question: ClassVar[str]
    asking: Measure | None = field(default=None, init=False)

    def ask(self, measures: Iterable[Measure]) -> None:
        """Let the measures in force speak."""
        for self.asking in measures:
            getattr(self.asking, self.question)(self)
        self.asking = None

    def source(self, clause: str) -> Source:
        """Return who is asking now, on which clause."""
        return Source(self.asking.key if self.asking else "", clause)
