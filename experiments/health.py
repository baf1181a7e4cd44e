"""The health of one run: what it must conserve, where it saturates, whether anything happened in it at all.

Computed while the community still stands, as plain numbers by item; `experiments.health_problems` judges them
over all runs.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.cases import DESK, MEDIATION
from sim.households import ATTITUDES, NOT_RESIDENT, Households
from sim.outcome import LAST_YEAR, shares
from sim.record import Record
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community

LOW, HIGH = 0.03, 0.97
"""A share below the one or above the other sits at a bound."""
THOUSAND, REACHED = 1000.0, 2
Item = tuple[str, float]

STATES: dict[str, Text] = {
    "satisfaction": Text(zh="满意度", en="satisfaction"),
    **ATTITUDES,
    "quality": Text(zh="服务质量", en="quality of service"),
    "collection": Text(zh="收缴率", en="collection rate"),
    "history": Text(zh="缴费习惯", en="payment history"),
    "grievance": Text(zh="当前怨气", en="current grievance"),
}
UNJUDGED = ("history", "grievance")
"""States that may well sit at a bound: some owners always pay, and whom nothing troubles has no grievance."""


def health(community: "Community") -> dict[str, float]:
    """Return the health of a community at its end, by item.

    Shares are 0-1: `<state>.weeks.low` and `.high` of weeks and estates, `<state>.households.low` and `.high`
    of households at the end.  `lost.hours`, `lost.money` [fen] and `lost.cases` are zero where none is lost.
    """
    record, households = community.record, community.households
    return dict(
        [
            *_states(record, households),
            *_hours(record),
            *_cases(record, int(record.dwellings.sum())),
            ("lost.hours", hours_lost(record)),
            ("lost.money", money_lost(record, households)),
            ("lost.cases", cases_lost(record)),
            *_signs_of_life(record, households),
        ]
    )


def _states(record: Record, households: Households) -> Iterator[Item]:
    lives = households.dwellings.group != NOT_RESIDENT
    attitudes = dict(zip(ATTITUDES, households.attitudes.held, strict=True))
    now = {
        "satisfaction": households.experience.satisfaction[lives],
        **{name: held[lives] for name, held in attitudes.items()},
        "history": households.paying.history,
        "grievance": households.experience.grievance[lives],
    }
    weeks = slice(record.weeks)
    number = np.maximum(record.residents.sum(axis=1), 1)
    over_time = {
        "satisfaction": shares(record.satisfaction[weeks].sum(axis=2)) / number,
        "quality": record.quality[weeks],
        "collection": record.collection[weeks],
    }
    for name, values in over_time.items():
        yield from _at_bounds(f"{name}.weeks", values)
    for name, values in now.items():
        yield from _at_bounds(f"{name}.households", values)
        yield f"{name}.households.mean", float(values.mean(dtype=np.float64)) if len(values) else 0.0


def _at_bounds(name: str, values: Any) -> Iterator[Item]:
    yield f"{name}.low", float((values < LOW).mean()) if values.size else 0.0
    yield f"{name}.high", float((values > HIGH).mean()) if values.size else 0.0


def _hours(record: Record) -> Iterator[Item]:
    """Yield mean hours a week, there by body, asked and given by activity too; and the load of bodies."""
    weeks = slice(record.weeks)
    for body, hours in record.capacity.items():
        yield f"hours.capacity:{body}", float(hours[weeks].mean())
    for (body, activity), hours in record.asked.items():
        yield f"hours.asked:{body}/{activity}", float(hours[weeks].mean())
    for (body, activity), hours in record.given.items():
        yield f"hours.given:{body}/{activity}", float(hours[weeks].mean())
    for body, attribute in record.tracked:
        if attribute == "overload":
            yield f"overload:{body}", float(record.tracked[body, attribute][_settled(record)].mean())


def _settled(record: Record) -> slice:
    """Return the weeks after the first year, or all of them where there are no others."""
    return slice(LAST_YEAR if record.weeks > LAST_YEAR else 0, record.weeks)


def given_by_body(record: Record) -> dict[str, Any]:
    """Return the hours that each body gave, week by week."""
    bodies = sorted({body for body, _ in record.given})
    return {
        body: sum(hours[: record.weeks] for (whose, _), hours in record.given.items() if whose == body) for body in bodies
    }


def hours_lost(record: Record) -> float:
    """Return the most hours that any week gave without their being asked for or there; 0 but for rounding."""
    over = [(record.given[key] - record.asked[key])[: record.weeks].max(initial=0.0) for key in record.given]
    none = np.zeros(record.size)
    for body, given in given_by_body(record).items():
        over.append((given - record.capacity.get(body, none)[: record.weeks]).max(initial=0.0))
    return float(max(over, default=0.0))


def money_lost(record: Record, households: Households) -> float:
    """Return what was billed and not paid, recovered, forgiven or still owed, summed over estates [fen]."""
    weeks, starts = slice(record.weeks), households.layout.start
    owed = np.add.reduceat(households.paying.owed.astype(np.int64), starts[:-1])
    billed, paid = record.money[weeks].sum(axis=0).T
    accounted = paid + owed + record.recovered[weeks].sum(axis=0) + record.forgiven[weeks].sum(axis=0)
    return float(np.abs(billed - accounted).sum())


def cases_lost(record: Record) -> float:
    """Return the cases that came or went without a trace, summed over weeks.

    Open cases of households grow by those voiced and those that come back, firms' claims by debtors of whom arrears
    are demanded; both fall by those settled and dropped.
    """
    weeks = slice(record.weeks)
    opened = (record.issues[weeks, 0] + record.returned[weeks], record.claims[weeks, DESK, REACHED])
    ended = (book[weeks, :, :REACHED].sum(axis=(1, 2)) for book in (record.cases, record.claims))
    open_before = ((record.open_cases, record.open_at_start), (record.open_claims, 0))
    grown = (np.diff(still[weeks], prepend=before) for still, before in open_before)
    return float(sum(np.abs(g - o + e).sum() for g, o, e in zip(grown, opened, ended, strict=True)))


def _cases(record: Record, dwellings: int) -> Iterator[Item]:
    for year in range(record.weeks // LAST_YEAR):
        of_year = record.open_cases[year * LAST_YEAR : (year + 1) * LAST_YEAR]
        yield f"cases.open.year_{year + 1}", float(of_year.mean())
    reached = (record.cases + record.claims)[: record.weeks, MEDIATION, REACHED].mean()
    yield "cases.to_mediation", float(reached) * THOUSAND / max(dwellings, 1)


def _signs_of_life(record: Record, households: Households) -> Iterator[Item]:
    lives = households.dwellings.group != NOT_RESIDENT
    wanted = households.opinion.preferred_grade[lives]
    content = households.experience.satisfaction[lives]
    yield "weeks", float(record.weeks)
    yield "residents", float(lives.sum())
    yield "issues", float(record.issues[: record.weeks].sum())
    yield "opinion.spread", float(wanted.std()) if len(wanted) else 0.0
    yield "satisfaction.spread", float(content.std()) if len(content) else 0.0
    yield "not_finite", float(_not_finite(record, households))
    held, turnout = (
        record.tracked.get(("owners_assembly", "held")),
        record.tracked.get(("owners_assembly", "last_turnout")),
    )
    if held is not None and turnout is not None and record.weeks:
        yield "ballots.held", float(held[record.weeks - 1].sum())
        yield "ballots.turnout", float(turnout[: record.weeks].max(initial=0.0))


def _not_finite(record: Record, households: Households) -> int:
    """Return how many numbers of households and service are not numbers."""
    real = [array for array in households.arrays().values() if array.dtype.kind == "f"]
    real += [
        record.quality[: record.weeks],
        record.collection[: record.weeks],
        record.pressure[: record.weeks],
    ]
    return sum(int(array.size - np.isfinite(array).sum()) for array in real)
