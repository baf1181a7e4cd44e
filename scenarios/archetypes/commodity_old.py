"""The archetype `commodity_old`: commodity housing of the 1990s and 2000s."""

from scenarios.estate import Estate
from sim.parts import part
from sim.texts import Text


@part("archetype")
class CommodityOld:
    """Old commodity housing: ageing plant, fees set long ago, many let flats."""

    label = Text(zh="老旧商品房小区", en="old commodity estate")
    estate = Estate(
        name="commodity_old",
        archetype="commodity_old",
        households=600,
        entrance_size=36,
        floor_area=90.0,
        fee=1.2,
        grade=0.50,
        collection=0.76,
        quality=0.56,
        legacy=0.35,
        served=0.93,
        vacant=0.12,
        let=0.25,
        elderly=0.25,
        party_members=0.12,
        committee=0.25,
        trust_party_organization=0.56,
        trust_residents_committee=0.54,
        trust_provider=0.47,
        closeness=0.5,
    )
