"""Designs: they fill ranges, come out again by seed, and bring back known sensitivity indices through SALib."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import qmc

from experiments.design_file import design_from
from experiments.designs import KINDS, Design, Factor, design_of, evaluated, factor, factor_of, grid, problem
from sim.errors import InputError

UNIT = [Factor("a"), Factor("b"), Factor("c")]


def ishigami(cell: Mapping[str, Any]) -> dict[str, float]:
    x, y, z = cell["x"], cell["y"], cell["z"]
    return {"value": math.sin(x) + 7 * math.sin(y) ** 2 + 0.1 * z**4 * math.sin(x)}


def sobol_g(cell: Mapping[str, Any]) -> dict[str, float]:
    return {"value": math.prod((abs(4 * x - 2) + a) / (1 + a) for x, a in zip(cell.values(), G, strict=True))}


G = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0)


def g_indices() -> tuple[list[float], list[float]]:
    """Return first-order and total indices of the G function in closed form (Saltelli and Sobol 1995)."""
    parts = [1 / (3 * (1 + a) ** 2) for a in G]
    whole = math.prod(1 + part for part in parts) - 1
    total = [part * math.prod(1 + other for other in parts) / (1 + part) / whole for part in parts]
    return [part / whole for part in parts], total


def analysed(design: Design, function: Any) -> dict[str, Any]:
    from SALib.analyze import sobol

    table = evaluated(design, function).sample(frac=1, random_state=1).sort_values("row")
    found: dict[str, Any] = sobol.analyze(problem(design), table["value"].to_numpy(), calc_second_order=False, seed=1)
    return found


def test_ishigami_comes_back_through_design_run_and_table() -> None:
    design = design_of("saltelli", [Factor(key, -math.pi, math.pi) for key in "xyz"], 2048, seed=1)
    assert len(design.rows) == 2048 * 5
    found = analysed(design, ishigami)
    assert found["S1"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.05)
    assert found["ST"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.05)


def test_sobols_g_comes_back_through_design_run_and_table() -> None:
    design = design_of("saltelli", [Factor(key) for key in "abcdef"], 1024, seed=3)
    found, (first, total) = analysed(design, sobol_g), g_indices()
    assert found["S1"] == pytest.approx(first, abs=0.05)
    assert found["ST"] == pytest.approx(total, abs=0.05)


def test_the_rows_of_a_saltelli_design_differ_from_their_base_in_one_number_each() -> None:
    rows = np.array(design_of("saltelli", UNIT, 8, seed=1).rows).reshape(8, 5, 3)
    first, mixed, second = rows[:, 0], rows[:, 1:4], rows[:, 4]
    for place in range(3):
        changed = mixed[:, place] != first
        assert (changed.sum(axis=1) == 1).all() and changed[:, place].all()
        assert (mixed[:, place, place] == second[:, place]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_design_comes_out_again_by_its_seed(kind: str) -> None:
    assert design_of(kind, UNIT, 8, 5) == design_of(kind, UNIT, 8, 5) != design_of(kind, UNIT, 8, 6)


def test_a_latin_hypercube_has_one_point_in_each_slice_and_sobol_points_are_evener_than_chance() -> None:
    square = np.array(design_of("latin_hypercube", UNIT, 50, seed=1).rows)
    assert all(sorted((50 * column).astype(int)) == list(range(50)) for column in square.T)
    points = np.array(design_of("sobol", UNIT, 64, seed=1).rows)
    chance = np.random.default_rng(1).random((64, 3))
    assert qmc.discrepancy(points) < 0.3 * qmc.discrepancy(chance)


def test_a_grid_is_every_combination_with_swept_numbers_rounded() -> None:
    design = grid({"a.x": [0.7000000000000001, 1.0], "b.y": [2, 4, 8], "scenario": ["status_quo"]})
    assert len(design.rows) == 6 and design.rows[0] == (0.7, 2, "status_quo")
    assert design.cells()[4] == {"a.x": 1.0, "b.y": 4, "scenario": "status_quo"}
    assert list(design.table().row) == list(range(6))


def test_ranges_are_those_that_numbers_declare() -> None:
    assert factor("voice.rate") == Factor("voice.rate", 0.025, 0.08)
    share = factor("cross_serving.residents_committee_share")
    assert (share.low, share.high, share.is_whole) == (0.0, 0.6, False)
    interval = factor_of("joint_meeting.interval_weeks:4:13")
    assert (interval.low, interval.high, interval.is_whole) == (4.0, 13.0, True)
    values = [row[0] for row in design_of("sobol", [interval], 64, 1).rows]
    assert all(isinstance(value, int) for value in values) and {min(values), max(values)} == {4, 13}
    modes = {row[0] for row in design_of("sobol", [factor("substitution.mode")], 32, 1).rows}
    assert modes == {"none", "acting", "joint_committee", "director", "members"}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: factor("voice.rat"), "voice.rate"),
        (lambda: factor_of("voice.rate:0.1:0.9"), "cannot range"),
        (lambda: factor_of("voice.rate:0.2:0.1"), "cannot range"),
        (lambda: factor_of("voice.rate:a:b"), "cannot be read"),
        (lambda: design_of("sobol", UNIT, 100, 1), "points=128"),
        (lambda: design_of("saltelly", UNIT, 8, 1), "saltelli"),
        (lambda: design_of("sobol", [], 8, 1), "nothing to vary"),
    ],
)
def test_what_is_wrong_with_a_design_is_said(make: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        make()


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "my.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_file_sets_what_its_keys_say_and_carries_the_rest(tmp_path: Path) -> None:
    text = "编号,scenario,voice.rate,joint_meeting.interval_weeks\r\n甲,joint_meeting,0.05,8\r\n乙,joint_meeting,0.06,\r\n"
    for encoding in ("utf-8-sig", "gb18030"):
        design = design_from(written(tmp_path, text, encoding))
        assert design.columns == ("scenario", "voice.rate", "joint_meeting.interval_weeks")
        assert design.rows == (("joint_meeting", 0.05, 8), ("joint_meeting", 0.06, None))
        told = evaluated(design, lambda cell: {"twice": 2 * cell["voice.rate"]})
        assert list(told.columns) == ["row", *design.columns, "编号", "twice"]
        assert list(told["编号"]) == ["甲", "乙"] and list(told.twice) == [0.1, 0.12]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("voice.rat\n0.1\n", "voice.rate"),
        ("voice.rate\n0.1\n9\n", "row 3, column voice.rate"),
        ("voice.rate,id\n0.1\n", "1 fields"),
        ("voice.rate,voice.rate\n0.1,0.1\n", "a head cannot be"),
        ("voice.rate,row\n0.1,1\n", "a head cannot be"),
        ("voice.rate\n", "no row"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_row(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        design_from(written(tmp_path, text))
