"""Set the project up and run its main comparison or its tests, in one command.

`python dev.py demo` makes an environment, installs CoGov into it and compares the four scenarios.
`python dev.py test` makes the same environment with the developers' tools and runs everything that CI runs.
Both need nothing but Python: uv installs when it is found, pip otherwise.  A stamp in the environment saves
doing again what was done before.

A Python as old as 3.6 can read this file as far as the sentence that says which Python is needed.
"""

import argparse
import hashlib
import io
import itertools
import locale
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

THIS_PYTHON = "{}.{}".format(*sys.version_info)
if sys.version_info < (3, 11):  # noqa: UP036 (this is where an older Python is told so)
    sys.exit(
        f"CoGov 需要 Python 3.11 或更高版本，现在用的是 {THIS_PYTHON}（{sys.executable}）。\n"
        "请先安装新版本，再运行 py -3.12 dev.py demo（Windows）或 python3.12 dev.py demo。\n"
        f"CoGov needs Python 3.11 or newer; this is {THIS_PYTHON} ({sys.executable}).\n"
        "Install a newer one, then run py -3.12 dev.py demo (Windows) or python3.12 dev.py demo."
    )

ROOT = Path(__file__).resolve().parent
CONSTRAINTS = "constraints.txt"
STAMP = "cogov.stamp"
PYTHONS = ("3.11", "3.12", "3.13")
SCENARIOS = ("status_quo", "cross_serving", "substitution_acting", "opinion_package")
DEMO = ("place=four_estates", "replicates=30", "output=results/demo", "resume=true")
INTERRUPTED = 3
BAD_INPUT = 2


class Text(NamedTuple):
    """A sentence for the user in both languages."""

    zh: str
    en: str


class Step(NamedTuple):
    """One numbered step of a job: what the user is told, and the work, which returns an exit code."""

    title: Text
    work: Callable[[], int]


class Setting(NamedTuple):
    """What every job is told: the language (zh or en), the environment's folder, the extras it is to have."""

    lang: str
    venv: Path
    extras: tuple[str, ...]

    def say(self, text: Text, **values: object) -> None:
        """Print a sentence in the user's language, at once: what a program prints comes after it."""
        print(getattr(text, self.lang).format(**values), flush=True)


ENVIRONMENT = Text("建立环境 {venv}", "Environment {venv}")
INSTALL = Text("安装依赖（仅第一次，约 200 MB）", "Install what it needs (first time only, about 200 MB)")
COMPILE = Text("编译模型内核（仅第一次，需数秒）", "Compile the model's kernels (first time only, some seconds)")
COMPARE = Text("比较 4 个方案，各 30 对随机数", "Compare 4 scenarios, 30 pairs of random draws each")
FORMAT = Text("检查代码格式", "Format")
LINT = Text("检查代码规范", "Lint")
TYPES = Text("检查类型", "Types")
TESTS = Text("运行测试", "Tests")
IN_PLACE = Text("      已就绪", "      already in place")
FOREIGN = Text(
    "文件夹 {venv} 不是空的，也不是 Python 环境，未作改动。请用 --venv 另选一个文件夹。",
    "{venv} is neither empty nor a Python environment; nothing was changed. Choose another with --venv.",
)
NOT_INSTALLED = Text(
    "安装未完成（原因见上）。请检查网络后再运行同一命令；网络较慢时可先为 pip 设置镜像。",
    "The installation did not finish (the reason stands above). Check the network and run the same "
    "command again; where the network is slow, set a mirror for pip first.",
)
FINISHED = Text(
    "\n表格：{tables}\n图件：{figures}\n下一步：{cogov} list",
    "\nTables:  {tables}\nFigures: {figures}\nNext:    {cogov} list",
)
GO_ON = Text("继续未完成的比较：python dev.py demo", "To go on where it stopped: python dev.py demo")
NEXT_PYTHON = Text("\nPython {version}（{executable}）", "\nPython {version} ({executable})")
NO_PYTHON = Text("\n未找到 Python {version}，未测试。", "\nPython {version} was not found and not tested.")
ABOUT = Text(
    "demo：建立环境并运行主要比较；test：建立环境并运行全部检查（其余参数交给 pytest）。",
    "demo: set up, run the main comparison; test: set up, run all checks (other arguments go to pytest).",
)
ABOUT_LANG = Text("语言；默认随系统", "language; the system's unless given")
ABOUT_VENV = Text("环境所在文件夹；默认 COGOV_VENV 或 .venv", "the environment's folder; COGOV_VENV or .venv unless given")
ABOUT_EVERY = Text("另用 3.11 至 3.13 中已安装的版本测试", "test also on those of 3.11 to 3.13 that are installed")


def language(environ: Mapping[str, str], system_locale: str) -> str:
    """Return zh when the first locale variable that is set, else the system's locale, is Chinese; else en."""
    named = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next(filter(None, named), system_locale)
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def program(venv: Path, name: str, system: str = os.name) -> Path:
    """Return where an environment keeps a program; `system` is `os.name` ('nt' on Windows)."""
    return venv / "Scripts" / f"{name}.exe" if system == "nt" else venv / "bin" / name


def shown(path: Path) -> Path:
    """Return a path as the user is shown it: from the project's root where it lies below."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def run(command: Sequence[str]) -> int:
    """Run a command from the project's root and return its exit code; on Ctrl-C let it end by itself.

    The program receives the same Ctrl-C and needs a moment to say what it has kept.
    """
    with subprocess.Popen(command, cwd=ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def fingerprint(root: Path, python: str = sys.version) -> str:
    """Return the hash of what an installation depends on: the two files, the Python, the project's place."""
    digest = hashlib.sha256()
    for part in ((root / "pyproject.toml").read_bytes(), (root / CONSTRAINTS).read_bytes()):
        digest.update(hashlib.sha256(part).digest())
    digest.update(f"{python}\n{root}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def is_current(venv: Path, extras: Iterable[str], wanted: str) -> bool:
    """Tell whether the environment's stamp has the wanted fingerprint and at least these extras."""
    stamp = venv / STAMP
    if not stamp.is_file():
        return False
    found, *installed = stamp.read_text("ascii").split()
    return found == wanted and set(extras) <= set(installed)


def environment_version(venv: Path) -> str | None:
    """Return the Python, such as '3.12', of a working environment in this folder, or None."""
    settings = venv / "pyvenv.cfg"
    if not (settings.is_file() and program(venv, "python").is_file()):
        return None
    version = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", settings.read_text("utf-8"), re.MULTILINE)
    return version and version[1]


def make_environment(setting: Setting) -> int:
    """Make the environment unless it is there with this Python; leave a folder that is something else."""
    venv = setting.venv
    if environment_version(venv) == THIS_PYTHON:
        setting.say(IN_PLACE)
        return 0
    if venv.exists() and not (venv / "pyvenv.cfg").is_file() and any(venv.iterdir()):
        setting.say(FOREIGN, venv=venv)
        return BAD_INPUT
    return run([sys.executable, "-m", "venv", "--clear", str(venv)])


def install_commands(python: str, extras: Sequence[str], uv: str | None) -> list[list[str]]:
    """Return the commands that can install the project, the one to try first first."""
    target = ["--editable", f".[{','.join(extras)}]" if extras else ".", "--constraint", CONSTRAINTS]
    with_pip = [python, "-m", "pip", "install", "--disable-pip-version-check", *target]
    if uv is None:
        return [with_pip]
    return [[uv, "pip", "install", "--python", python, *target], with_pip]


def install(setting: Setting) -> int:
    """Install the project unless the stamp says that it is in place; the stamp is written last."""
    wanted = fingerprint(ROOT)
    if is_current(setting.venv, setting.extras, wanted):
        setting.say(IN_PLACE)
        return 0
    stamp = setting.venv / STAMP
    stamp.unlink(missing_ok=True)
    python = str(program(setting.venv, "python"))
    for command in install_commands(python, setting.extras, shutil.which("uv")):
        status = run(command)
        if status == 0:
            stamp.write_text(" ".join([wanted, *setting.extras]), "ascii")
            return 0
    setting.say(NOT_INSTALLED)
    return status


def preparation(setting: Setting) -> list[Step]:
    """Return the two steps with which every job begins."""
    return [
        Step(ENVIRONMENT, lambda: make_environment(setting)),
        Step(INSTALL, lambda: install(setting)),
    ]


def command_step(title: Text, *command: str) -> Step:
    """Return a step that runs a command."""
    return Step(title, lambda: run(command))


def comparison(setting: Setting) -> list[str]:
    """Return the main comparison, which goes on with a stopped one and shows a finished one again."""
    return [str(program(setting.venv, "cogov")), "compare", *SCENARIOS, *DEMO, "--lang", setting.lang]


def checks(python: str, pytest_arguments: Sequence[str]) -> list[Step]:
    """Return the steps that check the code, in the order in which they are quick."""
    return [
        command_step(FORMAT, python, "-m", "ruff", "format", "--check", "."),
        command_step(LINT, python, "-m", "ruff", "check", "."),
        command_step(TYPES, python, "-m", "mypy"),
        command_step(TESTS, python, "-m", "pytest", "-n", "2", *pytest_arguments),
    ]


def walk(steps: Sequence[Step], setting: Setting) -> Iterator[int]:
    """Announce and do the steps one by one, as far as they are asked for, and yield their exit codes."""
    for number, step in enumerate(steps, start=1):
        print(f"[{number}/{len(steps)}]", end=" ")
        setting.say(step.title, venv=shown(setting.venv))
        yield step.work()


def first_failure(statuses: Iterable[int]) -> int:
    """Return the first exit code that is not 0, or 0; asks for no more codes than it needs."""
    return next(filter(None, statuses), 0)


def demo(setting: Setting) -> int:
    """Set up, run the main comparison, and say where its figures and tables are."""
    python = str(program(setting.venv, "python"))
    steps = [
        *preparation(setting),
        command_step(COMPILE, python, "-m", "scenarios.warm_up"),
        command_step(COMPARE, *comparison(setting)),
    ]
    status = first_failure(walk(steps, setting))
    if status == INTERRUPTED:
        setting.say(GO_ON)
    if status == 0:
        tables, cogov = Path("results", "demo"), shown(program(setting.venv, "cogov"))
        setting.say(FINISHED, tables=tables, figures=tables / "figures", cogov=cogov)
    return status


def test(setting: Setting, pytest_arguments: Sequence[str]) -> int:
    """Set up with the developers' tools and run every check, also when an earlier one failed."""
    prepared = preparation(setting)
    steps = [*prepared, *checks(str(program(setting.venv, "python")), pytest_arguments)]
    statuses = walk(steps, setting)
    return first_failure(itertools.islice(statuses, len(prepared))) or first_failure(list(statuses))


def find_python(version: str) -> str | None:
    """Return an installed Python of this version, such as '3.12', or None; each candidate is asked."""
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    candidates = [[f"python{version}"], ["py", f"-{version}"], *([str(path)] for path in pyenv)]
    question = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"
    for candidate in candidates:
        found = shutil.which(candidate[0])
        if found is None:
            continue
        answer = subprocess.run([found, *candidate[1:], "-c", question], capture_output=True, text=True)
        if answer.stdout.startswith(f"{version}\n"):
            return answer.stdout.splitlines()[1]
    return None


def test_elsewhere(setting: Setting, version: str, pytest_arguments: Sequence[str]) -> int:
    """Run the tests with another Python in an environment beside the first; 0 when it is not installed."""
    executable = find_python(version)
    if executable is None:
        setting.say(NO_PYTHON, version=version)
        return 0
    setting.say(NEXT_PYTHON, version=version, executable=executable)
    venv = f"{setting.venv}-{version}"
    return run([executable, __file__, "test", "--lang", setting.lang, "--venv", venv, *pytest_arguments])


def test_everywhere(setting: Setting, pytest_arguments: Sequence[str]) -> int:
    """Run the tests with this Python and with every other supported one that is installed."""
    others = [version for version in PYTHONS if version != THIS_PYTHON]
    here = test(setting, pytest_arguments)
    return first_failure([here, *[test_elsewhere(setting, version, pytest_arguments) for version in others]])


def read_arguments(words: Sequence[str], lang: str) -> tuple[argparse.Namespace, list[str]]:
    """Return the options and what is left for pytest."""
    parser = argparse.ArgumentParser("dev.py", description=getattr(ABOUT, lang), allow_abbrev=False)
    parser.add_argument("job", choices=("demo", "test"))
    parser.add_argument("--lang", choices=("zh", "en"), default=lang, help=getattr(ABOUT_LANG, lang))
    default = os.environ.get("COGOV_VENV") or ROOT / ".venv"
    parser.add_argument("--venv", type=Path, default=default, metavar="PATH", help=getattr(ABOUT_VENV, lang))
    parser.add_argument("--every-python", action="store_true", help=getattr(ABOUT_EVERY, lang))
    options, others = parser.parse_known_args(words)
    if options.job == "demo" and (others or options.every_python):
        parser.error(f"demo: {' '.join(others) or '--every-python'} ?")
    return options, others


def main(words: Sequence[str]) -> int:
    """Do the job that the words of the command line name and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console's code page may lack a character
    options, others = read_arguments(words, language(os.environ, locale.setlocale(locale.LC_CTYPE)))
    venv = Path(options.venv).absolute()
    if options.job == "demo":
        return demo(Setting(options.lang, venv, ()))
    setting = Setting(options.lang, venv, ("dev", "launchers"))
    return test_everywhere(setting, others) if options.every_python else test(setting, others)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
