"""What becomes of cases, told: written into the event log with its cause."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from sim.aftermath import FIRMS, HOUSEHOLDS
from sim.cases import COURT, DESK, MEDIATION, MEETING, Cases
from sim.events import EventLog
from sim.ladder import DROPPED, JUDGED, LOST, MEDIATED, NO_SUIT, OPEN, SETTLED, WITHDRAWN, Moves

KINDS, ACTORS = ("case", "claim"), ("residents", "property_service_company")
PLACES = {DESK: "at_desk", MEDIATION: "in_mediation", MEETING: "in_joint_meeting", COURT: "in_court"}
ENTRANCES = {MEDIATION: "reaches_mediation", MEETING: "reaches_joint_meeting", COURT: "reaches_court"}
SUITS = {WITHDRAWN: "claim_withdrawn", JUDGED: "claim_judged", MEDIATED: "claim_mediated", LOST: "claim_lost"}


FATES, SUIT_ENDS = (OPEN, SETTLED, DROPPED), (NO_SUIT, WITHDRAWN, JUDGED, MEDIATED, LOST)


def action_of(claimant: int, fate: int, stage: int, suit: int) -> str:
    """Return the event of a case that ended at a stage, or goes on at it; empty where there is none."""
    if fate == OPEN:
        return f"{KINDS[claimant]}_{ENTRANCES[stage]}" if stage in ENTRANCES else ""
    if suit:
        return SUITS[suit]
    if claimant == FIRMS and fate == DROPPED:
        return "claim_lapses"
    return f"{KINDS[claimant]}_{'settled' if fate == SETTLED else 'dropped'}_{PLACES[stage]}"


ACTS = tuple(
    (ACTORS[claimant], action_of(claimant, fate, stage, suit))
    for claimant, fate, stage, suit in product((HOUSEHOLDS, FIRMS), FATES, PLACES, SUIT_ENDS)
)
"""Actors and events by claimant, fate, stage and end of a suit in one index."""


class Teller:
    """Writes what becomes of the cases of some estates into an event log."""

    def __init__(self, estates: Sequence[str]) -> None:
        """Know the estates' names."""
        self.names = tuple(estates)

    def tell(self, was: Cases, moves: Moves, week: int, log: EventLog) -> None:
        """Write down what became of each case."""
        which = ((was.claims * len(FATES) + moves.fate) * len(PLACES) + moves.to) * len(SUIT_ENDS) + moves.suit
        who, estate = was.who.tolist(), was.estate.tolist()

        def told(index: int) -> tuple[str, str]:
            return self.names[estate[index]], str(who[index])

        log.add_all(week, ACTS, which.tolist(), was.cause.tolist(), told)

    def tell_demands(self, was: Cases, moves: Moves, week: int, log: EventLog) -> dict[int, int]:
        """Write down, for each estate together, which demands ran out, and then each claim that the firm takes further.

        Returns by which event the claims of each demand that are taken further are now pursued.
        """
        pursued = {}
        for demanded in np.unique(was.cause).tolist():
            here = np.flatnonzero(was.cause == demanded)
            goes_on, name = here[moves.fate[here] == OPEN], self.names[was.estate[here[0]]]
            paid = int(np.count_nonzero(moves.fate[here] == SETTLED))
            log.add(week, ACTORS[FIRMS], "demands_answered", cause=demanded, object=name, detail=str(paid))
            if len(goes_on):
                event = log.add(week, ACTORS[FIRMS], "firm_pursues", cause=demanded, object=name, detail=str(len(goes_on)))
                pursued[demanded] = was.cause[goes_on] = event
                self.tell(was.only(goes_on), moves.only(goes_on), week, log)
        return pursued
