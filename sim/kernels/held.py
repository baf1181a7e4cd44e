"""What compiled verbs hold between calls.

Handing a verb some forty arrays costs more than a week of a thousand households.  They are therefore handed over once, in a
box that verbs open on their side.
"""

from typing import Any

from numba import njit, types
from numba.experimental import structref


@structref.register
class HeldType(types.StructRef):
    """Numba's type of `Held`."""


class Held(structref.StructRefProxy):
    """A box with a `sim.households.Living`, under the name of `living`; the arrays in it are the same, not copies."""


structref.define_proxy(Held, HeldType, ["living"])  # type: ignore[no-untyped-call]


@njit(cache=True)
def hold(living: Any) -> Any:
    """Return what the verbs of this engine take: a box with the arrays."""
    return Held(living)  # type: ignore[no-untyped-call]
