"""A register as users have it, counted: hand-worked registers, an independent counter, what the law leaves open."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from experiments.ballot import count_table
from experiments.ballot_request import request_for
from scenarios.register_table import lines_of
from sim.errors import InputError
from sim.papers import Basis
from sim.regime import CATEGORIES
from sim.register_count import Count, count_register
from sim.silence import SILENCES

PROPERTY_LAW, CIVIL_CODE = "property_law_2007", "civil_code_2021"
LAWS = (PROPERTY_LAW, CIVIL_CODE)
LETTERS = {"Y": "yes", "N": "no", "A": "abstain", "-": "absent", "V": "invalid"}
Row = dict[str, str]


def flats(votes: str, area: str = "100", **columns: str) -> list[Row]:
    """Return rows of as many owners, one a letter: Y yes, N no, A abstains, - absent, V void."""
    return [
        {"unit": f"{n}", "owner": f"owner {n}", "area": area, "vote": LETTERS[letter], **columns}
        for n, letter in enumerate(votes, 1)
    ]


def row(owner: str, area: str, vote: str, **columns: str) -> Row:
    number = len(owner) * 1000 + next(NUMBERS)
    return {"unit": f"u{number}", "owner": owner, "area": area, "vote": vote, **columns}


NUMBERS: Iterator[int] = iter(range(10**9))


def counted(rows: Sequence[Mapping[str, str]], law: str = CIVIL_CODE, category: str = "rules", **options: str) -> Any:
    return count_table(rows, {"regime": law, "category": category, **options})


def both(rows: Sequence[Mapping[str, str]], category: str, **options: str) -> tuple[str, str]:
    """Return what each law gives: passes, fails, no quorum, unsettled."""
    said = []
    for law in LAWS:
        found = counted(rows, law, category, **options)
        passed, quorum = found["passed"], found["quorum"]
        said.append("passes" if passed else "unsettled" if passed is None else "fails" if quorum else "no quorum")
    return said[0], said[1]


SIX = [
    *(row("P", "60", "yes") for _ in range(3)), row("Q", "90", "yes"), *(row(name, "80", "no") for name in "RST"),
    row("U", "60", "absent"),
]  # fmt: skip


def with_developer(vote: str) -> list[Row]:
    unsold = [row("builder", "100", vote, kind="developer_unsold") for _ in range(3)]
    return [*unsold, row("a buyer", "100", vote, kind="developer_undelivered"), *flats("YYYYN-")]


def proxies(form: str) -> list[Row]:
    return [
        row("P", "100", "yes"),
        row("Q", "100", "absent", proxy="P", proxy_form=form),
        row("R", "100", "absent", proxy="S", proxy_form="written"),
        row("S", "100", "absent"),
        row("T", "100", "no"),
        row("U", "100", "yes"),
    ]


LESS = [{**flats("Y", "99.99")[0], "owner": "owner 0", "unit": "0"}, *flats("YYYNN---")]
HAND_WORKED = {
    "1": (flats("YYYYNN---"), "replace_provider", ("fails", "passes")),
    "1, 0.01 m2 less": (LESS, "replace_provider", ("fails", "no quorum")),
    "2": (flats("YYYYYYNN----"), "change_common_use", ("fails", "passes")),
    "3, use": (flats("YYYYYNNA-"), "use_maintenance_fund", ("fails", "passes")),
    "3, raise": (flats("YYYYYNNA-"), "raise_maintenance_fund", ("fails", "fails")),
    "4": (SIX, "replace_provider", ("fails", "fails")),
    "5, developer absent": (with_developer("absent"), "replace_provider", ("no quorum", "no quorum")),
    "5, developer for it": (with_developer("yes"), "replace_provider", ("passes", "passes")),
    "6a": (flats("YYYYNA---"), "rules", ("fails", "passes")),
    "6b": (flats("YYYYN----"), "rules", ("fails", "no quorum")),
    "6c": (flats("YYYNNA---"), "rules", ("fails", "fails")),
    "8": (proxies("written"), "other", ("fails", "passes")),
    "8, not in writing": (proxies("oral"), "other", ("no quorum", "no quorum")),
    "10a": ([row("shop", "1000", "yes"), *flats("YYYNNNNN", "50")], "grade_and_fee", ("fails", "fails")),
    "10b": ([row("shop", "1000", "no"), *flats("YYYYYNNN", "50")], "grade_and_fee", ("fails", "fails")),
}


@pytest.mark.parametrize("name", HAND_WORKED)
def test_the_hand_worked_registers_come_out(name: str) -> None:
    rows, category, expected = HAND_WORKED[name]
    assert both(rows, category) == expected


def test_their_shares_are_those_worked_by_hand() -> None:
    four = counted(SIX, category="replace_provider")
    assert (four["assent_heads"], four["assent_area"], four["owners"]) == ("2/5", "9/17", 6)
    five = counted(with_developer("yes"), category="replace_provider")
    assert (five["assent_heads"], five["assent_area"], five["area"]) == ("5/6", "8/9", "1000.00")
    assert counted(with_developer("absent"), category="replace_provider")["turnout_area"] == "1/2"
    eight = counted(proxies("written"), category="other")
    assert (eight["turnout_heads"], eight["assent_heads"]) == ("2/3", "3/4")
    assert counted(proxies("written"), PROPERTY_LAW, "other")["assent_heads"] == "1/2"
    assert counted(LESS, category="replace_provider")["area"] == "899.99"


# Boundary cases: law, category, votes of equal flats at the bar, and what an hundredth less for the first flat makes.
BOUNDS = [
    (PROPERTY_LAW, "rebuild", "YYYYYYNNN", True, False),  # two thirds of all: exactly is enough
    (PROPERTY_LAW, "use_maintenance_fund", "YYYYYYNNN", True, False),
    (PROPERTY_LAW, "rules", "YYYYNNNN", False, False),  # half of all: exactly is too little
    (PROPERTY_LAW, "change_common_use", "YYYYNNNN", False, False),
    (CIVIL_CODE, "rebuild", "YYYYYYNN----", True, False),  # two thirds take part, three quarters of them assent
    (CIVIL_CODE, "change_common_use", "YYYYYYNN---", True, False),
    (CIVIL_CODE, "replace_provider", "YYYYNN---", True, False),  # the quorum exactly
    (CIVIL_CODE, "use_maintenance_fund", "YYYNNN---", False, False),
]


@pytest.mark.parametrize(("law", "category", "votes", "exactly", "less"), BOUNDS)
def test_at_the_bar_one_head_and_one_hundredth_of_a_metre_decide(
    law: str, category: str, votes: str, exactly: bool, less: bool
) -> None:
    at = flats(votes)
    shy = [{**at[0], "area": "99.99"}, *at[1:]]
    one_fewer = [{**at[0], "vote": "no"}, *at[1:]]
    assert counted(at, law, category)["passed"] is exactly
    assert counted(shy, law, category)["passed"] is less
    assert counted(one_fewer, law, category)["passed"] is False
    one_more = [{**one, "vote": "yes"} if one["vote"] == "no" else one for one in at[::-1]]
    assert counted(one_more, law, category)["passed"] is True


# An independent counter: from rows to results by the words of the law and of the issue, with no code of ours.
def naive_papers(rows: Sequence[Row], register: Sequence[Row], cap: int | None) -> dict[object, dict[str, Any]]:
    """Return for each head its area, the set of valid votes, whether a void paper came, and whether it was reached."""
    names = {one["owner"] for one in register}
    developers = {one["owner"] for one in register if one.get("kind") == "developer_unsold"}
    own: dict[str, list[str]] = {name: [] for name in names}
    voting = {one["owner"] for one in rows}
    came: set[object] = set()
    for one in [*rows, *(one for one in register if one["owner"] not in voting)]:
        outsider = one.get("proxy", "") and one["proxy"] not in names
        bought = one.get("kind") == "developer_undelivered" and one["owner"] not in developers  # the name is a buyer's
        own[one["owner"]] += [] if outsider or bought else one["vote"].split(";")
        if not outsider and set(one["vote"].split(";")) != {"absent"}:
            came.add(naive_head(one, developers))
    took: dict[str, list[object]] = {}
    heads: dict[object, dict[str, Any]] = {}
    for one in rows:
        key = naive_head(one, developers)
        head = heads.setdefault(key, {"area": Fraction(0), "votes": set(), "void": False, "reached": False})
        head["area"] += Fraction(one["area"])
        head["reached"] |= one.get("delivered", "yes") != "no"
        votes = one["vote"].split(";")
        if one.get("proxy") and key in came:
            votes = votes if one["proxy"] in own else ["absent"]
        elif one.get("proxy"):
            votes = naive_proxy(one, key, own, took, cap)
        head["votes"] |= {vote for vote in votes if vote in ("yes", "no", "abstain")}
        head["void"] |= "invalid" in votes
    return heads


def naive_head(one: Row, developers: set[str]) -> str | None:
    """Return the owner's name, or nothing for the developer: units unsold or undelivered, and all under its name."""
    return None if one.get("kind", "").startswith("developer") or one["owner"] in developers else one["owner"]


def naive_proxy(
    one: Row, head: object, own: dict[str, list[str]], took: dict[str, list[object]], cap: int | None
) -> list[str]:
    proxy = one["proxy"]
    if one.get("proxy_form") == "oral":
        return ["absent"]
    votes = own[proxy] if proxy in own else one["vote"].split(";")
    if all(vote == "absent" for vote in votes):
        return ["absent"]
    charge = took.setdefault(proxy, [])
    if head not in charge:
        if cap is not None and len(charge) >= cap:
            return ["absent"]
        charge.append(head)
    return votes


def naive_results(
    heads: dict[object, dict[str, Any]], law: str, category: str, silence: str
) -> dict[str, tuple[bool, bool]]:
    """Return quorum and result under each reading, by its key."""
    odd = any(len(head["votes"]) > 1 for head in heads.values())
    void = any(head["void"] and not head["votes"] for head in heads.values())
    first = ("assenting_ballot_stands", "present_without_assent", "not_counted") if odd else ("",)
    second = ("invalid_takes_part", "invalid_not_counted") if void else ("",)
    return {"+".join(filter(None, pair)): naive_one(heads, law, category, silence, pair) for pair in product(first, second)}


def naive_one(
    heads: dict[object, dict[str, Any]], law: str, category: str, silence: str, reading: tuple[str, str]
) -> tuple[bool, bool]:
    sides: dict[str, list[Fraction]] = {key: [] for key in ("yes", "no", "abstain", "silent", "gone")}
    for head in heads.values():
        sides[naive_side(head, reading)].append(head["area"])
    size = {key: (Fraction(len(areas)), sum(areas, Fraction(0))) for key, areas in sides.items()}
    all_of = [sum(size[key][i] for key in size) for i in (0, 1)]
    cast = [size["yes"][i] + size["no"][i] + size["abstain"][i] for i in (0, 1)]
    came = [cast[i] + (0 if silence == "not_participating" else size["silent"][i]) for i in (0, 1)]
    ahead = all(size["yes"][i] > size["no"][i] for i in (0, 1))
    agree = [size["yes"][i] + (size["silent"][i] if silence.startswith("with") and ahead else 0) for i in (0, 1)]
    floor = all(2 * size["yes"][i] > all_of[i] for i in (0, 1)) or silence != "with_majority_floor"
    if law == PROPERTY_LAW:
        quorum = all(2 * came[i] > all_of[i] for i in (0, 1))
        special = category in ("use_maintenance_fund", "raise_maintenance_fund", "rebuild")
        enough = all(3 * agree[i] >= 2 * all_of[i] if special else 2 * agree[i] > all_of[i] for i in (0, 1))
    else:
        quorum = all(3 * came[i] >= 2 * all_of[i] for i in (0, 1))
        special = category in ("raise_maintenance_fund", "rebuild", "change_common_use")
        enough = all(4 * agree[i] >= 3 * came[i] if special else 2 * agree[i] > came[i] for i in (0, 1))
    return quorum, quorum and enough and floor


def naive_side(head: dict[str, Any], reading: tuple[str, str]) -> str:
    votes = head["votes"]
    if not votes and head["void"]:
        return "abstain" if reading[1] == "invalid_takes_part" else "gone"
    if not votes:
        return "silent" if head["reached"] else "gone"
    if len(votes) == 1:
        return str(next(iter(votes)))
    if reading[0] == "assenting_ballot_stands":
        return "yes" if "yes" in votes else "no"
    return "abstain" if reading[0] == "present_without_assent" else "gone"


def drawn_rows(luck: random.Random) -> list[Row]:
    """Draw a small register: ties, several units an owner, a developer, proxies, co-owners, void and disagreeing papers."""
    owners = [f"owner {n}" for n in range(luck.randint(1, 9))]
    areas = luck.choice([["100"], ["50", "99.99", "100", "100.01"], [f"{luck.randint(1, 30000) / 100:.2f}" for _ in owners]])
    weights = luck.choice([(4, 2, 1, 3, 0), (6, 1, 0, 1, 0), (3, 2, 1, 2, 1)])
    strange = luck.random() < 0.4
    rows: list[Row] = []
    for owner in owners:
        vote = drawn_vote(luck, weights)
        for _ in range(luck.choice([1, 1, 1, 2])):
            one = row(owner, luck.choice(areas), drawn_vote(luck, weights) if strange and luck.random() < 0.3 else vote)
            one["delivered"] = luck.choice(["yes", "yes", "no", ""])
            rows.append(drawn_extras(one, luck, owners, weights))
    if luck.random() < 0.4:
        side = drawn_vote(luck, weights)
        kinds = ["developer_unsold", "developer_undelivered"]
        rows += [
            row(luck.choice(owners), luck.choice(areas), side, kind=luck.choice(kinds)) for _ in range(luck.randint(1, 3))
        ]
    if luck.random() < 0.3:
        rows += [row(luck.choice([*owners, "driver"]), "13.25", drawn_vote(luck, weights), kind="parking") for _ in range(2)]
    if luck.random() < 0.3:
        rows.append(row("work unit", "640", drawn_vote(luck, weights), kind="institution"))
    luck.shuffle(rows)
    return rows


def drawn_vote(luck: random.Random, weights: tuple[int, ...]) -> str:
    return luck.choices(["yes", "no", "abstain", "absent", "invalid"], weights)[0]


def drawn_extras(one: Row, luck: random.Random, owners: list[str], weights: tuple[int, ...]) -> Row:
    chance = luck.random()
    if chance < 0.12:
        proxy = luck.choice([name for name in [*owners, "neighbour", "lawyer"] if name != one["owner"]])
        return {**one, "proxy": proxy, "proxy_form": luck.choice(["written", "written", "oral", ""])}
    if chance < 0.18:
        return {**one, "co_owners": "a;b", "vote": f"{drawn_vote(luck, weights)};{drawn_vote(luck, weights)}"}
    return one


MATTERS = list(product(LAWS, CATEGORIES, SILENCES))


@pytest.mark.parametrize("registers", [600, pytest.param(10_000, marks=pytest.mark.slow)])
def test_random_registers_agree_with_the_independent_counter(registers: int) -> None:
    """An undelivered unit may carry a buyer's name, who stays a head; the name on an unsold unit is the developer's."""
    luck, seen = random.Random(20210101), set()
    for turn in range(registers):
        law, category, silence = MATTERS[turn % len(MATTERS)]
        rows, cap, parking = drawn_rows(luck), luck.choice([None, None, 1, 2]), luck.random() < 0.5
        options = {"regime": law, "category": category, "silence": silence}
        request = request_for(options, lambda _, rows=rows: lines_of(rows))  # type: ignore[misc]
        poll = replace(request.poll, basis=Basis(parking=parking), proxies=replace(request.poll.proxies, cap=cap))
        voting = [one for one in rows if parking or one.get("kind") != "parking"]
        expected = naive_results(naive_papers(voting, rows, cap), law, category, silence)
        assert results(count_register(request.lines, poll)) == expected, (law, category, silence, cap, rows)
        seen |= {(law, category, silence, *result, len(expected) > 1) for result in expected.values()}
    assert len({one[:5] for one in seen}) > 2 * len(MATTERS), "pass, fail and no quorum for nearly every matter"
    assert {unsettled for *_, unsettled in seen} == {True, False}


@pytest.mark.parametrize("category", ["use_maintenance_fund", "raise_maintenance_fund"])
def test_a_fund_vote_counts_the_buildings_charged_and_nobody_else(category: str) -> None:
    three, four, five = (flats(votes, building=name) for name, votes in (("3", "YYYN"), ("4", "NNNN"), ("5", "----")))
    rows = [{**one, "owner": f"{one['building']} {one['owner']}"} for one in (*three, *four, *five)]
    charged = counted(rows, category=category, buildings="3")
    assert (charged["owners"], charged["area"], charged["passed"]) == (4, "400.00", True)
    assert counted(rows, category=category)["passed"] is False
    assert counted(rows, category=category, buildings="3,4")["owners"] == 8
    everywhere = [{**one, "owner": one["owner"][2:]} for one in rows]
    assert counted(everywhere, category=category, buildings="3")["assent_area"] == "3/4", (
        "other units of an owner do not vote"
    )
    for wrong in ({"category": "rules", "buildings": "3"}, {"category": category, "buildings": "6"}):
        with pytest.raises(InputError):
            counted(rows, **wrong)  # type: ignore[arg-type]


def test_units_or_co_owners_that_disagree_are_unsettled_and_told_under_each_reading() -> None:
    at_odds = [row("P", "100", "yes"), row("P", "100", "no"), *flats("YYNN")]
    couple = [row("P", "200", "yes;no", co_owners="a;b"), *flats("YYNN")]
    for rows, article in ((at_odds, "condominium_interpretation_9"), (couple, "guiding_rules_25")):
        found = counted(rows)
        assert found["passed"] is None and found["quorum"] is True
        told = {one["reading"]: (one["quorum"], one["passed"]) for one in found["readings"]}
        assert told == {
            "assenting_ballot_stands": (True, True),
            "present_without_assent": (True, False),
            "not_counted": (True, False),
        }
        assert {one["article"] for one in found["readings"]} == {article}
        assert any(article in step["articles"] for step in found["reasons"])
    steps = [step for step in counted(couple)["reasons"] if "an owner of several units" in step["text"]["en"]]
    assert len(steps) == 1 and "reading" not in steps[0], "who there is does not hang on the reading"
    agreed = counted([row("P", "200", "yes;no", co_owners="a;b"), *flats("YYYYYNN")])
    assert agreed["passed"] is True and len(agreed["readings"]) == 3, "unsettled law that does not matter"


def test_one_paper_of_two_that_came_back_stands_for_the_owner() -> None:
    for rows in (
        [row("P", "100", "yes"), row("P", "100", "absent"), *flats("YN")],
        [row("P", "200", "yes;absent", co_owners="a;b"), *flats("YN")],
        [row("P", "200", "invalid;yes", co_owners="a;b"), *flats("YN")],
    ):
        found = counted(rows)
        assert (found["passed"], found["readings"], found["assent_area"]) == (True, [], "3/4")


def test_a_void_paper_is_counted_both_ways() -> None:
    found = counted(flats("YYYYYV---"))
    assert (found["quorum"], found["passed"]) == (None, None)
    assert [(one["reading"], one["passed"]) for one in found["readings"]] == [
        ("invalid_takes_part", True),
        ("invalid_not_counted", False),
    ]
    six = counted([row("P", "100", "yes"), row("P", "100", "no"), *flats("YYNV")])["readings"]
    assert [one["reading"] for one in six][:2] == [
        "assenting_ballot_stands+invalid_takes_part",
        "assenting_ballot_stands+invalid_not_counted",
    ]
    assert len(six) == 6


SILENT = [
    # votes, silence, quorum, passed
    ("YYYN------", "not_participating", False, False),
    ("YYYN------", "abstain", True, False),
    ("YYYN------", "with_majority", True, True),
    ("YYYN------", "with_majority_floor", True, False),
    ("YYYYYYN---", "with_majority_floor", True, True),
    ("YYYYYN----", "with_majority_floor", True, False),  # exactly half of all is no more than half
    ("YYNN------", "with_majority", True, False),  # neither side leads: the silent abstain
    ("YNNN------", "with_majority", True, False),
    ("YYYNAAAA--", "with_majority", True, False),  # three and two of ten assent
]


@pytest.mark.parametrize(("votes", "silence", "quorum", "passed"), SILENT)
def test_silence_is_an_explicit_choice(votes: str, silence: str, quorum: bool, passed: bool) -> None:
    found = counted(flats(votes), silence=silence)
    assert (found["quorum"], found["passed"], found["silence"]) == (quorum, passed, silence)


def test_only_an_owner_whom_the_paper_reached_is_silent() -> None:
    away = [{**one, "delivered": "no"} if one["vote"] == "absent" else one for one in flats("YYYN------")]
    assert counted(away, silence="with_majority")["quorum"] is False
    one_reached = [*flats("YYYN"), *({**one, "unit": f"{n}", "owner": "Q"} for n, one in enumerate(away[-2:], 20))]
    one_reached[-1] = {**one_reached[-1], "delivered": "yes"}
    assert counted(one_reached, silence="abstain")["turnout_heads"] == "1", "one paper delivered is enough"
    assert counted(flats("YYYV------"), silence="with_majority")["readings"][1]["turnout_heads"] == "9/10", (
        "a void paper that is not counted was returned: it is not silent"
    )


def test_the_side_that_leads_must_lead_by_heads_and_by_area() -> None:
    rows = [row("shop", "1000", "no"), *flats("YYY------", "50")]
    assert counted(rows, silence="with_majority")["assent_heads"] == "3/10"
    with_area = [row("shop", "1000", "yes"), *flats("YYNN-----", "50")]
    assert counted(with_area, silence="with_majority")["assent_heads"] == "4/5"


def test_proxies_over_the_cap_stay_away_in_file_order(tmp_path: Path) -> None:
    rule = tmp_path / "廊坊.yaml"
    rule.write_text("title: 廊坊\nproxy_cap: 2\n", "utf-8")
    given = [row(name, "100", "absent", proxy="P", proxy_form="written") for name in "ABCD"]
    rows = [row("P", "100", "yes"), row("N", "100", "no"), *given]
    assert counted(rows)["assent_heads"] == "5/6"
    capped = counted(rows, local=str(rule))
    assert (capped["turnout_heads"], capped["assent_heads"], capped["local"]) == ("2/3", "3/4", "廊坊")
    told = [step["text"]["en"] for step in capped["reasons"] if "most allowed" in step["text"]["en"]]
    assert [words.split("owner ")[1][0] for words in told] == ["C", "D"]


def test_a_proxy_from_outside_holds_the_vote_in_the_row() -> None:
    rows = [*flats("YN"), row("P", "100", "yes", proxy="lawyer", proxy_form="written")]
    assert counted(rows)["assent_heads"] == "2/3"
    oral = [*flats("YN"), row("P", "100", "yes", proxy="lawyer", proxy_form="oral")]
    assert counted(oral)["turnout_heads"] == "2/3"
    in_person = [row("P", "100", "yes"), row("Q", "100", "no", proxy="P"), row("R", "100", "no")]
    assert counted(in_person)["assent_heads"] == "1/3"
    chained = [row("P", "100", "absent", proxy="Q"), row("Q", "100", "absent", proxy="R"), row("R", "100", "yes")]
    assert counted(chained)["turnout_heads"] == "2/3", "nobody votes by a proxy's proxy"


def test_parking_and_the_developer_s_units_count_as_the_local_rule_says(tmp_path: Path) -> None:
    rows = [*flats("YYN"), row("owner 1", "15", "yes", kind="parking"), row("driver", "15", "yes", kind="parking")]
    assert (counted(rows)["owners"], counted(rows)["area"]) == (4, "330.00")
    rule = tmp_path / "ours.yaml"
    rule.write_text("parking: not_counted\ndeveloper_units: one_head_a_unit\n", "utf-8")
    assert (counted(rows, local=str(rule))["owners"], counted(rows, local=str(rule))["area"]) == (3, "300.00")
    assert counted(with_developer("yes"))["owners"] == 7
    assert counted(with_developer("yes"), local=str(rule))["owners"] == 10


def test_a_fault_of_procedure_leaves_a_decision_in_force_and_open_to_annulment() -> None:
    told = counted(flats("YYYYN"), notice_days="2", faults="committee_not_told")
    assert (told["passed"], told["in_force"], told["open_to_annulment"]) == (True, True, True)
    assert told["faults"] == ["short_notice", "committee_not_told"]
    grounds = [step for step in told["reasons"] if "condominium_interpretation_12" in step["articles"]]
    assert len(grounds) == 2 and "weak ground" in grounds[1]["text"]["en"]
    assert all("civil_code_280" in step["articles"] for step in grounds)
    fine = counted(flats("YYYYN"), notice_days="15")
    assert (fine["faults"], fine["open_to_annulment"]) == ([], False)
    failed = counted(flats("YNNNN"), notice_days="0")
    assert (failed["passed"], failed["open_to_annulment"], failed["faults"]) == (False, False, ["no_notice"])


def test_the_day_of_the_count_chooses_the_law() -> None:
    rows = flats("YYYYNN---")
    before, after = (count_table(rows, {"counted": day, "category": "rules"}) for day in ("2020-12-31", "2021-01-01"))
    assert [(one["regime"], one["passed"]) for one in (before, after)] == [(PROPERTY_LAW, False), (CIVIL_CODE, True)]
    assert after["counted"] == "2021-01-01"
    assert any("temporal_effect_1" in step["articles"] for step in after["reasons"])


def test_every_step_is_told_in_both_languages_with_articles_that_are_explained() -> None:
    rows = [*with_developer("yes"), row("C", "80", "yes;no", co_owners="a;b"), row("V", "80", "invalid")]
    found = counted(rows, silence="with_majority_floor", faults="off_agenda", local="henan", category="use_maintenance_fund")
    assert all(step["text"][lang] and "{" not in step["text"][lang] for step in found["reasons"] for lang in ("zh", "en"))
    assert {id for step in found["reasons"] for id in step["articles"]} == set(found["articles"])
    assert all(article["says"]["zh"] and article["where"]["en"] for article in found["articles"].values())
    assert any("objection voting" in step["text"]["en"] for step in found["reasons"])


def results(count: Count) -> dict[str, tuple[bool, bool]]:
    return {one.reading.key: (one.decision.quorum, one.decision.passed) for one in count.outcomes}
