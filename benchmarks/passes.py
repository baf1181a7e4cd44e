"""What each pass of the kernels costs, household by household, in a community of the default size."""

from collections.abc import Mapping

import numpy as np

from benchmarks.race import NANO, Times, Work, interleaved
from benchmarks.world import SEED, World
from sim.engine import engine
from sim.households import AWARENESS, COMMITTEE, GROUPS, PROVIDER
from sim.mechanisms.official_survey import Resident
from sim.mechanisms.payment import Motives, Owner
from sim.mechanisms.voice import concerned
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
    layout, dwellings, lived, content = (
        people.layout,
        people.dwellings,
        people.experience,
        people.experience.satisfaction,
    )
    number, held, reaction = dwellings.number, people.attitudes.held, np.zeros(people.size, np.uint8)
    quality, grade = world.quality.astype(np.float32), world.grade.astype(np.float32)
    sore, trouble, collection, reversion = world.soreness(), world.trouble(), world.paid(), world.reversion
    owner, resident = Owner(number, dwellings.tenure), Resident(dwellings.group, dwellings.elderly)
    whom = concerned(people)
    motives = Motives(content, held[PROVIDER], held[AWARENESS])
    pairs, each = np.zeros((estates, 2), np.int64), np.zeros(estates, np.int64)
    groups, spread = np.zeros((estates, len(GROUPS)), np.int64), np.zeros(4, np.int64)
    felt, heard, struck, paid, asked = map(world.rates, ("satisfaction", "influence", "voice", "payment", "official_survey"))
    return {
        "perceive": lambda: by.perceive(layout, number, lived, quality, sore, felt, 0, SEED),
        "talk": lambda: by.talk(layout, number, people.opinion, people.ties, heard, 0, SEED),
        "arise": lambda: by.arise(layout, whom, trouble, struck, 0, SEED, reaction),
        "pay": lambda: by.pay(layout, owner, motives, people.paying, people.ties, collection, paid, 0, SEED, pairs),
        "drift_back": lambda: by.drift_back(layout, people.attitudes, reversion),
        "tally": lambda: by.tally(layout, dwellings.group, content, groups),
        "distribution": lambda: by.distribution(dwellings.group, content, WORST_OFF, spread),
        "survey": lambda: by.survey(layout, resident, content, held[COMMITTEE], asked, pairs),
        "distance": lambda: by.distance(layout, people.opinion, grade, each),
    }
