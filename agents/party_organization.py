"""The community Party organization 社区党组织: convenes the joint meeting."""

from dataclasses import dataclass
from typing import NamedTuple

from agents.members import Staff, members_who_own
from sim.estate_board import Commitment, EstateBoard
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.households import MATTERS
from sim.institution import Institution
from sim.moments import Candidate, MeetingCall
from sim.parts import number, part
from sim.texts import Text

BODY, OTHER = "party_organization", "residents_committee"


@dataclass(frozen=True)
class PartyOrganizationNumbers:
    """Hours, members, and how its joint meetings work (M9)."""

    hours: float = number(
        10.0,
        low=0.0,
        high=200.0,
        explore=(5.0, 20.0),
        unit="hours a week",
        zh="每周可用于物业事务的工时",
        en="hours a week for property matters",
        source=Text(zh="假定：书记一周中的一部分时间", en="assumed: a secretary's part of the week"),
    )
    staff: int = number(
        7,
        low=1,
        high=50,
        unit="people",
        zh="成员人数",
        en="members",
        source=Text(zh="假定：委员会七人", en="assumed: a committee of seven"),
    )
    flat_share: float = number(
        0.2,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.4),
        unit="share",
        zh="成员在某小区有房的比例",
        en="chance that a member owns a dwelling in a given estate",
        source=Text(zh="假定：老委员就住在附近", en="assumed: old members live nearby"),
    )
    meeting_hours: float = number(
        4.0,
        low=0.0,
        high=40.0,
        explore=(2.0, 8.0),
        unit="hours",
        zh="本机构每次联席会议工时",
        en="own hours for each joint meeting",
        source=Text(zh="假定：书记和另一人各两小时", en="assumed: a secretary and one more for two hours each"),
    )
    residents_committee_hours: float = number(
        12.0,
        low=0.0,
        high=80.0,
        explore=(6.0, 20.0),
        unit="hours",
        zh="居委会每次联席会议工时",
        en="hours of the residents' committee for each joint meeting",
        source=Text(
            zh="假定：几个人的准备、出席和记录", en="assumed: preparation, attendance and minutes of several people"
        ),
    )
    standing_hours: float = number(
        1.5,
        low=0.0,
        high=20.0,
        explore=(0.5, 3.0),
        unit="hours a week",
        zh="联席会议日常工时",
        en="standing hours of the joint meeting",
        source=Text(zh="假定：每周几个电话、几条记录", en="assumed: a few calls and notes a week"),
    )
    follow_up_hours: float = number(
        0.35,
        low=0.0,
        high=10.0,
        explore=(0.1, 1.0),
        unit="hours a week",
        zh="每项承诺的跟进工时",
        en="hours of follow-up for each open promise",
        source=Text(zh="假定：隔几周打个电话或到现场看看", en="assumed: a call or a look on site every few weeks"),
    )
    minutes: float = number(
        120.0,
        low=15.0,
        high=480.0,
        explore=(60.0, 180.0),
        unit="minutes",
        zh="会议时长",
        en="length of a meeting",
        source=Text(zh="假定：一个晚上两小时", en="assumed: an evening of two hours"),
    )
    item_minutes: float = number(
        12.0,
        low=1.0,
        high=120.0,
        explore=(8.0, 20.0),
        unit="minutes",
        zh="每个议题用时",
        en="minutes for an item without friction",
        source=Text(zh="假定：无人争吵时一晚约十项", en="assumed: some ten items an evening where nobody quarrels"),
    )
    friction_waste: float = number(
        1.0,
        low=0.0,
        high=5.0,
        explore=(0.5, 2.0),
        unit="factor",
        zh="摩擦造成的时间浪费",
        en="time wasted by friction",
        source=Text(zh="假定：摩擦最大时每项议题用时加倍", en="assumed: at full friction an item takes twice as long"),
    )
    agreement: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.45),
        unit="0-1",
        zh="达成承诺的基础概率",
        en="base chance that an item ends in a promise",
        source=Text(
            zh="假定：与下面两个数一起，约一半议题达成承诺",
            en="assumed: with the two numbers below about half of the items end in a promise",
        ),
    )
    harmony: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.6),
        unit="0-1",
        zh="摩擦小对达成承诺的作用",
        en="what the absence of friction adds to it",
        source=Text(
            zh="假定：摩擦最大时十项议题三项承诺，无摩擦时四项中三项",
            en="assumed: three promises in ten items at full friction, three in four without",
        ),
    )
    pressure: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="0-1",
        zh="压力对达成承诺的作用",
        en="what pressure on the provider adds to it",
        source=Text(zh="假定：低于摩擦的作用", en="assumed: less than friction does"),
    )
    authority: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="0-1",
        zh="党组织牵头对达成承诺的作用",
        en="what leading hours add to it, doubled hours being 1",
        source=Text(zh="假定：有威信便于达成一致（1.2.1）", en="assumed: authority helps to agree (1.2.1)"),
    )
    due_weeks: int = number(
        8,
        low=1,
        high=52,
        unit="weeks",
        zh="承诺最短期限",
        en="shortest term of a promise",
        source=Text(zh="假定：八至十二周", en="assumed: eight to twelve weeks"),
    )
    due_spread: int = number(
        5,
        low=1,
        high=52,
        unit="weeks",
        zh="承诺期限跨度",
        en="range of the term of a promise",
        source=Text(zh="假定：八至十二周", en="assumed: eight to twelve weeks"),
    )
    case_share: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.8),
        unit="share",
        zh="单个纠纷占议题的比例",
        en="part of the items kept for single cases",
        source=Text(
            zh="假定：公共事项与个案各占一半议题", en="assumed: public matters and single cases have half of the items each"
        ),
    )
    information_error: float = number(
        0.06,
        low=0.0,
        high=0.5,
        explore=(0.02, 0.12),
        unit="quality 0-1",
        zh="对缺口判断的误差（标准差）",
        en="error in what the meeting knows of a shortfall (standard deviation)",
        source=Text(zh="假定：会议对事项的判断误差约六分", en="assumed: the meeting misjudges a matter by some six points"),
    )
    liaison: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.8),
        unit="share",
        zh="交叉任职减少的信息误差",
        en="part of that error which shared members remove",
        source=Text(zh="假定：联络人传递信息（T38）", en="assumed: liaisons carry information (T38)"),
    )


class Call(NamedTuple):
    """A call for joint meetings: for which estate, how often, by which agenda, on which measure and clause."""

    estate: EstateBoard
    weeks: int
    agenda: str
    measure: str
    clause: str


@part("agent")
class PartyOrganization(Institution):
    """It convenes the bodies when a meeting is due, sets the agenda by shortfall and takes promises from the provider.

    An agenda item is a public matter: one matter of one estate.  The meeting sees each shortfall with an error, takes up
    the largest first, those without an open promise; single cases that mediation could not settle take part of the items.
    As many fit as the minutes allow; friction makes each item longer.  The agenda's rule may be another: counts of voice
    pick the big matters, not the neglected ones.
    """

    label = Text(zh="社区党组织", en="community Party organization")
    seat = "community"
    numbers = PartyOrganizationNumbers
    events = {
        "meeting_held": EventKind(Text(zh="召开联席会议：{detail}", en="joint meeting held: {detail}")),
        "promise_made": EventKind(
            Text(zh="{object}：企业承诺改进{detail}", en="{object}: the provider promises to improve {detail}")
        ),
        "no_agreement": EventKind(Text(zh="{object}：{detail}未达成一致", en="{object}: no agreement on {detail}")),
    }
    tracked = ("meetings", "promises", "agenda_error")

    def begin(self) -> None:
        """Know its members; no meeting has been held."""
        self.members = Staff(BODY, self.about.staff, self.about.flat_share)
        self.meetings = self.promises = 0
        self.last_meeting: int | None = None
        self.agenda_error = 0.0
        self.added: dict[int, float] = {}
        self.called: list[Call] = []

    def members_who_own(self, estate: EstateBoard) -> tuple[Candidate, ...]:
        """Return its members who own a dwelling in an estate."""
        return members_who_own(self.model, self.members, estate)

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide its own hours; ask for those of a meeting that is due and of the promises that are open."""
        ledger.provide(BODY, self.about.hours)
        ledger.ask(BODY, "joint_meeting", 0.0)
        promised = sum(len(estate.commitments) for estate in self.model.estates)
        if promised:
            ledger.ask(OTHER, "follow_up", self.about.follow_up_hours * promised)
        self.called = self._called()
        covered = {call.estate.index for call in self.called}
        for estate in self.model.estates:
            estate.meets = estate.index in covered
        if not self.called:
            return
        ledger.ask(OTHER, "joint_meeting", self.about.standing_hours)
        if self._due():
            ledger.ask(OTHER, "joint_meeting", self.about.residents_committee_hours)
            ledger.ask(BODY, "joint_meeting", self.about.meeting_hours)

    def lead(self, estate: EstateBoard, hours: float, ledger: HoursLedger) -> None:
        """Ask for the hours that a measure adds for leading in one estate."""
        self.added[estate.index] = hours
        ledger.ask(BODY, "leading", hours)

    def mediate(self) -> None:
        """Lend authority to mediation and agreements, as far as added hours go; owners' own initiative gets less room."""
        hours = self.model.ledger.hours(BODY, "leading")
        for estate in self.model.estates:
            estate.authority = hours / self.about.hours if self.added.get(estate.index) else 0.0

    def convene(self) -> None:
        """Hold the joint meeting if one is due: public matters and single cases, as many as the minutes allow."""
        if not self.called or not self._due():
            return
        self.last_meeting, self.meetings = self.model.week, self.meetings + 1
        call = min(self.called, key=lambda call: (call.weeks, call.measure))
        due = self.model.log.root(self.model.week, "meeting_is_due")
        fit = self._items_that_fit()
        items = self._agenda(call.agenda)[: fit - int(self.about.case_share * fit)]
        self.agenda_error = self._agenda_error(items)
        held = self.model.log.add(
            self.model.week,
            BODY,
            "meeting_held",
            cause=due,
            detail=str(len(items)),
            clause=call.clause,
            measure=call.measure,
        )
        for _, estate, matter in items:
            self._take_up(estate, matter, held, call)
        self._take_cases(fit - len(items), held, call)

    def _called(self) -> list[Call]:
        calls = []
        for estate in self.model.estates:
            if not estate.measures:
                continue
            moment = MeetingCall()
            moment.ask(estate.measures)
            resolved = moment.resolve()
            if resolved:
                calls.append(Call(estate, *resolved))
        return calls

    def _due(self) -> bool:
        interval = min(call.weeks for call in self.called)
        return self.last_meeting is None or self.model.week - self.last_meeting >= interval

    def _items_that_fit(self) -> int:
        """Return how many items fit into the minutes that hours and friction leave."""
        share = min(self.model.ledger.share(OTHER, "joint_meeting"), self.model.ledger.share(BODY, "joint_meeting"))
        friction = sum(call.estate.friction for call in self.called) / len(self.called)
        return int(self.about.minutes * share / (self.about.item_minutes * (1 + self.about.friction_waste * friction)))

    def _agenda(self, agenda: str) -> list[tuple[float, EstateBoard, int]]:
        """Return the public matters for a meeting, the most pressing first, as the agenda's rule sees them."""
        seen = []
        for call in self.called:
            estate = call.estate
            error = self.about.information_error * (1 - self.about.liaison * estate.shared_seats)
            for matter in range(len(MATTERS)):
                noise = self.model.chance.normal("agenda", estate.place, self.model.week, matter)
                if not estate.promised(matter):
                    seen.append((self._weight(agenda, estate, matter) + error * noise, estate, matter))
        return sorted((item for item in seen if item[0] > 0), key=lambda item: (-item[0], int(item[1].place), item[2]))

    def _weight(self, agenda: str, estate: EstateBoard, matter: int) -> float:
        """Return how pressing a matter looks: by shortfall of quality, by counts or severity of voice, or by lot."""
        if agenda == "shortfall":
            return estate.shortfall(matter)
        if agenda == "random":
            return self.model.chance.uniform("agenda by lot", estate.place, self.model.week, matter)
        voiced = self.model.casework.voiced if agenda == "voiced" else self.model.casework.severity
        return float(voiced[estate.index, matter])

    def _agenda_error(self, items: list[tuple[float, EstateBoard, int]]) -> float:
        """Return the share of items that are not among as many matters that fall shortest in truth."""
        truth = sorted(
            (
                (call.estate.shortfall(matter), call.estate.index, matter)
                for call in self.called
                for matter in range(len(MATTERS))
            ),
            reverse=True,
        )[: len(items)]
        wanted = {(index, matter) for _, index, matter in truth}
        return 1 - sum((item[1].index, item[2]) in wanted for item in items) / len(items) if items else 0.0

    def _take_cases(self, number: int, held: int, call: Call) -> None:
        """Take up single cases that wait for the meeting, the gravest first."""
        covered = {one.estate.index: one.estate for one in self.called}
        for case in self.model.casework.waiting_for_meeting(set(covered))[:number]:
            estate = covered[case.estate]
            drawn = self.model.chance.uniform("case in meeting", estate.place, self.model.week, case.number)
            if drawn < self._chance_of_agreement(estate):
                self.model.casework.settle_in_meeting(case, self.model.week, self.model.log, held, call.measure, call.clause)

    def _chance_of_agreement(self, estate: EstateBoard) -> float:
        harmony = self.about.harmony * (1 - estate.friction)
        harmony += self.about.authority * estate.authority
        pressed = self.about.pressure * (estate.pressure - self.model.mechanisms["pressure"].usual)
        return float(self.about.agreement + harmony + pressed)

    def _take_up(self, estate: EstateBoard, matter: int, held: int, call: Call) -> None:
        chance, week = self.model.chance, self.model.week
        promises = chance.uniform("agreement", estate.place, week, matter) < self._chance_of_agreement(estate)
        event = self.model.log.add(
            week, BODY, "promise_made" if promises else "no_agreement", cause=held, object=estate.name,
            detail=tuple(MATTERS)[matter], clause=call.clause, measure=call.measure,
        )  # fmt: skip
        if promises:
            self.promises += 1
            spread = self.about.due_spread * chance.uniform("term of promise", estate.place, week, matter)
            due = week + self.about.due_weeks + int(spread)
            estate.commitments.append(Commitment(matter, due, event, call.measure, call.clause))
