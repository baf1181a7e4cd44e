"""How a firm goes after arrears in one estate: demands to all, and now and then a batch of them to the end."""

from typing import TYPE_CHECKING

from sim.estate_board import EstateBoard

if TYPE_CHECKING:
    from sim.community import Community


class Claims:
    """The firm as claimant in one estate."""

    def __init__(self, model: "Community", estate: EstateBoard) -> None:
        """Begin without claims."""
        self.model, self.estate, self.about = model, estate, model.mechanisms["arrears"]

    def demand(self) -> None:
        """Once a quarter: demand payment of those who owe for long, and decide how many to go after if they do not pay."""
        model, about, estate = self.model, self.about, self.estate
        short = max(0.0, about.usual_collection - estate.collection)
        hazard = about.campaign + about.campaign_collection * short
        goes_after = model.chance.uniform("suits", estate.place, model.week) < hazard
        estate.pursues = about.batch if goes_after else 0
        debtors = model.without_claim(estate)
        if len(debtors):
            event = model.log.add(
                model.week, "property_service_company", "arrears_demanded", cause=model.month_began, object=estate.name,
                detail=str(len(debtors)),
            )  # fmt: skip
            model.casework.demand(debtors, estate, model.week, event)

    def threaten(self) -> None:
        """Once a month: let owners know how likely a suit is, suits under way among those who owe for long."""
        debtors = self.model.number_of_debtors(self.estate)
        under_way = self.model.casework.suits_under_way(self.estate)
        self.estate.threat = under_way / debtors if debtors else 0.0
