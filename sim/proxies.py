"""Proxies 委托: whose vote an absent owner's is, and which proxies do not hold.

An absent owner votes as the proxy did.  A proxy who owns something here votes as on the proxy's own papers; for
one who owns nothing here the register holds the vote.  A proxy not in writing, absent, or over the cap brings
nobody: the owner is absent, and the reason is told.  Nobody represents by a proxy's proxy, which would need
the owner's consent.  Who voted in person needs no proxy.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.decision import Reason
from sim.papers import ABSENT, DEVELOPERS, Basis, Line, Paper, head_of
from sim.texts import Text

NOT_IN_WRITING = Text(
    zh="业主 {owner} 委托 {proxy}，没有书面委托书，按未参与计。",
    en="Owner {owner} is represented by {proxy} without a written proxy and counts as absent.",
)
OVER_THE_CAP = Text(
    zh="{proxy} 受委托已满 {cap} 人，业主 {owner} 按未参与计（按名册先后）。",
    en="{proxy} already represents {cap} owners, the most allowed; owner {owner} counts as absent (first in file order).",
)
PROXY_ABSENT = Text(
    zh="业主 {owner} 委托 {proxy}，{proxy} 自己没有参与，按未参与计。",
    en="Owner {owner} is represented by {proxy}, who did not vote; the owner counts as absent.",
)
IN_PERSON = Text(
    zh="业主 {owner} 自己投了票，不再看给 {proxy} 的委托。",
    en="Owner {owner} voted in person; the proxy of {proxy} is not needed.",
)
REPRESENTED = Text(
    zh="业主 {owner} 由 {proxy} 书面委托投票。",
    en="Owner {owner} votes through the written proxy of {proxy}.",
)


@dataclass(frozen=True)
class ProxyRule:
    """Who may be represented: `cap` owners a proxy at most (None: no limit); articles of the steps."""

    cap: int | None = None
    articles: tuple[str, ...] = ()


def represented(
    lines: Sequence[Line], register: Sequence[Line], basis: Basis, rule: ProxyRule
) -> tuple[tuple[Line, ...], tuple[Reason, ...]]:
    """Return the lines counted, with the papers of absent owners as their proxies cast them, and the reasons.

    `register` is everyone who owns here, `lines` those who vote on this matter, which on the maintenance fund
    are fewer: a proxy's own papers are sought among these first.
    """
    names = {line.owner for line in register}
    own = {**_own_papers(register, names), **_own_papers(lines, names)}
    reasons, charge = [], _Charge(rule.cap)
    in_person = {head_of(line, basis) for line in lines if _is_in_person(line, own)}
    filled: list[Line] = []
    for line in lines:
        if not line.proxy:
            filled.append(line)
            continue
        papers, said = _resolved(line, own, charge, head_of(line, basis), in_person)
        filled.append(replace(line, papers=papers))
        reasons.append(Reason(said.filled(owner=line.owner, proxy=line.proxy, cap=rule.cap or 0), rule.articles))
    return tuple(filled), tuple(dict.fromkeys(reasons))


class _Charge:
    """Whom each proxy represents so far."""

    def __init__(self, cap: int | None) -> None:
        self.cap = cap
        self.owners: dict[str, list[tuple[str, str]]] = {}

    def takes(self, proxy: str, owner: tuple[str, str]) -> bool:
        """Take an owner for a proxy, unless that is one too many."""
        taken = self.owners.setdefault(proxy, [])
        if owner not in taken:
            if self.cap is not None and len(taken) >= self.cap:
                return False
            taken.append(owner)
        return True


def _own_papers(lines: Sequence[Line], names: set[str]) -> dict[str, tuple[Paper, ...]]:
    """Return what each owner returned in person, by name; a name that stands for a buyer and a developer is the buyer's."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.owner, []).append(line)
    return {name: tuple(_cast_in_person(_as_buyer(of_name), names)) for name, of_name in found.items()}


def _as_buyer(lines: Sequence[Line]) -> Sequence[Line]:
    return [line for line in lines if line.kind not in DEVELOPERS] or lines


def _cast_in_person(lines: Sequence[Line], names: set[str]) -> Iterator[Paper]:
    for line in lines:
        if line.proxy and line.proxy not in names:
            yield ABSENT
        else:
            yield from line.papers


def _is_in_person(line: Line, own: Mapping[str, tuple[Paper, ...]]) -> bool:
    """Tell whether the owner of a line returned its papers: a paper beside a proxy from outside is the proxy's."""
    return not line.is_absent and (not line.proxy or line.proxy in own)


def _resolved(
    line: Line, own: Mapping[str, tuple[Paper, ...]], charge: _Charge, head: tuple[str, str], in_person: set[tuple[str, str]]
) -> tuple[tuple[Paper, ...], Text]:
    outsider = line.proxy not in own
    if head in in_person:
        return (line.papers if not outsider else (ABSENT,)), IN_PERSON
    if not line.written:
        return (ABSENT,), NOT_IN_WRITING
    papers = line.papers if outsider else own[line.proxy]
    if all(paper is ABSENT for paper in papers):
        return (ABSENT,), PROXY_ABSENT
    if not charge.takes(line.proxy, head):
        return (ABSENT,), OVER_THE_CAP
    return papers, REPRESENTED
