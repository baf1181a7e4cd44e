"""Bad input: one screen that names field, value, what is allowed and nearest; exit code 2; nothing left."""

from pathlib import Path

import pytest

from experiments.cli import main
from sim.texts import LANGUAGES

SCREEN = 24


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a refused command says, in English, once both languages were seen to be one screen."""
    said = {}
    for lang in LANGUAGES:
        assert main([*words, "--lang", lang]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "Traceback" not in printed.err
        assert len(printed.err.splitlines()) <= SCREEN
        said[lang] = printed.err
    assert said["zh"] != said["en"]
    return said["en"]


BAD_WORDS = {
    "misspelt root": (
        "joint_meting.interval_weeks=4",
        ["joint_meting.interval_weeks", "joint_meeting.interval_weeks"],
    ),
    "misspelt lever": (
        "joint_meeting.intervall_weeks=4",
        ["joint_meeting.intervall_weeks", "joint_meeting.interval_weeks"],
    ),
    "misspelt number": ("service.adjustmnt=0.2", ["service.adjustmnt", "service.adjustment"]),
    "misspelt setting": ("weks=10", ["weks", "weeks"]),
    "name below a setting": ("weeks.long=10", ["weeks.long"]),
    "plus": ("+weeks=10", ["+weeks", "no plus is needed", "nearest: weeks"]),
    "two pluses": ("++weeks=10", ["++weeks", "nearest: weeks"]),
    "tilde": ("~joint_meting", ["joint_meting", "nearest: joint_meeting"]),
    "place": ("place=four_estate", ["four_estate", "four_estates_with_committees", "nearest: four_estates"]),
    "policy": ("policy=[joint_meting]", ["joint_meting", "cross_serving", "nearest: joint_meeting"]),
    "scenario": ("scenario=joint_meting", ["joint_meting", "status_quo", "nearest: joint_meeting"]),
    "executor": ("executor=process", ["process", "serial", "nearest: processes"]),
    "too low": ("weeks=0", ["weeks", "0", "1 to 2600"]),
    "too high": ("weeks=2601", ["weeks", "2601", "1 to 2600"]),
    "seed below": ("seed=-1", ["seed", "-1", "0 to 4294967295"]),
    "seed above": ("seed=4294967296", ["seed", "4294967296", "0 to 4294967295"]),
    "no whole number": ("weeks=10.5", ["weeks", "10.5", "whole"]),
    "no whole households": ("place.households=100.5", ["place.households", "100.5", "whole"]),
    "infinite": ("service.adjustment=1e999", ["service.adjustment", "inf", "0.01 to 1"]),
    "not a number": ("service.adjustment=nan", ["service.adjustment", "nan", "0.01 to 1"]),
    "words for a number": ("service.adjustment=fast", ["service.adjustment", "fast", "0.01 to 1"]),
    "true for a number": ("service.adjustment=true", ["service.adjustment", "True", "0.01 to 1"]),
    "nothing for a number": ("seed=", ["seed", "''", "0 to"]),
    "null for a number": ("weeks=null", ["weeks", "None", "1 to 2600"]),
    "list for a number": ("weeks=[1,2]", ["weeks", "[1, 2]", "1 to 2600"]),
    "several values": ("weeks=1,2", ["weeks", "'1,2'", "cogov run -m"]),
    "range": ("seed=range(0,3)", ["seed", "range(0,3)", "cogov run -m"]),
    "dates for a number": ("service.adjustment={2018-01-01: 0.2}", ["service.adjustment", "0.01 to 1"]),
    "open bracket": ("joint_meeting.interval_weeks={2018-01-01: 4", ["{2018-01-01: 4"]),
    "value by date": (
        "joint_meeting.interval_weeks={2018-01-01: 0}",
        ["joint_meeting.interval_weeks[2018-01-01]", "0", "1 to 52"],
    ),
    "date of a value": (
        "joint_meeting.interval_weeks={soon: 4}",
        ["joint_meeting.interval_weeks", "'soon'", "2018-07-02"],
    ),
    "since": ("joint_meeting.since=2018-13-01", ["joint_meeting.since", "2018-13-01", "2018-07-02"]),
    "until": ("joint_meeting.until=3", ["joint_meeting.until", "3", "2018-07-02"]),
    "where": (
        "joint_meeting.where=[work_units]",
        ["joint_meeting.where", "work_units", "nearest: work_unit", "resettlement"],
    ),
    "start": ("start=2018-01-02", ["2018-01-02", "Monday", "2018-01-08"]),
    "no date": ("start=monday", ["start", "'monday'", "2018-07-02"]),
    "events": ("events=some", ["events", "some", "decisions"]),
    "resume": ("resume=1", ["resume", "1", "true, false"]),
    "measure": ("joint_meeting=4", ["joint_meeting", "4", "joint_meeting.interval_weeks"]),
    "part": ("service=4", ["service", "4", "service.adjustment"]),
    "inside a measure": (
        "joint_meeting={interval: 4}",
        ["joint_meeting.interval", "joint_meeting.interval_weeks"],
    ),
    "replicates of a run": ("replicates=3", ["replicates", "compare"]),
    "output": ("output=", ["output", "''", "folder"]),
    "table": ("place=table", ["table", "place.file"]),
}


@pytest.mark.parametrize(("word", "named"), BAD_WORDS.values(), ids=BAD_WORDS)
def test_a_bad_word_is_told(word: str, named: list[str], capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    words = [word] if word.startswith("scenario=") else ["joint_meeting", word]
    told = refused(capsys, "run", *words)

    assert [one for one in named if one not in told] == []
    assert list(empty.iterdir()) == []


def test_several_bad_words_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, "run", "weks=4", "seed=x", "service.adjustment=7")

    assert all(one in told for one in ("3 problems", "weks", "nearest: weeks", "'x'", "service.adjustment"))


BAD_FILES = {
    "misspelt key": (
        "weeks: 4\njoint_meting: {interval_weeks: 4}\n",
        ["line 2", "joint_meting", "joint_meeting"],
    ),
    "misspelt lever": (
        "joint_meeting:\n  since: 2018-07-02\n  interval: 4\n",
        ["line 3", "joint_meeting.interval", "joint_meeting.interval_weeks"],
    ),
    "bad value": (
        "joint_meeting:\n  interval_weeks: 99\n",
        ["line 2", "joint_meeting.interval_weeks", "99", "1 to 52"],
    ),
    "bad value by date": (
        "joint_meeting:\n  interval_weeks:\n    2018-07-02: 99\n",
        ["joint_meeting.interval_weeks[2018-07-02]", "99", "1 to 52"],
    ),
    "wrong type": ("weeks: [4]\n", ["line 1", "weeks", "1 to 2600"]),
    "language": ("title:\n  cn: 标题\n", ["title.cn", "title.zh"]),
    "title": ("title: 4\n", ["line 1", "title", "4"]),
    "place by name": ("place: table\n", ["line 1", "place", "defaults"]),
    "default of another group": ("defaults:\n  - /hydra: x\n", ["line 1", "/hydra", "/policy"]),
    "default place": ("defaults:\n  - /place: four_estate\n", ["four_estate", "nearest: four_estates"]),
    "default policy": (
        "defaults:\n  - /policy: [joint_meting]\n",
        ["joint_meting", "nearest: joint_meeting"],
    ),
    "what belongs to a command": ("seed: 3\n", ["line 1", "seed", "command"]),
    "executor": ("executor: {workers: 3}\n", ["line 1", "executor", "command"]),
    "twice": ("weeks: 4\nweeks: 5\n", ["line 2", "'weeks' twice"]),
    "full-width colon": ("weeks：4\n", ["x.yaml", "key: value"]),
    "tab": ("joint_meeting:\n\tinterval_weeks: 4\n", ["line 2", "tabs"]),
    "open bracket": ("joint_meeting: {interval_weeks: 4\n", ["x.yaml", "no valid YAML"]),
    "tag": ("weeks: !!python/name:os.system x\n", ["x.yaml", "no valid YAML"]),
    "list": ("- weeks\n", ["x.yaml", "key: value"]),
    "start": ("start: 2018-01-03\n", ["line 1", "2018-01-03", "Monday", "2018-01-08"]),
}


@pytest.mark.parametrize("verb", ["check", "run"])
@pytest.mark.parametrize(("text", "named"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_told(verb: str, text: str, named: list[str], capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "x.yaml").write_text(text, "utf-8")
    told = refused(capsys, verb, "x.yaml")

    assert [one for one in named if one not in told] == []
    assert [path.name for path in empty.iterdir()] == ["x.yaml"]


def test_everything_wrong_in_a_file_is_told_at_once(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "x.yaml").write_text("weeks: 0\nservice:\n  adjustment: 9\n  flor: 0.2\n", "utf-8")
    told = refused(capsys, "check", "x.yaml")

    assert all(one in told for one in ("3 problems", "line 1", "line 3", "line 4", "service.floor"))


def test_a_file_in_no_known_encoding_is_told(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "x.yaml").write_bytes("title: 标题\n".encode("utf-16"))

    assert "UTF-8" in refused(capsys, "check", "x.yaml")


def test_a_missing_file_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "我们街道.yaml").write_text("weeks: 4\n", "utf-8")

    assert "nearest: 我们街道.yaml" in refused(capsys, "run", "我们街到.yaml")


BAD_COMMANDS = {
    "verb": (["compar", "a", "b"], ["compar", "nearest: compare"]),
    "flag": (["list", "--jason"], ["--jason", "nearest: --json"]),
    "language": (["list", "--lang=fr"], ["fr"]),
    "flag without value": (["list", "--scenarios"], ["--scenarios"]),
    "folder": (["list", "--scenarios", "nowhere"], ["nowhere"]),
    "list": (["list", "measurs"], ["measurs", "nearest: measures"]),
    "list of two": (["list", "measures", "places"], ["places"]),
    "setting of list": (["list", "weeks=3"], ["weeks=3"]),
    "show": (["show", "cross_servin"], ["cross_servin", "nearest: cross_serving"]),
    "show nothing": (["show"], ["cogov show cross_serving"]),
    "show of another kind": (["show", "place", "joint_meeting"], ["joint_meeting", "place"]),
    "compare one": (["compare", "status_quo"], ["two scenarios"]),
    "compare none": (["compare"], ["two scenarios"]),
    "compare twice": (["compare", "status_quo", "status_quo"], ["status_quo", "twice"]),
    "run two": (["run", "status_quo", "joint_meeting"], ["cogov compare status_quo joint_meeting"]),
    "compare -m": (["compare", "-m", "status_quo", "joint_meeting"], ["-m", "run"]),
    "no carrier": (
        ["compare", "status_quo", "cross_serving", "joint_meeting.since=2019-01-07"],
        ["joint_meeting.since", "none of"],
    ),
    "ends before it begins": (
        ["run", "joint_meeting", "joint_meeting.until=2018-07-02"],
        ["2018-07-02", "joint_meeting.until"],
    ),
    "sweep value": (["run", "-m", "joint_meeting", "joint_meeting.interval_weeks=4,99"], ["99", "1 to 52"]),
    "sweep key": (
        ["run", "-m", "joint_meeting", "joint_meeting.interval=4,8"],
        ["joint_meeting.interval_weeks"],
    ),
    "sweep place": (
        ["run", "-m", "place=four_estates,four_estate"],
        ["four_estate", "nearest: four_estates"],
    ),
    "sweep scenario": (
        ["run", "-m", "scenario=joint_meeting,status_qo"],
        ["status_qo", "nearest: status_quo"],
    ),
    "new without name": (["new"], ["FILE.yaml"]),
    "new of another ending": (["new", "x.txt"], ["x.txt", ".yaml"]),
    "new from nothing": (["new", "x.yaml", "from=joint_meting"], ["joint_meting", "nearest: joint_meeting"]),
    "estates of another ending": (["new", "estates", "x.doc"], ["x.doc", ".xlsx"]),
}


@pytest.mark.parametrize(("words", "named"), BAD_COMMANDS.values(), ids=BAD_COMMANDS)
def test_a_bad_command_is_told(words: list[str], named: list[str], capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    told = refused(capsys, *words)

    assert [one for one in named if one not in told] == []
    assert list(empty.iterdir()) == []


def test_scenarios_of_one_comparison_share_a_horizon(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "x.yaml").write_text("weeks: 4\n", "utf-8")

    assert all(one in refused(capsys, "compare", "status_quo", "x.yaml") for one in ("weeks", "260", "4"))


def test_a_file_named_like_a_scenario_of_ours_is_refused_in_a_folder(
    capsys: pytest.CaptureFixture[str], empty: Path
) -> None:
    (empty / "my").mkdir()
    (empty / "my" / "status_quo.yaml").write_text("weeks: 4\n", "utf-8")

    assert "rename" in refused(capsys, "list", "--scenarios", "my")


def test_new_overwrites_nothing(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    for name, words in (("x.yaml", ["x.yaml"]), ("x.xlsx", ["estates", "x.xlsx"])):
        (empty / name).write_text("mine", "utf-8")
        assert name in refused(capsys, "new", *words)
        assert (empty / name).read_text("utf-8") == "mine"


def test_new_below_a_file_leaves_nothing(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "a").write_text("mine", "utf-8")

    assert "a/b" in refused(capsys, "new", "a/b/x.yaml").replace("\\", "/")
    assert [path.name for path in empty.iterdir()] == ["a"]


@pytest.mark.parametrize("output", ["a", "a/b"])
def test_results_below_a_file_are_refused(output: str, capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "a").write_text("mine", "utf-8")

    assert "a" in refused(capsys, "run", "joint_meeting", "weeks=2", "place.households=20", f"output={output}", "--quiet")
    assert [path.name for path in empty.iterdir()] == ["a"]


def test_results_that_are_there_are_refused(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    (empty / "a").mkdir()
    (empty / "a" / "manifest.json").write_text("{}", "utf-8")

    assert "resume=true" in refused(capsys, "run", "weeks=2", "place.households=20", "output=a", "--quiet")
    assert [path.name for path in (empty / "a").iterdir()] == ["manifest.json"]


def test_a_missing_table_is_told(capsys: pytest.CaptureFixture[str], empty: Path) -> None:
    assert "小区.xlsx" in refused(capsys, "check", "place=table", "place.file=小区.xlsx")
    assert "小区.xlsx" in refused(capsys, "check", "小区.xlsx")
