"""Writing files so that none is ever half there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".part"


@contextmanager
def renamed_into(path: Path) -> Iterator[Path]:
    """Lend a temporary name beside `path`: what is written there takes its place at the end, or vanishes."""
    temporary = path.with_name(path.name + UNFINISHED)
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def write_bytes(path: Path, content: bytes, lasting: bool = False) -> None:
    """Write a file whole or not at all; lasting: its content is on the disk before it takes its place."""
    with renamed_into(path) as temporary:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
