"""Supervision by the residents' committee 居委会监督."""

from dataclasses import dataclass

from sim.moments import Measure, Plan
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class ResidentsCommitteeSupervision(Measure):
    """The residents' committee supervises the provider with more hours than are left over today."""

    label = Text(zh="居委会监督", en="supervision by the residents' committee")
    clauses = ("3.1b", "3.1e")
    helps = Text(zh="违规更容易被发现，企业更用心", en="violations are found sooner, the firm works harder")
    hurts = Text(zh="占用工时；与企业走得近时监督不硬", en="takes hours; soft where it is close to the firm")

    hours: float = lever(
        0.0,
        suggested=3.0,
        low=0,
        high=40,
        explore=(0, 8),
        unit="hours a week",
        zh="监督增加的工时（每小区）",
        en="more hours of supervision, each estate",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def plan(self, plan: Plan) -> None:
        """Ask for hours of supervision ahead of what is left over."""
        plan.ask_hours("residents_committee", "added_supervision", self.hours, clause="3.1b")
