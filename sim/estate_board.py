"""What stands on an estate's board for its institutions to read: service, collection, pressure, promises, friction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from sim.decision import Decision
from sim.election import Papers
from sim.households import F8, MATTERS
from sim.mechanisms.candidate_choice import Slate
from sim.mechanisms.violations import Violation
from sim.moments import Measure
from sim.regime import Regime


class Contest(Protocol):
    """An election of a committee as the assembly sees it: a paper to mark, and a count of its own."""

    @property
    def slate(self) -> Slate:
        """Return the paper."""

    @property
    def formed(self) -> bool:
        """Tell, after the count, whether enough seats are filled."""

    def count(self, regime: Regime, papers: Papers) -> Decision:
        """Count the papers, keep the result, and return the decision on who took part."""


def nothing(event: int) -> None:
    """Undo nothing."""


@dataclass(frozen=True)
class Call:
    """A call of the owners' assembly.

    category: of the decision; a recall is a category of its own.  caller: index of the calling body in `ATTITUDES`.  cause:
    the event that it rests on.  done: told whether the decision is in effect, with the event.  grade, rise: as proposed.
    contest: of an election.  undo: takes the decision back where a court annuls it.  proposed: week of the proposal, -1 for
    the week of the call.
    """

    category: str
    caller: int
    cause: int
    done: Callable[[bool, int], None]
    grade: float = 0.0
    rise: float = 0.0
    contest: Contest | None = None
    undo: Callable[[int], None] = nothing
    proposed: int = -1

    def passed(self, decision: Decision) -> bool:
        """Tell whether a count adopts what was called for: the matter, or a committee with enough seats filled."""
        return decision.passed if self.contest is None else self.contest.formed


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

    def summon(self, call: Call) -> None:
        """Call a ballot."""


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
    1, shape (k,).  area: of all dwellings [0.01 m2].  delivered: share of it that the developer does not hold.
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
    canvass_help: float = 0.0
    assembly: "Assembly | None" = None
    dismissed: int = -1
    expected_penalty: float = 0.0
    violations: list[Violation] = field(default_factory=list)
    unserved: float | None = None
    meets: bool = False
    area: int = 0
    delivered: float = 1.0

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

    def summon(self, call: Call) -> None:
        """Call the owners' assembly, unless a ballot is under way."""
        if self.assembly is not None and self.assembly.is_free:
            self.canvassed = 0.0
            self.assembly.summon(call)

    def be_unserved(self, quality: float) -> None:
        """Let quality go to what it is without a provider of its own."""
        self.unserved, self.diligence, self.changed = quality, 0.0, True

    def provide(self, means: float, effort: tuple[float, ...]) -> None:
        """Let the provider say what it puts in: budget ratio x productivity x diligence, and effort by matter of mean 1."""
        self.means, self.effort, self.unserved = means, effort, None
        self.changed = True
