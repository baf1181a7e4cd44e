"""The command line: flags anywhere, two languages with the same numbers, one JSON object, exit codes."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from experiments import running
from experiments.catalogue import KINDS_LISTED
from experiments.cli import main, understood
from experiments.command import Answer, Command
from experiments.language import language
from experiments.library import Library
from experiments.verbs import VERBS, working
from sim.errors import Interrupted
from sim.texts import LANGUAGES, same

ROOT = Path(__file__).parents[1]
HEAVY = ("mesa", "numba", "pandas", "scipy", "matplotlib", "hydra", "pyarrow", "openpyxl", "rich")
SMALL = ("weeks=30", "place.households=20", "executor=serial")
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """Return what a command prints on stdout."""
    assert main(words) == status, capsys.readouterr().err
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    """Return the one object that a command prints on stdout."""
    return json.loads(said(capsys, *words, "--json", status=status))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["--version"],
        *([verb, "--help"] for verb in VERBS),
        ["list"],
        *(["list", kind.word] for kind in KINDS_LISTED.values()),
        ["show", "cross_serving"],
        ["show", "figure", "effects"],
        ["show", "true_satisfaction"],
        ["run", "joint_meting"],
        ["run", "joint_meeting.interval_weeks=99"],
    ],
    ids=" ".join,
)
def test_first_answers_load_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from experiments.cli import main\n"
        f"main({words!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)

    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_LISTED)
def test_everything_that_is_listed_is_shown_in_both_languages(
    kind: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [name for name in KINDS_LISTED[kind].labels(Library())]
    assert names

    for name in names:
        page = said(capsys, "show", kind, name, "--lang", lang)
        assert name in page
        assert len(page.splitlines()) > 1 or not page.strip().endswith(")")


def test_a_scenarios_page_holds_what_the_journey_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "show", "cross_serving", "--lang", "zh")

    for words in (
        "问题：",
        "应有的好处：",
        "可能的坏处：",
        "指导意见 3.1h：",
        "居委会成员占业委会席位比例",
        "0.4",
        "不起作用 0",
        "0 至 0.6",
        "席位比例",
        "来源（假定）",
    ):
        assert words in page


def test_one_number_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert "0.01 to 1" in said(capsys, "show", "service.adjustment")


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "cross_serving_with_joint_meeting"],
        ["check", "cross_serving", "place.households=20", "--quiet"],
        pytest.param(["run", "cross_serving", *SMALL, "--quiet"], marks=pytest.mark.slow),
        pytest.param(
            ["compare", "status_quo", "joint_meeting", *SMALL, "replicates=2", "--quiet"],
            marks=pytest.mark.slow,
        ),
    ],
    ids=lambda words: words[0],
)
def test_numbers_are_the_same_in_both_languages(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {}
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        monkeypatch.chdir(tmp_path / lang)
        found[lang] = sorted(NUMBER.findall(said(capsys, *words, "--lang", lang)))

    assert found["zh"] == found["en"]


def test_flags_may_stand_anywhere() -> None:
    words = ["cross_serving", "weeks=30"]
    expected = Command("run", tuple(words), "zh", True, True)

    for flags in (["--lang", "zh"], ["--lang=zh"]):
        for place in range(4):
            typed = ["run", *words]
            typed[place:place] = ["--json", *flags, "--quiet"]
            assert understood(typed) == (expected, None)


@pytest.mark.parametrize(
    ("environment", "system", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "C", "zh"),
        ({"LANG": "en_US.UTF-8"}, "Chinese_China.936", "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "C", "en"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "C", "zh"),
        ({}, "Chinese (Simplified)_China.936", "zh"),
        ({}, "zh-CN", "zh"),
        ({}, "English_United States.1252", "en"),
        ({}, "C", "en"),
    ],
)
def test_the_language_is_that_of_the_system(environment: dict[str, str], system: str, expected: str) -> None:
    assert language(environment, system) == expected


@pytest.mark.slow
def test_run_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    told = data(capsys, "run", "cross_serving", *SMALL, "seed=3")

    assert {"scenario", "seed", "weeks", "folder", "outcomes"} <= set(told)
    assert (told["scenario"], told["seed"], told["weeks"]) == ("cross_serving", 3, 30)
    assert Path(told["folder"], "manifest.json").is_file()


@pytest.mark.slow
def test_compare_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    told = data(capsys, "compare", "status_quo", "joint_meeting", *SMALL, "replicates=2")

    assert {"outcome", "scenario", "base", "difference", "low", "high", "n"} <= set(told["effects"][0])


@pytest.mark.parametrize(
    "words",
    [["list"], ["show", "joint_meeting"], ["check", "joint_meeting", *SMALL], ["new", "x.yaml"]],
    ids=lambda words: words[0],
)
def test_other_verbs_as_data(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert data(capsys, *words)


def test_an_error_is_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    told = data(capsys, "run", "joint_meting", status=2)

    assert told["status"] == 2 and "joint_meting" in told["error"]


def test_check_says_what_a_scenario_comes_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            [
                "check",
                "joint_meeting",
                "joint_meeting.interval_weeks={2018-07-02: 12, 2019-07-01: 4}",
                "service.adjustment=0.2",
                "place.households=20",
            ]
        )
        == 0
    )
    printed = capsys.readouterr()

    for words in ("80 dwellings", "260 weeks", "{2018-07-02: 12, 2019-07-01: 4}", "service.adjustment = 0.2"):
        assert words in printed.out
    assert "a run takes about" in printed.err


@pytest.mark.slow
def test_multirun_gives_each_job_a_folder_and_a_scenario_without_the_measure_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "我们 (1).yaml").write_text("defaults: [/policy: joint_meeting]\n", "utf-8")
    told = data(
        capsys,
        "run",
        "-m",
        "status_quo",
        "我们 (1).yaml",
        "seed=range(0,2)",
        "joint_meeting.interval_weeks=4",
        "place.households=20",
        "weeks=4",
    )

    assert [(job["scenario"], job["seed"], job["status"]) for job in told["jobs"]] == [
        ("status_quo", 0, 0),
        ("status_quo", 1, 0),
        ("我们 (1)", 0, 0),
        ("我们 (1)", 1, 0),
    ]
    folders = [Path(job["folder"]) for job in told["jobs"]]
    assert len(set(folders)) == 4
    for folder in folders:
        assert {"manifest.json", "cells.parquet"} <= {path.name for path in folder.iterdir()}


@pytest.mark.slow
def test_multirun_gives_the_same_as_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    [job] = data(capsys, "run", "-m", "cross_serving", "seed=5", *SMALL)["jobs"]

    assert job["outcomes"] == data(capsys, "run", "cross_serving", "seed=5", *SMALL)["outcomes"]


def test_a_verb_is_shown_only_once_it_works(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "  compare" in said(capsys)
    monkeypatch.setattr(type(VERBS["run"]), "works", property(lambda verb: verb.key != "compare"))

    assert "  compare" not in said(capsys)
    assert main(["compare"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("verb", [verb for verb in working() if verb != "bench"])
def test_the_example_of_each_verb_works_when_pasted(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    example = next(line for line in said(capsys, verb, "--help").splitlines() if line.startswith("example: "))
    cogov, *words = shlex.split(example.removeprefix("example: "))

    assert cogov == "cogov" and words[0] == verb
    if verb in ("explain", "effects", "status", "verify", "figures"):
        said(capsys, "compare", *SCENARIOS_OF_THE_EXAMPLE, *SMALL, "replicates=2", "--quiet")
    if verb == "ballot":
        shutil.copytree(ROOT / "docs", "docs")
    assert said(capsys, *words, "--quiet")


SCENARIOS_OF_THE_EXAMPLE = ("status_quo", "cross_serving")
"""Those whose default folder is the one that the example of `explain` names."""


def test_interrupted_work_ends_with_the_command_that_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(command: Command) -> Answer:
        raise Interrupted(same("stopped"), "cogov run resume=true")

    monkeypatch.setattr(running, "answer", stop)

    assert main(["run", "joint_meeting"]) == 3
    assert "cogov run resume=true" in capsys.readouterr().err


def test_ctrl_c_and_faults_are_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, status in ((KeyboardInterrupt(), 3), (ZeroDivisionError("oops"), 70)):

        def fail(command: Command, error: BaseException = error) -> Answer:
            raise error

        monkeypatch.setattr(running, "answer", fail)
        assert main(["run", "joint_meeting"]) == status
        assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_stops_reading_is_no_error() -> None:
    code = "import sys; from experiments.cli import main; sys.exit(main(['show', 'cross_serving']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()

    assert process.wait() == 0 and error == b""
