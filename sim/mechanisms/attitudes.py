"""Attitudes: trust, efficacy and awareness, as households bring them along.

Cases, public events and publicity move them from there (M7, M17); once a month they drift back.
"""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Attitudes:
    """Each household's attitude is spread around the estate's mean on the logit scale, so that none starts at a bound."""

    label = Text(zh="态度", en="attitudes")

    trust_spread: float = number(
        0.7,
        low=0.0,
        high=2.0,
        explore=(0.4, 1.0),
        unit="logits",
        zh="信任差异（标准差）",
        en="spread of trust (standard deviation)",
        source=Text(zh="假定：0–1 尺度上约 0.16", en="assumed: about 0.16 on the 0-1 scale"),
    )
    efficacy: float = number(
        0.45,
        low=0.02,
        high=0.98,
        explore=(0.3, 0.6),
        unit="0-1",
        zh="参与效能感（均值）",
        en="efficacy (mean)",
        source=Text(zh="假定：多数业主怀疑参与有用（S20）", en="assumed: most owners doubt that taking part matters (S20)"),
    )
    awareness: float = number(
        0.5,
        low=0.02,
        high=0.98,
        explore=(0.35, 0.65),
        unit="0-1",
        zh="有偿服务意识（均值）",
        en="awareness of paid service (mean)",
        source=Text(zh="假定：尺度中点", en="assumed: middle of the scale"),
    )
    spread: float = number(
        0.7,
        low=0.0,
        high=2.0,
        explore=(0.4, 1.0),
        unit="logits",
        zh="效能感与意识差异（标准差）",
        en="spread of efficacy and awareness (standard deviation)",
        source=Text(zh="假定：与信任相同", en="assumed: as for trust"),
    )
    core_efficacy: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.4, 0.55),
        unit="0-1",
        zh="积极业主的效能感下限",
        en="efficacy above which an owner belongs to the active core",
        source=Text(zh="假定：高于平均的效能感", en="assumed: more efficacy than the mean"),
    )
    core_content: float = number(
        0.6,
        low=0.0,
        high=1.0,
        explore=(0.5, 0.7),
        unit="0-1",
        zh="积极业主的满意度上限",
        en="satisfaction below which an owner has cause to be active",
        source=Text(zh="假定：略低于平均的满意度（P07）", en="assumed: a little below the mean (P07)"),
    )
