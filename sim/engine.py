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
from sim.households import Layout, Living

EngineName = Literal["compiled", "plain"]
Verb = Callable[..., Any]
Spans = Callable[[Layout], Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Held:
    """A community's households as an engine's verbs take them."""

    layout: Layout
    living: Any


@dataclass(frozen=True)
class Engine:
    """One way to compute a week: the verbs of `sim.mechanisms`.

    `live, distance, pay, survey, hear, drift_back, describe` take what `hold` returns; all but the last run estate by estate
    over the engine's threads.
    """

    name: EngineName
    hold: Callable[[Living], Held]
    serve: Verb
    live: Verb
    distribution: Verb
    distance: Verb
    pay: Verb
    settle: Verb
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


MECHANISMS = ("service", "week", "satisfaction", "influence", "payment", "official_survey", "voice", "trust")


def engine(name: EngineName | None = None, threads: int = 1, spans: Spans | None = None) -> Engine:
    """Return an engine: the compiled one where numba is installed, unless `name` says otherwise.

    spans: how estates are split into contiguous ranges; by default into as many as there are threads.
    """
    name = name or ("compiled" if importlib.util.find_spec("numba") else "plain")
    room = "sim.kernels" if name == "compiled" else "sim.mechanisms"
    service, week, satisfaction, influence, payment, official_survey, voice, trust = (
        importlib.import_module(f"{room}.{mechanism}") for mechanism in MECHANISMS
    )
    draws = importlib.import_module("sim.kernels.elementary" if name == "compiled" else "sim.chance")
    ladder = importlib.import_module("sim.kernels.ladder" if name == "compiled" else "sim.ladder")
    split = _by_estate(threads, spans or _even(threads))
    return Engine(
        name,
        _holding(week.hold),
        service.serve,
        split(week.live),
        satisfaction.distribution,
        split(influence.distance),
        split(payment.pay),
        payment.settle,
        _at_once(voice.describe),
        trust.learn,
        split(trust.hear),
        split(trust.drift_back),
        ladder.work,
        split(official_survey.survey),
        draws.draw_four,
        draws.first_word,
    )


def _holding(hold: Callable[[Living], Any]) -> Callable[[Living], Held]:
    return lambda living: Held(living.people.layout, hold(living))


def _at_once(verb: Verb) -> Verb:
    return lambda held, *arguments: verb(held.living, *arguments)


def _by_estate(threads: int, spans: Spans) -> Callable[[Verb], Verb]:
    pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def split(verb: Verb) -> Verb:
        def over_estates(held: Held, *arguments: Any) -> None:
            if pool is None:
                for first, last in spans(held.layout):
                    verb(first, last, held.living, *arguments)
                return
            for done in [pool.submit(verb, first, last, held.living, *arguments) for first, last in spans(held.layout)]:
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
