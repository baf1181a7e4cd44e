"""What each pass of the kernels costs, household by household, in a community of the default size."""

from collections.abc import Mapping

import numpy as np

from benchmarks.race import NANO, Times, Work, interleaved
from benchmarks.world import SEED, World
from sim.engine import engine
from sim.households import COMMITTEE, GROUPS, Living
from sim.mechanisms.week import rates_of
from sim.residents import WORST_OFF

REPEATS = 200


def passes(world: World, rounds: int) -> Times:
    """Return the time that each pass takes for one household [ns]; `pay` and `drift_back` come once a month."""
    works = {name: _repeated(work) for name, work in _works(world).items()}
    for work in works.values():
        work()
    seconds = interleaved(works, rounds).seconds
    scale = NANO / REPEATS / world.households.size
    return Times({name: [one * scale for one in seconds[name]] for name in seconds})


def _repeated(work: Work) -> Work:
    def repeat() -> None:
        for _ in range(REPEATS):
            work()

    return repeat


def _works(world: World) -> Mapping[str, Work]:
    people, by, estates = world.people(), engine(), len(world.quality)
    held, group, content = (
        by.hold(Living(people, rates_of(world.mechanisms))),
        people.dwellings.group,
        people.experience.satisfaction,
    )
    quality, grade, reversion = world.quality.astype(np.float32), world.grade.astype(np.float32), world.reversion
    sore, trouble, collection, reaction = world.soreness(), world.trouble(), world.paid(), np.zeros(people.size, np.uint8)
    pairs, each = np.zeros((estates, 2), np.int64), np.zeros(estates, np.int64)
    groups, spread = np.zeros((estates, len(GROUPS)), np.int64), np.zeros(4, np.int64)
    return {
        "live": lambda: by.live(held, quality, sore, trouble, 0, SEED, reaction, groups),
        "pay": lambda: by.pay(held, collection, 0, SEED, pairs),
        "drift_back": lambda: by.drift_back(held, reversion),
        "distribution": lambda: by.distribution(group, content, WORST_OFF, spread),
        "survey": lambda: by.survey(held, COMMITTEE, pairs),
        "distance": lambda: by.distance(held, grade, each),
    }
