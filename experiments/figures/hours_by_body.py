"""Hours of each body by activity: given, and asked for but not given, against the hours that there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.figures.averages import Average, failed
from experiments.figures.captions import FAILED, NAME_AND_UNIT, bracketed, compared, how, opening, printed
from experiments.figures.columns import Column, print_beside
from experiments.figures.drawing import Drawing, Plot, Tables
from experiments.figures.forest import height, name_rows
from experiments.figures.loads import Load, loads
from experiments.figures.room import broken, head, widest
from experiments.figures.sheet import sheet
from experiments.figures.strokes import bars, key, swatch
from experiments.figures.style import INK, PAGE, SOFT_INK, Mark, mark
from sim.hours import ACTIVITIES
from sim.parts import part, parts
from sim.texts import Language, Text, same

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

AROUND = 13.0  # millimetres of a panel that its title and the axis take
COLUMN_HEADS = 5.0  # millimetres
KEY_ROW = 4.2  # millimetres
KEY_MARK = 12.0  # millimetres of an entry of the key besides its words
NAME = 44.0  # millimetres, the width of a scenario's name
THICKNESS = 0.66
REACH = 1.04
WAY_UP = 0.44
"""Half the height of the stroke that stands for capacity, in rows."""

WHAT = Text(zh="各组织每周工时", en="hours a week of each body")
STROKES = Text(
    zh="最后 52 周、各次运行的平均；方括号为 95 % 区间；各格刻度不同",
    en="means of the last 52 weeks and of the runs; brackets are 95 % intervals; scales differ",
)
OF_ESTATES = Text(zh="{body}（各小区合计）", en="{body} (all estates together)")
UNIT = Text(zh="工时/周", en="hours a week")
SHORT = Text(zh="要求未给出", en="asked for, not given")
CAPACITY = Text(zh="可用工时", en="hours available")
GIVEN_HEAD = Text(zh="给出", en="given")
SHORT_HEAD = Text(zh="缺", en="short")
CAPACITY_HEAD = Text(zh="可用", en="available")
TOLD = Text(
    zh="  {scenario}：可用 {capacity}，给出 {given}，缺 {short}；其中：{activities}。",
    en="  {scenario}: {capacity} available, {given} given, {short} short; of these: {activities}.",
)
ACTIVITY = Text(zh="{activity}给出 {given}、缺 {short}", en="{activity} {given} given, {short} short")
NOTHING = Text(zh="没有工时要求", en="no hours asked for")
MISSING = Text(
    zh="  缺值：{scenario}，{missing} 次运行没有数值，未计入平均。",
    en="  Missing: {scenario}, {missing} runs without a value, left out of the means.",
)
HEADS = {
    "body": Text(zh="组织", en="body"),
    "scenario": Text(zh="方案", en="scenario"),
    "activity": Text(zh="事项", en="activity"),
    "given": Text(zh="给出（工时/周）", en="given (hours a week)"),
    "short": Text(zh="缺（工时/周）", en="short (hours a week)"),
    "capacity": Text(zh="该组织可用（工时/周）", en="hours the body has (a week)"),
    "runs": Text(zh="运行次数", en="runs"),
}


@part("figure")
class HoursByBody(Plot):
    """Hours a week that each body has, gives and cannot give, by activity and scenario."""

    label = Text(zh="各组织工时", en="hours by body")
    needs = ("cells", "hours")

    def draw(self, tables: Tables, lang: Language) -> Drawing:
        """Draw one panel a body, a bar a scenario; filled is given, hollow is asked for and not given."""
        panels = loads(tables)
        title, below = compared(tables, WHAT, lang), how(tables, STROKES, lang)
        names = broken([scenario.say(lang) for scenario in tables.scenarios.values()], NAME)
        entries = _entries(panels, lang)
        columns = _key_columns(names, entries)
        key_rows = -(-len(entries) // columns)
        above = head(title, below) + KEY_ROW * key_rows + COLUMN_HEADS
        room = above + len(panels) * (height(names) + AROUND)
        with sheet(title, below, PAGE, room) as figure:
            stack = _stack(figure, len(panels), entries, columns)
            _draw(stack, panels, names, lang)
        told = [row for panel in panels for row in _tell(panel, lang)]
        left_out = [FAILED.say(lang, count=failed(tables))] if failed(tables) else []
        return Drawing(figure, _data(panels, lang), "\n".join([title, below, *told, *left_out]))


def _marks(panels: Sequence[Sequence[Load]]) -> dict[str, Mark]:
    """Return the mark of every activity that is asked of anyone; each always has the same mark."""
    asked = {activity for panel in panels for load in panel for activity in load.given}
    known = [*ACTIVITIES, *sorted(asked - set(ACTIVITIES))]
    return {activity: mark(at) for at, activity in enumerate(known) if activity in asked}


def _activity(key: str) -> Text:
    return ACTIVITIES.get(key, same(key))


def _entries(panels: Sequence[Sequence[Load]], lang: Language) -> list[Artist]:
    """Return the entries of the key: activities, what is not given, capacity."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    filled = [swatch(opening(_activity(activity).say(lang)), each) for activity, each in _marks(panels).items()]
    hollow = Patch(facecolor="white", edgecolor=SOFT_INK, linewidth=0.8, label=opening(SHORT.say(lang)))
    stroke = Line2D([], [], linestyle="none", label=opening(CAPACITY.say(lang)), **_upright())
    return [*filled, hollow, stroke]


def _upright() -> dict[str, Any]:
    return {"marker": "|", "color": INK, "markersize": 10, "markeredgewidth": 1.6}


def _key_columns(names: Sequence[str], entries: Sequence[Artist]) -> int:
    """Return how many columns of the key fit beside the names of the scenarios."""
    left = PAGE - widest(names)
    entry = widest([str(entry.get_label()) for entry in entries]) + KEY_MARK
    return max(1, int(left // entry))


def _stack(figure: Figure, panels: int, entries: Sequence[Artist], columns: int) -> list[Axes]:
    """Return the panels, one below the other, with the key above them."""
    ratios = [0.01, *[1.0] * panels]
    top, *stack = list(figure.subplots(len(ratios), 1, height_ratios=ratios))
    top.axis("off")
    key(top, entries, columns)
    return list(stack)


def _draw(stack: Sequence[Axes], panels: Sequence[Sequence[Load]], names: Sequence[str], lang: Language) -> None:
    marks = _marks(panels)
    for axes, panel in zip(stack, panels, strict=True):
        axes.set_title(_name(panel[0].body, lang))
        name_rows(axes, names)
        for place, load in enumerate(panel):
            _draw_load(axes, place, load, marks)
        axes.set_xlim(0, REACH * max(load.reach for load in panel) or 1.0)
    stack[-1].set_xlabel(UNIT.say(lang))
    print_beside(stack, _columns(panels, lang))


def _name(body: str, lang: Language) -> str:
    institution = parts("agent").get(body)
    if institution is None:
        return body
    estates = institution.seat == "estate"
    return opening((OF_ESTATES.filled(body=institution.label) if estates else institution.label).say(lang))


def _draw_load(axes: Axes, place: int, load: Load, marks: dict[str, Mark]) -> None:
    start = 0.0
    for activity, hours in load.given.items():
        bars(axes, [-place], [start], [hours], marks[activity], THICKNESS)
        start += hours
    for activity, hours in load.short.items():
        _hollow(axes, -place, start, hours, marks[activity])
        start += hours
    ends = [-place - WAY_UP, -place + WAY_UP]
    axes.plot([load.capacity] * 2, ends, color="white", linewidth=3.4, solid_capstyle="butt")
    axes.plot([load.capacity] * 2, ends, color=INK, linewidth=1.6, solid_capstyle="butt")


def _hollow(axes: Axes, height: float, start: float, hours: float, mark: Mark) -> None:
    """Draw hours that were asked for and not given: the activity's colour and hatch on white."""
    axes.barh(
        [height],
        [hours],
        left=[start],
        height=THICKNESS,
        facecolor="white",
        edgecolor=mark.colour,
        hatch=mark.hatch,
        linewidth=0.8,
    )


def _columns(panels: Sequence[Sequence[Load]], lang: Language) -> list[Column]:
    return [
        Column(CAPACITY_HEAD.say(lang), [[printed(load.capacity, 1) for load in panel] for panel in panels]),
        Column(GIVEN_HEAD.say(lang), [[_hours(load.all_given) for load in panel] for panel in panels]),
        Column(SHORT_HEAD.say(lang), [[_hours(load.all_short) for load in panel] for panel in panels]),
    ]


def _hours(hours: Average) -> str:
    mean, low, high = (float(value) for value in hours[:3])
    return f"{printed(mean, 1)} {bracketed(low, high, 1)}".rstrip()


def _tell(panel: Sequence[Load], lang: Language) -> list[str]:
    gaps = [(load, load.total - int(load.all_short.runs)) for load in panel]
    return [
        NAME_AND_UNIT.say(lang, name=_name(panel[0].body, lang), unit=UNIT),
        *(_tell_load(load, lang) for load in panel),
        *(MISSING.say(lang, scenario=load.scenario, missing=gap) for load, gap in gaps if gap),
    ]


def _tell_load(load: Load, lang: Language) -> str:
    activities = [
        ACTIVITY.filled(activity=_activity(activity), given=printed(given, 1), short=printed(load.short[activity], 1))
        for activity, given in load.given.items()
    ]
    return TOLD.say(
        lang,
        scenario=load.scenario,
        capacity=printed(load.capacity, 1),
        given=_hours(load.all_given),
        short=_hours(load.all_short),
        activities=("；" if lang == "zh" else "; ").join(each.say(lang) for each in activities or [NOTHING]),
    )


def _data(panels: Sequence[Sequence[Load]], lang: Language) -> DataFrame:
    from pandas import DataFrame

    rows = [
        {
            "body": _name(load.body, lang),
            "scenario": load.scenario.say(lang),
            "activity": _activity(activity).say(lang),
            "given": given,
            "short": load.short[activity],
            "capacity": load.capacity,
            "runs": int(load.all_given.runs),
        }
        for panel in panels
        for load in panel
        for activity, given in load.given.items()
    ]
    heads = {head: words.say(lang) for head, words in HEADS.items()}
    return DataFrame(rows, columns=list(heads)).rename(columns=heads)
