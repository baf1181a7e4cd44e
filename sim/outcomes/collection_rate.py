"""Collection rate of the property service fee."""

import numpy as np

from sim.households import F8, I8
from sim.outcome import LAST_YEAR, PER_CENT, Outcome, Ratio
from sim.record import Record
from sim.texts import Text

ONE_FEN = 1.0


def collection(record: Record) -> Ratio:
    """Return money paid over money billed in the year up to each week, by estate.

    Where nothing was billed in the year, as before the first bill, an estate shows the rate that its owners know of; it
    counts there as if one fen had been billed, so that it does not weigh among estates that bill.
    """
    billed, paid = _in_a_year(record.money[:, :, 0]), _in_a_year(record.money[:, :, 1])
    return Ratio(np.where(billed > 0, paid, record.collection), np.where(billed > 0, billed, ONE_FEN))


def _in_a_year(money: I8) -> F8:
    total = np.cumsum(money, axis=0, dtype=np.float64)
    before: F8 = np.concatenate([np.zeros((LAST_YEAR, money.shape[1])), total])[: len(total)]
    return total - before


OUTCOMES = (
    Outcome(
        "collection_rate",
        label=Text(zh="收缴率", en="collection rate"),
        unit=Text(zh="%", en="%"),
        definition=Text(
            zh="近 52 周已缴物业费占应缴的比例（按金额）",
            en="fees paid over fees billed in the last 52 weeks, by money",
        ),
        ratio=collection,
        better="more",
        summary="last",
        headline=3,
        scale=PER_CENT,
    ),
)
