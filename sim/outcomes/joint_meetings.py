"""Joint meetings held."""

from sim.outcome import PER_CENT, Outcome, Ratio, of_community
from sim.record import Record
from sim.texts import Text


def held(record: Record) -> Ratio:
    """Return the meetings held so far, by week."""
    return of_community(record.tracked["party_organization", "meetings"][:, 0])


def agenda_error(record: Record) -> Ratio:
    """Return the latest meeting's share of misplaced items, by week."""
    return of_community(record.tracked["party_organization", "agenda_error"][:, 0])


OUTCOMES = (
    Outcome(
        "joint_meetings",
        label=Text(zh="召开的联席会议", en="joint meetings held"),
        unit=Text(zh="次", en="meetings"),
        definition=Text(zh="全程召开的联席会议次数", en="joint meetings held over the run"),
        ratio=held,
        summary="last",
    ),
    Outcome(
        "joint_meetings_agenda_error",
        label=Text(zh="议题偏差", en="error of the agenda"),
        unit=Text(zh="% 议题", en="% of items"),
        definition=Text(
            zh="最近一次联席会议的公共事项中，不在真正缺口最大之列的比例",
            en="share of the latest meeting's public matters that are not among those that fall shortest in truth",
        ),
        ratio=agenda_error,
        better="less",
        scale=PER_CENT,
    ),
)
