"""The same rules as a Mesa user would write them.

One agent a household, its ties as agents, and two phases where all act at once.
"""

import math
from typing import Any

import mesa
import numpy as np

from benchmarks.world import SEED, STANDING, World, bills, residents
from sim.households import AWARENESS, EFFICACY, F8, OWNER_OCCUPIED, PROVIDER, VACANT, Households
from sim.mechanisms import payment, trust, voice

MIDDLE, USUAL_SATISFACTION, SHARE_OF_TIES = map(float, (payment.MIDDLE, payment.USUAL, payment.HALF))
USUAL_EFFICACY, USUAL_TRUST = float(voice.USUAL_EFFICACY), float(voice.USUAL_TRUST)
MOST_MONTHS = int(payment.MOST_MONTHS)


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x))."""
    return 1 / (1 + math.exp(-x))


class Estate:
    """What the households of one estate share: the service, its troubles, and how well its fee is collected."""

    def __init__(self, world: World, index: int) -> None:
        """Begin with the service and the collection rate of the start."""
        trouble, paid = world.trouble(), world.paid()
        self.quality = world.quality[index].astype(np.float32).tolist()
        self.sore, self.legacy = float(world.soreness()[index]), float(trouble.legacy[index])
        self.appeal = trouble.appeal[index].tolist()
        self.collection = self.start = float(paid.start[index])
        self.threat = float(paid.threat[index])
        self.smoothing = world.mechanisms["payment"].smoothing
        self.billed = self.paid = 0

    def close_month(self) -> None:
        """Let the collection rate follow what was paid."""
        self.collection += self.smoothing * (self.paid / max(self.billed, 1) - self.collection)
        self.billed = self.paid = 0


class Household(mesa.Agent):  # type: ignore[misc]
    """One household; `numbers` are its starting values by name."""

    def __init__(self, model: "HouseholdModel", estate: Estate, numbers: dict[str, Any]) -> None:
        """Move in."""
        super().__init__(model)
        self.estate = estate
        self.neighbours: list[Household] = []
        self.weight, self.perceived, self.expectation = (
            numbers["weight"],
            numbers["perceived"],
            numbers["expectation"],
        )
        self.vantage, self.temper, self.satisfaction = (
            numbers["vantage"],
            numbers["temper"],
            numbers["satisfaction"],
        )
        self.bound, self.anchor, self.preferred_grade = (
            numbers["bound"],
            numbers["anchor"],
            numbers["preferred_grade"],
        )
        self.inclination, self.coupling, self.history = (
            numbers["inclination"],
            numbers["coupling"],
            numbers["history"],
        )
        self.bill, self.arrears, self.owed = numbers["bill"], numbers["arrears"], numbers["owed"]
        self.grievance, self.withholding = numbers["grievance"], numbers["withholding"]
        self.held, self.began = numbers["held"], numbers["began"]
        self.is_vacant, self.owns, self.lives_here = (
            numbers["is_vacant"],
            numbers["owns"],
            numbers["lives_here"],
        )
        self.next_grade, self.chance = self.preferred_grade, self.history

    def perceive(self) -> None:
        """See the service, be content or not, and get used to it."""
        about = self.model.experience
        shock = (self.random.random() - 0.5) * about.spread
        level = gap = 0.0
        for matter, quality in enumerate(self.estate.quality):
            perceived = self.perceived[matter]
            seen = perceived + about.perception * (quality + self.vantage - perceived) + shock
            surprise = seen - self.expectation[matter]
            level += self.weight[matter] * seen
            gap += self.weight[matter] * (surprise * about.loss_aversion if surprise < 0 else surprise)
            self.perceived[matter] = seen
            self.expectation[matter] += about.adaptation * surprise
        wanted = (
            about.intercept
            + self.temper
            + about.level * (level - about.reference)
            + about.disconfirmation * gap
            - about.grievance * (self.grievance + self.estate.sore)
        )
        self.grievance *= about.grievance_kept
        self.satisfaction += about.adjustment * (logistic(wanted) - self.satisfaction)

    def talk(self) -> None:
        """Listen to those who think nearly alike; what comes of it waits until everybody has talked."""
        about, mine = self.model.influence, self.preferred_grade
        moved = mine
        if self.random.random() < about.meets:
            heard, near = mine, 1
            for neighbour in self.neighbours:
                theirs = neighbour.preferred_grade
                if abs(theirs - mine) < self.bound:
                    heard += theirs
                    near += 1
            moved += about.openness * (heard / near - mine)
        self.next_grade = moved + about.anchoring * (self.anchor - moved)

    @property
    def trust_in_provider(self) -> float:
        """Return trust in the provider, 0-1."""
        return float(self.held[PROVIDER])

    def adopt(self) -> None:
        """Take over what came of the talks."""
        self.preferred_grade = self.next_grade

    def meet_trouble(self) -> None:
        """See whether an issue strikes this week."""
        if self.withholding > 0:
            self.withholding -= 1
        hazard = self.estate.legacy
        for weight, appeal in zip(self.weight, self.estate.appeal, strict=True):
            hazard += weight * appeal
        if self.random.random() < hazard and self.lives_here:
            self.model.struck.append(self)

    def answer(self) -> None:
        """Speak up about an issue, withhold the fee, or stay silent; each leaves a grievance."""
        about, drawn = self.model.voice, self.random.random
        severity = sorted((drawn(), drawn(), drawn(), drawn()))[1]
        efficacy, trust = self.held[EFFICACY] - USUAL_EFFICACY, self.held[PROVIDER] - USUAL_TRUST
        speak = about.voice_severity * severity + about.voice_efficacy * efficacy + about.voice_trust * trust
        keep = about.withhold_severity * severity - about.withhold_efficacy * efficacy
        speak, keep = (
            math.exp(about.voice + speak),
            math.exp(about.withhold + keep - about.withhold_trust * trust),
        )
        keep = keep if self.owns else 0.0
        point = drawn() * (1 + speak + keep)
        left = about.grievance
        if point >= speak + keep:
            left += about.silence
        elif point >= speak:
            self.withholding = about.withhold_weeks
        self.grievance = min(self.grievance + left * severity, 1.0)

    def drift_back(self) -> None:
        """Let attitudes drift back to where they began."""
        share = self.model.reversion
        self.held = [held + share * (began - held) for held, began in zip(self.held, self.began, strict=True)]

    def weigh(self) -> None:
        """Weigh whether to pay: own habit, the service, and how the neighbours and the estate pay."""
        about, estate = self.model.payment, self.estate
        near = estate.collection
        if self.neighbours:
            near = sum(neighbour.history for neighbour in self.neighbours) / len(self.neighbours)
        others = SHARE_OF_TIES * estate.collection + (1 - SHARE_OF_TIES) * near
        lived = 0.0 if self.is_vacant else self.satisfaction - USUAL_SATISFACTION
        logit = self.inclination + about.history * (self.history - MIDDLE) + about.satisfaction * lived
        logit += about.trust * (self.held[PROVIDER] - MIDDLE) + about.awareness * (self.held[AWARENESS] - MIDDLE)
        logit += about.threat * estate.threat - (about.withholding if self.withholding else 0.0)
        self.chance = logistic(logit + self.coupling * (others - estate.start))

    def pay(self) -> None:
        """Pay the bill or owe it."""
        pays = self.random.random() < self.chance
        self.history += self.model.payment.habit * (pays - self.history)
        self.estate.billed += self.bill
        if pays:
            self.estate.paid += self.bill
            return
        self.owed += self.bill
        if self.arrears < MOST_MONTHS:
            self.arrears += 1


class HouseholdModel(mesa.Model):  # type: ignore[misc]
    """A world's households as Mesa agents."""

    def __init__(self, world: World) -> None:
        """Make the agents and introduce them to each other."""
        super().__init__(rng=SEED)
        self.experience, self.influence, self.voice, self.payment = map(
            world.plain_rates, ("satisfaction", "influence", "voice", "payment")
        )
        self.reversion = float(world.reversion)
        self.estates = [Estate(world, index) for index in range(len(world.quality))]
        self.struck: list[Household] = []
        people = world.households
        sizes = np.diff(people.layout.start)
        homes = [estate for estate, size in zip(self.estates, sizes, strict=True) for _ in range(size)]
        households = [Household(self, *row) for row in zip(homes, _rows(people), strict=True)]
        _introduce(households, people)
        self.households = self.agents
        self.residents = mesa.agent.AgentSet(
            [one for one, lives in zip(households, residents(people), strict=True) if lives], self.random
        )
        self.week = 0
        self.mean_satisfaction: list[float] = []

    def step(self) -> None:
        """Live through one week."""
        self.households.do("perceive")
        self.households.do("talk").do("adopt")
        self.meet_trouble()
        if bills(self.week):
            self.households.do("weigh").do("pay").do("drift_back")
            for estate in self.estates:
                estate.close_month()
        self.mean_satisfaction.append(self.residents.agg("satisfaction", sum) / len(self.residents))
        self.week += 1

    def meet_trouble(self) -> None:
        """Let issues arise, and those whom they strike answer."""
        self.struck = []
        self.households.do("meet_trouble")
        for household in self.struck:
            household.answer()

    def standing(self) -> dict[str, F8]:
        """Return where each household stands."""
        return {name: np.array(self.households.get(name), np.float64) for name in STANDING}


def _rows(people: Households) -> Any:
    """Yield each household's starting numbers."""
    columns = {**people.experience._asdict(), **people.opinion._asdict(), **people.paying._asdict()}
    lists = {name: column.T.tolist() for name, column in columns.items()}
    lists["held"] = people.attitudes.held.T.tolist()
    lists["began"] = (people.attitudes.start * trust.CODE).T.tolist()
    lists["is_vacant"] = (people.dwellings.tenure == VACANT).tolist()
    lists["owns"] = (people.dwellings.tenure == OWNER_OCCUPIED).tolist()
    lists["lives_here"] = residents(people).tolist()
    for values in zip(*lists.values(), strict=True):
        yield dict(zip(lists, values, strict=True))


def _introduce(households: list[Household], people: Households) -> None:
    """Give every household its ties, in the order of their slots."""
    ties, start = people.ties, people.layout.start
    for estate, first in enumerate(start[:-1].tolist()):
        for slot in range(ties.slots[estate], ties.slots[estate + 1]):
            offset = ties.offset[slot]
            for row, neighbour in enumerate(ties.neighbour[offset : offset + ties.count[slot]].tolist()):
                households[first + row].neighbours.append(households[first + neighbour])
