"""Whom owners mark on the paper of a committee's election (M11): those who want a committee mark most of its candidates."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.households import F4, I8
from sim.parts import number, part
from sim.regime import Flags
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class CandidateChoice:
    """Each owner who takes part and wants a committee marks a candidate by a logit, and no more than may be marked.

    `logit mark = marks + the candidate's own support + nominator (trust in who put the candidate forward - 0.5)`.  Where
    more are liked, the best liked are marked.
    """

    label = Text(zh="对候选人的选择", en="choice of candidates")

    marks: float = number(
        2.5,
        low=-4.0,
        high=8.0,
        explore=(1.5, 3.5),
        unit="logits",
        zh="在选票上勾选候选人的倾向",
        en="readiness to mark a candidate",
        source=Text(
            zh="假定：想成立业委会的人勾选十分之九的候选人；每席都要双过半（L111）",
            en="assumed: who wants a committee marks nine candidates of ten; each seat needs the double majority (L111)",
        ),
    )
    nominator: float = number(
        1.0,
        low=0.0,
        high=5.0,
        explore=(0.0, 2.0),
        unit="logits",
        zh="信任推荐者对得票的作用",
        en="weight of trust in who nominated the candidate",
        source=Text(
            zh="假定：为对召集人信任在事项上权重的一半",
            en="assumed: half of what trust in the caller weighs for the matter itself",
        ),
    )


class Slate(NamedTuple):
    """The paper: c candidates.

    support: shape (c,); each candidate's own [logits].  nominator: shape (c,); who put the candidate forward, an index of
    `ATTITUDES`.  most: how many may be marked.
    """

    support: F4
    nominator: I8
    most: int


def marks(about: CandidateChoice, slate: Slate, held: F4, wants: Flags, luck: F4) -> Flags:
    """Return which candidates each owner marks, shape (h, c).

    held: shape (6, h); attitudes.  wants: shape (h,); who wants a committee.  luck: shape (c, h); logits of uniforms.
    """
    trust = np.float32(about.nominator) * (held[slate.nominator] - np.float32(0.5))
    liking = np.float32(about.marks) + slate.support[:, None] + trust - luck
    liked = wants & (liking > 0)
    candidates = len(slate.support)
    if candidates > slate.most:
        bar = np.partition(liking, candidates - slate.most, axis=0)[candidates - slate.most]
        liked &= liking >= bar
    return np.ascontiguousarray(liked.T)
