"""The manifest of a results folder: what was done, with what, and whether it is finished."""

import json
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from experiments.cells import digest, hashed, sources_hash
from experiments.request import Request
from scenarios.scenario import Scenario
from sim.local_rule import LocalRule, plain_value
from sim.parts import part_named
from sim.texts import Text

SCHEMA = 1
RUNNING, COMPLETE = "running", "complete"
PACKAGES = ("mesa", "numpy", "numba", "scipy", "pandas", "pyarrow", "joblib", "matplotlib")
ROOT = Path(__file__).resolve().parent.parent


def manifest_of(request: Request) -> dict[str, Any]:
    """Return the manifest with which an experiment begins."""
    return {
        **provenance(),
        "verb": request.verb,
        "words": list(request.words),
        "notes": [bilingual(note) for note in request.notes],
        "scenarios": [_scenario(scenario) for scenario in request.scenarios],
        "seed": request.seed,
        "replicates": request.replicates,
        "margins": dict(request.margins),
        "events": request.events,
        "executor": vars(request.executor),
    }


def provenance() -> dict[str, Any]:
    """Return with what an experiment is made, and that it has begun."""
    return {
        "schema": SCHEMA,
        "cogov": version_of("cogov"),
        "state": RUNNING,
        "sources": sources_hash(),
        "git": git_state(),
        "packages": {name: version_of(name) for name in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "started": now(),
        "finished": None,
        "failed": None,
    }


def configuration_hash(request: Request) -> str:
    """Return a hash of what is asked, without output, resume, executor, threads, language and replicates."""
    named = zip(request.scenarios, request.configurations, strict=True)
    scenarios = [[scenario.name, hashed(configuration)] for scenario, configuration in named]
    asked = [request.verb, scenarios, request.seed, request.events]
    return digest([*asked, *_extras(request)])


def _extras(request: Request) -> list[Any]:
    """Return what else decides the tables of a comparison: margins, precision; nothing where neither is stated."""
    stated = [dict(request.margins), dict(request.precision), request.most if request.precision else 0]
    return stated if request.margins or request.precision else []


def _scenario(scenario: Scenario) -> dict[str, Any]:
    title = scenario.story.title if scenario.story else Text(zh=scenario.name, en=scenario.name)
    estates = scenario.place.estates()
    return {
        "name": scenario.name,
        **bilingual(title),
        "place": bilingual(part_named("place", scenario.place.key).label),
        "estates": len(estates),
        "dwellings": sum(estate.households for estate in estates),
        "start": scenario.start.isoformat(),
        "weeks": scenario.weeks,
        "measures": sorted({setting.measure for setting in scenario.policy.settings}),
        **({"local": _local(scenario.local)} if scenario.local.says else {}),
    }


def _local(rule: LocalRule) -> dict[str, Any]:
    values = {key: plain_value(said.value) for key, said in rule.says.items()}
    return {"key": rule.key, **bilingual(rule.label), "says": values}


def bilingual(text: Text) -> dict[str, str]:
    """Return a text as plain values."""
    return {"zh": text.zh, "en": text.en}


def text_of(values: Mapping[str, Any]) -> Text:
    """Return the text that was kept as plain values."""
    return Text(zh=values["zh"], en=values["en"])


def titles(manifest: Mapping[str, Any]) -> dict[str, Text]:
    """Return the title of each scenario by its name, the base first."""
    return {scenario["name"]: text_of(scenario) for scenario in manifest["scenarios"]}


def how(manifest: Mapping[str, Any]) -> Text:
    """Say how an experiment was made: place, dwellings, weeks, seeds."""
    base = manifest["scenarios"][0]
    runs = SEED if manifest["verb"] == "run" else PAIRS
    return HOW.filled(
        place=_place(manifest),
        dwellings=f"{base['dwellings']:,}",
        start=base["start"],
        weeks=base["weeks"],
        runs=runs.filled(seed=manifest["seed"], pairs=manifest["replicates"]),
    )


def _place(manifest: Mapping[str, Any]) -> Text:
    """Return the place, with its local rule where all scenarios have the same."""
    scenarios = manifest["scenarios"]
    place, local = text_of(scenarios[0]["place"]), scenarios[0].get("local")
    if local is None or any(one.get("local") != local for one in scenarios):
        return place
    return BY_LOCAL.filled(place=place, local=text_of(local))


def dumped(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest as its file has it."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def now() -> str:
    """Return the time in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def version_of(package: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def git_state() -> dict[str, Any] | None:
    """Return commit and whether files differ from it, or None where the project is no git checkout."""
    if not (ROOT / ".git").exists():
        return None
    commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    return None if commit is None else {"commit": commit, "changed": bool(changes)}


def _git(*words: str) -> str | None:
    try:
        answer = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


HOW = Text(
    zh="{place}，{dwellings} 户 · {start} 起 {weeks} 周 · {runs}",
    en="{place}, {dwellings} dwellings · {weeks} weeks from {start} · {runs}",
)
BY_LOCAL = Text(zh="{place}（按{local}）", en="{place} (by the {local})")
PAIRS = Text(zh="{pairs} 对（同一随机数）", en="{pairs} pairs (same random numbers)")
SEED = Text(zh="随机种子 {seed}", en="seed {seed}")
