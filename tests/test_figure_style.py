"""The look of figures holds: exact sizes, same bytes, no missing glyph, no overlap, told apart in grey."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Annotation
from matplotlib.text import Text as Words
from PIL import Image

from experiments.figures.drawing import FORMATS, Drawing, save
from experiments.figures.labels import Ending, label_endings, spread
from experiments.figures.sheet import balanced, sheet, wrapped
from experiments.figures.strokes import (
    Estimate,
    band,
    bars,
    interval,
    key,
    line,
    swatch,
    zero_upright,
)
from experiments.figures.style import COLOURS, COLUMN, PAGE, mark, styled
from sim.texts import LANGUAGES, Language, Text

TITLE = Text(
    zh="现状与交叉任职、联席会议比较：真实满意度随时间的变化",
    en="Status quo, cross-serving and joint meeting compared",
)
HOW = Text(
    zh="四类小区（各有业委会），2431 户；2018-01-01 起 260 周；每个方案 30 对，同一随机数；色带为 95 % 区间",
    en="Four archetypes of estate, 2,431 households; 260 weeks; 30 pairs; bands are 95 % intervals",
)
SCENARIOS = (
    Text(zh="现状", en="Status quo"),
    Text(zh="交叉任职", en="Cross-serving"),
    Text(zh="联席会议", en="Joint meeting"),
    Text(zh="交叉任职加联席会议", en="Cross-serving with joint meeting"),
)
SIMULATED = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
}
"""Machado, Oliveira and Fernandes (2009), table 1, severity 1.0: linear RGB as seen without that cone."""


def draw(lang: Language, width: float = PAGE, height: float = 80.0) -> Drawing:
    weeks = np.arange(1, 53)
    with sheet(TITLE.say(lang), HOW.say(lang), width, height) as figure:
        over_time, differences, hours = figure.subplots(1, 3)
        endings = []
        for place, scenario in enumerate(SCENARIOS):
            level = 60 + 0.2 * place * np.sqrt(weeks)
            band(over_time, weeks, level - 1, level + 1, mark(place))
            line(over_time, weeks, level, mark(place))
            interval(differences, -place, Estimate(place, place - 1, place + 1), mark(place))
            bars(hours, [0], [place], [1], mark(place))
            endings.append(Ending(balanced(figure, scenario.say(lang), 18), 52, level[-1], mark(place)))
        label_endings(over_time, endings)
        zero_upright(differences)
        key(hours, [swatch(SCENARIOS[1].say(lang), mark(1))], 1)
    data = pd.DataFrame({"周" if lang == "zh" else "week": weeks, "level": level.astype("float32")})
    return Drawing(figure, data, TITLE.say(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drawings_repeat_to_the_byte(lang: Language, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second", tmp_path / "again"]
    drawing = draw(lang)
    for folder, each in zip(folders, (drawing, draw(lang), drawing), strict=True):
        folder.mkdir()
        paths = save(each, folder, "sample", lang)
    assert sorted(path.name for path in folders[0].iterdir()) == sorted(path.name for path in paths)
    assert {path.suffix for path in paths} == {".png", ".svg", ".pdf", ".csv", ".txt"}
    for path in paths:
        assert len({(folder / path.name).read_bytes() for folder in folders}) == 1, path.name


@pytest.mark.slow
def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    save(draw("zh"), tmp_path, "here", "zh")
    code = "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
    code += "import test_figure_style as t; t.save(t.draw('zh'), Path(sys.argv[2]), 'there', 'zh')"
    arguments = [sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path)]
    subprocess.run(arguments, check=True, cwd=Path(__file__).parents[1])
    for ending in FORMATS:
        assert (tmp_path / f"here_zh.{ending}").read_bytes() == (tmp_path / f"there_zh.{ending}").read_bytes()


@pytest.mark.parametrize(("width", "height"), [(COLUMN, 70.0), (PAGE, 90.0)])
def test_sizes_are_exact_in_millimetres(width: float, height: float, tmp_path: Path) -> None:
    with sheet(TITLE.zh, HOW.zh, width, height) as figure:
        figure.subplots()
    save(Drawing(figure, pd.DataFrame(), ""), tmp_path, "sized", "zh")
    svg = (tmp_path / "sized_zh.svg").read_text(encoding="utf-8")
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", (tmp_path / "sized_zh.pdf").read_bytes())
    points = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"|height="([\d.]+)pt".*width="([\d.]+)pt"', svg)
    assert box and points
    sides = sorted(float(side) for side in points.groups() if side)
    assert sides == pytest.approx(sorted(side / 25.4 * 72 for side in (width, height)), abs=0.01)
    assert [float(side) for side in box.groups()] == pytest.approx([width / 25.4 * 72, height / 25.4 * 72], abs=0.01)
    with Image.open(tmp_path / "sized_zh.png") as image:
        assert image.info["dpi"] == pytest.approx((200, 200), abs=0.01)
        assert image.size == pytest.approx((width / 25.4 * 200, height / 25.4 * 200), abs=1)


def test_rare_and_common_hanzi_are_set_in_our_typeface(tmp_path: Path) -> None:
    words = "邯郸市峰峰矿区彭城镇滏阳东路，赵王城，临洺关，娲皇宫；蓟州、涞源、滹沱河、𬇙水、㧐、䥽"
    with sheet(words, "− × ± ≤ ≥ ≈ · … – — ‰ ° m² € $5 and $6", COLUMN, 60) as figure:
        figure.subplots().set_xlabel("满意度（分）")
    assert not any(text.get_parse_math() for text in figure.texts), "a $ in a name is a dollar"
    save(Drawing(figure, pd.DataFrame(), words), tmp_path, "hanzi", "zh")


def test_a_glyph_that_no_typeface_has_is_an_error() -> None:
    with pytest.raises(UserWarning, match="Glyph"), sheet("\U000f0000", "", COLUMN, 60):
        pass


def test_data_open_in_excel_and_words_are_plain(tmp_path: Path) -> None:
    save(draw("zh"), tmp_path, "sample", "zh")
    data = (tmp_path / "sample_zh.csv").read_bytes()
    assert data.startswith("\ufeff周,level\n1,60.6\n".encode())
    assert (tmp_path / "sample_zh.txt").read_text(encoding="utf-8") == TITLE.zh + "\n"


def test_only_the_wanted_formats_are_written(tmp_path: Path) -> None:
    save(draw("en"), tmp_path, "sample", "en", formats=("svg",))
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".svg", ".txt"]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(path: Path, **_: object) -> None:
        path.write_bytes(b"half a picture")
        raise OSError("No space left on device")

    drawing = draw("en")
    monkeypatch.setattr(drawing.figure, "savefig", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        save(drawing, tmp_path, "sample", "en")
    assert not list(tmp_path.iterdir())


def test_settings_are_only_lent() -> None:
    before = dict(matplotlib.rcParams)
    draw("en")
    assert dict(matplotlib.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or matplotlib.rcParams["pdf.fonttype"] == before["pdf.fonttype"]


def test_style_loads_no_matplotlib_until_something_is_drawn() -> None:
    code = "import sys; from experiments.figures import drawing, sheet, strokes, style; "
    code += "sys.exit('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 30)), min_size=1, max_size=8),
    st.floats(0, 40),
    st.floats(60, 120),
)
def test_spread_boxes_never_overlap(boxes: list[tuple[float, float]], low: float, high: float) -> None:
    centres, sizes = zip(*boxes, strict=True)
    placed = spread(centres, sizes, low, high)
    stacked = sorted(zip(placed, sizes, strict=True))
    for (below, lower), (above, upper) in itertools.pairwise(stacked):
        assert above - below >= (lower + upper) / 2 - 1e-9
    assert [y for _, y in sorted(zip(centres, placed, strict=True))] == pytest.approx(sorted(placed))
    if sum(sizes) <= high - low:
        assert stacked[0][0] - stacked[0][1] / 2 >= low - 1e-9
        assert stacked[-1][0] + stacked[-1][1] / 2 <= high + 1e-9


def test_boxes_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 50, 30], [4, 4, 4], 0, 60) == [10, 50, 30]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [COLUMN, PAGE])
def test_labels_of_lines_that_meet_do_not_overlap(lang: Language, width: float) -> None:
    with sheet(TITLE.say(lang), HOW.say(lang), width, 80) as figure:
        axes = figure.subplots()
        words = [balanced(figure, scenario.say(lang), 22) for scenario in SCENARIOS]
        for place in range(len(words)):
            line(axes, [0, 1], [0, 1 + 0.001 * place], mark(place))
        label_endings(axes, [Ending(each, 1, 1, mark(place)) for place, each in enumerate(words)])
    with styled():
        boxes = [Words.get_window_extent(text) for text in axes.texts if isinstance(text, Annotation)]
    assert len(boxes) == len(SCENARIOS)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    assert max(box.x1 for box in boxes) <= figure.bbox.width


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [COLUMN, PAGE])
def test_head_fits_the_width_and_nothing_overlaps_it(lang: Language, width: float) -> None:
    with sheet(TITLE.say(lang) * 2, HOW.say(lang), width, 90) as figure:
        axes = figure.subplots()
        axes.set_title(SCENARIOS[0].say(lang))
    with styled():
        rows = [text.get_window_extent() for text in figure.texts]
        drawn = axes.get_tightbbox()
    assert len(rows) >= 3
    assert drawn is not None and drawn.y1 < min(row.y0 for row in rows)
    assert all(row.x1 <= figure.bbox.width + 1 for row in rows)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(rows, 2))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrapping_keeps_every_word_and_no_line_begins_with_a_stop(lang: Language) -> None:
    with sheet("", "", COLUMN, 60) as figure:
        lines = wrapped(figure, HOW.say(lang), width=30)
    assert len(lines) > 3
    assert "".join(lines).replace(" ", "") == HOW.say(lang).replace(" ", "")
    assert not any(line[0] in "，；：）。,;:)." or line[-1] in "（(" for line in lines)


def test_marks_are_told_apart_without_colour() -> None:
    shapes = [(mark(place).dash, mark(place).marker, mark(place).hatch) for place in range(len(COLOURS))]
    for kind in zip(*shapes, strict=True):
        assert len(set(kind)) == len(COLOURS)
    assert len({(mark(place).colour, mark(place).dash) for place in range(36)}) == 36


def linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ np.clip(light, 0, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_first_five_colours_differ_in_grey() -> None:
    lightness = sorted(lab(linear(colour))[0] for colour in COLOURS[:5])
    assert min(np.diff(lightness)) >= 10


@pytest.mark.parametrize("kind", SIMULATED)
def test_colours_differ_for_the_colour_blind(kind: str) -> None:
    seen = [lab(np.array(SIMULATED[kind]) @ linear(colour)) for colour in COLOURS]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) >= 20
