"""Compiled twin of `sim.mechanisms.week`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import Purpose
from sim.kernels.elementary import draw_three
from sim.kernels.held import hold as hold
from sim.kernels.influence import talk
from sim.kernels.satisfaction import perceive, tally
from sim.kernels.voice import arise

EVERYDAY = int(Purpose.EVERYDAY)


@njit(cache=True, nogil=True, error_model="numpy")
def live(
    first: Any, last: Any, held: Any, quality: Any, sore: Any, trouble: Any, week: Any, seed: Any, reaction: Any, sums: Any
) -> None:  # fmt: skip
    """Let the households of the estates first .. last - 1 live through a week."""
    people, rates = held.living.people, held.living.rates
    number, group, experience = people.dwellings.number, people.dwellings.group, people.experience
    for estate in range(first, last):
        a, b, place = people.layout.start[estate], people.layout.start[estate + 1], people.layout.place[estate]
        drawn = np.empty((3, b - a), np.float32)
        draw_three(number[a:b], EVERYDAY, place, week, seed, drawn)
        perceive(a, b, experience, quality[estate], sore[estate], drawn[0], rates.satisfaction)
        talk(estate, a, b, people.opinion, people.ties, drawn[1], rates.influence)
        appeal, legacy = trouble.appeal[estate], trouble.legacy[estate]
        arise(a, b, place, people, appeal, legacy, drawn[2], rates.voice, week, seed, reaction)
        tally(group[a:b], experience.satisfaction[a:b], sums[estate])
