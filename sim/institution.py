"""What every institution promises: where it sits, what it counts, and the verbs of the week at which it may act."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sim.events import EventKind
from sim.moments import Candidate
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community
    from sim.estate_board import EstateBoard
    from sim.hours import HoursLedger

VERBS = ("set_in", "ask_hours", "mediate", "convene", "elect", "deliver", "decide", "press")


class Institution:
    """A body that acts in a community (`seat = "community"`: one) or in each of its estates (`seat = "estate"`).

    It holds state, decides from what it is shown, asks for hours and writes events; it never touches a household.  It acts
    at the verbs that it overrides.  In a model each institution is a `mesa.Agent` too (see `sim.community`), so `model` and
    `unique_id` are there.  `tracked` names the attributes whose weekly values are recorded;
    `overload` is work arriving against hours, 1 where a body keeps no such account.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    seat: ClassVar[Literal["community", "estate"]]
    numbers: ClassVar[type]
    events: ClassVar[Mapping[str, EventKind]] = MappingProxyType({})
    tracked: ClassVar[tuple[str, ...]] = ()

    model: "Community"
    about: Any
    estate: "EstateBoard"
    overload: float = 1.0

    def take_seat(self, about: Any, estate: "EstateBoard | None") -> None:
        """Take the numbers of this kind of institution and, where it sits in an estate, the estate; then begin."""
        self.about = about
        if estate is not None:
            self.estate = estate
        self.begin()

    def begin(self) -> None:
        """Set the state at the start of the run."""

    def set_in(self) -> None:
        """Let what has long been under way when the run begins be under way: see `Community._come_to_rest`."""

    def members_who_own(self, estate: "EstateBoard") -> tuple[Candidate, ...]:
        """Return this body's members who own a dwelling in an estate, and so may stand for its committee."""
        return ()

    def ask_hours(self, ledger: "HoursLedger") -> None:
        """Say which hours this body has, and ask for what it needs this week, of itself and of others."""

    def mediate(self) -> None:
        """Offer mediation of cases with the hours there are."""

    def convene(self) -> None:
        """Hold the meetings that are due."""

    def elect(self) -> None:
        """Hold the elections that are due."""

    def deliver(self) -> None:
        """Keep or break the promises that fall due."""

    def decide(self) -> None:
        """Decide what is decided once a month."""

    def press(self) -> None:
        """Put pressure on the provider, or say what else this body adds to the estate's board."""
