"""What a command asks for, once its words are understood: which scenarios, how often, where to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.scenario import Scenario
from sim.events import Level
from sim.texts import Text


@dataclass(frozen=True)
class Executor:
    """How runs are spread: `kind` serial or processes, so many workers, so many threads within a run."""

    kind: str = "processes"
    workers: int | None = None
    threads: int = 1


@dataclass(frozen=True)
class Request:
    """An experiment to be done: scenarios (the first is the base), replicates, where its folder is, how it is computed.

    seed: of the first replicate; replicate r has seed + r.  margins, precision: by
    outcome, the largest difference that does not matter, and the half width of the interval that is wanted; most:
    replicates at most while it is not reached.  words: the command as it was typed, for the manifest and for the
    command that goes on.  notes: what the user should be told first (which override reaches which scenario).
    """

    verb: str
    scenarios: tuple[Scenario, ...]
    output: Path
    seed: int = 1
    replicates: int = 30
    resume: bool = False
    executor: Executor = Executor()
    events: Level = "decisions"
    words: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    margins: Mapping[str, float] = field(default_factory=dict)
    precision: Mapping[str, float] = field(default_factory=dict)
    most: int = 400
