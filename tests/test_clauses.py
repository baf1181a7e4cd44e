"""The clauses of the policy: every one is there, in both languages, under the opinion's own numbering."""

import re

import pytest

from sim.clauses import CLAUSES, Clause, clause
from sim.errors import InputError

# Part, section, principle; then the sentence's letter, then a figure where a sentence is split.
ID = re.compile(r"[1-5](\.[1-9]){0,2}[a-h]?(-[1-9])?")
HANZI = re.compile(r"[\u4e00-\u9fff]")
# What each section of the opinion is cut into, as its numbering has it.
CUT = {
    "1.": "1.1 1.2.1 1.2.2a 1.2.2b 1.2.3a 1.2.3b 1.2.4 1.2.5",
    "2": "2a 2b",
    "3.1": "3.1a 3.1b 3.1c 3.1d 3.1e 3.1f 3.1g 3.1h",
    "3.2": "3.2a 3.2b-1 3.2b-2 3.2b-3 3.2b-4 3.2c-1 3.2c-2 3.2d 3.2e 3.2f",
    "3.3": "3.3a-1 3.3a-2 3.3b-1 3.3b-2 3.3c-1 3.3c-2 3.3d",
    "3.4": "3.4a-1 3.4a-2 3.4b 3.4c 3.4d 3.4e 3.4f-1 3.4f-2 3.4g",
    "3.5": "3.5a 3.5b 3.5c 3.5d 3.5e 3.5f 3.5g",
    "4.": "4.1a 4.1b 4.2 4.3a 4.3b 4.4a 4.4b",
    "5": "5",
}


def wholes(id: str) -> list[str]:
    """Return the ids of what a clause is a part of, nearest first: `3.2b`, then `3.2` for `3.2b-1`."""
    shorter = re.sub(r"(-\d|[a-h]|\.\d)$", "", id)
    return [] if shorter in ("", id, "1", "3", "4") else [shorter, *wholes(shorter)]


def parts(id: str) -> list[str]:
    """Return the ids of what stands directly under a clause."""
    return [other for other in CLAUSES if wholes(other)[:1] == [id]]


@pytest.mark.parametrize("section", CUT)
def test_no_clause_of_a_section_is_missing_or_invented(section: str) -> None:
    here = {id for id in CLAUSES if id.startswith(section) and not parts(id)}
    assert here == set(CUT[section].split())


@pytest.mark.parametrize("id", CLAUSES)
def test_ids_are_well_formed_and_lie_within_clauses_that_exist(id: str) -> None:
    assert CLAUSES[id].id == id
    assert ID.fullmatch(id)
    assert set(wholes(id)) <= set(CLAUSES)


def test_a_clause_with_parts_has_more_than_one() -> None:
    divided = [id for id in CLAUSES if parts(id)]
    assert divided
    assert [id for id in divided if len(parts(id)) < 2] == []


def test_clauses_stand_in_the_order_of_the_opinion() -> None:
    assert list(CLAUSES) == sorted(CLAUSES)


@pytest.mark.parametrize("each", CLAUSES.values(), ids=CLAUSES.keys())
def test_both_languages_say_it_briefly(each: Clause) -> None:
    assert 15 <= len(each.asks.zh) <= 40
    assert 8 <= len(each.asks.en.split()) <= 25
    assert 4 <= len(each.may_hurt.zh) <= 30
    assert 3 <= len(each.may_hurt.en.split()) <= 15


@pytest.mark.parametrize("each", CLAUSES.values(), ids=CLAUSES.keys())
def test_each_language_keeps_to_its_own_script_and_ends_its_sentence(each: Clause) -> None:
    for text in (each.asks, each.may_hurt):
        assert HANZI.search(text.zh) and text.zh.endswith("。")
        assert not HANZI.search(text.en) and text.en.endswith(".")
        assert text.zh == text.zh.strip() and text.en == text.en.strip()


def test_the_terms_of_the_glossary_stand_in_both_languages() -> None:
    """Where a Chinese term of art stands, so does its English one."""
    terms = {
        "交叉任职": "cross-serving",
        "联席会议": "joint meeting",
        "民情恳谈会": "heart-to-heart talk",
        "事务协调会": "coordination meeting",
        "工作听证会": "hearing",
        "成效评议会": "appraisal meeting",
        "服务队": "service team",
        "楼门长": "building head",
        "业主大会": "owners' assembly",
        "环境和物业管理委员会": "environment and property management sub-committee",
        "街道党工委": "subdistrict Party working committee",
        "协商事项目录": "catalogue of consultation matters",
        "诚信体系": "credit system",
        "归属感": "sense of belonging",
    }
    for zh, en in terms.items():
        in_chinese = {id for id, each in CLAUSES.items() if zh in each.asks.zh}
        in_english = {id for id, each in CLAUSES.items() if re.search(rf"\b{en}(s|\b)", each.asks.en)}
        assert in_chinese, zh
        assert in_chinese <= in_english, (zh, in_chinese - in_english)


def test_an_id_is_looked_up() -> None:
    assert clause("3.1h") is CLAUSES["3.1h"]


@pytest.mark.parametrize(("unknown", "near"), [("3.1H", "3.1h"), ("3.2b1", "3.2b-1"), ("44a", "4.4a")])
def test_an_unknown_id_names_the_nearest(unknown: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        clause(unknown)
    assert caught.value.nearest == near
    assert unknown in caught.value.say("zh") and unknown in caught.value.say("en")


def test_nothing_can_be_added_to_the_clauses() -> None:
    with pytest.raises(TypeError):
        CLAUSES["9"] = CLAUSES["5"]  # type: ignore[index]
