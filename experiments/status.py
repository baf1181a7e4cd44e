"""`cogov status FOLDER`: how far an experiment is, whether someone is at work in it, what failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.command import Answer, Command
from experiments.commands import going_on_in
from experiments.function_sweep import VERB as FUNCTION
from experiments.journal import Journal
from experiments.language import in_columns
from experiments.opening import is_locked
from experiments.results import JOURNAL, MANIFEST, read_manifest
from sim.errors import InputError
from sim.texts import Language, Text, same

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
MOST_REASONS = 5


@dataclass(frozen=True)
class Status:
    """How far an experiment is.  cells: how many are in each state.  reasons: how many failed of each reason."""

    folder: Path
    manifest: Mapping[str, Any]
    at_work: bool
    cells: Mapping[str, int]
    reasons: Mapping[str, int]

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to do."""
        return bool(self.manifest["state"] == "complete")

    @property
    def going_on(self) -> str:
        """Return the command that goes on."""
        verb, words = self.manifest["verb"], self.manifest["words"]
        return f"{words[0]} resume=True" if verb == FUNCTION else going_on_in(self.folder, verb, words[1:])


def answer(command: Command) -> Answer:
    """Say how far the experiment of a folder is."""
    status = status_of(folder_in(command))
    data = {
        "folder": str(status.folder), "verb": status.manifest["verb"], "state": status.manifest["state"],
        "at_work": status.at_work, "cells": dict(status.cells), "failed": dict(status.reasons),
    }  # fmt: skip
    return Answer(_report(status, command.lang), data)


def folder_in(command: Command) -> Path:
    """Return the results folder that a command names.

    Raises:
        InputError: none is named, or it holds no experiment.
    """
    words = command.plain_words(1)
    if not words:
        raise InputError(WHICH.filled(verb=command.verb), attempt=f"cogov {command.verb} results/...")
    if not (Path(words[0]) / MANIFEST).is_file():
        raise InputError(NOTHING.filled(path=same(words[0])), attempt=f"cogov {command.verb} results/...")
    return Path(words[0])


def status_of(folder: Path) -> Status:
    """Return how far the experiment of a folder is."""
    manifest, at_work = read_manifest(folder), is_locked(folder)
    if manifest["state"] == "complete":
        states, reasons = _of_tables(folder)
    else:
        states, reasons = _of_journal(Journal(folder / JOURNAL), manifest.get("cells", 0), at_work)
    return Status(folder, manifest, at_work, states, reasons)


def _of_tables(folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    import pandas

    cells = pandas.read_parquet(folder / "cells.parquet", columns=["state", "error"])
    reasons = cells.error[cells.state == FAILED].value_counts()
    done = int((cells.state == DONE).sum())
    return {WAITING: 0, RUNNING: 0, DONE: done, FAILED: len(cells) - done}, {str(key): int(n) for key, n in reasons.items()}


def _of_journal(journal: Journal, total: int, at_work: bool) -> tuple[dict[str, int], dict[str, int]]:
    """Return the states; a cell counts as running only while someone is at work."""
    done, failed = len(journal.finished()), journal.failed()
    running = len(journal.running()) if at_work else 0
    reasons: dict[str, int] = {}
    for reason in failed.values():
        reasons[reason] = reasons.get(reason, 0) + 1
    waiting = max(0, total - done - len(failed) - running)
    return {WAITING: waiting, RUNNING: running, DONE: done, FAILED: len(failed)}, reasons


def _report(status: Status, lang: Language) -> str:
    state = COMPLETE if status.is_complete else AT_WORK if status.at_work else STOPPED
    rows = [(LABELS[key].say(lang), str(number)) for key, number in status.cells.items()]
    lines = [state.say(lang, path=status.folder), *in_columns(rows)]
    for reason, number in list(status.reasons.items())[:MOST_REASONS]:
        lines.append(REASON.say(lang, number=number, reason=reason))
    if not status.is_complete and not status.at_work:
        lines.append(GO_ON.say(lang, command=status.going_on))
    return "\n".join(lines)


LABELS: Mapping[str, Text] = {
    WAITING: Text(zh="等待", en="waiting"),
    RUNNING: Text(zh="运行中", en="running"),
    DONE: Text(zh="完成", en="done"),
    FAILED: Text(zh="失败", en="failed"),
}
COMPLETE = Text(zh="{path}：已完成", en="{path}: complete")
AT_WORK = Text(zh="{path}：正在运行", en="{path}: at work")
STOPPED = Text(zh="{path}：未完成，现在没有进程在运行", en="{path}: not finished, and nobody is at work in it")
REASON = Text(zh="  失败 {number} 次：{reason}", en="  {number} failed: {reason}")
GO_ON = Text(zh="接着做：{command}", en="to go on: {command}")
WHICH = Text(zh="{verb} 需要一个结果文件夹", en="{verb} takes a folder of results")
NOTHING = Text(zh="{path} 里没有实验结果", en="there are no results of an experiment in {path}")
