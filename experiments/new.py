"""`cogov new`: a commented file of a scenario to edit, or an empty table of estates."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from json import dumps
from pathlib import Path
from typing import Any

from experiments.command import Answer, Command
from experiments.configuration import BASE
from experiments.library import ENDINGS, Library, rules
from experiments.names import POLICY_KEYS, STORY, is_whole
from experiments.pages import shown
from experiments.scenario_file import ScenarioFile, flat
from experiments.values import range_of
from sim.errors import InputError
from sim.local_rule import NATION
from sim.parts import numbers_of, parts
from sim.texts import Language, Text, same

ESTATES, SCENARIO, LOCAL, FROM = "estates", "scenario", "local", "from="


def answer(command: Command) -> Answer:
    """Write the file that is asked for; nothing is overwritten.

    Raises:
        InputError: no file is named, it exists, it cannot be written, or has an ending of another kind.
    """
    words = [word for word in command.words if not word.startswith(FROM)]
    bases = [word.removeprefix(FROM) for word in command.words if word.startswith(FROM)]
    kind = words.pop(0) if words and words[0] in HINTS else SCENARIO
    if len(words) != 1 or len(bases) > 1 or (kind == ESTATES and bases):
        raise InputError(USAGE, attempt="cogov new my.yaml from=cross_serving")
    path = Path(words[0])
    write = {ESTATES: _write_estates, LOCAL: _write_local, SCENARIO: _write_scenario}[kind]
    write(path, bases[0] if bases else "", command)
    return Answer(HINTS[kind].say(command.lang, file=str(path)), {"file": str(path)})


def scenario_text(file: ScenarioFile, library: Library, lang: Language) -> str:
    """Return a scenario's file with every measure and lever explained; those not in force as comments."""
    whole = rules(file, library)
    return "\n".join(
        [
            f"# {EXPLAINED.say(lang)}",
            "defaults:",
            f"  - /place: {file.place}   # {', '.join(parts('place'))}",
            "  - /policy: status_quo   # " + POLICY.say(lang),
            "  - _self_",
            "",
            *_story(file),
            "",
            *(line for key in parts("measure") for line in _measure(key, whole.get(key), lang)),
            *_local(whole, lang),
            *_others(whole),
            "",
        ]
    )


def _write_scenario(path: Path, base: str, command: Command) -> None:
    _require_ending(path, f"cogov new {path}.yaml")
    _write_new(path, scenario_text(command.library.scenario(base or BASE), command.library, command.lang))


def _write_local(path: Path, base: str, command: Command) -> None:
    from experiments.local_rules import local_rule
    from experiments.local_tables import rule_text

    _require_ending(path, f"cogov new local {path}.yaml")
    _write_new(path, rule_text(local_rule(base) if base else NATION, command.lang))


def _require_ending(path: Path, attempt: str) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise InputError(ENDING.filled(file=path), allowed=same(", ".join(ENDINGS)), attempt=attempt)


def _write_estates(path: Path, base: str, command: Command) -> None:
    from scenarios.estate_template import write_template

    write_template(path, command.lang)


def _write_new(path: Path, text: str) -> None:
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(EXISTS.filled(file=path)) from error
    except OSError as error:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise InputError(UNWRITABLE.filled(file=path, reason=error.strerror)) from error


def _story(file: ScenarioFile) -> Iterator[str]:
    for key in STORY:
        text = getattr(file.story, key)
        yield f"{key}:"
        yield f"  zh: {dumps(text.zh, ensure_ascii=False)}"
        yield f"  en: {dumps(text.en, ensure_ascii=False)}"


def _measure(key: str, values: Mapping[str, Any] | None, lang: Language) -> Iterator[str]:
    cls = parts("measure")[key]
    mark, values = ("# ", {}) if values is None else ("", values)
    yield f"{mark}{key}:   # {cls.label.say(lang)}"
    for name, example in zip(POLICY_KEYS, EXAMPLES, strict=True):
        is_set = values.get(name) is not None
        written = _written(values[name]) if is_set else example
        yield f"{mark if is_set else '# '}  {name}: {written}   # {WHEN[name].say(lang)}"
    for name, about in numbers_of(cls).items():
        value, bounds = shown(values.get(name, about.suggested)), range_of(about, is_whole(cls, name))
        yield f"{mark}  {name}: {value}   # {about.label.say(lang)}; {bounds.say(lang)}"
    yield ""


def _local(whole: Mapping[str, Any], lang: Language) -> Iterator[str]:
    if whole.get("local") is None:
        yield f"# local: hangzhou   # {RULE.say(lang)}"


def _others(whole: Mapping[str, Any]) -> Iterator[str]:
    for key, value in whole.items():
        if key not in parts("measure"):
            inner = [(name.partition(".")[2], item) for name, item in flat({key: value})]
            yield f"{key}:" if isinstance(value, Mapping) else f"{key}: {shown(value)}"
            yield from (f"  {name}: {_written(item)}" for name, item in inner if name)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return dumps(value, ensure_ascii=False) if isinstance(value, str) else shown(value)


EXAMPLES = ("2018-07-02", "2021-01-04", "[work_unit,resettlement]")
WHEN: Mapping[str, Text] = {
    "since": Text(zh="从哪天起；不写则一开始就生效", en="from which day; from the start where it is left out"),
    "until": Text(zh="到哪天止；不写则不停止", en="until which day; for ever where it is left out"),
    "where": Text(zh="哪些小区或类型；不写则全部", en="which estates or archetypes; all where it is left out"),
}
EXPLAINED = Text(
    zh="改好后：cogov check 这个文件。行首的 # 表示不起作用。随时间变化的值写成 {2018-07-02: 0.2, 2019-07-01: 0.4}。",
    en="When edited: cogov check THIS_FILE. A line that begins with # has no effect. "
    "Values by date: {2018-07-02: 0.2, 2019-07-01: 0.4}.",
)
POLICY = Text(zh="措施都写在下面", en="the measures are written out below")
RULE = Text(
    zh="业主大会的地方规定：cogov list local_rules，或自己的 .yaml 文件",
    en="local rule of the owners' assembly: cogov list local_rules, or a .yaml file of your own",
)
USAGE = Text(
    zh="new 要一个文件名：new 文件.yaml from=方案，new local 文件.yaml from=hangzhou，或 new estates 文件.xlsx",
    en="new takes one file: new FILE.yaml from=SCENARIO, new local FILE.yaml from=hangzhou, or new estates FILE.xlsx",
)
ENDING = Text(zh="{file} 的结尾不对", en="{file} has another ending than it should")
EXISTS = Text(
    zh="{file} 已经存在，没有改动；请换一个名字",
    en="{file} exists and was left as it is; choose another name",
)
UNWRITABLE = Text(zh="写不了 {file}（{reason}）", en="cannot write {file} ({reason})")
EDIT = Text(zh="写好了 {file}。改过以后：cogov check {file}", en="{file} is written. When edited: cogov check {file}")
FILL = Text(
    zh="写好了 {file}。填好以后：cogov check {file}",
    en="{file} is written. When filled in: cogov check {file}",
)
RUN = Text(
    zh="写好了 {file}。改过以后：cogov check {file}，再 cogov run local={file}",
    en="{file} is written. When edited: cogov check {file}, then cogov run local={file}",
)
HINTS: Mapping[str, Text] = {ESTATES: FILL, SCENARIO: EDIT, LOCAL: RUN}
