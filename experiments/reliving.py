"""One cell of a results folder lived through again, from what the folder says, with every event kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.results import CONFIGURATION
from scenarios.rebuilt import rebuilt
from scenarios.scenario import Scenario
from sim.case_events import OPENS

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.community import Community


@dataclass(frozen=True)
class Relived:
    """A cell lived through again.

    who: by the number of the event with which a case began, the row of the household behind it.  same:
    whether every count of events is that of the folder.
    """

    cell: int
    scenario: str
    seed: int
    community: "Community"
    who: Mapping[int, int]
    same: bool


def relive(path: Path, cells: "DataFrame", counts: "DataFrame", number: int) -> Relived:
    """Live through one cell of a folder again; cells, counts: tables of the folder; number: of the cell."""
    import numpy as np

    from scenarios.settle import settle

    row: Any = cells.set_index("cell").loc[number]
    scenario = scenario_of(path, str(row.scenario))
    community = settle(scenario, int(row.seed), events="all")
    who: dict[int, int] = {}
    for _ in range(scenario.weeks):
        community.step()
        cases = community.casework.ladder.cases
        by_households = cases.only(np.flatnonzero(~cases.claims))
        who.update(zip(by_households.cause.tolist(), by_households.who.tolist(), strict=True))
    for event in community.log.events:
        if event.action.startswith("case_") and community.log.events[event.cause].action in OPENS:
            who[event.cause] = int(event.detail)
    own = counts[counts.cell == number]
    told = dict(zip(zip(own.action, own.measure, strict=True), own["count"], strict=True))
    return Relived(number, scenario.name, int(row.seed), community, who, told == dict(community.log.counts))


def scenario_of(path: Path, name: str) -> Scenario:
    """Return a scenario as the folder's configuration has it, without the files that it was made from."""
    import yaml  # type: ignore[import-untyped]

    return rebuilt(yaml.safe_load((path / CONFIGURATION).read_text("utf-8"))["scenarios"][name], name)
