"""Bootstrap, equivalence, effect size, pairing, precision: closed forms, other libraries, coverage, honesty."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments import comparison
from experiments.bootstrap import bootstrap_interval, resamples
from experiments.cli import main
from experiments.command import Command
from experiments.configuration import request_of
from experiments.effects import effects
from experiments.library import Library
from experiments.missing import missing
from experiments.pairing import pairing
from experiments.precision import Width, enough, more, widths
from experiments.request import Request
from experiments.statistics import effect_size, equivalence, estimated
from experiments.sweep_words import planned
from sim.errors import InputError
from sim.outcome import outcomes

SMALL = ("weeks=36", "place.households=12", "executor=serial")


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "draw_figures", lambda *_: None)


@pytest.mark.parametrize("skewed", [False, True])
def test_bootstrap_interval_is_near_scipys(skewed: bool) -> None:
    chance = np.random.default_rng(4)
    differences = chance.exponential(1, 30) if skewed else chance.normal(0.3, 1, 30)
    theirs = stats.bootstrap((differences,), np.mean, n_resamples=20_000, rng=chance, method="BCa").confidence_interval
    ours = bootstrap_interval(differences)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.03)


def test_bootstrap_covers_about_as_often_as_it_says() -> None:
    chance, inside, trials = np.random.default_rng(11), 0, 400
    for _ in range(trials):
        low, high = bootstrap_interval(chance.normal(1.0, 2.0, 40))
        inside += low <= 1.0 <= high
    assert 0.90 <= inside / trials <= 0.98


def test_bootstrap_turned_about_comes_out_again_and_needs_two_pairs() -> None:
    differences = np.random.default_rng(2).exponential(1, 25) - 0.4
    low, high = bootstrap_interval(differences)
    assert bootstrap_interval(-differences) == (-high, -low)
    assert bootstrap_interval(differences) == (low, high)
    assert all(math.isnan(end) for end in bootstrap_interval(np.array([1.0])))
    assert bootstrap_interval(np.array([0.0, 0.0, 0.0])) == (0.0, 0.0)
    assert bootstrap_interval(np.full(6, 0.1)) == (0.1, 0.1) and math.isnan(bootstrap_interval(np.full(5, 0.1))[0])
    counts = np.bincount(resamples(10).ravel(), minlength=10)
    assert stats.chisquare(counts).pvalue > 0.001


def test_means_that_differ_in_their_last_digit_are_ties_to_the_bootstrap() -> None:
    """Powers of two add up exactly in any order; tenths do not, and must not move the interval for it."""
    exact = np.array([1.0, 2.0, 4.0, 2.0, 1.0, 2.0])
    assert bootstrap_interval(exact / 10) == pytest.approx(tuple(end / 10 for end in bootstrap_interval(exact)), rel=1e-12)


@pytest.mark.parametrize("margin", [0.2, 0.5, 2.0])
def test_equivalence_is_two_one_sided_t_tests(margin: float) -> None:
    chance = np.random.default_rng(7)
    base = chance.normal(50, 5, 20)
    other = base + chance.normal(0.3, 0.6, 20)
    upper = stats.ttest_1samp(other - base, margin, alternative="less").pvalue
    lower = stats.ttest_1samp(other - base, -margin, alternative="greater").pvalue
    assert equivalence(base, other, margin) == pytest.approx(max(upper, lower), rel=1e-9)
    assert equivalence(other, base, margin) == pytest.approx(max(upper, lower), rel=1e-9)


def test_equivalence_agrees_with_the_ninety_per_cent_interval() -> None:
    differences = np.random.default_rng(3).normal(0.3, 1, 15)
    error = differences.std(ddof=1) / math.sqrt(15)
    edge = abs(differences.mean()) + stats.t.ppf(0.95, 14) * error
    assert equivalence(np.zeros(15), differences, edge) == pytest.approx(0.05)
    assert equivalence(np.ones(3), np.ones(3), 0.1) == 1 / 8 and equivalence(np.ones(3), np.zeros(3), 0.5) == 1.0


def test_effect_size_is_cohens_d_and_pairing_does_not_move_it() -> None:
    base, other = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    assert effect_size(base, other) == pytest.approx(2.0 / math.sqrt((1.0 + 4.0) / 2))
    assert effect_size(base, other[::-1]) == pytest.approx(effect_size(base, other))
    assert effect_size(other, base) == -effect_size(base, other)
    assert effect_size(base, base) == 0.0


def test_pairing_gain_by_hand() -> None:
    shared = np.random.default_rng(1).normal(0, 3, 4000)
    own = np.random.default_rng(2).normal(0, 1, (2, 4000))
    found = pairing(shared + own[0], shared + own[1])
    assert found.pairing_gain == pytest.approx(10.0, rel=0.15)  # (9 + 1 + 9 + 1) / (1 + 1)
    assert found.variance_paired == pytest.approx(2.0, rel=0.1)
    assert pairing(own[0], own[1]).pairing_gain == pytest.approx(1.0, rel=0.1)
    assert math.isnan(pairing(own[0], own[0]).pairing_gain)


def invented(shift: float, spread: float, pairs: int = 20) -> pd.DataFrame:
    chance = np.random.default_rng(5)
    rows = []
    for seed in range(pairs):
        base = {key: chance.normal(50, 5) for key in outcomes()}
        other = {key: value + shift + chance.normal(0, spread) for key, value in base.items()}
        for name, values in (("a", base), ("b", other)):
            rows.append({"scenario": name, "seed": seed, "state": "done", "flags": "", **values})
    return pd.DataFrame(rows).rename_axis("cell").reset_index()


def test_a_small_difference_is_equivalent_only_within_a_margin_that_was_stated() -> None:
    cells = invented(0.0, 0.3)
    told = effects(cells, ["a", "b"], {"true_satisfaction": 1.0, "collection_rate": 0.01}).set_index("outcome")
    assert told.verdict["true_satisfaction"] == "equivalent"
    assert told.verdict["collection_rate"] == told.verdict["service_quality"] == "no_difference"
    assert told.p_equivalent.notna().sum() == 2
    large = effects(invented(1.0, 0.1), ["a", "b"], {"true_satisfaction": 3.0}).set_index("outcome")
    assert large.verdict["true_satisfaction"] == "better"  # a difference seen is told, however small


def test_bootstrap_and_chances_turn_about_with_the_comparison() -> None:
    cells = invented(0.2, 1.0)
    there, back = (effects(cells, names).set_index("outcome") for names in (["a", "b"], ["b", "a"]))
    assert (there.boot_low == -back.boot_high).all() and (there.effect_size == -back.effect_size).all()
    one_way = there.p_better.notna()
    assert (there.p_better == back.p_worse)[one_way].all()
    assert np.allclose(there.pairing_gain, back.pairing_gain)


def test_missing_values_and_degenerate_runs_are_counted_and_named() -> None:
    cells = invented(0.2, 1.0)
    cells.loc[[0, 5], "true_satisfaction"] = np.nan
    cells.loc[[3, 2], "flags"] = "issues"  # both runs of one pair
    table = effects(cells, ["a", "b"]).set_index("outcome")
    assert (table.n["true_satisfaction"], table.missing["true_satisfaction"]) == (18, 2)
    assert (table.drop("true_satisfaction").missing == 0).all() and (table.degenerate == 1).all()
    assert missing(cells)[["outcome", "scenario", "seed"]].to_numpy().tolist() == [
        ["true_satisfaction", "a", 0],
        ["true_satisfaction", "b", 2],
    ]


def asked(*words: str) -> Request:
    return request_of("compare", ("status_quo", "joint_meeting", *SMALL, *words), Library())


def test_batches_aim_at_the_precision_and_end_at_the_maximum() -> None:
    request = replace(asked("precision=1", "replicates=20", "most=200"))
    wide, narrow = (Width("true_satisfaction", "b", 1.0, half, 20) for half in (1.3, 0.9))
    assert not enough([wide], request) and enough([narrow], request) and not enough([narrow, wide], request)
    assert enough([wide], replace(request, replicates=200))
    assert more([wide], request, 20) == 40  # at least a batch; 1.1 x 20 x 1.69 = 38 would do
    assert more([replace(wide, half_width=9.0)], replace(request, replicates=120), 20) == 200
    assert more([replace(wide, half_width=math.nan)], request, 20) == 40
    assert not replace(wide, half_width=math.nan).is_reached
    assert [replace(narrow, half_width=0.0, n=n).is_reached for n in (2, 5, 6)] == [False, False, True]
    assert [one.half_width for one in widths(effects(invented(0, 1), ["a", "b"]), {"true_satisfaction": 1.0})] == [
        pytest.approx(_half(invented(0, 1)))
    ]


def _half(cells: pd.DataFrame) -> float:
    wide = cells.pivot(index="seed", columns="scenario", values="true_satisfaction")
    estimate = estimated((wide.b - wide.a).to_numpy())
    return (estimate.high - estimate.low) / 2


def test_precision_is_reached_in_batches_or_said_not_to_be(tmp_path: Path, capsys: Any) -> None:
    words = ("compare", "status_quo", "joint_meeting", *SMALL, "replicates=2", "--quiet")
    loose = [*words, "precision=50", f"output={tmp_path / 'loose'}"]
    tight = [*words, "precision=1e-6", "most=5", f"output={tmp_path / 'tight'}"]
    assert main([*loose, "--lang", "en"]) == 0
    assert "reached with" in capsys.readouterr().out
    for lang, said in (("en", "NOT REACHED with 5 pairs"), ("zh", "未达到")):
        assert main([*tight, "resume=true", "--lang", lang]) == 0
        assert said in capsys.readouterr().out.replace("\n  ", " ")
    cells = pd.read_parquet(tmp_path / "tight" / "cells.parquet")
    assert sorted(cells.seed.unique()) == [1, 2, 3, 4, 5] and len(cells) == 10
    plain = [*words, "replicates=5", f"output={tmp_path / 'plain'}"]
    assert main(plain) == 0
    told = [pd.read_parquet(tmp_path / name / "effects.parquet") for name in ("tight", "plain")]
    pd.testing.assert_frame_equal(*told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("margin=-1",), "margin cannot be"),
        (("margin={true_satisfacton: 1}",), "true_satisfaction"),
        (("precision=wide",), "precision cannot be"),
        (("most=1",), "most"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        asked(*words)
    with pytest.raises(InputError, match="only compare does"):
        request_of("run", ("status_quo", "margin=1"), Library())
    with pytest.raises(InputError, match="only compare does"):
        planned(("joint_meeting", "weeks=10,20", "precision=1"), Library())


def test_the_whole_table_of_effects_is_printed_with_what_pairing_saved(tmp_path: Path, capsys: Any) -> None:
    folder = str(tmp_path / "a")
    words = ("status_quo", "joint_meeting", *SMALL, "replicates=3", "margin=1", "--quiet", f"output={folder}")
    assert main(["compare", *words]) == 0
    capsys.readouterr()
    for lang, words_seen in (("en", ("gain of pairing", "turnout")), ("zh", ("配对增益", "真实满意度"))):
        assert main(["effects", folder, "--lang", lang]) == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in words_seen)
    assert main(["effects", folder, "--json"]) == 0
    assert '"pairing_gain"' in capsys.readouterr().out
    assert Command("effects").words == ()
