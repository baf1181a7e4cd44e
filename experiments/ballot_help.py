"""What `cogov ballot --help` adds to its usage: the columns of a register, and what each option takes."""

from experiments.language import in_columns
from experiments.local_rules import local_rules
from scenarios.register_columns import ALLOWED, COLUMNS, Column
from sim.law_in_force import regimes
from sim.parts import parts
from sim.regime import CATEGORIES
from sim.silence import SILENCES
from sim.standing import FAULTS
from sim.texts import Language, Text


def details(lang: Language) -> list[str]:
    """Return the lines."""
    regime = {key: one.label for key, one in regimes().items()}
    silence = {key: one.label for key, one in SILENCES.items()}
    local = {key: one.label for key, one in local_rules().items()}
    faults = {key: one.says for key, one in FAULTS.items()}
    figures = {key: one.label for key, one in parts("ballot_figure").items()}
    options = (("regime", regime), ("category", CATEGORIES), ("silence", silence), ("local", local), ("faults", faults),
               ("figure", figures))  # fmt: skip
    lines = [COLUMN_HEADING.say(lang), *in_columns(_column(column, lang) for column in COLUMNS)]
    for option, choices in options:
        lines += ["", f"{option}=", *in_columns((key, label.say(lang)) for key, label in choices.items())]
    return lines


def _column(column: Column, lang: Language) -> tuple[str, str, str]:
    allowed = ALLOWED.get(column.field, NEEDED if column.required else MAY_BE)
    return column.field, column.label.zh, allowed.say(lang)


COLUMN_HEADING = Text(zh="名册的列（.csv 或 .xlsx，一行一套）", en="columns of the register (.csv or .xlsx, a row a unit)")
NEEDED = Text(zh="必须有", en="needed")
MAY_BE = Text(zh="可以没有；详见 docs/ballot.zh.md", en="may be absent; see docs/ballot.en.md")
