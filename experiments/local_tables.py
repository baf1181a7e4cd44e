"""What a local rule may say and where each key acts, as a page and as a file to fill in; made from the declarations.

`python -m experiments.local_tables` writes `docs/local_rules.en.md` and `docs/local_rules.zh.md`; nothing in them is
written by hand.
"""

import sys
from collections.abc import Iterator
from json import dumps
from pathlib import Path

from experiments.law_pages import told
from experiments.parameter_tables import DOCS, NOTHING, table
from sim.local_effects import EFFECTS, Effect
from sim.local_rule import KEYS, Key, LocalRule, Said
from sim.texts import LANGUAGES, Language, Text, same


def local_tables(lang: Language) -> str:
    """Return the page in a language: how a rule is used, then a row a key."""
    rows = [(same(f"`{key}`"), about.label, _takes(about), *_nation(about), *_acts(key)) for key, about in KEYS.items()]
    return "\n".join([f"# {TITLE.say(lang)}", "", ABOUT.say(lang), "", *table(HEADS, rows, lang), ""])


def rule_text(base: LocalRule, lang: Language) -> str:
    """Return a file to be edited: every key explained; those that the base does not say, as comments."""
    label = base.label if base.key else NEW
    lines = [
        f"# {EDIT.say(lang)}",
        f"title: {{zh: {_quoted(label.zh)}, en: {_quoted(label.en)}}}",
        f"issued: {base.issued}   # {YEAR.say(lang)}" if base.issued else f"# issued: 2022   # {YEAR.say(lang)}",
        f"{'# ' if base.adapted else ''}adapted: false   # {OLDER.say(lang)}",
        f"# since: 2022-03-01   # {SINCE.say(lang)}",
        f"# until: 2026-12-31   # {UNTIL.say(lang)}",
        "",
    ]
    return "\n".join([*lines, *(line for key in KEYS for line in _key(key, base, lang))])


def _key(key: str, base: LocalRule, lang: Language) -> Iterator[str]:
    about, effect = KEYS[key], EFFECTS[key]
    yield f"# {about.label.say(lang)}: {_takes(about).say(lang)}"
    for head, said in ((IN_A_RUN, effect.run), (IN_A_COUNT, effect.ballot), (None, effect.why)):
        if said is not None:
            yield f"#   {head.say(lang) + ': ' if head else ''}{said.say(lang)}"
    yield _written(key, base.says[key]) if base.speaks(key) else f"# {key}: {_example(about)}"
    yield ""


def _written(key: str, said: Said) -> str:
    dates = {"since": said.since, "until": said.until}
    parts = [f"value: {told(said.value)}", f"zh: {_quoted(said.where.zh)}", f"en: {_quoted(said.where.en)}"]
    parts += [f"certainty: {said.certainty}", *(f"{name}: {day}" for name, day in dates.items() if day)]
    return f"{key}: {{{', '.join(parts)}}}"


def _example(about: Key) -> str:
    if about.national.value is not None:
        return told(about.national.value)
    choices = getattr(about.shape, "choices", None)
    low = getattr(about.shape, "low", None)
    return choices[0] if choices else "1/5" if low is None else str(max(low, 3))


def _quoted(words: str) -> str:
    return dumps(words, ensure_ascii=False)


def _takes(about: Key) -> Text:
    return about.shape.allowed()


def _nation(about: Key) -> tuple[Text]:
    value = about.national.value
    return (same(NOTHING if value is None else told(value)),)


def _acts(key: str) -> tuple[Text, Text]:
    effect: Effect = EFFECTS[key]
    nothing = same(NOTHING)
    run = effect.run or effect.why or nothing
    return run, effect.ballot or nothing


def write(folder: Path = DOCS) -> list[Path]:
    """Write the page in both languages and return where."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for lang in LANGUAGES:
        paths.append(folder / f"local_rules.{lang}.md")
        paths[-1].write_text(local_tables(lang), "utf-8", newline="\n")
    return paths


IN_A_RUN = Text(zh="模拟", en="in a run")
IN_A_COUNT = Text(zh="数票", en="in cogov ballot")
HEADS = (
    Text(zh="键", en="key"),
    Text(zh="内容", en="what"),
    Text(zh="取值", en="takes"),
    Text(zh="国家", en="nation"),
    Text(zh="模拟里（cogov run 等）", en="in a run"),
    Text(zh="数票时（cogov ballot）", en="in `cogov ballot`"),
)
TITLE = Text(zh="地方规定", en="Local rules")
ABOUT = Text(
    zh="本页由程序生成（`python -m experiments.local_tables`），请勿手改。\n\n"
    "`local=hangzhou` 或 `local=my/廊坊.yaml` 让一个地方自己的业主大会规定代替国家规定：`cogov ballot` 数票时用，"
    "`run`、`compare`、`sweep` 等模拟时也用。写法同其他参数一样：命令里写 `local=`，方案文件里写一行 `local: hangzhou`"
    "（文件路径从当前文件夹算起），`cogov sweep local=null,hangzhou,my/廊坊.yaml` 逐个比较，`local=null` 表示只按国家规定。"
    "自带的规定见 `cogov list local_rules`；`cogov new local my/廊坊.yaml` 写一个空白文件，`from=hangzhou` "
    "以杭州的为底稿。\n\n"
    "文件里写了的，代替模型里相应的数，命令里另设的数也让它；没有写的，按国家规定，也就是模型原来的数；"
    "一项也不写，结果同不用 `local=` 完全一样。`since`、`until` "
    "是施行的第一天和最后一天，写在文件开头管全部，写在某一项里只管这一项；不写就从模拟的第一周起适用。"
    "按哪一天的规定，看事情发生那一周的星期一；计票看计票那一天。模拟以周为单位，日数折成周，不足一周按一周算；"
    "以年计的上限不足一周的舍去。措施（如代行）的期限、比例同地方规定都有的，按严的。规定的内容进入每个运行的身份和清单，"
    "文件名不进入身份。"
    "自带的规定多数同模型里的国家数相近：在没有很小的小区、也没有代行的地方，杭州、北京的结果可能同国家规定完全一样。\n\n“–”表示国家没有规定，或者在那里不起作用。",
    en="This page is generated (`python -m experiments.local_tables`); do not edit it.\n\n"
    "`local=hangzhou` or `local=my/langfang.yaml` puts a place's own rules of the owners' assembly before the nation's: in "
    "`cogov ballot`, where votes are counted, and in everything that lives through runs (`run`, `compare`, `sweep` and "
    "so on). "
    "It is a setting like any other: `local=` in a command, a line `local: hangzhou` in a scenario's file (paths start "
    "from the "
    "folder where you are), `cogov sweep local=null,hangzhou,my/langfang.yaml` to compare several; `local=null` is the "
    "nation alone. "
    "`cogov list local_rules` names those that are shipped; `cogov new local my/langfang.yaml` writes a blank file, "
    "`from=hangzhou` one that begins as Hangzhou's.\n\n"
    "What the file says goes before the model's own number, even one set in the command. "
    "What the file does not say stays with the nation, which is the model's own number; a rule that says nothing "
    "changes not a "
    "byte. `since` and `until` are the first and the last day in force: at the top of the file for all of it, within a "
    "key for "
    "that key; without them a rule holds from the first week of a run. What happens in a week is judged by the rule of its "
    "Monday, a count by the rule of its day. A run goes by weeks: days are rounded up to weeks, most years down. Where "
    "a measure "
    "sets a limit too, as on substitution, the stricter one holds. What a rule says is part of a cell's identity and of the "
    "manifest; the name of its file is no part of the identity."
    " Most of what is shipped is near the nation's numbers in the model: without small estates or substitution, runs by "
    "Hangzhou's or Beijing's rule may equal those by the nation's.\n\n"
    "'–': the nation has no rule, or it does nothing there.",
)
NEW = Text(zh="我们的地方规定", en="our local rule")
EDIT = Text(
    zh="改好后：cogov run local=这个文件。行首的 # 表示没有写，按国家规定。",
    en="When edited: cogov run local=THIS_FILE. A line that begins with # is not said: there the nation's rule holds.",
)
YEAR = Text(zh="文本年份", en="year of the text")
OLDER = Text(
    zh="文本早于民法典、又没有按它修改的，去掉行首的 #",
    en="for a text that is older than the Civil Code and was not adapted to it, take the # away",
)
SINCE = Text(zh="施行的第一天", en="first day in force")
UNTIL = Text(zh="施行的最后一天", en="last day in force")

if __name__ == "__main__":
    for path in write(*map(Path, sys.argv[1:2])):
        print(path)
