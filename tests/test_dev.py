"""The set-up program: what it decides and which commands it gives; no environment is made here."""

import ast
import importlib.util
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Self

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ran(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands given to `run`, none of which is carried out; all succeed."""
    commands: list[list[str]] = []

    def note(command: Sequence[str]) -> int:
        commands.append(list(command))
        return 0

    monkeypatch.setattr(dev, "run", note)
    return commands


def make_venv(folder: Path, version: str, setting: str = "version") -> Path:
    for program in (folder / "bin" / "python", folder / "Scripts" / "python.exe"):
        program.parent.mkdir(parents=True)
        program.touch()
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\n{setting} = {version}\n", "utf-8")
    return folder


def make_project(folder: Path) -> Path:
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\n", "utf-8")
    (folder / "constraints.txt").write_text("numpy==2.4.6\n", "utf-8")
    return folder


def test_a_python_as_old_as_3_6_can_read_the_file() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("environ", "system", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "C", "zh"),
        ({"LANG": "en_GB.UTF-8"}, "zh_CN.UTF-8", "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "zh_CN", "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "C", "zh"),
        ({}, "Chinese (Simplified)_China.936", "zh"),
        ({}, "English_United States.1252", "en"),
        ({}, "C", "en"),
    ],
)
def test_language(dev: ModuleType, environ: dict[str, str], system: str, expected: str) -> None:
    assert dev.language(environ, system) == expected


def test_programs_of_an_environment_on_windows_and_elsewhere(dev: ModuleType) -> None:
    venv = Path("小区 一") / ".venv"
    assert dev.program(venv, "python", "nt").parts == ("小区 一", ".venv", "Scripts", "python.exe")
    assert dev.program(venv, "cogov", "posix").parts == ("小区 一", ".venv", "bin", "cogov")


def test_paths_are_shown_from_the_root_where_they_lie_below(dev: ModuleType, tmp_path: Path) -> None:
    assert dev.shown(ROOT / ".venv" / "bin") == Path(".venv", "bin")
    assert dev.shown(tmp_path) == tmp_path


def test_fingerprint_follows_both_files_the_python_and_the_place(dev: ModuleType, tmp_path: Path) -> None:
    project, moved = make_project(tmp_path / "here"), make_project(tmp_path / "小区 there")
    first = dev.fingerprint(project)
    assert dev.fingerprint(project) == first
    found = {first, dev.fingerprint(project, "another Python"), dev.fingerprint(moved)}
    for name in ("pyproject.toml", "constraints.txt"):
        (project / name).write_text("changed\n", "utf-8")
        found.add(dev.fingerprint(project))
    assert len(found) == 5


def test_stamp_is_current_for_its_own_extras_and_fewer(dev: ModuleType, tmp_path: Path) -> None:
    assert not dev.is_current(tmp_path, (), "abc")
    (tmp_path / dev.STAMP).write_text("abc dev launchers", "ascii")
    assert dev.is_current(tmp_path, (), "abc")
    assert dev.is_current(tmp_path, ("launchers", "dev"), "abc")
    assert not dev.is_current(tmp_path, ("dev", "cluster"), "abc")
    assert not dev.is_current(tmp_path, (), "abd")


def test_install_commands_try_uv_first_and_then_pip(dev: ModuleType) -> None:
    with_uv, with_pip = dev.install_commands("py", ("dev", "launchers"), "uv")
    assert with_uv[:5] == ["uv", "pip", "install", "--python", "py"]
    assert with_pip[:4] == ["py", "-m", "pip", "install"]
    target = ["--editable", ".[dev,launchers]", "--constraint", "constraints.txt"]
    assert with_uv[-4:] == with_pip[-4:] == target
    assert [command[:3] for command in dev.install_commands("py", (), None)] == [["py", "-m", "pip"]]
    assert "." in dev.install_commands("py", (), None)[0]


def test_install_falls_back_to_pip_and_is_not_done_twice(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"uv": 2, "pip": 0}
    asked: list[str] = []

    def answer(command: Sequence[str]) -> int:
        asked.append("uv" if command[0] == "uv" else "pip")
        return answers[asked[-1]]

    monkeypatch.setattr(dev, "run", answer)
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    setting = dev.Setting("zh", tmp_path, ("dev",))
    assert dev.install(setting) == 0
    assert dev.install(setting) == 0
    assert asked == ["uv", "pip"]


def test_failed_install_leaves_no_stamp_and_passes_the_exit_code(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / dev.STAMP).write_text("old", "ascii")
    monkeypatch.setattr(dev, "run", lambda command: 7)
    assert dev.install(dev.Setting("zh", tmp_path, ())) == 7
    assert list(tmp_path.iterdir()) == []
    assert "请检查网络" in capsys.readouterr().out


@pytest.mark.parametrize("setting", ["version", "version_info"])
def test_environment_with_this_python_stays(dev: ModuleType, ran: list[list[str]], tmp_path: Path, setting: str) -> None:
    venv = make_venv(tmp_path / "venv", "{}.{}.{}".format(*sys.version_info), setting)
    assert dev.make_environment(dev.Setting("en", venv, ())) == 0
    assert ran == []


def test_environment_of_another_or_a_vanished_python_is_made_again(
    dev: ModuleType, ran: list[list[str]], tmp_path: Path
) -> None:
    other = make_venv(tmp_path / "other", "3.1.4")
    vanished = make_venv(tmp_path / "vanished", "{}.{}.{}".format(*sys.version_info))
    dev.program(vanished, "python").unlink()
    for venv in (other, vanished, tmp_path / "missing"):
        assert dev.make_environment(dev.Setting("en", venv, ())) == 0
        assert ran.pop() == [sys.executable, "-m", "venv", "--clear", str(venv)]


def test_folder_that_is_no_environment_is_left_as_it_is(
    dev: ModuleType, ran: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.docx").touch()
    assert dev.make_environment(dev.Setting("en", tmp_path, ())) == 2
    assert ran == []
    assert str(tmp_path) in capsys.readouterr().out


def test_demo_compares_the_four_scenarios_and_says_where_the_results_are(
    dev: ModuleType, ran: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    venv = make_venv(tmp_path / "venv", sys.version.split()[0])
    assert dev.demo(dev.Setting("zh", venv, ())) == 0
    *_, compiled, compared = ran
    assert compiled[1:] == ["-m", "scenarios.warm_up"]
    assert compared[0] == str(dev.program(venv, "cogov"))
    assert " ".join(compared[1:]) == (
        "compare status_quo cross_serving substitution_acting opinion_package "
        "place=four_estates replicates=30 output=results/demo resume=true --lang zh"
    )
    printed = capsys.readouterr().out
    assert [line[:5] for line in printed.splitlines() if line.startswith("[")] == [f"[{n}/4]" for n in range(1, 5)]
    assert str(Path("results", "demo", "figures")) in printed


def test_demo_stops_at_the_first_step_that_fails(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Sequence[str]] = []

    def fail(command: Sequence[str]) -> int:
        ran.append(command)
        return 5

    monkeypatch.setattr(dev, "run", fail)
    assert dev.demo(dev.Setting("en", tmp_path / "venv", ())) == 5
    assert len(ran) == 1


def test_stopped_demo_says_how_to_go_on(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "preparation", lambda setting: [])
    monkeypatch.setattr(dev, "run", lambda command: 3 if "compare" in command else 0)
    assert dev.demo(dev.Setting("en", tmp_path, ())) == 3
    assert capsys.readouterr().out.endswith("python dev.py demo\n")


def test_every_check_runs_and_the_first_failure_is_the_exit_code(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def fail_on_ruff(command: Sequence[str]) -> int:
        ran.append(" ".join(command[2:]))
        return {"ruff": 4, "pytest": 1}.get(command[2], 0)

    monkeypatch.setattr(dev, "preparation", lambda setting: [])
    monkeypatch.setattr(dev, "run", fail_on_ruff)
    assert dev.test(dev.Setting("en", tmp_path, ()), ["-k", "stamp"]) == 4
    assert ran == ["ruff format --check .", "ruff check .", "mypy", "pytest -n 2 -k stamp"]


def test_no_check_runs_without_its_environment(
    dev: ModuleType, ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = dev.Step(dev.ENVIRONMENT, lambda: 9)
    monkeypatch.setattr(dev, "preparation", lambda setting: [failing, failing])
    assert dev.test(dev.Setting("en", tmp_path, ()), []) == 9
    assert ran == []


def test_every_python_that_is_installed_has_its_own_environment(
    dev: ModuleType, ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PYTHONS", ("3.1", "3.2", dev.THIS_PYTHON))
    monkeypatch.setattr(dev, "find_python", {"3.2": "python3.2"}.get)
    monkeypatch.setattr(dev, "test", lambda setting, arguments: 0)
    assert dev.test_everywhere(dev.Setting("zh", tmp_path / "venv", ()), ["-x"]) == 0
    assert [[command[0], *command[2:]] for command in ran] == [
        ["python3.2", "test", "--lang", "zh", "--venv", str(tmp_path / "venv-3.2"), "-x"]
    ]


def test_this_python_is_found_and_one_that_was_never_made_is_not(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: sys.executable if name.startswith("python") else None)
    assert dev.find_python(dev.THIS_PYTHON) == sys.executable
    assert dev.find_python("3.99") is None


def test_arguments_of_pytest_keep_their_order(dev: ModuleType) -> None:
    words = ["test", "tests/test_dev.py", "-k", "stamp", "--lf", "--venv", "小 区", "-n", "0"]
    options, others = dev.read_arguments(words, "en")
    assert others == ["tests/test_dev.py", "-k", "stamp", "--lf", "-n", "0"]
    assert (options.job, options.lang, options.venv) == ("test", "en", Path("小 区"))


def test_environment_variable_chooses_the_folder(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COGOV_VENV", "elsewhere")
    assert dev.read_arguments(["demo"], "zh")[0].venv == Path("elsewhere")
    monkeypatch.delenv("COGOV_VENV")
    assert dev.read_arguments(["demo", "--lang", "en"], "zh")[0].venv == ROOT / ".venv"


@pytest.mark.parametrize("word", ["--every-python", "replicates=2", "--langg"])
def test_demo_refuses_what_it_does_not_know(dev: ModuleType, word: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.read_arguments(["demo", word], "en")
    assert stopped.value.code == 2


def test_exit_code_of_a_command_is_passed_on(dev: ModuleType) -> None:
    assert dev.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_ctrl_c_lets_the_command_end_by_itself(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        """A process that is still writing when Ctrl-C comes, and then stops with 3."""

        def __init__(self, command: Sequence[str], cwd: Path) -> None:
            self.answers: Iterator[type[KeyboardInterrupt] | int] = iter((KeyboardInterrupt, 3))

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *error: object) -> None:
            return None

        def wait(self) -> int:
            answer = next(self.answers)
            if isinstance(answer, int):
                return answer
            raise answer

    monkeypatch.setattr(dev.subprocess, "Popen", Interrupted)
    try:
        assert dev.run(["cogov"]) == 3
    except KeyboardInterrupt:
        pytest.fail("Ctrl-C ended dev.py before the command had ended")


def test_console_without_chinese_characters_is_no_obstacle() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, str(ROOT / "dev.py"), "demo", "--help"]
    shown = subprocess.run(command, env={**environ, "LC_ALL": "zh_CN.UTF-8"}, capture_output=True)
    assert shown.returncode == 0
    assert b"?" in shown.stdout


def test_constraints_pin_every_dependency_and_hold_no_address() -> None:
    pins = (ROOT / "constraints.txt").read_text("ascii")
    names = {line.split("==")[0] for line in pins.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    for requirement in wanted:
        assert requirement.split(";")[0].split(">")[0].split("<")[0] in names
    assert "://" not in pins and "--index-url" not in pins.replace("--no-emit-index-url", "")
