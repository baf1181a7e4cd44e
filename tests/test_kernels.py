"""Kernels: compiled = plain bit for bit on random worlds; both against each rule, household by household."""

import dataclasses
import itertools
import math
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import networkx
import numpy as np
import pytest

from sim import arithmetic
from sim.aftermath import Lessons, empty_books
from sim.cases import ARREARS, CASE, COURT, DESK, MEDIATION, MEETING
from sim.chance import Purpose, uniforms
from sim.engine import Engine, engine
from sim.households import (
    ATTITUDES,
    AWARENESS,
    COMMITTEE,
    EFFICACY,
    GROUPS,
    MATTERS,
    NOT_RESIDENT,
    OWNER_OCCUPIED,
    PARTY,
    PROVIDER,
    VACANT,
    Attitudes,
    Dwellings,
    Experience,
    Households,
    Layout,
    Living,
    Opinion,
    Paying,
    joined,
)
from sim.ladder import (
    CONDITIONS,
    DROPPED,
    LOST,
    MOVE,
    NO_SUIT,
    OPEN,
    SETTLED,
    WITHDRAWN,
    Parties,
    Situation,
    Streams,
)  # fmt: skip
from sim.mechanisms.arrears import Arrears
from sim.mechanisms.case_ladder import CaseLadder
from sim.mechanisms.payment import Collection
from sim.mechanisms.voice import NOTHING, SILENT, VOICED, WITHHELD, Trouble
from sim.mechanisms.week import rates_of
from sim.parts import part_named, parts
from sim.ties import jagged, neighbours_of

Edges = Callable[[int, np.random.Generator], "networkx.Graph"]
SHAPES: dict[str, Edges] = {
    "random": lambda n, rng: networkx.gnp_random_graph(n, min(1, 5 / n), seed=int(rng.integers(2**31))),
    "nobody": lambda n, rng: networkx.empty_graph(n),
    "complete": lambda n, rng: networkx.complete_graph(n),
    "star": lambda n, rng: networkx.star_graph(n - 1),
    "some alone": lambda n, rng: networkx.compose(networkx.empty_graph(n), networkx.path_graph(n // 2)),
}
WORLDS = {
    "one household": [(1, "nobody")],
    "two households": [(2, "complete")],
    "one large": [(300, "random")],
    "complete": [(300, "complete")],
    "several": [(5, "random"), (1, "nobody"), (300, "some alone"), (2, "nobody"), (5, "star")],
    "no ties anywhere": [(5, "nobody"), (300, "nobody")],
}
CASES = list(itertools.product(WORLDS, range(3)))
SEED, WEEK, REACH, OFTEN = 11, 37, np.float32(0.8), np.float32(0.7)
LESSONS = Lessons(0.4, 0.15, *map(np.float32, (0.07, 0.08, 0.04, 0.1, 0.05, 0.25, 0.3, 0.2)), 0.5, np.float32(0.7))


def edges(graph: Any) -> Any:
    return np.array(sorted((min(edge), max(edge)) for edge in graph.edges), np.int64).reshape(-1, 2)


def estate(n: int, shape: str, rng: np.random.Generator) -> Households:
    """Return one estate whose arrays hold anything that their ranges allow, the ends included."""
    ties, order = jagged(edges(SHAPES[shape](n, rng)), n)
    share = lambda *rows: _ends(rng.random((*rows, n), np.float32), rng)  # noqa: E731
    logits = lambda: rng.normal(0, 3, n).astype(np.float32)  # noqa: E731
    whole = lambda high, kind: rng.integers(0, high, n).astype(kind)  # noqa: E731
    k, weight = len(MATTERS), rng.dirichlet(np.ones(len(MATTERS)), n).T.astype(np.float32)
    tenure = whole(3, np.uint8)
    group = np.where(tenure == VACANT, NOT_RESIDENT, whole(len(GROUPS), np.uint8)).astype(np.uint8)
    return Households(
        Layout(np.array([0, n], np.int64), rng.integers(0, 2**32, 1).astype(np.uint32)),
        Dwellings(
            order.astype(np.uint32), whole(9, np.uint16), whole(9, np.uint16), whole(60_000, np.int32),
            whole(n, np.int32), whole(3, np.uint8), tenure, whole(2, np.uint8), whole(2, np.uint8), group,
        ),
        Experience(
            np.ascontiguousarray(weight), logits() / 20, logits(), share(k), share(k), share(), share(),
        ),
        Opinion(share(), share(), share()),
        Attitudes(share(len(ATTITUDES)), rng.integers(0, 256, (len(ATTITUDES), n)).astype(np.uint8)),
        Paying(
            whole(3, np.uint8), logits(), logits(), share(), whole(2**20, np.int32),
            _full(whole(9, np.uint16), rng), whole(2**24, np.int32), whole(3, np.uint8),
        ),
        ties,
    )  # fmt: skip


def _ends(shares: Any, rng: np.random.Generator) -> Any:
    shares[rng.random(shares.shape) < 0.05] = 0
    shares[rng.random(shares.shape) < 0.05] = 1
    return shares


def _full(arrears: Any, rng: np.random.Generator) -> Any:
    arrears[rng.random(arrears.shape) < 0.1] = 65_535
    return arrears


class Random:
    """A random community's arrays, and what the kernels take with them."""

    def __init__(self, name: str, number: int) -> None:
        rng = np.random.default_rng([number, *name.encode()])
        self.people = joined([estate(n, shape, rng) for n, shape in WORLDS[name]])
        e, k = len(WORLDS[name]), len(MATTERS)
        self.quality, self.aim = _ends(rng.random((e, k)), rng), rng.random((e, k)) * 1.5
        served = (rng.random(e) < 0.8).astype(np.uint8)
        served[0] = 1  # in the worlds of one estate somebody bills
        share = lambda *shape: rng.random(shape).astype(np.float32)  # noqa: E731
        self.collection = Collection(rng.random(e), rng.random(e), share(e), served)
        self.grade, self.legacy, self.intercept = share(e), share(e), np.float32(0)
        # An estate in which all is well and nothing is left undone raises no issue; in the first most do.
        self.trouble = Trouble(share(e, k), share(e))
        if e > 1:
            self.trouble.appeal[-1], self.trouble.legacy[-1] = 0, 0
        self.news = _ends(rng.random((len(ATTITUDES), e), np.float32), rng) - np.float32(0.5)
        self.news[rng.random(self.news.shape) < 0.3] = 0
        self.words = rng.integers(0, 2**32, (3, 50)).astype(np.uint32)
        self.reaction = np.full(self.people.size, 77, np.uint8)
        self.rows = np.empty(0, CASE)
        self.out: Any = np.full((e, 4), -7, np.int64)

    def arrays(self) -> dict[str, Any]:
        names = ("quality", "aim", "out", "intercept", "reaction", "rows", "news", "words")
        taken = {name: np.asarray(getattr(self, name)) for name in names}
        collection = {f"collection.{name}": array for name, array in self.collection._asdict().items()}
        return {**self.people.arrays(), **taken, **collection}


made = cache(Random)


def world(name: str, number: int) -> Random:
    """Return the random community of a name and number, untouched."""
    return deepcopy(made(name, number))


def rates(mechanism: str) -> Any:
    return part_named("mechanism", mechanism)().rates()


def serve(a: Random, by: Engine) -> None:
    by.serve(a.people.layout, a.quality, a.aim, rates("service"), WEEK, SEED)


def living(a: Random) -> Living:
    """Return a community's households with the default numbers, but for how often they talk."""
    rates = rates_of({one: part_named("mechanism", one)() for one in parts("mechanism")})
    return Living(a.people, rates._replace(influence=rates.influence._replace(meets=OFTEN)))


def live(a: Random, by: Engine) -> None:
    a.out = np.full((len(a.grade), len(GROUPS)), -7, np.int64)
    quality = a.quality.astype(np.float32)
    by.live(by.hold(living(a)), quality, a.legacy, a.trouble, WEEK, SEED, a.reaction, a.out)


def distribution(a: Random, by: Engine) -> None:
    by.distribution(a.people.dwellings.group, a.people.experience.satisfaction, 0.1, a.out[0])


def distance(a: Random, by: Engine) -> None:
    a.out = np.full(len(a.grade), -7, np.int64)
    by.distance(by.hold(living(a)), a.grade, a.out)


def pay(a: Random, by: Engine) -> None:
    a.out = np.full((len(a.grade), 2), -7, np.int64)
    by.pay(by.hold(living(a)), a.collection, WEEK, SEED, a.out)


def settle(a: Random, by: Engine) -> None:
    paying, start, weight = a.people.paying, np.float32(0.6), np.float32(1.5)
    found = by.settle(a.people.dwellings.area, paying.inclination, start, weight, paying.history)
    a.intercept = np.float32(found)


def survey(a: Random, by: Engine) -> None:
    a.out = np.full((len(a.grade), 2), -7, np.int64)
    by.survey(by.hold(living(a)), COMMITTEE, a.out)


def describe(a: Random, by: Engine) -> None:
    reaction = np.where(np.arange(a.people.size) % 5 == 4, SILENT, VOICED).astype(np.uint8)
    a.rows = np.zeros(np.count_nonzero(reaction == VOICED), CASE)
    by.describe(by.hold(living(a)), reaction, a.trouble, WEEK, SEED, a.rows)


def close_cases(a: Random, by: Engine) -> None:
    was, moves = ends(a, 120)
    books = empty_books(len(a.grade))
    by.close_cases(by.hold(living(a)), was, moves, LESSONS, a.legacy, books)
    a.out = np.concatenate([book.ravel() for book in books])


def ends(a: Random, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return ends and climbs of every kind, of which several concern the same household."""
    rng = np.random.default_rng(3)
    was, moves = np.zeros(number, CASE), np.zeros(number, MOVE)
    was["who"], was["severity"] = rng.integers(0, a.people.size, number), rng.random(number)
    was["estate"] = estates_of(a.people, was["who"])
    was["matter"], was["stage"] = rng.integers(0, ARREARS + 1, number), rng.integers(DESK, COURT + 1, number)
    moves["fate"], moves["pays"] = rng.integers(OPEN, DROPPED + 1, number), rng.random(number).round(1)
    moves["to"], moves["repaired"] = rng.integers(MEDIATION, COURT + 1, number), rng.random(number) < 0.5
    suits = (was["matter"] == ARREARS) & (was["stage"] == COURT) & (moves["fate"] != OPEN)
    moves["suit"] = np.where(suits, rng.integers(WITHDRAWN, LOST + 1, number), NO_SUIT)
    moves["fate"][suits] = np.where(moves["suit"] == LOST, DROPPED, SETTLED)[suits]
    return was, moves


def hear(a: Random, by: Engine) -> None:
    by.hear(by.hold(living(a)), a.news, REACH, WEEK, SEED)


def drift_back(a: Random, by: Engine) -> None:
    by.drift_back(by.hold(living(a)), np.float32(0.02))


def work_cases(a: Random, by: Engine) -> None:
    people, rng = a.people, np.random.default_rng(7)
    estates, rows = len(a.grade), np.zeros(2 * people.size, CASE)
    rows["who"] = rng.integers(0, people.size, len(rows))
    rows["number"], rows["estate"] = people.dwellings.number[rows["who"]], estates_of(people, rows["who"])
    for name, high in (("matter", 8), ("stage", 4), ("weeks", 14), ("tries", 3), ("opened", 9)):
        rows[name] = rng.integers(0, high, len(rows))
    rows["severity"] = rng.random(len(rows))
    met = np.array([(1.1, 0.3, 0.6, 0.2, 5, 5, estate % 2) for estate in range(estates)], CONDITIONS)
    service = rng.random((2, estates, len(MATTERS)))
    at = Situation(met, service[0], service[1], 9, 0.8, WEEK)
    whom = Parties(people.attitudes.held, people.experience.satisfaction, people.dwellings.tenure)
    numbers = CaseLadder().rates(Arrears(), rates("payment"))
    was, moves = np.zeros(len(rows), CASE), np.zeros(len(rows), MOVE)
    streams = Streams(people.layout.place, SEED)
    left, moved = by.work_cases(rows, len(rows), whom, at, numbers, streams, was, moves)
    told = (rows[:left], was[:moved], moves[:moved])
    a.out = np.frombuffer(b"".join(each.tobytes() for each in told), np.uint8)


def draw_four(a: Random, by: Engine) -> None:
    a.out = np.full((4, a.people.size), -7, np.float32)
    by.draw_four(a.people.dwellings.number, int(Purpose.TRUST), a.people.layout.place[0], WEEK, SEED, a.out)


def first_word(a: Random, by: Engine) -> None:
    a.out = np.array([by.first_word(*map(int, a.words[:, 0]), item, SEED) for item in range(9)])


def estates_of(people: Households, who: Any) -> Any:
    return np.searchsorted(people.layout.start, who, side="right") - 1


VERBS = (
    serve, live, distribution, distance, pay, settle, survey, describe, hear, drift_back,
    work_cases, close_cases, draw_four, first_word,
)  # fmt: skip
# The verbs that work through a span of estates, and whether each also writes a row for each estate.
SPANNED = {verb: verb in (live, distance, pay, survey) for verb in (live, distance, pay, survey, hear, drift_back)}


def test_every_verb_of_the_engine_is_compared() -> None:
    named = {field.name for field in dataclasses.fields(Engine)} - {"name", "hold"}

    assert {verb.__name__ for verb in VERBS} == named


def test_the_verbs_that_an_engine_spreads_over_threads_are_those_spanned_here() -> None:
    split = {
        field.name
        for field in dataclasses.fields(Engine)
        if "over_estates" in getattr(getattr(engine("plain"), field.name), "__qualname__", "")
    }

    assert split == {verb.__name__ for verb in SPANNED}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("name", "number"), CASES)
def test_compiled_and_plain_give_the_same_bits(verb: Any, name: str, number: int, differing: Any) -> None:
    one, other, untouched = world(name, number), world(name, number), world(name, number)
    verb(one, engine("compiled"))
    verb(other, engine("plain"))

    assert differing(one.arrays(), other.arrays()) == []
    assert differing(one.arrays(), untouched.arrays()) != [], "the verb did nothing: equal bits mean nothing"


@pytest.mark.parametrize("verb", SPANNED)
def test_a_span_of_estates_leaves_all_others_alone(verb: Any, differing: Any) -> None:
    spans = lambda layout: [(1, 3)]  # noqa: E731
    for name in ("compiled", "plain"):
        whole, part, before = world("several", 1), world("several", 1), world("several", 1)
        verb(whole, engine(name))
        verb(part, engine(name, spans=spans))
        inside = slice(int(part.people.layout.start[1]), int(part.people.layout.start[3]))
        for key, array in before.arrays().items():
            if array.shape[-1:] == (part.people.size,):
                mixed = array.copy()
                mixed[..., inside] = whole.arrays()[key][..., inside]
                assert mixed.tobytes() == part.arrays()[key].tobytes(), key
        if SPANNED[verb]:
            assert part.out[1:3].tolist() == whole.out[1:3].tolist() and (part.out[[0, 3, 4]] == -7).all()


def test_service_moves_each_matter_towards_its_aim_and_stays_in_bounds() -> None:
    before, after = world("several", 0), world("several", 0)
    serve(after, engine("plain"))
    about = part_named("mechanism", "service")()
    for e, k in np.ndindex(before.quality.shape):
        place = before.people.layout.place[e]
        shock = float(uniforms(np.array([k], np.uint32), Purpose.SERVICE, place, WEEK, SEED)[0, 0]) - 0.5
        aimed = before.quality[e, k] + about.adjustment * (before.aim[e, k] - before.quality[e, k])
        wanted = min(1.0, max(0.0, aimed + about.shock * math.sqrt(12) * shock))
        assert after.quality[e, k] == pytest.approx(wanted, abs=1e-12)


def test_satisfaction_follows_expectancy_and_disconfirmation_household_by_household() -> None:
    before, after = at_peace(world("several", 1)), at_peace(world("several", 1))
    live(after, engine("compiled"))
    about, lives, lived = (
        part_named("mechanism", "satisfaction")(),
        before.people.experience,
        after.people.experience,
    )
    for e, i in _households(before.people):
        shock = (_four(before.people, Purpose.EVERYDAY, e, i)[0] - 0.5) * about.shock * math.sqrt(12)
        level = gap = 0.0
        for k in range(len(MATTERS)):
            there = float(before.quality[e, k]) + float(lives.vantage[i])
            seen = (1 - about.perception) * float(lives.perceived[k, i]) + about.perception * there + shock
            surprise = seen - float(lives.expectation[k, i])
            level += float(lives.weight[k, i]) * seen
            gap += float(lives.weight[k, i]) * surprise * (about.loss_aversion if surprise < 0 else 1)
            assert lived.perceived[k, i] == pytest.approx(seen, abs=1e-5)
            expected = float(lives.expectation[k, i]) + about.adaptation * surprise
            assert lived.expectation[k, i] == pytest.approx(expected, abs=1e-5)
        wanted = about.intercept + float(lives.temper[i]) + about.level * (level - about.reference)
        wanted -= about.grievance * (float(lives.grievance[i]) + float(before.legacy[e]))
        kept = float(lives.grievance[i]) * (1 - about.grievance_decay)
        assert lived.grievance[i] == pytest.approx(kept, abs=1e-6)
        aim = 1 / (1 + math.exp(-wanted - about.disconfirmation * gap))
        satisfied = float(lives.satisfaction[i]) + about.adjustment * (aim - float(lives.satisfaction[i]))
        assert lived.satisfaction[i] == pytest.approx(satisfied, abs=1e-5)


def test_opinions_move_to_the_mean_of_those_within_the_bound_household_by_household() -> None:
    before, after = world("several", 2), world("several", 2)
    live(after, engine("compiled"))
    about, opinion = part_named("mechanism", "influence")(), before.people.opinion
    for e, i in _households(before.people):
        first, mine = int(before.people.layout.start[e]), float(opinion.preferred_grade[i])
        others = [float(opinion.preferred_grade[first + j]) for j in neighbours_of(before.people.ties, e, i - first)]
        near = [mine] + [other for other in others if abs(other - mine) < opinion.bound[i]]
        if _four(before.people, Purpose.EVERYDAY, e, i)[1] < 0.7:
            mine += about.openness * (sum(near) / len(near) - mine)
        mine += about.anchoring * (float(opinion.anchor[i]) - mine)
        assert after.people.opinion.preferred_grade[i] == pytest.approx(mine, abs=1e-5)


def test_owners_pay_by_the_logit_household_by_household() -> None:
    before, after = world("several", 0), world("several", 0)
    pay(after, engine("compiled"))
    about, people, paid = part_named("mechanism", "payment")(), before.people, after.people.paying
    money = np.zeros((len(before.grade), 2), np.int64)
    for e, i in _households(people):
        bill, served = int(people.paying.bill[i]), bool(before.collection.served[e])
        pays = _drawn(people, Purpose.PAYMENT, e, i) < _chance_to_pay(before, about, e, i)
        money[e] += (bill, bill * pays) if served else (0, 0)
        history = float(people.paying.history[i])
        moved = _moved(history, about.habit, pays) if served else history
        assert paid.history[i] == pytest.approx(moved, abs=1e-6)
        unpaid = served and not pays
        assert paid.arrears[i] == min(65_535, int(people.paying.arrears[i]) + unpaid)
        assert paid.owed[i] == people.paying.owed[i] + bill * unpaid
    assert after.out.tolist() == money.tolist() and not before.collection.served.all()


def _chance_to_pay(a: Random, about: Any, e: int, i: int) -> float:
    people, first = a.people, int(a.people.layout.start[e])
    paying, there = people.paying, float(a.collection.smoothed[e])
    ties = [float(paying.history[first + j]) for j in neighbours_of(people.ties, e, i - first)]
    others = 0.5 * there + 0.5 * (sum(ties) / len(ties) if ties else there) - float(a.collection.start[e])
    lived = 0.0 if people.dwellings.tenure[i] == VACANT else float(people.experience.satisfaction[i]) - 0.62
    held = people.attitudes.held
    logit = float(paying.inclination[i]) + about.history * (float(paying.history[i]) - 0.5)
    logit += about.satisfaction * lived / 0.2 + about.trust * (float(held[PROVIDER, i]) - 0.5) / 0.2
    logit += about.awareness * (float(held[AWARENESS, i]) - 0.5)
    logit += part_named("mechanism", "arrears")().threat * float(a.collection.threat[e])
    logit -= about.withholding if paying.withholding[i] else 0
    return 1 / (1 + math.exp(-logit - float(paying.coupling[i]) * others))


def _moved(share: float, speed: float, pays: bool) -> float:
    return share + speed * (pays - share)


def _households(people: Households) -> list[tuple[int, int]]:
    starts = people.layout.start
    return [(e, i) for e in range(len(people.layout.place)) for i in range(starts[e], starts[e + 1])]


def _drawn(people: Households, purpose: Purpose, e: int, i: int) -> float:
    return float(uniforms(people.dwellings.number[i : i + 1], purpose, people.layout.place[e], WEEK, SEED)[0, 0])


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_households_answer_what_goes_wrong_by_the_logit_household_by_household(name: Any) -> None:
    before, after = world("several", 1), world("several", 1)
    live(after, engine(name))
    about, people, seen = part_named("mechanism", "voice")(), before.people, set()
    for e, i in _households(people):
        still = max(0, int(people.paying.withholding[i]) - 1)
        answer, severity = _answer(before, about, e, i)
        seen.add(answer)
        left = severity * (about.grievance + about.silence * (answer == SILENT)) if answer else 0
        kept = float(people.experience.grievance[i]) * (1 - part_named("mechanism", "satisfaction")().grievance_decay)
        grievance = min(1.0, kept + left)
        assert after.reaction[i] == answer
        assert after.people.experience.grievance[i] == pytest.approx(grievance, abs=1e-6)
        withheld = about.withhold_weeks if answer == WITHHELD else still
        assert after.people.paying.withholding[i] == withheld
    assert seen == {NOTHING, VOICED, WITHHELD, SILENT}


def _answer(a: Random, about: Any, e: int, i: int) -> tuple[int, float]:
    """Return how a household answers, NOTHING where all goes well, and the severity of its issue."""
    people, held = a.people, a.people.attitudes.held
    hazard = float(a.trouble.legacy[e] + (a.trouble.appeal[e] * people.experience.weight[:, i]).sum())
    severity = sorted(_four(people, Purpose.SEVERITY, e, i))[1]
    if people.dwellings.group[i] == NOT_RESIDENT or _four(people, Purpose.EVERYDAY, e, i)[2] >= hazard:
        return NOTHING, severity
    efficacy, trust = float(held[EFFICACY, i]) - 0.45, float(held[PROVIDER, i]) - 0.5
    speak = about.voice + about.voice_severity * severity
    speak = math.exp(speak + about.voice_efficacy * efficacy + about.voice_trust * trust)
    keep = about.withhold + about.withhold_severity * severity
    keep = math.exp(keep - about.withhold_efficacy * efficacy - about.withhold_trust * trust)
    keep *= people.dwellings.tenure[i] == OWNER_OCCUPIED
    point = _four(people, Purpose.ANSWER, e, i)[0] * (1 + speak + keep)
    return VOICED if point < speak else WITHHELD if point < speak + keep else SILENT, severity


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_an_issue_concerns_a_matter_in_proportion_to_what_calls_for_it(name: Any) -> None:
    a = world("several", 2)
    describe(a, engine(name))
    voiced = dict(zip(a.rows["who"].tolist(), a.rows, strict=True))
    for e, i in _households(a.people):
        if i % 5 == 4:
            assert i not in voiced
            continue
        parts = [*(a.trouble.appeal[e] * a.people.experience.weight[:, i]), a.trouble.legacy[e]]
        point = _four(a.people, Purpose.ANSWER, e, i)[1] * sum(map(float, parts))
        edges = np.cumsum([0.0, *map(float, parts)])
        found, here = int(voiced[i]["matter"]), (voiced[i]["estate"], voiced[i]["number"], voiced[i]["opened"])
        assert edges[found] - 1e-6 <= point <= edges[found + 1] + 1e-6
        assert here == (e, a.people.dwellings.number[i], WEEK)
        assert voiced[i]["severity"] == sorted(_four(a.people, Purpose.SEVERITY, e, i))[1]
    assert set(a.rows["matter"].tolist()) == set(range(len(MATTERS) + 1))


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_the_end_of_a_case_is_felt_and_teaches_those_concerned_and_their_ties_in_order(name: Any) -> None:
    before, after = world("several", 0), world("several", 0)
    close_cases(after, engine(name))
    held, grievance = (
        columns.astype(float) for columns in (before.people.attitudes.held, before.people.experience.grievance)
    )
    was, moves = ends(before, 120)
    claims = [*zip(was[was["matter"] == ARREARS], moves[was["matter"] == ARREARS], strict=True)]
    own = [*zip(was[was["matter"] != ARREARS], moves[was["matter"] != ARREARS], strict=True)]
    for case, move in claims:
        _learn(before.people, held, case, *_claim_teaches(case, move))
    for case, move in own:
        if move["fate"] != OPEN:
            good = move["fate"] == SETTLED
            less = 0.4 * (0.5 + case["severity"]) if good else -0.15 * case["severity"]
            grievance[case["who"]] = np.clip(grievance[case["who"]] - less, 0, 1)
            body = {MEDIATION: COMMITTEE, MEETING: PARTY if good else PROVIDER}.get(int(case["stage"]), PROVIDER)
            _learn(before.people, held, case, EFFICACY, 0.07 if good else -0.08)
            _learn(before.people, held, case, body, 0.04 if good else -0.1)

    assert after.people.attitudes.held == pytest.approx(held, abs=1e-5)
    assert after.people.experience.grievance == pytest.approx(grievance, abs=1e-5)


def _claim_teaches(case: Any, move: Any) -> tuple[int, float]:
    """Return which attitude the end of a claim moves, and how far."""
    if not (move["fate"] == SETTLED or move["suit"]) or case["stage"] == DESK:
        return PROVIDER, 0.0
    taught = {MEDIATION: (COMMITTEE, 0.04), MEETING: (PARTY, 0.04), COURT: (PROVIDER, -0.05)}
    return taught[int(case["stage"])]


def _learn(people: Households, held: Any, case: Any, row: int, rate: float) -> None:
    first = int(people.layout.start[case["estate"]])
    near = [first + j for j in neighbours_of(people.ties, int(case["estate"]), int(case["who"]) - first)]
    for household, felt in [(case["who"], rate), *((other, 0.25 * rate) for other in near)]:
        held[row, household] += felt * ((1 - held[row, household]) if felt > 0 else held[row, household])


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_what_debtors_pay_and_are_let_off_is_what_they_owed_and_every_move_is_counted(name: Any) -> None:
    before, after = world("several", 0), world("several", 0)
    was, moves = ends(before, 120)
    books = empty_books(len(before.grade))
    engine(name).close_cases(engine(name).hold(living(after)), was, moves, LESSONS, after.legacy, books)
    claims = was["matter"] == ARREARS
    ended = claims & ((moves["fate"] == SETTLED) | (moves["suit"] > 0))
    debtors = np.unique(was["who"][ended])
    owed, history = before.people.paying.owed.astype(int), after.people.paying.history

    assert books.recovered.sum() + books.forgiven.sum() == owed[debtors].sum() > books.recovered.sum() > 0
    assert not after.people.paying.owed[debtors].any() and not after.people.paying.arrears[debtors].any()
    assert books.counts.sum() == len(was) and books.counts[1].sum() == claims.sum()
    assert books.counts[0, MEDIATION, 0] == ((was["stage"] == MEDIATION) & ~claims & (moves["fate"] == SETTLED)).sum()
    assert (
        books.counts[1, COURT, 2] == books.filed.sum() == (claims & (moves["fate"] == OPEN) & (moves["to"] == COURT)).sum()
    )
    assert books.suits.sum(axis=0).tolist() == [
        (moves["suit"] == 1).sum(),
        (np.isin(moves["suit"], (2, 4))).sum(),
        (moves["suit"] == 3).sum(),
    ]
    assert (history != before.people.paying.history).any() and (history >= 0).all() and (history <= 1).all()


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_public_news_reaches_its_share_and_attitudes_drift_back_to_where_they_began(name: Any) -> None:
    before, after, drifted = (world("several", 1) for _ in range(3))
    hear(after, engine(name))
    drift_back(drifted, engine(name))
    people, start = before.people, before.people.attitudes.start / 255
    for (e, i), row in itertools.product(_households(people), range(len(ATTITUDES))):
        held, rate = float(people.attitudes.held[row, i]), float(before.news[row, e])
        number, week = people.dwellings.number[i : i + 1], WEEK * len(ATTITUDES) + row
        point = uniforms(number, Purpose.HEARSAY, people.layout.place[e], week, SEED)[0, 0]
        learned = held + rate * ((1 - held) if rate > 0 else held) if point < REACH else held
        assert after.people.attitudes.held[row, i] == pytest.approx(learned, abs=1e-6)
        back = held + 0.02 * (start[row, i] - held)
        assert drifted.people.attitudes.held[row, i] == pytest.approx(back, abs=1e-6)


def at_peace(a: Random) -> Random:
    """Return a community in which nothing goes wrong."""
    a.trouble.appeal[:], a.trouble.legacy[:] = 0, 0
    return a


def _four(people: Households, purpose: Purpose, e: int, i: int) -> list[float]:
    number = people.dwellings.number[i : i + 1]
    return uniforms(number, purpose, people.layout.place[e], WEEK, SEED)[:, 0].astype(float).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_tally_and_distribution_are_whole_sums_of_residents(name: Any) -> None:
    counted = world("several", 2)
    live(counted, engine(name))
    people, tallied = counted.people, counted.out.tolist()
    distribution(counted, engine(name))
    sums, everybody = np.zeros((5, len(GROUPS)), int), []
    for e, i in _households(people):
        if people.dwellings.group[i] != NOT_RESIDENT:
            whole = math.floor(float(people.experience.satisfaction[i]) * 2**14)
            sums[e, people.dwellings.group[i]] += whole
            everybody.append(whole)

    assert tallied == sums.tolist()
    worst = sorted(everybody)[: math.ceil(len(everybody) / 10)]
    assert counted.out[0].tolist() == [
        len(everybody),
        sum(everybody),
        sum(x * x for x in everybody),
        sum(worst),
    ]


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_distance_and_survey_are_the_sums_of_their_definitions(name: Any) -> None:
    far, asked = world("several", 1), world("several", 1)
    distance(far, engine(name))
    survey(asked, engine(name))
    about, people = part_named("mechanism", "official_survey")(), far.people
    distances, weights, weighted = np.zeros(5), np.zeros(5), np.zeros(5)
    for e, i in _households(people):
        distances[e] += abs(float(people.opinion.preferred_grade[i]) - float(far.grade[e]))
        content, trust = (
            float(people.experience.satisfaction[i]),
            float(people.attitudes.held[COMMITTEE, i]),
        )
        if people.dwellings.group[i] != NOT_RESIDENT:
            pull = about.readiness + about.trust_pull * (trust - 0.5) + about.content_pull * (content - 0.6)
            weight = 1 / (1 + math.exp(-pull - about.elderly_pull * int(people.dwellings.elderly[i])))
            weights[e], weighted[e] = weights[e] + weight, weighted[e] + weight * content

    least = np.diff(people.layout.start) + 1  # each household is rounded down to a whole number of 2**-14
    for sums, wanted in ((far.out, distances), (asked.out[:, 0], weights), (asked.out[:, 1], weighted)):
        assert (np.abs(sums - wanted * 2**14) <= least).all()


def test_satisfaction_sums_do_not_overflow_in_a_large_community() -> None:
    n = 40_000
    group, content = np.zeros(n, np.uint8), np.ones(n, np.float32)
    for name in ("compiled", "plain"):
        out = np.zeros(4, np.int64)
        engine(name).distribution(group, content, 0.1, out)
        assert out.tolist() == [n, n * 2**14, n * 2**28, n // 10 * 2**14]


def test_exponential_is_within_its_stated_error() -> None:
    x = np.concatenate([np.linspace(-80, 80, 400_001), np.linspace(-1, 1, 100_001)]).astype(np.float32)
    error = arithmetic.exponential(x).astype(np.float64) / np.exp(x.astype(np.float64)) - 1

    assert np.abs(error).max() < 1e-7


def test_exponential_is_held_within_its_range_and_logistic_stays_a_share() -> None:
    far = np.array([-1e30, -80, 80, 1e30, -np.inf, np.inf], np.float32)
    assert np.isfinite(arithmetic.exponential(far)).all()
    share = arithmetic.logistic(far)
    assert (0 <= share).all() and (share <= 1).all() and arithmetic.logistic(np.zeros(1, np.float32))[0] == 0.5


def test_compiled_exponential_has_the_same_bits() -> None:
    from numba import njit

    from sim.kernels.elementary import exponential

    @njit(error_model="numpy")
    def fill(x: Any, out: Any) -> None:
        for i in range(x.size):
            out[i] = exponential(x[i])

    x = np.concatenate([np.linspace(-90, 90, 100_001), [-1e30, 1e30, 0, -0.0]]).astype(np.float32)
    out = np.empty_like(x)
    fill(x, out)
    assert out.tobytes() == arithmetic.exponential(x).tobytes()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("n", [1, 2, 5, 300])
def test_ties_are_those_of_the_graph(shape: str, n: int) -> None:
    graph = SHAPES[shape](n, np.random.default_rng(n))
    ties, order = jagged(edges(graph), n)

    assert sorted(order.tolist()) == list(range(n))
    for row, household in enumerate(order.tolist()):
        near = neighbours_of(ties, 0, row)
        assert sorted(order[near].tolist()) == sorted(graph.neighbors(household)) and len(near) == ties.degree[row]
    assert (np.diff(ties.degree.astype(int)) <= 0).all() and ties.count.sum() == len(ties.neighbour)


def test_ties_of_joined_estates_stay_within_each_and_count_for_both_sides() -> None:
    rng = np.random.default_rng(5)
    alone = [estate(n, shape, rng) for n, shape in WORLDS["several"]]
    ties = joined(alone).ties
    for e, one in enumerate(alone):
        near = {(i, j) for i in range(one.size) for j in neighbours_of(ties, e, i)}
        assert near == {(i, j) for i in range(one.size) for j in neighbours_of(one.ties, 0, i)}
        assert near == {(j, i) for i, j in near} and all(i != j for i, j in near)


def test_ties_of_a_drawn_population_count_for_both_sides_and_once(lived: Any, scenario: Any) -> None:
    people = lived(scenario(), weeks=0).households
    for e in range(len(people.layout.place)):
        size = int(people.layout.start[e + 1] - people.layout.start[e])
        near = [(i, j) for i in range(size) for j in neighbours_of(people.ties, e, i)]
        assert len(near) == len(set(near)) and set(near) == {(j, i) for i, j in near}
        assert all(i != j for i, j in near) and 3 < len(near) / size < 2 * 3.3
