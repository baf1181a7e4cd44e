"""The default place: one estate of each archetype under one residents' committee."""

from dataclasses import dataclass

from scenarios.estate import Estate
from scenarios.place import Place, four
from sim.parts import number, part
from sim.texts import Text


@part("place")
@dataclass(frozen=True)
class FourEstates(Place):
    """Four estates of equal size, one of each archetype; some start with an owners' committee, by the archetype's chance."""

    label = Text(zh="四类小区", en="four kinds of estate")
    households: int = number(
        600, low=12, high=20_000, unit="households", zh="每个小区户数", en="dwellings in each estate",
        source=Text(zh="S6A：每个社区 2000 至 4000 户", en="S6A: a community of 2,000 to 4,000 households"),
        certainty="memory",
    )  # fmt: skip

    def estates(self) -> tuple[Estate, ...]:
        """Return the four estates."""
        return four(self.households)
