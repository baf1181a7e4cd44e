"""What the reports of a motion and of an election share: title, law, shares, readings, faults of procedure."""

from collections.abc import Iterator
from typing import Any

from experiments.ballot_report import Step
from experiments.ballot_request import BallotRequest
from experiments.ballot_texts import AND_LOCAL, COUNTED_ON, ISSUED_LATER, LOCAL, NOT_ADAPTED, TITLE
from experiments.command import both
from sim.decision import Decision, Reason, metres
from sim.local_rule import LocalRule
from sim.regime import CATEGORIES
from sim.standing import grounds
from sim.texts import Text
from sim.unsettled import Reading, label_of


def title_of(request: BallotRequest) -> Text:
    """Return the matter and the law, with the local rule where there is one."""
    title = TITLE.filled(category=CATEGORIES[request.poll.category], law=request.poll.regime.label)
    return title if not request.local.key else AND_LOCAL.filled(title=title, local=request.local.label)


def head_data(request: BallotRequest, decision: Decision, verdict: dict[str, bool | None]) -> dict[str, Any]:
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
    } | shares_data(decision) | verdict  # fmt: skip


def shares_data(decision: Decision) -> dict[str, Any]:
    """Return turnout and assent as exact fractions, and whether there is a quorum."""
    return {
        "turnout_heads": str(decision.turnout_heads),
        "turnout_area": str(decision.turnout_area),
        "assent_heads": str(decision.assent_heads),
        "assent_area": str(decision.assent_area),
        "quorum": decision.quorum,
    }


def reading_data(reading: Reading) -> dict[str, Any]:
    """Return what a reading is called and rests on."""
    return {"reading": reading.key, "article": "; ".join(reading.articles), "label": both(label_of(reading))}


def steps_before(request: BallotRequest) -> Iterator[Reason]:
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


def steps_after(request: BallotRequest, passed: bool | None) -> tuple[Step, ...]:
    """Return what follows: faults of procedure leave a decision in force and open to annulment."""
    if passed is False:
        return ()
    return tuple(Step(reason) for reason in grounds(request.faults, request.poll.regime.annulment))


def standing_data(request: BallotRequest, passed: bool | None) -> dict[str, Any]:
    """Return whether a decision is in force, and whether a fault leaves it open to annulment."""
    open_to = bool(request.faults) and passed is not False
    return {"in_force": passed, "open_to_annulment": open_to, "faults": list(request.faults)}
