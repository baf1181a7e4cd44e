"""What every place promises: estates of one community, and what law and practice give its owners today."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from scenarios.estate import Estate
from sim.parts import number, parts
from sim.texts import Text


@dataclass(frozen=True)
class Place(ABC):
    """A community of one to several estates under one residents' committee."""

    key = ""
    name = "community"
    backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="0-1",
        zh="业主组织现有的外部支持",
        en="backing that owners' bodies get today",
        source=Text(
            zh="假定：现行做法下街道和居委会有一些帮助",
            en="assumed: some help from subdistrict and residents' committee under today's practice",
        ),
    )
    attempt_factor: float = number(
        1.0,
        low=0.0,
        high=20.0,
        explore=(0.5, 3.0),
        unit="factor",
        zh="业主自发组建业委会的次数倍数",
        en="how often owners try to form a committee",
        source=Text(
            zh="假定：1 为业主现状；无人帮助的方案可调高",
            en="assumed: 1 is what owners do today; a scenario without help sets it higher",
        ),
    )

    lead_in_weeks: int = number(
        13,
        low=0,
        high=260,
        unit="weeks",
        zh="起点之前先走的周数",
        en="weeks lived before the first, unrecorded",
        source=Text(
            zh="假定：一个季度，纠纷排队、感受和负荷到那时已经平稳；0 表示一切从零开始",
            en="assumed: a quarter of a year, by when queues, perception and loads are at rest; 0 begins with none",
        ),
    )

    @abstractmethod
    def estates(self) -> tuple[Estate, ...]:
        """Return the estates, each with a name of its own."""


def four(households: int, **changes: float) -> tuple[Estate, ...]:
    """Return one estate of each archetype, of so many dwellings, with further columns changed."""
    archetypes = ("commodity_new", "commodity_old", "work_unit", "resettlement")
    return tuple(replace(parts("archetype")[key].estate, households=households, **changes) for key in archetypes)
