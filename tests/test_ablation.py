"""Ablation: Shapley shares against brute force and by their axioms; packages taken apart; carried effects."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments import ablation as module
from experiments.ablation import Ablation, requested
from experiments.ablation_tables import ablation_table
from experiments.cli import main
from experiments.coalitions import added_in, along, exact_shares, left_out, order, sampled_shares, walk, whole
from experiments.command import Command
from experiments.package import levers_of, measures_of, with_levers, with_measures
from experiments.results import read_manifest
from experiments.status import status_of
from experiments.uncertainty import switched_off
from experiments.verify import verified
from scenarios.scenario import canonical
from sim.errors import InputError, Interrupted
from sim.outcome import outcomes
from sim.parts import parts

SMALL = ("weeks=30", "place.households=12", "executor=serial")
TWO = "cross_serving_with_joint_meeting"


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "draw_figures", lambda *_: None)


def asked(*words: str) -> Ablation:
    return requested(Command("ablate", (*words, *SMALL)))


def game(players: int, seed: int = 1) -> dict[int, Any]:
    """Return a game of arbitrary values, five seeds each; nothing is worth nothing."""
    chance = np.random.default_rng(seed)
    return {coalition: chance.normal(0, 1, 5) * (coalition > 0) for coalition in range(1 << players)}


def brute(values: dict[int, Any], players: int) -> Any:
    """Return Shapley shares from their definition: the mean marginal value over every order."""
    orders = list(permutations(range(players)))
    shares = np.zeros((players, 5))
    for joining in orders:
        for part, before, after in walk(joining):
            shares[part] += (values[after] - values[before]) / len(orders)
    return shares


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
def test_exact_shares_are_those_of_brute_force_and_add_up(players: int) -> None:
    values = game(players)
    shares = exact_shares(values, players)
    assert np.allclose(shares, brute(values, players), atol=1e-12)
    assert np.allclose(shares.sum(axis=0), values[whole(players)] - values[0])


def test_twins_share_alike_and_a_dummy_gets_nothing() -> None:
    size = {coalition: float((coalition & 0b011).bit_count() ** 2) for coalition in range(8)}
    values = {coalition: np.full(5, worth) for coalition, worth in size.items()}
    twin, other, dummy = exact_shares(values, 3)
    assert np.allclose(twin, 2.0) and np.allclose(other, 2.0) and (dummy == 0).all()


def test_sampled_shares_add_up_for_each_seed_and_come_near_the_exact_ones() -> None:
    players, values = 6, game(6)
    one = {coalition: float(worth[0]) for coalition, worth in values.items()}
    drawn = np.array([sampled_shares(one, order(players, seed)) for seed in range(3000)])
    assert np.allclose(drawn.sum(axis=1), one[whole(players)])
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - exact_shares(values, players)[:, 0]) < 4 * error).all()


def test_an_order_and_its_reverse_are_all_orders_of_two() -> None:
    values = {0: 0.0, 1: 1.0, 2: 3.0, 3: 10.0}
    assert list(sampled_shares(values, [0, 1])) == list(sampled_shares(values, [1, 0])) == [4.0, 6.0]


def test_orders_are_even_and_come_out_again() -> None:
    orders = [tuple(order(3, seed)) for seed in range(6000)]
    counts = [orders.count(each) for each in permutations(range(3))]
    assert min(counts) > 850 and sum(counts) == 6000
    assert order(7, 3) == order(7, 3) and sorted(order(7, 3)) == list(range(7))
    assert along([1, 0, 2]) == {0, 0b010, 0b011, 0b111, 0b100, 0b101}
    assert left_out(3) == [0b110, 0b101, 0b011] and added_in(3) == [1, 2, 4]


def test_every_coalition_is_a_scenario_with_those_measures_and_all_seeds() -> None:
    plan = asked(TWO, "replicates=3", "seed=5")
    assert plan.is_exact and [part.key for part in plan.parts] == ["cross_serving", "joint_meeting"]
    held = {key: [one.measure for one in each.policy.settings] for key, each in plan.variants.items()}
    assert held == {0: [], 1: ["cross_serving"], 2: ["joint_meeting"], 3: ["cross_serving", "joint_meeting"]}
    assert {seeds for seeds in plan.seeds.values()} == {(5, 6, 7)} and len(plan.cells()) == 12


def test_a_large_package_is_sampled_with_an_order_for_each_seed() -> None:
    plan = asked("opinion_package", "replicates=4")
    players = len(plan.parts)
    assert players > 4 and not plan.is_exact
    for seed in range(1, 5):
        lived = {coalition for coalition, seeds in plan.seeds.items() if seed in seeds}
        assert lived == {0, whole(players), *left_out(players), *added_in(players), *along(order(players, seed))}


def test_levers_are_taken_apart_and_all_neutral_is_no_measure_at_all() -> None:
    [package] = [one for one in asked(TWO).request.scenarios if not one.name.endswith("~none")]
    keys = [part.key for part in levers_of(package)]
    assert keys == [
        "cross_serving.residents_committee_share",
        "cross_serving.party_share",
        "joint_meeting.interval_weeks",
    ]
    same, none = with_levers(package, keys), with_levers(package, [])
    day = package.start.replace(year=2020)
    for before, after, without in zip(*(one.policy.settings for one in (package, same, none)), strict=True):
        assert before.on(day) == after.on(day)
        assert without.on(day) == type(without.on(day))()
    assert canonical(with_measures(package, [part.key for part in measures_of(package)])) == canonical(package)


def test_numbers_of_mechanisms_are_switched_off_in_both_scenarios_alike() -> None:
    plan = asked("cross_serving", "by=mechanisms", "replicates=2")
    assert len(plan.parts) == 6 and len(plan.variants) == 14
    for place, part in enumerate(plan.parts, start=1):
        for bit in (0, 1):
            numbers = canonical(plan.variants[2 * place + bit])["numbers"]
            assert numbers[part.key] == 0
            plain = canonical(plan.variants[bit])["numbers"]
            assert {key for key in numbers if numbers[key] != plain[key]} == {part.key}
    assert [part.key for part in asked("cross_serving", "off=trust.public").parts] == ["trust.public"]


@pytest.mark.parametrize(
    ("off", "said"), [("official_survey.convener", "a choice"), ("trust.public,trust.public", "twice"), ("agenda", "agenda")]
)
def test_what_has_no_zero_or_stands_twice_is_not_switched_off(off: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        asked(TWO, f"off={off}")


def test_every_channel_that_a_measure_declares_can_be_switched_off() -> None:
    declared = {key: cls.channels for key, cls in parts("measure").items() if cls.channels}
    assert declared.keys() >= {"cross_serving", "joint_meeting", "substitution"}
    for channels in declared.values():
        assert set(switched_off(channels).values()) == {0}


def test_what_mechanisms_carry_by_hand() -> None:
    plan = asked("cross_serving", "off=trust.public", "replicates=3")
    values = pd.DataFrame({"seed": [1, 2, 3] * 4, "variant": np.repeat([0, 1, 2, 3], 3)})
    values["true_satisfaction"] = [50, 51, 52, 53, 54, 56, 40, 40, 40, 41, 41, 41]
    table = ablation_table(plan, values).set_index("kind")
    assert table.difference["total"] == pytest.approx(10 / 3)  # 3, 3, 4
    assert table.difference["carried"] == pytest.approx(7 / 3)  # each less the 1 that is left
    assert table.n["carried"] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "ablate which"),
        (("cross_serving",), "by=mechanisms"),
        ((TWO, "by=measure"), "measures"),
        ((TWO, "off=violations.delay_weeks"), "cannot be zero"),
        (("formation_help", "by=mechanisms"), "declare no mechanism"),
        ((TWO, "at=nowhere:3"), "no draw"),
        ((TWO, "margin=1"), "only compare"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        asked(*words)


@pytest.mark.parametrize("by", ["measures", "mechanisms"])
def test_a_small_ablation_adds_up_and_reads_in_both_languages(by: str, tmp_path: Path, capsys: Any) -> None:
    folder = f"output={tmp_path / by}"
    words = ["ablate", TWO, f"by={by}", *SMALL, "replicates=2", folder, "--quiet"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    table = pd.DataFrame(told["ablation"])
    assert set(table.outcome) <= set(outcomes()) and len(told["parts"]) == (2 if by == "measures" else 11)
    if by == "measures":
        shares = table[table.kind == "shapley"].groupby("outcome").difference.sum(min_count=2)
        total = table[table.kind == "total"].set_index("outcome").difference
        pd.testing.assert_series_equal(shares, total.reindex(shares.index), check_names=False, rtol=1e-9, atol=1e-9)
    for lang, word in (("zh", "读法"), ("en", "How to read")):
        assert main([*words, "resume=true", "--lang", lang]) == 0
        assert word in capsys.readouterr().out
    assert main(["figures", str(tmp_path / by), "format=svg", "--quiet"]) == 0
    assert (tmp_path / by / "figures" / "contributions_zh.svg").is_file()


def test_an_ablation_takes_place_at_a_setting_that_a_search_found(tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("draw,n,satisfaction,by.work_unit,voice.rate\n0,1,1.0,1.0,0.03\n1,1,1,1,0.07\n")
    plan = asked(TWO, f"at={tmp_path}:1")
    assert {canonical(each)["numbers"]["voice.rate"] for each in plan.variants.values()} == {0.07}
    with pytest.raises(InputError, match="0 to 1"):
        asked(TWO, f"at={tmp_path}:7")


def test_contributions_of_nothing_are_exactly_nothing() -> None:
    """Shares of parts that do nothing are sums of values that differ in their last digits."""
    ablation = asked(TWO, "by=measures", "replicates=6")
    values = pd.DataFrame(
        {"seed": seed, "variant": variant, "true_satisfaction": 50.1 * (1 + 2e-16 * ((seed + variant) % 2))}
        for seed in range(6) for variant in ablation.variants
    )  # fmt: skip
    table = ablation_table(ablation, values)
    assert (table[["difference", "low", "high"]] == 0).all(axis=None) and (table.p == 1).all()


def test_a_package_taken_apart_otherwise_is_another_ablation(tmp_path: Path) -> None:
    words = (f"output={tmp_path / 'a'}", "replicates=1", "resume=true")
    module.perform(asked(TWO, "by=measures", *words))
    for other in (("by=mechanisms",), ("by=levers",)):
        with pytest.raises(InputError, match="another experiment"):
            module.perform(asked(TWO, *other, *words))
    module.perform(asked(TWO, "by=mechanisms", "off=trust.public", *words[1:], f"output={tmp_path / 'b'}"))
    with pytest.raises(InputError, match="another experiment"):
        module.perform(asked(TWO, "by=mechanisms", "off=trust.gain", *words[1:], f"output={tmp_path / 'b'}"))


@pytest.mark.parametrize("by", ["measures", "mechanisms"])
def test_any_run_of_an_ablation_can_be_verified(by: str, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    module.perform(asked(TWO, f"by={by}", "replicates=1", f"output={folder}"))
    cells = pd.read_parquet(folder / "cells.parquet")
    for number in cells.cell:
        assert not verified(folder, read_manifest(folder), int(number)).different
    cells.loc[1, "true_satisfaction"] += 1e-9
    cells.to_parquet(folder / "cells.parquet")
    assert verified(folder, read_manifest(folder), 1).different == ("cells",)


def test_status_counts_the_cells_of_every_coalition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run_cells", stopping)
    with pytest.raises(Interrupted):
        module.perform(asked(TWO, "replicates=3", f"output={tmp_path / 'a'}"))
    assert status_of(tmp_path / "a").cells == {"waiting": 4 * 3, "running": 0, "done": 0, "failed": 0}
