"""The owners' assembly 业主大会 of one estate: called, told, collected, counted."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.decision import Decision, decide
from sim.estate_board import Canvass
from sim.events import EventKind
from sim.households import EFFICACY
from sim.institution import Institution
from sim.law_in_force import law_on
from sim.mechanisms.assembly import Motion
from sim.moments import Notice, Source
from sim.parts import number, part
from sim.texts import Text

BODY = "owners_assembly"
AT_HOME = 0.65


@dataclass(frozen=True)
class OwnersAssemblyNumbers:
    """How hard a ballot is."""

    told_turnout: float = number(
        0.05,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.1),
        unit="0-1",
        zh="事先告知居委会带来的支持",
        en="backing that telling the residents' committee beforehand brings to the canvass",
        source="assumed: it lends its building heads once it has been heard (3.1f)",
    )


@dataclass
class Ballot:
    """One ballot under way: what is decided, who called it, when it is counted, and who is told of the result."""

    category: str
    grade: float
    rise: float
    caller: int
    counted: int
    event: int
    told: Source
    weeks: int
    done: Callable[[bool, int], None]


@part("agent")
class OwnersAssembly(Institution):
    """It decides one matter at a time, by a written ballot: notice, weeks of collecting with rounds of visits, the count.

    The law on the day of the count decides (L115), by heads and by area, exactly.  A missed threshold is 'not adopted',
    with the reason: too few took part, or too few assented.
    """

    label = Text(zh="业主大会", en="owners' assembly")
    seat = "estate"
    numbers = OwnersAssemblyNumbers
    events = {
        "assembly_called": EventKind(
            Text(zh="{object}：召集业主大会（{detail}）", en="{object}: an assembly is called ({detail})")
        ),
        "committee_told": EventKind(
            Text(
                zh="{object}：会前告知居委会并听取意见",
                en="{object}: the residents' committee is told and heard before the assembly",
            )
        ),
        "motion_adopted": EventKind(Text(zh="{object}：表决通过（{detail}）", en="{object}: adopted ({detail})")),
        "motion_lacks_quorum": EventKind(
            Text(
                zh="{object}：参与人数或面积不够，未通过（{detail}）",
                en="{object}: not adopted, too few took part ({detail})",
            )
        ),
        "motion_rejected": EventKind(
            Text(
                zh="{object}：同意不够，未通过（{detail}）",
                en="{object}: not adopted, too few assented ({detail})",
            )
        ),
    }
    tracked = ("held", "adopted", "no_quorum", "rejected", "last_turnout")

    def begin(self) -> None:
        """Nothing is called."""
        self.estate.assembly = self
        self.ballot: Ballot | None = None
        self.held = self.adopted = self.no_quorum = self.rejected = 0
        self.last_turnout = 0.0

    @property
    def is_free(self) -> bool:
        """Tell whether no ballot is under way."""
        return self.ballot is None

    @property
    def canvass(self) -> Canvass | None:
        """Return the ballot whose votes are being collected, or None."""
        ballot, weeks = self.ballot, self.model.mechanisms["assembly"].collect_weeks
        if ballot is None or not ballot.counted - weeks <= self.model.week < ballot.counted:
            return None
        return Canvass(self._backing(ballot), ballot.event)

    def call(
        self,
        category: str,
        caller: int,
        cause: int,
        done: Callable[[bool, int], None],
        grade: float = 0.0,
        rise: float = 0.0,
    ) -> None:
        """Call a ballot, unless one is under way; `done` is told whether it passed, with the event of the count.

        caller: index of the calling body in `ATTITUDES`.
        """
        if self.ballot is not None:
            return
        about = self.model.mechanisms["assembly"]
        event = self._tell("assembly_called", category, cause)
        notice = Notice()
        notice.ask(self.estate.measures)
        if notice.weeks:
            told = self.model.log.add(
                self.model.week, BODY, "committee_told", cause=event, object=self.estate.name, clause=notice.by.clause,
                measure=notice.by.measure,
            )  # fmt: skip
            event = told
        counted = self.model.week + max(about.notice_weeks, notice.weeks) + about.collect_weeks
        self.ballot = Ballot(category, grade, rise, caller, counted, event, notice.by, notice.weeks, done)

    def elect(self) -> None:
        """Count the ballot whose collecting ends."""
        ballot = self.ballot
        if ballot is None or self.model.week < ballot.counted:
            return
        self.ballot, self.held = None, self.held + 1
        decision = self._count(ballot)
        self.last_turnout = float(decision.turnout_heads)
        action = "motion_adopted" if decision.passed else "motion_rejected" if decision.quorum else "motion_lacks_quorum"
        self.adopted += decision.passed
        self.no_quorum += not decision.quorum
        self.rejected += decision.quorum and not decision.passed
        counted = self._tell(action, ballot.category, ballot.event)
        self.model.announce(self.estate, EFFICACY, decision.passed)
        ballot.done(decision.passed, counted)

    def _count(self, ballot: Ballot) -> Decision:
        regime = law_on(self.model.calendar.date(self.model.week))
        shock = self.model.chance.normal("ballot", self.estate.place, self.held)
        backing = self._backing(ballot)
        rule = regime.rule(ballot.category)
        motion = Motion(
            ballot.category, ballot.grade, ballot.rise, ballot.caller, self._visits(), backing, shock, self.held,
            rule.approval.of == "participating",
        )  # fmt: skip
        return decide(regime, ballot.category, self.model.poll(self.estate, motion))

    def _backing(self, ballot: Ballot) -> float:
        told = self.about.told_turnout if ballot.weeks else 0.0
        return float(min(1.0, self.estate.backing + self.estate.canvass_help + told))

    def _visits(self) -> float:
        about = self.model.mechanisms["assembly"]
        hours = about.volunteer_hours * about.collect_weeks + self.estate.canvassed
        rounds = hours / (about.visit_hours * self.estate.households * AT_HOME)
        return min(float(about.visits_most), float(rounds))

    def _tell(self, action: str, detail: str, cause: int) -> int:
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=self.estate.name, detail=detail)
