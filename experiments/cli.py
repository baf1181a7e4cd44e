"""The command line: flags, the verb's answer, exit codes.  `cogov VERB [words] [key=value ...]`."""

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from typing import NoReturn

from experiments.command import BAD_INPUT, INTERRUPTED, Answer, Command, folder_of
from experiments.language import language
from experiments.library import Library
from experiments.verbs import overview, working
from sim.errors import InputError, Interrupted, nearest
from sim.texts import LANGUAGES, Language, Text, same

FAULT = 70
FLAGS = ("--lang", "--json", "--quiet", "--scenarios", "--help", "--version", "--multirun", "--quick")


class Flags(argparse.ArgumentParser):
    """Reads flags wherever they stand, and says what is wrong with them as for any other input."""

    def error(self, message: str) -> NoReturn:
        """Refuse a flag."""
        raise InputError(FLAG.filled(message=message), allowed=same(", ".join(FLAGS)), attempt="cogov --help")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words of the command line say and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console's code page may lack a character
    given = sys.argv[1:] if words is None else list(words)
    try:
        return answered(given)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def answered(words: Sequence[str]) -> int:
    """Answer the words, on stdout what was asked for, on stderr all else."""
    lang, is_json = _language_in(words), "--json" in words
    try:
        command, text = understood(words)
        if text is not None:
            print(text)
            return 0
        return printed(working()[command.verb].answer(command), command)
    except InputError as error:
        return _refused(error.say(lang), BAD_INPUT, is_json)
    except Interrupted as stop:
        words_left = GO_ON.say(lang, reason=stop.reason, command=same(stop.command))
        return _refused(words_left, INTERRUPTED, is_json)
    except KeyboardInterrupt:
        return _refused(STOPPED.say(lang), INTERRUPTED, is_json)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("COGOV_DEBUG"):
            traceback.print_exc()
        return _refused(BUG.say(lang, error=f"{type(error).__name__}: {error}"), FAULT, is_json)


def understood(words: Sequence[str]) -> tuple[Command, str | None]:
    """Return the command, or the text that answers it already: help, version.

    Raises:
        InputError: a flag or the verb is unknown.
    """
    options, plain = _flags(words)
    command = Command("", (), options.lang or language(), options.json, options.quiet, options.multirun, options.quick)
    if options.version:
        return command, _version()
    if not plain:
        return command, overview(command.lang)
    verb, *rest = plain
    if verb not in working():
        raise InputError(
            NO_VERB.filled(verb=verb),
            allowed=same(", ".join(working())),
            nearest=nearest(verb, working()),
            attempt="cogov --help",
        )
    library = Library(folder_of(options.scenarios) if options.scenarios else None)
    command = replace(command, verb=verb, words=tuple(rest), library=library)
    _require_verb(command)
    return command, working()[verb].help(command.lang, library) if options.help else None


def printed(answer: Answer, command: Command) -> int:
    """Print an answer and return its status."""
    if answer.hint and not command.quiet:
        print(answer.hint, file=sys.stderr)
    print(_dumped(answer.data) if command.json else answer.text, flush=True)
    return answer.status


def _flags(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = Flags("cogov", add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--scenarios", metavar="FOLDER")
    for flag in ("--json", "--quiet", "--version", "--quick"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("--multirun", "-m", action="store_true")
    narrowing = sorted({name for verb in working().values() for name in verb.options})
    for name in narrowing:
        parser.add_argument(f"--{name}")
    options, plain = parser.parse_known_args(words)
    known = (*FLAGS, *(f"--{name}" for name in narrowing))
    for word in plain:
        if word.startswith("-"):
            raise InputError(NO_FLAG.filled(flag=word), allowed=same(", ".join(known)), nearest=nearest(word, known))
    given = {name: value for name, value in vars(options).items() if name in narrowing and value is not None}
    return options, [*plain, *(f"{name}={value}" for name, value in given.items())]


def _require_verb(command: Command) -> None:
    for given, flag, verb, attempt in (
        (command.several, "-m", "run", "cogov run -m seed='range(0,3)'"),
        (command.quick, "--quick", "bench", "cogov bench --quick"),
    ):
        if given and command.verb != verb:
            raise InputError(GOES_WITH.filled(flag=flag, other=verb, verb=command.verb), attempt=attempt)


def _language_in(words: Sequence[str]) -> Language:
    """Return the language in which a wrong flag is told: the one asked for, as far as it can be read."""
    for flag, value in zip_longest(words, words[1:]):
        for lang in LANGUAGES:
            if flag == f"--lang={lang}" or (flag == "--lang" and value == lang):
                return lang
    return language()


def _refused(words: str, status: int, is_json: bool) -> int:
    print(words, file=sys.stderr)
    if is_json:
        print(_dumped({"error": words, "status": status}))
    return status


def _dumped(data: object) -> str:
    encoding = (sys.stdout.encoding or "").lower()
    return json.dumps(data, ensure_ascii=not encoding.startswith("utf"), allow_nan=False, default=str)


def _version() -> str:
    try:
        return f"cogov {version('cogov')}"
    except PackageNotFoundError:
        return "cogov"


FLAG = Text(zh="开关有误：{message}", en="a flag is wrong: {message}")
NO_FLAG = Text(zh="没有名为 {flag} 的开关", en="there is no flag called {flag}")
NO_VERB = Text(zh="没有名为 {verb} 的命令", en="there is no verb called {verb}")
GOES_WITH = Text(zh="{flag} 只用于 {other}，不用于 {verb}", en="{flag} goes with {other}, not with {verb}")
GO_ON = Text(zh="{reason}\n接着做：{command}", en="{reason}\nto go on: {command}")
STOPPED = Text(zh="已停止。", en="stopped.")
BUG = Text(
    zh="CoGov 自身出错，不是输入的问题：{error}\n设 COGOV_DEBUG=1 再运行一次，可看到详细经过。",
    en="this is a fault in CoGov, not in your input: {error}\nset COGOV_DEBUG=1 and run it again for more.",
)

if __name__ == "__main__":
    sys.exit(main())
