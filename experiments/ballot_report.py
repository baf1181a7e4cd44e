"""What a count says: the result first, then every step with its articles; the same as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from experiments.ballot_request import BallotRequest
from experiments.ballot_texts import (
    AND_LOCAL,
    CANDIDATE,
    COUNTED_ON,
    EACH_SEAT,
    FORMED,
    ISSUED_LATER,
    LOCAL,
    MORE,
    NOT_ADAPTED,
    OBJECTIONS,
    RECALLED,
    RESULTS,
    SHORT,
    STANDS,
    STAYS,
    TITLE,
    TOO_FEW,
    UNDER,
)
from experiments.command import both
from sim.articles import articles_beside
from sim.decision import Decision, Reason, metres, told
from sim.election_count import Candidate, ElectionCount
from sim.local_rule import LocalRule
from sim.regime import CATEGORIES, Article
from sim.register_count import Count, objecting
from sim.standing import grounds
from sim.texts import Language, Text
from sim.unsettled import Reading, label_of

SHOWN = 12  # steps about single owners that are printed; `--json` holds them all


@dataclass(frozen=True)
class Step:
    """One step of the reasoning; reading: the one under which it holds, where the law leaves several."""

    reason: Reason
    reading: Reading | None = None


@dataclass(frozen=True)
class BallotReport:
    """A count told: its title, its result in words, the steps, and what goes into `--json` besides the reasons."""

    title: Text
    result: Text
    owners: tuple[Step, ...]
    steps: tuple[Step, ...]
    articles: Mapping[str, Article]
    values: Mapping[str, Any]
    lines: tuple[Text, ...] = field(default=())

    def text(self, lang: Language) -> str:
        """Return the whole report in one language."""
        title = self.title.say(lang)
        said = [title[0].upper() + title[1:], self.result.say(lang), *(line.say(lang) for line in self.lines), ""]
        shown = [*self.owners[:SHOWN], *self.steps]
        number, last = 0, Reading()
        for step in shown:
            if step.reading is not None and step.reading != last:
                said.append(UNDER.say(lang, reading=label_of(step.reading)))
                last = step.reading
            number += 1
            said.append(f"{number}. {step.reason.text.say(lang)}{self._where(step.reason, lang)}")
        if len(self.owners) > SHOWN:
            said.append(MORE.say(lang, count=len(self.owners) - SHOWN))
        return "\n".join(said)

    def data(self) -> dict[str, Any]:
        """Return it as data."""
        steps = [
            {
                "text": both(step.reason.text),
                "articles": list(step.reason.articles),
                **({"reading": step.reading.key} if step.reading else {}),
            }
            for step in (*self.owners, *self.steps)
        ]
        cited = dict.fromkeys(id for step in steps for id in step["articles"])
        articles = {
            id: {"where": both(self.articles[id].where), "says": both(self.articles[id].says)}
            | {"certainty": self.articles[id].certainty}
            for id in cited
        }
        return {**self.values, "reasons": steps, "articles": articles}

    def _where(self, reason: Reason, lang: Language) -> str:
        places = [self.articles[id] for id in reason.articles]
        said = [one.where.say(lang) + (RECALLED.say(lang) if one.certainty == "memory" else "") for one in places]
        if not said:
            return ""
        joined = ("；" if lang == "zh" else "; ").join(said)
        return f"【{joined}】" if lang == "zh" else f" [{joined}]"


def counted_motion(request: BallotRequest, count: Count) -> BallotReport:
    """Return the report of a vote on a motion."""
    many = len(count.outcomes) > 1
    steps = [
        Step(reason, outcome.reading if many else None) for outcome in count.outcomes for reason in outcome.decision.reasons
    ]
    ends = [*steps, *_after(request, count.passed)]
    readings = [
        _reading(outcome.reading) | _judged(outcome.decision) | {"passed": outcome.decision.passed}
        for outcome in count.outcomes
        if many
    ]
    values = _head(request, count.first, {"quorum": count.quorum, "passed": count.passed}) | {"readings": readings}
    return BallotReport(
        _title(request),
        RESULTS[count.passed],
        tuple(Step(reason) for reason in (*_before(request), *count.returned.reasons)),
        (*ends, *_objections(count, request.local)),
        articles_beside(request.poll.regime),
        values | _standing(request, count.passed),
    )


def elected_committee(request: BallotRequest, count: ElectionCount) -> BallotReport:
    """Return the report of an election."""
    many, first = len(count.outcomes) > 1, count.first
    steps: list[Step] = []
    for outcome in count.outcomes:
        reading = outcome.reading if many else None
        who_came = [reason for reason in outcome.whole.reasons[:-2]]
        steps += [Step(reason, reading) for reason in (*who_came, *_about_seats(count, outcome.elected), *outcome.ties)]
    readings = [
        _reading(outcome.reading) | _judged(outcome.whole) | {"passed": outcome.formed}
        | {"elected": list(outcome.elected), "alternates": list(outcome.alternates)}
        for outcome in count.outcomes
        if many
    ]  # fmt: skip
    values = _head(request, first.whole, {"quorum": count.quorum, "passed": count.formed})
    values |= {"assent_heads": None, "assent_area": None, "readings": readings, "seats": count.seats.number}
    values |= {"candidates": [_candidate(one, count) for one in first.candidates]}
    values |= {"elected": list(first.elected), "alternates": list(first.alternates), "formed": count.formed}
    return BallotReport(
        _title(request),
        FORMED[count.formed],
        tuple(Step(reason) for reason in (*_before(request), *count.returned.reasons)),
        (*steps, *_after(request, count.formed)),
        articles_beside(request.poll.regime),
        values | _standing(request, count.formed),
        tuple(_candidate_line(place, one, count) for place, one in enumerate(first.candidates, start=1)),
    )


def _title(request: BallotRequest) -> Text:
    title = TITLE.filled(category=CATEGORIES[request.poll.category], law=request.poll.regime.label)
    return title if not request.local.key else AND_LOCAL.filled(title=title, local=request.local.label)


def _head(request: BallotRequest, decision: Decision, verdict: dict[str, bool | None]) -> dict[str, Any]:
    """Return what every count gives: the law, who there is, who came, who assented, the verdict."""
    return {
        "regime": request.poll.regime.key,
        "category": request.poll.category,
        "counted": request.counted.isoformat() if request.counted else None,
        "local": request.local.key or None,
        "silence": request.poll.silence,
        "buildings": list(request.poll.buildings),
        "owners": decision.tally.heads,
        "area": metres(decision.tally.area),
    } | _judged(decision) | verdict  # fmt: skip


def _judged(decision: Decision) -> dict[str, Any]:
    return {
        "turnout_heads": str(decision.turnout_heads),
        "turnout_area": str(decision.turnout_area),
        "assent_heads": str(decision.assent_heads),
        "assent_area": str(decision.assent_area),
        "quorum": decision.quorum,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {"reading": reading.key, "article": "; ".join(reading.articles), "label": both(label_of(reading))}


def _candidate(one: Candidate, count: ElectionCount) -> dict[str, Any]:
    reached = {other.reached for outcome in count.outcomes for other in outcome.candidates if other.name == one.name}
    heads, area = one.votes
    return {"name": one.name, "heads": heads, "area": metres(area), "reached": reached.pop() if len(reached) == 1 else None}


def _candidate_line(place: int, one: Candidate, count: ElectionCount) -> Text:
    first = count.first
    stands = "elected" if one.name in first.elected else "alternate" if one.name in first.alternates else "not"
    heads, area = one.votes
    return CANDIDATE.filled(
        place=place, name=one.name, heads=heads, area=metres(area), of_heads=told(one.decision.assent_heads),
        of_area=told(one.decision.assent_area), stands=STANDS[stands],
    )  # fmt: skip


def _before(request: BallotRequest) -> Iterator[Reason]:
    """Yield the steps before any owner is looked at: which law, which local rule."""
    regime = request.poll.regime
    if request.counted is not None:
        yield Reason(COUNTED_ON.filled(day=request.counted, law=regime.label), ("temporal_effect_1",))
    yield from _local(request.local, request)


def _local(local: LocalRule, request: BallotRequest) -> Iterator[Reason]:
    if not local.key:
        return
    yield Reason(LOCAL.filled(local=local.label), ())
    if not local.adapted and regime_is_later(local, request):
        yield Reason(NOT_ADAPTED.filled(local=local.label), ("legislation_law_99",))
    if local.issued and request.counted and request.counted.year < local.issued:
        yield Reason(ISSUED_LATER.filled(local=local.label, year=local.issued), ())


def regime_is_later(local: LocalRule, request: BallotRequest) -> bool:
    """Tell whether the regime came into force after the local text."""
    return local.issued is None or request.poll.regime.since.year > local.issued


def _about_seats(count: ElectionCount, elected: Sequence[str]) -> Iterator[Reason]:
    seats, number = count.seats, len(elected)
    articles = count.returned.poll.regime.rule(count.returned.poll.category).approval.articles
    yield Reason(EACH_SEAT.filled(names=", ".join(elected) or "-", elected=number, seats=seats.number), articles)
    if number < seats.least and number < seats.number:
        yield Reason(TOO_FEW.filled(least=seats.least), ("guiding_rules_31",))
    elif number < seats.number:
        yield Reason(SHORT[seats.formed(number)].filled(least=seats.least, where=seats.short_where), ())


def _after(request: BallotRequest, passed: bool | None) -> tuple[Step, ...]:
    """Return what follows: faults of procedure leave a decision in force and open to annulment."""
    if passed is False:
        return ()
    return tuple(Step(reason) for reason in grounds(request.faults, request.poll.regime.annulment))


def _standing(request: BallotRequest, passed: bool | None) -> dict[str, Any]:
    open_to = bool(request.faults) and passed is not False
    return {"in_force": passed, "open_to_annulment": open_to, "faults": list(request.faults)}


def _objections(count: Count, local: LocalRule) -> tuple[Step, ...]:
    """Return what objection voting would give, where the local rule opens the matter to it."""
    found = _objected(count, local)
    if found is None:
        return ()
    heads, area, below = found
    stays = STAYS[heads < below and area < below]
    said = OBJECTIONS.filled(heads=told(heads), area=told(area), below=told(below), reached=stays, local=local.label)
    return (Step(Reason(said, ())),)


def _objected(count: Count, local: LocalRule) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the shares of heads and area that object and the share that they must stay below, under the first reading."""
    open_to, below = (local.said(key).value for key in ("objection_voting", "objection_share"))
    if not isinstance(open_to, tuple) or not isinstance(below, Fraction):
        return None
    if count.returned.poll.category not in open_to:
        return None
    heads, area = objecting(count.returned, count.outcomes[0].reading)
    return Fraction(heads, count.first.tally.heads), Fraction(area, count.first.tally.area), below
