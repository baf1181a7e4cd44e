"""What a place's rule says on one day otherwise than the nation, as the rooms of a week ask it.

Each question is put with the nation's answer, which comes back where the place says nothing.  A week is the smallest step of
a run: days are rounded up to weeks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import NamedTuple

from sim.calendar import WEEKS_A_YEAR
from sim.regime import Regime
from sim.silence import DEFAULT

LocalValue = int | bool | str | Fraction | tuple[str, ...]
DAYS_A_WEEK = 7
HUNDREDTHS = 100
SHORT_COMMITTEES: Mapping[str, Fraction] = MappingProxyType(
    {"more_than_half_of_seats": Fraction(1, 2), "all_seats": Fraction(1), "lawful_minimum": Fraction(0)}
)
"""Share of the seats that must be exceeded for a short committee to stand, by what a local rule may say."""


class Signed(NamedTuple):
    """Who signs a petition: shares of all owners and of all area, 0-1."""

    owners: float
    area: float


@dataclass(frozen=True)
class LocalLaw:
    """The values of a place's rule that hold on one day, by key.

    issued: year of the text.  adapted: whether it was brought into line with the Civil Code.
    """

    says: Mapping[str, LocalValue] = field(default_factory=dict)
    issued: int | None = None
    adapted: bool = True

    def petition_reached(self, signed: Signed, national: float) -> bool:
        """Tell whether enough owners ask for an assembly."""
        return self._reached(signed, self._share("petition_share", national), "petition_base")

    def petition_told(self, signed: Signed) -> str:
        """Return who signed as the log has it: owners, and area where the place counts it."""
        by_owners = self.says.get("petition_base", "owners") == "owners"
        return f"{signed.owners:.0%}" if by_owners else f"{signed.owners:.0%} / {signed.area:.0%}"

    def bar_to_a_first_assembly(self, signed: Signed, delivered: float) -> str:
        """Return why owners cannot hold a first assembly yet, or nothing; delivered: share of the area, 0-1."""
        if delivered < self._share("delivered_share", 0.0):
            return "too little delivered"
        enough = self._reached(signed, self._share("application_share", 0.0), "application_base")
        return "" if enough else "too few apply"

    def notice_weeks(self, national: int) -> int:
        """Return the weeks of notice before a ballot."""
        return self._weeks("notice_days", national)

    def extension_weeks(self, national: int) -> int:
        """Return the weeks by which collecting is extended."""
        return self._weeks("extension_days", national)

    def posting_weeks(self, national: int) -> int:
        """Return the weeks until a decision takes effect: the longer of posting and objections, which run together."""
        said = [self._weeks(key, 0) for key in ("posting_days", "objection_days") if key in self.says]
        return max(said, default=national)

    def seats(self, national: int) -> int:
        """Return the seats of a committee, odd and within what the place allows.

        >>> LocalLaw({"committee_most": 6}).seats(7), LocalLaw({"committee_least": 8}).seats(7)
        (5, 9)
        """
        least, most = self._number("committee_least", 1), self._number("committee_most", national)
        return max(min(national, most - 1 + most % 2), least + 1 - least % 2)

    def fewest_seats(self, national: int, homes: int, area: int) -> int:
        """Return the seats below which no committee is lawful in an estate of so many dwellings and area [0.01 m2]."""
        few = homes <= self._number("small_estate_units", -1)
        little = area <= self._number("small_estate_area", -1) * HUNDREDTHS
        least = self._number("committee_least", national)
        return self._number("small_committee", least) if few or little else least

    def short_above(self, national: Fraction) -> Fraction:
        """Return the share of the seats that must be exceeded for a short committee to stand."""
        return SHORT_COMMITTEES.get(str(self.says.get("short_committee")), national)

    def term_weeks(self, national: int) -> int:
        """Return the weeks of a committee's term, within the years that the place allows."""
        weeks = max(national, ceil(self._number("term_years_least", 0) * WEEKS_A_YEAR))
        return self._at_most_years("term_years_most", weeks)

    def bars(self, what: str) -> bool:
        """Tell whether something keeps owners from standing."""
        barring = self.says.get("candidate_bars", ())
        return isinstance(barring, tuple) and what in barring

    @property
    def vetter(self) -> str:
        """Return the body that vets candidates, or nothing."""
        return str(self.says.get("candidate_vetting", ""))

    @property
    def silence(self) -> str:
        """Return the rule of silence, a key of `SILENCES`."""
        return str(self.says.get("silence", DEFAULT))

    @property
    def online(self) -> float:
        """Return how far every ballot is open online, 0-1."""
        return 1.0 if self.says.get("electronic_voting") == "required_option" else 0.0

    @property
    def developer_is_one(self) -> bool:
        """Tell whether the developer is one head with all its units, or one a unit."""
        return self.says.get("developer_units") != "one_head_a_unit"

    def objections_below(self, category: str, regime: Regime) -> Fraction | None:
        """Return the share below which objections let a matter pass, or None where it is not open to objection voting.

        A text that was not adapted to a later law gives way to it (Legislation Law art. 99).
        """
        matters, share = self.says.get("objection_voting"), self.says.get("objection_share")
        later = not self.adapted and (self.issued is None or regime.since.year > self.issued)
        if later or not isinstance(matters, tuple) or not isinstance(share, Fraction):
            return None
        return share if category in matters else None

    def allows_substitution(self, *, failed: bool, urgent: bool) -> bool:
        """Tell whether another body may stand in for a committee that is not there.

        Of the causes that the place names one is enough, and an urgent matter is asked for besides where it is named.  No
        assembly entrusts its tasks to anybody in a run.
        """
        named = self.says.get("substitution_only_if")
        if not isinstance(named, tuple):
            return True
        there = {"no_committee": True, "failed_attempt": failed, "entrusted_by_assembly": False}
        causes = [there[name] for name in named if name in there]
        return (any(causes) or not causes) and (urgent or "urgent_matter" not in named)

    def substitution_weeks(self, asked: int) -> int:
        """Return the weeks after which a substitution ends at the latest."""
        return self._at_most_years("substitution_term_years", asked)

    def objections_end(self, asked: float) -> float:
        """Return the share of households whose objections end a substitution."""
        return min(asked, self._share("substitution_objection_share", asked))

    def owner_share(self, national: float) -> float:
        """Return the share of owners on a joint committee: whole people of as few as may sit, where the place says how many.

        >>> LocalLaw({"substitution_members_least": 9}).owner_share(0.57)
        0.6666666666666666
        """
        share = max(national, self._share("substitution_owner_share", national))
        sit = self._number("substitution_members_least", self._number("substitution_members_most", 0))
        return ceil(share * sit) / sit if sit else share

    def _reached(self, signed: Signed, share: float, base: str) -> bool:
        owners, area = signed.owners >= share, signed.area >= share
        by = {"owners": owners, "area": area, "owners_and_area": owners and area, "owners_or_area": owners or area}
        return by[str(self.says.get(base, "owners"))]

    def _share(self, key: str, national: float) -> float:
        said = self.says.get(key)
        return float(said) if isinstance(said, Fraction) else national

    def _number(self, key: str, national: int) -> int:
        said = self.says.get(key)
        return said if isinstance(said, int) else national

    def _weeks(self, key: str, national: int) -> int:
        return ceil(self._number(key, national * DAYS_A_WEEK) / DAYS_A_WEEK)

    def _at_most_years(self, key: str, weeks: int) -> int:
        years = self.says.get(key)
        return min(weeks, floor(years * WEEKS_A_YEAR)) if isinstance(years, int) else weeks


AS_THE_NATION = LocalLaw()
