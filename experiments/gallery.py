"""Drawing the figures of an experiment into its folder, in this process or in several."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.commands import going_on
from experiments.finished import Finished
from experiments.progress import FIGURES, Progress
from experiments.request import Executor
from experiments.spread import Work, spread
from sim.errors import Interrupted
from sim.parts import part_named, parts
from sim.texts import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from experiments.figures.drawing import Tables

FOLDER = "figures"
FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True)
class Wanted:
    """Which pictures are drawn: of which figures (none named: all that the tables allow), in which languages and formats."""

    figures: tuple[str, ...] = ()
    languages: tuple[Language, ...] = LANGUAGES
    formats: tuple[str, ...] = FORMATS


@dataclass(frozen=True)
class Picture:
    """One figure in one language, to be drawn from tables and saved into a folder."""

    tables: "Tables"
    key: str
    lang: Language
    formats: tuple[str, ...]
    folder: Path


def draw_figures(experiment: Finished, progress: Progress) -> None:
    """Draw the figures that the request of an experiment asks for; what stood in their place is replaced.

    `first`: as png in the user's language alone, which is there at once; `cogov figures FOLDER` draws the others.

    Raises:
        Interrupted: a process that draws was killed.
    """
    request = experiment.request
    if request.figures == "none":
        return
    wanted = Wanted() if request.figures == "all" else Wanted(languages=(request.lang,), formats=("png",))
    pictures = list(pictures_of(experiment.shown(), experiment.folder, wanted))
    draw_pictures(pictures, request.executor, progress, going_on(request))


def pictures_of(tables: "Tables", folder: Path, wanted: Wanted) -> Iterator[Picture]:
    """Yield the pictures that are wanted and whose tables are there."""
    target = (folder / FOLDER).resolve()
    for key in wanted.figures or parts("figure"):
        if is_drawable(key, tables):
            yield from (Picture(tables, key, lang, wanted.formats, target) for lang in wanted.languages)


def is_drawable(key: str, tables: "Tables") -> bool:
    """Say whether the tables have what a figure is drawn from."""
    figure = part_named("figure", key)
    return all(len(tables.frames.get(need, ())) for need in figure.needs) and bool(figure().suits(tables))


def draw_pictures(pictures: list[Picture], executor: Executor, progress: Progress, command: str) -> None:
    """Draw pictures, all into one folder.

    Raises:
        Interrupted: a process that draws was killed; command: goes on.
    """
    if not pictures:
        return
    folder = pictures[0].folder
    folder.mkdir(exist_ok=True)
    progress.begin(FIGURES, 0, len(pictures))
    try:
        for done, back in enumerate(spread(Work(draw, folder), pictures, executor), start=1):
            if back.result is None:
                raise Interrupted(WORKER_DIED, command)
            progress.show(done)
    finally:
        progress.end()


def draw(picture: Picture) -> list[Path]:
    """Draw one figure in one language and save it; return its files."""
    from experiments.figures.drawing import save

    drawing = part_named("figure", picture.key)().draw(picture.tables, picture.lang)
    return save(drawing, picture.folder, picture.key, picture.lang, picture.formats)


WORKER_DIED = Text(
    zh="画图的进程被终止（内存不足？）；所有运行结果都保留着",
    en="a process that drew figures was killed (out of memory?); every run is kept",
)
