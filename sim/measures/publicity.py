"""Publicity 宣传."""

from dataclasses import dataclass

from sim.moments import Campaign, Measure
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class Publicity(Measure):
    """Campaigns on paid service: awareness rises where service is felt to be fair, and falls where it is not."""

    label = Text(zh="宣传", en="publicity")
    clauses = ("4.4a",)
    helps = Text(zh="有偿服务意识提高，缴费增加", en="awareness of paid service rises, and with it payment")
    hurts = Text(zh="服务差的地方引起反感；占用工时；会淡忘", en="resented where service is bad; takes hours; fades")

    intensity: float = lever(
        0.0,
        suggested=0.5,
        low=0,
        high=1,
        explore=(0, 1),
        unit="0-1",
        zh="宣传力度",
        en="intensity of a campaign",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )
    interval_weeks: int = lever(
        13,
        suggested=13,
        low=1,
        high=104,
        explore=(4, 26),
        unit="weeks",
        zh="宣传间隔",
        en="weeks between campaigns",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）", en="assumed: a lever of policy; the opinion gives no number (D16)"
        ),
    )

    def campaign(self, campaign: Campaign) -> None:
        """Ask for campaigns."""
        campaign.every(self.interval_weeks, intensity=self.intensity, clause="4.4a")
