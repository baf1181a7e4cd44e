"""Ballots of the owners' assembly: held, adopted, failed for quorum or for assent; turnout."""

from functools import partial

import numpy as np

from sim.outcome import PER_CENT, Outcome, Ratio, of_community
from sim.record import Record
from sim.texts import Text

BODY = "owners_assembly"
TIMES = Text(zh="次", en="ballots")
KINDS = {
    "held": Text(zh="业主大会表决", en="ballots held"),
    "adopted": Text(zh="表决通过", en="ballots adopted"),
    "no_quorum": Text(zh="参与不够未通过", en="ballots without quorum"),
    "rejected": Text(zh="同意不够未通过", en="ballots without enough assent"),
}


def count(attribute: str, record: Record) -> Ratio:
    """Return a count over all estates so far, by week."""
    return of_community(record.tracked[BODY, attribute].sum(axis=1))


def weeks(record: Record) -> Ratio:
    """Return the mean weeks from proposal to decision of the ballots decided so far."""
    taken, decided = (record.tracked[BODY, name].sum(axis=1) for name in ("weeks_taken", "decided"))
    return Ratio(taken, decided)


def turnout(record: Record) -> Ratio:
    """Return the turnout by heads of the ballots held so far: the sum over ballots over their number."""
    held = np.diff(record.tracked[BODY, "held"], axis=0, prepend=0)
    summed = np.cumsum((held * record.tracked[BODY, "last_turnout"]).sum(axis=1))
    return Ratio(summed, np.cumsum(held.sum(axis=1)))


OUTCOMES = (
    *(
        Outcome(
            f"ballots_{key}",
            label=label,
            unit=TIMES,
            definition=Text(zh="全程{label}次数", en="{label} over the run").filled(label=label),
            ratio=partial(count, key),
            summary="last",
        )
        for key, label in KINDS.items()
    ),
    Outcome(
        "ballots_weeks",
        label=Text(zh="从提议到决定", en="weeks from proposal to decision"),
        unit=Text(zh="周", en="weeks"),
        definition=Text(
            zh="全程各次表决从提议到生效或未通过的平均周数；没有表决则无此值",
            en="mean weeks from the proposal to effect or failure, over the run's ballots; none where there was no ballot",
        ),
        ratio=weeks,
        better="less",
        summary="last",
    ),
    Outcome(
        "ballots_annulled",
        label=Text(zh="被撤销的表决", en="ballots annulled"),
        unit=TIMES,
        definition=Text(zh="全程被法院撤销的决定", en="decisions that courts annulled over the run"),
        ratio=partial(count, "annulled"),
        summary="last",
    ),
    Outcome(
        "ballots_turnout",
        label=Text(zh="参与率（人数）", en="turnout by heads"),
        unit=Text(zh="% 业主", en="% of owners"),
        definition=Text(
            zh="全程各次表决参与业主比例的平均；没有表决则无此值",
            en="mean share of owners who took part in the run's ballots; none where there was no ballot",
        ),
        ratio=turnout,
        better="more",
        summary="last",
        scale=PER_CENT,
    ),
)
