"""How unequal satisfaction is between resident households."""

import numpy as np

from sim.outcome import POINTS, Outcome, Ratio, of_community, shares
from sim.record import Record
from sim.texts import Text


def standard_deviation(record: Record) -> Ratio:
    """Return the standard deviation over all resident households, by week."""
    number, total, squares, _ = record.spread.astype(np.float64).T
    number = np.maximum(number, 1.0)
    variance = squares / number - (total / number) ** 2
    return of_community(shares(np.sqrt(np.maximum(variance, 0.0))))


OUTCOMES = (
    Outcome(
        "satisfaction_spread",
        label=Text(zh="满意度差异（标准差）", en="spread of satisfaction (standard deviation)"),
        unit=Text(zh="0–100 分", en="points, 0–100"),
        definition=Text(zh="在住户满意度的标准差", en="standard deviation of resident households' satisfaction"),
        ratio=standard_deviation,
        better="less",
        scale=POINTS,
    ),
)
