"""Where results go when the user names no folder."""

from collections.abc import Sequence
from itertools import count, takewhile
from pathlib import Path

ROOM = Path("results")
LONGEST = 100
"""Letters of a folder's name; systems allow 255 bytes, of which a Chinese letter takes three."""


def default_folder(verb: str, names: Sequence[str], resume: bool = False) -> Path:
    """Return `results/<verb>/<names joined by _vs_>`, `-2`, `-3`, ... when taken; to resume, the last one."""
    first = ROOM / verb / _joined(names)
    candidates = (first if number == 1 else first.with_name(f"{first.name}-{number}") for number in count(1))
    if not resume:
        return next(folder for folder in candidates if not folder.exists())
    taken = list(takewhile(Path.exists, candidates))
    return taken[-1] if taken else first


def _joined(names: Sequence[str]) -> str:
    whole = "_vs_".join(names)
    return whole if len(whole) <= LONGEST else f"{names[0][:LONGEST]}_vs_{len(names) - 1}"
