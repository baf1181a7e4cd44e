"""Support by the residents' committee 居委会支持."""

from dataclasses import dataclass

from sim.moments import Measure, Plan
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class ResidentsCommitteeSupport(Measure):
    """The residents' committee lends owners' bodies its backing and works alongside the provider; both take its hours."""

    label = Text(zh="居委会支持", en="support by the residents' committee")
    clauses = ("3.1b",)
    helps = Text(zh="业主组织有靠山，服务有人搭把手", en="owners' bodies have backing, services a helping hand")
    hurts = Text(zh="占用工时，调解和监督减少", en="takes hours from mediation and supervision")

    service_hours: float = lever(
        0.0,
        suggested=3.0,
        low=0,
        high=40,
        explore=(0, 8),
        unit="hours a week",
        zh="参与服务的工时（每小区）",
        en="hours in joint services, each estate",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    backing: float = lever(
        0.0,
        suggested=0.2,
        low=0,
        high=1,
        explore=(0, 0.5),
        unit="0-1",
        zh="对业主组织的支持",
        en="backing of owners' bodies",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    backing_hours: float = lever(
        4.0,
        suggested=4.0,
        low=0,
        high=40,
        explore=(2, 8),
        unit="hours a week",
        zh="充分支持所需工时（每小区）",
        en="hours that full backing takes, each estate",
        source=Text(zh="假定：到会、文书、解释", en="assumed: attendance, paper, explaining"),
    )

    def plan(self, plan: Plan) -> None:
        """Work alongside the provider, and stand behind owners' bodies."""
        plan.ask_hours("residents_committee", "joint_service", self.service_hours, clause="3.1b")
        plan.back(self.backing)
        plan.ask_hours("residents_committee", "backing", self.backing_hours * self.backing, clause="3.1b")
