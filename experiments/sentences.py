"""What a comparison found, as sentences in Chinese and English."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from experiments.effects import BETTER, DIFFERS, EQUIVALENT, NONE_SEEN, WORSE
from experiments.groups import group_label
from experiments.health_problems import measure_problems
from experiments.manifest import titles
from experiments.measure_evidence import HOURS, Evidence
from experiments.statistics import SIGNIFICANT
from experiments.terminal import INDENT, difference, paragraph, value
from sim.outcome import outcomes
from sim.parts import parts
from sim.texts import Language, Text, joined

if TYPE_CHECKING:
    from pandas import DataFrame

POINT_DECIMALS = 2
EVENT_DECIMALS = 1


def sentences(manifest: Mapping[str, Any], tables: "Mapping[str, DataFrame]", lang: Language) -> Iterator[str]:
    """Yield by scenario what got better and worse, who gains and loses, and what its measures left."""
    names = titles(manifest)
    for scenario in manifest["scenarios"][1:]:
        name = scenario["name"]
        yield from _told(names[name], verdicts(tables["effects"], name), lang)
        yield from _told(WHO, gains(tables["group_effects"], name), lang, INDENT)
        yield from events_left(scenario, tables, lang)


def verdicts(effects: "DataFrame", name: str) -> dict[Text, list[Text]]:
    """Return the headline outcomes of one scenario by what was found, headline outcomes first to last."""
    found: dict[Text, list[Text]] = {FOUND[verdict]: [] for verdict in FOUND}
    told = effects[(effects.scenario == name) & effects.tested].set_index("outcome")
    for key, outcome in outcomes().items():
        if key in told.index:
            row: Any = told.loc[key]
            found[FOUND[row.verdict]].append(_with(outcome.label, row.difference, outcome.decimals + 1, row.verdict))
    return found


def gains(group_effects: "DataFrame", name: str) -> dict[Text, list[Text]]:
    """Return the groups of households by who gains, who loses, and where no difference was seen."""
    found: dict[Text, list[Text]] = {GAINS: [], LOSES: [], FOUND[NONE_SEEN]: []}
    for row in group_effects[group_effects.scenario == name].itertuples():
        label = group_label(str(row.dimension), str(row.group))
        seen = float(row.p_holm) < SIGNIFICANT  # type: ignore[arg-type]
        rise = float(row.difference)  # type: ignore[arg-type]
        kind = (GAINS if rise > 0 else LOSES) if seen else FOUND[NONE_SEEN]
        found[kind].append(_with(label, rise, POINT_DECIMALS, BETTER if seen else NONE_SEEN))
    return found


def _with(label: Text, number: float, decimals: int, verdict: str) -> Text:
    if verdict == NONE_SEEN:
        return label
    return LABEL_AND_NUMBER.filled(label=label, number=difference(number, decimals))


def _told(about: Text, found: Mapping[Text, list[Text]], lang: Language, indent: str = "") -> Iterator[str]:
    kinds = [KIND.say(lang, kind=kind, names=joined(names, lang)) for kind, names in found.items() if names]
    yield from paragraph(indent + ABOUT.say(lang, about=about, kinds=SEMICOLON.say(lang).join(kinds)))


def events_left(scenario: Mapping[str, Any], tables: "Mapping[str, DataFrame]", lang: Language) -> Iterator[str]:
    """Yield what each measure of a scenario changed, events or hours, and the measures that left no trace."""
    if "measure_events" not in tables:
        return
    table = tables["measure_events"]
    found = [Evidence(**row) for row in table[table.scenario == scenario["name"]].to_dict("records")]
    if found:
        yield from paragraph(INDENT + EVENTS.say(lang, counts=joined([_changed(one) for one in found], lang)))
    for problem in measure_problems(found):
        yield from paragraph(INDENT + NOTE.say(lang, what=problem.text))


def _changed(one: Evidence) -> Text:
    label = parts("measure")[one.measure].label
    if one.evidence == HOURS:
        return LABEL_AND_HOURS.filled(label=label, number=value(one.hours, EVENT_DECIMALS))
    return LABEL_AND_NUMBER.filled(label=label, number=value(one.changed, EVENT_DECIMALS))


FOUND = {
    BETTER: Text(zh="改善", en="better"),
    WORSE: Text(zh="变差", en="worse"),
    DIFFERS: Text(zh="有变化", en="different"),
    EQUIVALENT: Text(zh="相当（差异小于所设界限）", en="equivalent (within the margin stated)"),
    NONE_SEEN: Text(zh="未见差异", en="no difference seen"),
}
GAINS, LOSES = Text(zh="受益", en="gain"), Text(zh="受损", en="lose")
WHO = Text(zh="各群体的满意度", en="satisfaction of groups")
ABOUT = Text(zh="{about}——{kinds}。", en="{about} - {kinds}.")
KIND = Text(zh="{kind}：{names}", en="{kind}: {names}")
SEMICOLON = Text(zh="；", en="; ")
LABEL_AND_NUMBER = Text(zh="{label} {number}", en="{label} {number}")
LABEL_AND_HOURS = Text(zh="{label} 每周 {number} 工时", en="{label} {number} hours a week")
EVENTS = Text(
    zh="各项措施改变的事件，或用去的工时（每次运行）：{counts}",
    en="events its measures changed, or hours they took (a run): {counts}",
)
NOTE = Text(zh="注意：{what}。", en="note: {what}.")
