"""The two engines of a household's week: compiled kernels, and the same equations in plain numpy.

Both give the same bits.  The plain one is the oracle of the compiled one, serves where numba is missing, and is the one to
step through.  Work is split over threads by estate; no result depends on how.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from sim.chance import Chance
from sim.households import Layout

EngineName = Literal["compiled", "plain"]
Verb = Callable[..., Any]
Spans = Callable[[Layout], Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Engine:
    """One way to compute a week: the verbs of `sim.mechanisms`.

    `perceive, tally, talk, pay, survey` run estate by estate over the engine's threads; the others at once.
    """

    name: EngineName
    serve: Verb
    perceive: Verb
    tally: Verb
    distribution: Verb
    talk: Verb
    distance: Verb
    pay: Verb
    settle: Verb
    arise: Verb
    describe: Verb
    learn: Verb
    hear: Verb
    drift_back: Verb
    work_cases: Verb
    survey: Verb
    draw_four: Verb
    first_word: Callable[..., int]

    def chance(self, seed: int) -> Chance:
        """Return the institutions' streams of chance for one seed."""
        return Chance(seed, self.first_word)


def engine(name: EngineName | None = None, threads: int = 1, spans: Spans | None = None) -> Engine:
    """Return an engine: the compiled one where numba is installed, unless `name` says otherwise.

    spans: how estates are split into contiguous ranges; by default into as many as there are threads.
    """
    name = name or ("compiled" if importlib.util.find_spec("numba") else "plain")
    room = "sim.kernels" if name == "compiled" else "sim.mechanisms"
    service, satisfaction, influence, payment, official_survey, voice, trust = (
        importlib.import_module(f"{room}.{mechanism}")
        for mechanism in (
            "service",
            "satisfaction",
            "influence",
            "payment",
            "official_survey",
            "voice",
            "trust",
        )
    )
    draws = importlib.import_module("sim.kernels.elementary" if name == "compiled" else "sim.chance")
    ladder = importlib.import_module("sim.kernels.ladder" if name == "compiled" else "sim.ladder")
    split = _by_estate(threads, spans or _even(threads))
    return Engine(
        name,
        service.serve,
        split(satisfaction.perceive),
        split(satisfaction.tally),
        satisfaction.distribution,
        split(influence.talk),
        split(influence.distance),
        split(payment.pay),
        payment.settle,
        split(voice.arise),
        voice.describe,
        trust.learn,
        split(trust.hear),
        split(trust.drift_back),
        ladder.work,
        split(official_survey.survey),
        draws.draw_four,
        draws.first_word,
    )


def _by_estate(threads: int, spans: Spans) -> Callable[[Verb], Verb]:
    pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def split(verb: Verb) -> Verb:
        def over_estates(layout: Layout, *arguments: Any) -> None:
            if pool is None:
                for first, last in spans(layout):
                    verb(first, last, layout, *arguments)
                return
            for done in [pool.submit(verb, first, last, layout, *arguments) for first, last in spans(layout)]:
                done.result()

        return over_estates

    return split


def _even(parts: int) -> Spans:
    """Split estates into contiguous ranges with about equally many households."""

    def spans(layout: Layout) -> list[tuple[int, int]]:
        estates = len(layout.place)
        if parts == 1 or estates == 1:
            return [(0, estates)]
        goals = [layout.start[-1] * part / parts for part in range(1, parts)]
        cuts = [0, *(int(layout.start.searchsorted(goal)) for goal in goals), estates]
        return [(first, last) for first, last in zip(cuts, cuts[1:], strict=False) if first < last]

    return spans
