"""Keyed chance: the cipher against its published answers, and no draw that can move another."""

import inspect
import itertools
import sys
import zlib
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from scipy import stats

from scenarios import population
from sim import chance
from sim.chance import (
    KEY,
    PURPOSE_SHIFT,
    Chance,
    Purpose,
    first_word,
    place_key,
    uniforms,
    words,
)
from sim.engine import engine

# Known answers of Philox4x32-10, published with the generator: counter, key, the four words.
KNOWN = {
    "zeros": ((0,) * 4, (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}
MANY = np.arange(20_000, dtype=np.uint32)
HERE = place_key("here")
# By chance alone a test fails once in ten thousand; seeds are fixed, so it does or does not for good.
UNLIKELY = 1e-4


@pytest.mark.parametrize("name", KNOWN)
def test_the_cipher_gives_its_published_answers(name: str) -> None:
    counter, key, answer = KNOWN[name]

    assert tuple(int(word) for word in words(counter, (np.uint32(key[0]), np.uint32(key[1])))) == answer


def test_the_cipher_takes_many_counters_at_once() -> None:
    counter, _, _ = KNOWN["pi"]
    many = words((np.array([counter[0], 0, 1], np.uint32), *counter[1:]))

    assert [int(word[0]) for word in many] == [int(word) for word in words(counter)]


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_an_institutions_word_is_the_ciphers_first(name: Any) -> None:
    draw = engine(name).first_word
    for counter, _, _ in KNOWN.values():
        assert draw(*counter, int(KEY[0])) == int(words(counter)[0])


def test_the_institutions_cipher_is_the_same_compiled_and_plain() -> None:
    compiled, drawn = engine("compiled").first_word, np.random.default_rng(1).integers(0, 2**32, (500, 5))
    for address in drawn.tolist():
        assert compiled(*address) == first_word(*address)


@pytest.mark.parametrize(("purpose", "week", "seed"), [(1, 0, 0), (34, 259, 7), (4095, 2**32 - 1, 2**32 - 1)])
def test_households_draws_are_the_same_compiled_and_plain(purpose: int, week: int, seed: int) -> None:
    number = np.array([0, 1, 2, 77, (1 << PURPOSE_SHIFT) - 1], np.uint32)
    compiled, plain = np.empty((4, 5), np.float32), np.empty((4, 5), np.float32)
    engine("compiled").draw_four(number, purpose, HERE, week, seed, compiled)
    engine("plain").draw_four(number, purpose, HERE, week, seed, plain)

    assert compiled.tobytes() == plain.tobytes() == uniforms(number, purpose, HERE, week, seed).tobytes()


def test_uniforms_lie_in_zero_to_one_and_never_reach_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = uniforms(MANY, Purpose.EVERYDAY, HERE, 3, 1)
    assert drawn.dtype == np.float32 and 0 <= drawn.min() and drawn.max() < 1

    monkeypatch.setattr(chance, "words", lambda counter: (np.full(2, 0xFFFFFFFF, np.uint32), np.zeros(2, np.uint32)))
    assert uniforms(MANY[:2], 1, HERE, 0, 0).tolist() == [[1 - 2**-24] * 2, [0] * 2]


def test_an_institutions_draws_lie_in_zero_to_one_and_are_finite() -> None:
    last, none = Chance(1, lambda *address: 2**32 - 1), Chance(1, lambda *address: 0)

    assert last.uniform("x", HERE, 0) < 1 and none.uniform("x", HERE, 0) == 0
    assert 6 < last.normal("x", HERE, 0) < 7 and -7 < none.normal("x", HERE, 0) < -6


def test_the_kth_number_belongs_to_the_kth_household_whoever_else_draws() -> None:
    everybody = uniforms(MANY, Purpose.PAYMENT, HERE, 12, 1)
    some = np.random.default_rng(2).permutation(MANY)[:500]

    assert uniforms(some, Purpose.PAYMENT, HERE, 12, 1).tobytes() == everybody[:, some].tobytes()


def test_no_two_purposes_of_households_share_an_address() -> None:
    numbers = [purpose.value for purpose in Purpose.__members__.values()]

    assert len(set(numbers)) == len(numbers), "a purpose's number is used twice"
    assert max(numbers) < 1 << (32 - PURPOSE_SHIFT)


def test_no_two_lines_draw_households_at_one_address(lived: Any, scenario: Any, monkeypatch: Any) -> None:
    drawing = defaultdict(set)
    original = population.Census.uniform

    def noted(census: Any, purpose: Any, number: Any = None, block: int = 0) -> Any:
        drawing[census.estate.name, purpose, block].add(_caller(sys._getframe(1)))
        return original(census, purpose, number, block)

    monkeypatch.setattr(population.Census, "uniform", noted)
    lived(scenario(), weeks=0)

    assert drawing and {address: who for address, who in drawing.items() if len(who) > 1} == {}


def test_no_two_lines_of_institutions_draw_at_one_address(lived: Any, scenario: Any, monkeypatch: Any) -> None:
    drawing, original = defaultdict(set), Chance.uniform

    def noted(chance: Chance, purpose: str, place: Any, ordinal: int, index: int = 0) -> float:
        drawing[zlib.crc32(purpose.encode()), int(place), ordinal, index].add((purpose, _caller(sys._getframe(1))))
        return original(chance, purpose, place, ordinal, index)

    monkeypatch.setattr(Chance, "uniform", noted)
    lived(scenario(policy=_everything(), agents={"owners_committee": {"term_weeks": 52}}))

    assert len(drawing) > 100 and {address: who for address, who in drawing.items() if len(who) > 1} == {}
    assert int(KEY[0]) not in {key for key, *_ in drawing}, "an institution draws from the households' stream"


def _caller(frame: Any) -> str:
    """Return the line that asked, beyond those that turn uniforms into normal numbers."""
    while frame.f_code.co_name in ("normal", "uniform"):
        frame = frame.f_back
    return f"{inspect.getmodulename(frame.f_code.co_filename)}.{frame.f_code.co_name}:{frame.f_lineno}"


def _everything() -> Any:
    from sim.parts import parts
    from sim.policy import Policy, Setting

    return Policy(tuple(Setting(key) for key in parts("measure")))


def test_institutions_streams_differ_by_seed_purpose_place_ordinal_and_index() -> None:
    seeds, purposes, places = (1, 2), ("turnout", "tie"), ("here", "there")
    addresses = list(itertools.product(seeds, purposes, places, range(5), range(5)))
    drawn = {Chance(seed).uniform(what, place_key(where), when, i) for seed, what, where, when, i in addresses}

    assert len(drawn) == len(addresses)


def test_households_streams_differ_by_seed_purpose_place_and_week() -> None:
    addresses = list(itertools.product((33, 34), (HERE, place_key("there")), (0, 1, 2), (1, 2)))
    drawn = np.stack([uniforms(MANY, *address)[0] for address in addresses])
    alike = np.corrcoef(drawn) - np.eye(len(addresses))

    assert np.abs(alike).max() < 5 / np.sqrt(len(MANY))


@pytest.mark.parametrize("word", range(4))
@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_uniforms_have_the_mean_the_variance_and_the_shape_of_uniforms(seed: int, word: int) -> None:
    _assert_uniform(uniforms(MANY, Purpose.EVERYDAY, HERE, 5, seed)[word])


def test_one_households_numbers_are_uniform_over_the_weeks() -> None:
    one = np.array([17], np.uint32)
    _assert_uniform(np.array([uniforms(one, Purpose.EVERYDAY, HERE, week, 1)[0, 0] for week in range(4000)]))


def test_an_institutions_draws_are_uniform_over_the_ordinals_and_normal_when_asked() -> None:
    drawing = Chance(3)
    _assert_uniform(np.array([drawing.uniform("agenda", HERE, week) for week in range(4000)]))
    normal = [drawing.normal("agenda", HERE, week) for week in range(4000)]

    assert stats.kstest(normal, "norm").pvalue > UNLIKELY


def _assert_uniform(drawn: Any) -> None:
    n = len(drawn)
    assert abs(drawn.mean() - 1 / 2) < 4 * np.sqrt(1 / 12 / n)
    assert abs(drawn.var() - 1 / 12) < 4 * np.sqrt(1 / 180 / n)
    assert UNLIKELY < stats.chisquare(np.histogram(drawn, 64, (0, 1))[0]).pvalue < 1 - UNLIKELY


def test_populations_normal_numbers_are_normal() -> None:
    drawn = population.normal(uniforms(MANY, Purpose.TEMPER, HERE, 0, 1))

    assert stats.kstest(drawn[0], "norm").pvalue > UNLIKELY
    assert np.isfinite(population.normal(np.array([0, 1 - 2**-24], np.float32))).all()
