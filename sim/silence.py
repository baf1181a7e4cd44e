"""What becomes of a silent vote: an owner whom the ballot paper reached and who did not return it.

No article of national law settles it; the Guiding Rules (art. 26) leave it to the owners' own rules.  A rule
of silence is three facts, so that the same arithmetic serves one register in whole numbers and thousands of
ballots as arrays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from sim.errors import InputError, nearest
from sim.households import I8
from sim.texts import Text, same

N = TypeVar("N", int, I8)


@dataclass(frozen=True)
class Silence:
    """One rule of silence.

    takes_part: the silent count towards the quorum.  follows: they are put on the side that leads among the
    votes cast, by heads and by area both, else they abstain.  floor: the matter is adopted only if the votes
    really cast for it exceed half of all owners and of all area.
    """

    label: Text
    takes_part: bool = False
    follows: bool = False
    floor: bool = False


SILENCES: Mapping[str, Silence] = MappingProxyType(
    {
        "not_participating": Silence(Text(zh="不算参与表决", en="does not take part")),
        "abstain": Silence(Text(zh="算参与表决，不算同意", en="takes part without assent"), takes_part=True),
        "with_majority": Silence(
            Text(zh="计入已表决的多数票", en="goes with the majority of votes cast"), takes_part=True, follows=True
        ),
        "with_majority_floor": Silence(
            Text(
                zh="计入已表决的多数票，但实际同意票须过全体半数",
                en="goes with the majority of votes cast, but those really cast for it must exceed half of all",
            ),
            takes_part=True,
            follows=True,
            floor=True,
        ),
    }
)
DEFAULT = "not_participating"
UNKNOWN = Text(zh="silence 不能取 {key}", en="silence cannot be {key}")


def silence_named(key: str) -> Silence:
    """Return a rule of silence by its key.

    Raises:
        InputError: there is none of that name.
    """
    if key in SILENCES:
        return SILENCES[key]
    raise InputError(UNKNOWN.filled(key=same(repr(key))), allowed=same(", ".join(SILENCES)), nearest=nearest(key, SILENCES))


def leads(mine: tuple[N, N], other: tuple[N, N]) -> N:
    """Return 1 where one side leads the other by heads and by area, else 0.

    >>> leads((3, 300_00), (2, 200_00)), leads((3, 200_00), (2, 300_00))
    (1, 0)
    """
    return 1 * ((mine[0] > other[0]) & (mine[1] > other[1]))


def taking_part(silence: Silence, present: N, silent: N) -> N:
    """Return heads or area that take part once the silent have their place."""
    return present + silence.takes_part * silent


def assenting(silence: Silence, yes: N, silent: N, yes_leads: N) -> N:
    """Return heads or area that assent once the silent have their place; `yes_leads` comes from `leads`."""
    return yes + silence.follows * yes_leads * silent
