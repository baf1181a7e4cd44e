"""Owners' committees: how many there are and work, and how many shared seats are wanted and filled."""

from functools import partial

from sim.outcome import PER_CENT, Outcome, Ratio, of_community, over_estates
from sim.record import Record
from sim.texts import Text

BODY = "owners_committee"
ESTATES = Text(zh="% 小区", en="% of estates")
SEATS = Text(zh="席", en="seats")


def share_of_estates(attribute: str, record: Record) -> Ratio:
    """Return the share of estates whose committee has an attribute."""
    return over_estates(record.tracked[BODY, attribute])


def seats(attribute: str, record: Record) -> Ratio:
    """Return seats summed over estates."""
    return of_community(record.tracked[BODY, attribute].sum(axis=1))


OUTCOMES = (
    Outcome(
        "owners_committees_working",
        label=Text(zh="有效运作的业委会", en="working owners' committees"),
        unit=ESTATES,
        definition=Text(
            zh="业委会活跃度超过一半的小区比例",
            en="share of estates whose owners' committee is active by more than half",
        ),
        ratio=partial(share_of_estates, "is_working"),
        better="more",
        headline=5,
        scale=PER_CENT,
    ),
    Outcome(
        "owners_committees_registered",
        label=Text(zh="有业委会", en="owners' committees"),
        unit=ESTATES,
        definition=Text(zh="有业委会的小区比例", en="share of estates that have an owners' committee"),
        ratio=partial(share_of_estates, "registered"),
        better="more",
        scale=PER_CENT,
    ),
    Outcome(
        "owners_committees_seats_wanted",
        label=Text(zh="想要的交叉席位", en="shared seats wanted"),
        unit=SEATS,
        definition=Text(
            zh="历次选举想留给其他机构成员的席位合计",
            en="seats that elections meant for members of other bodies, summed over the run",
        ),
        ratio=partial(seats, "seats_wanted"),
        summary="last",
    ),
    Outcome(
        "owners_committees_seats_filled",
        label=Text(zh="坐满的交叉席位", en="shared seats filled"),
        unit=SEATS,
        definition=Text(
            zh="其中由依法够条件的成员坐上的席位",
            en="of these, seats taken by members who may lawfully stand",
        ),
        ratio=partial(seats, "seats_filled"),
        summary="last",
    ),
)
