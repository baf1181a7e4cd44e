"""Keyed chance: every draw has an address, so that no draw can move another.

A draw is addressed by (seed, purpose, place, week, index).  The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw
2011, 'Parallel random numbers: as easy as 1, 2, 3'): a block cipher that turns the address into four 32-bit words.  Two
scenarios with one seed share every shock that their rules do not change; the result does not depend on the number of
workers or threads, and a new kind of draw shifts none of the old ones.

Kernels draw for each household: the counter holds the household's number in its estate and the purpose, so that the k-th
number belongs to the k-th household whoever acts.  Institutions draw single numbers through `Chance`, whose key is the name
of the purpose.  A draw tied to an event whose date can change is addressed by the event's ordinal in its place, not by the
week: two rules that move an election by a month still elect from the same people.
"""

import zlib
from collections.abc import Callable
from enum import IntEnum
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint32]

KEY = (np.uint32(0xC0605E11), np.uint32(0x5EED0001))
WEYL = (np.uint32(0x9E3779B9), np.uint32(0xBB67AE85))
MULTIPLIER = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
ROUNDS = 10
PURPOSE_SHIFT = 20
UNIT = np.float32(1 / 2**24)
STANDARD_NORMAL = NormalDist()


class Purpose(IntEnum):
    """What a household's draw decides; the number is part of the address and never reused (42, 45 and 47 were).

    `EVERYDAY` stands for three uniforms of a household's week: what it happens to see, whether it talks, whether something
    goes wrong.  They had numbers of their own once: 33, 34 and 36.
    """

    AREA = 1
    OCCUPANCY = 2
    PERSON = 3
    TEMPER = 4
    WEIGHTS = 5
    MORE_WEIGHTS = 6
    OPINION = 7
    INCLINATION = 8
    TRUST = 9
    ATTITUDES = 10
    TIE_ENTRANCE = 11
    TIE_BUILDING = 12
    TIE_ESTATE = 13
    OWNERSHIP = 14
    VANTAGE = 15
    SERVICE = 32
    PAYMENT = 35
    SEVERITY = 37
    ANSWER = 38
    GRIEVANCE = 39
    HEARSAY = 40
    CASE = 41
    BALLOT = 43
    DUTY = 44
    CAMPAIGN = 46
    CLAIM = 48
    MARK = 70
    EVERYDAY = 80


def place_key(name: str) -> np.uint32:
    """Return the address of a place: a hash of its name, so that no other place can move it."""
    return np.uint32(zlib.crc32(name.encode()))


def words(counter: tuple[Any, Any, Any, Any], key: tuple[np.uint32, np.uint32] = KEY) -> tuple[Words, ...]:
    """Return the four Philox4x32-10 words of each counter: arrays or scalars, broadcast together."""
    a, b, c, d = (np.asarray(word, dtype=np.uint32) for word in counter)
    k0, k1 = int(key[0]), int(key[1])
    for _ in range(ROUNDS):
        first, second = MULTIPLIER[0] * a.astype(np.uint64), MULTIPLIER[1] * c.astype(np.uint64)
        a, b, c, d = (
            (second >> np.uint64(32)).astype(np.uint32) ^ b ^ np.uint32(k0),
            second.astype(np.uint32),
            (first >> np.uint64(32)).astype(np.uint32) ^ d ^ np.uint32(k1),
            first.astype(np.uint32),
        )
        k0, k1 = (k0 + int(WEYL[0])) & 0xFFFFFFFF, (k1 + int(WEYL[1])) & 0xFFFFFFFF
    return a, b, c, d


def uniforms(number: Words, purpose: int, place: np.uint32, week: int, seed: int) -> npt.NDArray[np.float32]:
    """Return four uniforms in [0, 1) for each household: shape (4, n), multiples of 2**-24.

    number: shape (n,); the households' numbers in their estate.
    """
    first = np.asarray(number, dtype=np.uint32) | np.uint32(purpose << PURPOSE_SHIFT)
    drawn = words((first, np.uint32(week), place, np.uint32(seed)))
    return np.stack([(word >> np.uint32(8)).astype(np.float32) * UNIT for word in np.broadcast_arrays(*drawn)])


def draw_four(number: Words, purpose: int, place: np.uint32, week: int, seed: int, out: npt.NDArray[np.float32]) -> None:
    """Fill `out`, shape (4, n), with `uniforms`: the plain twin of the compiled filler."""
    out[:] = uniforms(number, purpose, place, week, seed)


def first_word(a: int, b: int, c: int, d: int, key: int) -> int:
    """Return the first Philox word of one counter under a key of its own, in plain integers."""
    k0, k1 = key, int(KEY[1])
    for _ in range(ROUNDS):
        first, second = int(MULTIPLIER[0]) * a, int(MULTIPLIER[1]) * c
        a, b, c, d = (second >> 32) ^ b ^ k0, second & 0xFFFFFFFF, (first >> 32) ^ d ^ k1, first & 0xFFFFFFFF
        k0, k1 = (k0 + int(WEYL[0])) & 0xFFFFFFFF, (k1 + int(WEYL[1])) & 0xFFFFFFFF
    return a


class Chance:
    """Single draws for institutions, each at its address.

    >>> chance = Chance(seed=1)
    >>> chance.uniform("agenda", place_key("here"), 4) == chance.uniform("agenda", place_key("here"), 4)
    True
    """

    def __init__(self, seed: int, cipher: Callable[..., int] = first_word) -> None:
        """Draw from the streams of one seed (0 to 2**32 - 1); `cipher` may be a faster twin of `first_word`."""
        self.seed = seed
        self._cipher = cipher

    def uniform(self, purpose: str, place: np.uint32, ordinal: int, index: int = 0) -> float:
        """Return a uniform in [0, 1).

        `ordinal` is the week, or the how-manieth event of its kind in the place; `index` tells several draws apart.
        """
        return self._cipher(index, ordinal, int(place), self.seed, zlib.crc32(purpose.encode())) / 2**32

    def normal(self, purpose: str, place: np.uint32, ordinal: int, index: int = 0) -> float:
        """Return a standard normal number: the inverse distribution function of the uniform."""
        drawn = self.uniform(purpose, place, ordinal, index)
        return STANDARD_NORMAL.inv_cdf(min(max(drawn, 2.0**-33), 1 - 2.0**-33))
