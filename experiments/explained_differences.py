"""The chain of events that goes with a difference between a scenario and the base, told in sentences."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.command import Answer, both
from experiments.differences import (
    Difference,
    Pairs,
    clauses_of,
    declared_clauses,
    of_events,
    of_hours,
    of_outcomes,
    of_trust,
)
from experiments.explanation import Asked
from experiments.measure_evidence import runs_of, wide
from sim.errors import InputError
from sim.texts import Language, Text

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Explanation:
    """The differences between two scenarios along the chain; estate: to which they are narrowed, or empty."""

    asked: Asked
    pairs: Pairs
    found: tuple[Difference, ...]
    estate: str = ""

    @property
    def measures(self) -> dict[str, list[str]]:
        """Return the measures of each scenario by its name."""
        return {one["name"]: one["measures"] for one in self.asked.manifest["scenarios"]}


def explain_differences(asked: Asked, lang: Language) -> Answer:
    """Explain one scenario against the base.

    Raises:
        InputError: there is no base, an unknown scenario or estate, or no pair of finished runs.
    """
    from experiments.explained_in_words import told

    explanation = explained(asked)
    hint = HINT.say(lang, folder=asked.folder)
    return Answer("\n".join(told(explanation, lang)), as_data(explanation), hint=hint)


def explained(asked: Asked) -> Explanation:
    """Return the differences that the folder's tables show."""
    base, *others = [scenario["name"] for scenario in asked.manifest["scenarios"]]
    if not others:
        raise InputError(NO_BASE.filled(folder=asked.folder), attempt=f"cogov explain {asked.folder} --household 0")
    name = asked.chosen("scenario", others, others[0])
    tables = asked.tables
    pairs = Pairs(runs_of(tables["cells"], tables["event_counts"], tables["health"]), base, name)
    if not pairs.seeds:
        raise InputError(NO_PAIR.filled(base=base, name=name))
    if "estate" in asked.options:
        return _of_estate(asked, pairs)
    counted = tables["event_counts"]
    named = declared_clauses(list({*zip(counted.action, counted.measure, strict=True)}))
    named.update(clauses_of(tables["events"]))
    cells = tables["cells"].set_index("cell")
    found = [
        *of_events(pairs, pairs.runs.counts, named),
        *of_hours(pairs),
        *of_outcomes(pairs, cells),
        *of_trust(pairs),
    ]
    return Explanation(asked, pairs, tuple(found))


def _of_estate(asked: Asked, pairs: Pairs) -> Explanation:
    by_estate, events = asked.tables["by_estate"], asked.tables["events"]
    estate = asked.chosen("estate", sorted(by_estate.estate.unique()), "")
    if not len(events):
        raise InputError(NO_EVENTS.filled(folder=asked.folder), attempt="events=decisions")
    here = events[events.object == estate].groupby(["cell", "action", "measure"]).size()
    counts = wide(here.reset_index(name="count"), list(pairs.runs.counts.index))
    values = by_estate[by_estate.estate == estate].set_index("cell")
    found = [*of_events(pairs, counts, clauses_of(events)), *of_outcomes(pairs, values)]
    return Explanation(asked, pairs, tuple(found), estate)


def as_data(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as plain values; an interval that is not there is None."""
    return {
        "folder": str(explanation.asked.folder),
        "base": explanation.pairs.base,
        "scenario": explanation.pairs.scenario,
        "estate": explanation.estate or None,
        "pairs": len(explanation.pairs.seeds),
        "measures": explanation.measures,
        "differences": [_as_data(one) for one in explanation.found],
    }


def _as_data(one: Difference) -> dict[str, Any]:
    estimate = {key: None if number != number else number for key, number in vars(one.estimate).items()}
    return {
        "link": one.link,
        "item": one.item,
        "label": both(one.label),
        "base": one.base,
        "value": one.scenario,
        **estimate,
        "seen": one.is_seen,
        "measures": list(one.measures),
        "clauses": list(one.clauses),
    }


HINT = Text(
    zh="往下看一户：cogov explain {folder} --household 100",
    en="to look at one household: cogov explain {folder} --household 100",
)
NO_BASE = Text(
    zh="{folder} 只有一个方案，没有可比的；可看其中一户或一件纠纷的来龙去脉",
    en="{folder} holds one scenario and nothing to compare; look at one of its households or cases",
)
NO_PAIR = Text(
    zh="{base} 与 {name} 没有一对都完成的运行",
    en="{base} and {name} have no pair of runs that were both finished",
)
NO_EVENTS = Text(
    zh="{folder} 没有保存事件，看不到单个小区",
    en="{folder} kept no events, so that one estate cannot be looked at",
)
