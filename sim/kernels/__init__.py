"""Compiled twins of the plain-numpy mechanisms: same equations, same bits, tens of times as fast.

Numba's disk cache knows a function's own file only, not constants or functions that it takes from other files.  Its folder
is therefore named by a hash of every source that a kernel can see: another source, another folder.
"""

import hashlib
from pathlib import Path
from typing import Any

import numba
import platformdirs

SOURCES = (
    "kernels", "arithmetic.py", "chance.py", "households.py", "cases.py", "ladder.py", "ladder_chances.py",
)  # fmt: skip


def sources_hash() -> str:
    """Return a hash of the sources that kernels are made of."""
    root = Path(__file__).parent.parent
    files = [root / name for name in SOURCES[1:]] + sorted((root / SOURCES[0]).glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


settings: Any = numba.config
settings.CACHE_DIR = str(Path(platformdirs.user_cache_dir("cogov", appauthor=False)) / f"kernels-{sources_hash()}")
