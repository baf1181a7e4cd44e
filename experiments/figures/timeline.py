"""The weeks of an experiment as dates, and when its rules change, as far as the log of events tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from experiments.figures.style import SOFT_INK
from sim.calendar import WEEK
from sim.texts import Language, Text, joined

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes

    from experiments.figures.drawing import Tables

CHANGE = "policy_changes"
TICKS = 6
TOLD_BY: tuple[tuple[int, str, Text], ...] = (
    (104, "%Y", Text(zh="年", en="year")),
    (20, "%Y-%m", Text(zh="年-月", en="year-month")),
    (0, "%m-%d", Text(zh="月-日", en="month-day")),
)
"""From how many weeks on dates are told by year, by month, by day."""
WEEKS = Text(zh="周", en="week")
WEEK_NUMBER = Text(zh="第 {week} 周", en="week {week}")
CHANGES = Text(zh="规则变化：{when}。", en="The rules change: {when}.")
CHANGED = Text(zh="{date}（{scenarios}）", en="{date} ({scenarios})")


@dataclass(frozen=True)
class Timeline:
    """When the weeks are: `start` is the Monday of week 0, or None where no event tells it.

    `changes` are the weeks after the first in which rules change, each with the scenarios that it concerns.
    """

    start: datetime | None = None
    changes: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def places(self, weeks: Sequence[int]) -> list[Any]:
        """Return weeks as they stand on the axis: dates, or their numbers where no date is known."""
        if self.start is None:
            return [int(week) for week in weeks]
        return [self.start + int(week) * WEEK for week in weeks]

    def position(self, week: int) -> float:
        """Return where a week stands on the axis, in matplotlib's days or in weeks."""
        from matplotlib.dates import date2num

        if self.start is None:
            return float(week)
        return float(date2num(self.places([week])[0]))  # type: ignore[no-untyped-call]

    def name(self, week: int, lang: Language) -> str:
        """Return a week as it is told in a text: its Monday, or its number where no date is known."""
        if self.start is None:
            return WEEK_NUMBER.say(lang, week=week)
        return f"{self.start + week * WEEK:%Y-%m-%d}"

    def mark_changes(self, axes: Axes) -> None:
        """Draw a thin upright line where rules change."""
        for place in self.places(list(self.changes)):
            axes.axvline(place, color=SOFT_INK, linewidth=0.6, linestyle=(0, (1, 2)), zorder=1.5)

    def label(self, axes: Axes, weeks: int, lang: Language) -> None:
        """Put years, months or days on the level axis, or numbers of weeks where no date is known."""
        from matplotlib.dates import AutoDateLocator, DateFormatter

        if self.start is None:
            axes.set_xlabel(WEEKS.say(lang))
            return
        form, unit = next((form, unit) for least, form, unit in TOLD_BY if weeks >= least)
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=TICKS))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(DateFormatter(form))  # type: ignore[no-untyped-call]
        axes.set_xlabel(unit.say(lang))

    def tell(self, scenarios: Mapping[str, Text], lang: Language) -> list[str]:
        """Return a sentence on when the rules change, or none."""
        when = [
            CHANGED.say(lang, date=self.name(week, lang), scenarios=joined([scenarios[key] for key in keys], lang))
            for week, keys in self.changes.items()
        ]
        return [CHANGES.say(lang, when=("；" if lang == "zh" else "; ").join(when))] if when else []


def timeline(tables: Tables) -> Timeline:
    """Read the dates of the weeks and the changes of the rules from the events, where they are kept."""
    from pandas import to_datetime

    events = tables.frames.get("events")
    if events is None or events.empty:
        return Timeline()
    first = events.iloc[0]
    start = to_datetime(first["date"]).to_pydatetime() - int(first["week"]) * WEEK
    scenario_of = tables.frames["cells"].set_index("cell")["scenario"]
    changes = events[(events["action"] == CHANGE) & (events["week"] > 0)]
    found = set(zip(changes["week"], changes["cell"].map(scenario_of), strict=True))
    weeks = sorted({int(week) for week, _ in found})
    return Timeline(start, {week: [key for key in tables.scenarios if (week, key) in found] for week in weeks})
