"""What becomes of cases, told: written into the event log with its cause, and counted by claimant, stage and fate."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from sim.cases import COURT, DESK, MEDIATION, MEETING, STAGES, Cases
from sim.events import EventLog
from sim.households import I8
from sim.ladder import DROPPED, JUDGED, LOST, MEDIATED, OPEN, SETTLED, WITHDRAWN, Moves

HOUSEHOLDS, FIRMS = 0, 1
CLIMBED = 2
KINDS, ACTORS = ("case", "claim"), ("residents", "property_service_company")
PLACES = {DESK: "at_desk", MEDIATION: "in_mediation", MEETING: "in_joint_meeting", COURT: "in_court"}
ENTRANCES = {MEDIATION: "reaches_mediation", MEETING: "reaches_joint_meeting", COURT: "reaches_court"}
SUITS = {WITHDRAWN: "claim_withdrawn", JUDGED: "claim_judged", MEDIATED: "claim_mediated", LOST: "claim_lost"}


@cache
def action_of(claimant: int, fate: int, stage: int, suit: int) -> str:
    """Return the event of a case that ended at a stage, or goes on at it."""
    if fate == OPEN:
        return f"{KINDS[claimant]}_{ENTRANCES[stage]}"
    if suit:
        return SUITS[suit]
    if claimant == FIRMS and fate == DROPPED:
        return "claim_lapses"
    return f"{KINDS[claimant]}_{'settled' if fate == SETTLED else 'dropped'}_{PLACES[stage]}"


class Teller:
    """Writes what becomes of the cases of some estates into an event log, and counts it.

    counts: shape (2, stages, 3); of households and of firms, settled, dropped, reached.
    """

    def __init__(self, estates: Sequence[str]) -> None:
        """Know the estates' names."""
        self.names = tuple(estates)
        self.counts = np.zeros((2, len(STAGES), CLIMBED + 1), np.int64)

    def counted(self) -> I8:
        """Return the counts since they were last asked for."""
        counts, self.counts = self.counts, np.zeros_like(self.counts)
        return counts

    def tell(self, claimant: int, was: Cases, moves: Moves, week: int, log: EventLog) -> None:
        """Write down what became of each of one claimant's cases."""
        actor, counts = ACTORS[claimant], self.counts[claimant]
        columns = (moves.fate, moves.to, moves.suit, was.stage, was.estate, was.who, was.cause)
        for fate, to, suit, stage, estate, who, cause in zip(*(one.tolist() for one in columns), strict=True):
            at, became = (to, CLIMBED) if fate == OPEN else (stage, fate - SETTLED)
            counts[at, became] += 1
            action = action_of(claimant, fate, at, suit)
            log.add(week, actor, action, cause=cause, object=self.names[estate], detail=str(who))

    def tell_demands(self, was: Cases, moves: Moves, week: int, log: EventLog) -> dict[int, int]:
        """Write down, for each estate together, which demands ran out, and then each claim that the firm takes further.

        Returns by which event the claims of each demand that are taken further are now pursued.
        """
        pursued = {}
        for demanded in np.unique(was.cause).tolist():
            here = np.flatnonzero(was.cause == demanded)
            goes_on, name = here[moves.fate[here] == OPEN], self.names[was.estate[here[0]]]
            paid = int(np.count_nonzero(moves.fate[here] == SETTLED))
            self.counts[FIRMS, DESK, :CLIMBED] += (paid, len(here) - len(goes_on) - paid)
            log.add(week, ACTORS[FIRMS], "demands_answered", cause=demanded, object=name, detail=str(paid))
            if len(goes_on):
                event = log.add(week, ACTORS[FIRMS], "firm_pursues", cause=demanded, object=name, detail=str(len(goes_on)))
                pursued[demanded] = was.cause[goes_on] = event
                self.tell(FIRMS, was.only(goes_on), moves.only(goes_on), week, log)
        return pursued
