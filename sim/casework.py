"""Casework: what is voiced or owed becomes a case, cases move on the ladder, households learn from what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.case_events import CLIMBED, ENTRANCES, FATES, PLACES
from sim.cases import ARREARS, COURT, DESK, LEGACY, MEDIATION, MEETING, STAGES, Cases
from sim.chance import Purpose
from sim.claims import ClaimBook
from sim.estate_board import EstateBoard
from sim.events import EventLog
from sim.households import COMMITTEE, EFFICACY, F8, I8, MATTERS, PARTY, PROVIDER
from sim.ladder import DROPPED, OPEN, SETTLED, Ladder, Moves, Situation
from sim.record import Record
from sim.residents import Raised, Residents

MEMORY = 0.9
TROUBLES = (*MATTERS, "legacy")
SUITS = ("", "claim_withdrawn", "claim_judged", "claim_mediated", "claim_lost")
HOUSEHOLDS, FIRMS = 0, 1
KINDS, ACTORS = ("case", "claim"), ("residents", "property_service_company")


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

    def __init__(
        self,
        residents: Residents,
        estates: Sequence[EstateBoard],
        mechanisms: Mapping[str, Any],
        draw: Any,
        seed: int,
    ) -> None:
        """Begin without cases; draw: the engine's `draw_words`."""
        place = np.array([estate.place for estate in estates], np.uint32)
        self.ladder = Ladder(mechanisms["case_ladder"], mechanisms["arrears"], draw, place, seed)
        self.claims = ClaimBook(residents, mechanisms, len(estates))
        self._residents, self._estates, self._trust = residents, estates, mechanisms["trust"]
        self.about = mechanisms["case_ladder"]
        heads = np.array([estate.households for estate in estates])
        self._capacity = np.ceil(self.about.desk_capacity * heads).astype(np.int64)
        self.climbed = self.attempts = 0
        self.voiced, self.severity = (np.zeros((len(estates), len(MATTERS) + 1)) for _ in range(2))
        self.ability, self.returned = 1.0, 0
        self._since = np.zeros((2, len(STAGES), 3), np.int64)  # happened after the week's work, told with the next week's
        self.opened = np.zeros(len(estates), np.int64)

    def begin(self, weeks: int, seed: int) -> None:
        """Begin the run after some weeks before it: its chance from now on, its first event as cause of what is open."""
        self.ladder.seed = seed
        self.ladder.cases.opened -= weeks
        self.ladder.cases.cause[:] = 0

    def open(self, raised: Raised, week: int, log: EventLog) -> None:
        """Open a case for each problem voiced."""
        cause = [
            log.add(
                week,
                "shock",
                "problem_voiced",
                cause=-1,
                object=self._estates[estate].name,
                detail=TROUBLES[matter],
            )
            for estate, matter in zip(raised.estate.tolist(), raised.matter.tolist(), strict=True)
        ]
        self.opened = np.bincount(raised.estate, minlength=len(self._estates))
        self._enter(raised.who, raised.estate, raised.matter, raised.severity, week, np.array(cause, np.int64))
        for voice, by in ((self.voiced, np.ones(len(raised.who))), (self.severity, raised.severity)):
            voice *= MEMORY
            np.add.at(voice, (raised.estate, raised.matter), by)

    def _enter(self, who: I8, estate: I8, matter: I8, severity: F8, week: int, cause: I8) -> None:
        zero = np.zeros(len(who), np.int64)
        number = self._residents.number_of(who)
        cases = Cases(who, number, estate, matter, severity, zero + DESK, zero, zero, zero + week, cause)
        self.ladder.open(cases)

    def demand(self, who: I8, estate: EstateBoard, week: int, cause: int) -> None:
        """Open a claim of the firm against each of these debtors of an estate."""
        of_each = np.ones(len(who), np.int64)
        grievance = self._residents.grievance_of(who)
        self._enter(who, of_each * estate.index, of_each * ARREARS, grievance, week, of_each * cause)
        self._since[FIRMS, DESK, CLIMBED] += len(who)

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
        return len(self.ladder.cases) - claims, claims

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
        place = self.ladder.place
        return sorted(
            found, key=lambda case: (-case.severity, int(place[case.estate]), case.number, case.opened, case.matter)
        )

    def settle_in_meeting(self, case: "MeetingCase", week: int, log: EventLog, held: int, measure: str, clause: str) -> None:
        """Settle one case in a joint meeting; the household is relieved and learns, or pays what it owes."""
        who, claim = np.array([case.who]), case.matter == ARREARS
        self.ladder.take(case.who, case.opened, case.matter)
        if claim:
            self.claims.settle_in_meeting(who, np.array([1 - self._offer(self._estates[case.estate])]))
        else:
            self._residents.relieve(who, np.array([self.about.relief * (0.5 + case.severity)]))
            rates = np.array([self._trust.answered, self._trust.gain])
            self._residents.learn(np.repeat(who, 2), np.array([EFFICACY, PARTY]), rates)
        log.add(
            week, "residents", f"{KINDS[claim]}_settled_in_joint_meeting", cause=held,
            object=self._estates[case.estate].name, detail=str(case.who), clause=clause, measure=measure,
        )  # fmt: skip
        self._since[int(claim), MEETING, 0] += 1

    def _offer(self, estate: EstateBoard) -> float:
        """Return the share of arrears that the firm lets off: the worse the service, the more, up to the discount."""
        about = self.claims.about
        return float(about.discount * min(1.0, estate.mean_shortfall / about.bad_service))

    def offer(self, attempts: int, ability: float) -> None:
        """Offer so many attempts at mediation this week, done with this ability (0-1)."""
        self.attempts, self.ability = attempts, ability

    def work(self, week: int, log: EventLog) -> tuple[I8, I8]:
        """Work a week on every case.

        Returns counts of households' cases and of firms' claims by stage and fate, each of shape (stages, 3): settled,
        dropped, reached.
        """
        cases, moves = self.ladder.work(week, self._situation())
        self._teach(cases, moves)
        self.claims.close(cases, moves)
        self._mend(cases, moves, week)
        counts, self._since = self._since, np.zeros_like(self._since)
        told = np.flatnonzero(((moves.fate != OPEN) | moves.climbed) & ~(cases.claims & (cases.stage == DESK)))
        self._tell(cases.only(told), moves.only(told), week, log, counts)
        self._tell_demands(cases, moves, week, log, counts)
        self.climbed = int(counts[:, MEDIATION, CLIMBED].sum())
        return counts[HOUSEHOLDS], counts[FIRMS]

    def _situation(self) -> Situation:
        boards = self._estates
        return Situation(
            np.array([board.quality for board in boards]),
            np.array([board.diligence for board in boards]),
            np.array([board.pressure for board in boards]),
            np.array([board.friction for board in boards]),
            self._capacity,
            self.attempts,
            self.ability,
            np.array([board.meets for board in boards]),
            self._residents.efficacy_of(self.ladder.cases.who),
            np.array([board.authority for board in boards]),
            self._residents.readiness_of(self.ladder.cases.who),
            np.array([self._offer(board) for board in boards]),
            np.array([board.pursues for board in boards]),
        )

    def _teach(self, cases: Cases, moves: Moves) -> None:
        """Let households feel and learn what became of their cases."""
        ended = np.flatnonzero((moves.fate != OPEN) & ~cases.claims)
        settled = moves.fate[ended] == SETTLED
        severity, who = cases.severity[ended], cases.who[ended]
        self._residents.relieve(who, np.where(settled, self.about.relief * (0.5 + severity), -self.about.dropped * severity))
        efficacy = np.where(settled, self._trust.answered, -self._trust.ignored)
        trust = np.where(settled, self._trust.gain, -self._trust.loss)
        body = np.where(moves.stage[ended] == MEDIATION, COMMITTEE, PROVIDER)
        twice = np.concatenate([who, who])
        rows = np.concatenate([np.full(len(who), EFFICACY), body])
        self._residents.learn(twice, rows, np.concatenate([efficacy, trust]))

    def _mend(self, cases: Cases, moves: Moves, week: int) -> None:
        """Repair what was repaired of the developer's legacy; let some of what was not repaired come back."""
        for estate in cases.estate[moves.repaired & (cases.matter == LEGACY)]:
            self._residents.legacy[estate] *= np.float32(1 - self.about.legacy_repair)
        unrepaired = cases.only(np.flatnonzero((moves.fate == SETTLED) & ~moves.repaired & ~cases.claims))
        again = unrepaired.only(
            unrepaired.draws(self.ladder.draw, Purpose.RETURN, self.ladder.place, week, self.ladder.seed)[0]
            < self.about.returns
        )
        if len(again):
            self._enter(again.who, again.estate, again.matter, again.severity, week, again.cause)
            self.returned += len(again)

    def _tell(self, cases: Cases, moves: Moves, week: int, log: EventLog, counts: I8) -> None:
        """Write down what became of each of these cases, and count it."""
        columns = (cases.claims, moves.fate, moves.stage, moves.to, moves.suit, cases.estate, cases.who, cases.cause)
        for claim, fate, stage, to, suit, estate, who, cause in zip(*(one.tolist() for one in columns), strict=True):
            if fate == OPEN:
                counts[int(claim), to, CLIMBED] += 1
                action = f"{KINDS[claim]}_{ENTRANCES[to]}"
            else:
                became = int(fate == DROPPED)
                counts[int(claim), stage, became] += 1
                lapses = "claim_lapses" if claim and fate == DROPPED else ""
                action = SUITS[suit] or lapses or f"{KINDS[claim]}_{FATES[became]}_{PLACES[stage]}"
            log.add(week, ACTORS[claim], action, cause=cause, object=self._estates[estate].name, detail=str(who))

    def _tell_demands(self, cases: Cases, moves: Moves, week: int, log: EventLog, counts: I8) -> None:
        """Write down, for each estate together, which demands ran out, and then each claim that the firm takes further."""
        ran_out = cases.claims & (cases.stage == DESK) & ((moves.fate != OPEN) | moves.climbed)
        for estate in np.unique(cases.estate[ran_out]).tolist():
            here = np.flatnonzero(ran_out & (cases.estate == estate))
            paid, goes_on = moves.fate[here] == SETTLED, here[moves.climbed[here]]
            counts[FIRMS, DESK] += (int(paid.sum()), len(here) - int(paid.sum()) - len(goes_on), 0)
            name, demanded = self._estates[estate].name, int(cases.cause[here[0]])
            log.add(week, ACTORS[True], "demands_answered", cause=demanded, object=name, detail=str(int(paid.sum())))
            if len(goes_on):
                pursued = log.add(week, ACTORS[True], "firm_pursues", cause=demanded, object=name, detail=str(len(goes_on)))
                still_open, going = self.ladder.cases.cause, cases.only(goes_on)
                still_open[still_open == demanded] = going.cause[:] = pursued
                self._tell(going, moves.only(goes_on), week, log, counts)
