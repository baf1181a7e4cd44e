"""Households as arrays: one row a dwelling, with who lives there and who owns it.

A row is a dwelling, not an owner: residents live with the service and go to residents' meetings, owners pay and vote; an
owner may hold several dwellings, an institution or a developer many.  Rows of one estate stand together, sorted by falling
number of ties (see `sim.ties`); `number` keeps the order in which they were made and is their address in keyed chance.

Arrays are grouped by concern in named tuples, which is what the kernels take.  n households, e estates, k matters.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.texts import Text

F4 = npt.NDArray[np.float32]
F8 = npt.NDArray[np.float64]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
U4 = npt.NDArray[np.uint32]

MATTERS: dict[str, Text] = {
    "cleaning": Text(zh="卫生保洁", en="cleaning"),
    "gate": Text(zh="门岗执勤", en="gate"),
    "parking": Text(zh="车辆停放", en="parking"),
    "order": Text(zh="公共秩序", en="public order"),
    "repairs": Text(zh="维修养护", en="repairs"),
    "charges": Text(zh="收费与公示", en="charges"),
}

OWNER_OCCUPIED, LET, VACANT = 0, 1, 2
CONDITIONAL, FREE_RIDER, UNCONDITIONAL = 0, 1, 2
PRIVATE_OWNER, DEVELOPER, INSTITUTION = 0, 1, 2

ATTITUDES: dict[str, Text] = {
    "trust_party_organization": Text(zh="对社区党组织的信任", en="trust in the Party organization"),
    "trust_residents_committee": Text(zh="对居委会的信任", en="trust in the residents' committee"),
    "trust_owners_committee": Text(zh="对业委会的信任", en="trust in the owners' committee"),
    "trust_provider": Text(zh="对物业企业的信任", en="trust in the provider"),
    "efficacy": Text(zh="参与效能感", en="efficacy"),
    "awareness": Text(zh="有偿服务意识", en="awareness of paid service"),
}
PARTY, COMMITTEE, OWNERS, PROVIDER, EFFICACY, AWARENESS = range(len(ATTITUDES))

GROUPS: dict[str, Text] = {
    "owner_younger": Text(zh="自住业主，非老年户", en="owner-occupiers, not elderly"),
    "owner_elderly": Text(zh="自住业主，老年户", en="owner-occupiers, elderly"),
    "tenant_younger": Text(zh="租户，非老年户", en="tenants, not elderly"),
    "tenant_elderly": Text(zh="租户，老年户", en="tenants, elderly"),
}
NOT_RESIDENT = len(GROUPS)


class Layout(NamedTuple):
    """Where each estate's households stand, and the estates' addresses in chance."""

    start: I8  # shape (e + 1,)
    place: U4  # shape (e,)


class Dwellings(NamedTuple):
    """What never changes in a run; each shape (n,)."""

    number: U4  # how-manieth dwelling of its estate, as made
    building: U2
    entrance: U2  # counted through the estate
    area: I4  # floor area [0.01 m2]
    owner: I4  # index of the owner in its estate
    owner_kind: U1  # PRIVATE_OWNER, DEVELOPER or INSTITUTION
    tenure: U1  # OWNER_OCCUPIED, LET or VACANT
    elderly: U1  # 0 or 1: the resident household is elderly
    party_member: U1  # 0 or 1: has a Party member
    group: U1  # index in GROUPS, NOT_RESIDENT where nobody lives


class Experience(NamedTuple):
    """Service as a household lives it; all 0-1 but for `temper` (logits) and `vantage` (quality)."""

    weight: F4  # shape (k, n); what a household cares about, sums to 1 over matters
    vantage: F4  # shape (n,); how much better or worse the service is where this dwelling stands
    temper: F4  # shape (n,); standing inclination to be content [logits]
    perceived: F4  # shape (k, n)
    expectation: F4  # shape (k, n)
    satisfaction: F4  # shape (n,)
    grievance: F4  # shape (n,); current grievance, 0-1


class Opinion(NamedTuple):
    """What grade of service a household wants; each shape (n,), 0-1."""

    bound: F4  # confidence bound: how far another opinion may lie and still count
    anchor: F4  # the opinion it started with
    preferred_grade: F4


class Attitudes(NamedTuple):
    """Trust in each body, efficacy and awareness of paid service, in the order of `ATTITUDES`."""

    held: F4  # shape (6, n), 0-1
    start: U1  # shape (6, n); where each began, in 255ths


class Paying(NamedTuple):
    """What moves the owner of a dwelling to pay; each shape (n,)."""

    payer_type: U1  # CONDITIONAL, FREE_RIDER or UNCONDITIONAL
    inclination: F4  # everything that stands still: estate's intercept, type, own spread, trust, awareness [logits]
    coupling: F4  # weight of paying neighbours [logits per unit of share]
    history: F4  # slowly moving share of bills paid, 0-1
    bill: I4  # a month's fee [fen]
    arrears: U2  # months owed
    owed: I4  # what has been billed and not paid [fen]
    withholding: U1  # weeks for which the owner still withholds in protest


class Ties(NamedTuple):
    """Who talks with whom, in jagged-diagonal form: see `sim.ties`."""

    slots: I8  # shape (e + 1,); each estate's first slot
    count: I4  # type: ignore[assignment]  # shape (all slots,); how many households have a tie in this slot
    offset: I8  # shape (all slots,); where the slot's neighbours begin
    neighbour: U2  # shape (2 x ties,); index of the other household within its estate
    degree: U2  # shape (n,)


class Households(NamedTuple):
    """All arrays of one community's households."""

    layout: Layout
    dwellings: Dwellings
    experience: Experience
    opinion: Opinion
    attitudes: Attitudes
    paying: Paying
    ties: Ties

    @property
    def size(self) -> int:
        """Return the number of dwellings."""
        return int(self.layout.start[-1])

    def rows(self, estate: int) -> slice:
        """Return where an estate's households stand."""
        return slice(self.layout.start[estate], self.layout.start[estate + 1])

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array by its name, `experience.satisfaction` and so on."""
        return {f"{group}.{name}": value for group, part in self._asdict().items() for name, value in part._asdict().items()}

    def bytes_each(self) -> float:
        """Return the memory that one household takes, static columns and ties included [bytes]."""
        return sum(array.nbytes for array in self.arrays().values()) / self.size

    def read_only(self) -> "Households":
        """Return the same arrays as views that cannot be written."""
        return Households(*(_shown(part) for part in self))


class Living(NamedTuple):
    """What lives through weeks: a community's households, and the numbers that their mechanisms take."""

    people: Households
    rates: Any  # see `sim.mechanisms.week.Rates`


def _shown(part: Any) -> Any:
    return type(part)(*map(shown, part))


def shown(array: Any) -> npt.NDArray[Any]:
    """Return an array as a view that cannot be written, nor be made so as numpy's own read-only views can."""
    return np.asarray(memoryview(array).toreadonly())


def joined(estates: Sequence[Households]) -> Households:
    """Return the households of several estates as one table, in the order given."""
    sizes = np.cumsum([0] + [estate.size for estate in estates])
    layout = Layout(sizes.astype(np.int64), np.concatenate([estate.layout.place for estate in estates]))
    ties = _joined_ties([estate.ties for estate in estates])
    rows = {name: _stacked([getattr(estate, name) for estate in estates]) for name in ROW_GROUPS}
    return Households(layout=layout, ties=ties, **rows)


ROW_GROUPS = ("dwellings", "experience", "opinion", "attitudes", "paying")


def _stacked(parts: list[Any]) -> Any:
    return type(parts[0])(*(np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True)))


def _joined_ties(parts: list[Ties]) -> Ties:
    slots = np.cumsum([0] + [len(part.count) for part in parts]).astype(np.int64)
    before = np.cumsum([0] + [len(part.neighbour) for part in parts])
    offset = np.concatenate([part.offset + shift for part, shift in zip(parts, before, strict=False)]).astype(np.int64)
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in ("count", "neighbour", "degree")]
    return Ties(slots, columns[0], offset, columns[1], columns[2])
