"""Substitution 代行业委会职责."""

from dataclasses import dataclass

from sim.moments import Election, Measure, StandIn, Terms
from sim.parts import lever, part
from sim.texts import Text

# Shares of the seats: one chair of seven, or four of seven.
DIRECTOR, MEMBERS = 1 / 7, 4 / 7


@part("measure")
@dataclass(frozen=True)
class Substitution(Measure):
    """The residents' committee stands in for a missing or weak owners' committee, on terms that are levers of their own."""

    label = Text(zh="代行业委会职责", en="substitution")
    clauses = ("3.3b-1",)
    helps = Text(
        zh="没有业委会的小区也有人谈判、监督",
        en="estates without a committee have somebody to bargain and supervise",
    )
    hurts = Text(
        zh="业主更被动；居委会超负荷；角色冲突",
        en="owners grow passive, the residents' committee is overloaded, roles conflict",
    )

    channels = (
        "pressure.committee",
        "violations.found_by_committee",
        "pressure.capture",
        "acting_body.passivity",
        "residents_committee.overload_cost",
    )

    mode: str = lever(
        "none",
        suggested="acting",
        choices=("none", "acting", "joint_committee", "director", "members"),
        unit=Text(zh="方式", en="mode"),
        zh="代行方式",
        en="mode",
        source=Text(zh="假定：政策手段", en="assumed: a lever of policy"),
    )
    trigger: str = lever(
        "no_committee",
        suggested="no_committee",
        choices=("no_committee", "narrow"),
        unit=Text(zh="方式", en="mode"),
        zh="启动条件",
        en="trigger",
        source=Text(zh="假定：政策手段", en="assumed: a lever of policy"),
    )
    hours: float = lever(
        8.0,
        suggested=8.0,
        low=0,
        high=40,
        explore=(3, 12),
        unit="hours a week",
        zh="代行工时（每小区）",
        en="hours a week of one acting body",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    objection_share: float = lever(
        0.2,
        suggested=0.2,
        low=0,
        high=1,
        explore=(0.1, 0.5),
        unit="share of households",
        zh="反对多少户即终止",
        en="share of households whose objection ends it",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    sunset_weeks: int = lever(
        156,
        suggested=156,
        low=4,
        high=1040,
        explore=(52, 260),
        unit="weeks",
        zh="期限",
        en="weeks until it ends",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    afterwards: str = lever(
        "none",
        suggested="helped_election",
        choices=("none", "unaided_election", "helped_election"),
        unit=Text(zh="方式", en="mode"),
        zh="到期之后",
        en="what follows",
        source=Text(zh="假定：政策手段", en="assumed: a lever of policy"),
    )

    def stand_in(self, stand_in: StandIn) -> None:
        """Ask that the residents' committee stand in, on these terms."""
        terms = Terms(
            self.mode,
            self.trigger,
            self.hours,
            self.objection_share,
            self.sunset_weeks,
            self.afterwards,
            stand_in.source("3.3b-1"),
        )
        stand_in.on(terms)

    def nominate(self, election: Election) -> None:
        """In modes 'director' and 'members', have the residents' committee's people stand who own a dwelling here."""
        share = {"director": DIRECTOR, "members": MEMBERS}.get(self.mode, 0.0)
        nominees = election.members_who_own_here("residents_committee")
        election.reserve(nominees, body="residents_committee", seats=share, clause="3.3b-1")
