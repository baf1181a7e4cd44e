"""Joint meetings held."""

from sim.outcome import Outcome, Ratio, of_community
from sim.record import Record
from sim.texts import Text


def held(record: Record) -> Ratio:
    """Return the meetings held so far, by week."""
    return of_community(record.tracked["party_organization", "meetings"][:, 0])


OUTCOMES = (
    Outcome(
        "joint_meetings",
        label=Text(zh="召开的联席会议", en="joint meetings held"),
        unit=Text(zh="次", en="meetings"),
        definition=Text(zh="全程召开的联席会议次数", en="joint meetings held over the run"),
        ratio=held,
        summary="last",
    ),
)
