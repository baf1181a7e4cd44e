"""The small place: one estate alone under its residents' committee."""

from dataclasses import dataclass, replace

from scenarios.estate import Estate
from scenarios.place import Place
from sim.parts import number, part, parts
from sim.texts import Text


@part("place")
@dataclass(frozen=True)
class OneEstate(Place):
    """One older commodity estate; small enough for many thousands of runs."""

    label = Text(zh="一个小区", en="one estate")
    households: int = number(
        300, low=12, high=20_000, unit="households", zh="小区户数", en="dwellings in the estate",
        source=Text(zh='假定：小小区，便于大量运行', en='assumed: a small estate, so that many runs take little time'),
    )  # fmt: skip

    def estates(self) -> tuple[Estate, ...]:
        """Return the estate."""
        return (replace(parts("archetype")["commodity_old"].estate, households=self.households),)
