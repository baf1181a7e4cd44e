"""Running many cells: a failed or deadly cell stops no other, and progress tells how far it is."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments import comparison, runner
from experiments.cells import cells_of, live
from experiments.commands import going_on, repeating
from experiments.progress import RUNS, Progress, ProgressBar, progress_for
from experiments.request import Executor, Request
from scenarios.scenario import Scenario
from sim.parts import part_named
from sim.policy import Policy, Setting

WEEKS, HOUSEHOLDS, DEADLY = 4, 24, 3
PLACE = part_named("place", "four_estates")(households=HOUSEHOLDS)
SCENARIOS = (
    Scenario("status_quo", PLACE, weeks=WEEKS),
    Scenario("joint_meeting", PLACE, Policy((Setting("joint_meeting"),)), weeks=WEEKS),
)
WORDS = (
    "compare",
    "status_quo",
    "my/我们 街道.yaml",
    "joint_meeting.interval_weeks=8",
    "weeks=4",
    "replicates=4",
)


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "draw_figures", lambda *_: None)


def request(output: Path, **changes: Any) -> Request:
    asked = Request("compare", SCENARIOS, output, replicates=4, executor=Executor("serial"), words=WORDS)
    return replace(asked, **changes)


def fail_on_three(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(scenario: Scenario, seed: int, *others: Any) -> Any:
        if seed == DEADLY and scenario.policy.settings:
            raise ZeroDivisionError("no heads at all")
        return live(scenario, seed, *others)

    monkeypatch.setattr("experiments.cells.live", failing)


def test_a_failed_cell_is_named_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_on_three(monkeypatch)
    result = comparison.perform(request(tmp_path / "a"))
    assert result.exit_code == 1
    cells = result.tables["cells"]
    assert cells.state.tolist() == ["done"] * 6 + ["failed", "done"]
    assert cells.error[6] == "ZeroDivisionError: no heads at all"
    assert set(result.tables["effects"].n) <= {3, 0}
    first, *_, last_but_two, repeat, folder = result.report("en").splitlines()
    assert first == "Note: 1 of 8 runs failed; what follows is of the others only (see the end)."
    assert "no heads at all" in last_but_two and str(tmp_path / "a") in folder
    assert repeat.strip() == "cogov run 'my/我们 街道.yaml' joint_meeting.interval_weeks=8 weeks=4 seed=3"


def test_a_comparison_of_nothing_but_failures_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("never")

    monkeypatch.setattr("experiments.cells.live", failing)
    result = comparison.perform(request(tmp_path / "a"))
    assert result.exit_code == 1
    assert result.report("zh").startswith("注意：8 次运行中有 8 次失败")
    assert len(result.as_json()["failed"]) == 8


def test_settings_of_measures_that_a_scenario_lacks_are_not_repeated(tmp_path: Path) -> None:
    asked = request(tmp_path / "a")
    base = cells_of(asked.scenarios, asked.seed, asked.replicates)[1]
    assert repeating(asked, base) == "cogov run status_quo weeks=4 seed=2"
    listed = replace(asked, words=("compare", "scenarios=[status_quo,other.yaml]", "weeks=4"))
    assert repeating(listed, cells_of(asked.scenarios, 1, 4)[4]) == "cogov run other.yaml weeks=4 seed=1"


def test_the_command_that_goes_on_names_the_folder(tmp_path: Path) -> None:
    asked = request(Path("结 果"), words=(*WORDS, "output=x", "resume=false"))
    assert going_on(asked).endswith("replicates=4 'output=结 果' resume=true")
    assert "output=x" not in going_on(asked) and "resume=false" not in going_on(asked)


def test_scenarios_of_one_identity_are_lived_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lived: list[str] = []
    attempt = runner.attempt
    monkeypatch.setattr(runner, "attempt", lambda task: lived.append(task.identity) or attempt(task))
    twin = replace(SCENARIOS[0], name="twin")
    result = comparison.perform(request(tmp_path / "a", scenarios=(SCENARIOS[0], twin)))
    assert len(lived) == len(set(lived)) == 4
    assert len(result.tables["cells"]) == 8


def test_a_table_is_read_once_for_all_cells(tmp_path: Path) -> None:
    import shutil

    example = Path(runner.__file__).parent.parent / "scenarios" / "examples" / "hebei_estates.csv"
    mine = Path(shutil.copy(example, tmp_path / "mine.csv"))
    place = part_named("place", "table")(file=str(mine))
    asked = request(tmp_path / "a", scenarios=tuple(replace(one, place=place) for one in SCENARIOS))
    tasks = runner.tasks_of(asked.configurations, cells_of(asked.scenarios, 1, 2), "", asked)
    mine.unlink()
    assert {isinstance(runner.attempt(task), bytes) for task in tasks} == {True}


def test_progress_is_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("experiments.progress.time.monotonic", lambda: now[0])
    stream = io.StringIO()
    told = progress_for("zh", stream=stream)
    told.begin(RUNS, 0, 20)
    for done in range(1, 21):
        now[0] += 2.0
        told.show(done, failed=int(done > 10))
    told.end()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 4  # every ten of forty seconds, the last being the end
    assert lines[0] == "运行 5/20  剩余 0:00:30"
    assert lines[-1] == "运行 20/20  失败 1  剩余 0:00:00"


def test_progress_is_a_bar_in_a_terminal_and_nothing_when_quiet() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    told = progress_for("en", stream=stream)
    assert isinstance(told, ProgressBar)
    told.begin(RUNS, 0, 2)
    told.show(2, failed=1)
    told.end()
    assert "2/2" in stream.getvalue() and "failed 1" in stream.getvalue()
    assert type(progress_for("en", quiet=True, stream=stream)) is Progress
