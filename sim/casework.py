"""Casework: what is voiced or owed becomes a case, cases move on the ladder, households learn from what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.case_telling import CLIMBED, FIRMS, HOUSEHOLDS, KINDS, Teller
from sim.cases import ARREARS, COURT, DESK, LEGACY, MEDIATION, MEETING, CaseFile, Cases
from sim.claims import ClaimBook
from sim.estate_board import EstateBoard
from sim.events import EventLog
from sim.households import COMMITTEE, EFFICACY, F8, I8, MATTERS, PARTY, PROVIDER
from sim.ladder import CONDITIONS, Moves, Situation
from sim.ladder_chances import offers
from sim.record import Record
from sim.residents import Raised, Residents

MEMORY = 0.9
TROUBLES = (*MATTERS, "legacy")


class MeetingCase(NamedTuple):
    """A case as a joint meeting sees it."""

    who: int
    number: int
    estate: int
    matter: int
    severity: float
    opened: int


class Casework:
    """The cases of one community, with what they do to the households concerned."""

    def __init__(self, residents: Residents, estates: Sequence[EstateBoard], mechanisms: Mapping[str, Any]) -> None:
        """Begin without cases."""
        self.ladder = CaseFile()
        self._teller = Teller([estate.name for estate in estates])
        self.claims = ClaimBook(residents, mechanisms, len(estates))
        self._residents, self._estates, self._trust = residents, estates, mechanisms["trust"]
        self.about = mechanisms["case_ladder"]
        # By fate, OPEN first: grievance that goes, and more of it by severity; what efficacy and trust learn.
        self._felt = np.array([(0.0, 0.5 * self.about.relief, 0.0), (0.0, self.about.relief, -self.about.dropped)])
        trust = self._trust
        self._learned = np.array([(0.0, trust.answered, -trust.ignored), (0.0, trust.gain, -trust.loss)], np.float32)
        self._rates = self.about.rates(mechanisms["arrears"], mechanisms["payment"].rates())
        heads = np.array([estate.households for estate in estates])
        self._capacity = np.ceil(self.about.desk_capacity * heads).astype(np.int64).tolist()
        self.climbed = self.attempts = 0
        self.voiced, self.severity = (np.zeros((len(estates), len(MATTERS) + 1)) for _ in range(2))
        self.ability, self.returned = 1.0, 0

    def begin(self, weeks: int, log: EventLog) -> int:
        """Begin the run after some weeks before it, of which nothing is counted; return how many cases are open."""
        cases, self.returned = self.ladder.cases, 0
        self._teller.counted()
        cases.opened[:] -= weeks
        cases.cause[:] = self._tell_of(cases.estate, cases.matter, 0, "problem_stands_open", log)
        return len(cases)

    def open(self, raised: Raised, week: int, log: EventLog) -> None:
        """Open a case for each problem voiced."""
        causes = self._tell_of(raised.estate, raised.matter, week, "problem_voiced", log)
        self._enter(raised.who, raised.estate, raised.matter, raised.severity, week, causes)
        self.voiced *= MEMORY
        self.severity *= MEMORY
        columns = (raised.estate, raised.matter, raised.severity)
        for estate, matter, severity in zip(*(one.tolist() for one in columns), strict=True):
            self.voiced[estate, matter] += 1
            self.severity[estate, matter] += severity

    def _tell_of(self, estate: I8, matter: I8, week: int, action: str, log: EventLog) -> I8:
        """Write down problems without a cause of their own; return the numbers of their events."""
        told = zip(estate.tolist(), matter.tolist(), strict=True)
        names = ((self._estates[where].name, TROUBLES[what]) for where, what in told)
        events = [log.add(week, "shock", action, cause=-1, object=name, detail=trouble) for name, trouble in names]
        return np.array(events, np.int64)

    def _enter(self, who: I8, estate: I8, matter: I8, severity: F8, week: int, cause: I8) -> None:
        rows = self.ladder.room_for(len(who)).rows
        rows["who"], rows["number"], rows["estate"] = who, self._residents.number_of(who), estate
        rows["matter"], rows["severity"], rows["cause"] = matter, severity, cause
        rows["stage"], rows["weeks"], rows["tries"], rows["opened"] = DESK, 0, 0, week

    def demand(self, who: I8, estate: EstateBoard, week: int, cause: int) -> None:
        """Open a claim of the firm against each of these debtors of an estate."""
        of_each = np.ones(len(who), np.int64)
        grievance = self._residents.grievance_of(who)
        self._enter(who, of_each * estate.index, of_each * ARREARS, grievance, week, of_each * cause)
        self._teller.counts[FIRMS, DESK, CLIMBED] += len(who)

    def without_claim(self, who: I8) -> I8:
        """Return those of these households against whom the firm has no claim open."""
        cases = self.ladder.cases
        free: I8 = who[~np.isin(who, cases.who[cases.claims])]
        return free

    def suits_under_way(self, estate: EstateBoard) -> int:
        """Return how many suits on arrears are under way in an estate."""
        cases = self.ladder.cases
        return int((cases.claims & (cases.stage == COURT) & (cases.estate == estate.index)).sum())

    def open_now(self) -> tuple[int, int]:
        """Return how many cases of households and how many claims of firms are open."""
        claims = int(self.ladder.cases.claims.sum())
        return self.ladder.count - claims, claims

    def write(self, record: Record, week: int) -> None:
        """Write down the week's money, suits and cases that came back, and close the books."""
        for kept, book in (
            (record.recovered, self.claims.recovered), (record.forgiven, self.claims.forgiven),
            (record.suits, self.claims.suits),
        ):  # fmt: skip
            kept[week] = book
            book[:] = 0
        record.returned[week], self.returned = self.returned, 0

    def waiting_for_mediation(self) -> int:
        """Return how many cases wait for the residents' committee."""
        return self.ladder.waiting(MEDIATION)

    def waiting_for_meeting(self, estates: set[int]) -> "list[MeetingCase]":
        """Return the cases of these estates that wait for a joint meeting, the gravest first."""
        cases = self.ladder.cases
        found = [
            MeetingCase(
                int(cases.who[i]),
                int(cases.number[i]),
                int(cases.estate[i]),
                int(cases.matter[i]),
                float(cases.severity[i]),
                int(cases.opened[i]),
            )  # fmt: skip
            for i in np.flatnonzero(cases.stage == MEETING)
            if int(cases.estate[i]) in estates
        ]
        place = [int(estate.place) for estate in self._estates]
        return sorted(found, key=lambda case: (-case.severity, place[case.estate], case.number, case.opened, case.matter))

    def settle_in_meeting(self, case: "MeetingCase", week: int, log: EventLog, held: int, measure: str, clause: str) -> None:
        """Settle one case in a joint meeting; the household is relieved and learns, or pays what it owes."""
        who, claim = np.array([case.who]), case.matter == ARREARS
        self.ladder.take(case.who, case.opened, case.matter)
        if claim:
            self.claims.settle_in_meeting(who, 1 - offers(self._rates, self._met)[[case.estate]])
        else:
            self._residents.relieve(who, np.array([self.about.relief * (0.5 + case.severity)]))
            rates = np.array([self._trust.answered, self._trust.gain])
            self._residents.learn(np.repeat(who, 2), np.array([EFFICACY, PARTY]), rates)
        log.add(
            week, "residents", f"{KINDS[claim]}_settled_in_joint_meeting", cause=held,
            object=self._estates[case.estate].name, detail=str(case.who), clause=clause, measure=measure,
        )  # fmt: skip
        self._teller.counts[int(claim), MEETING, 0] += 1

    def offer(self, attempts: int, ability: float) -> None:
        """Offer so many attempts at mediation this week, done with this ability (0-1)."""
        self.attempts, self.ability = attempts, ability

    def work(self, week: int, seed: int, log: EventLog) -> tuple[I8, I8]:
        """Work a week on every case.

        Returns counts of households' cases and of firms' claims by stage and fate, each of shape (stages, 3): settled,
        dropped, reached.
        """
        self._met = self._situation()
        was, moves = self._residents.work_cases(self.ladder, self._met, self._rates, week, seed)
        claims = was.claims
        if claims.any():
            self._close_claims(*_rows(was, moves, claims), week, log)
            was, moves = _rows(was, moves, ~claims)
        self._close_own(was, moves, week, log)
        counts = self._teller.counted()
        self.climbed = int(counts[:, MEDIATION, CLIMBED].sum())
        return counts[HOUSEHOLDS], counts[FIRMS]

    def _situation(self) -> Situation:
        met = [
            (one.diligence, one.pressure, one.friction, one.authority, desk, one.pursues, one.meets)
            for one, desk in zip(self._estates, self._capacity, strict=True)
        ]
        return Situation(np.array(met, CONDITIONS), *self._residents.service(), self.attempts, self.ability)

    def _close_own(self, was: Cases, moves: Moves, week: int, log: EventLog) -> None:
        """Let households feel and learn what became of their cases; mend what is mended; let come back what comes back."""
        self._teach(was, moves)
        for estate in was.estate[(moves.repaired > 0) & (was.matter == LEGACY)].tolist():
            self._residents.legacy[estate] *= np.float32(1 - self.about.legacy_repair)
        again = np.flatnonzero(moves.returns)
        if len(again):
            back = was.only(again)
            self._enter(back.who, back.estate, back.matter, back.severity, week, back.cause)
            self.returned += len(again)
        self._teller.tell(HOUSEHOLDS, was, moves, week, log)

    def _close_claims(self, was: Cases, moves: Moves, week: int, log: EventLog) -> None:
        """Close the firms' claims that ended; put those that are taken further down to the firm's decision."""
        self.claims.close(was, moves)
        demanded = was.stage == DESK
        self._teller.tell(FIRMS, *_rows(was, moves, ~demanded), week, log)
        cause = self.ladder.cases.cause
        for before, now in self._teller.tell_demands(*_rows(was, moves, demanded), week, log).items():
            cause[cause == before] = now

    def _teach(self, was: Cases, moves: Moves) -> None:
        """Let households feel and learn how their cases ended."""
        ended = np.flatnonzero(moves.fate)
        fate, who, severity = moves.fate[ended], was.who[ended], was.severity[ended]
        relief, more = self._felt[:, fate]
        self._residents.relieve(who, relief + more * severity)
        rows = np.empty((2, len(who)), np.int64)
        rows[0], rows[1] = EFFICACY, np.where(was.stage[ended] == MEDIATION, COMMITTEE, PROVIDER)
        self._residents.learn(np.concatenate((who, who)), rows.ravel(), self._learned[:, fate].ravel())


def _rows(was: Cases, moves: Moves, which: np.ndarray) -> tuple[Cases, Moves]:
    found = np.flatnonzero(which)
    return was.only(found), moves.only(found)
