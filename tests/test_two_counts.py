"""The package's count of a register and the one written from the statutes alone agree on thousands of random registers."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from second_count import Options, Row, count

from experiments.ballot import count_table
from sim.ballot import count_many
from sim.law_in_force import law_named

FEW, MANY = 500, 9_500
REGIMES = PL, CC = "property_law_2007", "civil_code_2021"
TWO_THIRDS, ONE_IN_A_THOUSAND = Fraction(2, 3), Fraction(1, 1000)
CATEGORIES = (
    "elect_committee", "replace_provider", "grade_and_fee", "use_maintenance_fund", "raise_maintenance_fund", "rebuild",
    "change_common_use", "rules", "other",
)  # fmt: skip
FUND = {"use_maintenance_fund", "raise_maintenance_fund"}
SILENCES = ("not_participating", "not_participating", "abstain", "with_majority", "with_majority_floor")
VOTES = ("absent", "yes", "no", "abstain")  # by their codes in an array
KINDS = ("developer_unsold", "developer_undelivered", "institution", "parking")
FIGURES = ("owners", "area", "turnout_heads", "turnout_area", "assent_heads", "assent_area", "quorum", "passed")
OF_A_READING = ("reading", "turnout_heads", "turnout_area", "assent_heads", "assent_area", "quorum", "passed")
AREAS = (
    ("100.00",),
    ("100.00", "200.00"),
    ("100.00", "99.99", "100.01"),
    ("50", "100.00", "66.67", "133.33", "0.01", "1000.5"),
)


class Case:
    """One random register with the options it is counted by; everything follows from the number of the case."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        self.regime, self.category = self.chance.choice(REGIMES), self.chance.choice(CATEGORIES)
        self.silence = self.chance.choice(SILENCES)
        self.seats = self.chance.choice((3, 5, 7)) if self.category == "elect_committee" and self.often(0.8) else None
        self.cap = self.chance.choice((1, 2)) if self.often(0.15) else None
        self.rows = self.near_a_threshold() if self.often(0.4) and not self.seats else self.mixed()
        places = sorted({row["building"] for row in self.rows if row.get("building")})
        charged = self.category in FUND and places and self.often(0.6)
        self.buildings = tuple(self.chance.sample(places, self.chance.randint(1, len(places)))) if charged else ()

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def near_a_threshold(self) -> list[Row]:
        """Give equal flats whose turnout or assent is at a threshold or one head away, sometimes 0.01 m2 out."""
        heads = self.chance.choice((3, 4, 6, 8, 9, 12))
        present = min(heads, max(0, self.chance.choice((heads // 2, heads * 2 // 3, heads)) + self.chance.randint(-1, 1)))
        base = self.chance.choice((heads, present))
        assent = min(
            present, max(0, self.chance.choice((base // 2, base * 2 // 3, base * 3 // 4)) + self.chance.randint(-1, 1))
        )
        votes = ["yes"] * assent + ["no"] * (present - assent) + ["absent"] * (heads - present)
        areas = ["100.00"] * heads
        areas[self.chance.randrange(heads)] = self.chance.choice(("100.00", "99.99", "100.01"))
        rows: list[Row] = [{"unit": f"{n}", "owner": f"owner {n}", "area": areas[n], "vote": votes[n]} for n in range(heads)]
        return [{**row, "delivered": self.chance.choice(("yes", "no"))} for row in rows] if self.often(0.3) else rows

    def mixed(self) -> list[Row]:
        """Give up to eight units of up to six owners with all that a register may hold."""
        areas = self.chance.choice(AREAS)
        self.names = "PQRSTU"[: self.chance.randint(1, 6)]
        self.trouble = self.chance.choice((0.0, 0.15, 0.3))
        self.turnout = self.chance.choice((0.5, 0.8, 1.0))
        return [self.unit(number, self.chance.choice(areas)) for number in range(self.chance.randint(1, 8))]

    def unit(self, number: int, area: str) -> Row:
        owner = self.chance.choice(self.names) if self.trouble else f"owner {number}"
        row = {"unit": str(number), "owner": owner, "area": area, "vote": self.vote()}
        if self.category in FUND or self.often(0.1):
            row["building"] = self.chance.choice("123")
        if self.often(self.trouble):
            row["kind"] = self.chance.choice(KINDS)
        if self.often(self.trouble):
            row["delivered"] = self.chance.choice(("yes", "no", ""))
        if self.often(self.trouble):
            row |= {"co_owners": "one;other", "vote": ("|" if self.seats else ";").join((self.vote(), self.vote()))}
        if self.often(self.trouble):
            row |= {"proxy": self.chance.choice([*self.names.replace(owner, ""), "outsider"])}
            row |= {"proxy_form": self.chance.choice(("written", "written", "", "oral"))}
            row |= {"vote": "absent"} if self.often(0.6) else {}
        return row

    def vote(self) -> str:
        if not self.often(self.turnout):
            return "absent"
        if self.often(self.trouble / 3):
            return self.chance.choice(("invalid", "abstain"))
        if self.seats is None:
            return self.chance.choice(("yes", "yes", "no"))
        names = self.chance.sample("abcdefgh", self.chance.randint(1, self.seats + self.often(0.1)))
        return ";".join(names)

    def first(self, caps: dict[int, Path]) -> dict[str, Any]:
        options = {"regime": self.regime, "category": self.category, "silence": self.silence}
        options |= {"seats": str(self.seats)} if self.seats else {}
        options |= {"buildings": ",".join(self.buildings)} if self.buildings else {}
        options |= {"local": str(caps[self.cap])} if self.cap else {}
        return count_table(self.rows, options)

    def second(self) -> dict[str, Any]:
        options = Options(silence=self.silence, buildings=self.buildings, proxy_cap=self.cap, seats=self.seats)
        return count(self.rows, self.regime, self.category, options)

    def __str__(self) -> str:
        told = f"{self.regime} {self.category} silence={self.silence} cap={self.cap} seats={self.seats} {self.buildings}"
        return "\n".join([told, *map(str, self.rows)])


def compared(result: dict[str, Any]) -> dict[str, Any]:
    """Return what both counts must agree on; who wins a tie is left to the lot, so ranks are told by votes."""
    figures = {key: result[key] for key in FIGURES}
    figures["readings"] = [
        {key: each[key] for key in OF_A_READING if result[key_of(key)] is not None} for each in result["readings"]
    ]
    if "seats" not in result:
        return figures
    votes = {each["name"]: (each["heads"], each["area"]) for each in result["candidates"]}
    figures |= {key: result[key] for key in ("seats", "formed")}
    figures["candidates"] = sorted(
        tuple(each[key] for key in ("name", "heads", "area", "reached")) for each in result["candidates"]
    )
    figures["ranks"] = [[votes[name] for name in result[key]] for key in ("elected", "alternates")]
    return figures | {"lawful": sorted(result["elected"] + result["alternates"])}


def key_of(key: str) -> str:
    return key if key.startswith("assent") else "owners"


@pytest.fixture(scope="module")
def caps(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("rules")
    files = {cap: folder / f"at_most_{cap}.yaml" for cap in (1, 2)}
    for cap, path in files.items():
        path.write_text(f"proxy_cap: {cap}\n", encoding="utf-8")
    return files


def written(unit: str, owner: str, vote: str, **more: str) -> Row:
    return {"unit": unit, "owner": owner, "area": "100", "vote": vote, "proxy_form": "written"} | more


# The registers on which the two counts once differed, with what the law gives: owners, turnout and assent by heads.
SETTLED = {
    "the developer's name on an ordinary row is no second head": (
        [written("1", "D", "yes", kind="developer_unsold"), written("2", "D", "yes"), written("3", "A", "no")],
        Options(), (2, "1", "1/2"),
    ),
    "a proxy of the developer and of a buyer represents two owners": (
        [
            written("1", "Q", "absent", kind="developer_undelivered", proxy="P"), written("2", "Q", "absent", proxy="P"),
            written("3", "P", "yes"),
        ],
        Options(proxy_cap=1), (3, "2/3", "1"),
    ),
    "a proxy of two buyers' undelivered units represents one owner": (
        [
            written("1", "B", "absent", kind="developer_undelivered", proxy="P"),
            written("2", "C", "absent", kind="developer_undelivered", proxy="P"),
            written("3", "Q", "absent", proxy="P"), written("4", "P", "yes"),
        ],
        Options(proxy_cap=2), (3, "1", "1"),
    ),
    "a proxy of one who pays for the works voted in person": (
        [
            written("1", "A", "absent", building="1", proxy="P"), written("2", "P", "yes", building="1", proxy="U"),
            written("3", "U", "yes", building="2"),
        ],
        Options(buildings=("1",)), (2, "1", "1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLED)
def test_registers_on_which_the_counts_once_differed(name: str, caps: dict[int, Path]) -> None:
    rows, options, expected = SETTLED[name]
    asked = {"regime": CC, "category": "use_maintenance_fund", "buildings": ",".join(options.buildings)}
    asked |= {"local": str(caps[options.proxy_cap])} if options.proxy_cap else {}
    first = count_table(rows, {key: value for key, value in asked.items() if value})
    second = count(rows, CC, "use_maintenance_fund", options)
    assert [tuple(each[key] for key in ("owners", "turnout_heads", "assent_heads")) for each in (first, second)] == [
        expected
    ] * 2


def test_alternates_are_all_who_reach_the_majority_even_on_one_line() -> None:
    rows = [{"unit": "1", "owner": "P", "area": "100", "vote": "g;h;e|c;d", "co_owners": "one;other"}]
    first = count_table(rows, {"regime": CC, "category": "elect_committee", "seats": "3"})
    second = count(rows, CC, "elect_committee", Options(seats=3))
    assert [sorted(each["elected"] + each["alternates"]) for each in (first, second)] == [["c", "d", "e", "g", "h"]] * 2


@pytest.mark.parametrize("regime", REGIMES)
def test_many_ballots_at_once_come_to_the_second_count(regime: str) -> None:
    chance = np.random.default_rng(5)
    for category, silence, owners in product(CATEGORIES, dict.fromkeys(SILENCES), (6, 8)):
        area = chance.choice((100_00, 200_00, 99_99), owners)
        votes = chance.choice(len(VOTES), (20, owners), p=(0.25, 0.45, 0.2, 0.1)).astype(np.uint8)
        reached = chance.random(votes.shape) < 0.8
        many = count_many(law_named(regime), category, votes, area, silence, reached)
        for number, (cast, delivered) in enumerate(zip(votes, reached, strict=True)):
            rows = [ballot(*owner) for owner in zip(area, cast, delivered, strict=True)]
            rows = [row | {"owner": str(place)} for place, row in enumerate(rows)]
            second = count(rows, regime, category, Options(silence=silence))
            assert (many.quorum[number], many.passed[number]) == (second["quorum"], second["passed"]), rows


def ballot(area: int, vote: int, delivered: bool) -> dict[str, str]:
    return {"area": f"{area / 100:.2f}", "vote": VOTES[vote], "delivered": "yes" if delivered else "no"}


def both_count(numbers: range, caps: dict[int, Path]) -> list[tuple[str, str, dict[str, Any]]]:
    """Count each case twice, refuse a difference, and return what came out."""
    results = []
    for number in numbers:
        case = Case(number)
        first, second = compared(case.first(caps)), compared(case.second())
        assert first == second, f"case {number}: {case}"
        results.append((case.regime, case.category, first))
    return results


def test_both_counts_agree_on_some_random_registers(caps: dict[int, Path]) -> None:
    assert both_count(range(FEW), caps)


@pytest.mark.slow
def test_both_counts_agree_on_random_registers_that_meet_every_threshold(caps: dict[int, Path]) -> None:
    results = both_count(range(FEW, FEW + MANY), caps)
    found = {(regime, category, each["passed"]) for regime, category, each in results}
    assert found == set(product(REGIMES, CATEGORIES, (True, False, None)))
    met = {
        (regime, key, each[key], each["passed"]) for regime, _, each in results for key in ("turnout_heads", "assent_heads")
    }
    assert met >= {
        (CC, "turnout_heads", "2/3", True),
        (CC, "turnout_heads", "2/3", False),
        (PL, "turnout_heads", "1/2", False),
    }
    assert met >= {(CC, "assent_heads", "3/4", True), (CC, "assent_heads", "1/2", False)}
    assert met >= {(PL, "assent_heads", "2/3", True), (PL, "assent_heads", "1/2", False)}
    out = [
        each for regime, _, each in results if regime == CC and each["turnout_heads"] == "2/3" and each["quorum"] is False
    ]
    assert any(0 < TWO_THIRDS - Fraction(each["turnout_area"]) < ONE_IN_A_THOUSAND for each in out)
