"""How violations of the provider are found, dissuaded and reported by the bodies of a community (M14, first form)."""

import math
from typing import TYPE_CHECKING, NamedTuple

from agents.housing_authority import Report
from sim.estate_board import EstateBoard
from sim.mechanisms.violations import Violation
from sim.moments import Oversight, Source

if TYPE_CHECKING:
    from sim.community import Community


class Watch(NamedTuple):
    """A month's chances in one estate: that a violation is found; that what was found is dissuaded, and reported.

    acted_on: the chance that a report is acted on.
    """

    found: float
    dissuaded: float
    reported: float
    acted_on: float
    oversight: Oversight

    @property
    def stopped(self) -> float:
        """Return the chance that something stops what was found: a word, or a report that is acted on."""
        return 1 - (1 - self.dissuaded) * (1 - self.reported * self.acted_on)


def watch(model: "Community", estate: EstateBoard) -> Watch:
    """Return a month's chances in one estate, and let its firm reckon with them.

    Found with hazard `chance + supervision + committee`; what was found is dissuaded or reported with chances that backing
    and measures raise and closeness lowers.
    """
    rules = model.mechanisms["violations"]
    oversight = Oversight(
        rules.dissuaded + rules.dissuaded_backing * estate.backing,
        rules.reported,
        rules.penalty,
        rules.delay_weeks,
    )
    oversight.ask(estate.measures)
    soft = 1 - model.mechanisms["pressure"].capture * estate.closeness
    found = 1 - math.exp(-_detection(model, estate))
    watched = Watch(found, oversight.dissuaded * soft, oversight.reported * soft, rules.acted_on, oversight)
    estate.expected_penalty = found * watched.stopped * oversight.penalty
    return watched


def oversee(model: "Community", estate: EstateBoard) -> None:
    """Let a month's oversight of one estate take its course: find, dissuade, report."""
    watched = watch(model, estate)
    for violation in list(estate.violations):
        if violation.found < 0:
            _look(model, estate, violation, watched.found)
        else:
            _deal_with(model, estate, violation, watched)


def _detection(model: "Community", estate: EstateBoard) -> float:
    rules, pressure = model.mechanisms["violations"], model.mechanisms["pressure"]
    watched = estate.sources.get("supervision", 0.0) + estate.sources.get("added_supervision", 0.0)
    supervision = watched / max(pressure.supervision, 1e-9)
    committee = estate.sources.get("owners_committee", 0.0) / max(pressure.committee, 1e-9)
    return float(rules.found_anyhow + rules.found_by_supervision * supervision + rules.found_by_committee * committee)


def _look(model: "Community", estate: EstateBoard, violation: Violation, found: float) -> None:
    if model.chance.uniform(f"found: {violation.kind}", estate.place, model.week) >= found:
        return
    event = model.log.add(
        model.week,
        "residents_committee",
        "violation_found",
        cause=violation.event,
        object=estate.name,
        detail=violation.kind,
    )
    estate.violations[estate.violations.index(violation)] = Violation(violation.kind, violation.since, event, model.week)


def _deal_with(model: "Community", estate: EstateBoard, violation: Violation, watched: Watch) -> None:
    week, oversight = model.week, watched.oversight
    if model.chance.uniform(f"dissuaded: {violation.kind}", estate.place, week) < watched.dissuaded:
        estate.violations.remove(violation)
        _tell(model, estate, "violation_dissuaded", violation, oversight.dissuaded_by)
        return
    already = any(report.violation == violation for report in model.body("housing_authority").queue)
    if not already and model.chance.uniform(f"reported: {violation.kind}", estate.place, week) < watched.reported:
        event = _tell(model, estate, "violation_reported", violation, oversight.reported_by)
        due, by = week + oversight.delay_weeks, oversight.punished_by
        by = by if by.measure else oversight.reported_by
        model.body("housing_authority").take(Report(estate, violation, oversight.penalty, due, event, by.measure, by.clause))


def _tell(model: "Community", estate: EstateBoard, action: str, violation: Violation, by: Source) -> int:
    return model.log.add(
        model.week, "residents_committee", action, cause=violation.event, object=estate.name, detail=violation.kind,
        clause=by.clause, measure=by.measure,
    )  # fmt: skip
