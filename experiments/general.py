"""What every command takes besides a scenario's rules: horizon, chance, computing, where results go."""

from dataclasses import dataclass

from scenarios.scenario import START, WEEKS
from sim.parts import number
from sim.texts import Text

COMPUTING = Text(zh="个", en="at once")
CHOICE = Text(zh="选项", en="choice")
BY_OUTCOME = Text(
    zh="大于 0 的数（真实满意度的分数），或 {true_satisfaction: 1, collection_rate: 2}",
    en="a number above 0 (points of true satisfaction), or {true_satisfaction: 1, collection_rate: 2}",
)
BY_THE_USER = "assumed: a choice of the user"


@dataclass(frozen=True)
class General:
    """The settings of a command, with their defaults; `start`, `weeks` and `local` may stand in a scenario too."""

    start: str = number(
        START.isoformat(),
        zh="开始日期",
        en="first day",
        unit=Text(zh="星期一", en="a Monday"),
        source=BY_THE_USER,
    )
    weeks: int = number(
        WEEKS,
        low=1,
        high=2600,
        unit="weeks",
        zh="模拟周数",
        en="weeks of a run",
        source=BY_THE_USER,
    )
    local: str | None = number(
        None,
        zh="地方规定（业主大会）",
        en="local rule of the owners' assembly",
        unit=Text(
            zh="地方规定的名称，或自己的 .yaml 文件；null 表示只按国家规定",
            en="the name of a local rule, or a .yaml file of your own; null for the nation's rules alone",
        ),
        source=BY_THE_USER,
    )
    seed: int = number(
        1,
        low=0,
        high=2**32 - 1,
        unit=Text(zh="整数", en="a whole number"),
        zh="随机种子",
        en="seed",
        source=BY_THE_USER,
    )
    replicates: int = number(
        30,
        low=1,
        high=100_000,
        unit=Text(zh="对", en="pairs"),
        zh="重复次数",
        en="replicates",
        source=BY_THE_USER,
    )
    margin: float | None = number(
        None,
        unit=BY_OUTCOME,
        zh="多大的差异算相当",
        en="difference that does not matter",
        source=BY_THE_USER,
    )
    precision: float | None = number(
        None,
        unit=BY_OUTCOME,
        zh="差异要精确到",
        en="half width of the interval wanted",
        source=BY_THE_USER,
    )
    most: int = number(
        400,
        low=2,
        high=100_000,
        unit=Text(zh="对", en="pairs"),
        zh="为达到精度最多重复",
        en="replicates at most for it",
        source=BY_THE_USER,
    )
    threads: int = number(
        1,
        low=1,
        high=256,
        unit=COMPUTING,
        zh="每次模拟的线程数",
        en="threads within a run",
        source=BY_THE_USER,
    )
    events: str | None = number(
        None,
        choices=("all", "decisions", "none"),
        unit=CHOICE,
        zh="保存哪些事件",
        en="events kept",
        source=BY_THE_USER,
    )
    resume: bool = number(
        False,
        choices=("true", "false"),
        unit=CHOICE,
        zh="接着做",
        en="go on with what is there",
        source=BY_THE_USER,
    )
    figures: str | None = number(
        None,
        choices=("first", "all", "none"),
        unit=CHOICE,
        zh="画哪些图（first：本语言的 png）",
        en="figures drawn (first: png in your language)",
        source=BY_THE_USER,
    )
    drift: str = number(
        "refuse",
        choices=("refuse", "allow"),
        unit=CHOICE,
        zh="接着做时模型源码已变",
        en="going on when the model's sources have changed",
        source=BY_THE_USER,
    )
    output: str | None = number(
        None,
        unit=Text(zh="文件夹", en="a folder"),
        zh="结果文件夹",
        en="folder of results",
        source=BY_THE_USER,
    )


@dataclass(frozen=True)
class Spread:
    """How runs are spread over processes: one after the other, or by so many workers (null: one a core)."""

    kind: str = number(
        "processes",
        choices=("serial", "processes", "dask"),
        unit=CHOICE,
        zh="计算方式",
        en="how runs are spread",
        source=BY_THE_USER,
    )
    workers: int | None = number(
        None,
        low=1,
        high=1024,
        unit=COMPUTING,
        zh="同时工作的进程数",
        en="processes at work",
        source=BY_THE_USER,
    )
    address: str | None = number(
        None,
        unit=Text(zh="地址，如 tcp://head:8786", en="an address such as tcp://head:8786"),
        zh="已在运行的 Dask 集群",
        en="a Dask cluster that is running",
        source=BY_THE_USER,
    )


OF_A_SCENARIO = ("start", "weeks", "local")
