"""Enforcement 劝阻、报告、处罚."""

from dataclasses import dataclass

from sim.moments import Measure, Oversight
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class Enforcement(Measure):
    """Violations are dissuaded, reported, punished: each rung can be raised, the authority's delay shortened."""

    label = Text(zh="劝阻、报告、处罚", en="enforcement")
    clauses = ("3.4g",)
    helps = Text(zh="违规变短，企业有所顾忌", en="violations are shorter and dearer")
    hurts = Text(
        zh="处罚压低利润，薄利企业可能退出；主管部门排队",
        en="penalties squeeze thin margins, and a firm may leave; the authority's queue grows",
    )

    dissuade: float = lever(
        0.0,
        suggested=0.15,
        low=0,
        high=1,
        explore=(0, 0.4),
        unit="share a month",
        zh="增加的劝阻机会",
        en="added chance of dissuasion",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    report: float = lever(
        0.0,
        suggested=0.15,
        low=0,
        high=1,
        explore=(0, 0.4),
        unit="share a month",
        zh="增加的上报机会",
        en="added chance of a report",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    penalty: float = lever(
        0.0,
        suggested=0.5,
        low=0,
        high=5,
        explore=(0, 1.5),
        unit="0-1",
        zh="增加的处罚力度",
        en="added penalty",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    delay_weeks: int | None = lever(
        None,
        suggested=8,
        low=1,
        high=104,
        explore=(2, 13),
        unit="weeks",
        zh="查处时限",
        en="weeks until the authority acts",
        source=Text(zh="假定：政策手段（L63）", en="assumed: a lever of policy (L63)"),
    )

    def oversee(self, oversight: Oversight) -> None:
        """Raise each rung of the ladder."""
        oversight.strengthen(
            dissuade=self.dissuade,
            report=self.report,
            penalty=self.penalty,
            delay_weeks=self.delay_weeks,
            clause="3.4g",
        )
