"""`cogov odd`: the description of the model (ODD+D), with parameter tables made from the code.

The words are `docs/model.en.md` and `docs/model.zh.md`; the tables come from the declarations, so that no
number is written twice.
"""

import re
from pathlib import Path

from experiments.command import Answer, Command
from experiments.manifest import version_of
from experiments.parameter_tables import DOCS, parameter_tables
from sim.errors import InputError
from sim.texts import Language, Text

HEADING = re.compile(r"^(#+) ", re.MULTILINE)
PAGE_OF_NUMBERS = re.compile(r"\[([^\]]*)\]\(parameters\.(?:en|zh)\.md\)")


def answer(command: Command) -> Answer:
    """Print the description in the language asked for."""
    command.plain_words(0)
    text = description(command.lang)
    return Answer(text, {"lang": command.lang, "version": version_of("cogov"), "text": text})


def description(lang: Language, folder: Path = DOCS) -> str:
    """Return the description as Markdown, the tables behind the words, a heading deeper.

    Raises:
        InputError: the words are not there, since only the code is installed.
    """
    page = folder / f"model.{lang}.md"
    if not page.is_file():
        raise InputError(NO_WORDS.filled(page=page.name))
    words = PAGE_OF_NUMBERS.sub(rf"[\1](#{ANCHOR})", page.read_text("utf-8"))
    tables = HEADING.sub(r"#\1 ", parameter_tables(lang))
    return f'{words.rstrip()}\n\n<a id="{ANCHOR}"></a>\n\n{tables.rstrip()}'


ANCHOR = "parameters"
NO_WORDS = Text(
    zh="找不到 {page}：只安装了程序，没有文档；请在项目文件夹里运行",
    en="{page} is not there: only the code is installed, without its documents; run this in the project's folder",
)
