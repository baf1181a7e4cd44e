"""Follow-up 督促落实."""

from dataclasses import dataclass

from sim.moments import Measure, Plan
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class FollowUp(Measure):
    """The residents' committee presses the firm to carry out what was agreed, beyond the follow-up that a meeting brings."""

    label = Text(zh="督促落实", en="follow-up")
    clauses = ("3.5e",)
    helps = Text(zh="承诺更多兑现", en="more promises are kept")
    hurts = Text(zh="占用工时", en="takes hours")

    hours: float = lever(
        0.0,
        suggested=2.0,
        low=0,
        high=20,
        explore=(0, 6),
        unit="hours a week",
        zh="督促工时（每小区）",
        en="hours of follow-up, each estate",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def plan(self, plan: Plan) -> None:
        """Ask for hours that press for what was promised, where anything was."""
        if plan.promises:
            plan.ask_hours("residents_committee", "pressing", self.hours, clause="3.5e")
