"""A community as a Mesa model: one step is one week.

This is the one module that touches Mesa: `Community` is a `mesa.Model`, each institution a `mesa.Agent` that Mesa keeps in
its `AgentSet`.  Households are arrays, not agents; `Community.households` shows them, and they cannot be written there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

from sim.calendar import Calendar
from sim.case_events import CASE_EVENTS
from sim.casework import Casework
from sim.collector import Collector
from sim.decision import Tally
from sim.election import Papers
from sim.engine import Engine
from sim.estate_board import EstateBoard
from sim.events import CALENDAR_EVENTS, EventLog, Level
from sim.hours import HoursLedger
from sim.households import ATTITUDES, EFFICACY, GROUPS, I8, Households, shown
from sim.institution import VERBS, Institution
from sim.mechanisms.assembly import Motion
from sim.mechanisms.candidate_choice import Slate
from sim.policy import Policy
from sim.record import Record, empty
from sim.residents import Residents

BEFORE = 0x0BEF04E5
"""What turns a run's seed into that of the weeks before its first."""


@dataclass(frozen=True)
class World:
    """What a community is made of: its people and estates, its rules, its numbers, and how it is computed.

    weeks: how many can be recorded.  lead_in: how many are lived before the first, unrecorded.
    """

    name: str
    residents: Residents
    estates: Sequence[EstateBoard]
    mechanisms: Mapping[str, Any]
    policy: Policy
    calendar: Calendar
    engine: Engine
    weeks: int
    seed: int
    events: Level = "all"
    lead_in: int = 0


class Community(mesa.Model):  # type: ignore[misc]
    """Households, institutions and rules of one community, lived through week by week.

    `seat` brings the institutions: it is handed the community and returns them, each in its seat.
    """

    def __init__(self, world: World, seat: "Callable[[Community], Sequence[Institution]]") -> None:
        """Seat the institutions, let the first hours and pressure settle, come to rest, and open the books."""
        super().__init__(rng=world.seed)
        self.name, self.mechanisms, self.policy, self.calendar = (
            world.name,
            world.mechanisms,
            world.policy,
            world.calendar,
        )
        self.estates, self.chance = tuple(world.estates), world.engine.chance(world.seed)
        self.week, self.month_began = 0, -1
        self.ledger = HoursLedger()
        self._residents, self._seed = world.residents, world.seed
        self._changes = {self.calendar.week_of(day) for day in self.policy.dates()} | {0}
        self.institutions: tuple[Institution, ...] = ()
        self.institutions = tuple(seat(self))
        self._seats = {(one.key, _estate_of(one)): one for one in self.institutions}
        self._acting = {verb: _overriding(self.institutions, verb) for verb in VERBS}
        self._news = np.zeros((len(ATTITUDES), len(self.estates)), np.float32)
        self.casework = Casework(world.residents, self.estates, self.mechanisms)
        kinds = {action: kind for one in self.institutions for action, kind in one.events.items()}
        kinds = {**CALENDAR_EVENTS, **CASE_EVENTS, **kinds}
        self._open_books(EventLog(kinds, "none"), world.lead_in)
        self.open_hours()
        self.press()
        if world.lead_in:
            self._come_to_rest(world.lead_in)
        self._open_books(EventLog(kinds, world.events), world.weeks)
        self.record.open_at_start = self.casework.begin(world.lead_in, self.log)
        self._tracked = [
            (attrgetter(attribute), one)
            for key, attribute in self.record.tracked
            for one in self.institutions
            if one.key == key
        ]
        self.datacollector = Collector(self)

    def _open_books(self, log: EventLog, weeks: int) -> None:
        self.log = log
        self.log.root(0, "run_begins")
        self.record = _opened(self.households, self.estates, self.institutions, weeks)

    def _come_to_rest(self, weeks: int) -> None:
        """Live some weeks before the first, from which only how people, cases and loads stand is kept.

        They are lived under no measure and without bills, decisions or ballots; their chance is another seed's.
        """
        seed, self._seed = self._seed, self._seed ^ BEFORE
        self._let("set_in")
        self.serve()
        self._residents.know_the_service()
        for self.week in range(weeks):
            self.serve()
            self.live()
            self.open_hours()
            self.work_cases()
            self.press()
            self.spread_news()
        self.week, self._seed = 0, seed
        self._residents.took_part[:] = False

    @property
    def households(self) -> Households:
        """Return the arrays of households as views that cannot be written."""
        return self._residents.households

    @property
    def took_part(self) -> np.ndarray:
        """Return who ever spoke up and who ever voted, shape (2, n), as a view that cannot be written."""
        return shown(self._residents.took_part)

    def body(self, key: str) -> Any:
        """Return the community's institution of a kind."""
        return self._seats[key, None]

    def let_go(self) -> None:
        """Let Mesa forget this model, once no agent will be added to it.

        Mesa 3.3 counts agents in a dictionary of its own by model, which keeps every model as long as the process lives;
        later versions count in the model.
        """
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def step(self) -> None:
        """Live through one week."""
        self.turn_calendar()
        self.serve()
        self.live()
        self.open_hours()
        self.work_cases()
        self.bill()
        self.decide()
        self.convene()
        self.deliver()
        self.elect()
        self.press()
        self.spread_news()
        self.record_week()

    def turn_calendar(self) -> None:
        """Put the rules of this week in force, and begin the month if it begins."""
        if self.week in self._changes:
            self._change_rules()
        if self.begins_month:
            self.month_began = self.log.root(self.week, "month_begins")

    @property
    def begins_month(self) -> bool:
        """Tell whether this week begins a month."""
        return self.calendar.begins_month(self.week)

    def serve(self) -> None:
        """Let quality of service follow what each provider puts in."""
        for estate in self.estates:
            if estate.changed:
                if estate.unserved is None:
                    self._residents.put_in(estate.index, estate.means, estate.effort)
                else:
                    self._residents.leave_unserved(estate.index, estate.unserved)
                estate.changed = False
        self._residents.serve(self.week, self._seed)

    def live(self) -> None:
        """Let residents live through the week: perceive the service, talk, meet with issues; cases are opened for some."""
        raised = self._residents.live(self.week, self._seed)
        self.record.issues[self.week] = raised.counts
        self.casework.open(raised, self.week, self.log)

    def work_cases(self) -> None:
        """Work on every open case with the hours that there are."""
        self._let("mediate")
        self.casework.work(self.week, self._seed, self.log)

    def announce(self, estate: EstateBoard, attitude: int, good: bool) -> None:
        """Let a public event be heard of in an estate: good or bad news for one attitude (an index of `ATTITUDES`)."""
        trust = self.mechanisms["trust"]
        sizes = (trust.answered, trust.ignored) if attitude == EFFICACY else (trust.gain, trust.loss)
        self._news[attitude, estate.index] += trust.public * estate.news * (sizes[0] if good else -sizes[1])

    def poll(self, estate: EstateBoard, motion: Motion) -> Tally:
        """Let an estate's owners vote on a motion: heads and area counted, nothing else is told."""
        return self._residents.poll(estate.index, motion, self._seed)

    def attendance(self, estate: EstateBoard, motion: Motion) -> Tally:
        """Return heads and area of the papers that would be in by now, without counting them as a ballot."""
        return self._residents.attendance(estate.index, motion, self._seed)

    def papers(self, estate: EstateBoard, motion: Motion, slate: Slate) -> Papers:
        """Let an estate's owners mark the candidates of an election: the papers, without names."""
        return self._residents.papers(estate.index, motion, slate, self._seed)

    def core(self, estate: EstateBoard) -> float:
        """Return what anybody who asks around an estate would learn: the share of its active core, 0-1."""
        return self._residents.core(estate.index)

    def wanted_grade(self, estate: EstateBoard) -> float:
        """Return what anybody who asks around an estate would learn: the median grade that is wanted, 0-1."""
        return self._residents.wanted_grade(estate.index)

    def change_contract(self, estate: EstateBoard, grade: float, rise: float) -> None:
        """Put a new grade and fee into an estate's contract."""
        estate.grade = grade
        estate.fee_factor *= 1 + rise
        self._residents.change_contract(estate.index, grade, rise)

    def wear(self, estate: EstateBoard, attitude: int, share: float) -> None:
        """Let everybody in an estate lose a share of an attitude (an index of `ATTITUDES`)."""
        self._residents.wear(estate.index, attitude, share)

    def objecting(self, estate: EstateBoard, readiness: tuple[float, float, float]) -> float:
        """Return the share of an estate's households that object: base, weight of discontent, of distrust [logits]."""
        return self._residents.objecting(estate.index, readiness)

    def debtors(self, estate: EstateBoard) -> I8:
        """Return the households that owe for long, the longest first."""
        return self._residents.debtors(estate.index)

    def number_of_debtors(self, estate: EstateBoard) -> int:
        """Return how many households owe for long."""
        return self._residents.number_of_debtors(estate.index)

    def without_claim(self, estate: EstateBoard) -> I8:
        """Return the debtors against whom no claim is open, the longest first."""
        return self.casework.without_claim(self.debtors(estate))

    def income(self, estate: EstateBoard) -> int:
        """Return the fees that an estate's owners paid this week [fen]."""
        return int(self.record.money[self.week, estate.index, 1])

    def book_fines(self, estate: EstateBoard, *, imposed: int = 0, paid: int = 0, unpaid: int = 0) -> None:
        """Write down fines on an estate's firm [fen]: imposed, paid, left unpaid by a firm that goes."""
        self.record.fines[self.week, estate.index] += (imposed, paid, unpaid)

    def in_estate(self, key: str, estate: EstateBoard) -> Any:
        """Return an estate's institution of a kind."""
        return self._seats[key, estate.index]

    def campaign(self, estate: EstateBoard, intensity: float) -> float:
        """Hold a publicity campaign in an estate; return the share of households that it put off."""
        return self._residents.campaign(estate.index, intensity, self.week, self._seed)

    def spread_news(self) -> None:
        """Let those whom this week's public events reach learn; once a month, let attitudes drift back."""
        self._residents.hear(self._news, self.week, self._seed)
        self._news[:] = 0
        if self.begins_month:
            self._residents.drift_back()

    def open_hours(self) -> None:
        """Allot every body's hours for the week."""
        self.ledger = HoursLedger()
        for ask in self._acting["ask_hours"]:
            ask(self.ledger)
        self.ledger.allot()

    def bill(self) -> None:
        """Bill every owner once a month, and see who pays."""
        if not self.begins_month:
            return
        for estate in self.estates:
            self._residents.set_threat(estate.index, estate.threat)
        self._residents.pay(self.week, self._seed, self.record.money[self.week])
        for estate in self.estates:
            estate.collection = self._residents.collection(estate.index)

    def decide(self) -> None:
        """Let institutions decide what they decide once a month."""
        if self.begins_month:
            self._let("decide")

    def convene(self) -> None:
        """Hold the meetings that are due."""
        self._let("convene")

    def deliver(self) -> None:
        """Keep or break the promises that fall due."""
        self._let("deliver")

    def elect(self) -> None:
        """Hold the elections that are due."""
        self._let("elect")

    def press(self) -> None:
        """Sum up what presses on each provider; next week's service sees it."""
        pressure = self.mechanisms["pressure"]
        for estate in self.estates:
            estate.sources = {
                "anyhow": pressure.anyhow,
                "promises": pressure.promise * len(estate.commitments),
            }
        self._let("press")
        for estate in self.estates:
            estate.pressure = pressure.of(estate.sources)

    def record_week(self) -> None:
        """Write the week down and close it."""
        self._residents.write(self.record, self.week)
        self.casework.write(self.record, self.week)
        self.record.pressure[self.week] = [estate.pressure for estate in self.estates]
        self.record.friction[self.week] = [estate.friction for estate in self.estates]
        self.record.seated[self.week] = [attribute(one) for attribute, one in self._tracked]
        self.record.write_hours(self.week, self.ledger)
        self.datacollector.observe(self)
        self.week += 1
        self.record.weeks = self.week
        self.running = self.week < self.record.size

    def _let(self, verb: str) -> None:
        for act in self._acting[verb]:
            act()

    def _change_rules(self) -> None:
        day = self.calendar.date(self.week)
        for estate in self.estates:
            before, estate.measures = estate.measures, self.policy.in_force(day, estate)
            if estate.measures != before:
                names = ", ".join(measure.key for measure in estate.measures) or "-"
                self.log.root(self.week, "policy_changes", object=estate.name, detail=names)


def _estate_of(institution: Institution) -> int | None:
    return institution.estate.index if institution.seat == "estate" else None


def _overriding(institutions: Sequence[Institution], verb: str) -> list[Callable[..., None]]:
    """Return the verb of every institution that says something of its own at it."""
    silent = getattr(Institution, verb)
    return [getattr(one, verb) for one in institutions if getattr(type(one), verb) is not silent]


def _opened(
    households: Households, estates: Sequence[EstateBoard], institutions: Sequence[Institution], weeks: int
) -> Record:
    """Return an empty record that fits the community."""
    starts, group = households.layout.start, households.dwellings.group
    spans = [slice(starts[estate.index], starts[estate.index + 1]) for estate in estates]
    residents = np.array([np.bincount(group[rows], minlength=len(GROUPS) + 1)[: len(GROUPS)] for rows in spans])
    seats = [(one.key, attribute) for one in institutions for attribute in one.tracked]
    return empty(weeks, residents, np.diff(starts), {key: seats.count(key) for key in seats})


@cache
def embodied(kind: type[Institution]) -> Any:
    """Return a kind of institution as a kind of Mesa agent too."""
    return type(kind.__name__, (kind, mesa.Agent), {"__doc__": kind.__doc__})


def seated(kind: type[Institution], community: Community, about: Any, estate: EstateBoard | None) -> Institution:
    """Seat one institution in a community, or in one of its estates, with the numbers of its kind."""
    institution: Institution = embodied(kind)(community)  # type: ignore[arg-type]  # classes do have a hash
    institution.take_seat(about, estate)
    return institution
