"""Compiled arithmetic and keyed draws: see `sim.arithmetic` and `sim.chance`."""

from typing import Any

import numpy as np
from numba import njit

from sim.arithmetic import (
    EXP,
    EXPONENT_BIAS,
    EXPONENT_SHIFT,
    HALF,
    LARGEST,
    LN2_HIGH,
    LN2_LOW,
    LOG2_OF_E,
    ONE,
)
from sim.chance import KEY, MULTIPLIER, PURPOSE_SHIFT, UNIT, WEYL

E0, E1, E2, E3, E4, E5 = EXP
K0, K1 = KEY
W0, W1 = WEYL
M0, M1 = MULTIPLIER
HIGH, DROP = np.uint64(32), np.uint32(8)
SHIFT = np.uint32(PURPOSE_SHIFT)


@njit(inline="always", error_model="numpy")
def exponential(x: Any) -> Any:
    """Return e to the power x."""
    x = min(max(x, -LARGEST), LARGEST)
    power = np.floor(x * LOG2_OF_E + HALF)
    r = x - power * LN2_HIGH - power * LN2_LOW
    y = ((((E0 * r + E1) * r + E2) * r + E3) * r + E4) * r + E5
    y = y * (r * r) + r + ONE
    return y * np.int32((np.int32(power) + EXPONENT_BIAS) << EXPONENT_SHIFT).view(np.float32)


@njit(inline="always", error_model="numpy")
def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return ONE / (ONE + exponential(-x))


@njit(inline="always", error_model="numpy")
def philox(a: Any, b: Any, c: Any, d: Any) -> Any:
    """Return the four Philox4x32-10 words of one counter under the fixed key."""
    k0, k1 = K0, K1
    for _ in range(10):
        first, second = np.uint64(a) * M0, np.uint64(c) * M1
        a, b, c, d = (
            np.uint32(second >> HIGH) ^ b ^ k0,
            np.uint32(second),
            np.uint32(first >> HIGH) ^ d ^ k1,
            np.uint32(first),
        )
        k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    return a, b, c, d


@njit(inline="always", error_model="numpy")
def unit(word: Any) -> Any:
    """Return a word as a uniform in [0, 1)."""
    return np.float32(np.int32(word >> DROP)) * UNIT


@njit(cache=True, nogil=True, error_model="numpy")
def draw_one(number: Any, purpose: Any, place: Any, week: Any, seed: Any, out: Any) -> None:
    """Fill `out` with the first uniform of each household."""
    kind = np.uint32(purpose) << SHIFT
    for i in range(out.size):
        a, _, _, _ = philox(number[i] | kind, np.uint32(week), place, np.uint32(seed))
        out[i] = unit(a)


@njit(cache=True, nogil=True, error_model="numpy")
def draw_three(number: Any, purpose: Any, place: Any, week: Any, seed: Any, out: Any) -> None:
    """Fill `out`, shape (3, n), with the first three uniforms of each household."""
    kind, one, two, three = np.uint32(purpose) << SHIFT, out[0], out[1], out[2]
    for i in range(number.size):
        a, b, c, _ = philox(number[i] | kind, np.uint32(week), place, np.uint32(seed))
        one[i], two[i], three[i] = unit(a), unit(b), unit(c)


@njit(cache=True, nogil=True, error_model="numpy")
def draw_four(number: Any, purpose: Any, place: Any, week: Any, seed: Any, out: Any) -> None:
    """Fill `out`, shape (4, n), with four uniforms of each household."""
    kind = np.uint32(purpose) << SHIFT
    for i in range(out.shape[1]):
        a, b, c, d = philox(number[i] | kind, np.uint32(week), place, np.uint32(seed))
        out[0, i], out[1, i], out[2, i], out[3, i] = unit(a), unit(b), unit(c), unit(d)


@njit(cache=True, nogil=True, error_model="numpy")
def first_word(a: Any, b: Any, c: Any, d: Any, key: Any) -> Any:
    """Return the first Philox word of one counter under a key of its own: see `sim.chance.first_word`."""
    a, b, c, d = np.uint32(a), np.uint32(b), np.uint32(c), np.uint32(d)
    k0, k1 = np.uint32(key), K1
    for _ in range(10):
        first, second = np.uint64(a) * M0, np.uint64(c) * M1
        a, b, c, d = (
            np.uint32(second >> HIGH) ^ b ^ k0,
            np.uint32(second),
            np.uint32(first >> HIGH) ^ d ^ k1,
            np.uint32(first),
        )
        k0, k1 = np.uint32(k0 + W0), np.uint32(k1 + W1)
    return a
