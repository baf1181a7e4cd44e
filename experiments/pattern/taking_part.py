"""V03: far fewer owners ever take part than say that they would."""

import numpy as np

from experiments.validation import STATUS_QUO, Found, Pattern, Runs, mean, resampled
from sim.texts import Text


def ever(outcome: str, runs: Runs) -> Found:
    """Return the mean over replicates of an outcome at the end of a run."""
    return resampled(runs.cells(STATUS_QUO)[[outcome]].to_numpy(np.float64), mean)


def ever_voted(runs: Runs) -> Found:
    """Return the share of owners who ever took part in a ballot."""
    return ever("taking_part_voted", runs)


def ever_spoke_up(runs: Runs) -> Found:
    """Return the share of dwellings from which a problem was ever voiced."""
    return ever("taking_part_spoke_up", runs)


def went_further(runs: Runs) -> Found:
    """Return the share of dwellings that ever took a case beyond the provider's desk."""
    told = runs.of("events", STATUS_QUO)
    reached = told[told.action == "case_reaches_mediation"].groupby("replicate").detail.nunique()
    rows = reached.reindex(runs.cells(STATUS_QUO).seed, fill_value=0).to_numpy(np.float64)[:, None]
    return resampled(100 * rows / runs.dwellings, mean)


NO_INTENTIONS = Text(
    zh="模型里没有“愿不愿意”，只有做没做，意愿一头（75–85 %）无从比较；参与只算投票，不算筹备、当委员、开会；"
    "试过减少组建尝试（owners_committee.formation_attempts=0.45）：参与落进范围，组建（V01）却不够了",
    en="nobody is asked what they would do, so the willing (75-85 %) have no counterpart; ballots only, not preparing, "
    "serving or coming to meetings; tried: fewer attempts (owners_committee.formation_attempts=0.45) bring it into "
    "the band, and V01 below its own",
)
PATTERNS = (
    Pattern(
        "V03a",
        Text(zh="投过票的业主", en="owners who ever took part in a ballot"),
        Text(zh="%", en="%"),
        "S20",
        ever_voted,
        "produced",
        20,
        30,
        missing=NO_INTENTIONS,
    ),
    Pattern(
        "V03b",
        Text(zh="把问题反映到居委会的住户", en="households that ever took a case beyond the provider's desk"),
        Text(zh="%", en="%"),
        "S20",
        went_further,
        "produced",
    ),
    Pattern(
        "V03c",
        Text(zh="向物业反映过问题的住户", en="households that ever spoke up at the provider's desk"),
        Text(zh="%", en="%"),
        "S20",
        ever_spoke_up,
        "produced",
    ),
)
