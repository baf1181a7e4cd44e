"""The second count gives what was worked out by hand for each register of the law's boundary cases."""

from typing import Any

import pytest
from second_count import Options, Row, count

PL, CC = "property_law_2007", "civil_code_2021"
VOTES = {"Y": "yes", "N": "no", "A": "abstain", "-": "absent"}


def row(owner: str, area: str, vote: str, **more: str) -> Row:
    return {"unit": f"{owner}-{area}-{vote}", "owner": owner, "area": area, "vote": VOTES.get(vote, vote)} | more


def flats(votes: str, area: str = "100.00") -> list[Row]:
    """Give one owner a letter, each with a flat of this area."""
    return [row(f"owner {number}", area, vote) for number, vote in enumerate(votes)]


def developer(vote: str) -> list[Row]:
    unsold = [row("developer", "100.00", vote, kind="developer_unsold") for _ in range(3)]
    return [*unsold, row("buyer", "100.00", vote, kind="developer_undelivered")]


def register_1_short() -> list[Row]:
    return [row("short", "99.99", "Y"), *flats("YYYNN---")]


def register_4() -> list[Row]:
    return [row("P", "60", "Y")] * 3 + [row("Q", "90", "Y"), *[row(name, "80", "N") for name in "RST"], row("U", "60", "-")]


def register_8(form: str) -> list[Row]:
    given = {"Q": {"proxy": "P", "proxy_form": form}, "R": {"proxy": "S", "proxy_form": "written"}}
    return [row(name, "100", vote, **given.get(name, {})) for name, vote in zip("PQRSTU", "Y---NY", strict=True)]


def register_10(shop: str, votes: str) -> list[Row]:
    return [row("shop", "1000.00", shop), *flats(votes, "50")]


# register, rows, category, then passed and what decides under each law: (passed, quorum, assent by heads, by area)
WORKED: list[tuple[str, list[Row], str, tuple[bool, bool, str, str], tuple[bool, bool, str, str]]] = [
    ("1", flats("YYYYNN---"), "replace_provider", (False, True, "4/9", "4/9"), (True, True, "2/3", "2/3")),
    (
        "1 short", register_1_short(), "replace_provider",
        (False, True, "4/9", "39999/89999"), (False, False, "2/3", "39999/59999"),
    ),
    ("2", flats("YYYYYYNN----"), "change_common_use", (False, True, "1/2", "1/2"), (True, True, "3/4", "3/4")),
    ("3 use", flats("YYYYYNNA-"), "use_maintenance_fund", (False, True, "5/9", "5/9"), (True, True, "5/8", "5/8")),
    ("3 raise", flats("YYYYYNNA-"), "raise_maintenance_fund", (False, True, "5/9", "5/9"), (False, True, "5/8", "5/8")),
    ("4", register_4(), "replace_provider", (False, True, "1/3", "9/19"), (False, True, "2/5", "9/17")),
    (
        "5 developer absent", [*developer("-"), *flats("YYYYN-")], "replace_provider",
        (False, False, "4/7", "2/5"), (False, False, "4/5", "4/5"),
    ),
    (
        "5 developer for", [*developer("Y"), *flats("YYYYN-")], "replace_provider",
        (True, True, "5/7", "4/5"), (True, True, "5/6", "8/9"),
    ),
    ("6a", flats("YYYYNA---"), "rules", (False, True, "4/9", "4/9"), (True, True, "2/3", "2/3")),
    ("6b", flats("YYYYN----"), "rules", (False, True, "4/9", "4/9"), (False, False, "4/5", "4/5")),
    ("6c", flats("YYYNNA---"), "rules", (False, True, "1/3", "1/3"), (False, True, "1/2", "1/2")),
    ("8", register_8("written"), "other", (False, True, "1/2", "1/2"), (True, True, "3/4", "3/4")),
    ("8 oral", register_8("oral"), "other", (False, False, "1/3", "1/3"), (False, False, "2/3", "2/3")),
    ("10a", register_10("Y", "YYYNNNNN"), "grade_and_fee", (False, True, "4/9", "23/28"), (False, True, "4/9", "23/28")),
    ("10b", register_10("N", "YYYYYNNN"), "grade_and_fee", (False, True, "5/9", "5/28"), (False, True, "5/9", "5/28")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "category", "old", "new"), WORKED, ids=[case[0] for case in WORKED])
def test_a_register_worked_by_hand(
    name: str, rows: list[Row], category: str, old: tuple[Any, ...], new: tuple[Any, ...]
) -> None:
    for regime, expected in ((PL, old), (CC, new)):
        result = count(rows, regime, category, Options())
        found = tuple(result[key] for key in ("passed", "quorum", "assent_heads", "assent_area"))
        assert (found, result["readings"]) == (expected, [])


def test_turnout_and_totals_of_the_developers_register() -> None:
    result = count([*developer("-"), *flats("YYYYN-")], CC, "replace_provider", Options())
    totals = tuple(result[key] for key in ("owners", "area", "turnout_heads", "turnout_area"))
    assert totals == (7, "1000.00", "5/7", "1/2")


def test_counted_by_the_unit_register_4_would_have_passed() -> None:
    split = [row(f"{each['owner']} {number}", each["area"], each["vote"]) for number, each in enumerate(register_4())]
    result = count(split, CC, "replace_provider", Options())
    assert (result["passed"], result["assent_heads"]) == (True, "4/7")


def test_disagreeing_co_owners_are_read_three_ways() -> None:
    rows = [*flats("YYNN--"), row("pair", "100.00", "yes;no", co_owners="one;other")]
    result = count(rows, CC, "other", Options())
    assert (result["passed"], result["turnout_heads"]) == (None, "5/7")
    assert [(each["reading"], each["quorum"], each["passed"]) for each in result["readings"]] == [
        ("assenting_ballot_stands", True, True),
        ("present_without_assent", True, False),
        ("not_counted", False, False),
    ]


def test_a_void_paper_is_read_both_ways() -> None:
    result = count(flats("YYY-N-") + [row("void", "100.00", "invalid")], CC, "other", Options())
    assert [(each["quorum"], each["passed"]) for each in result["readings"]] == [(True, True), (False, False)]
    assert result["passed"] is None


@pytest.mark.parametrize(
    ("silence", "quorum", "passed"),
    [("not_participating", False, False), ("abstain", True, False), ("with_majority", True, True),
     ("with_majority_floor", True, False)],
)  # fmt: skip
def test_silence_counts_as_the_covenant_says(silence: str, quorum: bool, passed: bool) -> None:
    rows = [*flats("YYYYN----"), row("not reached", "100.00", "-", delivered="no")]
    result = count(rows, CC, "other", Options(silence=silence))
    assert (result["quorum"], result["passed"]) == (quorum, passed)


def test_a_proxy_over_the_cap_is_absent_and_an_outsider_votes_as_written() -> None:
    rows = [row(name, "100.00", "yes", proxy="outsider", proxy_form="written") for name in "ABC"]
    assert count(rows, CC, "other", Options(proxy_cap=2))["turnout_heads"] == "2/3"
    assert count(rows, CC, "other", Options())["turnout_heads"] == "1"


def test_a_fund_vote_is_among_the_owners_who_pay() -> None:
    rows = [row(name, "100.00", "yes", building="3") for name in "ABC"] + [row("D", "100.00", "no", building="4")]
    assert count(rows, PL, "use_maintenance_fund", Options(buildings=("3",)))["assent_heads"] == "1"
    assert count(rows, PL, "use_maintenance_fund", Options())["assent_heads"] == "3/4"


@pytest.mark.parametrize(("elected", "formed"), [(7, True), (5, None), (4, False)])
def test_only_the_double_majority_elects(elected: int, formed: bool | None) -> None:
    names = "abcdefg"
    rows = [row(f"owner {number}", "100.00", ";".join(names)) for number in range(3)]
    rows += [row(f"other {number}", "100.00", ";".join(names[:elected])) for number in range(3)]
    result = count(rows, CC, "elect_committee", Options(seats=7))
    assert (result["elected"], result["formed"]) == (list(names[:elected]), formed)
    assert result["alternates"] == []


def test_those_who_reach_the_majority_beyond_the_seats_are_alternates() -> None:
    without = "aabcde"
    papers = [";".join(name for name in "abcdef" if name != left_out) for left_out in without]
    rows = [row(f"owner {number}", "100.00", paper) for number, paper in enumerate(papers)]
    result = count(rows, CC, "elect_committee", Options(seats=5))
    assert (result["elected"], result["alternates"]) == (["f", "b", "c", "d", "e"], ["a"])


def test_one_hundredth_of_a_square_metre_breaks_the_quorum() -> None:
    result = count(register_1_short(), CC, "replace_provider", Options())
    assert (result["turnout_heads"], result["turnout_area"]) == ("2/3", "59999/89999")
