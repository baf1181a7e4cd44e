"""How far the grade of service in the contract lies from what households want."""

import numpy as np

from sim.outcome import POINTS, Outcome, Ratio, shares
from sim.record import Record
from sim.texts import Text


def distance(record: Record) -> Ratio:
    """Return summed distance over dwellings, by week and estate."""
    return Ratio(shares(record.distance), np.broadcast_to(record.dwellings, record.distance.shape))


OUTCOMES = (
    Outcome(
        "preference_fit",
        label=Text(zh="服务等级与意愿的差距", en="distance of the grade from what is wanted"),
        unit=Text(zh="0–100", en="0–100"),
        definition=Text(
            zh="约定服务等级与各户期望等级之差的平均",
            en="mean distance between the grade agreed and the grade that each household wants",
        ),
        ratio=distance,
        better="less",
        scale=POINTS,
    ),
)
