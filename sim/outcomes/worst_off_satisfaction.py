"""Satisfaction of the worst-off tenth, whoever they are that week."""

import numpy as np

from sim.outcome import POINTS, Outcome, Ratio, shares
from sim.record import Record
from sim.residents import WORST_OFF
from sim.texts import Text


def worst_off(record: Record) -> Ratio:
    """Return the tenth's summed satisfaction over its size, by week."""
    return Ratio(shares(record.spread[:, 3]), np.ceil(WORST_OFF * record.spread[:, 0]))


OUTCOMES = (
    Outcome(
        "worst_off_satisfaction",
        label=Text(zh="最不满意的十分之一", en="worst-off tenth"),
        unit=Text(zh="0–100 分", en="points, 0–100"),
        definition=Text(
            zh="每周最不满意的十分之一在住户的平均满意度",
            en="mean satisfaction of the least content tenth of resident households, week by week",
        ),
        ratio=worst_off,
        better="more",
        headline=2,
        scale=POINTS,
    ),
)
