"""Opinions against Deffuant (T33), Hegselmann and Krause (T34), Friedkin and Johnsen (T35)."""

from itertools import pairwise
from typing import Any

import networkx
import numpy as np
import pytest

from sim.chance import Purpose, place_key, uniforms
from sim.households import Opinion, Ties
from sim.kernels import influence as compiled
from sim.mechanisms import influence as plain
from sim.mechanisms.influence import InfluenceRates
from sim.ties import jagged

F4 = np.float32
TALK = {"compiled": compiled.talk, "plain": plain.talk}
# Opinions further apart than this belong to two clusters once everything has settled.
APART = 0.02


def talk(opinion: Opinion, ties: Ties, rates: InfluenceRates, week: int = 0, by: Any = "compiled") -> None:
    n = len(opinion.anchor)
    drawn = uniforms(np.arange(n, dtype=np.uint32), Purpose.EVERYDAY, place_key("here"), week, 1)[1]
    TALK[by](0, 0, n, opinion, ties, drawn, rates)


def alike(n: int, bound: float, seed: int) -> Opinion:
    start = np.random.default_rng(seed).random(n, F4)
    return Opinion(np.full(n, bound, F4), start, start.copy())


def clusters(opinions: Any) -> list[int]:
    """Return the sizes of the groups of opinions that lie close together, smallest opinion first."""
    ordered = np.sort(opinions)
    cuts = [0, *(np.flatnonzero(np.diff(ordered) > APART) + 1), len(ordered)]
    return [int(last - first) for first, last in pairwise(cuts)]


def matching(n: int, rng: np.random.Generator) -> Ties:
    pairs = np.sort(rng.permutation(n).reshape(-1, 2), axis=1)
    return jagged(pairs[np.argsort(pairs[:, 0])], n)[0]


EVERYBODY = InfluenceRates(F4(1), F4(1), F4(0))


# T33: clusters that hold at least one opinion in twenty, among 1,000 uniform opinions, mu = 0.5.
@pytest.mark.parametrize(("bound", "fewest", "most"), [(0.5, 1, 1), (0.4, 1, 1), (0.3, 1, 1), (0.2, 2, 2), (0.1, 4, 5)])
@pytest.mark.parametrize("seed", range(3))
def test_pairs_at_random_end_in_deffuants_clusters(bound: float, fewest: int, most: int, seed: int) -> None:
    n, rng = 1000, np.random.default_rng([seed, 7])
    opinion = alike(n, bound, seed)
    for week in range(250):
        talk(opinion, matching(n, rng), EVERYBODY, week)
    large = [size for size in clusters(opinion.preferred_grade) if size >= n / 20]

    assert fewest <= len(large) <= most and sum(large) > 0.9 * n


# T34: clusters among 500 uniform opinions on a complete graph, everybody moving at once.
HEGSELMANN_KRAUSE = [(0.05, 7, 9), (0.1, 4, 5), (0.2, 2, 2), (0.25, 1, 1), (0.4, 1, 1)]


@pytest.mark.parametrize(("bound", "fewest", "most"), HEGSELMANN_KRAUSE)
def test_everybody_at_once_ends_in_hegselmann_and_krauses_clusters(
    bound: float, fewest: int, most: int, complete: Ties
) -> None:
    even = np.linspace(0, 1, 500, dtype=F4)
    starts = [even, *(np.random.default_rng(seed).random(500, F4) for seed in range(5))]
    ends = [_settled(start, bound, complete) for start in starts]
    counts = [len(clusters(end)) for end in ends]

    assert fewest <= counts[0] <= most and fewest <= np.median(counts[1:]) <= most
    assert counts == [len(clusters(_hegselmann_krause(start, bound))) for start in starts]


def _settled(start: Any, bound: float, ties: Ties) -> Any:
    """Return the opinions that no longer move."""
    opinion = Opinion(np.full(len(start), bound, F4), start, start.copy())
    for week in range(100):
        before = opinion.preferred_grade.copy()
        talk(opinion, ties, EVERYBODY, week)
    assert np.abs(before - opinion.preferred_grade).max() < 1e-5
    return opinion.preferred_grade


def _hegselmann_krause(start: Any, bound: float) -> Any:
    """Return where the same opinions end under the published rule, in double precision."""
    opinions = start.astype(float)
    for _ in range(100):
        near = np.abs(opinions[:, None] - opinions[None, :]) < bound
        opinions = near @ opinions / near.sum(axis=1)
    return opinions


@pytest.fixture(scope="module")
def complete() -> Ties:
    return jagged(np.array(list(networkx.complete_graph(500).edges)), 500)[0]


def test_both_engines_give_the_same_clusters_bit_for_bit(complete: Ties) -> None:
    one, other, rng = alike(500, 0.1, 1), alike(500, 0.1, 1), np.random.default_rng(2)
    for week in range(8):
        ties = complete if week % 2 else matching(500, rng)
        talk(one, ties, EVERYBODY, week)
        talk(other, ties, EVERYBODY, week, by="plain")

    assert one.preferred_grade.tobytes() == other.preferred_grade.tobytes()


def test_one_week_is_hegselmann_and_krauses_mean_of_all_within_the_bound(complete: Ties) -> None:
    opinion = alike(500, 0.15, 3)
    before = opinion.preferred_grade.astype(float)
    talk(opinion, complete, EVERYBODY)

    wanted = [before[np.abs(before - mine) < np.float32(0.15)].mean() for mine in before]
    assert opinion.preferred_grade == pytest.approx(wanted, abs=1e-5)


def test_one_talk_of_a_pair_is_deffuants_with_half_the_openness_as_mu() -> None:
    pair, _ = jagged(np.array([[0, 1]]), 2)
    opinion = Opinion(np.full(2, 0.5, F4), np.array([0.2, 0.6], F4), np.array([0.2, 0.6], F4))
    talk(opinion, pair, EVERYBODY._replace(openness=F4(0.6)))

    assert opinion.preferred_grade == pytest.approx([0.2 + 0.3 * 0.4, 0.6 - 0.3 * 0.4])


def test_beyond_the_bound_nobody_moves() -> None:
    pair, _ = jagged(np.array([[0, 1]]), 2)
    opinion = Opinion(np.array([0.3, 0.5], F4), np.zeros(2, F4), np.array([0.2, 0.6], F4))
    talk(opinion, pair, EVERYBODY)

    assert opinion.preferred_grade == pytest.approx([0.2, 0.4]), "only the one whose bound is wide enough listens"


@pytest.mark.parametrize(("openness", "anchoring"), [(1.0, 0.1), (0.4, 0.02), (0.2, 0.01)])
def test_the_anchor_keeps_a_pair_apart_by_its_closed_form(openness: float, anchoring: float) -> None:
    pair, _ = jagged(np.array([[0, 1]]), 2)
    start = np.array([0.3, 0.7], F4)
    rates = InfluenceRates(F4(1), F4(openness), F4(anchoring))
    kept, free = Opinion(np.ones(2, F4), start, start.copy()), Opinion(np.ones(2, F4), start, start.copy())
    for week in range(2000):
        talk(kept, pair, rates, week)
        talk(free, pair, rates._replace(anchoring=F4(0)), week)

    apart = anchoring * 0.4 / (1 - (1 - anchoring) * (1 - openness))
    assert np.diff(kept.preferred_grade)[0] == pytest.approx(apart, abs=1e-4)
    assert kept.preferred_grade.mean() == pytest.approx(0.5, abs=1e-4)
    assert np.diff(free.preferred_grade)[0] == pytest.approx(0, abs=1e-4)


def test_the_anchor_keeps_a_neighbourhood_at_friedkin_and_johnsens_fixed_point() -> None:
    graph = networkx.connected_watts_strogatz_graph(80, 6, 0.2, seed=5)
    ties, order = jagged(np.array(sorted(graph.edges)), 80)
    start = np.random.default_rng(6).random(80, F4)
    opinion, openness, anchoring = Opinion(np.full(80, 2, F4), start, start.copy()), 0.5, 0.05
    for week in range(600):
        talk(opinion, ties, InfluenceRates(F4(1), F4(openness), F4(anchoring)), week)

    near = networkx.to_numpy_array(graph, nodelist=order.tolist()) + np.eye(80)
    moves = (1 - openness) * np.eye(80) + openness * near / near.sum(axis=1, keepdims=True)
    fixed = np.linalg.solve(np.eye(80) - (1 - anchoring) * moves, anchoring * start.astype(float))
    assert opinion.preferred_grade == pytest.approx(fixed, abs=1e-4)
    assert 0.02 < opinion.preferred_grade.std() < start.std()


def test_as_many_talk_in_a_week_as_the_chance_says() -> None:
    n = 20_000
    pairs = np.arange(n).reshape(-1, 2)
    opinion = Opinion(np.ones(n, F4), np.zeros(n, F4), np.tile(np.array([0.4, 0.6], F4), n // 2))
    talk(opinion, jagged(pairs, n)[0], InfluenceRates(F4(0.08), F4(1), F4(0)))

    talked = (np.abs(opinion.preferred_grade - 0.5) < 0.05).sum()
    assert abs(talked - 0.08 * n) < 4 * np.sqrt(0.08 * 0.92 * n)
