"""What is wrong with the runs of an experiment: what was lost, runs that degenerated, states at a bound.

An `error` says that a result must not be used as it stands, a `warning` that it should be looked at first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from experiments.health import STATES, UNJUDGED
from experiments.measure_evidence import NONE, TOGETHER, UNSEEN, Evidence
from sim.parts import parts
from sim.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

Level = Literal["error", "warning"]
MOST_AT_A_BOUND = 0.1
CEILING = 0.9
ROUNDING = 1e-6
NO_SPREAD = 0.005
MOST_GROWTH = 1.25
MOST_NAMED = 5


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the runs of one scenario; item: the number of the report that says so."""

    level: Level
    scenario: str
    item: str
    text: Text


def problems(scenario: str, health: "DataFrame") -> Iterator[Problem]:
    """Yield what is wrong with the runs of one scenario.

    health: one row a run, indexed by seed; columns are the items of `experiments.health`.
    """
    for item, text in LOST.items():
        yield from _named("error", scenario, item, text, health[item].abs() > ROUNDING)
    for (item, level), (text, degenerate) in DEGENERATE.items():
        if item in health:
            yield from _named(level, scenario, item, text, degenerate(health))
    for state in STATES:
        yield from _saturated(scenario, state, health)
    yield from _backlog(scenario, health)


def _named(level: Level, scenario: str, item: str, text: Text, found: Any) -> Iterator[Problem]:
    """Yield a problem that some runs have, with their seeds."""
    seeds = [str(seed) for seed, has in found.items() if has]
    if seeds:
        some = ", ".join(seeds[:MOST_NAMED]) + (" ..." if len(seeds) > MOST_NAMED else "")
        told = RUNS.filled(what=text, runs=len(seeds), total=len(found), seeds=some)
        yield Problem(level, scenario, item, told)


def _saturated(scenario: str, state: str, health: "DataFrame") -> Iterator[Problem]:
    for over, label in OVER.items():
        low, high = (f"{state}.{over}.{side}" for side in ("low", "high"))
        if low not in health:
            continue
        at_bound = health[low] + health[high]
        ceiling = at_bound > CEILING
        yield from _named("error", scenario, low, AT_CEILING.filled(state=STATES[state], over=label), ceiling)
        if state not in UNJUDGED and not ceiling.any() and at_bound.mean() > MOST_AT_A_BOUND:
            share = f"{100 * at_bound.mean():.0f}"
            yield Problem("warning", scenario, low, AT_BOUND.filled(state=STATES[state], over=label, share=share))


def _backlog(scenario: str, health: "DataFrame") -> Iterator[Problem]:
    early, late = "cases.open.year_2", "cases.open.year_5"
    if late in health and health[late].mean() > MOST_GROWTH * health[early].mean():
        numbers = {"early": f"{health[early].mean():.0f}", "late": f"{health[late].mean():.0f}"}
        yield Problem("warning", scenario, late, BACKLOG.filled(**numbers))


def measure_problems(found: Sequence[Evidence]) -> Iterator[Problem]:
    """Yield the measures in force of which no run shows a trace."""
    for one in found:
        label = parts("measure")[one.measure].label
        item = f"measure.{one.measure}"
        if one.evidence == NONE:
            yield Problem("error", one.scenario, item, NOT_CONNECTED.filled(measure=label, pairs=one.pairs))
        if one.evidence == UNSEEN:
            yield Problem("warning", one.scenario, item, LEFT_NOTHING.filled(measure=label))
        if one.evidence == TOGETHER:
            yield Problem("warning", one.scenario, item, NOT_APART.filled(measure=label))


def without_value(scenario: str, cells: "DataFrame", headlines: Mapping[str, Text]) -> Iterator[Problem]:
    """Yield headline outcomes that have no value in some runs; cells: of one scenario, indexed by seed."""
    for key, label in headlines.items():
        yield from _named("error", scenario, key, NO_VALUE.filled(outcome=label), cells[key].isna())


LOST: Mapping[str, Text] = {
    "lost.hours": Text(zh="给出的工时超过要求或可用工时", en="more hours given than were asked for or there"),
    "lost.money": Text(
        zh="账目不平：应缴不等于已缴、追回、减免与拖欠之和",
        en="money is not conserved: billed is not paid, recovered, forgiven and owed",
    ),
    "lost.cases": Text(
        zh="纠纷数不平：有纠纷凭空出现或消失", en="cases are not conserved: some came or went without a trace"
    ),
}
DEGENERATE: Mapping[tuple[str, Level], tuple[Text, Any]] = {
    ("not_finite", "error"): (
        Text(zh="住户或服务的数值不是数", en="numbers of households or service are not numbers"),
        lambda health: health["not_finite"] > 0,
    ),
    ("weeks", "error"): (
        Text(zh="空运行：一周也没有", en="empty: no week was lived through"),
        lambda health: health["weeks"] == 0,
    ),
    ("residents", "error"): (
        Text(zh="空运行：没有住户", en="empty: nobody lives there"),
        lambda health: health["residents"] == 0,
    ),
    ("issues", "error"): (
        Text(zh="空运行：没有任何住户遇到问题", en="empty: nothing ever went wrong for any household"),
        lambda health: (health["issues"] == 0) & (health["residents"] > 0),
    ),
    ("opinion.spread", "error"): (
        Text(zh="所有住户想要同样的服务等级", en="all households want the same grade of service"),
        lambda health: (health["opinion.spread"] < NO_SPREAD) & (health["residents"] > 1),
    ),
    ("satisfaction.spread", "error"): (
        Text(zh="所有住户同样满意", en="all households are equally satisfied"),
        lambda health: (health["satisfaction.spread"] < NO_SPREAD) & (health["residents"] > 1),
    ),
    ("ballots.turnout", "error"): (
        Text(zh="投票无人参加", en="ballots were held and nobody voted"),
        lambda health: (health["ballots.held"] > 0) & (health["ballots.turnout"] == 0),
    ),
}
OVER: Mapping[str, Text] = {
    "weeks": Text(zh="的小区周", en="of estates' weeks"),
    "households": Text(zh="的住户", en="of households"),
}
RUNS = Text(
    zh="{what}（{total} 次运行中 {runs} 次，种子 {seeds}）",
    en="{what} ({runs} of {total} runs, seeds {seeds})",
)
AT_CEILING = Text(zh="{state}在九成以上{over}到顶或到底", en="{state} is at a bound in more than nine tenths {over}")
AT_BOUND = Text(
    zh="{state}在 {share}%{over}到顶或到底（低于 0.03 或高于 0.97）",
    en="{state} is at a bound (below 0.03 or above 0.97) in {share}% {over}",
)
BACKLOG = Text(
    zh="未了结的纠纷越积越多：第 2 年平均 {early} 件，第 5 年 {late} 件",
    en="open cases pile up: {early} on average in year 2, {late} in year 5",
)
NOT_CONNECTED = Text(
    zh="{measure}没有接通：{pairs} 对运行中，没有它的事件，没有给它的工时，各类事件数与对照完全相同",
    en="{measure} is not connected: in {pairs} pairs no event of its own, no hours, every count of events is the base's",
)
LEFT_NOTHING = Text(
    zh="{measure}没有留下任何事件，也没有用去工时；是否起作用须与没有它的方案比较",
    en="{measure} left no event and took no hours; compare with a scenario without it to see whether it does anything",
)
NOT_APART = Text(
    zh="{measure}没有自己的事件和工时，它的作用与同时实行的其他措施分不开；请单独比较",
    en="{measure} has neither events nor hours of its own and cannot be told from the others; compare it alone",
)
NO_VALUE = Text(zh="{outcome}没有数值", en="{outcome} has no value")
