"""A user's YAML file, read with the line of every key, so that an error can name it.

The plain subset that Hydra reads too: dates stay text, `1e-3` is a number, `yes` and `on` are words, each key
stands once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from scenarios.decoding import decoded
from sim.errors import InputError
from sim.texts import Text


class Plain(yaml.SafeLoader):  # type: ignore[misc]
    """Reads numbers, true, false and null; every other word is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "null|Null|NULL|~|", "nN~"),
    ("int", "[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Plain.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"({pattern})$"), [*first])
Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("$"), [""])


@dataclass(frozen=True)
class Document:
    """What a file says.  lines: by dotted key, counted from 1."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def where(self, key: str) -> Text:
        """Say in which line of which file a key stands; one that is not written, where its parent does."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return LINE.filled(file=self.path, line=self.lines.get(key, 1))


def read(path: Path) -> Document:
    """Read a file of keys and values.

    Raises:
        InputError: it cannot be read, is no YAML, is no list of keys, or has a key twice.
    """
    try:
        text = decoded(str(path), path.read_bytes())
    except OSError as error:
        raise InputError(UNREADABLE.filled(file=path, reason=error.strerror)) from error
    loader = Plain(text)
    try:
        node = loader.get_single_node()
        lines: dict[str, int] = {}
        values = _value(loader, node, "", lines) if node else {}
    except (yaml.YAMLError, RecursionError) as error:
        raise _malformed(path, error) from error
    if not isinstance(values, dict):
        raise InputError(NO_KEYS.filled(file=path), allowed=FORM)
    return Document(path, values, lines)


def word(text: str) -> Any:
    """Return the value that a word of the command line stands for.

    >>> word("0.4"), word("null"), word("2018-07-02"), word("[a, b]"), word("{2018-01-01: 0.2}")
    (0.4, None, '2018-07-02', ['a', 'b'], {'2018-01-01': 0.2})
    """
    loader = Plain(text if text.startswith(("[", "{")) else "")
    if text and not text.startswith(("[", "{")):
        tag = loader.resolve(yaml.ScalarNode, text, (True, False))
        return loader.construct_object(yaml.ScalarNode(tag, text))
    try:
        node = loader.get_single_node()
        return _value(loader, node, "", {}) if node else text
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(UNPARSED.filled(text=text), allowed=BRACKETS) from error


def _value(loader: Plain, node: Any, key: str, lines: dict[str, int]) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, f"{key}.{index}", lines) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    values: dict[str, Any] = {}
    for name, item in node.value:
        inner = f"{key}.{name.value}" if key else str(name.value)
        if inner in lines or str(name.value) in values:
            raise yaml.MarkedYAMLError(problem=f"{name.value!r} twice", problem_mark=name.start_mark)
        lines[inner] = name.start_mark.line + 1
        values[str(name.value)] = _value(loader, item, inner, lines)
    return values


def _malformed(path: Path, error: Exception) -> InputError:
    mark = getattr(error, "problem_mark", None)
    where = LINE.filled(file=path, line=mark.line + 1 if mark else 1)
    problem = getattr(error, "problem", None) or type(error).__name__
    return InputError(MALFORMED.filled(file=path, problem=problem), where, FORM)


LINE = Text(zh="{file} 第 {line} 行", en="{file}, line {line}")
UNREADABLE = Text(zh="读不了 {file}（{reason}）", en="cannot read {file} ({reason})")
NO_KEYS = Text(zh="{file} 里没有“键: 值”", en="{file} holds no 'key: value'")
MALFORMED = Text(zh="{file} 的 YAML 写法有误（{problem}）", en="{file} is no valid YAML ({problem})")
UNPARSED = Text(zh="看不懂 {text}", en="{text} cannot be understood")
BRACKETS = Text(
    zh="[甲,乙]，或 {2018-01-01: 0.2, 2019-07-01: 0.4}；整个词用引号括起来",
    en="[a,b], or {2018-01-01: 0.2, 2019-07-01: 0.4}; quote the whole word",
)
FORM = Text(
    zh="每行“键: 值”，用半角冒号加一个空格；下级用空格缩进，不用制表符；每个键只写一次",
    en="'key: value' on each line, a colon and a blank; indent with blanks, not tabs; each key once",
)
