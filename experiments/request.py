"""What a command asks for, once its words are understood: which scenarios, how often, where to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from experiments.cells import configuration_of
from scenarios.scenario import Scenario
from sim.events import Level
from sim.texts import Language, Text


@dataclass(frozen=True)
class Executor:
    """How runs are spread: `kind` serial, processes or dask, so many workers, so many threads within a run.

    address: of a Dask cluster that is running; without one `dask` begins one on this machine.
    """

    kind: str = "processes"
    workers: int | None = None
    threads: int = 1
    address: str | None = None


@dataclass(frozen=True)
class Request:
    """An experiment to be done: scenarios (the first is the base), replicates, where its folder is, how it is computed.

    seed: of the first replicate; replicate r has seed + r.  drift: other sources of the model may be mixed in.
    words: the command as it was typed, for the manifest and for the command that goes on.  notes: what the user should
    be told first (which override reaches which scenario).  margins, precision: by outcome, the largest difference that
    does not matter, and the half width of the interval that is wanted; most: replicates at most while it is not reached.
    figures: `first` are those in the user's language, `lang`, as png alone.
    """

    verb: str
    scenarios: tuple[Scenario, ...]
    output: Path
    seed: int = 1
    replicates: int = 30
    resume: bool = False
    drift: bool = False
    executor: Executor = Executor()
    events: Level = "decisions"
    words: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    margins: Mapping[str, float] = field(default_factory=dict)
    precision: Mapping[str, float] = field(default_factory=dict)
    most: int = 400
    figures: Literal["first", "all", "none"] = "all"
    lang: Language = "en"

    @cached_property
    def configurations(self) -> tuple[str, ...]:
        """Return what the runs of each scenario depend on, as JSON."""
        return tuple(map(configuration_of, self.scenarios))
