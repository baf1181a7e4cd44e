"""`cogov ballot`: real files in every form, options, elections, exit codes, both languages with the same numbers."""

import csv
import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from experiments.ballot import count_table
from experiments.cli import main
from sim.errors import InputError
from sim.texts import LANGUAGES

ROOT = Path(__file__).parents[1]
RULES = ("regime=civil_code_2021", "category=rules")
ENGLISH = "unit,owner,area,vote\n1,A,89.50,yes\n2,B,110.25,no\n3,C,89.5,abstain\n4,D,100,absent\n5,E,100,yes\n6,F,60,yes\n"
CHINESE = (
    "房号,业主,面积（平方米）,表决意见\n"
    "1,甲,89.50,同意\n2,乙,110.25,反对\n3,丙,89.5,弃权\n4,丁,100,未参与\n5,戊,100,同意\n6,己,60,同意\n"
)


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["ballot", *words]) == status, capsys.readouterr()
    told = capsys.readouterr()
    return told.out if status == 0 else told.err


def data(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(said(capsys, *words, "--json"))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a refused command says, in English, once both languages were seen to be one screen."""
    told = {lang: said(capsys, *words, "--lang", lang, status=2) for lang in LANGUAGES}
    assert all(len(words.splitlines()) <= 24 and "Traceback" not in words for words in told.values())
    assert told["zh"] != told["en"]
    return told["en"]


def as_workbook(text: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for place, cells in enumerate(csv.reader(io.StringIO(text))):
        book.active.append([float(cell) if place and index == 2 else cell for index, cell in enumerate(cells)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


FORMS = {
    "utf8.csv": ENGLISH.encode(),
    "bom.csv": CHINESE.encode("utf-8-sig"),
    "gb18030.csv": CHINESE.encode("gb18030"),
    "semicolons.csv": ENGLISH.replace(",", ";").encode(),
    "book.xlsx": as_workbook(ENGLISH),
    "册.xlsx": as_workbook(CHINESE),
    "titled.csv": ("Estate of the east,,,\n" + ENGLISH).encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_register_counts_alike_in_any_form(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(FORMS[name])
    found = data(capsys, f"file={name}", *RULES)
    assert (found["owners"], found["area"], found["turnout_heads"]) == (6, "549.25", "5/6")
    assert (found["turnout_area"], found["assent_heads"], found["assent_area"]) == ("1797/2197", "3/5", "998/1797")
    assert (found["quorum"], found["passed"], found["readings"]) == (True, True, [])


def test_both_languages_tell_the_same_numbers_and_the_article_of_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.csv").write_text(ENGLISH, "utf-8")
    told = {lang: said(capsys, "file=r.csv", *RULES, "--lang", lang) for lang in LANGUAGES}
    numbers = {lang: re.findall(r"\d+\.\d\d|\d+/\d+", words) for lang, words in told.items()}
    assert numbers["zh"] == numbers["en"] and len(numbers["zh"]) > 6
    assert "《民法典》第二百七十八条" in told["zh"] and "Civil Code art. 278" in told["en"]
    assert told["en"].splitlines()[1] == "Result: adopted" and told["zh"].splitlines()[1] == "结果：通过"


def test_a_motion_that_fails_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.csv").write_text(ENGLISH.replace("yes", "no"), "utf-8")
    assert "not adopted" in said(capsys, "file=r.csv", *RULES)


BAD_WORDS = {
    "no file": (["category=rules", "regime=civil_code_2021"], ["file= is missing"]),
    "no category": (["file=r.csv", "regime=civil_code_2021"], ["category= is missing"]),
    "no law": (["file=r.csv", "category=rules"], ["regime=", "counted=2021-01-08"]),
    "two laws": (["file=r.csv", *RULES, "counted=2021-01-08"], ["exactly one"]),
    "law": (["file=r.csv", "category=rules", "regime=civil_code_2020"], ["nearest: civil_code_2021"]),
    "category": (["file=r.csv", "category=rule", "regime=civil_code_2021"], ["nearest: rules"]),
    "date": (["file=r.csv", "category=rules", "counted=8.1.2021"], ["'8.1.2021'", "2021-01-08"]),
    "day without law": (["file=r.csv", "category=rules", "counted=2001-01-01"], ["2007-10-01"]),
    "option": (["file=r.csv", *RULES, "silense=abstain"], ["nearest: silence"]),
    "silence": (["file=r.csv", *RULES, "silence=with_majorty"], ["nearest: with_majority"]),
    "local": (["file=r.csv", *RULES, "local=hangzou"], ["nearest: hangzhou", "shenzhen"]),
    "local file": (["file=r.csv", *RULES, "local=none.yaml"], ["none.yaml"]),
    "no such file": (["file=q.csv", *RULES], ["q.csv", "nearest: r.csv"]),
    "buildings": (["file=r.csv", *RULES, "buildings=3"], ["use_maintenance_fund"]),
    "no buildings": (["file=r.csv", "regime=civil_code_2021", "category=use_maintenance_fund", "buildings=3"], ["building"]),
    "seats of a motion": (["file=r.csv", *RULES, "seats=5"], ["elect_committee"]),
    "seats": (["file=e.csv", "category=elect_committee", "regime=civil_code_2021", "seats=4"], ["odd", "3 to 11"]),
    "seats here": (
        ["file=e.csv", "category=elect_committee", "regime=civil_code_2021", "seats=13", "local=hangzhou"],
        ["3 to 11"],
    ),
    "seed": (["file=r.csv", *RULES, "seed=x"], ["seed", "whole number"]),
    "fault": (["file=r.csv", *RULES, "faults=short_notise"], ["nearest: short_notice"]),
    "twice": (["file=r.csv", "file=r.csv", *RULES], ["file is given twice"]),
    "figure": (["figure=boycot"], ["nearest: boycott"]),
    "owners": (["figure=boycott", "owners=2"], ["3 to 2000"]),
    "figure of a file": (["figure=boycott", "file=r.csv"], ["file"]),
    "output of a count": (["file=r.csv", *RULES, "output=x"], ["output"]),
}


@pytest.mark.parametrize("name", BAD_WORDS)
def test_a_bad_word_is_told(name: str, capsys: pytest.CaptureFixture[str], somewhere: Path) -> None:
    words, named = BAD_WORDS[name]
    Path("r.csv").write_text(ENGLISH, "utf-8")
    Path("e.csv").write_text("unit,owner,area,vote\n1,A,80,X;Y\n", "utf-8")
    told = refused(capsys, *words)
    assert [one for one in named if one not in told] == [], told
    assert {path.name for path in somewhere.iterdir()} == {"r.csv", "e.csv"}


BAD_CELLS = {
    "vote": ("1,A,80,yess", ["row 2 (D2)", "'vote' cannot be 'yess'", "nearest: yes"]),
    "no vote": ("1,A,80,", ["row 2 (D2)", "vote", "absent"]),
    "area": ("1,A,80.123,yes", ["row 2 (C2)", "80.123", "two decimals"]),
    "no area": ("1,A,0,yes", ["row 2 (C2)", "above 0"]),
    "words for an area": ("1,A,big,yes", ["row 2 (C2)", "big"]),
    "no owner": ("1,,80,yes", ["row 2 (B2)", "'owner' is empty"]),
    "no unit": (",A,80,yes", ["row 2 (A2)", "'unit' is empty"]),
    "two votes": ("1,A,80,yes;no", ["row 2 (D2)", "co-owners"]),
    "unit twice": ("1,A,80,yes\n2,B,80,yes\n1,C,80,yes", ["row 4 (A4)", "row 2"]),
}


@pytest.mark.parametrize("name", BAD_CELLS)
def test_a_bad_cell_is_told_with_its_line_and_column(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, named = BAD_CELLS[name]
    Path("r.csv").write_text(f"unit,owner,area,vote\n{text}\n", "utf-8")
    told = refused(capsys, "file=r.csv", *RULES)
    assert [one for one in named if one not in told] == [], told


BAD_TABLES = {
    "misspelt head": ("unit,owner,area,vote,delivred\n1,A,80,yes,no\n", ["row 1 (E1)", "delivred", "nearest: delivered"]),
    "missing head": ("unit,owner,area\n1,A,80\n", ["the column vote is missing"]),
    "no heads": ("1,A,80,yes\n", ["no row with the heads"]),
    "no rows": ("unit,owner,area,vote\n", ["no unit"]),
    "empty": ("", ["empty"]),
    "kind": ("unit,owner,area,vote,kind\n1,A,80,yes,garage\n", ["row 2 (E2)", "garage", "parking"]),
    "delivered": ("unit,owner,area,vote,delivered\n1,A,80,yes,maybe\n", ["row 2 (E2)", "yes or no"]),
    "proxy form": ("unit,owner,area,vote,proxy,proxy_form\n1,A,80,absent,B,email\n", ["row 2 (F2)", "written or oral"]),
    "own proxy": ("unit,owner,area,vote,proxy\n1,A,80,absent,A\n", ["row 2 (E2)", "own proxy"]),
    "two": ("unit,owner,area,vote\n1,A,x,yes\n2,B,80,maybe\n", ["2 problems", "row 2 (C2)", "row 3 (D3)"]),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_is_told(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, named = BAD_TABLES[name]
    Path("r.csv").write_text(text, "utf-8")
    told = refused(capsys, "file=r.csv", *RULES)
    assert [one for one in named if one not in told] == [], told


def ballots(*votes: str, area: str = "100") -> list[dict[str, str]]:
    return [{"unit": f"{n}", "owner": f"owner {n}", "area": area, "vote": vote} for n, vote in enumerate(votes)]


def elected(rows: Sequence[dict[str, str]], seats: str = "5", **options: str) -> Any:
    return count_table(rows, {"regime": "civil_code_2021", "category": "elect_committee", "seats": seats, **options})


FIVE = "A;B;C;D;E"


def test_each_seat_needs_the_double_majority_and_votes_rank_who_reach_it() -> None:
    found = elected(ballots(*[FIVE] * 3, "A;B;C;D", "A;B;C;F", "F", "abstain", "absent"))
    heads = {one["name"]: (one["heads"], one["area"], one["reached"]) for one in found["candidates"]}
    assert heads["A"] == (5, "500.00", True) and heads["D"] == (4, "400.00", True) and heads["F"] == (2, "200.00", False)
    assert heads["E"] == (3, "300.00", False), "three of seven are no majority, though plurality would seat E"
    assert (found["elected"], found["alternates"]) == ([*"ABCD"], [])
    assert (found["quorum"], found["formed"], found["passed"]) == (True, False, False), "four are fewer than five"
    assert found["assent_heads"] is None and found["turnout_heads"] == "7/8"


def test_a_seat_won_by_heads_and_not_by_area_is_not_won() -> None:
    rows = [*ballots(*[FIVE] * 3), {"unit": "shop", "owner": "shop", "area": "1000", "vote": "F;G"}]
    found = elected(rows)
    assert found["elected"] == [] and not any(one["reached"] for one in found["candidates"])


def test_who_reach_the_majority_beyond_the_seats_are_alternates() -> None:
    found = elected(ballots(*["A;B;C"] * 6, "B;C;D", "C;D;E", "D;E;F"), seats="3")
    assert (found["elected"], found["alternates"]) == ([*"CBA"], [])
    four = elected(ballots(*["A;B;C"] * 3, *["A;B;D"] * 3, "A;C;D", "A;C;D"), seats="3")
    assert len(four["elected"]) == 3 and len(four["alternates"]) == 1


def test_heads_rank_before_area_and_area_before_the_lot() -> None:
    def with_shop(votes: str, *others: str) -> Any:
        return elected([*ballots(*others), {"unit": "shop", "owner": "shop", "area": "400", "vote": votes}], seats="3")

    heads_first = with_shop("A;D;E", *["A;C;D"] * 3, *["A;C;E"] * 2)
    votes = {one["name"]: (one["heads"], one["area"]) for one in heads_first["candidates"]}
    assert votes["C"] == (5, "500.00") and votes["D"] == (4, "700.00") and heads_first["elected"] == [*"ACD"]
    area_next = with_shop("A;E;B", *["A;C;E"] * 4, "A;C")
    votes = {one["name"]: (one["heads"], one["area"]) for one in area_next["candidates"]}
    assert votes["C"] == (5, "500.00") and votes["E"] == (5, "800.00") and area_next["elected"] == [*"AEC"]


def test_a_tie_for_the_last_seat_is_broken_by_a_lot_that_is_told_and_stays() -> None:
    rows = ballots(*["A;B;C"] * 3, *["A;B;D"] * 3, "A;C;D", "A;C;D")
    seen = set()
    for seed in range(12):
        first, again = (elected(rows, seats="3", seed=str(seed)) for _ in range(2))
        assert first == again
        ties = [step["text"]["en"] for step in first["reasons"] if "the lot" in step["text"]["en"]]
        assert len(ties) == 1 and f"seed={seed}" in ties[0]
        seen.add(tuple(first["elected"]))
    assert len(seen) > 1, "another seed may draw another lot"


def test_seats_left_empty_are_settled_by_local_rule_or_not_at_all() -> None:
    five_of_seven, four_of_seven = (ballots(*[names] * 5) for names in (FIVE, "A;B;C;D"))
    assert elected(five_of_seven, "7")["formed"] is None
    assert elected(five_of_seven, "7", local="hangzhou")["formed"] is True
    assert elected(ballots(*[FIVE] * 5), "11", local="hangzhou")["formed"] is False, "five are no more than half of eleven"
    assert elected(four_of_seven, "7")["formed"] is False
    big = ballots(*[FIVE] * 150)
    assert elected(big, "5", local="hangzhou")["formed"] is True
    with pytest.raises(InputError):
        elected(big, "3", local="hangzhou")
    assert elected(ballots(*["A;B;C"] * 5), "3", local="hangzhou")["formed"] is True, "a small estate may have three"


def test_without_a_quorum_nobody_is_elected() -> None:
    found = elected(ballots(*[FIVE] * 5, *["absent"] * 5))
    assert (found["quorum"], found["elected"], found["formed"]) == (False, [], False)


def test_a_ballot_with_too_many_names_is_void_and_void_is_unsettled() -> None:
    found = elected(ballots(*[FIVE] * 5, "A;B;C;D;E;F", *["absent"] * 3))
    assert [one["reading"] for one in found["readings"]] == ["invalid_takes_part", "invalid_not_counted"]
    assert (found["quorum"], found["formed"]) == (None, None)
    assert found["readings"][0]["elected"] == [*"ABCDE"]


def test_an_elected_list_without_seats_is_a_motion() -> None:
    found = count_table(ballots("yes", "yes", "no"), {"regime": "civil_code_2021", "category": "elect_committee"})
    assert found["passed"] is True and "seats" not in found


def test_the_example_of_the_readme_works(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for page in ("README.md", "README.zh.md"):
        line = next(line for line in (ROOT / page).read_text("utf-8").splitlines() if line.startswith("cogov ballot file="))
        assert "278" in said(capsys, *line.split()[2:])


def test_a_count_loads_nothing_heavy() -> None:
    code = (
        "import sys; from experiments.cli import main\n"
        "main(['ballot', 'file=docs/example_register.csv', 'regime=civil_code_2021', 'category=rules'])\n"
        "heavy = ('mesa', 'numba', 'pandas', 'scipy', 'matplotlib', 'hydra', 'pyarrow')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.stderr.splitlines()[-1] == "[]"


def naive_election(rows: Sequence[dict[str, str]], law: str, seats: int) -> tuple[bool, dict[str, tuple[int, float, bool]]]:
    """Return the quorum and, for each candidate, heads, area and whether the seat is reached, from the words of the law."""
    came = [one for one in rows if one["vote"] != "absent"]
    sizes = [len(rows), sum(float(one["area"]) for one in rows)]
    present = [len(came), sum(float(one["area"]) for one in came)]
    old = law == "property_law_2007"
    quorum = all(2 * a > b if old else 3 * a >= 2 * b for a, b in zip(present, sizes, strict=True))
    base = sizes if old else present
    found = {}
    for name in sorted({name for one in came for name in one["vote"].split(";")} - {"abstain"}):
        mine = [one for one in came if name in one["vote"].split(";")]
        votes = len(mine), sum(float(one["area"]) for one in mine)
        found[name] = (*votes, quorum and all(2 * a > b for a, b in zip(votes, base, strict=True)))
    return quorum, found


def test_random_elections_agree_with_the_words_of_the_law() -> None:
    luck, formed = random.Random(7), set()
    for turn in range(1000):
        law, seats = luck.choice(["property_law_2007", "civil_code_2021"]), luck.choice([3, 5])
        areas, names = luck.choice([["100"], ["50", "100", "400"]]), "ABCDEFG"[: luck.randint(1, 7)]
        fewest = luck.choice([1, min(seats, len(names))])
        votes = [
            luck.choice(
                ["absent", "abstain", *[";".join(luck.sample(names, luck.randint(fewest, min(seats, len(names)))))] * 6]
            )
            for _ in range(luck.randint(1, 9))
        ]
        rows = [{**one, "area": luck.choice(areas)} for one in ballots(*votes)]
        found = elected(rows, str(seats), regime=law, seed=str(turn))
        quorum, expected = naive_election(rows, law, seats)
        got = {one["name"]: (one["heads"], float(one["area"]), one["reached"]) for one in found["candidates"]}
        assert (found["quorum"], got) == (quorum, expected), rows
        through = [votes[:2] for votes in expected.values() if votes[2]]
        seated = [expected[name][:2] for name in (*found["elected"], *found["alternates"])]
        assert seated == sorted(through, reverse=True) and len(found["elected"]) == min(seats, len(through))
        assert found["formed"] is (len(through) >= seats)
        formed.add((law, found["formed"], bool(found["alternates"])))
    assert len(formed) >= 5
