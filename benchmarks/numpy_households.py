"""The same rules as good vectorised numpy: the whole community at once, ties as a sparse matrix."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from benchmarks.world import SEED, World, bills, residents
from sim.households import F4, F8, I8, VACANT, Households
from sim.mechanisms.payment import HALF, MIDDLE, MOST_MONTHS, USUAL


class NumpyHouseholds:
    """A world's households as arrays in single precision, which is the faster one here."""

    def __init__(self, world: World) -> None:
        """Lay the columns out."""
        self.people, self.rng = world.people(), np.random.default_rng(SEED)
        self.experience, self.influence, self.payment = (
            world.mechanisms[name].rates() for name in ("satisfaction", "influence", "payment")
        )
        self.smoothing = world.mechanisms["payment"].smoothing
        sizes = np.diff(self.people.layout.start)
        self.size, self.first = self.people.size, self.people.layout.start[:-1]
        self.estate = np.repeat(np.arange(len(sizes)), sizes)
        self.quality = world.quality.T.astype(np.float32)
        self.collection, self.start = world.collection.copy(), world.collection.astype(np.float32)
        self.ties = ties_of(self.people)
        self.degree = np.diff(self.ties.indptr)
        self.vacant = self.people.dwellings.tenure == VACANT
        self.resident = residents(self.people).astype(np.float32)
        self.residents = float(self.resident.sum(dtype=np.float64))
        self.week = 0
        self.mean_satisfaction: list[float] = []

    def step(self) -> None:
        """Live through one week."""
        self.perceive()
        self.talk()
        if bills(self.week):
            self.pay()
        self.mean_satisfaction.append(
            float(self.people.experience.satisfaction @ self.resident) / self.residents
        )
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
        )
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

    def pay(self) -> None:
        """Let every owner pay the bill or owe it."""
        about, paying = self.payment, self.people.paying
        there = self.collection.astype(np.float32)[self.estate]
        near = np.where(self.degree > 0, self.ties @ paying.history / np.maximum(self.degree, 1), there)
        others = HALF * there + HALF * near
        lived = np.where(self.vacant, np.float32(0), self.people.experience.satisfaction - USUAL)
        logit = paying.inclination + about.history * (paying.history - MIDDLE) + about.satisfaction * lived
        pays = self.draw() < logistic(logit + paying.coupling * (others - self.start[self.estate]))
        paying.history[:] += about.habit * (pays - paying.history)
        paying.arrears[:] += ~pays & (paying.arrears < MOST_MONTHS)
        billed, paid = (
            np.add.reduceat(bill, self.first, dtype=np.int64) for bill in (paying.bill, paying.bill * pays)
        )
        self.collection += self.smoothing * (paid / np.maximum(billed, 1) - self.collection)

    def standing(self) -> dict[str, F8]:
        """Return satisfaction, preferred grade and history of paying of each household."""
        people = self.people
        columns = (people.experience.satisfaction, people.opinion.preferred_grade, people.paying.history)
        names = ("satisfaction", "preferred_grade", "history")
        return {name: column.astype(np.float64) for name, column in zip(names, columns, strict=True)}


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
