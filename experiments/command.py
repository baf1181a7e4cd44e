"""A command as it was typed, and the answer to it: what every verb is handed and hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from experiments.library import Library
from experiments.overrides import is_setting
from sim.errors import InputError, nearest
from sim.texts import Language, Text

DONE, FAILED_CELLS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 3


@dataclass(frozen=True)
class Command:
    """A verb with its words, in the order typed, and the flags.

    several: `-m`, which runs every combination of the values given.  quick: `--quick`, which measures less.
    """

    verb: str
    words: tuple[str, ...] = ()
    lang: Language = "en"
    json: bool = False
    quiet: bool = False
    several: bool = False
    quick: bool = False
    library: Library = field(default_factory=Library)

    def without(self, option: str) -> "Command":
        """Return the command without an option of its verb."""
        return replace(self, words=tuple(word for word in self.words if not word.startswith(f"{option}=")))

    def plain_words(self, most: int) -> tuple[str, ...]:
        """Return the words of a verb that takes no settings.

        Raises:
            InputError: one is a setting, or there are more than so many.
        """
        for word in self.words:
            if is_setting(word):
                raise InputError(NO_SETTINGS.filled(verb=self.verb, word=word), attempt=f"cogov {self.verb} --help")
        if len(self.words) > most:
            raise InputError(TOO_MANY.filled(verb=self.verb, word=self.words[most]), attempt=f"cogov {self.verb} --help")
        return self.words


@dataclass(frozen=True)
class Answer:
    """What a command has to say: lines of text, and the same as data for `--json`; a hint goes to stderr."""

    text: str
    data: Mapping[str, Any]
    status: int = DONE
    hint: str = ""


def folder_of(words: str) -> Path:
    """Return the folder given with `--scenarios`.

    Raises:
        InputError: there is no such folder.
    """
    folder = Path(words)
    if folder.is_dir():
        return folder
    siblings = [path.name for path in folder.parent.iterdir() if path.is_dir()] if folder.parent.is_dir() else []
    close = nearest(folder.name, siblings)
    raise InputError(NO_FOLDER.filled(folder=words), nearest=str(folder.parent / close) if close else None)


def both(text: Text) -> dict[str, str]:
    """Return a text as data."""
    return {"zh": text.zh, "en": text.en}


NO_SETTINGS = Text(zh="{verb} 不接受 {word}", en="{verb} does not take {word}")
TOO_MANY = Text(zh="{verb} 不需要 {word}", en="{verb} has no use for {word}")
NO_FOLDER = Text(zh="找不到文件夹 {folder}", en="there is no folder {folder}")
