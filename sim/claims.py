"""What the end of a firm's claim does: money is paid or let off, habits and trust move, others learn of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.cases import COURT, MEDIATION, Cases
from sim.households import COMMITTEE, F8, I8, PARTY, PROVIDER
from sim.ladder import JUDGED, LOST, MEDIATED, OPEN, SETTLED, WITHDRAWN, Moves
from sim.residents import Residents

ENDS = {WITHDRAWN: 0, JUDGED: 1, LOST: 1, MEDIATED: 2}


class ClaimBook:
    """The books of one community's claims, by estate.

    recovered, forgiven: shape (e,); since they were last written down [fen].  suits: shape (e, 3); ended withdrawn, judged
    (for either side), mediated since then.  filed: shape (e,); suits in all.
    """

    def __init__(self, residents: Residents, mechanisms: Mapping[str, Any], estates: int) -> None:
        """Begin with empty books."""
        self._residents, self._trust = residents, mechanisms["trust"]
        self.about = mechanisms["arrears"]
        self.recovered, self.forgiven, self.filed = (np.zeros(estates, np.int64) for _ in range(3))
        self.suits = np.zeros((estates, len(set(ENDS.values()))), np.int64)

    def close(self, cases: Cases, moves: Moves) -> None:
        """Close the claims that ended this week; count the suits that were filed.

        cases, moves: of claims alone, as they were and what became of them.
        """
        self.filed += np.bincount(cases.estate[(moves.fate == OPEN) & (moves.to == COURT)], minlength=len(self.filed))
        ended = np.flatnonzero((moves.fate == SETTLED) | (moves.suit > 0))
        if not len(ended):
            return
        who, sued = cases.who[ended], cases.stage[ended] == COURT
        agreed = (cases.stage[ended] == MEDIATION) | (moves.suit[ended] == MEDIATED)
        self.settle(who, moves.pays[ended], sued, agreed)
        for learners, attitude, rate in (
            (who[sued], PROVIDER, -self.about.sued_trust), (who[agreed & ~sued], COMMITTEE, self._trust.gain),
        ):  # fmt: skip
            if len(learners):
                self._learn(learners, attitude, rate)
        ends = moves.suit[ended[sued]]
        for estate, end in zip(cases.estate[ended[sued]].tolist(), ends.tolist(), strict=True):
            self.suits[estate, ENDS[end]] += 1

    def settle_in_meeting(self, who: I8, pays: F8) -> None:
        """Let debtors pay what a joint meeting agreed on with them."""
        self.settle(who, pays, np.zeros(len(who), bool), np.ones(len(who), bool))
        self._learn(who, PARTY, self._trust.gain)

    def settle(self, who: I8, pays: F8, sued: np.ndarray, agreed: np.ndarray) -> None:
        """Let debtors pay a share of what they owe and be quit; who pays forms the habit; others copy what was let off."""
        recovered, forgiven = self._residents.clear(who, pays)
        self.recovered += recovered
        self.forgiven += forgiven
        about = self.about
        self._residents.form_habit(who, np.where(pays > 0, np.where(sued, about.sued_habit, about.demand_habit), 0.0))
        self._residents.be_copied(who[agreed], about.imitation * (1 - pays[agreed]))

    def _learn(self, who: I8, attitude: int, rate: float) -> None:
        self._residents.learn(who, np.full(len(who), attitude), np.full(len(who), rate, np.float32))
