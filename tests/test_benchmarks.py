"""The race is a fair one: every contestant follows the same rules, and says what it measures."""

from typing import Any

import numpy as np
import pytest

from benchmarks import agreement
from benchmarks.agreement import TOLERANCE, OneByOne, disagreements, distance
from benchmarks.default_run import DefaultRun
from benchmarks.household_kernels import KernelHouseholds
from benchmarks.large_run import LargeRun, large_run
from benchmarks.measurement import Measured
from benchmarks.mesa_households import Household, HouseholdModel
from benchmarks.race import Times, race
from benchmarks.world import WEEKS_A_BILL, world
from experiments import bench
from experiments.cli import understood
from experiments.command import Command
from sim.errors import InputError
from sim.texts import LANGUAGES

DRAWS = {"perceive": 1, "talk": 1, "meet_trouble": 1, "answer": 5, "pay": 1}


def test_mesa_agents_and_numpy_fed_the_oracles_draws_stay_within_a_thousandth_of_it_for_eight_weeks() -> None:
    found = disagreements(world(1_200, estate_size=300))
    assert found["kernels"] == 0
    assert 0 < found["mesa"] < TOLERANCE and 0 < found["numpy"] < TOLERANCE


@pytest.mark.parametrize("verb", [*DRAWS, "adopt", "weigh", "drift_back"])
def test_agents_that_leave_a_rule_out_are_found(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small = world(120, estate_size=60)
    agents, kernels = HouseholdModel(small), KernelHouseholds(small)
    agents.random = OneByOne(kernels)

    def only_draw(household: Any) -> None:
        for _ in range(DRAWS.get(verb, 0)):
            household.random.random()

    monkeypatch.setattr(Household, verb, only_draw)
    for _ in range(agreement.WEEKS):
        kernels.step()
        agents.step()
    assert distance(agents, kernels) > TOLERANCE


def test_all_contestants_report_the_same_mean_satisfaction() -> None:
    small = world(120, estate_size=60)
    agents, kernels = HouseholdModel(small), KernelHouseholds(small)
    agents.random = OneByOne(kernels)
    for _ in range(5):
        kernels.step()
        agents.step()
    assert np.allclose(agents.mean_satisfaction, kernels.mean_satisfaction, atol=1e-4)


def test_a_race_lives_through_whole_bills_and_times_everybody_in_every_round() -> None:
    class Walker:
        weeks = 0

        def step(self) -> None:
            self.weeks += 1

        def standing(self) -> dict[str, Any]:
            return {}

    slow, fast = Walker(), Walker()
    times = race({"slow": slow, "fast": fast}, 10, {"slow": 41, "fast": 1}, rounds=3)
    assert (slow.weeks, fast.weeks) == (3 * 2 * WEEKS_A_BILL, 3 * WEEKS_A_BILL)
    assert [len(rounds) for rounds in times.seconds.values()] == [3, 3]


def test_a_ratio_is_the_median_of_the_rounds_ratios_so_that_a_slow_round_slows_both() -> None:
    times = Times({"slow": [10.0, 80.0, 12.0], "fast": [1.0, 10.0, 1.0]})
    assert times.ratio("slow", "fast") == 10


def _measured() -> Measured:
    one = Times({name: [2.0] for name in ("kernels", "numpy", "mesa", "two_threads")})
    passes = Times({name: [3.0] for name in bench.PASSES})
    starts = Times({"help": [0.3], "run": [2.0]})
    apart = {"kernels": 0.0, "mesa": 1e-7, "numpy": 1e-7}
    run, large = DefaultRun(2_400, 260, 1, 2, 3, 6), LargeRun(1_000_000, 52, 4.0, 500.0)
    return Measured(apart, {1_000: one, 1_000_000: one}, run, large, passes, 175.0, starts)


def test_every_line_of_the_report_says_its_unit_and_peers_versions_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("benchmarks.measurement.measured", lambda effort, say: _measured())
    done = bench.perform(quick=True)
    assert len(done.figures) == len({one.key for one in done.figures}) == len(done.as_json()["figures"]) > 30
    for lang in LANGUAGES:
        versions, _, _, *lines = done.report(lang).splitlines()
        assert all(f"{peer} " in versions for peer in bench.PEERS)
        assert len(lines) == len(done.figures)
        assert all(one.unit.say(lang) in line for one, line in zip(done.figures, lines, strict=True))


def test_a_large_run_lives_in_a_process_of_its_own() -> None:
    run = large_run(households=2_000, weeks=4)
    assert (run.households, run.weeks) == (2_000, 4)
    assert 0 < run.seconds < 5
    assert run.memory is None or 50 < run.memory < 600


def test_a_word_that_bench_does_not_know_is_refused() -> None:
    with pytest.raises(InputError, match="quik"):
        bench.answer(Command("bench", ("quik",)))


def test_quick_goes_with_bench_only() -> None:
    assert understood(["bench", "--quick"])[0].quick
    with pytest.raises(InputError, match="--quick goes with bench, not with list"):
        understood(["list", "--quick"])
