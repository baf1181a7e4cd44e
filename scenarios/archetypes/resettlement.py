"""The archetype `resettlement`: housing given for land or houses that were taken."""

from scenarios.estate import Estate
from sim.parts import part
from sim.texts import Text


@part("archetype")
class Resettlement:
    """Resettlement housing: people who never chose to pay for service, low fees, thin collection."""

    label = Text(zh="回迁安置小区", en="resettlement estate")
    estate = Estate(
        name="resettlement",
        archetype="resettlement",
        households=600,
        entrance_size=40,
        floor_area=85.0,
        fee=0.8,
        grade=0.35,
        collection=0.50,
        quality=0.49,
        legacy=0.8,
        served=0.88,
        vacant=0.10,
        let=0.30,
        elderly=0.25,
        party_members=0.07,
        committee=0.05,
        trust_party_organization=0.50,
        trust_residents_committee=0.48,
        trust_provider=0.42,
        closeness=0.625,
    )
