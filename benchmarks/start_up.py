"""How long a command takes from nothing, as a user waits for it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.race import Times, interleaved

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
HELP = ("--help",)
SMALL_RUN = ("run", "status_quo", "place.households=60", "weeks=52", "--quiet")


def start_up(rounds: int) -> Times:
    """Return the wall time of fresh processes for the help and for a small run [s], but for the first."""
    with tempfile.TemporaryDirectory() as folder:
        works = {"help": Command(HELP, Path(folder)), "run": Command(SMALL_RUN, Path(folder))}
        for work in works.values():
            work()
        return interleaved(works, rounds)


class Command:
    """One command, run in a process of its own each time it is called, with a new folder for its results."""

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        """Keep the words and where results may go."""
        self.words, self.folder, self.calls = words, folder, 0

    def __call__(self) -> None:
        """Run the command; raises CalledProcessError when it fails."""
        self.calls += 1
        here = self.folder / str(self.calls)
        words = [*self.words, f"output={here}"] if self.words[0] == "run" else self.words
        program = "import sys; from experiments.cli import main; sys.exit(main())"
        subprocess.run(
            [sys.executable, "-c", program, *words],
            check=True,
            capture_output=True,
            cwd=self.folder,
            env=ENVIRONMENT,
        )
