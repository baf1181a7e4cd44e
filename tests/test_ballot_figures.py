"""Figures of the law of ballots: exact numbers in both languages, nothing cut, nothing overwritten."""

import json
from pathlib import Path

import matplotlib.text
import numpy as np
import pytest

from experiments.ballot_gallery import TABLES
from experiments.cli import main
from experiments.figures.drawing import Drawing, save
from experiments.figures.style import styled
from sim.parts import parts
from sim.texts import LANGUAGES, Language

FIGURES = tuple(parts("ballot_figure"))
SMALL = 30


def draw(figure: str, lang: Language, owners: int = SMALL) -> Drawing:
    drawing: Drawing = parts("ballot_figure")[figure]().draw(TABLES[figure](owners), lang)
    return drawing


def test_each_figure_has_its_table() -> None:
    assert set(FIGURES) == set(TABLES) == {"pass_probability", "boycott"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES)
def test_each_draws_in_both_languages_with_nothing_cut(figure: str, lang: Language, tmp_path: Path) -> None:
    drawing = draw(figure, lang)
    width, height = drawing.figure.bbox.size + 1
    with styled():
        drawing.figure.draw_without_rendering()
        for text in drawing.figure.findobj(matplotlib.text.Text):
            if text.get_visible() and text.get_text().strip():
                box = text.get_window_extent()
                assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width and box.y1 <= height, text.get_text()
    assert len(save(drawing, tmp_path, figure, lang)) == 5
    assert "\ufffd" not in drawing.alternative and f"{SMALL} " in drawing.alternative


@pytest.mark.parametrize("figure", FIGURES)
def test_the_same_numbers_give_the_same_bytes(figure: str, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        save(draw(figure, "zh"), folder, figure, "zh", ("png", "svg"))
    for path in folders[0].iterdir():
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name


def test_the_texts_state_what_the_pictures_show() -> None:
    passing = draw("pass_probability", "en", 300).alternative
    assert "turnout 60%, approval 90%: Property Law (to 2020) 90.8%, Civil Code (from 2021) 1.0%." in passing
    assert "turnout 70%, approval 60%: Property Law (to 2020) 0.2%, Civil Code (from 2021) 90.4%." in passing
    boycott = draw("boycott", "en", 300).alternative
    assert "opponents 30%, of whom 100% stay away: Property Law (to 2020) 99.8%, Civil Code (from 2021) 0.0%." in boycott


def test_the_data_are_the_numbers_drawn() -> None:
    data = draw("pass_probability", "en").data
    assert len(data) == 2 * 4 * 61 * 61 and data["chance of passing"].between(0, 1 + 1e-9).all()
    image = draw("boycott", "en").figure.axes[1].images[0].get_array()
    boycott = draw("boycott", "en").data
    new = boycott[boycott["law"] == "Civil Code (from 2021)"]["chance of passing"].to_numpy().reshape(61, 101)
    assert image is not None and np.allclose(np.asarray(image), new.T)


def test_the_verb_draws_into_a_new_folder_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["ballot", "figure=boycott", "output=图", f"owners={SMALL}"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == "图" and len(told["files"]) == 10
    assert all((tmp_path / "图" / name).stat().st_size > 0 for name in told["files"])
    assert {f"boycott_{lang}.{ending}" for lang in LANGUAGES for ending in ("png", "svg", "csv", "txt")} <= set(
        told["files"]
    )
    (tmp_path / "a file").touch()
    assert main([*words[:2], "output=a file/below", f"owners={SMALL}"]) == 2 and "below" in capsys.readouterr().err
    before = {path.name: path.read_bytes() for path in (tmp_path / "图").iterdir()}
    assert main(words) == 2 and "图" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (tmp_path / "图").iterdir()} == before
