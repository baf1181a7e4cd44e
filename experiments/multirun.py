"""`cogov run -m`: every combination of the values given, through Hydra and its launchers, a folder for each.

Hydra is handed only what is swept, and its own settings; what is the same in every job goes around it, letter
for letter.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.command import BAD_INPUT, DONE, INTERRUPTED, Answer, Command
from experiments.commands import typed
from experiments.composition import FOREIGN, store_groups, store_names
from experiments.configuration import BASE, Missing, drafted, request_of
from experiments.library import Library
from experiments.names import require
from experiments.output import default_folder
from experiments.overrides import GROUPS, is_setting, override, several, understood
from experiments.problems import tell
from experiments.progress import progress_for
from sim.errors import InputError, Interrupted
from sim.texts import Text

HYDRAS_OWN = ("hydra.", "hydra/")
SCENARIOS = ("scenario=", "scenarios=")


@dataclass(frozen=True)
class Sweep:
    """What is run.

    scenarios: as they were named.  fixed: words that every job has.  swept: the word of each swept key.
    launching: settings of Hydra's own.
    """

    scenarios: tuple[str, ...]
    fixed: tuple[str, ...]
    swept: Mapping[str, str]
    launching: tuple[str, ...]

    @property
    def missing(self) -> Missing:
        """Say what happens to a scenario without the measure that is set: one of several is left as it is."""
        return "switch on" if len(self.scenarios) == 1 else "leave"


def answer_all(command: Command) -> Answer:
    """Run every combination; each is told on a line of its own, in the order of the jobs.

    Raises:
        InputError: a name or a value, of a sweep too, is wrong; nothing has been run then.
        Interrupted: Ctrl-C; what is finished is kept, and the command that goes on is told.
    """
    sweep = sweep_of(command)
    with TemporaryDirectory() as kept:
        try:
            _launch(sweep, _job(command, sweep, Path(kept)), command.library)
        except KeyboardInterrupt:
            going_on = [word for word in command.words if word not in (*sweep.launching, RESUME)]
            again = typed("cogov", "run", "-m", *going_on, *sweep.launching, RESUME)
            raise Interrupted(STOPPED, again) from None
        files = sorted(Path(kept).glob("*.json"), key=lambda file: int(file.stem))
        jobs = [loads(file.read_text("utf-8")) for file in files]
    text = "\n".join(f"{' '.join(job['words'])}  {job.get('folder') or job['error']}" for job in jobs)
    return Answer(text, {"jobs": jobs}, max((job["status"] for job in jobs), default=DONE))


def sweep_of(command: Command) -> Sweep:
    """Return what a command's words sweep over, every name and every value checked."""
    launching = tuple(word for word in command.words if word.lstrip("+~").startswith(HYDRAS_OWN))
    words = [word for word in command.words if word not in launching]
    names = [word for word in words if not is_setting(word)]
    names += [name for word in words if word.startswith(SCENARIOS) for name in several(word.partition("=")[2])]
    settings = [word for word in words if is_setting(word) and not word.startswith(SCENARIOS)]
    values = {word: _values_of(word) for word in settings}
    fixed = tuple(word for word in settings if not values[word])
    understood(fixed, command.library)
    swept = {word.partition("=")[0]: word for word in settings if values[word]}
    tell(_wrong({key: values[word] for key, word in swept.items()}, command), SWEPT)
    scenarios = tuple(names) or (BASE,)
    files = [command.library.scenario(name) for name in scenarios]
    firsts = [f"{key}={values[word][0]}" for key, word in swept.items()]
    said = understood([*fixed, *firsts], command.library)
    drafted(files, said, command.library, "switch on" if len(files) == 1 else "refuse")
    if not any(word.startswith(SWEEP_DIR) for word in launching):
        launching += (f"{SWEEP_DIR}={_quoted(str(default_folder('multirun', [file.name for file in files])))}",)
    return Sweep(scenarios, fixed, swept, launching)


def _values_of(word: str) -> tuple[str, ...]:
    """Return the values of a word that sweeps, as Hydra's own grammar has it; none for one that does not."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    if word.startswith(("+", "~", "output=")):
        return ()
    try:
        [parsed] = OverridesParser.create().parse_overrides([word])
    except HydraException:
        return ()
    if not parsed.is_sweep_override():
        return ()
    return tuple(map(str, parsed.sweep_string_iterator()))


def _wrong(swept: Mapping[str, Sequence[str]], command: Command) -> Iterator[InputError]:
    for key, values in swept.items():
        for value in values:
            try:
                _check(key, value, command)
            except InputError as error:
                yield error


def _check(key: str, value: str, command: Command) -> None:
    require(key)
    if key in GROUPS:
        understood([f"{key}={value}"], command.library)
    else:
        override(key, value)


def _launch(sweep: Sweep, job: Callable[[Any], None], library: Library) -> None:
    """Hand the sweep to Hydra, which reads it from `sys.argv`."""
    import hydra

    store_groups()
    aliases = [_alias(index) for index in range(len(sweep.scenarios))]
    foreign = [name for name, path in library.policies.items() if not library.is_ours("policy", path)]
    store_names(aliases, foreign)
    words = [word if key in GROUPS else f"++{word}" for key, word in sweep.swept.items()]
    before, sys.argv = (
        sys.argv,
        ["cogov", "--multirun", f"scenario={','.join(aliases)}", *words, *sweep.launching],
    )
    try:
        hydra.main(version_base="1.3", config_path="pkg://conf", config_name="config")(job)()
    finally:
        sys.argv = before


def _job(command: Command, sweep: Sweep, kept: Path) -> Callable[[Any], None]:
    """Return what Hydra does with each combination: run it in the job's folder and keep what came out."""

    def job(configuration: Any) -> None:
        from hydra.core.hydra_config import HydraConfig

        ours = HydraConfig.get()
        scenario, *words = [word.lstrip("+") for word in ours.overrides.task]
        named = sweep.scenarios[int(scenario.rpartition("_")[2])]
        folder = Path(ours.runtime.output_dir)
        told = _run(replace(command, words=(named, *words, *sweep.fixed)), folder, sweep.missing)
        (kept / f"{ours.job.num}.json").write_text(dumps({"words": [named, *words], **told}), "utf-8")
        if told["status"] == INTERRUPTED:
            raise KeyboardInterrupt

    return job


def _run(command: Command, folder: Path, missing: Missing) -> dict[str, Any]:
    from experiments.single_run import perform

    try:
        request = replace(request_of("run", command.words, command.library, missing, folder), lang=command.lang)
        result = perform(request, progress_for(command.lang, command.quiet))
    except InputError as error:
        return {"status": BAD_INPUT, "error": error.say(command.lang)}
    except Interrupted as stop:
        return {"status": INTERRUPTED, "error": stop.reason.say(command.lang)}
    return {"status": result.exit_code, **result.as_json()}


def _alias(index: int) -> str:
    return f"{FOREIGN}_{index}"


def _quoted(words: str) -> str:
    """Return words in quotes, without which Hydra's grammar takes no path with blanks or Chinese."""
    escaped = words.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


RESUME = "resume=true"
SWEEP_DIR = "hydra.sweep.dir"
SWEPT = Text(zh="命令", en="the command")
STOPPED = Text(zh="已停止；做完的都保留着", en="stopped; what is finished is kept")
