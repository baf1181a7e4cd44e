"""A community is what Mesa users expect of a model: it steps, holds agents, collects, and runs in a batch."""

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from agents.owners_committee import OwnersCommittee
from scenarios.places.four_estates import FourEstates
from scenarios.scenario import Scenario
from scenarios.settle import settle
from sim.community import Community
from sim.institution import VERBS, Institution
from sim.outcome import outcomes
from sim.parts import parts

EXAMPLE = Path(__file__).parents[1] / "docs" / "mesa_example.py"
WEEKS = 8
MESAS_OWN = ("steps", "time", "random", "rng", "agents", "agents_by_type", "running", "scenario")


def community(seed: int = 1, households: int = 24) -> Community:
    return settle(Scenario("here", FourEstates(households=households), weeks=WEEKS), seed=seed)


@pytest.fixture
def model() -> Community:
    return community()


def test_a_community_is_a_mesa_model_that_steps_by_weeks(model: Community) -> None:
    assert isinstance(model, mesa.Model)
    for _ in range(3):
        model.step()
    assert (model.steps, model.week) == (3, 3)


def test_every_institution_is_an_agent_of_mesa(model: Community) -> None:
    assert set(model.agents) == set(model.institutions)
    assert all(isinstance(one, mesa.Agent) and isinstance(one, Institution) for one in model.agents)
    assert len({one.unique_id for one in model.agents}) == len(model.institutions)
    assert {one.key for one in model.institutions} == set(parts("agent"))


def test_agents_are_selected_by_kind(model: Community) -> None:
    committees = model.agents.select(agent_type=OwnersCommittee)
    assert [one.estate.name for one in committees] == [estate.name for estate in model.estates]


def test_households_are_no_agents_and_cannot_be_written(model: Community) -> None:
    assert len(model.agents) < 30 < model.households.size
    with pytest.raises(ValueError, match="read-only"):
        model.households.experience.satisfaction[0] = 1


@pytest.mark.parametrize("name", MESAS_OWN)
def test_names_of_mesas_own_are_left_to_mesa(model: Community, name: str) -> None:
    bare, missing = mesa.Model(rng=1), object()
    assert type(getattr(model, name, missing)) is type(getattr(bare, name, missing))
    assert name not in vars(Community)


def test_no_verb_of_ours_is_a_method_of_mesas_agent() -> None:
    assert not [verb for verb in (*VERBS, "begin", "take_seat", "about", "estate") if verb in dir(mesa.Agent)]


def test_mesas_generators_decide_nothing() -> None:
    calm, stirred = community(), community()
    for _ in range(WEEKS):
        calm.step()
        stirred.random.random(), stirred.rng.random()
        stirred.step()
    pd.testing.assert_frame_equal(
        calm.datacollector.get_model_vars_dataframe(), stirred.datacollector.get_model_vars_dataframe()
    )


def test_the_collector_has_a_row_a_week_and_a_column_an_outcome(model: Community) -> None:
    for weeks in range(1, 4):
        model.step()
        frame = model.datacollector.get_model_vars_dataframe()
        assert frame.shape == (weeks, len(outcomes()))
    assert list(frame.columns) == list(outcomes())
    assert frame["true_satisfaction"].between(1, 99).all()


def test_a_batch_of_mesas_runs_communities() -> None:
    # From Mesa 3.5 on batch_run asks for seeds apart and stops at max_steps; before, it lived one week more than that.
    seeds = [1, 2]
    apart = "rng" in inspect.signature(mesa.batch_run).parameters
    rows = mesa.batch_run(
        community,
        {"households": 24} if apart else {"seed": seeds, "households": 24},
        **({"rng": seeds} if apart else {}),
        number_processes=1,
        data_collection_period=1,
        max_steps=WEEKS if apart else WEEKS - 1,
        display_progress=False,
    )
    alone = community(seed=2)
    for _ in range(WEEKS):
        alone.step()
    assert len(rows) == 2 * WEEKS
    assert _series(rows, 2) == alone.datacollector.model_vars["true_satisfaction"]
    assert _series(rows, 1) != _series(rows, 2)


def _series(rows: list[dict[str, Any]], seed: int) -> list[float]:
    return [row["true_satisfaction"] for row in rows if row["seed"] == seed]


def test_another_seed_gives_other_people() -> None:
    one, two = community(seed=1), community(seed=2)
    assert not np.array_equal(one.households.experience.satisfaction, two.households.experience.satisfaction)


@pytest.mark.slow
def test_the_example_runs_without_a_warning() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE)], capture_output=True, text=True, cwd=EXAMPLE.parents[1]
    )
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("true_satisfaction", "4 x OwnersCommittee", "household 7 of 480", "repairs: perceives"):
        assert words in done.stdout
