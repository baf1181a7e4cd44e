"""How far work has come, on stderr: a bar in a terminal, now and then a line elsewhere."""

import sys
import time
from typing import TYPE_CHECKING, TextIO

from sim.texts import Language, Text

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

LINE_EVERY = 10.0
"""Least time between two plain lines [s]."""
FEW = 4
"""Pieces of work that say too little of the time that the others will take."""


class Progress:
    """Is told what work there is, how much of it is done and how much failed; shows nothing itself."""

    def begin(self, work: Text, done: int, total: int) -> None:
        """Begin a kind of work with so much done already."""

    def show(self, done: int, failed: int = 0) -> None:
        """Show how far it is."""

    def end(self) -> None:
        """Leave the screen in order, whatever happened."""


def progress_for(lang: Language, quiet: bool = False, stream: TextIO | None = None) -> Progress:
    """Return the kind of progress that suits a stream, by default stderr."""
    stream = stream or sys.stderr
    if quiet:
        return Progress()
    return ProgressBar(lang, stream) if stream.isatty() else ProgressLines(lang, stream)


class ProgressLines(Progress):
    """A line at most every ten seconds, and one at the end."""

    def __init__(self, lang: Language, stream: TextIO) -> None:
        """Write to a stream in one language."""
        self._lang, self._stream, self._work = lang, stream, RUNS
        self._total = self._done = self._failed = self._before = 0
        self._began = self._told = 0.0
        self._written = -1

    def begin(self, work: Text, done: int, total: int) -> None:
        """Remember the time."""
        self._work, self._failed = work, 0
        self._done, self._before, self._total = done, done, total
        self._began = self._told = time.monotonic()
        self._written = -1

    def show(self, done: int, failed: int = 0) -> None:
        """Write a line when the last one is old enough."""
        self._done, self._failed = done, failed
        if time.monotonic() - self._told >= LINE_EVERY:
            self._told = time.monotonic()
            self._write()

    def end(self) -> None:
        """Write the last line, unless it stands there already."""
        if self._written != self._done:
            self._write()

    def _write(self) -> None:
        failed = FAILED.filled(failed=self._failed) if self._failed else ""
        line = LINE.say(self._lang, work=self._work, done=self._done, total=self._total, failed=failed, left=self._left())
        print(line, file=self._stream, flush=True)
        self._written = self._done

    def _left(self) -> str:
        """Return the time left as hours, minutes, seconds."""
        spent, gone = time.monotonic() - self._began, self._done - self._before
        if gone < FEW and self._done < self._total:
            return "–"
        seconds = round(spent / max(gone, 1) * (self._total - self._done))
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class ProgressBar(Progress):
    """A bar with the time left."""

    def __init__(self, lang: Language, stream: TextIO) -> None:
        """Draw on a terminal in one language."""
        self._lang, self._stream = lang, stream
        self._bar: Bar | None = None

    def begin(self, work: Text, done: int, total: int) -> None:
        """Draw the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        name, left = TextColumn(work.say(self._lang)), TextColumn(LEFT.say(self._lang))
        failed = TextColumn("{task.description}")
        columns = (name, BarColumn(), MofNCompleteColumn(), failed, left, TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(file=self._stream))
        self._task = self._bar.add_task("", total=total, completed=done)
        self._bar.start()

    def show(self, done: int, failed: int = 0) -> None:
        """Move the bar."""
        told = FAILED.say(self._lang, failed=failed).strip() if failed else ""
        if self._bar:
            self._bar.update(self._task, completed=done, description=told)

    def end(self) -> None:
        """Let the terminal go."""
        if self._bar:
            self._bar.stop()


RUNS, FIGURES = Text(zh="运行", en="runs"), Text(zh="画图", en="figures")
LINE = Text(zh="{work} {done}/{total}{failed}  剩余 {left}", en="{work} {done}/{total}{failed}  left {left}")
FAILED = Text(zh="  失败 {failed}", en="  failed {failed}")
LEFT = Text(zh="剩余", en="left")
