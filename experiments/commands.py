"""Commands that the user is given to type: the one that goes on, the one that repeats a cell."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.cells import Cell
from experiments.request import Request
from sim.parts import parts

WHERE_TO = ("output", "resume", "drift")
OF_SWEEPS = ("design", "numbers")
NOT_ONE_CELLS = (*WHERE_TO, "seed", "replicates", "executor", "scenario", "scenarios", "events", "figures")


def typed(*words: object) -> str:
    """Return words as they are typed at this system's prompt, quoted where they must be."""
    plain = [str(word) for word in words]
    return subprocess.list2cmdline(plain) if os.name == "nt" else shlex.join(plain)


def going_on(request: Request) -> str:
    """Return the command that goes on with an experiment that stopped."""
    return going_on_in(request.output, request.verb, _words(request))


def going_on_in(folder: Path, verb: str, words: Sequence[str]) -> str:
    """Return the command that goes on in a folder; words: those of the command that began, without its verb."""
    if verb == "sweep":
        return typed("cogov", "sweep", f"resume={folder}")
    kept = [word for word in words if _key(word) not in WHERE_TO]
    return typed("cogov", verb, *kept, f"output={folder}", "resume=true")


def repeating_point(request: Request, cell: Cell, varied: Mapping[str, Any]) -> str:
    """Return the command that runs one cell of a sweep alone; varied: what is varied in it, by key."""
    own = (*NOT_ONE_CELLS, *OF_SWEEPS, *varied)
    fixed = [
        word for word in _words(request) if "=" in word and _key(word) not in own and _key(word).partition(".")[0] not in own
    ]
    values = (f"{key}={value}" for key, value in varied.items())
    return typed("cogov", "run", _as_typed(cell.scenario, request), *fixed, *values, f"seed={cell.seed}")


def repeating(request: Request, cell: Cell) -> str:
    """Return the command that runs one cell alone.

    Settings of measures that the cell's scenario does not carry are left out: `run` would switch them on.
    """
    carried = {setting.measure for setting in request.scenarios[cell.index].policy.settings}
    foreign = set(parts("measure")) - carried
    settings = [
        word for word in _words(request) if "=" in word and _key(word).partition(".")[0] not in {*NOT_ONE_CELLS, *foreign}
    ]
    return typed("cogov", "run", _scenario_words(request)[cell.index], *settings, f"seed={cell.seed}")


def _words(request: Request) -> list[str]:
    words = list(request.words) or [scenario.name for scenario in request.scenarios]
    return words[1:] if words[0] == request.verb else words


def _key(word: str) -> str:
    return word.partition("=")[0]


def _as_typed(scenario: str, request: Request) -> str:
    """Return a scenario of a sweep as it was typed: by its name, or as the file that is called so."""
    return next((word for word in _named(request) if Path(word).stem == scenario), scenario)


def _named(request: Request) -> list[str]:
    """Return the scenarios that the words name, as they were typed."""
    listed = [word.partition("=")[2].strip("[]") for word in _words(request) if _key(word) in ("scenario", "scenarios")]
    words = [name.strip() for names in listed for name in names.split(",")]
    return words + [word for word in _words(request) if "=" not in word and not word.startswith("-")]


def _scenario_words(request: Request) -> list[str]:
    """Return each scenario as it was typed: a name or a file; by its name where it was typed otherwise."""
    words = _named(request)
    names = [scenario.name for scenario in request.scenarios]
    return words if len(words) == len(names) else names
