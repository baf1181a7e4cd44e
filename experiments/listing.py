"""`cogov list`: what there is, kind by kind, a line each."""

from collections.abc import Mapping

from experiments.catalogue import KINDS_LISTED, Kind, kind_called
from experiments.command import Answer, Command, both
from experiments.language import in_columns
from sim.errors import InputError, nearest
from sim.texts import Text, same


def answer(command: Command) -> Answer:
    """List everything, or the kind that is named.

    Raises:
        InputError: there is no such kind.
    """
    words = command.plain_words(1)
    kinds = [_kind(words[0])] if words else list(KINDS_LISTED.values())
    labels = {kind.word: kind.labels(command.library) for kind in kinds}
    text = "\n\n".join(_section(kind, labels[kind.word], command) for kind in kinds)
    data = {word: {key: both(label) for key, label in found.items()} for word, found in labels.items()}
    return Answer(f"{text}\n\n{MORE.say(command.lang)}", data)


def _kind(word: str) -> Kind:
    kind = kind_called(word)
    if kind is None:
        words = [kind.word for kind in KINDS_LISTED.values()]
        raise InputError(
            NO_KIND.filled(word=word),
            allowed=same(", ".join(words)),
            nearest=nearest(word, words),
            attempt="cogov list",
        )
    return kind


def _section(kind: Kind, labels: Mapping[str, Text], command: Command) -> str:
    heading = f"{kind.heading.say(command.lang)} ({kind.word})"
    return "\n".join([heading, *in_columns((key, label.say(command.lang)) for key, label in labels.items())])


NO_KIND = Text(zh="不能列出 {word}", en="{word} cannot be listed")
MORE = Text(zh="细看其中一项：cogov show 名称", en="to see one of them: cogov show NAME")
