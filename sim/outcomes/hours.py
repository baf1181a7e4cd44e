"""Hours that governing a community takes, by body."""

from functools import partial

import numpy as np

from sim.outcome import Outcome, Ratio, of_community
from sim.record import Record
from sim.texts import Text

BODIES = {
    "party_organization": Text(zh="社区党组织", en="the community Party organization"),
    "residents_committee": Text(zh="居委会", en="the residents' committee"),
    "owners_committee": Text(zh="业委会", en="the owners' committees"),
    "building_heads": Text(zh="楼门长", en="the building heads"),
    "subdistrict": Text(zh="街道办事处", en="the subdistrict office"),
}


def hours_of(body: str, record: Record) -> Ratio:
    """Return the hours that one body gives, by week."""
    given = [hours for (whose, _), hours in record.given.items() if whose == body]
    return of_community(np.sum([np.zeros(record.size), *given], axis=0))


def overload(record: Record) -> Ratio:
    """Return the smoothed load of the residents' committee, by week."""
    return of_community(record.tracked["residents_committee", "overload"][:, 0])


OUTCOMES = (
    *(
        Outcome(
            f"hours_{body}",
            label=Text(zh="{body}每周工时", en="hours of {body}").filled(body=label),
            unit=Text(zh="工时/周", en="hours a week"),
            definition=Text(zh="{body}用于物业事务的工时", en="hours that {body} spend(s) on property matters").filled(
                body=label
            ),
            ratio=partial(hours_of, body),
            better="less",
            headline=6 * (body == "residents_committee"),
        )
        for body, label in BODIES.items()
    ),
    Outcome(
        "hours_overload",
        label=Text(zh="居委会负荷", en="load of the residents' committee"),
        unit=Text(zh="工作量/工时", en="work over hours"),
        definition=Text(
            zh="到来的工作量与可用工时之比（平滑）；超过 1 即超负荷",
            en="work arriving over the hours there are, smoothed; above 1 is overload",
        ),
        ratio=overload,
        better="less",
        decimals=2,
    ),
)
