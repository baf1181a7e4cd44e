"""How fast the model is, beside others that follow the same rules: a benchmark, never a test."""

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.command import Answer, Command
from experiments.language import in_columns
from experiments.manifest import version_of
from sim.texts import Language, Text

if TYPE_CHECKING:
    from benchmarks.measurement import Measured

PEERS = ("numba", "numpy", "mesa", "scipy")


@dataclass(frozen=True)
class Figure:
    """One thing measured: `key` in JSON; `target` is what the project aims at."""

    key: str
    label: Text
    value: float
    unit: Text
    target: Text | None = None


@dataclass(frozen=True)
class Bench:
    """Everything measured in one run, with the versions that it was measured with."""

    versions: Mapping[str, str]
    figures: Sequence[Figure]

    def report(self, lang: Language) -> str:
        """Return a line for each figure with its unit, and its target where it has one."""
        with_versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        rows = [
            (figure.label.say(lang), _printed(figure.value), figure.unit.say(lang), _target(figure, lang))
            for figure in self.figures
        ]
        return "\n".join([with_versions, RULES.say(lang), "", *in_columns(rows)])

    def as_json(self) -> dict[str, Any]:
        """Return versions and figures as plain data."""
        figures = {one.key: {"value": one.value, "unit": one.unit.en} for one in self.figures}
        return {"versions": dict(self.versions), "figures": figures}


def answer(command: Command) -> Answer:
    """Answer `cogov bench [--quick]`."""
    command.plain_words(0)
    say = (lambda text: None) if command.quiet else _to_stderr(command.lang)
    done = perform(command.quick, say)
    return Answer(done.report(command.lang), done.as_json())


def perform(quick: bool, say: Callable[[Text], None] = lambda text: None) -> Bench:
    """Measure; `quick` takes about a minute, racing 100,000 households instead of a million.

    say: is told what is being measured.
    """
    from benchmarks.measurement import QUICK, Effort, measured

    found = measured(QUICK if quick else Effort(), lambda part: say(PARTS[part]))
    return Bench(_versions(), [*_races(found), *_run(found), *_large(found), *_passes(found)])


def _races(found: "Measured") -> Iterator[Figure]:
    for name in ("kernels", "mesa", "numpy"):
        yield Figure(
            f"disagreement_{name}",
            AGREES.filled(who=NAMES[name]),
            found.disagreement[name],
            SHARE,
            MOST_APART,
        )
    targets = {"mesa": ("150", "300"), "numpy": ("8", "8")}
    for place, (size, times) in enumerate(found.races.items()):
        for name in times.seconds:
            yield Figure(f"{name}_{size}", WEEK.filled(who=NAMES[name], size=f"{size:,}"), times.median(name), NANO)
        for name, least in targets.items():
            ratio = FASTER.filled(who=NAMES[name], size=f"{size:,}")
            yield Figure(
                f"{name}_over_kernels_{size}",
                ratio,
                times.ratio(name, "kernels"),
                TIMES,
                LEAST.filled(value=least[place]),
            )
        if "two_threads" in times.seconds:
            label = THREADS.filled(size=f"{size:,}")
            yield Figure(f"kernels_over_two_threads_{size}", label, times.ratio("kernels", "two_threads"), TIMES)


def _run(found: "Measured") -> Iterator[Figure]:
    run = found.run
    label = RUN.filled(households=f"{run.households:,}", weeks=run.weeks)
    yield Figure("default_run", label, run.total, SECONDS, MOST.filled(value="0.3"))
    for name, seconds in (("built", run.built), ("stepped", run.stepped), ("tables", run.tables)):
        yield Figure(f"default_run_{name}", STAGES[name], seconds, SECONDS)
    yield Figure("bytes_a_household", BYTES, found.bytes_each, BYTE, MOST.filled(value="200"))
    yield Figure("start_help", START_HELP, found.start_up.median("help"), SECONDS, MOST.filled(value="0.4"))
    yield Figure("start_run", START_RUN, found.start_up.median("run"), SECONDS, MOST.filled(value="2.5"))


def _large(found: "Measured") -> Iterator[Figure]:
    large = found.large
    about = {"households": f"{large.households:,}", "weeks": large.weeks}
    yield Figure("large_run", LARGE.filled(**about), large.seconds, SECONDS, MOST.filled(value="5"))
    if large.memory is not None:
        yield Figure("large_run_memory", MEMORY, large.memory, MEBIBYTE, MOST.filled(value="600"))


def _passes(found: "Measured") -> Iterator[Figure]:
    for name in found.passes.seconds:
        yield Figure(f"pass_{name}", PASSES[name], found.passes.median(name), NANO_A_CALL)


def _versions() -> dict[str, str]:
    found = {name: version_of(name) or "-" for name in PEERS}
    return {
        "cogov": version_of("cogov") or "-", "Python": platform.python_version(), **found,
        "CPU": f"{platform.machine()} x {os.cpu_count()}",
    }  # fmt: skip


def _printed(value: float) -> str:
    """Return a number with three significant digits, without an exponent where it is not tiny.

    >>> _printed(174.86), _printed(0.0812), _printed(11715.1), _printed(1.9e-7), _printed(0.0)
    ('175', '0.0812', '11,700', '1.9e-07', '0')
    """
    if value and abs(value) < 1e-3:
        return f"{value:.1e}"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:g}"


def _target(figure: Figure, lang: Language) -> str:
    return figure.target.say(lang) if figure.target else ""


def _to_stderr(lang: Language) -> Callable[[Text], None]:
    return lambda text: print(text.say(lang), file=sys.stderr, flush=True)


SHARE, TIMES = Text(zh="（0–1）", en="(0–1)"), Text(zh="倍", en="times")
NANO = Text(zh="纳秒/户·周", en="ns per household and week")
NANO_A_CALL = Text(zh="纳秒/户", en="ns per household")
SECONDS, BYTE = Text(zh="秒", en="s"), Text(zh="字节/户", en="bytes per household")
MEBIBYTE = Text(zh="MiB", en="MiB")
LEAST, MOST = (
    Text(zh="目标：不低于 {value}", en="target: at least {value}"),
    Text(zh="目标：不高于 {value}", en="target: at most {value}"),
)
MOST_APART = Text(zh="须小于 0.001", en="must stay below 0.001")
NAMES: Mapping[str, Text] = {
    "kernels": Text(zh="本模型", en="our kernels"),
    "mesa": Text(zh="Mesa 主体", en="Mesa agents"),
    "numpy": Text(zh="numpy 向量化", en="vectorised numpy"),
    "two_threads": Text(zh="本模型（两线程）", en="our kernels, two threads"),
}
AGREES = Text(
    zh="{who}：随机数相同时，8 周内各户与基准的最大偏差",
    en="{who}: furthest from the oracle in 8 weeks, same draws",
)
WEEK = Text(zh="{size} 户：{who}", en="{size} households: {who}")
FASTER = Text(zh="{size} 户：比{who}快", en="{size} households: faster than {who}")
THREADS = Text(zh="{size} 户：两线程比单线程快", en="{size} households: two threads against one")
RUN = Text(
    zh="一次默认模拟（{households} 户，{weeks} 周），不含导入和写盘",
    en="a default run ({households} households, {weeks} weeks), without imports and writing",
)
STAGES: Mapping[str, Text] = {
    "built": Text(zh="  其中：建立社区", en="  of which: building"),
    "stepped": Text(zh="  其中：逐周模拟", en="  of which: weeks"),
    "tables": Text(zh="  其中：汇总指标", en="  of which: outcomes"),
}
LARGE = Text(
    zh="{households} 户，{weeks} 周，只算住户，两线程（单独进程）",
    en="{households} households, {weeks} weeks, households alone, two threads, in a process of its own",
)
MEMORY = Text(zh="  该进程最大内存", en="  most memory of that process")
BYTES = Text(zh="每户占用内存", en="memory that a household takes")
START_HELP = Text(zh="命令 cogov --help 的用时", en="the command cogov --help, in all")
START_RUN = Text(
    zh="一次小型模拟（240 户，52 周）的命令用时",
    en="the command of a small run (240 households, 52 weeks), in all",
)
PASSES: Mapping[str, Text] = {
    "live": Text(zh="一步：感知、交谈、问题与发声、汇总满意度", en="one pass: perceive, talk, issues and answers, tally"),
    "pay": Text(zh="一步：缴费（每月）", en="one pass: pay (monthly)"),
    "drift_back": Text(zh="一步：态度回归（每月）", en="one pass: attitudes drift back (monthly)"),
    "distribution": Text(zh="一步：满意度分布", en="one pass: distribution"),
    "survey": Text(zh="一步：官方调查", en="one pass: official survey"),
    "distance": Text(zh="一步：与期望等级的距离", en="one pass: distance of grades"),
}
PARTS: Mapping[str, Text] = {
    "agreement": Text(zh="核对：各种写法是否遵循同样的规则……", en="checking that all follow the same rules ..."),
    "run": Text(zh="测量：默认模拟……", en="measuring: a default run ..."),
    "large": Text(zh="测量：一百万户……", en="measuring: a million households ..."),
    "passes": Text(zh="测量：各步用时……", en="measuring: the passes ..."),
    "race": Text(zh="测量：与 Mesa、numpy 比较……", en="measuring: against Mesa and numpy ..."),
    "start_up": Text(zh="测量：启动用时……", en="measuring: start-up ..."),
}
RULES = Text(
    zh="规则相同：每周感知、交谈、遇到问题并作出反应、汇总满意度，每四周缴费、态度回归一次；各轮交替进行，取中位数。",
    en="Same rules: each week perceive, talk, meet with issues, tally; every fourth pay and drift back. Medians of rounds.",
)
