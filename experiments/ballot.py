"""`cogov ballot`: count a real register under the law, with the article of each step; or draw what the law does.

cogov ballot file=register.csv regime=civil_code_2021 category=replace_provider
cogov ballot figure=pass_probability output=FOLDER
"""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.ballot_report import BallotReport
from experiments.ballot_request import BallotRequest, options_in, request_for, requested
from experiments.command import Answer, Command
from experiments.election_report import elected_committee
from experiments.motion_report import counted_motion
from scenarios.register_table import lines_of
from sim.election_count import count_election
from sim.register_count import count_register


def answer(command: Command) -> Answer:
    """Count a register, or draw a figure.

    Raises:
        InputError: an option, the register or the local rule is wrong.
    """
    options = options_in(command.words)
    if "figure" in options:
        from experiments.ballot_gallery import drawn

        return drawn(options, command)
    report = reported(requested(options))
    return Answer(report.text(command.lang), report.data())


def count_table(rows: Sequence[Mapping[str, str]], options: Mapping[str, str]) -> dict[str, Any]:
    """Return the count of a register given as rows by column, as `--json` prints it.

    `options` are those of the command line but for `file`.

    >>> rows = [{"unit": n, "owner": n, "area": "100", "vote": "yes" if n < "5" else "no"} for n in "123456"]
    >>> count = count_table(rows, {"regime": "civil_code_2021", "category": "rebuild"})
    >>> count["assent_heads"], count["passed"]
    ('2/3', False)

    Raises:
        InputError: an option or the register is wrong.
    """
    return reported(request_for(options, lambda is_election: lines_of(rows, is_election))).data()


def reported(request: BallotRequest) -> BallotReport:
    """Return the count of a register, to be told in words or as data."""
    if request.seating is None:
        return counted_motion(request, count_register(request.lines, request.poll))
    return elected_committee(request, count_election(request.lines, request.poll, request.seating, request.seed))
