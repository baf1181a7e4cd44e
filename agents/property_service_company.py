"""The property service company 物业服务企业 of one estate."""

from dataclasses import dataclass

from agents.arrears import Claims
from agents.breaches import Breaches
from agents.contract import Contract, ContractNumbers
from agents.fines import Fines, FinesNumbers
from agents.promises import Promises, PromisesNumbers
from sim.events import EventKind
from sim.institution import Institution
from sim.parts import number, part
from sim.texts import Text

BODY = "property_service_company"


@dataclass(frozen=True)
class PropertyServiceCompanyNumbers(ContractNumbers, PromisesNumbers, FinesNumbers):
    """How margin and diligence answer pressure (M6, first form), with the numbers of its contract, promises and fines."""

    margin_floor: float = number(
        0.02,
        low=0.0,
        high=0.3,
        explore=(0.0, 0.05),
        unit="share",
        zh="压力最大时的利润率",
        en="margin under full pressure",
        source=Text(zh="S77：净利率 3–8%", en="S77: net margins of 3 to 8 %"),
        certainty="memory",
    )
    margin_range: float = number(
        0.25,
        low=0.0,
        high=0.6,
        explore=(0.1, 0.35),
        unit="share",
        zh="无压力时多留的利润",
        en="margin kept beyond that without pressure",
        source=Text(zh="假定：无人监督的企业留下的部分", en="assumed: what an unwatched firm keeps"),
    )
    margin_speed: float = number(
        0.25,
        low=0.01,
        high=1.0,
        explore=(0.1, 0.5),
        unit="share a month",
        zh="利润率调整速度",
        en="speed at which the margin moves",
        source=Text(zh="假定：半衰期两三个月", en="assumed: half-life of two to three months"),
    )
    diligence_floor: float = number(
        0.62,
        low=0.1,
        high=1.0,
        explore=(0.5, 0.8),
        unit="factor",
        zh="无压力时的用心程度",
        en="diligence without pressure",
        source=Text(zh="假定：无人过问时一元预算买到的服务", en="assumed: what a yuan of budget buys when nobody looks"),
    )
    diligence_range: float = number(
        0.6,
        low=0.0,
        high=1.5,
        explore=(0.3, 0.8),
        unit="factor",
        zh="压力带来的用心程度",
        en="diligence that full pressure adds",
        source=Text(zh="假定：仅靠利润率推动太弱", en="assumed: margin alone is too weak a lever"),
    )
    diligence_speed: float = number(
        0.3,
        low=0.01,
        high=1.0,
        explore=(0.15, 0.6),
        unit="share a month",
        zh="用心程度调整速度",
        en="speed at which diligence moves",
        source=Text(zh="假定：半衰期八周", en="assumed: half-life of eight weeks"),
    )


@part("agent")
class PropertyServiceCompany(Institution):
    """It sets its margin and its diligence by the pressure on it, and its effort by matter under one budget.

    Budget against need is collection against what it was when the contract was signed, over the growth of wages since.  A
    kept promise adds effort to its matter at full cost: paid first from margin above a floor, then from unused diligence,
    then by taking effort from the other matters.  A fine is paid from the margin, and what that cannot pay from effort.
    Where income does not cover cost for quarters running it may leave; then there is emergency service for a while and
    then none, until another firm comes.
    """

    label = Text(zh="物业服务企业", en="property service company")
    seat = "estate"
    numbers = PropertyServiceCompanyNumbers
    events = {
        "firm_decides": EventKind(
            Text(zh="{object}：企业定下本月投入", en="{object}: the firm sets this month's effort"),
            routine=True,
        ),
        "promise_kept": EventKind(
            Text(zh="{object}：企业兑现承诺（{detail}）", en="{object}: the firm keeps its promise ({detail})")
        ),
        "promise_broken": EventKind(
            Text(
                zh="{object}：企业未兑现承诺（{detail}）",
                en="{object}: the firm breaks its promise ({detail})",
            )
        ),
        "violation_begins": EventKind(
            Text(zh="{object}：企业违规（{detail}）", en="{object}: the firm violates its duties ({detail})")
        ),
        "violation_ends": EventKind(
            Text(
                zh="{object}：违规自行终止（{detail}）",
                en="{object}: the violation ends by itself ({detail})",
            )
        ),
        "arrears_demanded": EventKind(
            Text(zh="{object}：向 {detail} 户催缴欠费", en="{object}: arrears demanded of {detail} households"),
            routine=True,
        ),
        "firm_leaves": EventKind(Text(zh="{object}：物业企业退出", en="{object}: the firm leaves")),
        "firm_arrives": EventKind(Text(zh="{object}：新物业企业进驻", en="{object}: a new firm comes")),
    }
    tracked = (
        "net_margin",
        "diligence",
        "promises_kept",
        "promises_broken",
        "violations",
        "exits",
        "is_serving",
        "suits_filed",
    )

    def begin(self) -> None:
        """Sign on, where the estate is served at the start."""
        self.claims, self.breaches = Claims(self.model, self.estate), Breaches(self.model, self.estate)
        self.promises = Promises(self.model, self.estate, self.about)
        self.contract = Contract(self.model, self.estate, self.about)
        self.fines = Fines(self.model, self.estate, self.about)
        self.margin = self.net_margin = self.signed_margin = 0.0
        self.diligence = self.signed_diligence = 1.0
        self.is_settled = False

    def set_in(self) -> None:
        """Have run the estate for long: violations run, and quality goes to what the firm puts in under them."""
        if self.is_serving:
            self.breaches.set_in(self.about.margin_floor + self.about.margin_range * (1 - self.estate.pressure))
            self.estate.provide(self.contract.productivity, tuple(self.breaches.harm()))

    @property
    def suits_filed(self) -> int:
        """Return how many suits on arrears were filed in the estate."""
        return int(self.model.casework.books.filed[self.estate.index])

    @property
    def violations(self) -> int:
        """Return how many kinds of violation are running."""
        return len(self.estate.violations)

    @property
    def promises_kept(self) -> int:
        """Return how many promises were kept."""
        return self.promises.kept

    @property
    def promises_broken(self) -> int:
        """Return how many promises were broken."""
        return self.promises.broken

    @property
    def exits(self) -> int:
        """Return how many firms have left."""
        return self.contract.exits

    @property
    def is_serving(self) -> bool:
        """Tell whether a firm serves the estate."""
        return self.contract.is_serving

    @property
    def margin_left(self) -> float:
        """Return the margin that fines leave."""
        return max(0.0, self.margin - self.fines.burden)

    def decide(self) -> None:
        """Once a month: set margin, diligence and effort, or leave, or come; once a quarter: review the contract."""
        if self.model.calendar.begins_quarter(self.model.week):
            self._review()
            if self.is_serving:
                self.claims.demand()
        self.claims.threaten()
        if not self.is_serving:
            return
        self.estate.budget = self.contract.budget()
        self._set_margin_and_diligence()
        self.fines.pay(self.model.income(self.estate))
        self.breaches.commit(self.margin_left)
        self._tell("firm_decides", self.model.month_began)
        self._put_in()

    def deliver(self) -> None:
        """Keep or break the promises that fall due this week; let effort return where a promise has run its time."""
        changes = self.promises.fall_due(self.contract.collected)
        if self.estate.dismissed >= 0 and self.is_serving:
            self.leave(self.estate.dismissed)
        elif changes:
            self._put_in()

    def leave(self, cause: int) -> None:
        """Leave the estate, of its own will or dismissed: emergency service takes over."""
        self.promises.forget()
        self.estate.violations, self.estate.dismissed = [], -1
        self._tell("firm_leaves", cause)
        self.fines.leave_unpaid()
        self.contract.end()

    def _review(self) -> None:
        """Look at income against cost; leave after poor quarters, or come where there is nobody."""
        if self.is_serving:
            if self.contract.is_given_up(self.fines.weigh()):
                self.leave(self.model.month_began)
        elif self.contract.is_taken_up():
            self.is_settled = False
            self._tell("firm_arrives", self.model.month_began)
            self._set_margin_and_diligence()
            self._put_in()

    def _set_margin_and_diligence(self) -> None:
        pressure, about = self.estate.pressure, self.about
        margin = about.margin_floor + about.margin_range * (1 - pressure)
        diligence = about.diligence_floor + about.diligence_range * pressure
        if not self.is_settled:
            self.margin = self.signed_margin = margin
            self.diligence = self.signed_diligence = diligence
            self.is_settled = True
        self.margin += about.margin_speed * (margin - self.margin)
        self.diligence += about.diligence_speed * (diligence - self.diligence)

    def _put_in(self) -> None:
        """Tell the board the budget ratio x productivity x diligence, and the effort by matter that promises leave."""
        estate, contract = self.estate, self.contract
        if not self.is_serving:
            return
        means = contract.budget() * (1 - max(self.margin, self.fines.burden)) / (1 - self.signed_margin)
        means *= contract.productivity * self.diligence / self.signed_diligence
        means /= contract.handing_over()
        raw, harm = self.promises.efforts(), self.breaches.harm()
        scale = self._paid_for(sum(raw) / len(raw) - 1)
        estate.diligence = self.diligence / self.signed_diligence
        estate.provide(
            means,
            tuple((effort * scale + estate.joint_service) * left for effort, left in zip(raw, harm, strict=True)),
        )

    def _paid_for(self, cost: float) -> float:
        """Return what kept promises of so much cost leave of each matter's effort; sets the net margin."""
        unused = self.about.diligence_floor + self.about.diligence_range - self.diligence
        from_margin, from_diligence = self.promises.paid_from(cost, self.margin_left, self.diligence, unused)
        self.net_margin = self.margin_left - from_margin * (1 - self.margin_left) + self.breaches.gain
        return (1 + from_margin + from_diligence) / (1 + cost)

    def _tell(self, action: str, cause: int) -> int:
        return self.model.log.add(self.model.week, BODY, action, cause=cause, object=self.estate.name)
