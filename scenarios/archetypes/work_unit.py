"""The archetype `work_unit`: housing once run by a work unit, sold to its people (S62)."""

from scenarios.estate import Estate
from sim.parts import part
from sim.texts import Text


@part("archetype")
class WorkUnit:
    """Former work-unit housing: small flats, low fees, old neighbours, a firm that was the unit's own."""

    label = Text(zh="原单位家属院", en="former work-unit estate")
    estate = Estate(
        name="work_unit",
        archetype="work_unit",
        households=600,
        entrance_size=24,
        floor_area=65.0,
        fee=0.6,
        grade=0.35,
        collection=0.55,
        quality=0.50,
        legacy=0.25,
        served=0.7,
        vacant=0.06,
        let=0.20,
        elderly=0.40,
        party_members=0.18,
        institution=0.12,
        committee=0.05,
        trust_party_organization=0.64,
        trust_residents_committee=0.62,
        trust_provider=0.47,
        closeness=0.625,
    )
