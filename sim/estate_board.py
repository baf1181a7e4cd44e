"""What stands on an estate's board for its institutions to read: service, collection, pressure, promises, friction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from sim.households import F8, MATTERS
from sim.mechanisms.violations import Violation
from sim.moments import Measure


class Canvass(NamedTuple):
    """A ballot for which votes are being collected: the backing of its canvass, 0-1, and the event that called it."""

    backing: float
    event: int


class Assembly(Protocol):
    """The owners' assembly as other bodies see it."""

    @property
    def canvass(self) -> Canvass | None:
        """Return the ballot whose votes are being collected, or None."""

    @property
    def is_free(self) -> bool:
        """Tell whether no ballot is under way."""

    def call(
        self,
        category: str,
        caller: int,
        cause: int,
        done: Callable[[bool, int], None],
        grade: float,
        rise: float,
    ) -> None:
        """Call a ballot on a category of decision; `done` is told whether it passed, with the event of the count."""


@dataclass(frozen=True)
class Commitment:
    """A promise of the provider: one matter, due in a week, made at the event with this number."""

    matter: int
    due: int
    event: int
    measure: str
    clause: str


@dataclass
class EstateBoard:
    """One estate as its institutions see it; quality and standard cannot be written from here.

    quality, standard: shape (k,); as it is, and as the contract promises, 0-1.  collection: smoothed share of the fee paid.
    closeness: of the residents' committee (and the Party organization) to the firm, 0-1.  backing: help that owners' bodies
    get from outside, 0-1; usual_backing: the part of it that is there without measures.  canvassed: hours that building
    heads gave to the ballot under way.  news: weight of public events, 1 as usual.  friction: between the bodies that meet,
    0-1.  shared_seats: share of the owners' committee held by members of other bodies.  sources: what presses on the
    provider this week, by source.  means, effort: what the provider puts in, 1 as signed, and its effort by matter of mean
    1, shape (k,).
    """

    name: str
    archetype: str
    index: int
    place: np.uint32
    closeness: float
    backing: float
    starting_collection: float
    heads: int
    households: int
    entrances: int
    starts_with_committee: bool
    quality: F8
    standard: F8
    measures: tuple[Measure, ...] = ()
    collection: float = 0.0
    pressure: float = 0.0
    friction: float = 0.0
    shared_seats: float = 0.0
    commitments: list[Commitment] = field(default_factory=list)
    sources: dict[str, float] = field(default_factory=dict)
    usual_backing: float = 0.0
    canvassed: float = 0.0
    news: float = 1.0
    means: float = 1.0
    effort: tuple[float, ...] = (1.0,) * len(MATTERS)
    changed: bool = False
    diligence: float = 1.0
    starts_served: bool = True
    committee_works: bool = False
    follow_up: float = 0.0
    authority: float = 0.0
    joint_service: float = 0.0
    fee_factor: float = 1.0
    threat: float = 0.0
    pursues: int = 0
    grade: float = 0.5
    attempt_factor: float = 1.0
    budget: float = 1.0
    stand_in: str = ""
    stand_in_blocks: bool = False
    canvass_help: float = 0.0
    assembly: "Assembly | None" = None
    dismissed: int = -1
    expected_penalty: float = 0.0
    violations: list[Violation] = field(default_factory=list)
    unserved: float | None = None
    meets: bool = False

    @property
    def mean_shortfall(self) -> float:
        """Return how far service falls short of the contract, mean of matters; better matters make up for nothing."""
        return float(np.maximum(self.standard - self.quality, 0.0).mean())

    def shortfall(self, matter: int) -> float:
        """Return how far a matter falls short of the contract; negative where it is better."""
        return float(self.standard[matter] - self.quality[matter])

    def promised(self, matter: int) -> bool:
        """Tell whether a promise on a matter is open: there is at most one."""
        return any(commitment.matter == matter for commitment in self.commitments)

    @property
    def canvass(self) -> Canvass | None:
        """Return the ballot whose votes are being collected, or None."""
        return self.assembly.canvass if self.assembly is not None else None

    @property
    def assembly_is_free(self) -> bool:
        """Tell whether the owners' assembly could be called."""
        return self.assembly is not None and self.assembly.is_free

    def call(
        self,
        category: str,
        caller: int,
        cause: int,
        done: Callable[[bool, int], None],
        grade: float = 0.0,
        rise: float = 0.0,
    ) -> None:
        """Call the owners' assembly: see `Assembly.call`."""
        if self.assembly is not None and self.assembly.is_free:
            self.canvassed = 0.0
            self.assembly.call(category, caller, cause, done, grade, rise)

    def be_unserved(self, quality: float) -> None:
        """Let quality go to what it is without a provider of its own."""
        self.unserved, self.diligence, self.changed = quality, 0.0, True

    def provide(self, means: float, effort: tuple[float, ...]) -> None:
        """Let the provider say what it puts in: budget ratio x productivity x diligence, and effort by matter of mean 1."""
        self.means, self.effort, self.unserved = means, effort, None
        self.changed = True
