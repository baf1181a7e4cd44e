"""What becomes of a committee between its elections: members leave, alternates follow, by-elections, recall."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sim.calendar import MONTHS_A_YEAR
from sim.election import succession
from sim.estate_board import Call
from sim.households import COMMITTEE, OWNERS
from sim.mechanisms.assembly import RECALL
from sim.moments import Candidate
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

HALF = 0.5


@dataclass(frozen=True)
class VacancyNumbers:
    """How often members leave and owners try to recall their committee (L30)."""

    leaves: float = number(
        0.08,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="share a year",
        zh="成员离任的机会",
        en="chance that a member leaves",
        source=Text(
            zh="假定：无报酬；有人搬走或不再到会而被取消资格（L34）",
            en="assumed: unpaid work; some move away or stop coming and are removed (L34)",
        ),
    )
    by_election_weeks: int = number(
        52,
        low=1,
        high=260,
        unit="weeks",
        zh="补选间隔",
        en="weeks between by-elections",
        source=Text(
            zh="假定：为一个席位组织全体表决很少见（L30）", en="assumed: a ballot of all owners for one seat is rare (L30)"
        ),
    )
    by_election_seats: int = number(
        2,
        low=1,
        high=17,
        unit="seats",
        zh="缺几席才补选",
        en="empty seats for which a by-election is held",
        source=Text(zh="假定：没有人为一个席位召集全体业主", en="assumed: nobody calls all owners for a single seat"),
    )
    recall: float = number(
        0.1,
        low=0.0,
        high=10.0,
        explore=(0.0, 0.3),
        unit=Text(zh="次/年", en="attempts a year"),
        zh="罢免业委会的尝试",
        en="attempts to recall a committee that does not work, in an ordinary estate",
        source=Text(
            zh="假定：比组建更少见，不作为的业委会不碍谁",
            en="assumed: rarer than attempts to form one, for an idle committee disturbs nobody",
        ),
    )
    petition: float = number(
        0.2,
        low=0.01,
        high=1.0,
        unit="share",
        zh="提议召开业主大会的业主比例",
        en="share of owners who must ask for an assembly",
        source=Text(zh="L20：业主的 20%", en="L20: 20 % of the owners"),
        certainty="law",
    )
    signs: float = number(
        0.7,
        low=0.0,
        high=1.0,
        explore=(0.5, 0.9),
        unit="share",
        zh="积极业主签名的比例",
        en="share of the active core who sign",
        source=Text(zh="假定：邻居开口请的人多半答应", en="assumed: most of those who are asked by a neighbour"),
    )


class Vacancies:
    """The seats of one estate's committee as they fall empty, and what is done about it."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin with nothing to fill."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate
        self.last = -self.about.by_election_weeks

    def turn_month(self) -> None:
        """Let members leave and alternates follow; fill what is empty; see whether owners recall an idle committee."""
        for member in self.committee.members:
            if self._leaves(member):
                self._replace(member)
        if not self.committee.registered or not self.estate.assembly_is_free:
            return
        due = self.model.week - self.last >= self.about.by_election_weeks
        if due and self.committee.seats.empty >= self.about.by_election_seats:
            self._fill()
        elif not self.committee.is_working:
            self._maybe_recall()

    def _leaves(self, member: Candidate) -> bool:
        """Tell whether a member leaves this month, drawn from the member's own stream."""
        if not self.about.leaves:
            return False
        monthly: float = 1 - (1 - self.about.leaves) ** (1 / MONTHS_A_YEAR)
        drawn: float = self.model.chance.uniform(f"{member.name} leaves", self.estate.place, self.model.week)
        return drawn < monthly

    def _replace(self, member: Candidate) -> None:
        seats = self.committee.seats
        event = self.committee.tell("member_leaves", "", self.model.month_began)
        if seats.alternates:
            self.committee.tell("alternate_succeeds", "", event)
        seats.members, seats.alternates = succession(seats.members, seats.alternates, member)
        if not seats.members:
            self.committee.dissolve("no member left", event)

    def _fill(self) -> None:
        """Hold a by-election where more than half of the seats are held; elect anew where fewer are (L30)."""
        seats = self.committee.seats
        self.last = self.model.week
        if len(seats.members) >= HALF * self.about.seats:
            event = self.committee.tell("by_election", str(seats.empty), self.model.month_began)
            self.committee.call_by_election(event)
        else:
            event = self.committee.tell("below_half_of_seats", str(len(seats.members)), self.model.month_began)
            self.committee.call_election(COMMITTEE, event)

    def _maybe_recall(self) -> None:
        about, core = self.about, self.model.core(self.estate)
        chance = about.recall / MONTHS_A_YEAR * core / about.usual_core
        if self.model.chance.uniform("owners recall", self.estate.place, self.model.week) >= chance:
            return
        signed = about.signs * core
        event = self.committee.tell("petition", f"{signed:.0%}", self.model.month_began)
        if signed < about.petition:
            self.committee.tell("petition_fails", f"{signed:.0%}", event)
            return
        sitting = self.committee.seats.sitting

        def recalled(adopted: bool, counted: int) -> None:
            if adopted:
                self.committee.dissolve("recalled", counted)

        undo = partial(self.committee.restore, sitting, self.committee.term_end)
        self.estate.summon(Call(RECALL, OWNERS, event, recalled, undo=undo))
