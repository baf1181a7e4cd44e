"""The people of one estate, drawn from its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import logit, ndtri

from scenarios.estate import Estate
from sim.arithmetic import logistic
from sim.chance import Purpose, place_key
from sim.engine import Engine
from sim.households import (
    AWARENESS,
    CONDITIONAL,
    DEVELOPER,
    F4,
    FREE_RIDER,
    INSTITUTION,
    LET,
    MATTERS,
    NOT_RESIDENT,
    OWNER_OCCUPIED,
    PRIVATE_OWNER,
    PROVIDER,
    U4,
    UNCONDITIONAL,
    VACANT,
    Attitudes,
    Dwellings,
    Experience,
    Households,
    Layout,
    Opinion,
    Paying,
)
from sim.mechanisms.payment import MIDDLE, POINTS_20, USUAL
from sim.ties import jagged

SMALLEST = 2.0**-25
FEN = 100


@dataclass(frozen=True)
class Census:
    """Who is to be drawn: one estate, its address in chance, the mechanisms whose numbers spread its people."""

    estate: Estate
    mechanisms: Mapping[str, Any]
    engine: Engine
    seed: int

    @property
    def number(self) -> U4:
        """Return the numbers of the dwellings."""
        return np.arange(self.estate.households, dtype=np.uint32)

    def uniform(self, purpose: Purpose, number: U4 | None = None, block: int = 0) -> F4:
        """Return four uniforms for each dwelling (or each number given), shape (4, n)."""
        number = self.number if number is None else number
        out = np.empty((4, len(number)), np.float32)
        self.engine.draw_four(number, int(purpose), place_key(self.estate.name), block, self.seed, out)
        return out

    def normal(self, purpose: Purpose, number: U4 | None = None) -> F4:
        """Return four standard normal numbers for each dwelling, shape (4, n)."""
        return normal(self.uniform(purpose, number))


def normal(uniform: F4) -> F4:
    """Return standard normal numbers from uniforms, by the inverse distribution function."""
    return ndtri(np.clip(uniform, SMALLEST, 1 - SMALLEST).astype(np.float64)).astype(np.float32)  # type: ignore[no-any-return]


def populate(census: Census) -> Households:
    """Return the households of one estate, its payment at the fixed point of the starting collection."""
    ties, order = jagged(_acquaintances(census), census.estate.households)
    dwellings = _dwellings(census)
    attitudes = _attitudes(census)
    experience = _experience(census, dwellings)
    paying = _paying(census, dwellings, attitudes, experience)
    layout = Layout(
        np.array([0, census.estate.households], np.int64),
        np.array([place_key(census.estate.name)], np.uint32),
    )
    groups: dict[str, Any] = {
        "dwellings": dwellings,
        "experience": experience,
        "opinion": _opinion(census),
        "attitudes": attitudes,
        "paying": paying,
    }
    rows = {
        name: type(group)(*(np.ascontiguousarray(column[..., order]) for column in group)) for name, group in groups.items()
    }
    return Households(layout=layout, ties=ties, **rows)


def _dwellings(census: Census) -> Dwellings:
    estate, number = census.estate, census.number
    entrance = (number // estate.entrance_size).astype(np.uint16)
    spread = np.sqrt(np.log1p(estate.floor_area_variation**2))
    area = estate.floor_area * np.exp(spread * census.normal(Purpose.AREA)[0] - spread**2 / 2)
    owner, owner_kind = _ownership(census)
    tenure = _tenure(census, owner_kind)
    person = census.uniform(Purpose.PERSON)
    elderly = (person[0] < estate.elderly).astype(np.uint8)
    member = (person[1] < estate.party_members).astype(np.uint8)
    group = np.where(tenure == VACANT, NOT_RESIDENT, 2 * tenure + elderly).astype(np.uint8)
    building = (entrance // estate.building_entrances).astype(np.uint16)
    whole_area = np.round(area * FEN).astype(np.int32)
    return Dwellings(number, building, entrance, whole_area, owner, owner_kind, tenure, elderly, member, group)


def _ownership(census: Census) -> tuple[Any, Any]:
    """Draw who owns what: one owner a dwelling but for the developer, an institution and owners of two."""
    estate, drawn = census.estate, census.uniform(Purpose.OWNERSHIP)
    kind = np.full(estate.households, PRIVATE_OWNER, np.uint8)
    kind[drawn[0] < estate.developer + estate.institution] = INSTITUTION
    kind[drawn[0] < estate.developer] = DEVELOPER
    owner = np.arange(estate.households, dtype=np.int32)
    for body in (DEVELOPER, INSTITUTION):
        owner[kind == body] = np.flatnonzero(kind == body)[:1]
    several = np.flatnonzero((kind == PRIVATE_OWNER) & (drawn[1] < estate.several_dwellings))
    pairs = several[: len(several) // 2 * 2].reshape(-1, 2)
    owner[pairs[:, 1]] = pairs[:, 0]
    return owner, kind


def _tenure(census: Census, owner_kind: Any) -> Any:
    """Draw who lives where: a developer's dwellings stand empty, an institution's are let."""
    estate, drawn = census.estate, census.uniform(Purpose.OCCUPANCY)[0]
    private = max(1 - estate.developer - estate.institution, SMALLEST)
    vacant = max(estate.vacant - estate.developer, 0.0) / private
    let = max(estate.let - estate.institution, 0.0) / private
    tenure = np.where(drawn < vacant, VACANT, np.where(drawn < vacant + let, LET, OWNER_OCCUPIED))
    tenure = np.where(owner_kind == DEVELOPER, VACANT, np.where(owner_kind == INSTITUTION, LET, tenure))
    return tenure.astype(np.uint8)


def _attitudes(census: Census) -> Attitudes:
    estate, about = census.estate, census.mechanisms["attitudes"]
    trust, other = census.normal(Purpose.TRUST), census.normal(Purpose.ATTITUDES)
    trusts = (
        estate.trust_party_organization,
        estate.trust_residents_committee,
        estate.trust_owners_committee,
        estate.trust_provider,
    )
    held = np.stack(
        [_around(mean, about.trust_spread, trust[body]) for body, mean in enumerate(trusts)]
        + [_around(about.efficacy, about.spread, other[0]), _around(about.awareness, about.spread, other[1])]
    )
    return Attitudes(held, np.round(held * 255).astype(np.uint8))


def _around(mean: float, spread: float, standard: F4) -> F4:
    return logistic(np.float32(logit(mean)) + np.float32(spread) * standard)


def _experience(census: Census, dwellings: Dwellings) -> Experience:
    about = census.mechanisms["satisfaction"]
    entrances = np.arange(int(dwellings.entrance.max()) + 1, dtype=np.uint32)
    vantage = np.float32(about.vantage_spread) * census.normal(Purpose.VANTAGE, entrances)[0][dwellings.entrance]
    temper = np.float32(about.temper_spread) * census.normal(Purpose.TEMPER)[0]
    varied = np.concatenate([census.normal(Purpose.WEIGHTS), census.normal(Purpose.MORE_WEIGHTS)])[: len(MATTERS)]
    weight = about.cares()[:, None] * np.exp(np.float32(about.weight_spread) * varied)
    weight = (weight / weight.sum(axis=0)).astype(np.float32)
    quality = census.mechanisms["service"].start(census.estate.quality).astype(np.float32)
    perceived = quality[:, None] + vantage[None, :]
    rates = about.rates()
    level = (weight * perceived).sum(axis=0) - rates.reference
    grievance = _grievance(census)
    sore = rates.grievance * (grievance + np.float32(about.legacy_grievance * census.estate.legacy))
    satisfaction = logistic(rates.intercept + temper + rates.level * level - sore)
    return Experience(weight, vantage, temper, perceived, perceived.copy(), satisfaction, grievance)


def _grievance(census: Census) -> F4:
    """Draw current grievance, exponential around its mean: most have little, some have much."""
    drawn = np.maximum(census.uniform(Purpose.GRIEVANCE)[0], SMALLEST).astype(np.float64)
    mean = census.mechanisms["satisfaction"].grievance_start
    grievance: F4 = np.minimum(-mean * np.log(drawn), 1.0).astype(np.float32)
    return grievance


def _opinion(census: Census) -> Opinion:
    about, drawn = census.mechanisms["influence"], census.normal(Purpose.OPINION)
    bound = np.clip(np.float32(about.bound) + np.float32(about.bound_spread) * drawn[0], 0, 1).astype(np.float32)
    anchor = np.clip(census.estate.grade + about.opinion_spread * drawn[1], 0, 1).astype(np.float32)
    return Opinion(bound, anchor, anchor.copy())


def _paying(census: Census, dwellings: Dwellings, attitudes: Attitudes, experience: Experience) -> Paying:
    about = census.mechanisms["payment"]
    payer_type, shift = _payer_types(census)
    own = np.float32(about.spread) * census.normal(Purpose.INCLINATION)[0]
    empty = dwellings.tenure == VACANT
    inclination = shift + own - np.float32(about.absentee) * empty.astype(np.float32)
    rates = about.rates()
    lived = np.where(empty, np.float32(0), rates.satisfaction * (experience.satisfaction - USUAL))
    lived += rates.trust * (attitudes.held[PROVIDER] - MIDDLE) + rates.awareness * (attitudes.held[AWARENESS] - MIDDLE)
    history = np.empty_like(inclination)
    start = np.float32(census.estate.collection)
    intercept = census.engine.settle(dwellings.area, inclination + lived, start, rates.history, history)
    factor = np.where(payer_type == CONDITIONAL, about.conditional_factor, about.other_factor)
    coupling = (about.neighbours / POINTS_20 * factor).astype(np.float32)
    fee = round(census.estate.fee * FEN)
    bill = ((dwellings.area.astype(np.int64) * fee + FEN // 2) // FEN).astype(np.int32)
    arrears, withholding = np.zeros(len(bill), np.uint16), np.zeros(len(bill), np.uint8)
    owed = np.zeros(len(bill), np.int32)
    return Paying(payer_type, intercept + inclination, coupling, history, bill, arrears, owed, withholding)


def _payer_types(census: Census) -> tuple[Any, F4]:
    about, drawn = census.mechanisms["payment"], census.uniform(Purpose.INCLINATION, block=1)[0]
    free_rider = drawn < about.free_rider_share
    conditional = ~free_rider & (drawn < about.free_rider_share + about.conditional_share)
    kind = np.where(free_rider, FREE_RIDER, np.where(conditional, CONDITIONAL, UNCONDITIONAL)).astype(np.uint8)
    shift = np.where(free_rider, -about.type_shift, np.where(conditional, 0.0, about.type_shift)).astype(np.float32)
    return kind, shift


def _acquaintances(census: Census) -> Any:
    """Draw ties: each dwelling names others in its entrance, building and estate; shape (m, 2), each pair once."""
    estate, number = census.estate, census.number.astype(np.int64)
    about = census.mechanisms["acquaintance"]
    building_size = estate.entrance_size * estate.building_entrances
    levels = (
        (about.entrance, Purpose.TIE_ENTRANCE, estate.entrance_size),
        (about.building, Purpose.TIE_BUILDING, building_size),
        (about.estate, Purpose.TIE_ESTATE, estate.households),
    )
    pairs = np.concatenate([_named(census, number, *level) for level in levels])
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    codes = np.unique(low * estate.households + high)
    return np.stack([codes // estate.households, codes % estate.households], axis=1)


def _named(census: Census, number: Any, mean: float, purpose: Purpose, size: int) -> Any:
    first = number // size * size
    there = np.minimum(first + size, census.estate.households) - first
    chosen = census.uniform(purpose)
    one_more = census.uniform(purpose, block=1)[0] < mean - int(mean)
    named = []
    for pick in range(4):
        names = (there > 1) & ((pick < int(mean)) | ((pick == int(mean)) & one_more))
        other = first + (chosen[pick] * (there - 1)).astype(np.int64)
        other += other >= number
        named.append(np.stack([number[names], other[names]], axis=1))
    return np.concatenate(named)
