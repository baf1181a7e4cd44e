"""Cut CoGov Sans out of Noto Sans CJK.

Run by hand, only when the coverage should change:
``python -m experiments.fonts.make --source FOLDER``, where FOLDER holds ``NotoSansCJK-Regular.ttc`` and
``NotoSansCJK-Bold.ttc``. The same sources and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.fonts import BOLD, FAMILY, FOLDER, REGULAR

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

WEIGHTS = {"Regular": REGULAR, "Bold": BOLD}
SIMPLIFIED_CHINESE = "Noto Sans CJK SC"
GB2312_SIGNS = (1, 2, 3, 6)  # rows of punctuation and signs, numerals, full-width forms, Greek
GB2312_HANZI = range(16, 88)
BLOCKS = (
    range(0x20, 0x100),  # ASCII, Latin-1
    range(0x100, 0x1DD),  # of these the source has the vowels that pinyin and romanization need
    range(0x370, 0x400),  # Greek
    range(0x2010, 0x2040),  # dashes, quotation marks, ellipsis, per mille
    range(0x3000, 0x3020),  # ideographic space and brackets
    range(0xFF01, 0xFF5F),  # full-width forms
    range(0xFFE0, 0xFFE7),  # full-width currency signs
)
SIGNS = "€№™←↑→↓↔⇐⇒⇔−×÷±∓·∙≤≥≠≈≡≪≫∞∑∏√∂∆∈∝∼■□▪▫▲△▼▽◆◇○●◎★☆✓℃℉㎡㎥㎞"
COPYRIGHT, FAMILY_NAME, STYLE, IDENTITY, FULL_NAME, VERSION, POSTSCRIPT = range(7)
KEPT_NAMES = (COPYRIGHT, VERSION, 8, 9, 10, 13, 14)  # makers, designers, licence and its address
UPSTREAM_COPYRIGHT = "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'."


def gb2312_row(row: int) -> Iterator[int]:
    """Yield the code points of one row of GB2312, skipping its unassigned cells."""
    for cell in range(1, 95):
        character = bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312", errors="ignore")
        if len(character) == 1:
            yield ord(character)


def hanzi() -> set[int]:
    """Return the hanzi to cover: GB2312 together with the standard list of 2013 (8,230 code points)."""
    standard = (FOLDER / "standard_beyond_gb2312.txt").read_text(encoding="utf-8")
    beyond = {ord(character) for character in standard if not character.isspace()}
    return beyond | {point for row in GB2312_HANZI for point in gb2312_row(row)}


def signs() -> set[int]:
    """Return everything else to cover; what the source font lacks is left out when it is cut."""
    blocks = {point for block in BLOCKS for point in block}
    rows = {point for row in GB2312_SIGNS for point in gb2312_row(row)}
    return blocks | rows | {ord(sign) for sign in SIGNS}


def open_face(collection: Path) -> TTFont:
    """Open the simplified Chinese face of a font collection."""
    from fontTools.ttLib import TTCollection, TTFont

    with TTCollection(str(collection), lazy=True) as faces:
        families = [face["name"].getDebugName(FAMILY_NAME) for face in faces.fonts]
    return TTFont(str(collection), fontNumber=families.index(SIMPLIFIED_CHINESE), recalcTimestamp=False)


def cut(font: TTFont, points: set[int]) -> None:
    """Keep only the glyphs of ``points`` and the tables that drawing a horizontal line of text needs."""
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=["kern"], name_IDs=["*"], notdef_outline=True)
    options.drop_tables = [*options.drop_tables, "BASE", "GDEF", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give the cut our own family name, as the licence asks, and leave its makers' credits in place."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = font["name"]
    version = names.getDebugName(VERSION).split(";")[0]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    ours = {
        COPYRIGHT: UPSTREAM_COPYRIGHT,
        FAMILY_NAME: FAMILY,
        STYLE: style,
        IDENTITY: f"{version};{postscript}",
        FULL_NAME: f"{FAMILY} {style}",
        VERSION: f"{version}; cut by CoGov",
        POSTSCRIPT: postscript,
    }
    for identifier, text in ours.items():
        names.setName(text, identifier, 3, 1, 0x409)
    rename_outlines(font, postscript)


def rename_outlines(font: TTFont, postscript: str) -> None:
    """Carry the new name into the outline table, which a PDF shows to its reader."""
    outlines = font["CFF "].cff
    outlines.fontNames[0] = postscript
    outlines[0].FamilyName = FAMILY
    outlines[0].FullName = postscript.replace("-", " ")


def make(source: Path) -> None:
    """Write both weights into this folder from the collections in ``source``."""
    points = hanzi() | signs()
    for style, target in WEIGHTS.items():
        font = open_face(source / f"NotoSansCJK-{style}.ttc")
        cut(font, points)
        rename(font, style)
        font.save(str(target))
        print(f"{target.name}: {len(font.getBestCmap()):,} characters, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the two Noto Sans CJK collections")
    make(parser.parse_args().source)
