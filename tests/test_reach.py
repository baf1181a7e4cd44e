"""What can be reached: no moment, agent or measure can write what households live through."""

import ast
import inspect
import textwrap
import types
import warnings
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import agents
import sim.measures
from scenarios.settle import settle
from sim.community import Community
from sim.moments import Measure, Moment
from sim.parts import parts
from sim.policy import Policy, Setting

ROOMS = tuple(Path(list(room.__path__)[0]) for room in (agents, sim.measures))
FILES = sorted(file for room in ROOMS for file in room.glob("*.py"))
# What lies outside a community and holds no part of it.
CLOSED = (
    str,
    bytes,
    int,
    float,
    complex,
    type,
    types.ModuleType,
    types.FunctionType,
    types.BuiltinFunctionType,
    np.generic,
)
# Names with underscores by which Python itself asks a thing for what it shows.
SPOKEN = {"__getitem__", "__len__"}
# A measure speaks at a moment: the methods that are handed one.
MOMENTS = [n for n, one in inspect.getmembers(Measure, inspect.isfunction) if one.__code__.co_argcount == 2]
# The verbs by which a community lives through its week; whoever calls one moves households on.
VERBS = {
    node.func.attr
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(Community.step))))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
} | {"step"}


@pytest.fixture(scope="module")
def community(busy: Any) -> Any:
    """A community in its second year, in which every measure acts, with the moments at which they acted."""
    policy = Policy(tuple(Setting(key) for key in parts("measure")))
    living = settle(busy(policy=policy, weeks=104), 1)
    with pytest.MonkeyPatch.context() as patch:
        living.moments_seen = _moments(patch)
        for _ in range(80):
            living.step()
    return living


def _moments(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Keep the last moment of every kind at which a measure was let to speak."""
    seen: dict[str, Any] = {}
    for cls in parts("measure").values():
        for name, spoken in [(name, vars(cls)[name]) for name in MOMENTS if name in vars(cls)]:

            def speaking(self: Any, at: Any, speak: Any = spoken) -> None:
                seen[type(at).__name__] = at
                speak(self, at)

            patch.setattr(cls, name, speaking)
    return seen


def _within(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield what hangs on a thing by a public name or a place in it, with the step that leads there."""
    if isinstance(thing, types.MethodType):
        yield ".__self__", thing.__self__
    elif isinstance(thing, Mapping):
        yield from ((f"[{key!r}]", value) for key, value in list(thing.items()))
    elif isinstance(thing, list | tuple | set | frozenset | deque):
        yield from ((f"[{place}]", value) for place, value in enumerate(thing))
    if isinstance(thing, np.ndarray | types.MethodType):
        return
    for name in dir(thing):
        if not name.startswith("_"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    yield f".{name}", getattr(thing, name)
                except Exception:  # noqa: BLE001, S112 (what cannot be read cannot be reached)
                    continue


def reach(thing: Any, name: str, deepest: int = 7) -> dict[str, np.ndarray]:
    """Return every array that can be reached from a thing by public names, by the shortest way to it."""
    found: dict[str, np.ndarray] = {}
    met, waiting = {id(thing)}, deque([(name, thing, 0)])
    kept = [thing]
    while waiting:
        way, at, steps = waiting.popleft()
        if isinstance(at, np.ndarray):
            found[way] = at
        elif steps < deepest:
            for step, value in _within(at):
                if id(value) not in met and not isinstance(value, CLOSED):
                    met.add(id(value))
                    kept.append(value)  # as long as it is met, its id may not go to another
                    waiting.append((way + step, value, steps + 1))
    return found


def _held(community: Any) -> dict[str, np.ndarray]:
    """Return the arrays themselves that nobody may write: all households' and what service they live with."""
    residents = community._residents
    service = {name: getattr(residents, f"_{name}") for name in ("quality", "standard", "aim")}
    return {**residents._people.arrays(), **service}


def _starts(community: Any) -> dict[str, Any]:
    measures = {measure.key: measure for estate in community.estates for measure in estate.measures}
    bodies = {one.key: one for one in community.institutions}
    shared = {
        "estate": community.estates[0],
        "community": community,
        "ledger": community.ledger,
        "log": community.log,
    }
    return {**community.moments_seen, **measures, **bodies, **shared}


def test_every_moment_was_seen(community: Any) -> None:
    assert set(community.moments_seen) == {cls.__name__ for cls in Moment.__subclasses__()}


def test_nothing_that_can_be_reached_lets_households_or_quality_be_written(community: Any) -> None:
    held = {name: array for name, array in _held(community).items() if array.size}
    for start, thing in _starts(community).items():
        found = reach(thing, start)
        shared = {way: name for way, array in found.items() for name in held if np.shares_memory(array, held[name])}
        listing = "\n".join(f"  {way} -> {name}" for way, name in shared.items())
        for way in shared:
            assert not found[way].flags.writeable, f"{way} can be written; {start} reaches\n{listing}"
            with pytest.raises(ValueError, match="WRITEABLE"):
                found[way].flags.writeable = True


def test_the_walk_does_find_what_is_there_to_be_found(community: Any) -> None:
    found, held = reach(community, "community"), _held(community)

    for name in (
        "experience.satisfaction",
        "attitudes.held",
        "paying.history",
        "quality",
        "standard",
    ):
        assert any(np.shares_memory(array, held[name]) for array in found.values()), name


def test_the_walk_would_notice_an_array_that_can_be_written(community: Any) -> None:
    open_door = types.SimpleNamespace(inner=[{"here": community._residents._quality}])

    assert reach(open_door, "door")["door.inner[0]['here']"].flags.writeable


def test_measures_reach_no_community_at_all(community: Any) -> None:
    for measure in community.estates[0].measures:
        assert reach(measure, measure.key) == {}


def test_arrays_of_households_cannot_be_replaced(community: Any) -> None:
    with pytest.raises(AttributeError):
        community.households = None
    for group in community.households:
        for name in group._fields:
            with pytest.raises(AttributeError):
                setattr(group, name, None)


def _attributes(file: Path) -> Iterator[ast.Attribute]:
    yield from (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_agents_and_measures_touch_no_underscore_of_another(file: Path) -> None:
    touched = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in _attributes(file)
        if node.attr.startswith("_") and node.attr not in SPOKEN and ast.unparse(node.value) not in ("self", "cls")
    ]
    assert touched == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_agents_and_measures_open_no_lock_and_take_no_back_door(file: Path) -> None:
    doors = {"flags", "setflags", "base", "obj", "data", "ctypes"}
    names = {"vars", "getattr", "setattr", "globals", "locals", "object", "eval", "exec"}
    tree = ast.parse(file.read_text("utf-8"))

    assert [ast.unparse(node) for node in _attributes(file) if node.attr in doors] == []
    assert [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_agents_and_measures_do_not_live_through_weeks_of_their_own(file: Path) -> None:
    called = [
        ast.unparse(node) for node in _attributes(file) if node.attr in VERBS and ast.unparse(node.value) == "self.model"
    ]

    assert called == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_agents_and_measures_never_write_quality_households_or_the_record(file: Path) -> None:
    targets = [
        target
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    written = [ast.unparse(target) for target in targets]

    assert [
        one for one in written if {"quality", "standard", "households", "record"} & set(one.replace("[", ".").split("."))
    ] == []


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 6 and {"step", "serve", "live", "bill", "work_cases", "spread_news"} <= VERBS
