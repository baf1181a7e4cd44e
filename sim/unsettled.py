"""Where the law is silent: papers of one head that disagree, and void papers.  Counted under each reading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from sim.papers import Choice, Head
from sim.texts import Text

NOTHING: Choice = frozenset()


@dataclass(frozen=True)
class Stance:
    """How one head stands under a reading: `choice` is None where it takes no part; silent: never returned."""

    head: Head
    choice: Choice | None
    silent: bool = False


@dataclass(frozen=True)
class Reading:
    """One way to read the law: for heads that disagree and for void papers, each None where there are none.

    articles: what the reading rests on, as ids.
    """

    disagreeing: str | None = None
    void: str | None = None
    articles: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return its name; empty where nothing is unsettled."""
        return "+".join(name for name in (self.disagreeing, self.void) if name)

    def stance(self, head: Head) -> Stance:
        """Return how a head stands under this reading."""
        if head.void:
            return Stance(head, NOTHING if self.void == "invalid_takes_part" else None)
        if not head.choices:
            return Stance(head, None, silent=head.reached)
        if not head.disagrees:
            return Stance(head, next(iter(head.choices)))
        if self.disagreeing == "assenting_ballot_stands":
            return Stance(head, frozenset(name for choice in head.choices for name in choice))
        return Stance(head, NOTHING if self.disagreeing == "present_without_assent" else None)


DISAGREEING: Mapping[str, Text] = MappingProxyType(
    {
        "assenting_ballot_stands": Text(zh="意见不一的，同意票有效", en="of ballots that disagree the assenting one stands"),
        "present_without_assent": Text(
            zh="意见不一的，算参与、不算同意", en="ballots that disagree take part without assent"
        ),
        "not_counted": Text(zh="意见不一的，不计入参与", en="ballots that disagree are not counted"),
    }
)
VOID: Mapping[str, Text] = MappingProxyType(
    {
        "invalid_takes_part": Text(zh="废票算参与、不算同意", en="a void paper takes part without assent"),
        "invalid_not_counted": Text(zh="废票不计入参与", en="a void paper is not counted"),
    }
)
SETTLED = Reading()


def readings_of(heads: Sequence[Head]) -> tuple[Reading, ...]:
    """Return every reading that these heads call for: one where nothing is unsettled, else two, three or six."""
    disagreeing = list(DISAGREEING) if any(head.disagrees for head in heads) else [None]
    void = list(VOID) if any(head.void for head in heads) else [None]
    articles = tuple(_articles(heads))
    return tuple(Reading(*names, articles) for names in product(disagreeing, void))


def _articles(heads: Sequence[Head]) -> Iterator[str]:
    odd = [head for head in heads if head.disagrees]
    if any(head.co_owned for head in odd):
        yield "guiding_rules_25"
    if any(not head.co_owned for head in odd):
        yield "condominium_interpretation_9"
    if any(head.void for head in heads):
        yield "no_article"


def label_of(reading: Reading) -> Text:
    """Return a reading in words."""
    said = [DISAGREEING[reading.disagreeing]] if reading.disagreeing else []
    said += [VOID[reading.void]] if reading.void else []
    return Text(zh="；".join(one.zh for one in said), en="; ".join(one.en for one in said))
