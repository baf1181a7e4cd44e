"""Every key of a local rule that claims to act in `cogov ballot` changes a count, and one that claims nothing does not."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from experiments.ballot import count_table
from sim.errors import InputError
from sim.local_effects import EFFECTS
from sim.local_rule import KEYS

Rows = list[dict[str, str]]
CODE = {"regime": "civil_code_2021", "category": "rules"}
ELECTION = {"regime": "civil_code_2021", "category": "elect_committee"}


def row(name: str, vote: str, **more: str) -> dict[str, str]:
    return {"unit": name, "owner": name, "area": "100", "vote": vote, **more}


FLATS: Rows = [row(str(n), vote) for n, vote in enumerate(["yes"] * 4 + ["no"] * 2 + ["absent"] * 4)]
ELECTS: Rows = [row(str(n), "A;B;C;D" if n < 7 else "abstain") for n in range(9)]
PROXIES: Rows = [row("P", "yes"), row("N", "no"), *(row(name, "absent", proxy="P") for name in "ABC")]
PARKING: Rows = [*FLATS, row("driver", "yes", kind="parking")]
DEVELOPER: Rows = [*FLATS, *(row(f"d{n}", "yes", owner="developer", kind="developer_unsold") for n in range(3))]
OPEN = {"objection_voting": ["rules"], "objection_share": "1/3"}
# The register, the options, what the rule says in both counts, and the value that the key takes in the second.
CASES: Mapping[str, tuple[Rows, Mapping[str, str], Mapping[str, Any], Any]] = {
    "notice_days": (FLATS[:6], {**CODE, "notice_days": "20"}, {}, 30),
    "committee_least": (ELECTS, {**ELECTION, "seats": "3"}, {}, 5),
    "committee_most": (ELECTS, {**ELECTION, "seats": "5"}, {}, 3),
    "small_committee": (
        ELECTS,
        {**ELECTION, "seats": "7"},
        {"small_estate_units": 9, "short_committee": "lawful_minimum"},
        3,
    ),
    "small_estate_units": (
        ELECTS,
        {**ELECTION, "seats": "7"},
        {"small_committee": 3, "short_committee": "lawful_minimum"},
        9,
    ),
    "small_estate_area": (
        ELECTS,
        {**ELECTION, "seats": "7"},
        {"small_committee": 3, "short_committee": "lawful_minimum"},
        900,
    ),
    "short_committee": (ELECTS, {**ELECTION, "seats": "7"}, {"small_committee": 3, "small_estate_units": 9}, "all_seats"),
    "proxy_cap": (PROXIES, CODE, {}, 1),
    "silence": (FLATS, CODE, {}, "with_majority"),
    "objection_voting": (FLATS, CODE, {"objection_share": "1/3"}, ["rules"]),
    "objection_share": (FLATS, CODE, {"objection_voting": ["rules"]}, "1/3"),
    "parking": (PARKING, CODE, {}, "not_counted"),
    "developer_units": (DEVELOPER, CODE, {}, "one_head_a_unit"),
}
BALLOT = [key for key, effect in EFFECTS.items() if "ballot" in effect.acts_in]


def counted(folder: Path, rows: Rows, options: Mapping[str, str], says: Mapping[str, Any]) -> str:
    """Return all that a count tells, or the error that refuses it."""
    file = folder / "ours.yaml"
    file.write_text("title: ours\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in says.items()), "utf-8")
    try:
        return json.dumps(count_table(rows, {**options, "local": str(file)}), sort_keys=True)
    except InputError as error:
        return error.say("en")


def test_every_key_that_claims_to_act_in_a_count_has_a_case() -> None:
    assert set(CASES) == set(BALLOT)


@pytest.mark.parametrize("key", BALLOT)
def test_a_key_that_claims_to_act_in_a_count_changes_it(key: str, tmp_path: Path) -> None:
    rows, options, base, value = CASES[key]
    assert counted(tmp_path, rows, options, base) != counted(tmp_path, rows, options, {**base, key: value})


@pytest.mark.parametrize("key", [key for key in KEYS if key not in BALLOT])
def test_a_key_that_claims_nothing_in_a_count_changes_nothing(key: str, tmp_path: Path) -> None:
    shape = KEYS[key].shape
    choices = getattr(shape, "choices", None)
    value = [choices[0]] if choices and "bars" in key else choices[-1] if choices else None
    value = value or next(one for one in (3, 1, "1/3", False) if shape.read(one) is not None)
    for rows, options, base, _ in CASES.values():
        assert counted(tmp_path, rows, options, base) == counted(tmp_path, rows, options, {**base, key: value})


def test_a_count_on_a_day_knows_what_was_in_force_on_it(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("since: 2022-03-01\nsilence: with_majority\nparking: {value: not_counted, until: 2022-12-31}\n", "utf-8")

    def on(day: str) -> tuple[str, int]:
        told = count_table(PARKING, {"counted": day, "category": "rules", "local": str(file)})
        return told["silence"], told["owners"]

    days = ("2022-02-28", "2022-03-01", "2022-12-31", "2023-01-01")
    assert [on(day) for day in days] == [
        ("not_participating", 11), ("with_majority", 10), ("with_majority", 10), ("with_majority", 11)
    ]  # fmt: skip
    undated = count_table(PARKING, {**CODE, "local": str(file)})
    assert (undated["silence"], undated["owners"]) == ("with_majority", 10)
