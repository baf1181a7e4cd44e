"""Owners who take part once enough others have (T01): social influence on turnout, which can be switched on alone."""

from dataclasses import dataclass

import numpy as np

from sim.households import F4, F8
from sim.parts import number, part
from sim.regime import Flags
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Following:
    """Granovetter's thresholds (1978): a follower takes part once the share that does reaches the follower's own threshold.

    A share of owners follow, by default nobody; all others decide by themselves (`assembly`).  Thresholds are normal and
    the owner's own; whose is zero or below takes part anyhow.  Papers come in until nobody more is moved.
    """

    label = Text(zh="看别人投不投票", en="following others to the ballot")

    share: float = number(
        0.0,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.4),
        unit="share",
        zh="跟随者比例",
        en="share of owners who follow",
        source=Text(
            zh="假定：没有人；取 1 即单独的门槛模型，供验证（T01、T02）",
            en="assumed: nobody; 1 gives the threshold model alone, for verification (T01, T02)",
        ),
    )
    mean: float = number(
        0.25,
        low=-1.0,
        high=2.0,
        explore=(0.15, 0.5),
        unit="share",
        zh="跟随门槛（均值）",
        en="threshold (mean)",
        source=Text(zh="T02：Granovetter 的例子", en="T02: Granovetter's example"),
        certainty="seen",
    )
    spread: float = number(
        0.122,
        low=0.0,
        high=2.0,
        explore=(0.05, 0.3),
        unit="share",
        zh="跟随门槛（标准差）",
        en="threshold (standard deviation)",
        source=Text(
            zh="T02：Granovetter 的例子由几乎无人跳到几乎人人之处",
            en="T02: where Granovetter's example jumps from almost nobody to almost all",
        ),
        certainty="seen",
    )

    def thresholds(self, drawn: F4) -> F8 | None:
        """Return each owner's threshold, infinite for those who decide by themselves; None where all do.

        drawn: shape (2, h); uniforms: who follows, and from which share on.
        """
        if not self.share:
            return None
        from scipy.special import ndtri  # late: SciPy is slow to load, and declarations load this file

        own = self.mean + self.spread * ndtri(np.clip(drawn[1].astype(np.float64), 2.0**-25, 1 - 2.0**-25))
        return np.where(drawn[0] < self.share, own, np.inf)


def settled(comes: Flags, thresholds: F8) -> Flags:
    """Return who takes part once nobody more is moved; where thresholds are finite, `comes` does not count.

    >>> settled(np.zeros(4, bool), np.array([0, 0.25, 0.75, 0.75])).sum().item()
    2
    """
    alone = np.isinf(thresholds)
    taking_part = comes & alone
    while True:
        moved: Flags = (comes & alone) | (thresholds <= taking_part.mean())
        if (moved == taking_part).all():
            return moved
        taking_part = moved
