"""Cases: how many reach which stage, how many are open, and how many of those that end were settled."""

from functools import partial

import numpy as np

from sim.cases import STAGES
from sim.outcome import PER_CENT, Outcome, Ratio, of_community
from sim.record import Record
from sim.texts import Text

PER_THOUSAND = 1000.0
SETTLED, DROPPED, REACHED = 0, 1, 2
STAGE = {name: index for index, name in enumerate(STAGES)}
CASES = Text(zh="件", en="cases")


def answered(record: Record) -> Ratio:
    """Return cases settled over cases ended, up to each week."""
    ended = record.cases[:, :, [SETTLED, DROPPED]].sum(axis=(1, 2))
    return Ratio(np.cumsum(record.cases[:, :, SETTLED].sum(axis=1)), np.cumsum(ended))


def reaching_mediation(record: Record) -> Ratio:
    """Return cases and firms' claims that reach the residents' committee over resident households, by week."""
    reached = (record.cases + record.claims)[:, STAGE["mediation"], REACHED]
    return Ratio(reached, np.full(record.size, record.residents.sum()))


def settled_at(stage: str, record: Record) -> Ratio:
    """Return cases settled at a stage so far, by week."""
    return of_community(np.cumsum(record.cases[:, STAGE[stage], SETTLED]).astype(np.float64))


def to_court(record: Record) -> Ratio:
    """Return cases brought to court by households so far, by week."""
    return of_community(np.cumsum(record.cases[:, STAGE["court"], REACHED]).astype(np.float64))


def returned(record: Record) -> Ratio:
    """Return cases that came back so far, by week."""
    return of_community(np.cumsum(record.returned).astype(np.float64))


def open_cases(record: Record) -> Ratio:
    """Return households' cases open, by week."""
    return of_community(record.open_cases.astype(np.float64))


OUTCOMES = (
    Outcome(
        "cases_answered",
        label=Text(zh="获得感（反映的问题得到解决）", en="sense of gain (problems raised that were settled)"),
        unit=Text(zh="% 了结的纠纷", en="% of cases ended"),
        definition=Text(
            zh="全程了结的纠纷中得到解决的比例",
            en="share of the cases that ended over the run which were settled",
        ),
        ratio=answered,
        better="more",
        summary="last",
        scale=PER_CENT,
    ),
    Outcome(
        "cases_to_committee",
        label=Text(zh="上交居委会的纠纷", en="cases reaching the residents' committee"),
        unit=Text(zh="件/1,000 户·周", en="per 1,000 households and week"),
        definition=Text(
            zh="每周上交居委会调解的纠纷，企业追缴欠费的也算",
            en="cases that reach the residents' committee in a week, firms' claims to arrears included",
        ),
        ratio=reaching_mediation,
        scale=PER_THOUSAND,
        decimals=2,
    ),
    Outcome(
        "cases_open",
        label=Text(zh="未了结的纠纷", en="open cases"),
        unit=CASES,
        definition=Text(zh="当周未了结的住户纠纷", en="cases of households that are open"),
        ratio=open_cases,
        better="less",
    ),
    Outcome(
        "cases_returned",
        label=Text(zh="再次出现的纠纷", en="cases that came back"),
        unit=CASES,
        definition=Text(
            zh="全程解决时没有修好、后来又反映的纠纷",
            en="cases over the run that were settled without being mended and came back",
        ),
        ratio=returned,
        better="less",
        summary="last",
    ),
    *(
        Outcome(
            f"cases_settled_{stage}",
            label=Text(zh="解决于{stage}", en="settled: {stage}").filled(stage=label),
            unit=CASES,
            definition=Text(zh="全程在{stage}解决的纠纷", en="cases settled at the {stage} over the run").filled(
                stage=label
            ),
            ratio=partial(settled_at, stage),
            better="more",
            summary="last",
        )
        for stage, label in STAGES.items()
    ),
    Outcome(
        "cases_to_court",
        label=Text(zh="住户起诉", en="cases that households bring to court"),
        unit=CASES,
        definition=Text(zh="全程住户提起的诉讼", en="suits by households over the run"),
        ratio=to_court,
        better="less",
        summary="last",
    ),
)
