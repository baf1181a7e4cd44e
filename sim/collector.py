"""A data collector as Mesa users know it, filled from the record when it is asked."""

from typing import TYPE_CHECKING, Any

import mesa

from sim.outcome import outcomes

if TYPE_CHECKING:
    from sim.community import Community


class Collector(mesa.DataCollector):  # type: ignore[misc]
    """Outcomes week by week under Mesa's names: `model_vars` and `get_model_vars_dataframe()`.

    Nothing is collected by callbacks each week; values come from the community's record.
    """

    def __init__(self, community: "Community") -> None:
        """Collect every outcome of one community."""
        self._community = community
        self._observing = [outcome for outcome in outcomes().values() if outcome.observe]
        super().__init__()
        # Given to Mesa's initialiser, each name would open a book in `model_vars` and so compute every outcome anew.
        self.model_reporters = dict.fromkeys(outcomes(), _by_record)

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Return each outcome's values by week."""
        record = self._community.record
        return {key: outcome.series(record).tolist() for key, outcome in outcomes().items()}

    @model_vars.setter
    def model_vars(self, value: dict[str, Any]) -> None:
        """Ignore the empty books that Mesa opens: the record is the book."""

    @property
    def _collection_steps(self) -> list[int]:
        """Return the steps that there are values of; Mesa's batch asks for them from 3.5 on."""
        return list(range(1, self._community.record.weeks + 1))

    @_collection_steps.setter
    def _collection_steps(self, value: list[int]) -> None:
        """Ignore the empty book that Mesa opens."""

    def collect(self, model: Any) -> None:
        """Do nothing: weeks are recorded as they are lived."""

    def observe(self, community: "Community") -> None:
        """Take this week's value of the outcomes that must see the community as it lives."""
        for outcome in self._observing:
            if outcome.observe:
                community.record.keep(outcome.key, community.week, outcome.observe(community))


def _by_record(model: Any) -> None:
    """Stand as reporter for Mesa; the value comes from the record."""
