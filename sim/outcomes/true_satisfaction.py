"""True satisfaction: of all resident households, whether or not anybody asks them."""

import numpy as np

from sim.outcome import POINTS, Outcome, Ratio, shares
from sim.record import Record
from sim.texts import Text


def true_satisfaction(record: Record) -> Ratio:
    """Return summed satisfaction over the number of resident households, by week and estate."""
    number = np.broadcast_to(record.residents.sum(axis=1), record.satisfaction.shape[:2])
    return Ratio(shares(record.satisfaction.sum(axis=2)), number)


OUTCOMES = (
    Outcome(
        "true_satisfaction",
        label=Text(zh="真实满意度", en="true satisfaction"),
        unit=Text(zh="0–100 分", en="points, 0–100"),
        definition=Text(zh="全部在住户满意度的平均", en="mean satisfaction of all resident households"),
        ratio=true_satisfaction,
        better="more",
        headline=1,
        scale=POINTS,
    ),
)
