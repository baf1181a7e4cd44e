"""How a firm goes after arrears in one estate: demands, and suits in campaigns."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.estate_board import EstateBoard
from sim.households import I8
from sim.mechanisms.arrears import FATES

if TYPE_CHECKING:
    from sim.community import Community


@dataclass(frozen=True)
class Suits:
    """A campaign under way: whom it concerns, when it ends, by which event."""

    who: I8
    ends: int
    event: int


class Claims:
    """The firm as claimant in one estate."""

    def __init__(self, model: "Community", estate: EstateBoard) -> None:
        """Begin without suits."""
        self.model, self.estate, self.about = model, estate, model.mechanisms["arrears"]
        self.suits: list[Suits] = []
        self.filed = 0

    def demand(self) -> None:
        """Once a quarter: demand payment of those who owe for long, and sue some of those who still do."""
        model, about = self.model, self.about
        paid = model.collect_on_demand(self.estate)
        event = self._tell("arrears_demanded", str(paid), model.month_began)
        short = max(0.0, about.usual_collection - self.estate.collection)
        hazard = about.campaign + about.campaign_collection * short
        if self.suits or model.chance.uniform("suits", self.estate.place, model.week) >= hazard:
            self._set_threat()
            return
        who = model.debtors(self.estate)[: about.batch]
        if len(who):
            self.filed += len(who)
            filed = self._tell("firm_sues", str(len(who)), event)
            self.suits.append(Suits(who, model.week + about.suit_weeks, filed))
        self._set_threat()

    def close(self) -> None:
        """End the suits that are due: withdrawn, judged or mediated; households pay, change their habit, lose trust."""
        for suits in [suits for suits in self.suits if suits.ends <= self.model.week]:
            self.suits.remove(suits)
            fates = self.model.end_suits(self.estate, suits.who)
            self._tell(
                "suits_end",
                ", ".join(f"{name} {number}" for name, number in zip(FATES, fates, strict=True)),
                suits.event,
            )

    def _set_threat(self) -> None:
        """Let owners know how likely a suit is: suits under way among those who owe for long."""
        under_way = sum(len(suits.who) for suits in self.suits)
        debtors = len(self.model.debtors(self.estate))
        self.estate.threat = under_way / debtors if debtors else 0.0

    def _tell(self, action: str, detail: str, cause: int) -> int:
        return self.model.log.add(
            self.model.week,
            "property_service_company",
            action,
            cause=cause,
            object=self.estate.name,
            detail=detail,
        )
