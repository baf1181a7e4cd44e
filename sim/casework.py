"""Casework: problems voiced become cases, cases move on the ladder, and households learn from what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.cases import DESK, LEGACY, MEDIATION, MEETING, STAGES, Cases
from sim.chance import Purpose
from sim.estate_board import EstateBoard
from sim.events import EventKind, EventLog
from sim.households import COMMITTEE, EFFICACY, F8, I8, MATTERS, PARTY, PROVIDER
from sim.ladder import DROPPED, OPEN, SETTLED, Ladder, Moves, Situation
from sim.residents import Raised, Residents
from sim.texts import Text

CASE_EVENTS: Mapping[str, EventKind] = {
    "problem_voiced": EventKind(
        Text(zh="{object}：住户反映{detail}问题", en="{object}: a household speaks up about {detail}"),
        routine=True,
    ),
    "case_settled_at_desk": EventKind(
        Text(zh="{object}：物业前台解决", en="{object}: settled at the provider's desk"), routine=True
    ),
    "case_dropped_at_desk": EventKind(
        Text(
            zh="{object}：前台未解决，住户作罢",
            en="{object}: not settled at the desk, the household gives up",
        ),
        routine=True,
    ),
    "case_reaches_mediation": EventKind(
        Text(zh="{object}：问题上交居委会", en="{object}: a case reaches the residents' committee"),
        routine=True,
    ),
    "case_settled_in_mediation": EventKind(
        Text(zh="{object}：居委会调解成功", en="{object}: settled by the residents' committee")
    ),
    "case_dropped_in_mediation": EventKind(
        Text(zh="{object}：调解未果，不了了之", en="{object}: mediation fails and the case is dropped")
    ),
    "case_reaches_joint_meeting": EventKind(
        Text(zh="{object}：问题提交联席会议", en="{object}: a case goes to the joint meeting")
    ),
    "case_settled_in_joint_meeting": EventKind(
        Text(zh="{object}：联席会议解决", en="{object}: settled by the joint meeting")
    ),
    "case_dropped_in_joint_meeting": EventKind(
        Text(
            zh="{object}：联席会议未解决，不了了之",
            en="{object}: the joint meeting does not settle it and it is dropped",
        )
    ),
    "case_reaches_court": EventKind(Text(zh="{object}：住户起诉", en="{object}: the household sues")),
    "case_settled_in_court": EventKind(Text(zh="{object}：法院支持住户", en="{object}: the court finds for the household")),
    "case_dropped_in_court": EventKind(
        Text(zh="{object}：法院不支持住户", en="{object}: the court finds against the household")
    ),
}
MEMORY = 0.9
TROUBLES = (*MATTERS, "legacy")
FATES, CLIMBED = ("settled", "dropped"), 2
PLACES = ("at_desk", "in_mediation", "in_joint_meeting", "in_court")
ENTRANCES = ("", "case_reaches_mediation", "case_reaches_joint_meeting", "case_reaches_court")


class MeetingCase(NamedTuple):
    """A case as a joint meeting sees it."""

    who: int
    number: int
    estate: int
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
        self.ladder = Ladder(mechanisms["case_ladder"], draw, place, seed)
        self._residents, self._estates, self._trust = residents, estates, mechanisms["trust"]
        self.about = mechanisms["case_ladder"]
        heads = np.array([estate.households for estate in estates])
        self._capacity = np.ceil(self.about.desk_capacity * heads).astype(np.int64)
        self.climbed = self.attempts = 0
        self.voiced, self.severity = (np.zeros((len(estates), len(MATTERS) + 1)) for _ in range(2))
        self.ability, self.settled_in_meeting = 1.0, 0
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
                float(cases.severity[i]),
                int(cases.opened[i]),
            )  # fmt: skip
            for i in np.flatnonzero(cases.stage == MEETING)
            if int(cases.estate[i]) in estates
        ]
        place = self.ladder.place
        return sorted(found, key=lambda case: (-case.severity, int(place[case.estate]), case.number, case.opened))

    def settle_in_meeting(self, case: "MeetingCase", week: int, log: EventLog, held: int, measure: str, clause: str) -> None:
        """Settle one case in a joint meeting; the household is relieved and learns."""
        who = np.array([case.who])
        self.ladder.take(case.who, case.opened)
        self._residents.relieve(who, np.array([self.about.relief * (0.5 + case.severity)]))
        rates = np.array([self._trust.answered, self._trust.gain])
        self._residents.learn(np.repeat(who, 2), np.array([EFFICACY, PARTY]), rates)
        log.add(
            week, "residents", "case_settled_in_joint_meeting", cause=held, object=self._estates[case.estate].name,
            detail=str(case.who), clause=clause, measure=measure,
        )  # fmt: skip
        self.settled_in_meeting += 1

    def offer(self, attempts: int, ability: float) -> None:
        """Offer so many attempts at mediation this week, done with this ability (0-1)."""
        self.attempts, self.ability = attempts, ability

    def work(self, week: int, log: EventLog) -> I8:
        """Work a week on every case; return counts by stage and fate, shape (stages, 3): settled, dropped, reached."""
        situation = self._situation()
        cases, moves = self.ladder.work(week, situation)
        self._teach(cases, moves)
        self._mend(cases, moves, week)
        return self._tell(cases, moves, week, log)

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
        )

    def _teach(self, cases: Cases, moves: Moves) -> None:
        """Let households feel and learn what became of their cases."""
        ended = np.flatnonzero(moves.fate != OPEN)
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
        unrepaired = cases.only(np.flatnonzero((moves.fate == SETTLED) & ~moves.repaired))
        again = unrepaired.only(
            unrepaired.draws(self.ladder.draw, Purpose.RETURN, self.ladder.place, week, self.ladder.seed)[0]
            < self.about.returns
        )
        if len(again):
            self._enter(again.who, again.estate, again.matter, again.severity, week, again.cause)

    def _tell(self, cases: Cases, moves: Moves, week: int, log: EventLog) -> I8:
        counts = np.zeros((len(STAGES), 3), np.int64)
        counts[MEETING, 0], self.settled_in_meeting = self.settled_in_meeting, 0
        moved = np.flatnonzero((moves.fate != OPEN) | moves.climbed)
        columns = (moves.fate, moves.stage, moves.to, cases.estate, cases.who, cases.cause)
        for fate, stage, to, estate, who, cause in zip(*(one[moved].tolist() for one in columns), strict=True):
            if fate == OPEN:
                stage, became, action = to, CLIMBED, ENTRANCES[to]
            else:
                became = int(fate == DROPPED)
                action = f"case_{FATES[became]}_{PLACES[stage]}"
            counts[stage, became] += 1
            name = self._estates[estate].name
            log.add(week, "residents", action, cause=cause, object=name, detail=str(who))
        self.climbed = int(counts[MEDIATION, 2])
        return counts
