"""V12: the two laws of the owners' vote cross as they should, and a quorum is a cliff."""

import numpy as np

from experiments.validation import Found, Pattern, Runs
from sim.ballot import count, count_many
from sim.law_in_force import law_named
from sim.register import Owner, Register, Vote
from sim.texts import Text

LAWS = ("property_law_2007", "civil_code_2021")
OWNERS, SQUARE_METRES = 1000, 90_00
# Turnout and support among voters, and whether each law passes it (L08).
CROSSING = (((600, 0.9), (True, False)), ((700, 0.6), (False, True)))
CLIFF = tuple((heads, chance) for heads in (300, 500, 1000) for chance in (0.60, 0.64, 0.66, 0.68, 0.70))
BALLOTS, SEED = 4000, 1
MATTER = "replace_provider"


def crossing(runs: Runs) -> Found:
    """Return the share of L08's four judgements that the real count gives [%]."""
    judged = [
        count(law_named(law), MATTER, _register(turnout, round(turnout * support))).passed == passes
        for (turnout, support), expected in CROSSING
        for law, passes in zip(LAWS, expected, strict=True)
    ]
    share = 100.0 * float(np.mean(judged))
    return Found(share, share, share, len(judged))


def _register(present: int, assenting: int) -> Register:
    votes = [Vote.YES] * assenting + [Vote.NO] * (present - assenting) + [Vote.ABSENT] * (OWNERS - present)
    return Register(tuple(Owner(str(index), SQUARE_METRES, vote) for index, vote in enumerate(votes)))


def cliff(runs: Runs) -> Found:
    """Return how far the share of ballots with a quorum lies from the binomial at most, in standard errors.

    Owners of equal area, each taking part with the same chance; the law is the Civil Code's (L04, L09).
    """
    distances = [abs(_standardised(heads, chance)) for heads, chance in CLIFF]
    return Found(max(distances), max(distances), max(distances), len(distances))


def _standardised(heads: int, chance: float) -> float:
    exact = quorum_chance(heads, chance)
    error = np.sqrt(exact * (1 - exact) / BALLOTS)
    return float((_counted(heads, chance) - exact) / error)


def quorum_chance(heads: int, chance: float) -> float:
    """Return the binomial's chance that two thirds of so many owners take part.

    >>> [round(quorum_chance(500, chance), 3) for chance in (0.6, 0.64, 0.66, 0.68, 0.7)]
    [0.001, 0.104, 0.372, 0.735, 0.945]
    """
    from scipy.special import bdtrc

    fewest = -(-2 * heads // 3)
    return float(bdtrc(fewest - 1, heads, chance))


def _counted(heads: int, chance: float) -> float:
    drawn = np.random.default_rng([SEED, heads, round(1000 * chance)]).random((BALLOTS, heads), np.float32)
    votes = np.where(drawn < chance, Vote.YES, Vote.ABSENT).astype(np.uint8)
    area = np.full(heads, SQUARE_METRES, np.int64)
    return float(count_many(law_named(LAWS[1]), MATTER, votes, area).quorum.mean())


PATTERNS = (
    Pattern(
        "V12a",
        Text(
            zh="两部法律的交叉：参与 0.60、赞成 0.90 和 0.70、0.60 的四个判断中，判对的",
            en="crossing of the two laws: of four judgements at turnout 0.60 / support 0.90 and 0.70 / "
            "0.60, as they should be",
        ),
        Text(zh="%", en="%"),
        "L08",
        crossing,
        "imposed",
        100,
        100,
        0,
    ),
    Pattern(
        "V12b",
        Text(
            zh="人数门槛的悬崖：15 组参与率下同二项分布相差最多几个标准误",
            en="the quorum's cliff: largest distance from the binomial over 15 turnouts, in standard errors",
        ),
        Text(zh="标准误", en="s.e."),
        "L09",
        cliff,
        "produced",
        0,
        # Largest of 15 standard normal distances in 99 of 100 cases.
        3.4,
        2,
    ),
)
