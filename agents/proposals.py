"""What a working owners' committee puts to the vote in its estate: another firm, or a new grade and fee."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.estate_board import Call
from sim.households import OWNERS
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from agents.contract import Contract
    from agents.owners_committee import OwnersCommittee


@dataclass(frozen=True)
class ProposalNumbers:
    """When a working committee proposes another firm, or a new grade and fee (M11)."""

    replace_shortfall: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.08, 0.2),
        unit="quality 0-1",
        zh="提议更换企业的服务缺口",
        en="shortfall of quality at which a committee proposes another firm",
        source=Text(
            zh="假定：质量明显低于合同，人人看得见", en="assumed: quality well below the contract, seen by everybody"
        ),
    )
    proposal_chance: float = number(
        0.06,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.12),
        unit="share a month",
        zh="每月提案机会",
        en="chance a month that it proposes what it sees reason for",
        source=Text(zh="假定：表决难得、难办", en="assumed: ballots are rare and hard"),
    )
    proposal_pause: int = number(
        52,
        low=4,
        high=520,
        unit="weeks",
        zh="提案间隔",
        en="weeks between proposals",
        source=Text(
            zh="假定：一年一次大表决已是业主的极限", en="assumed: one large ballot a year is as much as owners bear"
        ),
    )
    fee_budget: float = number(
        0.92,
        low=0.3,
        high=1.2,
        explore=(0.85, 0.97),
        unit="factor",
        zh="提议调费的收支比",
        en="income over cost below which a new fee is proposed",
        source=Text(
            zh="假定：工资涨幅快于物业费约三年（A02）", en="assumed: about three years of wages outrunning the fee (A02)"
        ),
    )
    grade_cost: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(1.0, 2.0),
        unit="factor",
        zh="每单位等级对应的费用",
        en="rise of the fee for the whole range of grades",
        source=Text(zh="假定：按公布的等级标准的形状（S73a）", en="assumed: shape of published grade lists (S73a)"),
    )


class Proposals:
    """The committee of one estate as proposer: seldom, and one matter at a time."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin with nothing proposed."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate
        self.last = -self.about.proposal_pause

    def maybe_propose(self) -> None:
        """Propose what there is reason for, with the chance of this month, unless the last proposal is too near."""
        about, estate = self.about, self.estate
        if self.model.week - self.last < about.proposal_pause or not estate.assembly_is_free:
            return
        if self.model.chance.uniform("proposal", estate.place, self.model.week) >= about.proposal_chance:
            return
        short = sum(estate.shortfall(matter) for matter in range(len(estate.quality))) / len(estate.quality)
        if estate.unserved is None and short > about.replace_shortfall:
            self._propose_another_firm()
        elif estate.unserved is None and estate.budget < about.fee_budget:
            self._propose_fee()

    def _propose_another_firm(self) -> None:
        contract = self._contract
        holder = contract.firms
        event = self.committee.tell("committee_proposes", "replace_provider", self.model.month_began)
        self.last = self.model.week

        # A court that annuls the decision later cannot bring back the firm: it has left, and another is under contract.
        def replaced(adopted: bool, counted: int) -> None:
            if adopted and contract.is_serving and contract.firms == holder:  # not whoever came meanwhile
                self.estate.dismissed = counted

        self.estate.summon(Call("replace_provider", OWNERS, event, replaced))

    def _propose_fee(self) -> None:
        estate, contract = self.estate, self._contract
        grade = self.model.wanted_grade(estate)
        rise = 1 / estate.budget * contract.cost_of(grade) / contract.cost_of(estate.grade) - 1
        self.last = self.model.week
        event = self.committee.tell("committee_proposes", "grade_and_fee", self.model.month_began)

        before = estate.grade

        def changed(adopted: bool, counted: int) -> None:
            if adopted:
                self.committee.tell("contract_changes", "", counted)
                self.model.change_contract(estate, grade, rise)

        def undone(annulled: int) -> None:
            self.committee.tell("contract_changes", "", annulled)
            self.model.change_contract(estate, before, 1 / (1 + rise) - 1)

        estate.summon(Call("grade_and_fee", OWNERS, event, changed, grade, rise, undo=undone))

    @property
    def _contract(self) -> "Contract":
        contract: Contract = self.model.in_estate("property_service_company", self.estate).contract
        return contract
