"""The results folder: whole or not at all, resumed without a trace, never overwritten."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from pyarrow import parquet

from experiments import comparison, journal, results, runner, single_run, writing
from experiments.cells import cells_of, configuration_of, facts, live
from experiments.opening import LOCK, experiment_of, is_locked, locked, opened
from experiments.request import Executor, Request
from scenarios.scenario import Scenario
from sim.engine import engine
from sim.errors import InputError, Interrupted
from sim.parts import part_named
from sim.policy import Policy, Setting

WEEKS, HOUSEHOLDS = 8, 60
TABLES = (*results.KEYS,)


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (comparison, single_run):
        monkeypatch.setattr(module, "draw_figures", lambda *_: None)


def scenarios() -> tuple[Scenario, ...]:
    place = part_named("place", "four_estates_with_committees")(households=HOUSEHOLDS)
    both = Policy(tuple(Setting(key, since=date(2018, 1, 1)) for key in ("cross_serving", "joint_meeting")))
    return Scenario("status_quo", place, weeks=WEEKS), Scenario("both", place, both, weeks=WEEKS)


def request(output: Path, **changes: Any) -> Request:
    asked = Request(
        "compare", scenarios(), output, replicates=3, executor=Executor("serial"),
        words=("compare", "status_quo", "both", "place.households=60", "output=elsewhere"),
    )  # fmt: skip
    return replace(asked, **changes)


def table_bytes(folder: Path) -> dict[str, bytes]:
    found = {file.name: file.read_bytes() for file in folder.glob("*.parquet")}
    assert sorted(found) == sorted(f"{name}.parquet" for name in TABLES)
    return found


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def stop_after(monkeypatch: pytest.MonkeyPatch, cells: int, error: BaseException) -> None:
    """Let the work stop once so many cells are in the journal."""
    keep, kept = journal.Journal.keep, []

    def stopping(folder: journal.Journal, identity: str, segment: bytes) -> None:
        if len(kept) == cells:
            raise error
        kept.append(identity)
        keep(folder, identity, segment)

    monkeypatch.setattr(journal.Journal, "keep", stopping)


def test_tables_keep_their_contract(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path / "a"))
    tables = results.read_tables(tmp_path / "a")
    for name, keys in results.KEYS.items():
        frame = tables[name]
        assert tuple(frame.columns[: len(keys)]) == keys or name == "effects" or name == "group_effects"
        assert frame[list(keys)].equals(frame[list(keys)].sort_values(list(keys)).reset_index(drop=True)), name
        assert not frame.duplicated(list(keys)).any(), name
    assert tables["cells"].scenario.tolist() == ["status_quo"] * 3 + ["both"] * 3
    assert tables["cells"].seed.tolist() == [1, 2, 3, 1, 2, 3]
    assert len(tables["outcomes"]) == 6 * WEEKS
    assert json.loads((tmp_path / "a" / "manifest.json").read_text("utf-8"))["state"] == "complete"
    assert not (tmp_path / "a" / "journal").exists()


def test_outcomes_are_single_precision_in_split_bytes_and_keys_are_in_a_dictionary(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path / "a"))
    group = parquet.ParquetFile(tmp_path / "a" / "outcomes.parquet").metadata.row_group(0)
    columns = {group.column(index).path_in_schema: group.column(index) for index in range(group.num_columns)}
    assert "BYTE_STREAM_SPLIT" in columns["true_satisfaction"].encodings
    assert "RLE_DICTIONARY" in columns["cell"].encodings
    assert {column.compression for column in columns.values()} == {"ZSTD"}


def test_fixed_parameters_and_levers_stand_in_the_cells(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path / "a"))
    cells = results.read_tables(tmp_path / "a")["cells"].set_index("scenario")
    assert set(cells["place.households"]) == {60.0}
    assert set(cells["place"]) == {"four_estates_with_committees"}
    lever = "cross_serving.residents_committee_share"
    assert cells.loc["status_quo", lever].eq(0.0).all()
    assert cells.loc["both", lever].eq(0.4).all()


def test_a_lever_stands_as_it_is_in_the_last_week() -> None:
    last = date(2018, 2, 19)
    rising = ((date(2018, 1, 1), 0.1), (last, 0.3), (date(2018, 2, 26), 0.5))
    setting = Setting("cross_serving", levers={"residents_committee_share": rising})
    scenario = replace(scenarios()[1], policy=Policy((setting,)))
    assert facts(configuration_of(scenario))["cross_serving.residents_committee_share"] == 0.3
    ended = replace(scenario, policy=Policy((replace(setting, until=last),)))
    assert facts(configuration_of(ended))["cross_serving.residents_committee_share"] == 0.0


def test_no_path_of_a_table_stands_in_the_cells() -> None:
    told = facts(configuration_of(Scenario("mine", part_named("place", "table")(file=str(EXAMPLE)), weeks=WEEKS)))
    assert "place.file" not in told
    assert not any("hebei" in str(value) for value in told.values())


EXAMPLE = Path(results.__file__).parent.parent / "scenarios" / "examples" / "hebei_estates.csv"


def test_end_values_are_those_of_the_community(tmp_path: Path, lived: Callable[..., Any]) -> None:
    from sim.outcome import outcomes

    comparison.perform(request(tmp_path / "a"))
    cells = results.read_tables(tmp_path / "a")["cells"]
    community = lived(scenarios()[1], seed=2)
    for key, outcome in outcomes().items():
        [told] = cells[(cells.scenario == "both") & (cells.seed == 2)][key]
        assert told == pytest.approx(float(outcome.summed(outcome.series(community.record))), nan_ok=True)


def test_groups_add_up_to_everybody() -> None:
    tables = live(scenarios()[0], 1, engine(), "none")
    groups, [ends] = tables["by_group"].to_pandas(), tables["ends"].to_pylist()
    for dimension in ("tenure", "age", "archetype"):
        rows = groups[groups.dimension == dimension]
        mean = (rows.households * rows.true_satisfaction).sum() / rows.households.sum()
        assert mean == pytest.approx(ends["true_satisfaction"])
    [worst] = groups[groups.dimension == "worst_off"].true_satisfaction
    assert worst == pytest.approx(ends["worst_off_satisfaction"])
    assert tables["events"].num_rows == 0
    assert tables["event_counts"].num_rows > 0


def test_two_runs_of_the_same_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        comparison.perform(request(tmp_path / name))
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "b")


def test_one_worker_gives_the_bytes_of_two_and_of_none(tmp_path: Path) -> None:
    for name, executor in (
        ("none", Executor("serial")),
        ("one", Executor("processes", 1)),
        ("two", Executor("processes", 2)),
        ("threads", Executor("serial", threads=2)),
    ):
        comparison.perform(request(tmp_path / name, executor=executor))
    for name in ("one", "two", "threads"):
        assert table_bytes(tmp_path / name) == table_bytes(tmp_path / "none"), name


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path / "a"))
    comparison.perform(request(tmp_path / "b", seed=2))
    assert table_bytes(tmp_path / "a")["outcomes.parquet"] != table_bytes(tmp_path / "b")["outcomes.parquet"]


def test_a_resumed_comparison_has_the_bytes_of_one_at_a_stretch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison.perform(request(tmp_path / "whole"))
    with monkeypatch.context() as patch, pytest.raises(Interrupted) as stopped:
        stop_after(patch, 2, KeyboardInterrupt())
        comparison.perform(request(tmp_path / "半途"))
    assert stopped.value.command.endswith("resume=true")
    assert "output=elsewhere" not in stopped.value.command
    assert len(list((tmp_path / "半途" / "journal").iterdir())) == 2
    lived: list[str] = []
    attempt = runner.attempt
    monkeypatch.setattr(runner, "attempt", lambda task: lived.append(task.identity) or attempt(task))
    comparison.perform(request(tmp_path / "半途", resume=True))
    assert len(lived) == 4
    assert table_bytes(tmp_path / "半途") == table_bytes(tmp_path / "whole")


KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import test_results as here
from experiments import comparison, journal
from pathlib import Path
keep = journal.Journal.keep
def killing(folder, identity, segment):
    if len(folder.finished()) == 2:
        (folder.path / "half.arrow.part").write_bytes(segment[:50])
        os.kill(os.getpid(), signal.SIGTERM) if os.name == "nt" else os.kill(os.getpid(), signal.SIGKILL)
    keep(folder, identity, segment)
journal.Journal.keep = killing
comparison.perform(here.request(Path(sys.argv[1])))
"""


def test_a_killed_process_leaves_a_folder_that_goes_on(tmp_path: Path) -> None:
    root = Path(results.__file__).parent.parent
    script = KILLED.format(tests=str(root / "tests"))
    environment = {**os.environ, "PYTHONPATH": str(root)}
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "killed")], env=environment, capture_output=True)
    assert killed.returncode != 0
    assert results.read_manifest(tmp_path / "killed")["state"] == "running"
    assert (tmp_path / "killed" / "journal" / "half.arrow.part").exists(), killed.stderr
    comparison.perform(request(tmp_path / "killed", resume=True))
    comparison.perform(request(tmp_path / "whole"))
    assert everything(tmp_path / "killed") == everything(tmp_path / "whole")
    assert table_bytes(tmp_path / "killed") == table_bytes(tmp_path / "whole")


def test_a_finished_folder_is_told_again_without_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = comparison.perform(request(tmp_path / "a"))
    before = {name: (tmp_path / "a" / name).stat().st_mtime_ns for name in everything(tmp_path / "a")}
    monkeypatch.setattr(runner, "attempt", lambda task: pytest.fail("a cell was lived through"))
    again = comparison.perform(request(tmp_path / "a", resume=True))
    assert again.report("zh") == first.report("zh")
    assert before == {name: (tmp_path / "a" / name).stat().st_mtime_ns for name in everything(tmp_path / "a")}


def test_more_replicates_top_up_an_unfinished_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        stop_after(patch, 3, KeyboardInterrupt())
        comparison.perform(request(tmp_path / "a"))
    comparison.perform(request(tmp_path / "a", resume=True, replicates=4))
    comparison.perform(request(tmp_path / "b", replicates=4))
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "b")


def test_more_replicates_top_up_a_finished_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison.perform(request(tmp_path / "a"))
    lived: list[str] = []
    attempt = runner.attempt
    monkeypatch.setattr(runner, "attempt", lambda task: lived.append(task.identity) or attempt(task))
    comparison.perform(request(tmp_path / "a", resume=True, replicates=5))
    assert len(lived) == 2 * 2
    comparison.perform(request(tmp_path / "b", replicates=5))
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


@pytest.mark.parametrize("changed", ["seed", "weeks", "events", "fewer replicates"])
def test_another_experiment_is_refused_in_the_folder(tmp_path: Path, changed: str) -> None:
    comparison.perform(request(tmp_path / "a"))
    other = {
        "seed": request(tmp_path / "a", seed=5),
        "weeks": request(tmp_path / "a", scenarios=tuple(replace(one, weeks=9) for one in scenarios())),
        "events": request(tmp_path / "a", events="all"),
        "fewer replicates": request(tmp_path / "a", replicates=2),
    }[changed]
    before = table_bytes(tmp_path / "a")
    with pytest.raises(InputError) as refused:
        comparison.perform(replace(other, resume=True))
    assert str(tmp_path / "a") in refused.value.say("zh")
    assert table_bytes(tmp_path / "a") == before


def test_other_sources_are_refused_while_unfinished_and_told_of_once_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = comparison.perform(request(tmp_path / "done"))
    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        stop_after(patch, 1, KeyboardInterrupt())
        comparison.perform(request(tmp_path / "half"))
    for module in ("manifest", "opening", "finished"):
        monkeypatch.setattr(f"experiments.{module}.sources_hash", lambda: "other")
    with pytest.raises(InputError, match="other sources"):
        comparison.perform(request(tmp_path / "half", resume=True))
    assert "other sources" in comparison.perform(request(tmp_path / "done", resume=True)).report("en")
    assert done.manifest["state"] == "complete"
    mixed = comparison.perform(request(tmp_path / "half", resume=True, drift=True))
    assert "mix several versions" in mixed.report("en") and mixed.manifest["mixed"] == ["other"]
    assert table_bytes(tmp_path / "half") == table_bytes(tmp_path / "done")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        comparison.perform(request(tmp_path))
    assert everything(tmp_path) == ["notes.txt"]
    comparison.perform(request(tmp_path / "done"))
    before = table_bytes(tmp_path / "done")
    with pytest.raises(InputError, match="resume=true"):
        comparison.perform(request(tmp_path / "done"))
    assert table_bytes(tmp_path / "done") == before


def test_an_empty_folder_is_accepted(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path))
    assert table_bytes(tmp_path)


def test_a_folder_that_cannot_be_written_is_bad_input_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError) as refused:
        comparison.perform(request(tmp_path / "file" / "a" / "b"))
    assert "file" in refused.value.say("zh")
    assert everything(tmp_path) == ["file"]


def test_a_disk_full_at_the_start_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk(monkeypatch, "manifest.json")
    with pytest.raises(InputError, match="No space"):
        comparison.perform(request(tmp_path / "a" / "b"))
    assert everything(tmp_path) == []


def fill_disk(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """Let the disk be full when a file of some ending has been half written."""
    replace_file = writing.os.replace

    def full(source: Path, target: Path) -> None:
        if str(target).endswith(ending):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace_file(source, target)

    monkeypatch.setattr(writing.os, "replace", full)


@pytest.mark.parametrize("ending", [".arrow", "cells.parquet", "events.parquet", "group_effects.parquet"])
def test_a_full_disk_keeps_what_is_finished_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    with monkeypatch.context() as patch, pytest.raises(Interrupted) as stopped:
        fill_disk(patch, ending)
        comparison.perform(request(tmp_path / "a"))
    assert os.strerror(errno.ENOSPC) in stopped.value.reason.zh
    assert f"output={tmp_path / 'a'}" in stopped.value.command
    assert not [name for name in everything(tmp_path) if name.endswith(".part")]
    assert len(list((tmp_path / "a" / "journal").iterdir())) == (0 if ending == ".arrow" else 6)
    comparison.perform(request(tmp_path / "a", resume=True))
    comparison.perform(request(tmp_path / "whole"))
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "whole")


@pytest.mark.parametrize("ending", ["manifest.json", "config.yaml"])
def test_a_disk_full_when_an_experiment_goes_on_is_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    comparison.perform(request(tmp_path / "a"))
    before = table_bytes(tmp_path / "a")
    with monkeypatch.context() as patch, pytest.raises(InputError, match="cannot be written"):
        fill_disk(patch, ending)
        comparison.perform(request(tmp_path / "a", resume=True, replicates=request(tmp_path).replicates + 1))
    assert table_bytes(tmp_path / "a") == before


def test_what_a_killed_process_left_on_the_way_is_swept_when_work_goes_on(tmp_path: Path) -> None:
    asked = request(tmp_path / "a")
    with opened(experiment_of(asked)) as folder:
        (folder.journal.path / f"tmp1{writing.UNFINISHED}").touch()
    with opened(experiment_of(replace(asked, resume=True))) as folder:
        assert not list(folder.path.rglob(f"*{writing.UNFINISHED}"))


def test_a_folder_gives_up_the_name_of_its_lock_while_it_still_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up afterwards, the name may be that of the next one's lock, and a third would find the folder free."""
    held = []
    release = FileLock.release

    def releasing(lock: FileLock, *others: Any, **more: Any) -> None:
        held.append((tmp_path / "a" / LOCK).exists())
        release(lock, *others, **more)

    monkeypatch.setattr(FileLock, "release", releasing)
    with locked(tmp_path / "a"):
        assert is_locked(tmp_path / "a")
    assert held[-1] == (os.name == "nt")  # Windows keeps the name of an open file, and nobody else can take it
    assert not (tmp_path / "a" / LOCK).exists() and not is_locked(tmp_path / "a")


def test_the_manifest_says_what_was_done(tmp_path: Path) -> None:
    comparison.perform(request(tmp_path / "a"))
    manifest = results.read_manifest(tmp_path / "a")
    assert manifest["words"] == list(request(tmp_path).words)
    assert [one["name"] for one in manifest["scenarios"]] == ["status_quo", "both"]
    assert manifest["packages"]["numpy"] and manifest["platform"] and manifest["finished"]
    assert manifest["failed"] == 0
    assert (tmp_path / "a" / "config.yaml").read_text("utf-8").startswith("scenarios:\n  status_quo:")


def test_a_single_run_keeps_one_cell(tmp_path: Path) -> None:
    ran = single_run.perform(request(tmp_path / "a", verb="run", scenarios=scenarios()[1:], events="all"))
    told = ran.as_json()
    assert told.keys() >= {"scenario", "seed", "weeks", "folder", "outcomes"}
    assert json.loads(json.dumps(told, allow_nan=False))["outcomes"]["true_satisfaction"] > 0
    assert ran.exit_code == 0
    assert len(ran.tables["cells"]) == 1
    assert len(cells_of(scenarios(), 1, 3)) == 6
