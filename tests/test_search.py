"""Search: draws fill their ranges, worlds of their own, differences by hand, resuming."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments import search
from experiments.cli import main
from experiments.command import Command
from experiments.factors import Factor
from experiments.runner import run_cells
from experiments.search import perform, requested
from experiments.search_tables import confirmed, correlations, draws_table, extremes, noise_level
from experiments.status import status_of
from experiments.uncertainty import even_draws, named, switched_off, uncertain, with_numbers
from scenarios.scenario import canonical, declared
from sim.errors import InputError, Interrupted

SMALL = ("weeks=40", "place.households=12", "executor=serial")
NUMBERS = "numbers=residents_committee.hours_per_staff,pressure.capture"


def asked(*words: str) -> search.Search:
    return requested(Command("search", ("scenario=joint_meeting", *SMALL, *words)))


def test_draws_fill_every_range_evenly_and_whole_numbers_stay_whole() -> None:
    numbers = [Factor("a.real", 2.0, 4.0, False), Factor("b.whole", 1, 4, True)]
    draws = even_draws(numbers, 40, seed=3)
    real, whole = ([draw[key] for draw in draws] for key in ("a.real", "b.whole"))
    assert sorted(int((value - 2) * 20) for value in real) == list(range(40))
    assert {value: whole.count(value) for value in whole} == {1: 10, 2: 10, 3: 10, 4: 10}
    assert draws == even_draws(numbers, 40, seed=3) != even_draws(numbers, 40, seed=4)


def test_every_number_to_be_explored_is_drawn_within_its_range() -> None:
    known = uncertain()
    assert len(known) > 150 and "residents_committee.hours_per_staff" in {one.key for one in known}
    for draw in even_draws(known, 5, seed=1):
        assert all(one.low <= draw[one.key] <= one.high for one in known)


def test_a_drawn_number_reaches_the_scenario_and_nothing_else_changes() -> None:
    [base, *_] = asked(NUMBERS, "draws=2").request.scenarios
    changed = with_numbers(base, {"pressure.capture": 0.123, "residents_committee.staff": 7}, "other")
    before, after = declared(base), declared(changed)
    assert {key for key in after if after[key] != before[key]} == {
        "pressure.capture",
        "residents_committee.staff",
    }
    assert changed.name == "other"


def test_no_two_draws_share_a_seed_and_pairs_share_theirs() -> None:
    plan = asked(NUMBERS, "draws=4", "replicates=3", "confirm=5", "seed=7")
    first, fresh = plan.first_cells(), plan.fresh_cells([3, 0])
    assert [cell.number for cell in (*first, *fresh)] == list(range(len(first) + len(fresh)))
    seeds = {draw: {cell.seed for cell in first if cell.index // 2 == draw} for draw in range(4)}
    assert all(len(one) == 3 for one in seeds.values())
    assert sorted(seed for one in seeds.values() for seed in one) == list(range(7, 19))
    for cell in first[::2]:
        assert any(other.index == cell.index + 1 and other.seed == cell.seed for other in first)
    assert {cell.seed for cell in fresh} == set(range(19, 29)) and {cell.index // 2 for cell in fresh} == {
        0,
        3,
    }


def test_what_is_set_or_switched_off_is_not_drawn() -> None:
    plan = asked("draws=2", "pressure.capture=0.5", "off=trust.public,payment.neighbours")
    for draw in plan.values:
        assert "pressure.capture" not in draw
        assert draw["trust.public"] == draw["payment.neighbours"] == 0
    numbers = [canonical(scenario)["numbers"] for scenario in plan.request.scenarios]
    assert all(one["pressure.capture"] == 0.5 and one["trust.public"] == 0 for one in numbers)


@pytest.mark.parametrize(
    "words",
    [
        ("numbers=pressure.captur",),
        ("numbers=joint_meeting.interval_weeks",),
        ("numbers=pressure",),
        ("off=violations.delay_weeks",),
        ("draws=1",),
        ("draws=many",),
        ("replicates=0",),
        ("scenario=joint_meting",),
        ("drws=3",),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError):
        perform(asked(*words))
    assert not list(tmp_path.iterdir())


def test_a_scenario_must_be_named() -> None:
    with pytest.raises(InputError, match="search which scenario"):
        requested(Command("search", ("draws=3",)))
    assert (
        requested(Command("search", ("joint_meeting", NUMBERS, "draws=2"))).request.scenarios[1].name == "joint_meeting~0000"
    )


def invented() -> dict[str, pd.DataFrame]:
    """Return cells of two draws: +1, +3 in the first; -2 and a failure in the second; two fresh pairs."""
    rows = [
        ("s~0000b", 1, 50.0), ("s~0000", 1, 51.0), ("s~0000b", 2, 50.0), ("s~0000", 2, 53.0),
        ("s~0001b", 3, 60.0), ("s~0001", 3, 58.0), ("s~0001b", 4, 60.0), ("s~0001", 4, np.nan),
        ("s~0000b", 5, 50.0), ("s~0000", 5, 54.0), ("s~0000b", 6, 50.0), ("s~0000", 6, 56.0),
    ]  # fmt: skip
    from sim.outcome import outcomes

    headlines = [key for key, one in outcomes().items() if one.headline]
    cells = pd.DataFrame(
        [
            {"cell": n, "scenario": name, "seed": seed, "state": "failed" if value != value else "done"}
            | dict.fromkeys(headlines, value)
            for n, (name, seed, value) in enumerate(rows)
        ]
    )
    by_estate = pd.DataFrame(
        {
            "cell": cells.cell.repeat(2),
            "archetype": ["commodity_new", "work_unit"] * len(cells),
            "true_satisfaction": cells.true_satisfaction.repeat(2) * np.tile([1.0, 2.0], len(cells)),
        }
    )
    return {"cells": cells, "by_estate": by_estate}


VALUES = [{"x.y": 0.1}, {"x.y": 0.9}]


def test_the_table_of_draws_by_hand() -> None:
    table = draws_table(invented(), VALUES, fresh_seed=5)
    assert list(table.draw) == [0, 1] and list(table.n) == [2, 1] and list(table["x.y"]) == [0.1, 0.9]
    assert list(table.satisfaction) == [2.0, -2.0]
    assert list(table["by.commodity_new"]) == [2.0, -2.0] and list(table["by.work_unit"]) == [4.0, -4.0]
    assert extremes(table) == [0, 1]


def test_the_extremes_are_confirmed_on_fresh_seeds_alone() -> None:
    tables = invented()
    table = confirmed(tables, draws_table(tables, VALUES, 5), fresh_seed=5)
    [row] = table[(table.which == "help") & (table["where"] == "")].itertuples()
    assert (row.draw, row.difference, row.n) == (0, 5.0, 2)
    interval = stats.ttest_1samp([4.0, 6.0], 0).confidence_interval(0.95)
    assert (row.low, row.high) == pytest.approx((interval.low, interval.high))
    [harm] = table[(table.which == "harm") & (table["where"] == "")].itertuples()
    assert harm.n == 0  # no fresh pair of the second draw was lived through


def test_rank_correlations_are_spearmans_strongest_first() -> None:
    chance = np.random.default_rng(2)
    x, noise = chance.random(30), chance.random(30)
    table = pd.DataFrame({"satisfaction": -x + 0.1 * noise, "a.x": x, "b.noise": noise, "c.fixed": 1.0})
    first, second = correlations(table, ["b.noise", "c.fixed", "a.x"])
    assert (first.key, second.key, first.n) == ("a.x", "b.noise", 30)
    assert first.rho == pytest.approx(stats.spearmanr(table["a.x"], table.satisfaction).statistic)
    assert first.rho < -0.9


def test_the_noise_level_holds_for_unrelated_numbers() -> None:
    chance, n, numbers = np.random.default_rng(5), 40, 20
    level = noise_level(n, numbers)
    beyond = 0
    for _ in range(200):
        table = pd.DataFrame(chance.random((n, numbers)), columns=[f"a.{k}" for k in range(numbers)])
        table["satisfaction"] = chance.random(n)
        beyond += abs(correlations(table, list(table.columns[:-1]))[0].rho) > level
    assert beyond <= 20  # about one in twenty is expected, and rarer still with a cautious correction


def test_a_small_search_leaves_its_tables_and_reads_alike_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["search", "scenario=joint_meeting", *SMALL, NUMBERS, "draws=3", "replicates=1", "confirm=2"]
    words += [f"output={tmp_path / 's'}", "--quiet"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    table = pd.read_csv(tmp_path / "s" / search.DRAWS)
    assert len(table) == len(told["draws_table"]) == 3 and table.satisfaction.notna().all()
    assert table["pressure.capture"].nunique() == 3
    assert (tmp_path / "s" / search.CONFIRMED).is_file()
    for lang, word in (("zh", "读"), ("en", "draws")):
        assert main([*words, "resume=true", "--lang", lang]) == 0
        assert "residents_committee.hours_per_staff" in capsys.readouterr().out, word


def test_a_search_that_stopped_ends_as_if_it_had_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = asked(NUMBERS, "draws=3", "replicates=1", "confirm=2", f"output={tmp_path / 'whole'}")
    whole = perform(plan)
    again = replace(plan, request=replace(plan.request, output=tmp_path / "stopped", resume=True))
    calls: list[Any] = []

    def stopping(*arguments: Any) -> dict[str, str]:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return run_cells(*arguments)

    monkeypatch.setattr(search, "run_cells", stopping)
    with pytest.raises(Interrupted):
        perform(again)
    assert status_of(tmp_path / "stopped").cells["waiting"] == len(calls[1][2])  # the fresh pairs are counted too
    monkeypatch.setattr(search, "run_cells", run_cells)
    perform(again)
    for name in (search.DRAWS, search.CONFIRMED, "cells.parquet"):
        assert (tmp_path / "stopped" / name).read_bytes() == (whole.folder / name).read_bytes(), name


def test_a_search_confirmed_otherwise_is_another_one(tmp_path: Path) -> None:
    words = (NUMBERS, "draws=2", "replicates=1", f"output={tmp_path / 's'}", "resume=true")
    perform(asked(*words, "confirm=0"))
    with pytest.raises(InputError, match="another experiment"):
        perform(asked(*words, "confirm=2"))


def test_named_numbers_without_a_range_take_their_bounds() -> None:
    [one] = named(["property_service_company.emergency_weeks"])
    assert (one.low, one.high, one.is_whole) == (0, 104, True)
    assert switched_off(["trust.reach"]) == {"trust.reach": 0.0}
