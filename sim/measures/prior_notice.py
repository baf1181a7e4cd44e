"""Prior notice 会前告知."""

from dataclasses import dataclass

from sim.moments import Measure, Notice
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class PriorNotice(Measure):
    """Before an assembly the residents' committee is told and heard; it lends its building heads, and the ballot waits."""

    label = Text(zh="会前告知", en="prior notice")
    clauses = ("3.1f",)
    helps = Text(zh="居委会事先知情，愿意帮着上门", en="the residents' committee is informed and helps to canvass")
    hurts = Text(zh="投票推迟", en="the ballot is delayed")

    weeks: int = lever(
        0,
        suggested=4,
        low=0,
        high=26,
        explore=(0, 8),
        unit="weeks",
        zh="提前告知周数",
        en="weeks of prior notice",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def give_notice(self, notice: Notice) -> None:
        """Ask for weeks between telling the residents' committee and calling the ballot."""
        notice.before(self.weeks, clause="3.1f")
