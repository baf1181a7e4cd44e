"""Quality of service as it is: the mean of all matters, and each matter."""

from functools import partial

from sim.households import MATTERS
from sim.outcome import POINTS, Outcome, Ratio, by_dwellings
from sim.record import Record
from sim.texts import Text

UNIT = Text(zh="0–100", en="0–100")


def mean_quality(record: Record) -> Ratio:
    """Return the mean quality of all matters, weighted by dwellings."""
    return by_dwellings(record.quality.mean(axis=2), record)


def quality_of(matter: int, record: Record) -> Ratio:
    """Return the quality of one matter, weighted by dwellings."""
    return by_dwellings(record.quality[:, :, matter], record)


OUTCOMES = (
    Outcome(
        "service_quality",
        label=Text(zh="服务质量", en="quality of service"),
        unit=UNIT,
        definition=Text(zh="六类事项质量的平均，按套数加权", en="mean quality of the six matters, weighted by dwellings"),
        ratio=mean_quality,
        better="more",
        headline=4,
        scale=POINTS,
    ),
    *(
        Outcome(
            f"service_quality_{matter}",
            label=Text(zh="服务质量：{matter}", en="quality of {matter}").filled(matter=label),
            unit=UNIT,
            definition=Text(zh="{matter}的质量，按套数加权", en="quality of {matter}, weighted by dwellings").filled(
                matter=label
            ),
            ratio=partial(quality_of, index),
            better="more",
            scale=POINTS,
        )
        for index, (matter, label) in enumerate(MATTERS.items())
    ),
)
