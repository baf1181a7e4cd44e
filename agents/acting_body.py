"""The body that stands in for a missing or weak owners' committee 代行 (M12)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from agents.subdistrict import Application
from sim.arithmetic import logistic_of
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.households import COMMITTEE, EFFICACY
from sim.institution import Institution
from sim.moments import StandIn, Terms
from sim.parts import number, part
from sim.texts import Text

BODY, GIVER = "acting_body", "residents_committee"
ACTING = ("acting", "joint_committee")
WITHIN = ("director", "members")


@dataclass(frozen=True)
class ActingBodyNumbers:
    """Triggers, power and side effects of substitution."""

    waits_weeks: int = number(
        26,
        low=0,
        high=260,
        explore=(13, 52),
        unit="weeks",
        zh="无业委会多久后代行",
        en="weeks without a committee or an attempt before standing in",
        source=Text(
            zh="假定：半年；法律要求事由，不限时间（L42）",
            en="assumed: half a year; the law asks for a cause, not for a time (L42)",
        ),
    )
    narrow_shortfall: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.15),
        unit="quality 0-1",
        zh="“非必要不代行”的服务缺口",
        en="shortfall of quality that the narrow trigger asks for",
        source=Text(zh="L45：仅限业主大会未开成之后的紧急事项", en="L45: only for urgent matters after a failed assembly"),
        certainty="seen",
    )
    again_weeks: int = number(
        52,
        low=4,
        high=520,
        unit="weeks",
        zh="再次组织选举的间隔",
        en="weeks until it organises an election again",
        source=Text(zh="假定：每年至多一次", en="assumed: once a year at most"),
    )
    activity_speed: float = number(
        0.05,
        low=0.005,
        high=1.0,
        explore=(0.03, 0.1),
        unit="share a week",
        zh="代行活跃度变化速度",
        en="speed at which its activity moves",
        source=Text(zh="假定：与业委会相同", en="assumed: as an owners' committee"),
    )
    activity_middle: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.6),
        unit="0-1",
        zh="活跃度居中的能力",
        en="ability at which its activity is middling",
        source=Text(zh="假定：接近业委会", en="assumed: near an owners' committee's"),
    )
    activity_weight: float = number(
        7.0,
        low=0.0,
        high=20.0,
        explore=(4.0, 10.0),
        unit="logits",
        zh="能力对活跃度的作用",
        en="weight of ability for activity",
        source=Text(zh="假定：与业委会相同", en="assumed: as an owners' committee"),
    )
    full_hours: float = number(
        8.0,
        low=0.5,
        high=40.0,
        explore=(5.0, 12.0),
        unit="hours a week",
        zh="充分代行所需工时",
        en="hours that standing in takes in full",
        source=Text(
            zh="假定：每周一天开会、看账、跑腿，再多也用不上",
            en="assumed: a day a week of meetings, books and errands; more would not help more",
        ),
    )
    joint_owner_share: float = number(
        0.57,
        low=0.5,
        high=0.9,
        unit="share of seats",
        zh="联合委员会中业主比例",
        en="share of owners on a joint committee",
        source=Text(zh="L46：不少于半数，七人中四人", en="L46: at least half, 4 of 7"),
        certainty="law",
    )
    passivity: float = number(
        0.005,
        low=0.0,
        high=0.2,
        explore=(0.0, 0.025),
        unit="share a month",
        zh="代行使业主效能感下降",
        en="share of efficacy lost a month while others act for owners",
        source=Text(zh="假定：包办使业主被动（V17）", en="assumed: doing things for owners makes them passive (V17)"),
    )
    objects: float = number(
        -3.2,
        low=-8.0,
        high=2.0,
        explore=(-4.0, -2.4),
        unit="logits",
        zh="反对代行的倾向",
        en="readiness to object",
        source=Text(zh="假定：反对超过五分之一的很少（L45）", en="assumed: objections above a fifth are rare (L45)"),
    )
    objects_content: float = number(
        6.0,
        low=0.0,
        high=20.0,
        explore=(3.0, 9.0),
        unit="logits",
        zh="不满对反对的作用",
        en="weight of discontent for objecting",
        source=Text(
            zh="假定：满意度低 20 分，反对的优势比为三倍", en="assumed: 20 points of discontent triple the odds of objecting"
        ),
    )
    objects_trust: float = number(
        3.0,
        low=0.0,
        high=20.0,
        explore=(1.0, 5.0),
        unit="logits",
        zh="不信任居委会对反对的作用",
        en="weight of distrust in the residents' committee for objecting",
        source=Text(zh="假定：不满权重的一半", en="assumed: half of what discontent weighs"),
    )


@part("agent")
class ActingBody(Institution):
    """The residents' committee stands in, on the terms that a measure sets; its power comes from the people in it.

    `acting`: the residents' committee acts in the committee's place.  `joint_committee`: its people sit with owners.  Both
    need that there is no committee (L118).  `director` and `members` need a committee that is weak: expired, stalled or
    half empty; the residents' committee then organises an election, in which the measure has its people stand who own a
    dwelling here.
    It takes hours and acts as far as they go, its people's ability suffers from overload, it is as soft as it is close to
    the firm, and it makes owners a little more passive.  Terms that change by date hold for those who act already.
    Objections, a sunset, an elected committee or the end of the rule end it.
    """

    label = Text(zh="代行机构", en="acting body")
    seat = "estate"
    numbers = ActingBodyNumbers
    events = {
        "applies_to_stand_in": EventKind(
            Text(
                zh="{object}：居委会向街道申请代行（{detail}）",
                en="{object}: the residents' committee applies to stand in ({detail})",
            )
        ),
        "stands_in": EventKind(
            Text(
                zh="{object}：居委会代行业委会职责（{detail}）",
                en="{object}: the residents' committee stands in ({detail})",
            )
        ),
        "stand_in_ends": EventKind(Text(zh="{object}：代行结束（{detail}）", en="{object}: standing in ends ({detail})")),
        "organises_election": EventKind(
            Text(
                zh="{object}：居委会组织选举（{detail}）",
                en="{object}: the residents' committee organises an election ({detail})",
            )
        ),
    }
    tracked = ("is_acting", "activity", "starts")

    def begin(self) -> None:
        """Nobody stands in."""
        self.terms: Terms | None = None
        self.activity, self.began, self.event, self.without, self.starts = 0.0, -1, -1, 0, 0
        self.organised = -self.about.again_weeks
        self.is_helping = False

    @property
    def is_acting(self) -> bool:
        """Tell whether the residents' committee stands in now."""
        return self.terms is not None

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Ask for the hours that standing in takes, and those that an election takes which it helps."""
        if self.terms:
            ledger.ask(GIVER, "stand_in", self.terms.hours)
        self.is_helping = self.is_helping and not self.estate.assembly_is_free
        if self.is_helping:
            ledger.ask(GIVER, "formation_help", self._committee.about.full_help_hours)

    def convene(self) -> None:
        """Stand behind the canvass of an election that it helps, as far as its hours go."""
        if self.is_helping:
            share = self.model.ledger.share(GIVER, "formation_help")
            self.estate.canvass_help = self._committee.about.help_backing * share

    def decide(self) -> None:
        """Once a month: begin, or end, or go on, and make owners a little more passive."""
        moment = StandIn()
        moment.ask(self.estate.measures)
        asked = moment.resolve()
        acts = asked if asked and asked.mode in ACTING else None
        if self.terms:
            self.model.wear(self.estate, EFFICACY, self.about.passivity * self.activity)
            self.terms = acts or self.terms
            self._maybe_end(acts)
        elif acts and self._is_triggered(acts):
            self._apply(acts)
        elif asked and asked.mode in WITHIN and self._committee.registered and not self._committee.is_working:
            self._organise(asked)

    def press(self) -> None:
        """Press the provider in the committee's place."""
        self.without = 0 if self._committee.may_act or self._committee.attempt else self.without + 1
        if not self.terms:
            return
        pressure, owner_share = self.model.mechanisms["pressure"], 0.0
        if self.terms.mode == "joint_committee":
            owner_share = self.about.joint_owner_share
        giver = self.model.body(GIVER)
        people = self.model.mechanisms["competence"]
        ability = people.mean_of_committee() * (1 - owner_share) * giver.ability + people.mean * owner_share
        resting = logistic_of(self.about.activity_weight * (ability - self.about.activity_middle))
        resting *= min(1.0, self.terms.hours * self.model.ledger.share(GIVER, "stand_in") / self.about.full_hours)
        self.activity += self.about.activity_speed * (resting - self.activity)
        soft = 1 - (1 - owner_share) * pressure.capture * self.estate.closeness
        self.estate.sources["acting_body"] = pressure.committee * ability * self.activity * soft
        working = self.activity > self._committee.about.working
        credible = pressure.dismissal_working if working else pressure.dismissal_unaided
        self.estate.sources["dismissal"] = pressure.dismissal * credible

    @property
    def _committee(self) -> Any:
        return self.model.in_estate("owners_committee", self.estate)

    def _is_triggered(self, asked: Terms) -> bool:
        committee = self._committee
        if committee.may_act or committee.attempt:
            return False
        if asked.trigger == "narrow":
            short = sum(self.estate.shortfall(matter) for matter in range(len(self.estate.quality))) / len(
                self.estate.quality
            )
            bad = self.estate.unserved is not None or short > self.about.narrow_shortfall
            return bool(committee.failed_attempts) and bad
        return self.without >= int(self.about.waits_weeks)

    def _apply(self, asked: Terms) -> None:
        """Apply to the subdistrict, which appoints (L42, L45, L46), unless it considers that already."""
        subdistrict = self.model.body("subdistrict")
        if not subdistrict.considers(self.estate):
            event = self._tell("applies_to_stand_in", asked.mode, self.model.month_began, asked)
            needed, appointed = partial(self._is_triggered, asked), partial(self._begin, asked)
            subdistrict.receive(Application(self.estate, event, asked.by, needed, appointed))

    def _begin(self, asked: Terms, appointed: int) -> None:
        self.terms, self.began, self.starts = asked, self.model.week, self.starts + 1
        self.event = self._tell("stands_in", asked.mode, appointed, asked)

    def _maybe_end(self, asked: Terms | None) -> None:
        assert self.terms is not None
        over = self.model.week - self.began >= self.terms.sunset_weeks
        reason = "committee elected" if self._committee.may_act else "rule ended" if asked is None else ""
        reason = reason or ("sunset" if over else "objections" if self._objections() > self.terms.objection_share else "")
        if not reason:
            return
        terms, self.terms = self.terms, None
        ended = self._tell("stand_in_ends", reason, self.event, terms)
        self.activity, self.without = 0.0, 0
        if reason == "sunset" and terms.afterwards != "none":
            self._organise(terms, ended)

    def _objections(self) -> float:
        """Return the share of households that object."""
        about = self.about
        return self.model.objecting(self.estate, (about.objects, about.objects_content, about.objects_trust))

    def _organise(self, terms: Terms, cause: int | None = None) -> None:
        """Organise an election, and help it with hours unless it is to be unaided."""
        if self.model.week - self.organised < self.about.again_weeks or not self.estate.assembly_is_free:
            return
        self.organised = self.model.week
        event = self._tell("organises_election", terms.mode, self.model.month_began if cause is None else cause, terms)
        self.estate.canvass_help = 0.0
        self.is_helping = terms.mode in WITHIN or terms.afterwards == "helped_election"
        self._committee.call_election(COMMITTEE, event)

    def _tell(self, action: str, detail: str, cause: int, terms: Terms) -> int:
        return self.model.log.add(
            self.model.week, BODY, action, cause=cause, object=self.estate.name, detail=detail, clause=terms.by.clause,
            measure=terms.by.measure,
        )  # fmt: skip
