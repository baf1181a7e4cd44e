"""`cogov explain FOLDER`: along which chain a difference came, or how one household or case fared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.command import Answer, Command
from experiments.commands import typed
from experiments.manifest import COMPLETE
from experiments.results import MANIFEST, read_manifest, read_tables
from sim.errors import InputError, nearest
from sim.texts import Text, same

if TYPE_CHECKING:
    from pandas import DataFrame

NO_PAIRS = ("sweep", "ablate", "function")
"""Verbs whose folders keep no two scenarios to set against each other."""
OPTIONS = ("scenario", "estate", "household", "case", "cell")


@dataclass(frozen=True)
class Asked:
    """What is to be explained: a finished folder, with its tables, and what the options narrow it to."""

    folder: Path
    manifest: Mapping[str, Any]
    tables: "Mapping[str, DataFrame]"
    options: Mapping[str, str] = field(default_factory=dict)

    def number(self, option: str) -> int | None:
        """Return an option that is a whole number, or None where it was not given.

        Raises:
            InputError: it is no whole number.
        """
        word = self.options.get(option)
        if word is None:
            return None
        if not (word.isascii() and word.isdigit()):
            raise InputError(NO_NUMBER.filled(option=option, word=word), attempt=f"--{option} 0")
        return int(word)

    def chosen(self, option: str, known: list[str], default: str) -> str:
        """Return an option that names one of those known.

        Raises:
            InputError: it names none; the nearest is told.
        """
        word = self.options.get(option, default)
        if word not in known:
            told = UNKNOWN.filled(option=option, word=word, folder=self.folder)
            raise InputError(told, allowed=same(", ".join(known)), nearest=nearest(word, known))
        return word


def answer(command: Command) -> Answer:
    """Explain what the words ask for.

    Raises:
        InputError: no finished folder, an unknown name or number, or a folder without anything to compare.
    """
    asked = asked_for(command.words)
    if "household" in asked.options or "case" in asked.options:
        from experiments.explained_causes import explain_causes

        return explain_causes(asked, command.lang)
    from experiments.explained_differences import explain_differences

    return explain_differences(asked, command.lang)


def asked_for(words: tuple[str, ...], verb: str = "explain") -> Asked:
    """Return what the words of a verb ask for: a finished folder, and options as `name=value`."""
    example = EXAMPLE.filled(verb=verb).en
    pairs = [word.partition("=") for word in words]
    options = {name: value for name, equals, value in pairs if equals and name in OPTIONS}
    folders = [word for word, (name, equals, _) in zip(words, pairs, strict=True) if not (equals and name in OPTIONS)]
    if len(folders) != 1:
        raise InputError(ONE_FOLDER.filled(verb=verb), attempt=example)
    folder = Path(folders[0])
    if not (folder / MANIFEST).is_file():
        raise InputError(NO_RESULTS.filled(folder=folder), nearest=_near(folder), attempt=example)
    manifest = read_manifest(folder)
    if manifest["verb"] in NO_PAIRS:
        names = [scenario["name"] for scenario in manifest["scenarios"]]
        attempt = typed("cogov", "compare", *(names if len(names) > 1 else ("status_quo", *(names or ["joint_meeting"]))))
        raise InputError(OF_OTHER_RUNS.filled(verb=verb, other=manifest["verb"], folder=folder), attempt=attempt)
    if manifest["state"] != COMPLETE:
        raise InputError(UNFINISHED.filled(folder=folder))
    tables = read_tables(folder)
    if "health" not in tables:
        raise InputError(NOTHING_DONE.filled(folder=folder))
    return Asked(folder, manifest, tables, options)


def _near(folder: Path) -> str | None:
    """Return the results folder beside it that comes nearest by name."""
    if not folder.parent.is_dir():
        return None
    known = [path.parent.name for path in folder.parent.glob(f"*/{MANIFEST}")]
    close = nearest(folder.name, known)
    return str(folder.parent / close) if close else None


EXAMPLE = same("cogov {verb} results/compare/status_quo_vs_cross_serving")
ONE_FOLDER = Text(zh="{verb} 要一个结果文件夹", en="{verb} takes one results folder")
NO_RESULTS = Text(zh="{folder} 不是结果文件夹", en="{folder} is no results folder")
UNFINISHED = Text(zh="{folder} 里的实验还没有完成", en="the experiment in {folder} is not finished")
NOTHING_DONE = Text(
    zh="{folder} 里没有完成的运行，或由没有体检表的旧版本写成",
    en="no run of {folder} was finished, or it was written by a version without the table of health",
)
OF_OTHER_RUNS = Text(
    zh="{verb} 只看 run 和 compare 的结果，{folder} 里是 {other} 的；把要看的两个方案（连同要看的取值）另作一次比较",
    en="{verb} reads what run and compare left, and {folder} is of {other}; compare the two scenarios that you mean, with "
    "the values that you mean",
)
NO_NUMBER = Text(zh="{option} 要整数，给的是 {word}", en="{option} takes a whole number, not {word}")
UNKNOWN = Text(zh="{folder} 里没有名为 {word} 的 {option}", en="{folder} has no {option} called {word}")
