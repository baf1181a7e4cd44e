"""Several things wrong in one file or one command, told together in one screen."""

from collections.abc import Iterable, Iterator

from sim.errors import ALLOWED, NEAREST, InputError
from sim.texts import Text, same

SHOWN = 8  # so that the message stays one screen


def tell(errors: Iterable[InputError], source: object) -> None:
    """Do nothing where there is no error; raise a single one as it is, several as one that lists them.

    Raises:
        InputError: `source` says what they were found in.
    """
    found = list(errors)
    if not found:
        return
    if len(found) == 1:
        raise found[0]
    lines = [text for error in found[:SHOWN] for text in _lines(error)]
    rest = [REST.filled(count=len(found) - SHOWN)] if len(found) > SHOWN else []
    attempt = next((error.attempt for error in found if error.attempt), None)
    raise InputError(SEVERAL.filled(source=source, count=len(found)), attempt=attempt, more=lines + rest)


def _lines(error: InputError) -> Iterator[Text]:
    place = error.where or same("")
    yield Text(zh=f"{place.zh}　{error.what.zh}".strip(), en=f"{place.en}  {error.what.en}".strip())
    near = same(error.nearest) if error.nearest else None
    for label, value in ((NEAREST, near), (ALLOWED, error.allowed)):
        if value is not None:
            line = label.filled(value=value)
            yield Text(zh=f"  {line.zh}", en=f"  {line.en}")
            return


SEVERAL = Text(zh="{source} 有 {count} 处问题", en="{source} has {count} problems")
REST = Text(zh="另有 {count} 处未列出", en="and {count} more")
