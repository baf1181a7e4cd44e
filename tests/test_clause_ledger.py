"""The clause ledger: every clause has a row, every measure's clause exists, what is told is there."""

import json

import pytest

from experiments.clause_carriers import CARRIERS, LACKS, SHOWS
from experiments.clause_ledger import STATES, ledger, moments_of, row_of
from experiments.cli import main
from sim.clauses import CLAUSES
from sim.outcome import outcomes
from sim.parts import ROOMS, parts

MEASURES = parts("measure")


def test_every_clause_has_one_row() -> None:
    assert [row.clause.id for row in ledger()] == list(CLAUSES)


@pytest.mark.parametrize("key", MEASURES)
def test_the_clauses_of_a_measure_exist_and_are_carried_by_it(key: str) -> None:
    assert MEASURES[key].clauses
    for id in MEASURES[key].clauses:
        assert key in row_of(CLAUSES[id]).measures


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_speaks_somewhere_and_shows_somewhere(key: str) -> None:
    assert moments_of(MEASURES[key])
    assert SHOWS[key]


def test_what_is_declared_by_hand_names_what_there_is() -> None:
    known = {key for kind in ROOMS for key in parts(kind)}
    assert {*CARRIERS, *LACKS} <= set(CLAUSES) and set(SHOWS) == set(MEASURES)
    assert {part for carrier in CARRIERS.values() for part in carrier.parts} <= known
    told = {key for carrier in CARRIERS.values() for key in carrier.outcomes} | {
        key for keys in SHOWS.values() for key in keys
    }
    assert told <= set(outcomes())


def test_what_lacks_something_is_carried_and_what_is_not_carried_says_so() -> None:
    rows = {row.clause.id: row for row in ledger()}
    assert {id for id, row in rows.items() if row.state == "in_part"} == set(LACKS)
    empty = [row for row in rows.values() if row.state == "not_yet"]
    assert empty and not any(row.measures or row.parts or row.outcomes for row in empty)


def test_wholes_name_all_that_is_under_them() -> None:
    assert row_of(CLAUSES["3.2b"]).under == ("3.2b-1", "3.2b-2", "3.2b-3", "3.2b-4")
    assert row_of(CLAUSES["1.2"]).under[:2] == ("1.2.1", "1.2.2") and "3.1a" not in row_of(CLAUSES["1.2"]).under


def test_no_carrier_is_needed_where_a_measure_carries_the_clause() -> None:
    carried = {id for cls in MEASURES.values() for id in cls.clauses}
    assert not carried & set(CARRIERS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_printed_in_both_languages(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clauses", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert all(f"  {row.clause.id} " in text for row in ledger() if row.state != "whole")
    assert main(["clauses", "3.1h", "--lang", lang]) == 0
    page = capsys.readouterr().out
    assert "cross_serving.party_share" in page and CLAUSES["3.1h"].asks.say(lang) in page  # type: ignore[arg-type]
    assert main(["clauses", "3.2d", "--lang", lang]) == 0
    assert STATES["not_yet"].say(lang) in capsys.readouterr().out  # type: ignore[arg-type]


def test_as_data_and_with_a_wrong_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clauses", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["clauses"]
    assert [row["id"] for row in told] == list(CLAUSES)
    assert main(["clauses", "3.1z", "--lang", "en"]) == 2
    assert "nearest" in capsys.readouterr().err
