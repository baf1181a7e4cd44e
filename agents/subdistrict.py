"""The subdistrict office 街道办事处, as far as one community of it: it backs and guides owners' bodies, and appoints."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.estate_board import EstateBoard
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.institution import Institution
from sim.moments import Source
from sim.parts import number, part
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

BODY = "subdistrict"


@dataclass(frozen=True)
class SubdistrictNumbers:
    """Its hours for one community, and what they go into."""

    hours_per_estate: float = number(
        3.0,
        low=0.0,
        high=100.0,
        explore=(1.5, 6.0),
        unit="hours a week",
        zh="用于每个小区物业事务的工时",
        en="hours a week for property matters, each estate",
        source=Text(
            zh="假定：两三名干部管几十个小区",
            en="assumed: two or three officers look after some dozens of estates",
        ),
    )
    duties_hours: float = number(
        0.25,
        low=0.0,
        high=20.0,
        explore=(0.0, 0.5),
        unit="hours a week",
        zh="日常事务工时（每小区）",
        en="hours a week of routine, each estate",
        source=Text(zh="假定：每月看一次", en="assumed: a look once a month"),
    )
    backing_hours: float = number(
        2.0,
        low=0.0,
        high=40.0,
        explore=(1.0, 4.0),
        unit="hours a week",
        zh="充分支持一个小区业主组织所需工时",
        en="hours a week that full backing of one estate's owners takes",
        source=Text(
            zh="假定：居委会为此所需工时的一半，其余由居委会承担",
            en="assumed: half of what it takes the residents' committee, which does the rest",
        ),
    )
    guidance_hours: float = number(
        2.0,
        low=0.0,
        high=40.0,
        explore=(1.0, 4.0),
        unit="hours a week",
        zh="指导一个小区组建或换届所需工时",
        en="hours a week of guiding one estate's formation or renewal",
        source=Text(
            zh="假定：受理申请、组成筹备组、备案（L25、L26）",
            en="assumed: the application, the preparatory group, the filing (L25, L26)",
        ),
    )
    appointment_hours: float = number(
        10.0,
        low=0.0,
        high=200.0,
        explore=(5.0, 30.0),
        unit="hours",
        zh="指定一个代行机构所需工时",
        en="hours that appointing one acting body takes",
        source=Text(
            zh="假定：核实、公示征求意见（L45、L46）",
            en="assumed: looking into it, posting it for opinions (L45, L46)",
        ),
    )


@dataclass(frozen=True)
class Application:
    """An application to have somebody stand in for an estate's committee.

    event: that began it.  needed: tells whether it still is.  appointed: told of the event of the appointment.
    """

    estate: EstateBoard
    event: int
    by: Source
    needed: Callable[[], bool]
    appointed: Callable[[int], None]


@part("agent")
class Subdistrict(Institution):
    """It stands behind owners' bodies, guides those who form one, and appoints who stands in, as far as its hours go.

    Today's backing (`place.backing`) reaches an estate in full while its hours suffice; where they do not, backing shrinks
    in proportion, owners' applications go unanswered more often, and appointments wait.
    """

    label = Text(zh="街道办事处", en="subdistrict office")
    seat = "community"
    numbers = SubdistrictNumbers
    events = {
        "guidance_begins": EventKind(
            Text(
                zh="{object}：街道受理，指导组建或换届",
                en="{object}: the subdistrict takes it up and guides formation or renewal",
            )
        ),
        "acting_body_appointed": EventKind(
            Text(zh="{object}：街道公示后指定代行", en="{object}: the subdistrict appoints who stands in")
        ),
    }
    tracked = ("appointments",)

    def begin(self) -> None:
        """Nothing is applied for; what the place gives today is given."""
        self.today = {estate.index: estate.usual_backing for estate in self.model.estates}
        self.applications: list[Application] = []
        self.guided: dict[int, Any] = {}
        self.appointments, self.worked = 0, 0.0

    @property
    def answers(self) -> float:
        """Return the share of applications that it has the hours to take up, 0-1."""
        return float(self.model.ledger.share(BODY, "guidance"))

    def considers(self, estate: EstateBoard) -> bool:
        """Tell whether an application for an estate waits."""
        return any(application.estate is estate for application in self.applications)

    def receive(self, application: Application) -> None:
        """Take an application into the queue."""
        self.applications.append(application)

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide its hours; ask for routine, guidance, appointments and backing."""
        about, estates = self.about, self.model.estates
        committees = [self.model.in_estate("owners_committee", estate) for estate in estates]
        guided = sum(map(self._guides, committees))
        backed = sum(self.today[one.estate.index] for one in committees if one.registered or one.attempt)
        ledger.provide(BODY, about.hours_per_estate * len(estates))
        ledger.ask(BODY, "statutory_duties", about.duties_hours * len(estates))
        ledger.ask(BODY, "guidance", about.guidance_hours * guided)
        ledger.ask(BODY, "appointment", max(0.0, about.appointment_hours * len(self.applications) - self.worked))
        ledger.ask(BODY, "backing", about.backing_hours * backed)

    def deliver(self) -> None:
        """Appoint in the order of applications, as far as the hours have gone."""
        self.worked += self.model.ledger.hours(BODY, "appointment")
        self.applications = [application for application in self.applications if application.needed()]
        while self.applications and self.worked >= self.about.appointment_hours:
            self.worked -= self.about.appointment_hours
            self._appoint(self.applications.pop(0))
        self.worked = self.worked if self.applications else 0.0

    def press(self) -> None:
        """Stand behind the owners of each estate as far as the hours went."""
        share = self.model.ledger.share(BODY, "backing")
        for estate in self.model.estates:
            estate.usual_backing = self.today[estate.index] * share

    def _guides(self, committee: "OwnersCommittee") -> bool:
        """Tell whether owners form or renew a committee; an attempt that is new is told of."""
        attempt, estate = committee.attempt, committee.estate
        if attempt is not None and self.guided.get(estate.index) is not attempt:
            self.model.log.add(self.model.week, BODY, "guidance_begins", cause=attempt.event, object=estate.name)
        self.guided[estate.index] = attempt
        return attempt is not None

    def _appoint(self, application: Application) -> None:
        self.appointments += 1
        by = application.by
        event = self.model.log.add(
            self.model.week,
            BODY,
            "acting_body_appointed",
            cause=application.event,
            object=application.estate.name,
            clause=by.clause,
            measure=by.measure,
        )
        application.appointed(event)
