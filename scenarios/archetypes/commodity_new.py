"""The archetype `commodity_new`: towers built in the last fifteen years, a firm chosen by the developer."""

from scenarios.estate import Estate
from sim.parts import part
from sim.texts import Text


@part("archetype")
class CommodityNew:
    """New commodity housing: lifts, higher fees, owners who pay, few old people, part of it still unsold."""

    label = Text(zh="新建商品房小区", en="new commodity estate")
    estate = Estate(
        name="commodity_new",
        archetype="commodity_new",
        households=600,
        entrance_size=64,
        floor_area=100.0,
        fee=2.0,
        grade=0.62,
        collection=0.88,
        quality=0.62,
        legacy=0.5,
        served=0.98,
        vacant=0.18,
        let=0.20,
        elderly=0.15,
        party_members=0.10,
        developer=0.03,
        committee=0.20,
        trust_party_organization=0.55,
        trust_residents_committee=0.52,
        trust_provider=0.50,
        closeness=0.5,
    )
