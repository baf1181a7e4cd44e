"""V07 and V08: suits are about fees, brought by firms, come from few estates; how those of firms end."""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from experiments.validation import STATUS_QUO, Found, Pattern, Runs, resampled
from sim.case_events import OPENS
from sim.households import F8
from sim.outcome import PER_CENT
from sim.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

BY_FIRM, BY_HOUSEHOLD, ABOUT_FEES = "claim_reaches_court", "case_reaches_court", "charges"
ENDS = {"withdrawn": ("claim_withdrawn",), "judged": ("claim_judged", "claim_lost"), "mediated": ("claim_mediated",)}
TOP = 0.1


def suits(runs: Runs) -> "DataFrame":
    """Return the suits of each replicate and estate: by the firm, by households, these about charges."""
    told = runs.of("events", STATUS_QUO)
    voiced = told[told.action.isin(OPENS)].set_index(["replicate", "seq"]).detail
    firm = told[told.action == BY_FIRM].assign(firm=1, household=0, charges=0)
    household = told[told.action == BY_HOUSEHOLD].assign(firm=0, household=1)
    matter = voiced.reindex(list(zip(household.replicate, household.cause, strict=True))).to_numpy()
    household["charges"] = (matter == ABOUT_FEES).astype(int)
    from pandas import concat

    columns = ["firm", "household", "charges"]
    summed = concat([firm, household]).groupby(["replicate", "object"])[columns].sum()
    return summed.reindex(_every_estate(runs), fill_value=0)


def _every_estate(runs: Runs) -> list[tuple[int, str]]:
    estates = runs.of("by_estate", STATUS_QUO)
    return sorted(zip(estates.replicate, estates.estate, strict=True))


def by_replicate(runs: Runs) -> F8:
    """Return suits by replicate, shape (n, 3 x estates): firm, household, charges of each estate."""
    found = suits(runs)
    replicates = len(runs.cells(STATUS_QUO))
    return found.to_numpy(np.float64).reshape(replicates, -1)


def about_fees(rows: F8) -> float:
    """Return the share of suits that are about fees or charges [%]."""
    firm, household, charges = rows.reshape(-1, 3).sum(axis=0)
    return _share(firm + charges, firm + household)


def by_firms(rows: F8) -> float:
    """Return the share of suits brought by firms [%]."""
    firm, household, _ = rows.reshape(-1, 3).sum(axis=0)
    return _share(firm, firm + household)


def in_top_tenth(rows: F8) -> float:
    """Return the share of suits that come from the tenth of estates with most [%]."""
    each = np.sort(rows.reshape(-1, 3)[:, :2].sum(axis=1))[::-1]
    return _share(each[: math.ceil(TOP * len(each))].sum(), each.sum())


def _share(part: float, whole: float) -> float:
    return float(PER_CENT * part / whole) if whole else math.nan


def measured(statistic: Callable[[F8], float], runs: Runs) -> Found:
    """Return a statistic of the suits with its interval."""
    return resampled(by_replicate(runs), statistic)


def ended(runs: Runs) -> F8:
    """Return the firms' suits that ended, by replicate, shape (n, 3): withdrawn, judged for either side, mediated."""
    told = runs.of("events", STATUS_QUO)
    seeds = runs.cells(STATUS_QUO).seed.to_numpy()
    return np.array([
        [int(((told.replicate == seed) & told.action.isin(kinds)).sum()) for kinds in ENDS.values()] for seed in seeds
    ], np.float64)  # fmt: skip


def end_state(end: int, runs: Runs) -> Found:
    """Return the share of one end among the firms' suits that ended, with its interval [%]."""
    return resampled(ended(runs), lambda rows: _share(float(rows[:, end].sum()), float(rows.sum())))


FIRST = Text(
    zh="文献没有给出可对照的比例；企业多久集中追缴一次、一批多少户，是设定的",
    en="no share is given in life to compare with; how often firms go after a batch, and how many, is set",
)
SHARE = Text(zh="%", en="%")
PATTERNS = (
    Pattern(
        "V07a", Text(zh="诉讼中关于收费的（文献 91–99）", en="suits about fees (in life 91-99)"), SHARE, "S52-S54",
        partial(measured, about_fees), "imposed", 91, 99,
    ),
    Pattern(
        "V07b", Text(zh="诉讼中企业起诉的（文献 >95）", en="suits brought by firms (in life above 95)"), SHARE, "S52-S54",
        partial(measured, by_firms), "imposed", 95,
    ),
    Pattern(
        "V07c",
        Text(
            zh="案件最多的十分之一小区所占的诉讼（文献：高度集中）",
            en="suits from the tenth of estates with most (in life: very clustered)",
        ),
        SHARE, "S52-S54", partial(measured, in_top_tenth), "imposed", missing=FIRST,
    ),
    Pattern(
        "V08a", Text(zh="欠费诉讼以撤诉结束的", en="suits on arrears that end withdrawn"), SHARE, "S54",
        partial(end_state, 0), "imposed", 31, 51,
    ),
    Pattern(
        "V08b", Text(zh="欠费诉讼以判决结束的", en="suits on arrears that end judged"), SHARE, "S54",
        partial(end_state, 1), "produced", 33, 53,
    ),
    Pattern(
        "V08c", Text(zh="欠费诉讼以法院调解结束的", en="suits on arrears that end mediated in court"), SHARE, "S54",
        partial(end_state, 2), "produced", 6, 26,
    ),
)  # fmt: skip
