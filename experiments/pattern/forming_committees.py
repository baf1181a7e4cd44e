"""V01 and V02: how often owners form a committee without help, and how many of these committees work."""

import numpy as np

from experiments.validation import STATUS_QUO, WITH_COMMITTEES, Found, Pattern, Runs, ratio, resampled
from sim.calendar import WEEKS_A_YEAR
from sim.outcome import LAST_YEAR, PER_CENT
from sim.texts import Text

REGISTERED, WORKING = "owners_committees_registered", "owners_committees_working"


def formed(runs: Runs) -> Found:
    """Return committees formed per 100 estate-years without one; once there, one stays on the register."""
    wide = runs.of("outcomes", STATUS_QUO).pivot(index="replicate", columns="week", values=REGISTERED)
    share = wide.to_numpy(np.float64) / PER_CENT
    rows = np.stack([share[:, -1] - share[:, 0], (1 - share).sum(axis=1) / WEEKS_A_YEAR], axis=1)
    return resampled(rows, lambda some: PER_CENT * ratio(some))


def working(runs: Runs) -> Found:
    """Return the share of committees on the register that work, over the weeks of the last year."""
    told = runs.of("outcomes", WITH_COMMITTEES)
    last = told[told.week >= runs.weeks - LAST_YEAR]
    rows = last.groupby("replicate")[[WORKING, REGISTERED]].sum().to_numpy(np.float64)
    return resampled(rows, lambda some: PER_CENT * ratio(some))


PATTERNS = (
    Pattern(
        "V01",
        Text(
            zh="没有外力时，业委会新成立的速度（每百个没有业委会的小区每年）",
            en="committees formed without help, per 100 estates without one and year",
        ),
        Text(zh="个", en="a year"),
        "S04-S06",
        formed,
        "imposed",
        # 1 to 2 points a year of all estates, of which 10 to 15 % have one: 1 / 0.90 and 2 / 0.85.
        1.1,
        2.4,
        2,
    ),
    Pattern(
        "V02",
        Text(
            zh="没有扶持的业委会中，有效运作的比例（均有业委会的四类小区，最后一年）",
            en="committees without support that work (in estates that all begin with one; last year)",
        ),
        Text(zh="%", en="%"),
        "S06",
        working,
        "imposed",
        15,
        35,
        0,
    ),
)
