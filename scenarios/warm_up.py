"""Compiling the kernels once, so that the first comparison need not: `python -m scenarios.warm_up`."""

from dataclasses import replace

from scenarios.scenario import Scenario
from scenarios.settle import settle
from sim.parts import part_named

WEEKS = 6
HOUSEHOLDS = 24


def warm_up() -> None:
    """Live through a few weeks of a small community; from then on its kernels come from the cache on disk."""
    place = part_named("place", "four_estates")(households=HOUSEHOLDS)
    community = settle(replace(Scenario("warm_up", place), weeks=WEEKS), seed=1)
    for _ in range(WEEKS):
        community.step()


if __name__ == "__main__":
    warm_up()
