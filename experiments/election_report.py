"""What the count of an election says: candidates by their votes, who is elected, whether there is a committee."""

from collections.abc import Iterator
from typing import Any

from experiments.ballot_parts import (
    head_data,
    reading_data,
    shares_data,
    standing_data,
    steps_after,
    steps_before,
    title_of,
)
from experiments.ballot_report import BallotReport, Step
from experiments.ballot_request import BallotRequest
from experiments.ballot_texts import CANDIDATE, EACH_SEAT, FORMED, SHORT, STANDS, TIE, TOO_FEW
from sim.articles import articles_beside
from sim.decision import Reason, metres, told
from sim.election import Standing
from sim.election_count import Elected, ElectionCount
from sim.texts import Text

UNTIL_ASSENT = -2  # what follows is about assent to a motion, which an election does not have


def elected_committee(request: BallotRequest, count: ElectionCount) -> BallotReport:
    """Return the report of an election."""
    many = len(count.outcomes) > 1
    steps = [
        Step(reason, outcome.reading if many else None) for outcome in count.outcomes for reason in _steps(request, outcome)
    ]
    readings = [
        reading_data(outcome.reading) | shares_data(outcome.result.attendance) | _verdict(outcome)
        for outcome in count.outcomes
        if many
    ]
    return BallotReport(
        title_of(request),
        FORMED[count.formed],
        tuple(Step(reason) for reason in (*steps_before(request), *count.returned.reasons)),
        (Step(count.first.result.attendance.reasons[0]), *steps, *steps_after(request, count.formed)),
        articles_beside(request.poll.regime),
        _values(request, count) | {"readings": readings} | standing_data(request, count.formed),
        tuple(_line(place, one, count.first) for place, one in enumerate(count.first.by_votes, start=1)),
    )


def _values(request: BallotRequest, count: ElectionCount) -> dict[str, Any]:
    verdict = {"quorum": count.quorum, "passed": count.formed}
    result = count.first.result
    return head_data(request, result.attendance, verdict) | {
        "assent_heads": None,
        "assent_area": None,
        "seats": count.seating.seats,
        "candidates": [
            {"name": one.name, "heads": one.heads, "area": metres(one.area), "reached": count.reached(one.name)}
            for one in count.first.by_votes
        ],
        "elected": list(result.elected),
        "alternates": list(result.alternates),
        "formed": count.formed,
    }


def _verdict(outcome: Elected) -> dict[str, Any]:
    result = outcome.result
    told_of = {"passed": result.formed, "elected": list(result.elected), "alternates": list(result.alternates)}
    return {"assent_heads": None, "assent_area": None} | told_of


def _line(place: int, one: Standing, first: Elected) -> Text:
    elected, alternates = first.result.elected, first.result.alternates
    stands = "elected" if one.name in elected else "alternate" if one.name in alternates else "not"
    return CANDIDATE.filled(
        place=place, name=one.name, heads=one.heads, area=metres(one.area), of_heads=told(one.decision.assent_heads),
        of_area=told(one.decision.assent_area), stands=STANDS[stands],
    )  # fmt: skip


def _steps(request: BallotRequest, outcome: Elected) -> Iterator[Reason]:
    """Yield who came, who is elected, which ties the lot broke, and what becomes of seats left empty."""
    result = outcome.result
    yield from result.attendance.reasons[1:UNTIL_ASSENT]
    number, seating = len(result.elected), result.seating
    articles = request.poll.regime.rule(request.poll.category).approval.articles
    yield Reason(EACH_SEAT.filled(names=", ".join(result.elected) or "-", elected=number, seats=seating.seats), articles)
    for names in result.ties:
        yield Reason(TIE.filled(names=", ".join(names), seed=request.seed), ("no_article",))
    if number < seating.minimum and number < seating.seats:
        yield Reason(TOO_FEW.filled(least=seating.minimum), ("guiding_rules_31",))
    elif number < seating.seats:
        where = request.local.said("short_committee").where
        yield Reason(SHORT[result.formed].filled(least=seating.minimum, where=where), ())
