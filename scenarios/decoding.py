"""Text in UTF-8, with a byte order mark or without, or in GB18030, as Excel in Chinese Windows writes it."""

from codecs import BOM_UTF8

from scenarios.problems import unreadable
from sim.texts import Text


def decoded(file: str, content: bytes) -> str:
    """Return the text of a file's bytes.

    Raises:
        InputError: they are in neither encoding, or could be in both and would read differently.
    """
    for encoding in ("utf-8-sig",) if content.startswith(BOM_UTF8) else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if encoding == "utf-8" and _could_be_chinese(text):
            raise unreadable(EITHER, file)
        return text
    raise unreadable(ENCODING, file)


def _could_be_chinese(text: str) -> bool:
    """Say whether text read as UTF-8 might be Chinese in GB18030: 小 there is a Cyrillic letter here.

    That can only be where every letter beyond ASCII has two bytes in UTF-8, Chinese there having three.
    """
    beyond = {letter for letter in text.replace("m²", "") if not letter.isascii()}
    if not beyond or max(beyond) >= "\u0800":
        return False
    try:
        text.encode("utf-8").decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


ENCODING = Text(zh="{file} 的编码既不是 UTF-8，也不是 GB18030", en="{file} is neither in UTF-8 nor in GB18030")
EITHER = Text(
    zh="分不清 {file} 的编码是 UTF-8 还是 GB18030；请另存为“CSV UTF-8”",
    en="{file} could be in UTF-8 or in GB18030, and would read differently; save it as 'CSV UTF-8'",
)
