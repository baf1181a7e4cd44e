"""CoGov Sans holds what the figures write, under a name and a licence that it may carry."""

from pathlib import Path

import pytest
from matplotlib.ft2font import FT2Font

from experiments.fonts import BOLD, FAMILY, FOLDER, REGULAR
from experiments.fonts.make import hanzi

FACES = pytest.mark.parametrize("face", [REGULAR, BOLD], ids=["regular", "bold"])
SIGNS = "−×±≤≥≈≠·…–—‰°²³→←↑↓√∞“”‘’《》「」（），。、；：？！％￥αβγΔΣµ"
NAMES = "石家庄保定邯郸邢台衡水沧州廊坊唐山秦皇岛张家口承德雄安业委会物业居委会红旗楼门长"


def covered(face: Path) -> set[int]:
    return set(FT2Font(str(face)).get_charmap())


def gb2312_hanzi() -> set[int]:
    cells = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    return {ord(sign) for cell in cells if (sign := cell.decode("gb2312", errors="ignore"))}


@FACES
def test_covers_all_hanzi_of_gb2312(face: Path) -> None:
    assert len(gb2312_hanzi()) == 6763
    assert gb2312_hanzi() <= covered(face)


@FACES
def test_covers_the_standard_list(face: Path) -> None:
    beyond = (FOLDER / "standard_beyond_gb2312.txt").read_text(encoding="utf-8").replace("\n", "")
    assert len(set(beyond)) == len(beyond) == 1467
    assert not {ord(sign) for sign in beyond} & gb2312_hanzi()
    assert {ord(sign) for sign in beyond} <= covered(face)
    assert len(hanzi()) == 8230


@FACES
def test_covers_latin_signs_and_the_names_of_cities(face: Path) -> None:
    latin = {*range(0x20, 0x7F), *range(0xA1, 0x100)} - {0xAD}
    full_width = set(range(0xFF01, 0xFF5F))
    wanted = latin | full_width | {ord(sign) for sign in SIGNS + NAMES}
    assert not sorted(chr(point) for point in wanted - covered(face))


@FACES
def test_goes_by_our_name_and_stays_small(face: Path) -> None:
    font = FT2Font(str(face))
    assert font.family_name == FAMILY
    assert font.style_name == face.stem.rpartition("-")[2]
    assert not {"Noto", "Source"} & set(f"{font.family_name} {font.postscript_name}".replace("-", " ").split())
    assert face.stat().st_size < 2_000_000


def test_the_licence_travels_with_the_font() -> None:
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
