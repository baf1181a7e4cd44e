"""Pressure (M6): what makes a provider work harder and keep less."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Pressure:
    """Pressure on the provider is `1 - exp(-sum of sources)`, so that each further source adds less.

    The sources: a working owners' committee, supervision that the residents' committee really delivers, the chance of being
    dismissed, promises that fall due, and what is there anyhow.  Supervision is worth less the closer the supervisor stands
    to the firm: it is multiplied by `1 - capture x closeness`.

    >>> round(Pressure().of({"anyhow": 0.15}), 3)
    0.139
    """

    label = Text(zh="对物业企业的压力", en="pressure on the provider")

    anyhow: float = number(
        0.15,
        low=0.0,
        high=2.0,
        explore=(0.05, 0.3),
        unit="pressure",
        zh="平时就有的压力",
        en="pressure that is there anyhow",
        source=Text(zh="假定：市场和口碑处处有一点压力", en="assumed: market and reputation press a little everywhere"),
    )
    committee: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.5),
        unit="pressure",
        zh="业委会监督的压力",
        en="pressure of a fully active, able, independent owners' committee",
        source=Text(
            zh="假定：尺度使运转正常的业委会值几分满意度（V15）",
            en="assumed: scale set so that a working committee is worth some points of satisfaction (V15)",
        ),
    )
    supervision: float = number(
        0.4,
        low=0.0,
        high=3.0,
        explore=(0.2, 0.8),
        unit="pressure",
        zh="居委会监督的压力",
        en="pressure of supervision fully delivered",
        source=Text(zh="假定：低于手握合同的业委会", en="assumed: less than an owners' committee, which holds the contract"),
    )
    capture: float = number(
        0.7,
        low=0.0,
        high=1.0,
        explore=(0.4, 1.0),
        unit="share",
        zh="亲近程度对监督的削弱",
        en="how far closeness weakens supervision",
        source=Text(
            zh="假定：与企业走得近的组织监督偏软（S95）", en="assumed: supervision by a body close to the firm is soft (S95)"
        ),
    )
    dismissal: float = number(
        0.5,
        low=0.0,
        high=3.0,
        explore=(0.2, 1.0),
        unit="pressure",
        zh="解聘威胁的压力",
        en="pressure of certain dismissal",
        source=Text(zh="假定：企业丢掉合同的损失", en="assumed: what a firm loses with a contract"),
    )
    dismissal_working: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.7),
        unit="0-1",
        zh="业委会有效运作时解聘的可信度",
        en="credibility of dismissal where a committee works",
        source=Text(zh="假定：运转正常的业委会能召集表决", en="assumed: a working committee can call the ballot"),
    )
    dismissal_unaided: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="0-1",
        zh="无有效业委会时解聘的可信度",
        en="credibility of dismissal without one",
        source=Text(zh="假定：仅靠业主很少达到门槛", en="assumed: owners alone seldom reach the threshold"),
    )
    promise: float = number(
        0.06,
        low=0.0,
        high=0.5,
        explore=(0.0, 0.12),
        unit="pressure",
        zh="每项未到期承诺的压力",
        en="pressure of each open promise",
        source=Text(zh="假定：定了日期的承诺有人盯", en="assumed: a dated promise is watched"),
    )

    closeness_spread: float = number(
        0.9,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.4),
        unit="logits",
        zh="亲近程度差异（标准差）",
        en="spread of closeness between estates (standard deviation)",
        source=Text(zh="假定：没有它，利益俘获处处同一方向", en="assumed: without it capture has one sign everywhere"),
    )

    usual: float = number(
        0.4,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.5),
        unit="0-1",
        zh="通常的压力",
        en="usual pressure",
        source=Text(
            zh="假定：没有有效业委会时约 0.36，有时约 0.55；其他机制里压力的作用从这里算起",
            en="assumed: about 0.36 without a working committee, 0.55 with one; elsewhere pressure counts from here",
        ),
    )

    def of(self, sources: Mapping[str, float]) -> float:
        """Return the pressure of several sources, 0-1."""
        return 1 - math.exp(-sum(map(sources.__getitem__, sorted(sources))))
