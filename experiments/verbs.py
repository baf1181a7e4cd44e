"""The verbs of the command line: what each does, how it is typed, and the module that answers it."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from experiments.command import Answer, Command
from experiments.general import General
from experiments.language import in_columns
from experiments.library import Library
from experiments.names import is_whole
from experiments.pages import shown
from experiments.values import range_of
from sim.parts import default_of, numbers_of, parts
from sim.texts import Language, Text


@dataclass(frozen=True)
class Verb:
    """One verb.  module: answers it with its `answer`.  usage: what follows the verb.

    options: flags of its own that take a value; it is handed each as the word `name=value`.  details: the module
    whose `details` adds lines to its help.
    """

    key: str
    module: str
    does: Text
    usage: str
    example: str
    settings: bool = False
    options: tuple[str, ...] = ()
    details: str = ""

    @property
    def works(self) -> bool:
        """Say whether its module is there."""
        return importlib.util.find_spec(self.module) is not None

    def answer(self, command: Command) -> Answer:
        """Answer a command."""
        module: Any = importlib.import_module(self.module)
        answer: Callable[[Command], Answer] = module.answer
        return answer(command)

    def help(self, lang: Language, library: Library) -> str:
        """Return what can be typed after the verb, with an example."""
        lines = [
            f"cogov {self.key} {self.usage}",
            f"  {self.does.say(lang)}",
            "",
            EXAMPLE.say(lang, example=self.example),
        ]
        more = _choices(lang, library) if self.settings else self._details(lang)
        return "\n".join([*lines, *more, "", *flags(lang)])

    def _details(self, lang: Language) -> list[str]:
        if not self.details:
            return []
        module: Any = importlib.import_module(self.details)
        return ["", *module.details(lang)]


def _choices(lang: Language, library: Library) -> list[str]:
    rows = [
        ("scenario", ", ".join(library.scenarios)),
        ("place", ", ".join(parts("place"))),
        ("policy", ", ".join(library.policies)),
        ("executor", "processes, serial, dask"),
    ]
    numbers = [
        (f"{name}={shown(default_of(General, name))}", about.label.say(lang), _range(name, lang))
        for name, about in numbers_of(General).items()
    ]
    measures = [
        (f"{key}.{name}=", about.label.say(lang))
        for key, cls in parts("measure").items()
        for name, about in numbers_of(cls).items()
    ]
    measures += [("MEASURE.since= .until= .where=", WHEN.say(lang))]
    heads = [CHOICES.say(lang), SETTINGS.say(lang), LEVERS.say(lang)]
    return [
        "",
        heads[0],
        *in_columns(rows),
        "",
        heads[1],
        *in_columns(numbers),
        "",
        heads[2],
        *in_columns(measures),
    ]


def _range(name: str, lang: Language) -> str:
    return range_of(numbers_of(General)[name], is_whole(General, name)).say(lang)


def flags(lang: Language) -> list[str]:
    """Return the lines that explain the flags, which may stand anywhere."""
    return [FLAGS.say(lang), *in_columns((flag, does.say(lang)) for flag, does in FLAG_TEXTS.items())]


def overview(lang: Language) -> str:
    """Return the help without a verb."""
    rows = [(verb.key, verb.does.say(lang)) for verb in working().values()]
    return "\n".join(
        [
            ABOUT.say(lang),
            "",
            "cogov VERB [words] [key=value ...]",
            "",
            *in_columns(rows),
            "",
            *flags(lang),
            "",
            FIRST.say(lang),
        ]
    )


def working() -> Mapping[str, Verb]:
    """Return the verbs that work."""
    return {key: verb for key, verb in VERBS.items() if verb.works}


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        verb.key: verb
        for verb in (
            Verb(
                "list",
                "experiments.listing",
                Text(
                    zh="列出有什么：方案、措施、地方、结果指标等",
                    en="list what there is: scenarios, measures, places, outcomes, ...",
                ),
                "[scenarios|policies|measures|places|archetypes|outcomes|mechanisms|agents|figures|laws|"
                "residents_committee_laws|local_rules|general]",
                "cogov list measures",
            ),
            Verb(
                "show",
                "experiments.showing",
                Text(
                    zh="看其中一项：问题、条款、数值、范围、来源",
                    en="show one of them: question, clauses, numbers, ranges, sources",
                ),
                "NAME",
                "cogov show cross_serving",
            ),
            Verb(
                "new",
                "experiments.new",
                Text(
                    zh="写一个可以改的方案文件，或一张空的小区表",
                    en="write a scenario's file to edit, or an empty table of estates",
                ),
                "FILE.yaml [from=SCENARIO] | estates FILE.xlsx",
                "cogov new my.yaml from=cross_serving",
            ),
            Verb(
                "check",
                "experiments.checking",
                Text(
                    zh="检查方案或小区表，说明各项设定和所需时间",
                    en="check a scenario or a table: what it comes to, how long it takes",
                ),
                "NAME|FILE [key=value ...]",
                "cogov check cross_serving weeks=104",
                settings=True,
            ),
            Verb(
                "run",
                "experiments.running",
                Text(
                    zh="模拟一个方案一次；加 -m 逐个试几组值",
                    en="live through one scenario once; with -m through every combination of values",
                ),
                "SCENARIO [key=value ...]",
                "cogov run cross_serving weeks=52 seed=3",
                settings=True,
            ),
            Verb(
                "compare",
                "experiments.running",
                Text(
                    zh="用同一组随机数比较几个方案，第一个作对照",
                    en="compare scenarios on common random numbers, the first being the base",
                ),
                "BASE SCENARIO ... [key=value ...]",
                "cogov compare status_quo cross_serving weeks=52 replicates=4",
                settings=True,
            ),
            Verb(
                "effects",
                "experiments.effect_table",
                Text(
                    zh="一次比较的全部结果：两种区间、效应量、配对省了多少",
                    en="all outcomes of a comparison: both intervals, effect size, what pairing saved",
                ),
                "FOLDER",
                "cogov effects results/compare/status_quo_vs_cross_serving",
            ),
            Verb(
                "ablate",
                "experiments.ablation",
                Text(
                    zh="拆开一套措施：每项各起多少作用；效果经过哪些机制",
                    en="take a package apart: what each measure contributes, which mechanism carries it",
                ),
                "SCENARIO [by=measures|levers|mechanisms] [off=a.b,c.d] [at=FOLDER:DRAW] [key=value ...]",
                "cogov ablate cross_serving_with_joint_meeting weeks=52 replicates=2",
                settings=True,
            ),
            Verb(
                "sweep",
                "experiments.sweep",
                Text(
                    zh="按设计跑许多次：取几个值、重复若干次，可随时中断和接着做",
                    en="run many cells of a design, each many times; can be stopped and goes on at any time",
                ),
                "[SCENARIO ...] [key=a,b] [key='range(0,1,0.1)'] [design=grid] [replicates=30] [key=value ...] | "
                "resume=FOLDER [replicates=N]",
                "cogov sweep cross_serving joint_meeting.interval_weeks=4,8 weeks=52 replicates=2",
                settings=True,
            ),
            Verb(
                "status",
                "experiments.status",
                Text(
                    zh="看一个实验进行到哪里：等待、运行中、完成、失败",
                    en="how far an experiment is: waiting, running, done, failed",
                ),
                "FOLDER",
                "cogov status results/compare/status_quo_vs_cross_serving",
            ),
            Verb(
                "verify",
                "experiments.verify",
                Text(
                    zh="随机抽一次运行重做一遍，逐字节核对",
                    en="run a cell again, drawn at random, and compare bytes",
                ),
                "FOLDER [--cell N]",
                "cogov verify results/compare/status_quo_vs_cross_serving",
                options=("cell",),
            ),
            Verb(
                "figures",
                "experiments.redrawing",
                Text(
                    zh="只凭结果文件夹重做各表各图，两种语言",
                    en="make every table and figure again from the folder alone, in both languages",
                ),
                "FOLDER [figure=NAME,...] [format=png,svg,pdf]",
                "cogov figures results/compare/status_quo_vs_cross_serving figure=effects format=svg",
            ),
            Verb(
                "search",
                "experiments.search",
                Text(
                    zh="在不确定的数里试探：一个方案什么时候好、什么时候坏",
                    en="search the uncertain numbers: when a scenario helps, when it hurts",
                ),
                "scenario=NAME [base=status_quo] [draws=40] [replicates=2] [confirm=30] [numbers=a.b,c.d] "
                "[off=a.b] [key=value ...]",
                "cogov search scenario=joint_meeting weeks=52 draws=4 replicates=1 confirm=4",
                settings=True,
            ),
            Verb(
                "patterns",
                "experiments.patterns",
                Text(
                    zh="检验模型是否再现实际中的规律",
                    en="check whether the model reproduces what is seen in life",
                ),
                "[replicates=30] [key=value ...]",
                "cogov patterns weeks=52 replicates=2",
                settings=True,
            ),
            Verb(
                "clauses",
                "experiments.clause_ledger",
                Text(
                    zh="指导意见逐条：要求什么，模型里由什么承担，还缺什么",
                    en="the policy clause by clause: what it asks, what carries it, what is missing",
                ),
                "[ID]",
                "cogov clauses 3.1h",
            ),
            Verb(
                "odd",
                "experiments.odd",
                Text(
                    zh="打印模型说明（ODD+D），参数表由代码生成",
                    en="print the description of the model (ODD+D) with its parameter tables",
                ),
                "",
                "cogov odd --lang en",
            ),
            Verb(
                "explain",
                "experiments.explanation",
                Text(
                    zh="差别从哪里来：沿途哪些事多了、少了；一户或一件纠纷的来龙去脉",
                    en="where a difference came from; how one household or one case fared",
                ),
                "FOLDER [--scenario NAME] [--estate NAME] | FOLDER --household N | --case N [--cell N]",
                "cogov explain results/compare/status_quo_vs_cross_serving",
                options=("scenario", "estate", "household", "case", "cell"),
            ),
            Verb(
                "ballot",
                "experiments.ballot",
                Text(
                    zh="按法律数一份真实的表决名册，逐步写明条文；或画出法律的作用",
                    en="count a real register of votes under the law, each step with its article; or draw what the law does",
                ),
                "file=REGISTER.csv regime=LAW|counted=DATE category=MATTER [local=PLACE|FILE.yaml] [silence=...] "
                "[buildings=3,4] [seats=N] [seed=1] [notice_days=N] [faults=...] | "
                "figure=pass_probability|boycott [output=FOLDER] [owners=300]",
                "cogov ballot file=docs/example_register.csv regime=civil_code_2021 category=replace_provider",
                details="experiments.ballot_help",
            ),
            Verb(
                "bench",
                "experiments.bench",
                Text(zh="测量模型有多快", en="measure how fast the model is"),
                "[--quick]",
                "cogov bench --quick",
            ),
        )
    }
)
FLAG_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "--lang zh|en": Text(zh="语言；默认随系统", en="language; the system's unless given"),
        "--json": Text(zh="标准输出只有一个 JSON 对象", en="stdout is exactly one JSON object"),
        "--quiet": Text(zh="不显示进度和提示", en="no progress, no hints"),
        "--scenarios FOLDER": Text(zh="自己的方案文件夹", en="a folder of your own scenarios"),
        "-m": Text(
            zh="run：逐个试几组值，如 seed='range(0,3)'",
            en="run: every combination of values, such as seed='range(0,3)'",
        ),
        "--quick": Text(zh="bench：少测一些，约一分钟", en="bench: measure less, in about a minute"),
        "--help, --version": Text(zh="帮助；版本", en="help; version"),
    }
)
ABOUT = Text(
    zh="CoGov 共治：比较社区治理规则的多主体模拟",
    en="CoGov: a multi-agent simulator that compares rules of community governance",
)
FIRST = Text(
    zh="先试：cogov list，再 cogov show cross_serving",
    en="try first: cogov list, then cogov show cross_serving",
)
EXAMPLE = Text(zh="例：{example}", en="example: {example}")
CHOICES = Text(zh="可选", en="choices")
SETTINGS = Text(zh="设置（key=默认值）", en="settings (key=default)")
LEVERS = Text(
    zh="措施的参数；其余数值见 cogov list、cogov show",
    en="levers of measures; other numbers: cogov list, cogov show",
)
WHEN = Text(zh="何时、何处生效", en="when and where it is in force")
FLAGS = Text(zh="开关（可放在任何位置）", en="flags (anywhere)")
