"""Local rules of the owners' vote and the dated law of residents' committees: data with a source for every value."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.local_rules import local_rule, local_rules, read_rule
from sim.articles import ARTICLES, articles_beside
from sim.committee_law import committee_law_on, committee_laws
from sim.errors import InputError
from sim.law_in_force import regimes
from sim.local_rule import CERTAINTIES, KEYS, NATION
from sim.standing import FAULTS, grounds
from sim.texts import LANGUAGES, Text

SHIPPED = ("beijing", "hangzhou", "henan", "shandong", "shanghai", "shenzhen")


def assert_said(text: Text) -> None:
    assert re.search(r"[\u4e00-\u9fff]", text.zh), text
    assert text.en.strip() and not re.search(r"[\u4e00-\u9fff]", text.en), text


def test_these_places_are_shipped() -> None:
    assert tuple(local_rules()) == SHIPPED


@pytest.mark.parametrize("place", SHIPPED)
def test_every_value_has_its_article_and_what_is_not_known_is_said(place: str) -> None:
    rule = local_rules()[place]
    assert_said(rule.label)
    assert rule.unknown is not None and rule.issued is not None and rule.says
    assert_said(rule.unknown)
    for key, said in rule.says.items():
        assert KEYS[key].shape.read(_typed(said.value)) == said.value
        assert_said(said.where)
        assert said.certainty in ("law", "seen", "memory")


def _typed(value: object) -> object:
    return str(value) if isinstance(value, Fraction) else list(value) if isinstance(value, tuple) else value


def test_the_nation_s_values_are_of_their_kind_and_sourced() -> None:
    for about in KEYS.values():
        assert_said(about.label)
        assert_said(about.national.where)
        assert about.national.certainty in CERTAINTIES
        value = about.national.value
        assert value is None or about.shape.read(_typed(value)) == value
    assert NATION.said("notice_days").value == 15 and NATION.said("petition_share").value == Fraction(1, 5)
    assert NATION.said("silence").value == "not_participating" and NATION.said("short_committee").value is None


def test_a_place_overrides_the_nation_key_by_key() -> None:
    hangzhou, henan = local_rule("hangzhou"), local_rule("henan")
    assert hangzhou.said("short_committee").value == "more_than_half_of_seats" and hangzhou.speaks("short_committee")
    assert hangzhou.said("notice_days") == NATION.said("notice_days") and not hangzhou.speaks("notice_days")
    assert not henan.adapted and henan.said("objection_share").value == Fraction(1, 3)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "廊坊.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_one_s_own(tmp_path: Path) -> None:
    rule = read_rule(written(tmp_path, "title: 廊坊\nproxy_cap: 3\npetition_share: 1/5\nobjection_voting: [rules]\n"))
    assert (rule.key, rule.label.zh, rule.said("proxy_cap").value) == ("廊坊", "廊坊", 3)
    assert rule.said("petition_share").value == Fraction(1, 5) and rule.said("proxy_cap").certainty == "user"
    assert rule.said("objection_voting").value == ("rules",)
    dated = "notice_days: {value: 20, zh: 第九条, en: art. 9, certainty: seen}\n"
    assert read_rule(written(tmp_path, dated)).said("notice_days").where.en == "art. 9"
    assert read_rule(written(tmp_path, "petition_share: 0.2")).said("petition_share").value == Fraction(1, 5)


BAD = {
    "key": ("proxy_cup: 3", ["line 1", "proxy_cup", "nearest: proxy_cap"]),
    "value": ("title: x\nproxy_cap: many", ["line 2", "proxy_cap", "'many'", "0 to 100"]),
    "choice": ("silence: with_majorty", ["line 1", "silence", "nearest: with_majority"]),
    "share": ("petition_share: 1.5", ["petition_share", "1/5"]),
    "list": ("candidate_bars: [arrear]", ["candidate_bars", "arrears"]),
    "truth": ("proxy_instructed: maybe", ["proxy_instructed", "true, false"]),
    "nothing in it": ("proxy_cap: {zh: 第九条}", ["proxy_cap", "None"]),
    "part": ("proxy_cap: {value: 3, articel: 9}", ["proxy_cap.articel", "certainty"]),
    "certainty": ("proxy_cap: {value: 3, certainty: sure}", ["proxy_cap.certainty", "law"]),
    "year": ("issued: soon", ["issued", "year"]),
    "adapted": ("adapted: maybe", ["adapted", "true, false"]),
    "title": ("title: {cn: x}", ["title", "text"]),
    "several": ("proxy_cup: 3\nparking: some", ["2 problems", "proxy_cup", "parking"]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_file_is_told_in_one_screen_of_both_languages(name: str, tmp_path: Path) -> None:
    text, named = BAD[name]
    with pytest.raises(InputError) as error:
        read_rule(written(tmp_path, text))
    told = {lang: error.value.say(lang) for lang in LANGUAGES}
    assert [one for one in named if one not in told["en"]] == [], told["en"]
    assert told["zh"] != told["en"] and all(len(words.splitlines()) < 24 for words in told.values())


def test_every_regime_cites_articles_that_are_there() -> None:
    for regime in regimes().values():
        known = articles_beside(regime)
        assert {*regime.proxies, regime.annulment} <= set(known)
        for step in grounds(tuple(FAULTS), regime.annulment):
            assert set(step.articles) <= set(known)
    for article in ARTICLES.values():
        assert_said(article.where)
        assert_said(article.says)


def test_the_law_of_residents_committees_is_three_regimes_without_a_gap() -> None:
    laws = list(committee_laws().values())
    assert [law.key[-4:] for law in laws] == ["1989", "2018", "2026"]
    for first, second in zip(laws, laws[1:], strict=False):
        assert first.until is not None and (second.since - first.until).days == 1
    assert committee_law_on(date(2018, 12, 28)).term_years == 3 and committee_law_on(date(2018, 12, 29)).term_years == 5
    old, new = committee_law_on(date(2025, 12, 31)), committee_law_on(date(2026, 1, 1))
    assert (old.households.most, new.households.least, new.households.most) == (700, 1000, 3000)
    assert (old.petition, new.petition, new.proxies) == (Fraction(1, 5), Fraction(1, 10), 3)
    assert new.director_from_party and new.property_sub_committee and not old.property_sub_committee
    with pytest.raises(InputError):
        committee_law_on(date(1980, 1, 1))
    for law in laws:
        assert_said(law.label)
        assert all(article.where.zh and article.says.en for article in law.articles.values())


@pytest.mark.parametrize("name", [*SHIPPED, "civil_code_2021", "residents_committee_law_2026"])
def test_laws_and_local_rules_are_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in LANGUAGES:
        assert main(["show", name, "--lang", lang]) == 0
        told = capsys.readouterr().out
        assert name in told and len(told.splitlines()) > 8
    assert main(["list", "local_rules"]) == 0 and "hangzhou" in capsys.readouterr().out
