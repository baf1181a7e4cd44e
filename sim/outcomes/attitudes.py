"""Trust in each body, efficacy and awareness of paid service, among residents."""

from functools import partial

import numpy as np

from sim.households import ATTITUDES
from sim.outcome import POINTS, Outcome, Ratio
from sim.record import Record
from sim.texts import Text


def mean_of(attitude: int, record: Record) -> Ratio:
    """Return the mean of an attitude weighted by residents, by week and estate."""
    number = np.broadcast_to(record.residents.sum(axis=1), record.attitudes.shape[:2])
    return Ratio(record.attitudes[:, :, attitude] * number, number)


OUTCOMES = tuple(
    Outcome(
        f"attitudes_{key}",
        label=label,
        unit=Text(zh="0–100", en="0–100"),
        definition=Text(zh="在住户{label}的平均", en="mean {label} of resident households").filled(label=label),
        ratio=partial(mean_of, index),
        better="more",
        scale=POINTS,
    )
    for index, (key, label) in enumerate(ATTITUDES.items())
)
