"""The groups of households for which a comparison asks who gains and who loses."""

from collections.abc import Mapping
from types import MappingProxyType

from sim.parts import parts
from sim.texts import Text

DIMENSIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "tenure": {
            "owner_occupied": ("owner_younger", "owner_elderly"),
            "tenant": ("tenant_younger", "tenant_elderly"),
        },
        "age": {
            "elderly": ("owner_elderly", "tenant_elderly"),
            "younger": ("owner_younger", "tenant_younger"),
        },
    }
)
"""Groups of `sim.households.GROUPS` that make up each group of tenure and of age."""

ARCHETYPE, WORST_OFF, WORST_TENTH = "archetype", "worst_off", "worst_tenth"
LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "owner_occupied": Text(zh="自住业主", en="owner-occupiers"),
        "tenant": Text(zh="租户", en="tenants"),
        "elderly": Text(zh="老年户", en="elderly households"),
        "younger": Text(zh="非老年户", en="households that are not elderly"),
        WORST_TENTH: Text(zh="最不满意的十分之一", en="the worst-off tenth"),
    }
)


def group_label(dimension: str, group: str) -> Text:
    """Return a group's label; archetypes of estates bring their own."""
    label: Text = parts("archetype")[group].label if dimension == ARCHETYPE else LABELS[group]
    return label
