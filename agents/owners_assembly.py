"""The owners' assembly 业主大会 of one estate: called, told, collected, counted, posted, in effect."""

from dataclasses import dataclass

from agents.annulment import Annulment, AnnulmentNumbers
from sim.decision import Decision, decide
from sim.estate_board import Call, Canvass
from sim.events import EventKind
from sim.households import EFFICACY
from sim.institution import Institution
from sim.law_in_force import law_on
from sim.mechanisms.assembly import RECALL, Motion, closeness
from sim.moments import Notice, Source
from sim.parts import number, part
from sim.regime import Regime
from sim.texts import Text

BODY = "owners_assembly"
# A recall is decided by the law's category of electing and replacing the committee.
IN_LAW = {RECALL: "elect_committee"}


@dataclass(frozen=True)
class OwnersAssemblyNumbers(AnnulmentNumbers):
    """How hard a ballot is, and how long its steps take."""

    told_turnout: float = number(
        0.05,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.1),
        unit="0-1",
        zh="事先告知居委会带来的支持",
        en="backing that telling the residents' committee beforehand brings to the canvass",
        source=Text(
            zh="假定：听取意见后派楼门长协助（3.1f）",
            en="assumed: it lends its building heads once it has been heard (3.1f)",
        ),
    )
    extension_weeks: int = number(
        3,
        low=0,
        high=26,
        unit="weeks",
        zh="票不够时延长收票",
        en="weeks by which collecting is extended for lack of returns, once",
        source=Text(zh="L112：有的城市 21 天；0 表示从不延期", en="L112: 21 days in one city; 0 where it is never extended"),
        certainty="seen",
    )
    posting_weeks: int = number(
        1,
        low=0,
        high=12,
        unit="weeks",
        zh="公示、异议期",
        en="weeks of posting and objections before a decision takes effect",
        source=Text(
            zh="假定：地方规定要公示数日（L112）；业委会自选举产生",
            en="assumed: local rules ask for some days (L112); a committee exists from its election",
        ),
    )


@dataclass
class Ballot:
    """One ballot under way: its call, the notice it has, the weeks of its steps, and the event that it rests on.

    counted: at the end of the last week of collecting.  fault: of its procedure, or nothing.  takes_effect: -1 before the
    count.
    """

    call: Call
    notice: Notice
    called: int
    collected_from: int
    counted: int
    event: int
    fault: str
    extended: bool = False
    takes_effect: int = -1


@part("agent")
class OwnersAssembly(Institution):
    """It decides one matter at a time, by a written ballot, whose steps stand in the log with their dates.

    Call; the residents' committee told; notice; weeks of collecting with rounds of visits, extended once where too few
    papers came back; the count; posting and objections; effect.  A committee exists from its election, other decisions take
    effect when the posting ends (L112).  The law on the day of the count decides (L115), by heads and by area, exactly.  A
    missed threshold is 'not adopted', with the reason: too few took part, or too few assented.  A procedural fault leaves
    the decision in force, open to annulment (L100).
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
        "online_ballot_opens": EventKind(Text(zh="{object}：可以线上投票", en="{object}: owners may vote online")),
        "notice_posted": EventKind(
            Text(zh="{object}：公告表决事项（{detail}）", en="{object}: the ballot is announced ({detail})"), routine=True
        ),
        "collecting_begins": EventKind(
            Text(zh="{object}：开始收票（{detail}）", en="{object}: ballots are collected ({detail})"), routine=True
        ),
        "collecting_extended": EventKind(
            Text(zh="{object}：收回的票不够，延长收票（{detail}）", en="{object}: too few returns, extended ({detail})")
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
        "result_posted": EventKind(
            Text(zh="{object}：公示表决结果（{detail}）", en="{object}: the result is posted ({detail})"), routine=True
        ),
        "decision_takes_effect": EventKind(Text(zh="{object}：决定生效（{detail}）", en="{object}: in effect ({detail})")),
        "decision_cancelled": EventKind(
            Text(
                zh="{object}：有业主异议，主管部门撤销决定（{detail}）",
                en="{object}: upon objections the authority cancels the decision ({detail})",
            )
        ),
        "decision_open_to_annulment": EventKind(
            Text(
                zh="{object}：程序有瑕疵，决定有效，一年内可请求撤销（{detail}）",
                en="{object}: a procedural fault, in force but open to annulment for a year ({detail})",
            )
        ),
        "annulment_sued": EventKind(
            Text(zh="{object}：业主起诉请求撤销决定（{detail}）", en="{object}: an owner sues for annulment ({detail})")
        ),
        "decision_annulled": EventKind(
            Text(zh="{object}：法院撤销决定（{detail}）", en="{object}: a court annuls the decision ({detail})")
        ),
        "annulment_refused": EventKind(
            Text(zh="{object}：法院驳回撤销请求（{detail}）", en="{object}: a court refuses annulment ({detail})")
        ),
    }
    tracked = ("held", "adopted", "no_quorum", "rejected", "last_turnout", "decided", "weeks_taken", "annulled")

    def begin(self) -> None:
        """Nothing is called."""
        self.estate.assembly = self
        self.ballot: Ballot | None = None
        self.held = self.adopted = self.no_quorum = self.rejected = 0
        self.decided = self.weeks_taken = 0
        self.last_turnout = 0.0
        self.annulment = Annulment(self)

    @property
    def is_free(self) -> bool:
        """Tell whether no ballot is under way."""
        return self.ballot is None

    @property
    def annulled(self) -> int:
        """Return how many decisions courts have annulled."""
        return self.annulment.annulled

    @property
    def canvass(self) -> Canvass | None:
        """Return the ballot whose votes are being collected, or None."""
        ballot = self.ballot
        if ballot is None or not ballot.collected_from <= self.model.week <= ballot.counted:
            return None
        return Canvass(self._backing(ballot), ballot.event)

    def summon(self, call: Call) -> None:
        """Call a ballot, unless one is under way; whoever calls is told whether it passed, with the event of the count."""
        if self.ballot is not None:
            return
        about, week = self.model.mechanisms["assembly"], self.model.week
        notice = Notice()
        notice.ask(self.estate.measures)
        fault = self.annulment.fault(self.held, notice, about.notice_weeks)
        event = self._tell_committee(notice, fault, self.tell("assembly_called", call.category, call.cause))
        if notice.online:
            event = self._tell_of(notice.online_by, "online_ballot_opens", event)
        event = self.tell("notice_posted", call.category, event)
        begins = week + max(about.notice_weeks, notice.weeks)
        self.ballot = Ballot(call, notice, week, begins, begins + about.collect_weeks - 1, event, fault)

    def elect(self) -> None:
        """Take the step of the ballot that is due, and see to the suits against earlier decisions."""
        self.annulment.move_on()
        ballot, week = self.ballot, self.model.week
        if ballot is None:
            return
        if week == ballot.collected_from:
            ballot.event = self.tell("collecting_begins", ballot.call.category, ballot.event)
        if ballot.takes_effect >= 0:
            if week >= ballot.takes_effect:
                self._conclude(ballot)
        elif week >= ballot.counted and not self._extend(ballot):
            self._count(ballot)

    def tell(self, action: str, detail: str, cause: int) -> int:
        """Write an event of the assembly in this estate's log and return its number."""
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=self.estate.name, detail=detail)

    def _tell_committee(self, notice: Notice, fault: str, event: int) -> int:
        if fault == "committee_not_told":
            return event
        return self._tell_of(notice.by, "committee_told", event)

    def _tell_of(self, source: Source, action: str, event: int) -> int:
        return self.model.log.add(
            self.model.week, BODY, action, cause=event, object=self.estate.name, clause=source.clause, measure=source.measure
        )

    def _extend(self, ballot: Ballot) -> bool:
        """Extend the collecting where too few papers came back; tell whether it is extended."""
        weeks = self.about.extension_weeks
        if not weeks or ballot.extended:
            return False
        regime = self._law
        category = IN_LAW.get(ballot.call.category, ballot.call.category)
        decision = decide(regime, category, self.model.attendance(self.estate, self._motion(ballot, regime)))
        if decision.quorum:
            return False
        ballot.extended = True
        ballot.counted += weeks
        ballot.event = self.tell("collecting_extended", ballot.call.category, ballot.event)
        return True

    def _count(self, ballot: Ballot) -> None:
        decision = self._decision(ballot)
        self.held += 1
        self.last_turnout = float(decision.turnout_heads)
        passed = ballot.call.passed(decision)
        action = "motion_adopted" if passed else "motion_rejected" if decision.quorum else "motion_lacks_quorum"
        self.adopted += passed
        self.no_quorum += not decision.quorum
        self.rejected += decision.quorum and not passed
        ballot.event = self.tell(action, ballot.call.category, ballot.event)
        self.model.announce(self.estate, EFFICACY, passed)
        if not passed:
            self._finish(ballot, False)
            return
        waits = 0 if ballot.call.category == "elect_committee" else self.about.posting_weeks
        ballot.takes_effect = self.model.week + waits
        ballot.event = self.tell("result_posted", ballot.call.category, ballot.event)
        if not waits:
            self._conclude(ballot)

    def _conclude(self, ballot: Ballot) -> None:
        """Let a decision take effect after its posting, unless the authority cancels it."""
        ordinal = self.held
        if self.annulment.is_cancelled(ballot, ordinal):
            ballot.event = self.tell("decision_cancelled", ballot.fault, ballot.event)
            self._finish(ballot, False)
            return
        ballot.event = self.tell("decision_takes_effect", ballot.call.category, ballot.event)
        if ballot.fault:
            self.annulment.open(ballot, ordinal, ballot.event)
        self._finish(ballot, True)

    def _finish(self, ballot: Ballot, passed: bool) -> None:
        self.ballot = None
        self.decided += 1
        self.weeks_taken += self.model.week - (ballot.call.proposed if ballot.call.proposed >= 0 else ballot.called)
        ballot.call.done(passed, ballot.event)

    @property
    def _law(self) -> Regime:
        return law_on(self.model.calendar.date(self.model.week))

    def _decision(self, ballot: Ballot) -> Decision:
        regime = self._law
        motion = self._motion(ballot, regime)
        if ballot.call.contest is not None:
            return ballot.call.contest.count(regime, self.model.papers(self.estate, motion, ballot.call.contest.slate))
        category = IN_LAW.get(ballot.call.category, ballot.call.category)
        return decide(regime, category, self.model.poll(self.estate, motion))

    def _motion(self, ballot: Ballot, regime: Regime) -> Motion:
        call = ballot.call
        rule = regime.rule(IN_LAW.get(call.category, call.category))
        about = self.model.mechanisms["assembly"]
        backing = self._backing(ballot)
        return Motion(
            call.category, call.grade, call.rise, call.caller, self._visits(ballot), backing,
            self.model.chance.normal("ballot", self.estate.place, self.held), self.held,
            rule.approval.of == "participating",
            closeness(about, float(rule.quorum.share), self.last_turnout if self.held else None), ballot.notice.online,
        )  # fmt: skip

    def _backing(self, ballot: Ballot) -> float:
        told = self.about.told_turnout if ballot.notice.weeks else 0.0
        return float(min(1.0, self.estate.backing + self.estate.canvass_help + told))

    def _visits(self, ballot: Ballot) -> float:
        about, online = self.model.mechanisms["assembly"], self.model.mechanisms["online_ballot"]
        weeks = about.collect_weeks + self.about.extension_weeks * ballot.extended
        hours = about.volunteer_hours * weeks + self.estate.canvassed
        hours *= 1 - online.doors_left_out * ballot.notice.online
        rounds = hours / (about.visit_hours * self.estate.households * about.doors)
        return min(float(about.visits_most), float(rounds))
