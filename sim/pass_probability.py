"""The exact chance that a ballot passes, where owners of equal area take part and assent each by chance.

Heads and area then coincide, and everything is a sum over binomial distributions, without simulation:

    P(pass) = sum over k of P(K = k) P(Y >= need(k)),    K ~ Bin(n, turnout),   Y ~ Bin(k, approval)

where need(k) is the fewest that must assent when k take part, as the regime's own thresholds say.
"""

import numpy as np

from sim.households import F8, I8
from sim.regime import Flags, Regime

NEVER = np.iinfo(np.int64).max


def fewest_assenting(regime: Regime, category: str, owners: int) -> I8:
    """Return for 0, 1, ... of so many owners taking part how many must assent; `NEVER` where none are enough.

    >>> from sim.law_in_force import law_named
    >>> need = fewest_assenting(law_named("civil_code_2021"), "rebuild", 12)
    >>> bool(need[7] == NEVER), int(need[8]), int(need[12])
    (True, 6, 9)
    """
    present, assenting = np.arange(owners + 1), np.arange(owners + 1)[:, None]
    passing = adopted(regime, category, owners, present, assenting) & (assenting <= present)
    need = np.where(passing.any(axis=0), passing.argmax(axis=0), NEVER)
    return need.astype(np.int64)


def adopted(regime: Regime, category: str, owners: int, present: I8, assenting: I8) -> Flags:
    """Tell for which numbers of owners taking part and assenting a matter is adopted, all areas being equal."""
    rule = regime.rule(category)
    everyone = np.asarray(owners)
    base = everyone if rule.approval.of == "all" else present
    return rule.quorum.reached_by_each(present, everyone) & rule.approval.reached_by_each(assenting, base)


def binomial(trials: int, chances: F8) -> F8:
    """Return the binomial distribution: the chance of 0, 1, ... successes.

    chances: shape (c,).  Returns shape (c, trials + 1).

    >>> binomial(2, np.array([0.0, 0.5])).tolist()
    [[1.0, 0.0, 0.0], [0.25, 0.5, 0.25]]
    """
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, trials + 1)))))
    ways = logs[-1] - logs - logs[::-1]
    count, inside = np.arange(trials + 1), np.clip(chances, 1e-300, 1 - 1e-16)[:, None]
    terms = np.exp(ways + count * np.log(inside) + (trials - count) * np.log1p(-inside))
    terms[chances == 0], terms[chances == 1] = count == 0, count == trials
    return np.asarray(terms)


def chance_of_at_least(trials: int, fewest: int, chances: F8) -> F8:
    """Return the chance of `fewest` successes or more.  chances: shape (c,), and so is what is returned."""
    if fewest > trials:
        return np.zeros(len(chances))
    return np.asarray(binomial(trials, chances)[:, fewest:].sum(axis=1))


def pass_probability(regime: Regime, category: str, owners: int, turnout: F8, approval: F8) -> F8:
    """Return the chance that a ballot passes, for every turnout and approval.

    turnout: shape (t,); chance that an owner takes part.  approval: shape (a,); chance that one who takes part
    assents.  Returns shape (t, a).

    >>> from sim.law_in_force import law_named
    >>> both = [pass_probability(law_named(law), "rules", 3, np.array([1.0]), np.array([0.5])) for law in
    ...         ("property_law_2007", "civil_code_2021")]
    >>> [round(float(one[0, 0]), 12) for one in both]
    [0.5, 0.5]
    """
    need = fewest_assenting(regime, category, owners)
    assent = [chance_of_at_least(present, int(fewest), approval) for present, fewest in enumerate(need)]
    return np.asarray(binomial(owners, turnout) @ np.array(assent))


def boycott_probability(regime: Regime, category: str, owners: int, turnout: float, opponents: F8, staying_away: F8) -> F8:
    """Return the chance that a ballot passes against opponents some of whom stay away on purpose.

    Everybody else takes part with the same chance; who is for it then assents, who is against it does not.

    turnout: of those who do not stay away on purpose.  opponents: shape (o,); their share of all owners, in whole
    owners.  staying_away: shape (s,); chance that an opponent stays away on purpose.  Returns shape (o, s).
    """
    rows = []
    for share in opponents:
        against = round(float(share) * owners)
        supporters, others = np.arange(owners - against + 1)[:, None], np.arange(against + 1)
        passing = adopted(regime, category, owners, supporters + others, supporters)
        came = binomial(owners - against, np.array([turnout]))[0]
        rows.append(came @ passing @ binomial(against, turnout * (1 - staying_away)).T)
    return np.array(rows)
