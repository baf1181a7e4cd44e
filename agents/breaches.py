"""How a firm breaks contract and law in one estate: violations begin, run and end; what they bring it and others."""

import math
from typing import TYPE_CHECKING

from agents.oversight import watch
from sim.estate_board import EstateBoard
from sim.households import MATTERS
from sim.mechanisms.violations import KINDS, Violation

if TYPE_CHECKING:
    from sim.community import Community

RUN_BEGINS = 0
"""The number of a run's first event."""


class Breaches:
    """The violations of one estate's firm."""

    def __init__(self, model: "Community", estate: EstateBoard) -> None:
        """Begin within the law."""
        self.model, self.estate, self.about = model, estate, model.mechanisms["violations"]

    def set_in(self, margin: float) -> None:
        """Let violations run that would have begun and not ended in the years before the run, seen or unseen."""
        watched = watch(self.model, self.estate)
        unseen, seen = self.about.at_rest(self._hazard(margin), watched.found, watched.stopped)
        for index, kind in enumerate(KINDS):
            drawn = self.model.chance.uniform(f"violation at the start: {kind}", self.estate.place, 0, index)
            if drawn < unseen + seen:
                found = -1 if drawn < unseen else 0
                self.estate.violations.append(Violation(kind, since=0, event=RUN_BEGINS, found=found))

    def commit(self, margin: float) -> None:
        """Once a month: begin violations that pay, end some that have run their course."""
        about, estate, week = self.about, self.estate, self.model.week
        hazard = self._hazard(margin)
        running = {violation.kind: violation for violation in estate.violations}
        for index, kind in enumerate(KINDS):
            drawn = self.model.chance.uniform(f"violation: {kind}", estate.place, week, index)
            if kind in running and drawn < about.ends:
                estate.violations.remove(running[kind])
                self._tell("violation_ends", kind, running[kind].event)
            if kind not in running and drawn < hazard:
                event = self._tell("violation_begins", kind, self.model.month_began)
                estate.violations.append(Violation(kind, week, event))

    @property
    def gain(self) -> float:
        """Return the margin that running violations add."""
        return float(self.about.gains * len(self.estate.violations))

    def harm(self) -> list[float]:
        """Return what running violations leave of the effort on each matter."""
        cuts = any(violation.kind == "staff_cut" for violation in self.estate.violations)
        charges = len(self.estate.violations) - cuts
        left = [1 - self.about.costs_staff * cuts] * len(MATTERS)
        left[tuple(MATTERS).index("charges")] *= max(0.0, 1 - self.about.costs_charges * charges)
        return left

    def _hazard(self, margin: float) -> float:
        about = self.about
        squeeze = max(0.0, about.squeeze_margin - margin) / about.squeeze_margin
        deterred = math.exp(-about.deterrence * self.estate.expected_penalty)
        return float(about.hazard * deterred * (1 + about.squeeze_weight * squeeze))

    def _tell(self, action: str, detail: str, cause: int) -> int:
        name, week = self.estate.name, self.model.week
        return self.model.log.add(week, "property_service_company", action, cause=cause, object=name, detail=detail)
