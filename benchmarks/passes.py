"""What each pass of the kernels costs, household by household, in a community of the default size."""

from collections.abc import Mapping

import numpy as np

from benchmarks.race import NANO, Times, Work, interleaved
from benchmarks.world import SEED, World
from sim.engine import engine
from sim.households import GROUPS
from sim.mechanisms.payment import Collection
from sim.residents import WORST_OFF

REPEATS = 200


def passes(world: World, rounds: int) -> Times:
    """Return the time that each pass takes for one household [ns]; `pay` is that of a week with bills."""
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
    layout, dwellings, content = people.layout, people.dwellings, people.experience.satisfaction
    quality, grade = world.quality.astype(np.float32), world.grade.astype(np.float32)
    collection = Collection(world.collection.copy(), world.collection.copy())
    pairs, each = np.zeros((estates, 2), np.int64), np.zeros(estates, np.int64)
    groups, spread = np.zeros((estates, len(GROUPS)), np.int64), np.zeros(4, np.int64)
    felt, heard, paid, asked = (
        world.mechanisms[name].rates() for name in ("satisfaction", "influence", "payment", "official_survey")
    )
    return {
        "perceive": lambda: by.perceive(layout, dwellings, people.experience, quality, felt, 0, SEED),
        "talk": lambda: by.talk(layout, dwellings, people.opinion, people.ties, heard, 0, SEED),
        "pay": lambda: by.pay(
            layout, dwellings, content, people.paying, people.ties, collection, paid, 0, SEED, pairs
        ),
        "tally": lambda: by.tally(layout, dwellings, content, groups),
        "distribution": lambda: by.distribution(dwellings.group, content, WORST_OFF, spread),
        "survey": lambda: by.survey(
            layout, dwellings, content, people.attitudes.trust_residents_committee, asked, pairs
        ),
        "distance": lambda: by.distance(layout, people.opinion, grade, each),
    }
