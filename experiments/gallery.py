"""Drawing all figures of an experiment into its folder, in this process or in several."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.commands import going_on
from experiments.finished import Finished
from experiments.progress import FIGURES, Progress
from experiments.request import Executor
from sim.errors import Interrupted
from sim.parts import part_named, parts
from sim.texts import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from experiments.figures.drawing import Tables

FOLDER = "figures"
Picture = tuple[str, Language]


def draw_figures(experiment: Finished, progress: Progress) -> None:
    """Draw every figure whose tables are there, in both languages; what stood in their place is replaced."""
    folder = (experiment.folder / FOLDER).resolve()
    folder.mkdir(exist_ok=True)
    shown = experiment.shown()
    pictures = [
        (key, lang)
        for key, figure in parts("figure").items()
        if all(len(experiment.tables.get(need, ())) for need in figure.needs) and figure().suits(shown)
        for lang in LANGUAGES
    ]
    progress.begin(FIGURES, 0, len(pictures))
    try:
        for done, _ in enumerate(_drawn(experiment, pictures, folder), start=1):
            progress.show(done)
    finally:
        progress.end()


def _drawn(experiment: Finished, pictures: Sequence[Picture], folder: Path) -> Iterator[None]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    tables = experiment.shown()
    pool = Parallel(
        n_jobs=_workers(experiment.request.executor, len(pictures)),
        return_as="generator_unordered",
        batch_size=1,
        max_nbytes=None,
    )
    try:
        yield from pool(delayed(draw)(tables, picture, folder) for picture in pictures)
    except TerminatedWorkerError:
        raise Interrupted(WORKER_DIED, going_on(experiment.request)) from None


def _workers(executor: Executor, pictures: int) -> int:
    """Return how many processes draw: one, which is this one, where runs share one too."""
    return 1 if executor.kind == "serial" else max(1, min(executor.workers or os.cpu_count() or 1, pictures))


def draw(tables: "Tables", picture: Picture, folder: Path) -> None:
    """Draw one figure in one language and save it."""
    from experiments.figures.drawing import save

    key, lang = picture
    save(part_named("figure", key)().draw(tables, lang), folder, key, lang)


WORKER_DIED = Text(
    zh="画图的进程被终止（内存不足？）；所有运行结果都保留着",
    en="a process that drew figures was killed (out of memory?); every run is kept",
)
