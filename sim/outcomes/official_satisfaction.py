"""Official satisfaction: what a survey by whoever convenes it would report."""

from sim.outcome import POINTS, Outcome, Ratio
from sim.record import Record
from sim.texts import Text


def official(record: Record) -> Ratio:
    """Return weighted satisfaction over the weights of those who answer, by week and estate."""
    return Ratio(record.survey[:, :, 1], record.survey[:, :, 0])


OUTCOMES = (
    Outcome(
        "official_satisfaction",
        label=Text(zh="官方满意度", en="official satisfaction"),
        unit=Text(zh="0–100 分", en="points, 0–100"),
        definition=Text(
            zh="自愿作答的测评会得到的分数（通常由居委会组织）",
            en="what a survey, usually by the residents' committee, finds among those who choose to answer",
        ),
        ratio=official,
        scale=POINTS,
    ),
)
