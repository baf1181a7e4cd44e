"""Casework: what is voiced or owed becomes a case, cases move on the ladder, households learn from what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.aftermath import CLIMBED, FIRMS, HOUSEHOLDS, empty_books
from sim.case_telling import KINDS, Teller
from sim.cases import ARREARS, CASE, COURT, DESK, MEDIATION, MEETING, CaseFile, Cases
from sim.estate_board import EstateBoard
from sim.events import NO_CAUSE, EventLog
from sim.households import I8, MATTERS
from sim.ladder import CONDITIONS, MOVE, SETTLED, Moves, Situation
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
        self.books = empty_books(len(estates))
        self._residents, self._estates = residents, estates
        self.about = mechanisms["case_ladder"]
        self._rates = self.about.rates(mechanisms["arrears"], mechanisms["payment"].rates())
        heads = np.array([estate.households for estate in estates])
        self._capacity = np.ceil(self.about.desk_capacity * heads).astype(np.int64).tolist()
        self.climbed = self.attempts = 0
        self.voiced, self.severity = (np.zeros((len(estates), len(MATTERS) + 1)) for _ in range(2))
        self.ability, self.returned = 1.0, 0

    def begin(self, weeks: int, log: EventLog) -> int:
        """Begin the run after some weeks before it, of which nothing is counted; return how many cases are open."""
        cases, self.returned = self.ladder.cases, 0
        self.books.counts[:] = 0
        cases.opened[:] -= weeks
        cases.cause[:] = self._tell_of(cases, 0, "problem_stands_open", log)
        return len(cases)

    def open(self, raised: Raised, week: int, log: EventLog) -> None:
        """Open a case for each problem voiced."""
        cases = raised.cases
        cases.cause[:] = self._tell_of(cases, week, "problem_voiced", log)
        self._enter(cases)
        self.voiced *= MEMORY
        self.severity *= MEMORY
        concerned = (cases.estate, cases.matter)
        np.add.at(self.voiced, concerned, 1)
        np.add.at(self.severity, concerned, cases.severity)

    def _tell_of(self, cases: Cases, week: int, action: str, log: EventLog) -> I8:
        """Write down problems without a cause of their own; return the numbers of their events."""
        estate, matter = cases.estate.tolist(), cases.matter.tolist()

        def told(index: int) -> tuple[str, str]:
            return self._estates[estate[index]].name, TROUBLES[matter[index]]

        first = log.add_all(week, [("shock", action)], [0] * len(cases), [NO_CAUSE] * len(cases), told)
        return np.arange(first, first + len(cases))

    def _enter(self, cases: Cases) -> None:
        self.ladder.room_for(len(cases)).rows[:] = cases.rows

    def demand(self, who: I8, estate: EstateBoard, week: int, cause: int) -> None:
        """Open a claim of the firm against each of these debtors of an estate."""
        claims = Cases(np.zeros(len(who), CASE))
        claims.who[:], claims.number[:], claims.severity[:] = who, *self._residents.claimed_from(who)
        claims.estate[:], claims.matter[:], claims.opened[:], claims.cause[:] = estate.index, ARREARS, week, cause
        self._enter(claims)
        self.books.counts[FIRMS, DESK, CLIMBED] += len(who)

    def without_claim(self, who: I8) -> I8:
        """Return those of these households against whom the firm has no claim open."""
        cases = self.ladder.cases
        is_free = np.ones(self._residents.households.size, np.bool_)
        is_free[cases.who[cases.claims]] = False
        free: I8 = who[is_free[who]]
        return free

    def suits_under_way(self, estate: EstateBoard) -> int:
        """Return how many suits on arrears are under way in an estate."""
        cases = self.ladder.cases
        return int(np.count_nonzero(cases.claims & (cases.stage == COURT) & (cases.estate == estate.index)))

    def open_now(self) -> tuple[int, int]:
        """Return how many cases of households and how many claims of firms are open."""
        claims = int(np.count_nonzero(self.ladder.cases.claims))
        return self.ladder.count - claims, claims

    def write(self, record: Record, week: int) -> None:
        """Write down the week's cases, claims, money and suits, and close the books."""
        for kept, book in (
            (record.recovered, self.books.recovered), (record.forgiven, self.books.forgiven),
            (record.suits, self.books.suits),
        ):  # fmt: skip
            kept[week] = book
            book[:] = 0
        record.returned[week], self.returned = self.returned, 0
        record.cases[week], record.claims[week] = self.books.counts[HOUSEHOLDS], self.books.counts[FIRMS]
        self.books.counts[:] = 0
        record.open_cases[week], record.open_claims[week] = self.open_now()

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
        claim, move = case.matter == ARREARS, Moves(np.zeros(1, MOVE))
        pays = 1 - offers(self._rates.view(np.recarray), self._met)[case.estate] if claim else 0.0
        move.fate[:], move.pays[:] = SETTLED, pays
        self._residents.close_cases(self.ladder.take(case.who, case.opened, case.matter), move, self.books)
        log.add(
            week, "residents", f"{KINDS[claim]}_settled_in_joint_meeting", cause=held,
            object=self._estates[case.estate].name, detail=str(case.who), clause=clause, measure=measure,
        )  # fmt: skip

    def offer(self, attempts: int, ability: float) -> None:
        """Offer so many attempts at mediation this week, done with this ability (0-1)."""
        self.attempts, self.ability = attempts, ability

    def work(self, week: int, seed: int, log: EventLog) -> None:
        """Work a week on every case."""
        before = self._reached_mediation()
        self._met = self._situation(week)
        was, moves = self._residents.work_cases(self.ladder, self._met, self._rates, seed)
        self._residents.close_cases(was, moves, self.books)
        self.returned += int(np.count_nonzero(moves.returns))
        self._tell_of_moves(was, moves, week, log)
        self.climbed = self._reached_mediation() - before

    def _reached_mediation(self) -> int:
        """Return how many cases and claims have reached mediation, of those in the books."""
        return sum(self.books.counts[:, MEDIATION, CLIMBED].tolist())

    def _situation(self, week: int) -> Situation:
        met = np.empty(len(self._estates), CONDITIONS)
        for row, (one, desk) in enumerate(zip(self._estates, self._capacity, strict=True)):
            met[row] = one.diligence, one.pressure, one.friction, one.authority, desk, one.pursues, one.meets
        return Situation(met, *self._residents.service, self.attempts, self.ability, week)

    def _tell_of_moves(self, was: Cases, moves: Moves, week: int, log: EventLog) -> None:
        """Write down what became of the cases; put the claims that are taken further down to the firm's decision."""
        (demanded,) = (was.claims & (was.stage == DESK)).nonzero()
        if not len(demanded):
            self._teller.tell(was, moves, week, log)
            return
        earlier, demands, later = slice(demanded[0]), slice(demanded[0], demanded[-1] + 1), slice(demanded[-1] + 1, None)
        self._teller.tell(was.only(earlier), moves.only(earlier), week, log)
        cause = self.ladder.cases.cause
        for before, now in self._teller.tell_demands(was.only(demands), moves.only(demands), week, log).items():
            cause[cause == before] = now
        self._teller.tell(was.only(later), moves.only(later), week, log)
