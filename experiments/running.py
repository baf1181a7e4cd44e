"""`cogov run` and `cogov compare`: from the words to the result that is printed."""

import importlib
from dataclasses import replace

from experiments.command import Answer, Command
from experiments.configuration import request_of
from experiments.progress import progress_for

MODULES = {"run": "experiments.single_run", "compare": "experiments.comparison"}


def answer(command: Command) -> Answer:
    """Do what is asked for and say what came out."""
    if command.several:
        from experiments.multirun import answer_all

        return answer_all(command)
    request = replace(request_of(command.verb, command.words, command.library), lang=command.lang)
    module = importlib.import_module(MODULES[command.verb])
    result = module.perform(request, progress_for(command.lang, command.quiet))
    return Answer(result.report(command.lang), result.as_json(), result.exit_code)
