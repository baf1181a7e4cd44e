"""Service (M1): how the quality of each matter follows what the provider puts into it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.chance import Purpose, uniforms
from sim.households import F8, MATTERS, Layout
from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Service:
    """Quality of each matter moves a little each week towards what the provider's effort can hold.

    `quality += adjustment (aim - quality) + shock`; the aim comes from money, productivity, diligence and the effort given
    to the matter, with diminishing returns, between a floor and the standard that the contract's grade promises:
    `aim = floor + (standard - floor) min(ceiling, (means x effort) ** exponent)`.

    >>> float(Service().aim(np.array([0.6]), np.array([1.0]))[0])
    0.6
    """

    label = Text(zh="物业服务质量", en="quality of service")

    adjustment: float = number(
        0.15,
        low=0.01,
        high=1.0,
        explore=(0.08, 0.25),
        unit="share a week",
        zh="质量调整速度",
        en="speed at which quality adjusts",
        source=Text(zh="假定：半衰期约四周", en="assumed: half-life of about four weeks"),
    )
    shock: float = number(
        0.012,
        low=0.0,
        high=0.1,
        explore=(0.005, 0.025),
        unit="quality 0-1",
        zh="每周随机波动（标准差）",
        en="weekly shock (standard deviation)",
        source=Text(zh="假定：每周有看得见的小波动", en="assumed: a visible but small weekly wobble"),
    )
    floor: float = number(
        0.15,
        low=0.0,
        high=0.5,
        explore=(0.05, 0.25),
        unit="quality 0-1",
        zh="投入耗尽时的质量",
        en="quality when nothing is put in",
        source=Text(zh="假定：无人管理的小区也不是一无是处", en="assumed: an untended estate is not worthless"),
    )
    exponent: float = number(
        0.7,
        low=0.2,
        high=1.0,
        explore=(0.5, 1.0),
        unit="factor",
        zh="投入的收益递减指数",
        en="exponent of diminishing returns",
        source=Text(zh="假定：投入的收益递减（T26）", en="assumed: diminishing returns to effort (T26)"),
    )
    ceiling: float = number(
        1.35,
        low=1.0,
        high=2.0,
        explore=(1.15, 1.6),
        unit="factor",
        zh="投入的效果上限",
        en="ceiling of what effort can add",
        source=Text(zh="假定：设施和设计限定了服务", en="assumed: plant and design bound the service"),
    )
    grade_effect: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.6),
        unit="quality 0-1",
        zh="服务等级每 0–1 对质量的影响",
        en="quality of the whole range of grades",
        source=Text(zh="假定：按公布的等级标准的形状（S73a）", en="assumed: shape of published grade lists (S73a)"),
    )
    wage_growth: float = number(
        0.025,
        low=0.0,
        high=0.1,
        explore=(0.0, 0.05),
        unit="share a year",
        zh="单位成本年增长",
        en="yearly growth of unit cost",
        source=Text(zh="假定：工资上涨而物业费名义不变", en="assumed: wages grow while the fee stays nominal"),
    )
    charges_offset: float = number(
        -0.06,
        low=-0.3,
        high=0.3,
        explore=(-0.12, 0.0),
        unit="quality 0-1",
        zh="收费与公示起始偏差",
        en="starting offset of charges",
        source=Text(zh="S41、V06：收费管理评价最低", en="S41, V06: fee management is rated lowest"),
        certainty="seen",
    )
    parking_offset: float = number(
        -0.04,
        low=-0.3,
        high=0.3,
        explore=(-0.1, 0.0),
        unit="quality 0-1",
        zh="车辆停放起始偏差",
        en="starting offset of parking",
        source=Text(zh="S41、V06：停车管理评价偏低", en="S41, V06: parking is rated low"),
        certainty="seen",
    )
    order_offset: float = number(
        0.08,
        low=-0.3,
        high=0.3,
        explore=(0.0, 0.12),
        unit="quality 0-1",
        zh="公共秩序起始偏差",
        en="starting offset of public order",
        source=Text(zh="S41、V06：秩序维护评价居前", en="S41, V06: order is among the highest"),
        certainty="seen",
    )

    def start(self, quality: float) -> F8:
        """Return the starting quality of each matter, shape (k,), for an estate's mean quality."""
        offsets = {"charges": self.charges_offset, "parking": self.parking_offset, "order": self.order_offset}
        return np.clip([quality + offsets.get(matter, 0.0) for matter in MATTERS], 0.0, 1.0)

    def aim(self, standard: F8, means_and_effort: F8) -> F8:
        """Return the quality that effort can hold.

        standard: what the contract promises, 0-1; means_and_effort: budget ratio x productivity x diligence x effort by
        matter, 1 as signed; any equal shapes.
        """
        reached = np.minimum(self.ceiling, np.power(means_and_effort, self.exponent))
        return self.floor + (standard - self.floor) * reached

    def rates(self) -> "ServiceRates":
        """Return the numbers that the weekly step takes."""
        return ServiceRates(self.adjustment, self.shock * float(np.sqrt(12.0)))


class ServiceRates(NamedTuple):
    """Numbers of the weekly step; `spread` scales a uniform on [-0.5, 0.5) to the shock's standard deviation."""

    adjustment: float
    spread: float


def serve(layout: Layout, quality: F8, aim: F8, rates: ServiceRates, week: int, seed: int) -> None:
    """Move quality a week on, in place.

    quality, aim: shape (e, k), 0-1.  The shock is uniform and drawn for each estate and matter.
    """
    matters = np.arange(quality.shape[1], dtype=np.uint32)
    for estate, place in enumerate(layout.place):
        shock = uniforms(matters, Purpose.SERVICE, place, week, seed)[0].astype(np.float64) - 0.5
        moved = quality[estate] + rates.adjustment * (aim[estate] - quality[estate]) + rates.spread * shock
        quality[estate] = np.minimum(np.maximum(moved, 0.0), 1.0)
