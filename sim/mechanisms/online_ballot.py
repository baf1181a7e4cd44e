"""What an online channel does to turnout: voting costs less for those who can use it, and there are fewer visits."""

from dataclasses import dataclass

import numpy as np

from sim.households import F4, OWNER_OCCUPIED, Dwellings
from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class OnlineBallot:
    """An online channel (L11) lowers the cost of voting (T04), less so for the elderly, more for owners who live elsewhere.

    Whoever canvasses leaves some doors out where owners can vote online, which is what the elderly lose by.  By itself it
    does nothing: a measure offers it.
    """

    label = Text(zh="线上投票的作用", en="effect of online ballots")

    ease: float = number(
        0.3,
        low=0.0,
        high=3.0,
        explore=(0.1, 0.5),
        unit="logits",
        zh="线上投票省下的麻烦",
        en="cost of voting that the online channel takes away",
        source=Text(
            zh="假定：约五至七个百分点的参与率，少于两轮上门（T04）",
            en="assumed: about five to seven points of turnout, less than two rounds of visits (T04)",
        ),
    )
    elderly: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.6),
        unit="share",
        zh="老年户用得上的程度",
        en="what of it reaches elderly households",
        source=Text(
            zh="假定：数字鸿沟；老年户多用纸质票", en="assumed: a digital divide; most elderly households keep to paper"
        ),
    )
    from_afar: float = number(
        2.0,
        low=0.0,
        high=5.0,
        explore=(1.0, 3.0),
        unit="factor",
        zh="不住在小区的业主省下的倍数",
        en="factor for owners who live elsewhere",
        source=Text(zh="假定：住得远的省事最多（L117）", en="assumed: who would have to travel saves the most (L117)"),
    )
    doors_left_out: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.4),
        unit="share",
        zh="因线上投票少走的上门",
        en="share of visits left out where owners can vote online",
        source=Text(zh="假定：动员的人觉得有手机就够了", en="assumed: canvassers trust that the phone is enough"),
    )

    def lift(self, offered: float, dwellings: Dwellings, rows: np.ndarray) -> F4:
        """Return what each owner's readiness gains, shape (h,) [logits]; `offered` is 0-1."""
        at_home = np.where(dwellings.elderly[rows] == 1, self.elderly, 1.0)
        reach = np.where(dwellings.tenure[rows] == OWNER_OCCUPIED, at_home, self.from_afar)
        lift: F4 = (offered * self.ease * reach).astype(np.float32)
        return lift
