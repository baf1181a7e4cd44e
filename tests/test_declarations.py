"""Every part says what it is, and every number what it means, in both languages, within its own bounds."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.estate import Estate
from sim.errors import InputError
from sim.institution import Institution
from sim.moments import Measure
from sim.outcome import SUMMARIES, Outcome, outcomes
from sim.parts import KINDS, ROOMS, UNITS, Number, checked, default_of, numbers_of, parts
from sim.texts import Text

KINDS_OF_THE_MODEL = ("measure", "mechanism", "agent", "archetype", "place")
PARTS = {f"{kind} {key}": cls for kind in KINDS_OF_THE_MODEL for key, cls in parts(kind).items()}
HOLDERS = {**PARTS, "estate": Estate}
NUMBERS = {
    f"{owner}.{name}": (cls, name, about) for owner, cls in HOLDERS.items() for name, about in numbers_of(cls).items()
}
CERTAINTIES = ("law", "seen", "computed", "memory", "assumed")
FACTS = Path(__file__).parent.parent / "docs" / "facts.md"
CITED = re.compile(r"\b[LDSTPVGA]\d[0-9A-Z]\d?[a-z]?\b")
LISTED = re.compile(r"^\| ([A-Z]\d[0-9A-Z]\d?[a-z]?) \|", re.MULTILINE)


def has_hanzi(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def assert_said(text: Text, name: str) -> None:
    """Check that a text is there in both languages, each in its own."""
    assert has_hanzi(text.zh), f"{name}: no Chinese in {text.zh!r}"
    assert text.en.strip() and not has_hanzi(text.en), f"{name}: not English: {text.en!r}"


def test_there_is_something_of_every_kind() -> None:
    for kind in KINDS_OF_THE_MODEL:
        assert parts(kind), f"there is no {kind}"
    assert len(NUMBERS) > 100 and outcomes() and set(ROOMS) <= set(KINDS)


@pytest.mark.parametrize("owner", PARTS)
def test_a_parts_key_is_its_files_name_and_its_class_is_named_alike(owner: str) -> None:
    cls = PARTS[owner]

    assert cls.key == cls.__module__.rpartition(".")[2]
    assert cls.__name__ == "".join(word.capitalize() for word in cls.key.split("_"))


@pytest.mark.parametrize("owner", PARTS)
def test_a_part_has_a_label_in_both_languages_and_says_what_it_does(owner: str) -> None:
    cls = PARTS[owner]

    assert_said(cls.label, owner)
    assert (cls.__doc__ or "").strip().splitlines()[0].endswith("."), "the first line of its docstring is no sentence"
    assert not cls.__doc__.startswith(f"{cls.__name__}("), "dataclasses made up its docstring"


@pytest.mark.parametrize("kind", KINDS_OF_THE_MODEL)
def test_no_two_parts_of_a_kind_are_called_the_same(kind: str) -> None:
    for language in ("zh", "en"):
        labels = [cls.label.say(language) for cls in parts(kind).values()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_has_unit_labels_source_and_certainty(name: str) -> None:
    _, _, about = NUMBERS[name]
    assert_said(about.label, name)
    assert about.unit.zh.strip() and about.unit.en.strip()
    assert about.certainty in CERTAINTIES
    if not about.is_path:
        source = about.source.en
        assert re.match(r"assumed: \S", source) or CITED.search(source), f"{name}: {source!r}"
        assert not re.match(r"assumed\b(?!: \S)", source), f"{name}: assumed, but why so much?"
        assert set(CITED.findall(about.source.zh)) == set(CITED.findall(source))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_has_bounds_or_choices_and_its_default_lies_within(name: str) -> None:
    cls, field, about = NUMBERS[name]
    if about.is_path:
        return
    assert bool(about.choices) != (about.low is not None and about.high is not None)
    assert about.choices or _low(about) < _high(about)
    assert checked(name, default_of(cls, field), about) == default_of(cls, field)
    if about.explore:
        first, last = about.explore
        assert _low(about) <= first < last <= _high(about)


@pytest.mark.parametrize("name", [name for name in NUMBERS if not name.startswith("measure")])
def test_a_default_lies_within_what_is_explored(name: str) -> None:
    cls, field, about = NUMBERS[name]
    if about.explore:
        assert about.explore[0] <= default_of(cls, field) <= about.explore[1]


def _low(about: Number) -> float:
    return float("-inf") if about.low is None else about.low


def _high(about: Number) -> float:
    return float("inf") if about.high is None else about.high


ODD = {name: number for name, number in NUMBERS.items() if number[2].odd}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_number_is_odd_whole_and_refused_otherwise_in_both_languages(name: str) -> None:
    cls, field, about = ODD[name]
    usual = default_of(cls, field)

    assert usual % 2 == 1 and _low(about) % 2 == 1 and checked(name, usual + 2, about) == usual + 2
    for even in (usual + 1, usual + 0.5):
        with pytest.raises(InputError) as refused:
            checked(name, even, about)
        said = [refused.value.allowed.say(language) for language in ("zh", "en")]
        assert "单数" in said[0] and "odd" in said[1]


def test_a_committee_has_an_odd_number_of_seats() -> None:
    assert "agent owners_committee.seats" in ODD


LEVERS = {name: number for name, number in NUMBERS.items() if number[2].is_lever}


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_is_neutral_until_it_is_set_and_its_suggestion_is_allowed(name: str) -> None:
    cls, field, about = LEVERS[name]

    assert checked(name, about.neutral, about) == about.neutral == default_of(cls, field)
    assert checked(name, about.suggested, about) == about.suggested


@pytest.mark.parametrize("key", parts("measure"))
def test_a_measure_as_it_is_suggested_is_not_neutral(key: str) -> None:
    """Some lever switches it on; those neutral at their suggestion say how it acts: see `test_neutral`."""
    levers = numbers_of(parts("measure")[key]).values()

    assert any(about.suggested != about.neutral for about in levers)


@pytest.mark.parametrize("key", parts("measure"))
def test_a_measure_says_how_it_helps_and_how_it_hurts_and_has_only_levers(key: str) -> None:
    cls = parts("measure")[key]

    assert_said(cls.helps, key)
    assert_said(cls.hurts, key)
    assert issubclass(cls, Measure) and numbers_of(cls)
    assert all(about.is_lever for about in numbers_of(cls).values())
    assert {field.name for field in dataclasses.fields(cls)} == set(numbers_of(cls)), "a lever that is not declared"


@pytest.mark.parametrize("kind", [kind for kind in KINDS_OF_THE_MODEL if kind != "measure"])
def test_only_measures_have_levers(kind: str) -> None:
    assert [name for name in LEVERS if name.startswith(f"{kind} ")] == []


@pytest.mark.parametrize("owner", HOLDERS)
def test_no_two_numbers_of_a_part_are_called_the_same(owner: str) -> None:
    for language in ("zh", "en"):
        labels = [about.label.say(language) for about in numbers_of(HOLDERS[owner]).values()]
        assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize(
    "owner",
    [*(f"mechanism {key}" for key in parts("mechanism")), *(f"agent {key}" for key in parts("agent"))],
)
def test_every_field_of_numbers_is_a_declared_number(owner: str) -> None:
    holder = getattr(PARTS[owner], "numbers", PARTS[owner])

    assert dataclasses.is_dataclass(holder) and holder.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert {field.name for field in dataclasses.fields(holder)} == set(numbers_of(PARTS[owner]))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_source_that_is_cited_stands_in_the_facts(name: str) -> None:
    known = set(LISTED.findall(FACTS.read_text("utf-8")))
    cited = set(CITED.findall(NUMBERS[name][2].source.en))

    assert len(known) > 50 and cited <= known


@pytest.mark.parametrize("key", parts("agent"))
def test_an_agent_says_where_it_sits_and_what_it_keeps(key: str) -> None:
    cls = parts("agent")[key]

    assert issubclass(cls, Institution) and cls.seat in ("community", "estate")
    for action, kind in cls.events.items():
        assert_said(kind.text, action)


def test_what_an_agent_says_is_tracked_is_there_every_week(scenario: Any, lived: Any) -> None:
    community = lived(scenario(), weeks=2)
    for one in community.institutions:
        for attribute in one.tracked:
            assert float(getattr(one, attribute)) == pytest.approx(float(getattr(one, attribute)))
            assert (one.key, attribute) in community.record.tracked


def test_every_kind_and_every_unit_is_named_in_both_languages() -> None:
    for kind, label in KINDS.items():
        assert_said(label, kind)
    for unit, label in UNITS.items():
        assert label.zh.strip() and label.en.strip() and not has_hanzi(label.en), unit


@pytest.mark.parametrize("key", outcomes())
def test_an_outcome_has_label_unit_definition_and_a_way_to_be_summed_up(key: str) -> None:
    outcome: Outcome = outcomes()[key]

    assert_said(outcome.label, key)
    assert_said(outcome.definition, key)
    assert outcome.unit.zh.strip() and outcome.unit.en.strip() and not has_hanzi(outcome.unit.en)
    assert outcome.better in ("more", "less", "neither") and outcome.summary in SUMMARIES
    assert (outcome.ratio is None) != (outcome.observe is None)
    assert re.fullmatch(r"[a-z][a-z_]*", key)


def test_no_two_outcomes_share_a_key_or_a_label() -> None:
    import importlib
    import pkgutil

    import sim.outcomes

    files = [importlib.import_module(f"sim.outcomes.{info.name}") for info in pkgutil.iter_modules(sim.outcomes.__path__)]
    declared = [one.key for file in files for one in file.OUTCOMES]
    assert sorted(declared) == sorted(set(declared)) == sorted(outcomes())
    for language in ("zh", "en"):
        labels = [one.label.say(language) for one in outcomes().values()]
        assert sorted(set(labels)) == sorted(labels)


# Outcomes of what happens now and then: before it has happened there is no value.
OCCASIONAL = {"ballots_turnout", "ballots_weeks", "cases_answered"}


def test_every_outcome_has_a_finite_value_every_week(scenario: Any, busy: Any, lived: Any) -> None:
    for community in (lived(scenario(), weeks=40), lived(busy(weeks=60))):
        for key, outcome in outcomes().items():
            series = outcome.series(community.record)
            known = series[~np.isnan(series)]
            assert series.shape == (community.week,) and (abs(known) < 1e9).all(), key
            assert len(known) == len(series) or key in OCCASIONAL, key
    assert all(np.isfinite(outcomes()[key].series(community.record)[-1]) for key in OCCASIONAL)


def test_no_margin_that_may_be_set_takes_the_whole_income() -> None:
    """What is put in is divided by one less the margin when the contract was signed."""
    firm = numbers_of(parts("agent")["property_service_company"])

    assert _high(firm["margin_floor"]) + _high(firm["margin_range"]) <= 0.95
    assert _high(firm["fine_share"]) < 1
