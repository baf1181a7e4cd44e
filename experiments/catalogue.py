"""Everything that can be named, by kind, with its label: what `cogov list` lists and `cogov show` finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from experiments.library import Library
from experiments.reading import read
from experiments.values import fitting
from sim.errors import InputError, nearest
from sim.parts import KINDS, numbers_of, parts
from sim.texts import Text, same

Labels = Mapping[str, Text]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its key, the word that lists it, its heading, and how its things are labelled."""

    key: str
    word: str
    heading: Text
    labels: Callable[[Library], Labels]


def _of_parts(kind: str) -> Callable[[Library], Labels]:
    return lambda library: {key: getattr(cls, "label", same(key)) for key, cls in parts(kind).items()}


def _outcomes(library: Library) -> Labels:
    from sim.outcome import outcomes

    return {key: outcome.label for key, outcome in outcomes().items()}


def _scenarios(library: Library) -> Labels:
    titles = {name: read(path).values.get("title", name) for name, path in library.scenarios.items()}
    return {name: fitting("title", title) for name, title in titles.items()}


def _policies(library: Library) -> Labels:
    labels = _of_parts("measure")(library)
    held = {name: [labels.get(key, same(key)) for key in library.policy(name)] for name in library.policies}
    return {
        name: Text("＋".join(one.zh for one in texts) or NONE.zh, " + ".join(one.en for one in texts) or NONE.en)
        for name, texts in held.items()
    }


def _local_rules(library: Library) -> Labels:
    from experiments.local_rules import local_rules

    return {key: rule.label for key, rule in local_rules().items()}


def _general(library: Library) -> Labels:
    from experiments.general import General

    return {name: about.label for name, about in numbers_of(General).items()}


NONE = Text(zh="不添加任何措施", en="adds no measure")
KINDS_LISTED: Mapping[str, Kind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            Kind("scenario", "scenarios", KINDS["scenario"], _scenarios),
            Kind("policy", "policies", KINDS["policy"], _policies),
            Kind("measure", "measures", KINDS["measure"], _of_parts("measure")),
            Kind("place", "places", KINDS["place"], _of_parts("place")),
            Kind("archetype", "archetypes", KINDS["archetype"], _of_parts("archetype")),
            Kind("outcome", "outcomes", KINDS["outcome"], _outcomes),
            Kind("mechanism", "mechanisms", KINDS["mechanism"], _of_parts("mechanism")),
            Kind("agent", "agents", KINDS["agent"], _of_parts("agent")),
            Kind("figure", "figures", KINDS["figure"], _of_parts("figure")),
            Kind("ballot_figure", "ballot_figures", KINDS["ballot_figure"], _of_parts("ballot_figure")),
            Kind("law", "laws", KINDS["law"], _of_parts("law")),
            Kind(
                "residents_committee_law",
                "residents_committee_laws",
                KINDS["residents_committee_law"],
                _of_parts("residents_committee_law"),
            ),
            Kind("local_rule", "local_rules", KINDS["local_rule"], _local_rules),
            Kind("general", "general", Text(zh="通用设置", en="general settings"), _general),
        )
    }
)


def kind_called(word: str) -> Kind | None:
    """Return the kind that a word names, in the singular or the plural."""
    return next((kind for kind in KINDS_LISTED.values() if word in (kind.key, kind.word)), None)


def found(name: str, library: Library) -> Iterator[Kind]:
    """Yield the kinds that have something of this name, scenarios first."""
    yield from (kind for kind in KINDS_LISTED.values() if name in kind.labels(library))


def require(name: str, library: Library) -> Kind:
    """Return the first kind that has something of this name.

    Raises:
        InputError: there is none; the nearest name is told.
    """
    kind = next(found(name, library), None)
    if kind is not None:
        return kind
    known = {key for kind in KINDS_LISTED.values() for key in kind.labels(library)}
    raise InputError(NOTHING.filled(name=name), nearest=nearest(name, sorted(known)), attempt="cogov list")


NOTHING = Text(zh="没有名为 {name} 的东西", en="there is nothing called {name}")
