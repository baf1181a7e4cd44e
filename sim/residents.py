"""The residents and the service they live with: everything that the engine moves, behind a few verbs.

Whoever holds `Residents` can move households on by living through weeks, and by nothing else; its arrays are shown as views
that cannot be written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.engine import Engine
from sim.households import F8, Households, shown
from sim.mechanisms.payment import Collection
from sim.record import Record

WORST_OFF, POINTS = 0.1, 100.0


class Residents:
    """Households and quality of service of one community, week by week.

    quality: shape (e, k); at the start, 0-1.  grade: shape (e,); agreed in the contracts, 0-1.  collection: shape (e,); at
    the start.  The caller keeps no other reference to the arrays.
    """

    def __init__(
        self,
        households: Households,
        quality: F8,
        grade: F8,
        collection: F8,
        mechanisms: Mapping[str, Any],
        engine: Engine,
    ) -> None:
        """Move in."""
        self.households = households.read_only()
        self._people, self._engine, self._service = households, engine, mechanisms["service"]
        self._quality, self._aim, self._standard = quality.copy(), quality.copy(), quality.copy()
        self._grade = grade.astype(np.float32)
        self._collection = Collection(collection.copy(), collection.copy())
        self._courtesy = mechanisms["official_survey"].courtesy / POINTS
        self._smoothing = mechanisms["payment"].smoothing
        names = ("service", "satisfaction", "influence", "payment", "official_survey")
        self._rates = {name: mechanisms[name].rates() for name in names}

    def quality(self, estate: int) -> F8:
        """Return one estate's quality by matter, shape (k,), as a view that cannot be written."""
        return shown(self._quality[estate])

    def standard(self, estate: int) -> F8:
        """Return what one estate's contract promises by matter, shape (k,), as a view that cannot be written."""
        return shown(self._standard[estate])

    def collection(self, estate: int) -> float:
        """Return one estate's smoothed collection rate, 0-1."""
        return float(self._collection.smoothed[estate])

    def put_in(self, estate: int, means: float, effort: Sequence[float]) -> None:
        """Say what a provider puts in: means (1 as signed) and effort by matter of mean 1; quality will follow."""
        self._aim[estate] = self._service.aim(self._standard[estate], np.array(effort) * means)

    def serve(self, week: int, seed: int) -> None:
        """Let quality move towards what each provider puts in."""
        self._engine.serve(self._people.layout, self._quality, self._aim, self._rates["service"], week, seed)

    def perceive(self, week: int, seed: int) -> None:
        """Let residents perceive the service and be content or not."""
        people, quality = self._people, self._quality.astype(np.float32)
        rates = self._rates["satisfaction"]
        self._engine.perceive(people.layout, people.dwellings, people.experience, quality, rates, week, seed)

    def talk(self, week: int, seed: int) -> None:
        """Let neighbours talk."""
        people = self._people
        self._engine.talk(
            people.layout, people.dwellings, people.opinion, people.ties, self._rates["influence"], week, seed
        )

    def pay(self, week: int, seed: int, money: Any) -> None:
        """Let owners pay or not pay a month's bill; money, shape (e, 2), takes billed and paid [fen]."""
        people, collection = self._people, self._collection
        self._engine.pay(
            people.layout, people.dwellings, people.experience.satisfaction, people.paying, people.ties, collection,
            self._rates["payment"], week, seed, money,
        )  # fmt: skip
        paid = money[:, 1] / np.maximum(money[:, 0], 1)
        collection.smoothed[:] += self._smoothing * (paid - collection.smoothed)

    def write(self, record: Record, week: int) -> None:
        """Write down how residents and service stand."""
        people, engine = self._people, self._engine
        content = people.experience.satisfaction
        engine.tally(people.layout, people.dwellings, content, record.satisfaction[week])
        engine.distribution(people.dwellings.group, content, WORST_OFF, record.spread[week])
        trust, rates = people.attitudes.trust_residents_committee, self._rates["official_survey"]
        engine.survey(people.layout, people.dwellings, content, trust, rates, record.survey[week])
        record.survey[week, :, 1] += np.round(self._courtesy * record.survey[week, :, 0]).astype(np.int64)
        engine.distance(people.layout, people.opinion, self._grade, record.distance[week])
        record.quality[week] = self._quality
        record.collection[week] = self._collection.smoothed
