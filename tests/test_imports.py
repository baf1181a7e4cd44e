"""Imports run one way, what only declares loads nothing heavy, and chance comes from keyed streams alone."""

import ast
import importlib.metadata
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each may import those after it, never those before.  `conf` comes first and holds no code: asking where it
# lies is all that importing it can do.
ROOMS = ("experiments", "benchmarks", "scenarios", "agents", "sim")
TOP_LEVEL = ("conf", *ROOMS)
FILES = [file for room in TOP_LEVEL for file in sorted((ROOT / room).rglob("*.py"))]
HEAVY = {"mesa", "numba", "pandas", "pyarrow", "matplotlib", "hydra", "scipy", "networkx", "joblib"}
DECLARING = [
    file
    for folder in (*(f"sim/{room}" for room in ("measures", "mechanisms", "outcomes")), "agents")
    for file in sorted((ROOT / folder).glob("*.py"))
] + [file for room in ("archetypes", "places") for file in sorted((ROOT / "scenarios" / room).glob("*.py"))]
CHANCE_FREE = [file for room in ("sim", "agents", "scenarios") for file in sorted((ROOT / room).rglob("*.py"))]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Yield every module that a file imports, wherever in the file it does, with the line."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}:{node.lineno}: import by full names"
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "find_spec")):
            yield from ((node.lineno, word.value) for word in node.args if isinstance(word, ast.Constant))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_imports_run_one_way(file: Path) -> None:
    room = name(file).split("/")[0]
    before = {*ROOMS[: ROOMS.index(room)], "tests"} if room in ROOMS else {"tests"}
    wrong = [f"line {line}: {module}" for line, module in imported(file) if module.split(".")[0] in before]

    assert wrong == [], f"{name(file)} imports what comes before it in {' -> '.join(ROOMS)}"


def test_the_folder_of_settings_holds_no_code() -> None:
    files = [file for file in FILES if name(file).startswith("conf/")]
    code = [node for file in files for node in ast.parse(file.read_text("utf-8")).body if not isinstance(node, ast.Expr)]

    assert code == []
    asking = [name(file) for file in FILES if any(module.split(".")[0] == "conf" for _, module in imported(file))]
    assert all(file.startswith("experiments/") for file in asking)


@pytest.mark.parametrize("file", [file for file in FILES if name(file).startswith("sim/")], ids=name)
def test_only_the_community_and_its_collector_know_mesa(file: Path) -> None:
    if any(module.split(".")[0] == "mesa" for _, module in imported(file)):
        assert name(file) in ("sim/community.py", "sim/collector.py")


def test_what_only_declares_loads_nothing_heavy() -> None:
    modules = [name(file)[:-3].replace("/", ".").removesuffix(".__init__") for file in DECLARING]
    found = _loaded(f"import {', '.join(modules)}")

    assert found & HEAVY == set(), "something at the top of a declaring file, or of what it imports, is heavy"
    assert len(modules) > 20


def test_the_look_at_what_is_loaded_can_see() -> None:
    assert _loaded("import sim.community") & HEAVY >= {"mesa"}


def _loaded(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after a statement."""
    code = f"import sys; {statement}; print(' '.join({{module.split('.')[0] for module in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("file", CHANCE_FREE, ids=name)
def test_chance_comes_from_keyed_streams_alone(file: Path) -> None:
    modules = {module.split(".")[0] for _, module in imported(file)}
    used = [ast.unparse(node) for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)]
    streams = (".random", ".rng", ".default_rng", ".RandomState")

    assert not modules & {"random", "secrets", "uuid"}
    assert [one for one in used if one.endswith(streams) or ".random." in one] == []


@pytest.mark.parametrize("file", CHANCE_FREE, ids=name)
def test_no_clock_and_no_set_order_enters_the_model(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]

    assert not {module.split(".")[0] for _, module in imported(file)} & {"time"}
    assert [one for one in called if one.endswith((".now", ".today", ".utcnow")) or one == "hash"] == []


def test_no_other_distribution_provides_one_of_our_top_level_names() -> None:
    providers = importlib.metadata.packages_distributions()
    for package in TOP_LEVEL:
        others = sorted(set(providers.get(package, [])) - {"cogov"})
        assert others == [], (
            f"another installed package, {', '.join(others)}, also provides '{package}', so that one of "
            f"the two is not found: uninstall it, or install CoGov in an environment of its own"
        )


@pytest.mark.parametrize("package", TOP_LEVEL)
def test_our_top_level_names_are_ours(package: str) -> None:
    where = Path(importlib.import_module(package).__file__ or "").resolve()

    assert where.is_relative_to(ROOT), f"'{package}' comes from {where}, not from {ROOT}"
