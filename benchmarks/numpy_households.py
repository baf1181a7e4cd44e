"""The same rules as good vectorised numpy: the whole community at once, ties as a sparse matrix."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from benchmarks.world import SEED, World, bills, residents, standing
from sim.households import AWARENESS, EFFICACY, F4, F8, I8, OWNER_OCCUPIED, PROVIDER, VACANT, Households
from sim.mechanisms.payment import HALF, MIDDLE, MOST_MONTHS, USUAL
from sim.mechanisms.trust import CODE
from sim.mechanisms.voice import SILENT, USUAL_EFFICACY, USUAL_TRUST, VOICED, WITHHELD


class NumpyHouseholds:
    """A world's households as arrays in single precision, which is the faster one here."""

    def __init__(self, world: World) -> None:
        """Lay the columns out."""
        self.people, self.rng = world.people(), np.random.default_rng(SEED)
        self.experience, self.influence, self.voice, self.payment = map(
            world.rates, ("satisfaction", "influence", "voice", "payment")
        )
        self.smoothing, self.reversion = world.mechanisms["payment"].smoothing, world.reversion
        sizes = np.diff(self.people.layout.start)
        self.size, self.first = self.people.size, self.people.layout.start[:-1]
        self.estate = np.repeat(np.arange(len(sizes)), sizes)
        self.quality = world.quality.T.astype(np.float32)
        self.sore, self.trouble, collection = world.soreness(), world.trouble(), world.paid()
        self.collection, self.start = collection.smoothed, collection.start.astype(np.float32)
        self.pushed = self.payment.threat * collection.threat
        self.ties = ties_of(self.people)
        self.degree = np.diff(self.ties.indptr)
        self.vacant = self.people.dwellings.tenure == VACANT
        self.lives_here = residents(self.people)
        self.resident = self.lives_here.astype(np.float32)
        self.residents = float(self.resident.sum(dtype=np.float64))
        self.week = 0
        self.mean_satisfaction: list[float] = []

    def step(self) -> None:
        """Live through one week."""
        self.perceive()
        self.talk()
        self.meet_trouble()
        if bills(self.week):
            self.pay()
            self.drift_back()
        self.mean_satisfaction.append(float(self.people.experience.satisfaction @ self.resident) / self.residents)
        self.week += 1

    def draw(self) -> F4:
        """Return a uniform for each household."""
        return self.rng.random(self.size, np.float32)

    def perceive(self) -> None:
        """Let all see the service, be content or not, and get used to it."""
        about, lived = self.experience, self.people.experience
        shock = (self.draw() - np.float32(0.5)) * about.spread
        there = self.quality[:, self.estate] + lived.vantage
        lived.perceived[:] += about.perception * (there - lived.perceived) + shock
        surprise = lived.perceived - lived.expectation
        felt = np.where(surprise < 0, surprise * about.loss_aversion, surprise)
        level = np.einsum("kn,kn->n", lived.weight, lived.perceived)
        gap = np.einsum("kn,kn->n", lived.weight, felt)
        lived.expectation[:] += about.adaptation * surprise
        wanted = (
            about.intercept
            + lived.temper
            + about.level * (level - about.reference)
            + about.disconfirmation * gap
            - about.grievance * (lived.grievance + self.sore[self.estate])
        )
        lived.grievance[:] *= about.grievance_kept
        lived.satisfaction[:] += about.adjustment * (logistic(wanted) - lived.satisfaction)

    def talk(self) -> None:
        """Let those who talk this week listen to the ties who think nearly alike, all at once."""
        about, opinion = self.influence, self.people.opinion
        mine = opinion.preferred_grade
        talking = np.flatnonzero((self.draw() < about.meets) & (self.degree > 0))
        own, degree = mine[talking], self.degree[talking]
        begins = np.cumsum(degree) - degree
        tie = np.arange(degree.sum()) + np.repeat(self.ties.indptr[talking] - begins, degree)
        theirs = mine[self.ties.indices[tie]]
        counts = np.abs(theirs - np.repeat(own, degree)) < np.repeat(opinion.bound[talking], degree)
        heard = own + np.add.reduceat(theirs * counts, begins)
        near = 1 + np.add.reduceat(counts, begins, dtype=np.float32)
        mine[talking] += about.openness * (heard / near - own)
        mine += about.anchoring * (opinion.anchor - mine)

    def meet_trouble(self) -> None:
        """Let issues arise, and those whom they strike answer."""
        paying, appeal = self.people.paying, self.trouble.appeal.T
        paying.withholding[:] -= paying.withholding > 0
        hazard = np.einsum("kn,kn->n", self.people.experience.weight, appeal[:, self.estate])
        hazard += self.trouble.legacy[self.estate]
        struck = np.flatnonzero((self.draw() < hazard) & self.lives_here)
        drawn = self.rng.random((len(struck), 5), np.float32)
        severity = np.sort(drawn[:, :4], axis=1)[:, 1]
        answer = self.answers(struck, severity, drawn[:, 4])
        left = (self.voice.grievance + self.voice.silence * (answer == SILENT)) * severity
        grievance = self.people.experience.grievance
        grievance[struck] = np.minimum(grievance[struck] + left, 1)
        paying.withholding[struck[answer == WITHHELD]] = self.voice.withhold_weeks

    def answers(self, struck: I8, severity: F4, choice: F4) -> I8:
        """Let those whom an issue strikes choose between voice, withholding and silence."""
        about, held = self.voice, self.people.attitudes.held
        efficacy, trust = held[EFFICACY, struck] - USUAL_EFFICACY, held[PROVIDER, struck] - USUAL_TRUST
        speak = about.voice_severity * severity + about.voice_efficacy * efficacy + about.voice_trust * trust
        keep = about.withhold_severity * severity - about.withhold_efficacy * efficacy
        owns = self.people.dwellings.tenure[struck] == OWNER_OCCUPIED
        speak, keep = (
            np.exp(about.voice + speak),
            np.exp(about.withhold + keep - about.withhold_trust * trust) * owns,
        )
        point = choice * (1 + speak + keep)
        return np.where(point < speak, VOICED, np.where(point < speak + keep, WITHHELD, SILENT))

    def drift_back(self) -> None:
        """Let attitudes drift back to where they began."""
        held, start = self.people.attitudes
        held += self.reversion * (start * CODE - held)

    def pay(self) -> None:
        """Let every owner pay the bill or owe it."""
        about, paying, held = self.payment, self.people.paying, self.people.attitudes.held
        there = self.collection.astype(np.float32)[self.estate]
        near = np.where(self.degree > 0, self.ties @ paying.history / np.maximum(self.degree, 1), there)
        others = HALF * there + HALF * near
        lived = np.where(self.vacant, np.float32(0), self.people.experience.satisfaction - USUAL)
        logit = paying.inclination + about.history * (paying.history - MIDDLE) + about.satisfaction * lived
        logit += about.trust * (held[PROVIDER] - MIDDLE) + about.awareness * (held[AWARENESS] - MIDDLE)
        logit += self.pushed[self.estate] - about.withholding * (paying.withholding > 0)
        pays = self.draw() < logistic(logit + paying.coupling * (others - self.start[self.estate]))
        paying.history[:] += about.habit * (pays - paying.history)
        paying.arrears[:] += ~pays & (paying.arrears < MOST_MONTHS)
        paying.owed[:] += paying.bill * ~pays
        billed, paid = (np.add.reduceat(bill, self.first, dtype=np.int64) for bill in (paying.bill, paying.bill * pays))
        self.collection += self.smoothing * (paid / np.maximum(billed, 1) - self.collection)

    def standing(self) -> dict[str, F8]:
        """Return where each household stands."""
        return standing(self.people)


def logistic(x: F4) -> F4:
    """Return 1 / (1 + exp(-x))."""
    return np.float32(1) / (np.float32(1) + np.exp(-x))


def ties_of(people: Households) -> Any:
    """Return all ties as a sparse matrix of ones, shape (n, n)."""
    ties, start = people.ties, people.layout.start
    estate: I8 = np.repeat(np.arange(len(start) - 1), np.diff(ties.slots))
    row = np.concatenate([np.arange(count) for count in ties.count]) + np.repeat(start[estate], ties.count)
    column = ties.neighbour + np.repeat(start[estate], ties.count)
    ones = np.ones(len(column), np.float32)
    return csr_array((ones, (row, column)), shape=(people.size, people.size))
