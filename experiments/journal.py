"""The journal of an experiment at work: one small file a cell, whose name tells the state of the cell.

`running`: handed to a worker.  `arrow`: done, with its tables.  `failed`: with the reason.  A cell without a
file waits.  A cell that was running when the process died is waiting again.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from experiments.writing import write_bytes

DONE, FAILED, RUNNING = ".arrow", ".failed", ".running"


@dataclass(frozen=True)
class Journal:
    """The journal in one folder; cells are named by their identity."""

    path: Path

    def begin(self, identity: str) -> None:
        """Say that a cell was handed to a worker."""
        (self.path / f"{identity}{RUNNING}").touch()

    def keep(self, identity: str, segment: bytes) -> None:
        """Keep the tables of a finished cell; once this returns they outlast a power cut."""
        write_bytes(self.path / f"{identity}{DONE}", segment, lasting=True)
        self._forget(identity, RUNNING)

    def fail(self, identity: str, reason: str) -> None:
        """Keep the reason why a cell has no result."""
        write_bytes(self.path / f"{identity}{FAILED}", reason.encode("utf-8"))
        self._forget(identity, RUNNING)

    def finished(self) -> set[str]:
        """Return the cells that are done."""
        return self._with(DONE)

    def running(self) -> set[str]:
        """Return the cells that were handed to a worker and did not come back."""
        return self._with(RUNNING)

    def failed(self) -> dict[str, str]:
        """Return the reason of each cell that failed."""
        return {identity: (self.path / f"{identity}{FAILED}").read_text("utf-8") for identity in self._with(FAILED)}

    def segment(self, identity: str) -> Path:
        """Return the file of a finished cell."""
        return self.path / f"{identity}{DONE}"

    def wait_again(self, state: str) -> None:
        """Let the cells of one state, `FAILED` or `RUNNING`, wait again."""
        for identity in self._with(state):
            self._forget(identity, state)

    def drop(self) -> None:
        """Remove the journal once the tables hold all of it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _with(self, state: str) -> set[str]:
        return {file.stem for file in self.path.glob(f"*{state}")}

    def _forget(self, identity: str, state: str) -> None:
        with suppress(FileNotFoundError):
            (self.path / f"{identity}{state}").unlink()
