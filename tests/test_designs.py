"""Designs: they fill ranges, come out again by seed, and bring back known sensitivity indices through SALib."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import qmc

from experiments.design import Axis, designed
from experiments.factors import Factor, factor, factors_of, filled, problem
from experiments.function_sweep import FunctionSweep, sweep_function
from experiments.sampling import latin_hypercube, saltelli, sobol
from sim.errors import InputError

UNIT = [Factor("a"), Factor("b"), Factor("c")]


def ishigami(cell: Mapping[str, Any], seed: int) -> dict[str, float]:
    x, y, z = cell["x"], cell["y"], cell["z"]
    return {"value": math.sin(x) + 7 * math.sin(y) ** 2 + 0.1 * z**4 * math.sin(x)}


def sobol_g(cell: Mapping[str, Any], seed: int) -> dict[str, float]:
    return {"value": math.prod((abs(4 * cell[key] - 2) + a) / (1 + a) for key, a in zip("abcdef", G, strict=True))}


G = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0)


def g_indices() -> tuple[list[float], list[float]]:
    """Return first-order and total indices of the G function in closed form (Saltelli and Sobol 1995)."""
    parts = [1 / (3 * (1 + a) ** 2) for a in G]
    whole = math.prod(1 + part for part in parts) - 1
    total = [part * math.prod(1 + other for other in parts) / (1 + part) / whole for part in parts]
    return [part / whole for part in parts], total


def analysed(function: Any, factors: Sequence[Factor], base: int, folder: Path) -> dict[str, Any]:
    """Return Sobol indices of a function swept over our own design and analysed by SALib from the tidy table."""
    from SALib.analyze.sobol import analyze

    made = filled(factors, saltelli(len(factors), base, seed=1))
    table = sweep_function(FunctionSweep(function, made, folder / "swept")).table
    assert len(table) == base * (len(factors) + 2) and (table.state == "done").all()
    assert list(table[list(made.keys)].itertuples(index=False, name=None)) == list(made.points)
    found: dict[str, Any] = analyze(problem(factors), table["value"].to_numpy(), calc_second_order=False, seed=1)
    return found


@pytest.mark.slow
def test_ishigami_comes_back_through_design_run_and_table(tmp_path: Path) -> None:
    found = analysed(ishigami, [Factor(key, -math.pi, math.pi) for key in "xyz"], 512, tmp_path)
    assert found["S1"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.05)
    assert found["ST"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.05)


@pytest.mark.slow
def test_sobols_g_comes_back_through_design_run_and_table(tmp_path: Path) -> None:
    found = analysed(sobol_g, [Factor(key) for key in "abcdef"], 256, tmp_path)
    first, total = g_indices()
    assert found["S1"] == pytest.approx(first, abs=0.05)
    assert found["ST"] == pytest.approx(total, abs=0.05)


def points(word: str) -> Any:
    """Return the points of a design such as `lhs:8` in the unit cube."""
    name, _, number = word.partition(":")
    return np.array(filled(UNIT, SHARES[name](3, int(number), 1)).points)


SHARES = {"lhs": latin_hypercube, "sobol": sobol, "saltelli": saltelli}
NUMBERS = [Axis("voice.rate"), Axis("joint_meeting.interval_weeks", low=4, high=13), Axis("substitution.mode")]


def test_the_rows_of_a_saltelli_design_differ_from_their_base_in_one_number_each() -> None:
    rows = points("saltelli:8").reshape(8, 5, 3)
    first, mixed, second = rows[:, 0], rows[:, 1:4], rows[:, 4]
    for place in range(3):
        changed = mixed[:, place] != first
        assert (changed.sum(axis=1) == 1).all() and changed[:, place].all()
        assert (mixed[:, place, place] == second[:, place]).all()


@pytest.mark.parametrize("word", ["lhs:8", "sobol:8", "saltelli:8"])
def test_a_design_comes_out_again_by_its_seed(word: str) -> None:
    assert designed(word, NUMBERS, 5) == designed(word, NUMBERS, 5) != designed(word, NUMBERS, 6)


def test_a_latin_hypercube_has_one_point_in_each_slice_and_sobol_points_are_evener_than_chance() -> None:
    assert all(sorted((50 * column).astype(int)) == list(range(50)) for column in points("lhs:50").T)
    chance = np.random.default_rng(1).random((64, 3))
    assert qmc.discrepancy(points("sobol:64")) < 0.3 * qmc.discrepancy(chance)


def test_ranges_are_those_that_numbers_declare_or_narrower_ones() -> None:
    assert factor("voice.rate") == Factor("voice.rate", 0.025, 0.08)
    share = factor("cross_serving.residents_committee_share")
    assert (share.low, share.high, share.is_whole) == (0.0, 0.6, False)
    made = designed("sobol:64", NUMBERS, 1)
    rates, weeks, modes = zip(*made.points, strict=True)
    assert 0.025 <= min(rates) < 0.03 and 0.07 < max(rates) <= 0.08
    assert all(isinstance(value, int) for value in weeks) and {min(weeks), max(weeks)} == {4, 13}
    assert set(modes) == {"none", "acting", "joint_committee", "director", "members"}
    assert factors_of([Axis("scenario", ("a", "b"))])[0].choices == ("a", "b")


@pytest.mark.parametrize(
    ("word", "axes", "said"),
    [
        ("lhs:8", [Axis("voice.rat")], "voice.rate"),
        ("lhs:8", [Axis("voice.rate", low=0.1, high=0.9)], "cannot range"),
        ("lhs:8", [Axis("voice.rate", low=0.2, high=0.1)], "cannot range"),
        ("lhs:few", NUMBERS, "number of points"),
        ("lhs:²", NUMBERS, "number of points"),
        ("lhs:99999999999", NUMBERS, "1000000"),
        ("sobol:100", NUMBERS, "128 would do"),
        ("saltelly:8", NUMBERS, "saltelli"),
        ("lhs:8", [], "nothing to vary"),
        ("file:", [], "csv"),
        ("file:my.csv", NUMBERS, "nothing else"),
        ("file:nowhere.csv", [], "cannot read"),
    ],
)
def test_what_is_wrong_with_a_design_is_said(word: str, axes: list[Axis], said: str) -> None:
    with pytest.raises(InputError, match=said):
        designed(word, axes, 1)


def written(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "my.csv"
    path.write_bytes(text.encode(encoding))
    return f"file:{path}"


def test_a_file_sets_what_its_keys_say_and_tells_the_rest(tmp_path: Path) -> None:
    text = (
        "编号,scenario,voice.rate,joint_meeting.interval_weeks\r\n甲,joint_meeting,0.05,8\r\n乙,joint_meeting,0.06,null\r\n"
    )
    for encoding in ("utf-8-sig", "gb18030"):
        design = designed(written(tmp_path, text, encoding), [], 1)
        assert design.keys == ("scenario", "voice.rate", "joint_meeting.interval_weeks")
        assert design.points == (("joint_meeting", 0.05, 8), ("joint_meeting", 0.06, None))
        assert design.told == {"编号": ("甲", "乙")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("voice.rat\n0.1\n", "voice.rate"),
        ("voice.rate\n0.1\n9\n", "row 3, column voice.rate"),
        ("voice.rate,trust.gain\n0.1,\n", "trust.gain is empty"),
        ("voice.rate,id\n0.1\n", "1 fields"),
        ("voice.rate,voice.rate\n0.1,0.1\n", "a head cannot be"),
        ("voice.rate,cell\n0.1,1\n", "a head cannot be"),
        ("voice.rate,flags\n0.1,1\n", "a head cannot be"),
        ("voice.rate,configuration\n0.1,1\n", "a head cannot be"),
        ("voice.rate,true_satisfaction\n0.1,1\n", "a head cannot be"),
        ("voice.rate,seed\n0.1,1\n", "seed takes one value"),
        ("output\nelsewhere\n", "output takes one value"),
        ("voice.rate\n", "no row"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_row(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        designed(written(tmp_path, text), [], 1)
