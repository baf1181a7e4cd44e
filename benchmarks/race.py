"""Races: contestants take turns at the same weeks, so that a busy machine slows all of them alike."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from benchmarks.world import WEEKS_A_BILL, Contestant

Work = Callable[[], object]
NANO = 1e9


@dataclass(frozen=True)
class Times:
    """Seconds that each contestant took in each round, all rounds by name."""

    seconds: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        """Return the median time of one contestant."""
        return median(self.seconds[name])

    def ratio(self, slow: str, fast: str) -> float:
        """Return how many times as long one took as another: the median of the rounds' ratios."""
        return median(one / other for one, other in zip(self.seconds[slow], self.seconds[fast], strict=True))


def interleaved(works: Mapping[str, Work], rounds: int) -> Times:
    """Time each work once a round, in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(timed(work))
    return Times(seconds)


def timed(work: Work) -> float:
    """Return how long a piece of work takes, with the garbage collector held back [s]."""
    gc.collect()
    gc.disable()
    try:
        began = perf_counter()
        work()
        return perf_counter() - began
    finally:
        gc.enable()


def race(contestants: Mapping[str, Contestant], households: int, budget: Mapping[str, int], rounds: int) -> Times:
    """Return the time that each contestant takes for one household's week, in every round [ns].

    budget: how many households' weeks each contestant lives through in a round; rounded up to whole bills.
    Kernels must have been compiled before.
    """
    weeks = {name: WEEKS_A_BILL * -(-budget[name] // (households * WEEKS_A_BILL)) for name in contestants}
    works = {name: _living(one, weeks[name]) for name, one in contestants.items()}
    times = interleaved(works, rounds).seconds
    return Times({name: [s * NANO / weeks[name] / households for s in times[name]] for name in times})


def _living(contestant: Contestant, weeks: int) -> Work:
    return lambda: live(contestant, weeks)


def live(contestant: Contestant, weeks: int) -> None:
    """Live through some weeks."""
    for _ in range(weeks):
        contestant.step()
