"""Substitution: how many estates have a body standing in for an owners' committee."""

from sim.outcome import PER_CENT, Outcome, Ratio, over_estates
from sim.record import Record
from sim.texts import Text


def acting(record: Record) -> Ratio:
    """Return estates with an acting body over estates, by week."""
    return over_estates(record.tracked["acting_body", "is_acting"])


OUTCOMES = (
    Outcome(
        "stand_in",
        label=Text(zh="由居委会代行的小区", en="estates with an acting body"),
        unit=Text(zh="% 小区", en="% of estates"),
        definition=Text(
            zh="居委会代行业委会职责的小区比例",
            en="share of estates where the residents' committee stands in",
        ),
        ratio=acting,
        scale=PER_CENT,
    ),
)
