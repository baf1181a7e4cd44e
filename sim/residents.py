"""The residents and the service they live with: everything that the engine moves, behind a few verbs.

Whoever holds `Residents` can move households on by living through weeks, and by nothing else; its arrays are shown as views
that cannot be written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.aftermath import Books, lessons_of
from sim.arithmetic import FINE, fine, logistic
from sim.ballot import tally_of
from sim.cases import CASE, CaseFile, Cases
from sim.chance import Purpose
from sim.decision import Tally
from sim.election import Papers
from sim.engine import Engine
from sim.households import (
    AWARENESS,
    COMMITTEE,
    EFFICACY,
    F4,
    F8,
    GROUPS,
    I8,
    NOT_RESIDENT,
    OWNER_OCCUPIED,
    U1,
    Households,
    Living,
    shown,
)
from sim.ladder import MOVE, Moves, Parties, Situation, Streams
from sim.mechanisms.assembly import Electorate, Motion, logits, votes, wanted
from sim.mechanisms.candidate_choice import Slate, marks
from sim.mechanisms.payment import Collection
from sim.mechanisms.voice import SILENT, VOICED, Trouble
from sim.mechanisms.week import rates_of
from sim.record import Record
from sim.register import Heads, Vote, heads_of

WORST_OFF = 0.1
ATTITUDES_EVERY = 4
SMALLEST = 2.0**-25
MIDDLE = np.float32(0.5)
SPOKE_UP, VOTED = range(2)
WORDS, MOST_BLOCKS = 4, 16  # uniforms of a draw; draws for the candidates of one paper


class Raised(NamedTuple):
    """Problems of a week: cases that were voiced, without their causes; counts, shape (3,): voiced, withheld, silent."""

    cases: Cases
    counts: I8


class Residents:
    """Households and quality of service of one community, week by week.

    took_part: shape (2, n); who ever spoke up, who ever voted (as the dwelling that speaks for the owner).  service: every
    estate's quality and standard by matter, each of shape (e, k), as views that cannot be written.

    quality: shape (e, k); at the start, 0-1.  grade: shape (e,); agreed in the contracts, 0-1.  collection: shape (e,); at
    the start.  legacy: shape (e,); what the developer left undone, 0-1.  The caller keeps no other reference to the arrays.
    """

    def __init__(
        self,
        households: Households,
        quality: F8,
        grade: F8,
        collection: F8,
        legacy: F8,
        mechanisms: Mapping[str, Any],
        engine: Engine,
    ) -> None:
        """Move in."""
        self.households = households.read_only()
        self._people, self._engine, self._service = households, engine, mechanisms["service"]
        self._held = engine.hold(Living(households, rates_of(mechanisms)))
        self._quality, self._aim, self._standard = quality.copy(), quality.copy(), quality.copy()
        self.service = shown(self._quality), shown(self._standard)
        self._grade = grade.astype(np.float32)
        self._served = np.ones(len(grade), np.uint8)
        self._collection = Collection(collection.copy(), collection.copy(), np.zeros(len(grade), np.float32), self._served)
        self._courtesy, self._convener = mechanisms["official_survey"].kindness, mechanisms["official_survey"].trusted
        self._smoothing = mechanisms["payment"].smoothing
        self._voice, self._trust = mechanisms["voice"], mechanisms["trust"]
        self._legacy_grievance = mechanisms["satisfaction"].legacy_grievance
        self._legacy = legacy.astype(np.float32)
        self._assembly, self._expects = mechanisms["assembly"], mechanisms["satisfaction"].promise_of_grade
        self._choice, self._following = mechanisms["candidate_choice"], mechanisms["following"]
        self._online = mechanisms["online_ballot"]
        self._publicity, self._attitudes_about = mechanisms["publicity_effect"], mechanisms["attitudes"]
        self._owners: dict[int, Heads] = {}
        self._reaction, self._content = np.zeros(households.size, np.uint8), np.zeros((len(grade), len(GROUPS)), np.int64)
        self.took_part = np.zeros((2, households.size), np.bool_)
        self._arrears, self._lessons = mechanisms["arrears"], lessons_of(mechanisms)
        self._parties = Parties(households.attitudes.held, households.experience.satisfaction, households.dwellings.tenure)

    def quality(self, estate: int) -> F8:
        """Return one estate's quality by matter, shape (k,), as a view that cannot be written."""
        return shown(self._quality[estate])

    def standard(self, estate: int) -> F8:
        """Return what one estate's contract promises by matter, shape (k,), as a view that cannot be written."""
        return shown(self._standard[estate])

    def collection(self, estate: int) -> float:
        """Return one estate's smoothed collection rate, 0-1."""
        return float(self._collection.smoothed[estate])

    def put_in(self, estate: int, means: float, effort: Sequence[float]) -> None:
        """Say what a provider puts in: means (1 as signed) and effort by matter of mean 1; quality will follow."""
        self._served[estate] = 1
        self._aim[estate] = self._service.aim(self._standard[estate], np.array(effort) * means)

    def leave_unserved(self, estate: int, quality: float) -> None:
        """Say that an estate has no provider: all matters go to one quality; nobody bills."""
        self._aim[estate] = quality
        self._served[estate] = 0

    def know_the_service(self) -> None:
        """Let quality be what the providers put in, as it has long been perceived and is expected."""
        experience = self._people.experience
        for estate, shift in enumerate((self._aim - self._quality).astype(np.float32)):
            rows = self._rows(estate)
            experience.perceived[:, rows] += shift[:, None]
            experience.expectation[:, rows] += shift[:, None]
        self._quality[:] = self._aim

    def serve(self, week: int, seed: int) -> None:
        """Let quality move towards what each provider puts in."""
        self._engine.serve(self._people.layout, self._quality, self._aim, self._service.rates(), week, seed)

    def live(self, week: int, seed: int) -> "Raised":
        """Let residents see the service and be content or not, talk, and meet with issues; return what was voiced."""
        trouble = Trouble(self._voice.appeal(self._quality), np.float32(self._voice.legacy_rate) * self._legacy)
        quality, sore = self._quality.astype(np.float32), np.float32(self._legacy_grievance) * self._legacy
        self._engine.live(self._held, quality, sore, trouble, week, seed, self._reaction, self._content)
        return self._raised(trouble, week, seed)

    def _raised(self, trouble: Trouble, week: int, seed: int) -> "Raised":
        counts = np.bincount(self._reaction, minlength=SILENT + 1)
        rows = np.empty(counts[VOICED], CASE)
        self._engine.describe(self._held, self._reaction, trouble, week, seed, rows)
        self.took_part[SPOKE_UP, rows["who"]] = True
        return Raised(Cases(rows), counts[VOICED:])

    def claimed_from(self, who: I8) -> tuple[I8, F8]:
        """Return the numbers that debtors have in their estates, and their current grievance, 0-1."""
        number, grievance = self._people.dwellings.number[who], self._people.experience.grievance[who]
        return number.astype(np.int64), grievance.astype(np.float64)

    def work_cases(self, open_now: CaseFile, at: Situation, rates: np.ndarray, seed: int) -> tuple[Cases, Moves]:
        """Work a week on every open case; return those that ended or climbed, as they were, and what became of them."""
        count = open_now.count
        was, moves = np.empty(count, CASE), np.empty(count, MOVE)
        streams = Streams(self._people.layout.place, seed)
        open_now.count, rows = self._engine.work_cases(open_now.rows, count, self._parties, at, rates, streams, was, moves)
        return Cases(was[:rows]), Moves(moves[:rows])

    def close_cases(self, was: Cases, moves: Moves, books: Books) -> None:
        """Let households feel and learn what became of their cases, and debtors pay: see `sim.aftermath.close`."""
        self._engine.close_cases(self._held, was.rows, moves.rows, self._lessons, self._legacy, books)

    def hear(self, rate: F4, week: int, seed: int) -> None:
        """Let those whom public news reaches learn; rate: shape (attitudes, e)."""
        reach = np.float32(self._trust.reach)
        if rate.any():
            self._engine.hear(self._held, rate, reach, week, seed)

    def drift_back(self) -> None:
        """Let attitudes drift a month back towards where they began."""
        self._engine.drift_back(self._held, np.float32(self._trust.reversion))

    def poll(self, estate: int, motion: Motion, seed: int) -> Tally:
        """Let an estate's owners vote on a motion, and count heads and area."""
        electorate = self._electorate(estate, motion, seed)
        cast = votes(self._assembly, electorate, motion)
        self._remember(electorate, cast)
        return tally_of(cast, electorate.heads.area)

    def attendance(self, estate: int, motion: Motion, seed: int) -> Tally:
        """Count the papers that would be in by now; nobody has voted yet."""
        electorate = self._electorate(estate, motion, seed)
        return tally_of(votes(self._assembly, electorate, motion), electorate.heads.area)

    def papers(self, estate: int, motion: Motion, slate: Slate, seed: int) -> Papers:
        """Let an estate's owners mark the candidates of an election, and return the papers without names."""
        electorate = self._electorate(estate, motion, seed)
        cast = votes(self._assembly, electorate, motion)
        self._remember(electorate, cast)
        rows = electorate.heads.row
        blocks = range(-(-len(slate.support) // WORDS))
        drawn = [self._drawn(rows, Purpose.MARK, estate, motion.ordinal * MOST_BLOCKS + block, seed) for block in blocks]
        luck = logits(np.concatenate([*drawn, np.empty((0, len(rows)), np.float32)])[: len(slate.support)])
        wants, held = wanted(self._assembly, electorate, motion), self._people.attitudes.held[:, rows]
        return Papers(cast != Vote.ABSENT, marks(self._choice, slate, held, wants, luck), electorate.heads.area)

    def _electorate(self, estate: int, motion: Motion, seed: int) -> Electorate:
        """Return who may vote in an estate, with all that a ballot finds them with."""
        heads = self._heads(estate)
        drawn = self._drawn(heads.row, Purpose.BALLOT, estate, motion.ordinal, seed)
        duty = self._drawn(heads.row, Purpose.DUTY, estate, 0, seed)
        from scipy.special import ndtri  # late: SciPy is slow to load, and outcomes read this file

        drawn[0] = ndtri(np.clip(duty[0], SMALLEST, 1 - SMALLEST))
        lift = self._online.lift(motion.online, self._people.dwellings, heads.row) if motion.online else None
        thresholds = self._following.thresholds(duty[1:3])
        voted = self.took_part[VOTED, heads.row]
        return Electorate(self._people, heads, float(self._grade[estate]), drawn, voted, lift, thresholds)

    def _remember(self, electorate: Electorate, cast: U1) -> None:
        self.took_part[VOTED, electorate.heads.row[cast != Vote.ABSENT]] = True

    def core(self, estate: int) -> float:
        """Return the share of an estate's dwellings whose owner lives there, believes in taking part and is not content."""
        rows = self._rows(estate)
        lives = self._people.dwellings.tenure[rows] == OWNER_OCCUPIED
        ready = self._people.attitudes.held[EFFICACY, rows] > self._attitudes_about.core_efficacy
        discontent = self._people.experience.satisfaction[rows] < self._attitudes_about.core_content
        return float(np.count_nonzero(lives & ready & discontent) / len(lives))

    def wanted_grade(self, estate: int) -> float:
        """Return the median grade of service that an estate's households want, 0-1."""
        return float(np.median(self._people.opinion.preferred_grade[self._rows(estate)]))

    def change_contract(self, estate: int, grade: float, rise: float) -> None:
        """Change grade and fee of an estate's contract: the standard moves, expectation jumps with it, bills change."""
        rows, more = self._rows(estate), grade - float(self._grade[estate])
        self._standard[estate] = np.clip(self._standard[estate] + self._service.grade_effect * more, 0.0, 1.0)
        self._grade[estate] = grade
        self._people.experience.expectation[:, rows] += np.float32(self._expects * more)
        bill = self._people.paying.bill[rows].astype(np.float64)
        self._people.paying.bill[rows] = np.round(bill * (1 + rise)).astype(np.int32)

    def number_of_debtors(self, estate: int) -> int:
        """Return how many households of an estate owe for long."""
        return int(np.count_nonzero(self._people.paying.arrears[self._rows(estate)] >= self._arrears.long_months))

    def debtors(self, estate: int) -> I8:
        """Return the households of an estate that owe for long, the longest first."""
        paying, rows = self._people.paying, self._rows(estate)
        late = rows.start + np.flatnonzero(paying.arrears[rows] >= self._arrears.long_months)
        longest_first: I8 = late[np.argsort(-paying.arrears[late].astype(np.int64), kind="stable")]
        return longest_first

    def set_threat(self, estate: int, threat: float) -> None:
        """Let an estate's owners know the chance of being sued, 0-1."""
        self._collection.threat[estate] = threat

    def wear(self, estate: int, attitude: int, share: float) -> None:
        """Let everybody in an estate lose a share of an attitude."""
        held = self._people.attitudes.held[attitude, self._rows(estate)]
        held *= np.float32(1 - share)

    def objecting(self, estate: int, readiness: tuple[float, float, float]) -> float:
        """Return the mean chance that a household objects to the residents' committee standing in."""
        rows, (base, content, trust) = self._rows(estate), map(np.float32, readiness)
        satisfaction = self._people.experience.satisfaction[rows]
        held = self._people.attitudes.held[COMMITTEE, rows]
        chance = logistic(base + content * (MIDDLE - satisfaction) + trust * (MIDDLE - held))
        return float(fine(chance).mean() / FINE)

    def campaign(self, estate: int, intensity: float, week: int, seed: int) -> float:
        """Let a campaign reach part of an estate: awareness rises among the content, and falls among the rest."""
        rows, people, about = self._rows(estate), self._people, self._publicity
        drawn = self._drawn(rows, Purpose.CAMPAIGN, estate, week, seed)[0]
        reached = (drawn < about.reach) & (people.dwellings.group[rows] != NOT_RESIDENT)
        content = people.experience.satisfaction[rows] > about.backfires_below
        held = people.attitudes.held[AWARENESS, rows]
        gain, loss = np.float32(intensity * about.gain), np.float32(intensity * about.backfire)
        held += np.where(reached & content, gain * (1 - held), np.float32(0)).astype(np.float32)
        held -= np.where(reached & ~content, loss * held, np.float32(0)).astype(np.float32)
        return float((reached & ~content).mean())

    def _mean_attitudes(self) -> F8:
        """Return the mean of each attitude among an estate's residents, shape (e, attitudes)."""
        people, first = self._people, self._people.layout.start[:-1]
        lives = people.dwellings.group != NOT_RESIDENT
        whole = np.add.reduceat(fine(people.attitudes.held) * lives, first, axis=1, dtype=np.int64)
        residents = np.add.reduceat(lives, first, dtype=np.int64)
        means: F8 = (whole / FINE / np.maximum(residents, 1)).T
        return means

    def _drawn(self, who: Any, purpose: Purpose, estate: int, ordinal: int, seed: int) -> F4:
        """Return four uniforms for each of an estate's households that `who` names, shape (4, m)."""
        number, place = self._people.dwellings.number[who], self._people.layout.place[estate]
        drawn = np.empty((4, len(number)), np.float32)
        self._engine.draw_four(number, int(purpose), place, ordinal, seed, drawn)  # numba is slow to see what an enum is
        return drawn

    def _heads(self, estate: int) -> Heads:
        if estate not in self._owners:
            start = self._people.layout.start
            self._owners[estate] = heads_of(self._people.dwellings, np.arange(start[estate], start[estate + 1]))
        return self._owners[estate]

    def _rows(self, estate: int) -> slice:
        return slice(self._people.layout.start[estate], self._people.layout.start[estate + 1])

    def pay(self, week: int, seed: int, money: Any) -> None:
        """Let owners pay or not pay a month's bill; money, shape (e, 2), takes billed and paid [fen]."""
        collection = self._collection
        self._engine.pay(self._held, collection, week, seed, money)
        paid = money[:, 1] / np.maximum(money[:, 0], 1)
        moved = self._smoothing * (paid - collection.smoothed)
        collection.smoothed[:] += np.where(self._served == 1, moved, 0.0)

    def write(self, record: Record, week: int) -> None:
        """Write down how residents and service stand."""
        people, engine = self._people, self._engine
        record.satisfaction[week] = self._content
        engine.distribution(people.dwellings.group, people.experience.satisfaction, WORST_OFF, record.spread[week])
        engine.survey(self._held, self._convener, record.survey[week])
        answering, content = record.survey[week].T
        content += np.rint(self._courtesy * answering).astype(np.int64)
        engine.distance(self._held, self._grade, record.distance[week])
        record.quality[week] = self._quality
        if week % ATTITUDES_EVERY == 0:
            self._attitudes = self._mean_attitudes()
        record.attitudes[week] = self._attitudes
        record.collection[week] = self._collection.smoothed
