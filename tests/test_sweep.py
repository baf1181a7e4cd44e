"""Sweeps: the grammar expanded into points, cells that go on wherever they stopped, failures told, memory bounded."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments import runner, sweep
from experiments.cli import main
from experiments.command import Command
from experiments.commands import repeating_point
from experiments.design import Axis, Design, designed, designs
from experiments.function_sweep import FunctionSweep, sweep_function
from experiments.grammar import swept
from experiments.journal import Journal
from experiments.library import CONF, Library
from experiments.points import Points, read_points
from experiments.request import Executor
from experiments.results import KEYS, read_manifest
from experiments.sweep import Sweep, Swept, perform, requested
from sim.errors import InputError, Interrupted

SMALL = ("place=one_estate", "place.households=24", "weeks=4", "executor=serial", "figures=none")
SHARE, EVERY = "cross_serving.residents_committee_share", "joint_meeting.interval_weeks"
CHOSEN_BY = "joint_meeting.agenda"


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def asked(*words: str) -> Sweep:
    return requested(Command("sweep", (*words, *SMALL)))


def done(*words: str) -> Swept:
    return perform(asked(*words))


def points(*words: str) -> list[tuple[Any, ...]]:
    return [(point.scenario, *point.values) for point in asked(*words).points.rows]


def table_bytes(folder: Path) -> dict[str, bytes]:
    found = {file.name: file.read_bytes() for file in folder.glob("*.parquet")}
    assert len(found) == len(KEYS) - 3 + 2  # no effects, no evidence of measures, but points and their summary
    return found


def stop_after(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    keep, kept = Journal.keep, []

    def stopping(journal: Journal, identity: str, segment: bytes) -> None:
        if len(kept) == cells:
            raise KeyboardInterrupt
        kept.append(identity)
        keep(journal, identity, segment)

    monkeypatch.setattr(Journal, "keep", stopping)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lived: list[str] = []
    attempt = runner.attempt
    monkeypatch.setattr(runner, "attempt", lambda task: lived.append(task.identity) or attempt(task))
    return lived


def test_a_grid_has_every_combination_the_last_fastest() -> None:
    assert points("cross_serving", f"{SHARE}=0.2,0.4", f"{EVERY}='range(4,9,4)'".replace("'", "")) == [
        ("cross_serving", 0.2, 4),
        ("cross_serving", 0.2, 8),
        ("cross_serving", 0.4, 4),
        ("cross_serving", 0.4, 8),
    ]


def test_real_steps_are_rounded_to_twelve_digits() -> None:
    axis = swept(f"{SHARE}=range(0,0.75,0.1)")
    assert axis is not None and axis.values[3:] == ("0.3", "0.4", "0.5", "0.6", "0.7")


def test_a_scenario_without_what_is_varied_is_one_point_and_is_said_so() -> None:
    plan = asked("scenario=status_quo,cross_serving", f"{SHARE}=0.2,0.4")
    assert [(point.scenario, *point.values) for point in plan.points.rows] == [
        ("status_quo", None),
        ("cross_serving", 0.2),
        ("cross_serving", 0.4),
    ]


def test_places_and_policies_can_be_varied_too() -> None:
    two = requested(
        Command("sweep", ("status_quo", "place=one_estate,four_estates", "policy=status_quo,joint_meeting", "weeks=4"))
    )
    assert [point.values for point in two.points.rows] == [
        ("one_estate", "status_quo"),
        ("one_estate", "joint_meeting"),
        ("four_estates", "status_quo"),
        ("four_estates", "joint_meeting"),
    ]
    assert len(set(two.points.configurations)) == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("seed=1,2",), "replicates"),
        ((f"{SHARE}=0.2,0.9",), "0 to 0.6"),
        (("place=four_estates,one_estat",), "one_estate"),
        ((f"{SHARE}=interval(0,0.5)",), "interval"),
        (("design=gird", f"{SHARE}=0.1,0.2"), "grid"),
        (("scenario=status_quo,owners_alone", f"{EVERY}=4,8"), EVERY),
        (("executor.workers=1,2",), "executor.workers"),
    ],
)
def test_what_cannot_be_varied_is_refused_and_leaves_nothing(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        perform(asked(*words))
    assert told in refused.value.say("en") and refused.value.say("zh")
    assert not list(tmp_path.iterdir())


def test_a_design_that_says_which_scenario_takes_no_other_beside_it() -> None:
    Path("my.csv").write_text("scenario,weeks\nstatus_quo,4\n", "utf-8")
    with pytest.raises(InputError, match="column scenario"):
        asked("cross_serving", "design=file:my.csv")
    assert points("design=file:my.csv") == [("status_quo", 4)]


def test_the_tables_tell_what_is_varied_and_everything_that_is_fixed(tmp_path: Path) -> None:
    result = done(
        "scenario=status_quo,joint_meeting",
        "policy=joint_meeting",
        f"{EVERY}=4,8",
        "joint_meeting.since=2018-01-01",
        "replicates=2",
        "output=a",
    )
    cells = result.table
    assert cells.cell.tolist() == list(range(len(cells))) and cells.point.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert cells.seed.tolist() == [1, 2] * 4
    assert set(cells["place.households"]) == {24.0} and cells[EVERY].tolist()[:4] == [4.0, 4.0, 8.0, 8.0]
    assert set(cells.state) == {"done"} and set(cells["flags"]) <= {"", "issues"}  # nothing may go wrong in four weeks
    mean = cells.groupby("point").true_satisfaction.mean()
    assert result.summary.true_satisfaction.tolist() == pytest.approx(mean.tolist())
    assert (tmp_path / "a" / "summary.csv").read_bytes().startswith(b"\xef\xbb\xbfpoint,scenario,")


def test_a_sweep_that_stopped_goes_on_from_its_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cross_serving", f"{SHARE}=0.2,0.4", "replicates=3")
    done(*words, "output=whole")
    with monkeypatch.context() as patch, pytest.raises(Interrupted) as stopped:
        stop_after(patch, 4)
        done(*words, "output=半途 中")
    assert stopped.value.command == "cogov sweep 'resume=半途 中'"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    lived = counted(monkeypatch)
    perform(requested(Command("sweep", (f"resume={tmp_path / '半途 中'}", "executor=serial", "figures=none"))))
    assert len(lived) == 2
    assert table_bytes(tmp_path / "半途 中") == table_bytes(tmp_path / "whole")


def test_the_same_command_with_a_bigger_number_tops_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cross_serving", f"{SHARE}=0.2,0.4")
    done(*words, "replicates=2", "output=a", "resume=true")  # a folder that is not there yet simply begins
    with pytest.raises(InputError, match="resume=true"):
        done(*words, "replicates=4", "output=a")
    lived = counted(monkeypatch)
    done(*words, "replicates=4", "output=a", "resume=true")
    perform(requested(Command("sweep", ("resume=a", "replicates=5", "executor=serial", "figures=none"))))
    assert len(lived) == 2 * 3
    with pytest.raises(InputError, match="more of them, not fewer"):
        done(*words, "replicates=3", "output=a", "resume=true")
    done(*words, "replicates=5", "output=b")
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "b")
    assert read_manifest(tmp_path / "a")["replicates"] == 5


@pytest.mark.parametrize("varied", [f"{EVERY}=4,8", f"{EVERY}=4,null", f"{CHOSEN_BY}=shortfall,voiced"])
def test_a_sweep_is_the_same_one_when_it_is_read_back(varied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("joint_meeting", varied, "place.households=24", "weeks=4", "executor=serial", "figures=none")
    perform(requested(Command("sweep", (*words, "replicates=1", "output=a"))))
    lived = counted(monkeypatch)
    perform(requested(Command("sweep", ("resume=a", "replicates=2", "executor=serial", "figures=none"))))
    assert len(lived) == 2
    perform(requested(Command("sweep", (*words, "replicates=2", "output=a", "resume=true"))))
    assert len(lived) == 2


def test_a_failed_cell_of_a_users_own_scenario_is_repeated_from_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("never")

    Path("my").mkdir()
    mine = Path("my/ours.yaml")
    mine.write_bytes((CONF / "scenario" / "cross_serving.yaml").read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr("experiments.cells.live", failing)
        found = done(f"scenario=status_quo,{mine}", f"{SHARE}=0.2", "replicates=1")
    repeats = [shlex.split(one["repeat"])[2] for one in found.failures()]
    assert repeats == ["status_quo", str(mine)]
    assert main(shlex.split(found.failures()[1]["repeat"])[1:]) == 0


def test_a_folder_of_scenarios_is_named_again_when_a_cell_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("my").mkdir()
    Path("my/ours.yaml").write_bytes((CONF / "scenario" / "cross_serving.yaml").read_bytes())
    plan = requested(Command("sweep", ("ours", *SMALL), library=Library(Path("my"))))
    repeat = repeating_point(plan.request, plan.cells[0], {})
    assert "--scenarios=my" in repeat and main(shlex.split(repeat)[1:]) == 0


def test_another_design_is_refused_in_the_folder() -> None:
    done("cross_serving", f"{SHARE}=0.2,0.4", "replicates=1", "output=a")
    with pytest.raises(InputError, match="another experiment"):
        done("cross_serving", f"{SHARE}=0.2,0.5", "replicates=1", "output=a", "resume=true")
    with pytest.raises(InputError, match="stands in its folder"):
        requested(Command("sweep", ("resume=a", "weeks=8")))


def test_a_cell_that_raises_is_told_with_its_command_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from experiments.cells import live

    def failing(scenario: Any, seed: int, *others: Any) -> Any:
        if seed == 2 and scenario.policy.settings[0].levers["residents_committee_share"][0][1] == 0.4:
            raise ZeroDivisionError("no heads")
        return live(scenario, seed, *others)

    words = ["sweep", "cross_serving", f"{SHARE}=0.2,0.4", "replicates=3", *SMALL, "output=a", "--lang", "en", "--quiet"]
    with monkeypatch.context() as patch:
        patch.setattr("experiments.cells.live", failing)
        assert main(words) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Note: 1 of 6 runs failed" in told
    assert "ZeroDivisionError: no heads" in told
    assert f"cogov run cross_serving place=one_estate place.households=24 weeks=4 {SHARE}=0.4 seed=2" in told
    assert main(["status", "a", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["cells"] == {"waiting": 0, "running": 0, "done": 5, "failed": 1}
    summary = sweep.read(Path("a"), "summary")
    assert summary.n.tolist() == [3, 2] and summary.failed.tolist() == [0, 1]
    assert main([*words, "resume=true"]) == 0
    assert "failed" not in capsys.readouterr().out


def test_status_and_figures_of_a_sweep_that_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        stop_after(patch, 2)
        done("cross_serving", f"{SHARE}=0.2,0.4", "replicates=2", "output=a")
    assert main(["status", "a", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "nobody is at work" in told and "cogov sweep resume=a" in told
    assert main(["figures", "a", "--lang", "en"]) == 2
    assert "2 of 4 runs are done" in capsys.readouterr().err


def test_a_cell_verified_is_the_same_and_one_changed_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow.parquet as parquet

    done("cross_serving", f"{SHARE}=0.2,0.4", "replicates=2", "output=a")
    for cell in range(4):
        assert main(["verify", "a", "--cell", str(cell)]) == 0
    table = parquet.read_table("a/outcomes.parquet")
    column = table.column_names.index("collection_rate")
    values = table["collection_rate"].to_numpy().copy()
    values[9] += 1e-5
    parquet.write_table(table.set_column(column, table.schema.field(column), [values]), "a/outcomes.parquet")
    assert main(["verify", "a", "--cell", "1"]) == 0
    assert main(["verify", "a", "--cell", "2"]) == 1
    assert "outcomes" in capsys.readouterr().out
    assert main(["verify", "a", "--cell", "44"]) == 2


def test_points_come_back_as_they_were() -> None:
    plan = asked("scenario=status_quo,cross_serving", f"{SHARE}=0.2,0.4", "replicates=1", "output=a")
    perform(plan)
    assert read_points(Path("a")) == plan.points


def product(cell: Mapping[str, Any], seed: int) -> dict[str, float]:
    if cell["a"] == 3.0 and seed == 2:
        raise ValueError("three is too many")
    return {"y": cell["a"] * cell["b"] + seed}


def test_any_function_of_a_cell_is_swept(tmp_path: Path) -> None:
    design = Design(("a", "b"), ((1.0, 2.0), (3.0, 4.0)), {"town": ("张家口", "x")})
    result = sweep_function(FunctionSweep(product, design, tmp_path / "a", replicates=2))
    assert result.table.columns.tolist() == ["cell", "scenario", "seed", "state", "error", "point", "a", "b", "town", "y"]
    assert result.table.y.tolist()[:3] == [3.0, 4.0, 13.0]
    assert result.table.state.tolist() == ["done"] * 3 + ["failed"]
    assert result.table.town.tolist() == ["张家口"] * 2 + ["x"] * 2
    with pytest.raises(InputError, match="resume=true"):
        sweep_function(FunctionSweep(product, design, tmp_path / "a", replicates=2))


@pytest.mark.parametrize("verb", ["explain", "effects"])
def test_a_sweep_has_no_pair_to_explain_and_says_what_to_do(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    done("scenario=status_quo,cross_serving", f"{SHARE}=0.2,0.4", "replicates=1", "output=a")
    assert main([verb, "a"]) == 2
    assert "cogov compare status_quo cross_serving" in capsys.readouterr().err


def test_a_figure_that_a_folder_has_no_tables_for_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    done("cross_serving", f"{SHARE}=0.2,0.4", f"{EVERY}=4,8", "replicates=2", "output=a")
    assert main(["figures", "a", "figure=effects"]) == 2
    assert "effects" in (said := capsys.readouterr().err) and "heat_map" in said
    assert not Path("a/figures").exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"state": "complete"}'])
@pytest.mark.parametrize("verb", ["status", "verify", "figures", "explain"])
def test_a_broken_manifest_is_told(verb: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a").mkdir()
    Path("a/manifest.json").write_text(text, "utf-8")
    assert main([verb, "a"]) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_a_cell_is_named_by_a_plain_number(capsys: pytest.CaptureFixture[str]) -> None:
    done("cross_serving", "replicates=1", "output=a")
    assert main(["verify", "a", "--cell", "²"]) == 2
    assert "²" in capsys.readouterr().err


def test_calls_of_a_function_are_no_runs_to_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep_function(FunctionSweep(product, Design(("a", "b"), ((1.0, 2.0),)), tmp_path / "a"))
    assert main(["verify", str(tmp_path / "a")]) == 2
    assert "test_sweep.product" in capsys.readouterr().err


def test_designs_are_found_by_their_files() -> None:
    assert "grid" in designs()
    assert designed("grid", [Axis("a", ("1",))], 1).points == (("1",),)
    assert Points(("a",), (), ()).columns()["a"].to_pylist() == []


def test_a_grid_without_anything_varied_is_one_point() -> None:
    assert points("status_quo") == [("status_quo",)]
    assert replace(asked("status_quo").request, executor=Executor()).executor.kind == "processes"


def test_a_cell_that_was_lived_through_is_not_kept() -> None:
    """Mesa 3.3 keeps every model that it counted an agent of; workers would grow with the cells."""
    import gc

    from experiments.task import attempt
    from sim.community import Community

    def kept() -> int:
        gc.collect()
        return sum(type(one) is Community for one in gc.get_objects())

    plan, before = asked("cross_serving", "replicates=3"), kept()
    for task in runner.tasks_of(plan.points.configurations, plan.cells, "", plan.request):
        assert isinstance(attempt(task), bytes)
    assert kept() <= before  # other tests keep some of their own
