"""The residents' committee 居民委员会: one budget of hours for every estate of its community."""

from dataclasses import dataclass

from agents.members import Staff, members_who_own
from sim.estate_board import EstateBoard
from sim.hours import HoursLedger
from sim.institution import Institution
from sim.moments import Candidate
from sim.parts import number, part
from sim.texts import Text

BODY = "residents_committee"


@dataclass(frozen=True)
class ResidentsCommitteeNumbers:
    """Staff, hours and what overload does (M16)."""

    staff: int = number(
        11,
        low=1,
        high=100,
        explore=(5, 18),
        unit="people",
        zh="工作人员",
        en="staff",
        source="S64, S66: 5 members, some 13 staff for 3,000 households",
        certainty="seen",
    )
    hours_per_staff: float = number(
        3.0,
        low=0.0,
        high=168.0,
        explore=(1.5, 6.0),
        unit="hours a week",
        zh="每人每周用于物业事务的工时",
        en="hours a week of each for property matters",
        source="assumed: the number that decides most signs; sweep it first",
    )
    casework_hours: float = number(
        20.0,
        low=0.0,
        high=500.0,
        explore=(12.0, 28.0),
        unit="hours a week",
        zh="居民事项与法定职责工时",
        en="hours a week for residents' cases and statutory duties",
        source="assumed: stands for the load of cases until the case ladder (M4) is simulated",
    )
    supervision_hours: float = number(
        10.0,
        low=0.0,
        high=200.0,
        explore=(5.0, 15.0),
        unit="hours a week",
        zh="监督物业服务的工时",
        en="hours a week wanted for supervision",
        source="assumed: the most that supervision can use",
    )
    flat_share: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.3),
        unit="share",
        zh="工作人员在某小区有房的比例",
        en="chance that a member of staff owns a dwelling in a given estate",
        source="assumed: caps cross-serving (L40)",
    )
    overload_weeks: float = number(
        7.0,
        low=1.0,
        high=52.0,
        explore=(4.0, 13.0),
        unit="weeks",
        zh="超负荷平滑期",
        en="weeks over which overload is smoothed",
        source="assumed: a backlog is felt for about two months",
    )
    overload_cost: float = number(
        0.6,
        low=0.0,
        high=5.0,
        explore=(0.2, 1.2),
        unit="factor",
        zh="超负荷对能力的削弱",
        en="what overload takes from its work",
        source="assumed: competence x 1 / (1 + 0.6 (overload - 1))",
    )


@part("agent")
class ResidentsCommittee(Institution):
    """It does its duties first, then what seats, meetings and promises ask of it; what is left goes into supervision.

    Overload is work arriving against hours, smoothed over some weeks; above one it makes all its work worse.
    """

    label = Text(zh="居民委员会", en="residents' committee")
    seat = "community"
    numbers = ResidentsCommitteeNumbers
    tracked = ("overload",)

    def begin(self) -> None:
        """Know its members; the load is what its duties and supervision ask for."""
        self.members = Staff(BODY, self.about.staff, self.about.flat_share)
        self.capacity = self.about.staff * self.about.hours_per_staff
        asked = self.about.casework_hours + self.about.supervision_hours
        self.overload = asked / self.capacity if self.capacity else 1.0

    def members_who_own(self, estate: EstateBoard) -> tuple[Candidate, ...]:
        """Return its members who own a dwelling in an estate."""
        return members_who_own(self.model, self.members, estate)

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide its hours and ask for its own duties and for supervision."""
        ledger.provide(BODY, self.capacity)
        ledger.ask(BODY, "statutory_duties", self.about.casework_hours)
        ledger.ask(BODY, "supervision", self.about.supervision_hours)

    @property
    def ability(self) -> float:
        """Return what overload leaves of its work, 0-1."""
        return 1 / (1 + self.about.overload_cost * max(0.0, self.overload - 1))

    def press(self) -> None:
        """Supervise every provider with the hours that were left, softened by closeness; carry the load over."""
        ledger, pressure = self.model.ledger, self.model.mechanisms["pressure"]
        delivered = ledger.share(BODY, "supervision") * self.ability
        for estate in self.model.estates:
            estate.sources["supervision"] = (
                pressure.supervision * delivered * (1 - pressure.capture * estate.closeness)
            )
        self.overload += (ledger.load(BODY) - self.overload) / self.about.overload_weeks
