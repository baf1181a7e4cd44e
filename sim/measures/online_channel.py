"""The online channel 线上渠道."""

from dataclasses import dataclass

from sim.moments import Measure, Notice
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class OnlineChannel(Measure):
    """Owners may return their ballots online: less trouble for most, little use to the elderly, and fewer visits."""

    label = Text(zh="线上投票", en="online ballots")
    clauses = ("1.2.3a", "3.5d")
    helps = Text(zh="投票省事，住在外面的业主也投得了", en="voting takes less trouble, for owners who live elsewhere too")
    hurts = Text(zh="老年户用得少，上门的也少了", en="elderly households use it little, and fewer doors are knocked on")

    ballot: float = lever(
        0.0,
        suggested=1.0,
        low=0.0,
        high=1.0,
        explore=(0.0, 1.0),
        unit="share",
        zh="可线上投票的程度",
        en="how far owners may vote online",
        source=Text(
            zh="假定：政策手段；有系统的城市法律允许（L11）",
            en="assumed: a lever of policy; law allows it where the city has a system (L11)",
        ),
    )

    def give_notice(self, notice: Notice) -> None:
        """Ask that owners may vote online."""
        notice.open_online(self.ballot, clause="3.5d")
