"""`cogov figures FOLDER`: every table and figure of an experiment made again from its folder alone.

Nothing of the model runs for it, and nothing is compiled.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.command import Answer, Command
from experiments.commands import typed
from experiments.comparison import write_effects
from experiments.finished import shown
from experiments.gallery import FORMATS, Wanted, draw_pictures, is_drawable, pictures_of
from experiments.health_report import write_health
from experiments.manifest import COMPLETE
from experiments.opening import locked
from experiments.overrides import several
from experiments.points import read_points
from experiments.progress import progress_for
from experiments.request import Executor
from experiments.results import Folder, read_manifest, read_tables
from experiments.runner import interruptible
from experiments.status import folder_in, status_of
from experiments.summary import write_summary
from experiments.sweep import VERB as SWEEP
from experiments.sweep import tables_of as swept
from sim.errors import InputError, nearest
from sim.parts import part_named, parts
from sim.texts import Text, same

if TYPE_CHECKING:
    from experiments.figures.drawing import Tables


def answer(command: Command) -> Answer:
    """Draw the figures of a folder again, all of them unless `figure=` or `format=` narrow them down."""
    folder = folder_in(command.without("figure").without("format"))
    wanted = _wanted(command.words)
    manifest = read_manifest(folder)
    if manifest["state"] != COMPLETE:
        status = status_of(folder)
        told = {"path": same(folder), "done": status.cells["done"], "total": sum(status.cells.values())}
        raise InputError(UNFINISHED.filled(**told), attempt=status.going_on)
    again = typed("cogov", "figures", folder)
    with locked(folder), interruptible(again, folder):
        remake(Folder(folder, manifest))
        tables = swept(folder, manifest) if manifest["verb"] == SWEEP else shown(read_tables(folder), manifest)
        _require_drawable(wanted.figures, tables, folder)
        pictures = list(pictures_of(tables, folder, wanted))
        draw_pictures(pictures, Executor(), progress_for(command.lang, command.quiet), again)
    files = sorted({f"{picture.key}_{picture.lang}" for picture in pictures})
    return Answer(
        "\n".join([*files, DRAWN.say(command.lang, folder=folder / "figures")]), {"folder": str(folder), "figures": files}
    )


def _require_drawable(named: Sequence[str], tables: "Tables", folder: Path) -> None:
    """Refuse a figure that was named and that the tables of a folder do not allow."""
    drawable = [key for key in parts("figure") if is_drawable(key, tables)]
    for key in named:
        if key not in drawable:
            raise InputError(NOT_OF_THIS.filled(key=key, path=same(folder)), allowed=same(", ".join(drawable)))


def remake(folder: Folder) -> None:
    """Make every table that follows from the cells again."""
    folder.tidy()
    if folder.manifest["verb"] == SWEEP:
        write_summary(folder.path, read_points(folder.path))
        return
    if not (folder.path / "health.parquet").is_file():  # an ablation keeps the values of its runs alone
        return
    write_health(folder)
    if folder.manifest["verb"] == "compare":
        write_effects(folder)


def _wanted(words: Sequence[str]) -> Wanted:
    given = {word.partition("=")[0]: several(word.partition("=")[2]) for word in words if "=" in word}
    for key in given.get("figure", ()):
        part_named("figure", key)
    formats = tuple(given.get("format", FORMATS))
    for name in formats:
        if name not in FORMATS:
            raise InputError(
                NO_FORMAT.filled(name=same(name)), allowed=same(", ".join(FORMATS)), nearest=nearest(name, FORMATS)
            )
    return Wanted(tuple(given.get("figure", ())), formats=formats)


UNFINISHED = Text(
    zh="{path} 里的实验还没有完成（{total} 次运行中完成 {done} 次），不能画图",
    en="the experiment in {path} is not finished ({done} of {total} runs are done), so nothing is drawn",
)
NOT_OF_THIS = Text(
    zh="{path} 里的结果画不出 {key} 这张图：没有它要的表",
    en="the figure {key} cannot be drawn from {path}, which lacks the tables for it",
)
NO_FORMAT = Text(zh="没有名为 {name} 的图片格式", en="there is no format called {name}")
DRAWN = Text(zh="图在 {folder}", en="the figures are in {folder}")
