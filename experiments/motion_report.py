"""What the count of a vote on a motion says: adopted or not, under which reading, and whether it stands."""

from fractions import Fraction

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
from experiments.ballot_texts import ENDS, OBJECTIONS, READING, RESULTS, STAYS
from sim.articles import articles_beside
from sim.decision import Reason, told
from sim.local_rule import LocalRule
from sim.register_count import Count, Outcome, objecting
from sim.texts import Text
from sim.unsettled import label_of


def counted_motion(request: BallotRequest, count: Count) -> BallotReport:
    """Return the report of a vote on a motion."""
    many = len(count.outcomes) > 1
    steps = [
        Step(reason, outcome.reading if many else None)
        for outcome in count.outcomes
        for reason in outcome.decision.reasons[1:]
    ]
    readings = [
        reading_data(outcome.reading) | shares_data(outcome.decision) | {"passed": outcome.decision.passed}
        for outcome in count.outcomes
        if many
    ]
    values = head_data(request, count.first, {"quorum": count.quorum, "passed": count.passed}) | {"readings": readings}
    return BallotReport(
        title_of(request),
        RESULTS[count.passed],
        tuple(Step(reason) for reason in (*steps_before(request), *count.returned.reasons)),
        (Step(count.first.reasons[0]), *steps, *steps_after(request, count.passed), *_objections(count, request.local)),
        articles_beside(request.poll.regime),
        values | standing_data(request, count.passed),
        tuple(_verdict(outcome) for outcome in count.outcomes if many),
    )


def _verdict(outcome: Outcome) -> Text:
    return READING.filled(reading=label_of(outcome.reading), result=ENDS[outcome.decision.passed])


def _objections(count: Count, local: LocalRule) -> tuple[Step, ...]:
    """Return what objection voting would give, where the local rule opens the matter to it."""
    found = _objected(count, local)
    if found is None:
        return ()
    heads, area, below = found
    stays = STAYS[heads < below and area < below]
    said = OBJECTIONS.filled(heads=told(heads), area=told(area), below=told(below), reached=stays, local=local.label)
    return (Step(Reason(said, ())),)


def _objected(count: Count, local: LocalRule) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the shares of heads and area that object and the share that they must stay below, under the first reading."""
    open_to, below = (local.said(key).value for key in ("objection_voting", "objection_share"))
    if not isinstance(open_to, tuple) or not isinstance(below, Fraction):
        return None
    if count.returned.poll.category not in open_to:
        return None
    heads, area = objecting(count.returned, count.outcomes[0].reading)
    return Fraction(heads, count.first.tally.heads), Fraction(area, count.first.tally.area), below
