"""A firm's contract with one estate: signed, reviewed, ended; who serves the estate where there is none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.estate_board import EstateBoard
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community

LEAST_COLLECTION = 0.02
"""The lower bound of an estate's starting collection: a budget is a share of it and must not be one of nothing."""
LEAST_COST = 0.1
"""Of what the grade signed for costs: a cheap grade at a steep price of grades would otherwise cost nothing."""
LEAST_PRODUCTIVITY = 0.3
"""Seven standard deviations below the mean: it keeps a wide spread from making a firm that works backwards."""


@dataclass(frozen=True)
class ContractNumbers:
    """When a firm leaves, when another comes, and what there is in between."""

    productivity_spread: float = number(
        0.1,
        low=0.0,
        high=0.5,
        explore=(0.0, 0.2),
        unit="share",
        zh="企业效率差异（标准差）",
        en="spread of productivity between firms (standard deviation)",
        source=Text(
            zh="假定：同样的钱，六家中一家好 10%，一家差 10%",
            en="assumed: one firm in six does 10 % better on the same money, one 10 % worse",
        ),
    )
    review_floor: float = number(
        0.8,
        low=0.0,
        high=1.0,
        explore=(0.65, 0.85),
        unit="factor",
        zh="考虑退出的收支比",
        en="income over cost below which leaving is considered",
        source=Text(
            zh="假定：单凭收缴率低不会撤出；老旧小区的企业按此配员",
            en="assumed: a collection rate alone never triggers exit; firms in old estates are sized to it",
        ),
    )
    review_quarters: int = number(
        4,
        low=1,
        high=20,
        unit=Text(zh="个季度", en="quarters"),
        zh="连续亏损季度数",
        en="quarters below it before leaving",
        source=Text(
            zh="假定：连续一年不佳；薄利撑不了更久（S77、A11）",
            en="assumed: a year of poor quarters; thin margins do not last longer (S77, A11)",
        ),
        certainty="memory",
    )
    leaves: float = number(
        0.35,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.5),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="退出概率",
        en="chance of leaving then",
        source=Text(
            zh="假定：连续三个这样的季度后十家走七家（A11）",
            en="assumed: seven firms in ten have gone after three such quarters (A11)",
        ),
    )
    arrives: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.2),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="新企业进驻概率",
        en="chance that a new firm comes",
        source=Text(
            zh="假定：小区等来一家企业要两年半（A11）", en="assumed: an estate waits two years and a half for a firm (A11)"
        ),
    )
    arrives_with_committee: float = number(
        0.25,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.4),
        unit=Text(zh="每季度概率", en="chance a quarter"),
        zh="有效业委会带来的进驻概率",
        en="what a working committee adds to it",
        source=Text(zh="假定：总得有人签字", en="assumed: somebody must sign"),
    )
    unserved_quality: float = number(
        0.24,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.35),
        unit="quality 0-1",
        zh="无人服务时的质量",
        en="quality without a provider",
        source=Text(zh="假定：邻居自扫楼道", en="assumed: neighbours sweep their own stairs"),
    )
    emergency_quality: float = number(
        0.38,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.45),
        unit="quality 0-1",
        zh="应急服务的质量",
        en="quality of emergency service",
        source=Text(
            zh="假定：只保基本，介于无企业与差企业之间", en="assumed: the basics only, between no provider and a poor one"
        ),
    )
    emergency_weeks: int = number(
        26,
        low=0,
        high=104,
        unit="weeks",
        zh="应急服务最长期限",
        en="longest emergency service",
        source=Text(zh="L53：最长六个月", en="L53: at most six months"),
        certainty="law",
    )
    change_cost: float = number(
        1.18,
        low=1.0,
        high=2.0,
        explore=(1.05, 1.3),
        unit="factor",
        zh="换企业后头几周的损耗",
        en="what a change of firm costs in its first weeks",
        source=Text(
            zh="假定：新企业熟悉情况前多花近五分之一",
            en="assumed: a new firm pays nearly a fifth more until it knows the place",
        ),
    )
    change_weeks: int = number(
        8,
        low=0,
        high=52,
        unit="weeks",
        zh="交接期",
        en="weeks of a hand-over",
        source=Text(
            zh="假定：两个月；法律规定交接本身 30 日（L52）",
            en="assumed: two months; the law gives 30 days for the hand-over itself (L52)",
        ),
    )


class Contract:
    """The contract of one estate, whichever firm holds it.

    Budget is income over cost against the day of signing: collection and fee over the growth of wages and grade.
    """

    def __init__(self, model: "Community", estate: EstateBoard, about: ContractNumbers) -> None:
        """Begin with a firm, where the estate is served at the start."""
        self.model, self.estate, self.about = model, estate, about
        self.exits = self.firms = self.poor_quarters = 0
        self.left = -about.emergency_weeks
        self.is_serving = estate.starts_served
        self.sign()
        if not self.is_serving:
            estate.be_unserved(about.unserved_quality)

    def sign(self) -> None:
        """Sign: productivity is the firm's own; budget, wages and grade count from here."""
        drawn = self.model.chance.normal("productivity", self.estate.place, self.firms)
        self.productivity = max(LEAST_PRODUCTIVITY, 1 + self.about.productivity_spread * drawn)
        self.signed, self.signed_collection = self.model.week, max(self.estate.collection, LEAST_COLLECTION)
        self.signed_fee, self.signed_grade = self.estate.fee_factor, self.estate.grade

    def cost_of(self, grade: float) -> float:
        """Return what a grade of service costs against the grade as signed."""
        price = self.model.in_estate("owners_committee", self.estate).about.grade_cost
        return float(max(LEAST_COST, 1 + price * (grade - self.signed_grade)))

    def budget(self) -> float:
        """Return income over cost against the contract as signed."""
        years = self.model.calendar.years(self.model.week - self.signed)
        growth = (1 + self.model.mechanisms["service"].wage_growth) ** years
        fee = self.estate.fee_factor / self.signed_fee
        return float(self.collected * fee / (growth * self.cost_of(self.estate.grade)))

    @property
    def collected(self) -> float:
        """Return collection against the day of signing."""
        return float(self.estate.collection / self.signed_collection)

    def handing_over(self) -> float:
        """Return what a firm's first weeks in the estate cost it, 1 when they are over."""
        is_new = self.firms and self.model.week - self.signed < self.about.change_weeks
        return float(self.about.change_cost if is_new else 1.0)

    def is_given_up(self, fined: float) -> bool:
        """Review a quarter, of whose income fines took a part: tell whether the firm leaves, after poor quarters running."""
        about = self.about
        self.poor_quarters = self.poor_quarters + 1 if self.budget() * (1 - fined) < about.review_floor else 0
        if self.poor_quarters < about.review_quarters:
            return False
        return self.model.chance.uniform("the firm leaves", self.estate.place, self.model.week) < about.leaves

    def end(self) -> None:
        """Leave the estate to emergency service."""
        self.is_serving, self.left, self.exits, self.poor_quarters = False, self.model.week, self.exits + 1, 0
        self.estate.be_unserved(self.about.emergency_quality)

    def is_taken_up(self) -> bool:
        """Tell whether another firm comes this quarter, and signs; emergency service ends when its time is over."""
        about, week, estate = self.about, self.model.week, self.estate
        chance = about.arrives + about.arrives_with_committee * estate.committee_works
        if self.model.chance.uniform("a firm comes", estate.place, week) >= chance:
            if week - self.left >= about.emergency_weeks:
                estate.be_unserved(about.unserved_quality)
            return False
        self.firms += 1
        self.is_serving = True
        self.sign()
        return True
