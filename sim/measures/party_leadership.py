"""Party leadership 党组织引领."""

from dataclasses import dataclass

from sim.moments import Measure, Plan
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class PartyLeadership(Measure):
    """The community Party organization gives more hours, and lends its authority to mediation and agreements."""

    label = Text(zh="党组织引领", en="party leadership")
    clauses = ("1.2.1", "3.1a")
    helps = Text(zh="会议和席位有人有时间", en="meetings and seats have the hours they need")
    hurts = Text(
        zh="工时有限，别的事就少了；容易包办",
        en="its hours are finite, and it may crowd out owners' own initiative",
    )

    capacity_hours: float = lever(
        0.0,
        suggested=5.0,
        low=0,
        high=40,
        explore=(0, 15),
        unit="hours a week",
        zh="党组织增加的工时",
        en="more hours of the Party organization",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def plan(self, plan: Plan) -> None:
        """Give the Party organization more hours; owners' own bodies get a little less room."""
        plan.add_hours("party_organization", self.capacity_hours, clause="3.1a")
