"""The same experiments from Python: `from experiments import run, compare`."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.configuration import request_of
from experiments.library import Library
from experiments.progress import progress_for
from experiments.request import Request
from sim.texts import Language


def run(scenario: str, settings: Mapping[str, Any] | None = None, *, lang: Language = "en", **general: Any) -> Any:
    """Live through one scenario and return its `RunResult`.

    settings: as on the command line, such as `{"cross_serving.party_share": 0.1}`.  general: `weeks`, `seed`,
    `place`, `output` and so on, named as on the command line.
    """
    from experiments.single_run import perform

    return perform(_request("run", [scenario], settings, general), progress_for(lang))


def compare(
    scenarios: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    *,
    lang: Language = "en",
    **general: Any,
) -> Any:
    """Compare scenarios on common random numbers, the first being the base, and return a `Comparison`.

    settings, general: as for `run`; `replicates` says how many pairs.
    """
    from experiments.comparison import perform

    return perform(_request("compare", scenarios, settings, general), progress_for(lang))


def _request(verb: str, scenarios: Sequence[str], settings: Mapping[str, Any] | None, general: Mapping[str, Any]) -> Request:
    words = [f"{key}={_word(value)}" for key, value in {**general, **(settings or {})}.items()]
    return request_of(verb, [*scenarios, *words], Library())


def _word(value: Any) -> str:
    """Return a value as the command line writes it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_word, value))}]"
    return str(value)
