"""Errors that a user can act on: what was wrong, where, what is allowed, what comes nearest, what to try."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.texts import Language, Text, same

WHERE = Text(zh="位置：{value}", en="where: {value}")
ALLOWED = Text(zh="允许：{value}", en="allowed: {value}")
NEAREST = Text(zh="最接近的：{value}", en="nearest: {value}")
TRY = Text(zh="可以试试：{value}", en="try: {value}")


@dataclass(eq=False)
class InputError(Exception):
    """Bad input, told in one screen.

    `what` names the field and the value; `where` the file, sheet, row or column; `allowed` what would be accepted;
    `nearest` the nearest valid name; `attempt` a command to try.
    """

    what: Text
    where: Text | None = None
    allowed: Text | None = None
    nearest: str | None = None
    attempt: str | None = None
    more: list[Text] = field(default_factory=list)

    def say(self, lang: Language) -> str:
        """Return the whole message in one language, a line each."""
        lines = [self.what.say(lang)]
        for label, value in ((WHERE, self.where), (ALLOWED, self.allowed)):
            if value is not None:
                lines.append("  " + label.say(lang, value=value))
        for label, word in ((NEAREST, self.nearest), (TRY, self.attempt)):
            if word is not None:
                lines.append("  " + label.say(lang, value=same(word)))
        return "\n".join(lines + ["  " + text.say(lang) for text in self.more])

    def __str__(self) -> str:
        """Return the English message."""
        return self.say("en")


class Interrupted(Exception):
    """Work stopped before its end, with everything finished kept; `command` goes on from there."""

    def __init__(self, reason: Text, command: str) -> None:
        """Keep what stopped the work and the command that goes on."""
        super().__init__(reason.en)
        self.reason = reason
        self.command = command


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the valid name that comes closest, or None where none is close.

    >>> nearest("joint_meting", ["joint_meeting", "cross_serving"])
    'joint_meeting'
    """
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return found[0] if found else None
