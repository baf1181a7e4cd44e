"""Voice against silence: what households do when something is wrong."""

import numpy as np

from sim.outcome import PER_CENT, Outcome, Ratio
from sim.record import Record
from sim.texts import Text

PER_THOUSAND = 1000.0
SHARE = Text(zh="% 问题", en="% of issues")


def issues(record: Record) -> Ratio:
    """Return issues over resident households, by week."""
    number = np.full(record.size, record.residents.sum())
    return Ratio(record.issues.sum(axis=1), number)


def voiced(record: Record) -> Ratio:
    """Return issues voiced over issues, in the year up to each week."""
    return Ratio(_in_a_year(record.issues[:, 0]), _in_a_year(record.issues.sum(axis=1)))


def silent(record: Record) -> Ratio:
    """Return issues kept silent over issues, in the year up to each week."""
    return Ratio(_in_a_year(record.issues[:, 2]), _in_a_year(record.issues.sum(axis=1)))


def _in_a_year(counts: np.ndarray) -> np.ndarray:
    total: np.ndarray = np.cumsum(counts, dtype=np.float64)
    before: np.ndarray = np.concatenate([np.zeros(52), total])[: len(total)]
    return np.asarray(total - before)


OUTCOMES = (
    Outcome(
        "voice_issues",
        label=Text(zh="发生的问题", en="issues"),
        unit=Text(zh="件/1,000 户·周", en="per 1,000 households and week"),
        definition=Text(zh="在住户每周遇到的问题", en="issues that arise for resident households in a week"),
        ratio=issues,
        better="less",
        scale=PER_THOUSAND,
    ),
    Outcome(
        "voice_share",
        label=Text(zh="说出来的问题", en="issues voiced"),
        unit=SHARE,
        definition=Text(
            zh="近 52 周问题中向物业或居委会反映的比例",
            en="share of the last 52 weeks' issues that were voiced",
        ),
        ratio=voiced,
        better="more",
        summary="last",
        scale=PER_CENT,
    ),
    Outcome(
        "voice_silent_share",
        label=Text(zh="沉默的问题", en="issues kept silent"),
        unit=SHARE,
        definition=Text(zh="近 52 周问题中没有说出来的比例", en="share of the last 52 weeks' issues that nobody spoke of"),
        ratio=silent,
        better="less",
        summary="last",
        scale=PER_CENT,
    ),
)
