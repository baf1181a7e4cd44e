"""Help to form an owners' committee 帮助组建业委会."""

from dataclasses import dataclass

from sim.moments import Formation, Measure
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class FormationHelp(Measure):
    """The residents' committee helps owners who form a committee: fewer attempts fade, building heads canvass."""

    label = Text(zh="帮助组建业委会", en="help to form an owners' committee")
    clauses = ("3.3a-1",)
    helps = Text(zh="中途放弃的少，票收得齐", en="fewer attempts fade, more ballots come back")
    hurts = Text(zh="占用工时；业主觉得不是自己的组织", en="takes hours; owners may not feel it as their own")

    hours: float = lever(
        0.0,
        suggested=6.0,
        low=0,
        high=40,
        explore=(0, 15),
        unit="hours a week",
        zh="帮助工时（筹备期间）",
        en="hours a week while owners try",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def help_form(self, formation: Formation) -> None:
        """Help with hours while an attempt is under way."""
        formation.help(self.hours, clause="3.3a-1")
