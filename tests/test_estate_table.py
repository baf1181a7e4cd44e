"""A user's own table of estates: the same in every format, refused in one message that names the place."""

import csv
import errno
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from scenarios.decoding import decoded
from scenarios.estate import Estate
from scenarios.estate_columns import COLUMNS, HEADS, NUMBERS, Column, number_in, plain
from scenarios.estate_example import EXAMPLES, GB18030, WORKBOOK, estates, write_examples
from scenarios.estate_table import read_estates
from scenarios.estate_template import heads, line, units, write_table, write_template
from scenarios.places.table import Table
from sim.errors import InputError
from sim.parts import checked, numbers_of, part_named, parts
from sim.texts import LANGUAGES, Language

BY_FIELD = {column.field: column for column in COLUMNS}
Grid = list[list[object]]


def save_workbook(path: Path, *sheets: Grid, titles: Sequence[str] = ("小区", "备份")) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, grid in zip(titles, sheets, strict=False):
        sheet = book.create_sheet(title)
        for row in grid:
            sheet.append(row)
    book.save(path)
    return path


def save_csv(path: Path, grid: Grid, encoding: str = "utf-8-sig", delimiter: str = ",", end: str = "\r\n") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(grid)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def grid_of(some: Sequence[Estate], lang: Language = "zh") -> Grid:
    rows: Grid = [list(heads(lang))]
    return rows + [list(line(estate, lang)) for estate in some]


def column_of(field: str) -> int:
    return COLUMNS.index(BY_FIELD[field])


def refused(path: Path, missing: str = "refuse") -> InputError:
    with pytest.raises(InputError) as caught:
        Table(file=str(path), missing=missing).estates()
    for lang in LANGUAGES:
        message = caught.value.say(lang)
        assert "{" not in message and len(message.splitlines()) <= 16
    return caught.value


def refused_cell(tmp_path: Path, field: str, value: object, row: int = 3) -> str:
    """Put a value in one cell of an otherwise good workbook; return the message, which must name the cell."""
    grid = grid_of(estates())
    grid[row - 1][column_of(field)] = value
    message = refused(save_workbook(tmp_path / "小区.xlsx", grid)).say("zh")
    letter = chr(ord("A") + column_of(field))
    assert "工作表“小区”" in message and f"第 {row} 行（{letter}{row}）" in message
    assert BY_FIELD[field].label.zh in message
    return message


# The same content in every form


def numbers_for(column: Column) -> st.SearchStrategy[object]:
    low, high = column.about.low, column.about.high
    assert low is not None and high is not None
    if column.is_whole():
        return st.integers(int(low), int(high))
    return st.floats(low, high).map(lambda value: float(f"{value:.12g}") + 0.0).filter(lambda value: low <= value <= high)


LETTERS = "阳光里东园一期（）·ABc 12,;\"'é小²Ａ"
NAMES = st.text(st.sampled_from(LETTERS), max_size=8).map(lambda tail: " ".join(f"冀{tail}".split()))


def can_be(estate: Estate) -> bool:
    living = max(estate.vacant, estate.developer) + max(estate.let, estate.institution)
    return living <= 1 and estate.developer + estate.institution + estate.several_dwellings <= 1


ESTATES = st.builds(
    Estate,
    NAMES,
    st.sampled_from(sorted(parts("archetype"))),
    **{column.field: numbers_for(column) for column in NUMBERS},
).map(lambda estate: estate if can_be(estate) else replace(estate, vacant=0.1, let=0.2, developer=0.0, institution=0.0))
TABLES = st.lists(
    ESTATES,
    min_size=1,
    max_size=3,
    unique_by=lambda estate: "".join(estate.name.lower().replace("Ａ", "a").split()),
)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.sampled_from(LANGUAGES), st.randoms(use_true_random=False), st.sampled_from([",", ";", "\t"]))
def test_the_same_table_in_any_form_gives_equal_estates(some, lang, random, delimiter):  # type: ignore[no-untyped-def]
    grid = grid_of(some, lang)
    order = list(range(len(COLUMNS)))
    random.shuffle(order)
    shuffled = [[row[index] for index in order] for row in grid]
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            save_workbook(folder / "a.xlsx", grid),
            save_workbook(folder / "b.xlsx", shuffled),
            save_csv(folder / "c.csv", grid, "utf-8", end="\n"),
            save_csv(folder / "d.csv", shuffled, "utf-8-sig", delimiter),
            save_csv(folder / "e.csv", shuffled, "gb18030", delimiter),
        ]
        for file in files:
            assert read_estates(file) == tuple(some)
        assert len({Table(file=str(file)).fingerprint() for file in files}) == 1


def test_every_head_is_known_in_three_ways_and_means_one_column() -> None:
    assert [column.field for column in COLUMNS] == [field.name for field in fields(Estate)]
    assert len({plain(word) for word in HEADS}) == 3 * len(COLUMNS) - sum(
        plain(column.label.en) == plain(column.field) for column in COLUMNS
    )
    assert not [word for word in HEADS if set(word) & set(",;\t")]


def test_heads_may_have_blanks_full_width_letters_other_case_and_a_unit(tmp_path: Path) -> None:
    grid = grid_of(estates())
    grid[0][:5] = [
        " ＮＡＭＥ ",
        "Archetype of Estate",
        "户 数（户）",
        "每单元户数 [户]",
        "BUILDING entrances",
    ]
    assert read_estates(save_csv(tmp_path / "a.csv", grid)) == estates()


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("collection", "75%", 0.75),
        ("collection", "７５％", 0.75),
        ("collection", "28.1%", 0.281),
        ("vacant", 0.1 + 0.2 - 0.2, 0.1),
        ("households", "1,200", 1200),
        ("households", "１２００", 1200),
        ("households", 1200.0, 1200),
        ("households", 1200.0000000000002, 1200),
        ("fee", "1", 1.0),
        ("fee", 1, 1.0),
    ],
)
def test_cells_are_read_as_a_person_reads_them(tmp_path: Path, field: str, cell: object, value: float) -> None:
    grid = grid_of(estates())
    grid[1][column_of(field)] = cell
    for file in (save_workbook(tmp_path / "a.xlsx", grid), save_csv(tmp_path / "a.csv", grid)):
        read = getattr(read_estates(file)[0], field)
        assert read == value and type(read) is type(value)


def test_a_cell_formatted_as_a_percentage_holds_its_share(tmp_path: Path) -> None:
    file = save_workbook(tmp_path / "a.xlsx", grid_of(estates()))
    book = load_workbook(file)
    cell = book.active.cell(2, column_of("collection") + 1)
    cell.value, cell.number_format = 0.75, "0%"
    book.save(file)
    assert read_estates(file)[0].collection == 0.75


def test_commas_between_thousands_are_safe_because_one_column_alone_reaches_a_thousand() -> None:
    assert [column.field for column in NUMBERS if (column.about.high or 0) >= 1000] == ["households"]


@pytest.mark.parametrize("words", ["", "七成", "0,5", "1,20", "12,34,567", "1.2.3", "0x10", "nan", "inf", "%", ".", "1 2"])
def test_no_other_text_passes_for_a_number(words: str) -> None:
    assert number_in(words, BY_FIELD["fee"]) is None


def test_a_title_blank_rows_and_blank_columns_do_no_harm(tmp_path: Path) -> None:
    grid: Grid = [["桥西街道小区情况"], [], *([*row, None, " "] for row in grid_of(estates()))]
    grid.insert(4, [])
    assert read_estates(save_workbook(tmp_path / "a.xlsx", grid)) == estates()
    assert read_estates(save_csv(tmp_path / "a.csv", grid, "gb18030")) == estates()


def test_archetypes_by_key_and_by_label_in_both_languages(tmp_path: Path) -> None:
    grid = grid_of(estates()[:3])
    for row, words in zip(grid[1:], ("commodity_new", "Old Commodity Estate", "老旧商品房小区"), strict=True):
        row[1] = words
    assert read_estates(save_workbook(tmp_path / "a.xlsx", grid)) == estates()[:3]


# Missing columns and empty cells


def test_missing_columns_and_cells_are_filled_from_the_archetype_on_request(tmp_path: Path) -> None:
    grid: Grid = [
        ["小区名称", "小区类型", "户数", "物业费标准"],
        ["甲", "原单位家属院", 240, None],
        ["乙", "回迁安置小区", None, 0.7],
    ]
    file = save_workbook(tmp_path / "a.xlsx", grid)
    known = parts("archetype")
    assert read_estates(file, "archetype") == (
        replace(known["work_unit"].estate, name="甲", households=240),
        replace(known["resettlement"].estate, name="乙", fee=0.7),
    )


def test_missing_columns_are_named_all_at_once_with_the_way_to_fill_them(tmp_path: Path) -> None:
    error = refused(save_csv(tmp_path / "a.csv", [row[:-4] for row in grid_of(estates())]))
    assert error.what.zh == "缺少 4 列：对居委会的信任、对业委会的信任、对物业企业的信任、居委会与物业企业的亲近程度（均值）"
    assert error.attempt == "place.missing=archetype"
    assert error.where is not None and error.where.en.endswith("a.csv, row 1")


@pytest.mark.parametrize(("field", "label"), [("name", "小区名称"), ("archetype", "小区类型")])
def test_name_and_archetype_cannot_be_filled(tmp_path: Path, field: str, label: str) -> None:
    grid = [[cell for index, cell in enumerate(row) if index != column_of(field)] for row in grid_of(estates())]
    error = refused(save_csv(tmp_path / "a.csv", grid), "archetype")
    assert error.what.zh == f"缺少 1 列：{label}" and error.attempt is None


@pytest.mark.parametrize("field", ["name", "archetype", "fee", "households"])
def test_an_empty_cell_is_refused_by_its_place(tmp_path: Path, field: str) -> None:
    assert "没有填" in refused_cell(tmp_path, field, None)


def test_place_missing_takes_one_of_two_words() -> None:
    with pytest.raises(InputError) as caught:
        checked("place.missing", "archetyp", numbers_of(Table)["missing"])
    assert caught.value.nearest == "archetype"


# Wrong cells


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("floor_area", -90, "“户均建筑面积”不能填“-90”"),
        ("collection", 75, "允许：0.02 至 0.98 比例（0–1）"),
        ("collection", "150%", "“起始收缴率”不能填“150%”"),
        ("fee", "80%", "“物业费标准”不能填“80%”"),
        ("fee", "一块二", "允许：0.05 至 15 元/平方米·月"),
        ("households", 600.5, "允许：12 至 20000 户，整数"),
        ("households", "1e999", "不能填“1e999”"),
        ("households", True, "不能填“TRUE”"),
        ("fee", "=1+1", "不能填“=1+1”"),
        ("fee", "{0}", "不能填“{0}”"),
        ("archetype", "老旧商品小区", "最接近的：老旧商品房小区"),
        ("archetype", "work_units", "最接近的：work_unit"),
        ("name", "砚 禾澜庭", "与第 2 行重复"),
    ],
)
def test_a_wrong_cell_is_named_with_value_and_range(tmp_path: Path, field: str, value: object, shown: str) -> None:
    if value == "{0}":  # braces in a user's words are words
        grid = grid_of(estates())
        grid[1][column_of(field)] = value
        with pytest.raises(InputError, match="cannot be '{0}'"):
            read_estates(save_csv(tmp_path / "a.csv", grid))
        return
    assert shown in refused_cell(tmp_path, field, value)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"vacant": 0.6, "let": 0.5}, "空置比例、出租比例"),
        ({"developer": 0.7, "let": 0.4}, "建设单位未售比例"),
        ({"developer": 0.3, "institution": 0.3, "several_dwellings": 0.5, "let": 0.3}, "一人多套的比例"),
    ],
)
def test_shares_that_exceed_one_together_are_refused(tmp_path: Path, changes: dict[str, Any], names: str) -> None:
    whole = [estates()[0], replace(estates()[1], **changes)]
    error = refused(save_workbook(tmp_path / "a.xlsx", grid_of(whole)))
    assert names in error.what.zh and "1.1" in error.what.zh
    assert error.where is not None and error.where.zh.endswith("第 3 行")


def test_shares_of_exactly_one_are_accepted(tmp_path: Path) -> None:
    full = replace(estates()[0], vacant=0.3, let=0.7, developer=0.3, institution=0.66)
    assert read_estates(save_workbook(tmp_path / "a.xlsx", grid_of([full]))) == (full,)


def test_several_problems_are_told_at_once_in_the_order_of_rows_ten_at_most(tmp_path: Path) -> None:
    grid = grid_of(estates())
    grid[0].append("绿化率")
    for row in grid[1:]:
        row[column_of("fee")], row[column_of("let")] = -1, "多"
    error = refused(save_workbook(tmp_path / "a.xlsx", grid))
    assert error.what.zh.endswith("工作表“小区” 有 13 处问题")
    assert [text.zh.partition("（")[0] for text in error.more[:5]] == [
        "第 1 行",
        "第 2 行",
        "第 2 行",
        "第 3 行",
        "第 3 行",
    ]
    assert len(error.more) == 11 and error.more[-1].en == "and 3 more"


# Wrong heads


@pytest.mark.parametrize(
    ("head", "shown", "near"),
    [
        ("物业费标淮", "没有“物业费标淮”这一列", "物业费标准"),
        ("colection", "没有“colection”这一列", "collection"),
        ("{}", "没有“{}”这一列", None),
        (None, "这一列有内容，却没有表头", None),
        ("户数", "“户数”与前面的一列重复", None),
        ("物业费标准（元/平方米·年）", "应为元/平方米·月", None),
        ("物业费标准（%）", "的单位不对", None),
    ],
)
def test_a_wrong_head_is_named_with_the_nearest(tmp_path: Path, head: str | None, shown: str, near: str | None) -> None:
    grid = grid_of(estates())
    grid[0][column_of("fee")] = head
    with pytest.raises(InputError) as caught:
        read_estates(save_workbook(tmp_path / "a.xlsx", grid), "archetype")
    assert shown in caught.value.what.zh and caught.value.nearest == near
    assert caught.value.where is not None and caught.value.where.zh.endswith("工作表“小区”，第 1 行（H1）")


# Wrong files


def test_no_file_is_given() -> None:
    with pytest.raises(InputError, match="no table of estates is given"):
        Table().estates()


def test_a_file_that_is_not_there_names_the_nearest_in_its_folder(tmp_path: Path) -> None:
    save_csv(tmp_path / "我的小区.csv", grid_of(estates()))
    error = refused(tmp_path / "我的小区.xls")
    assert error.nearest == "我的小区.csv" and str(error.attempt).endswith("我的小区.xlsx")
    assert "没有名为" in refused(tmp_path / "没有" / "小区.xlsx").say("zh")
    (tmp_path / "夹.xlsx").mkdir()
    assert "没有名为" in refused(tmp_path / "夹.xlsx").say("zh")


def zipped(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.csv", b"", "是空的"),
        ("a.xlsx", b"", "是空的"),
        ("a.csv", b"\xef\xbb\xbf\r\n,,\r\n", "是空的"),
        ("a.csv", "小区名称,小区类型\r\n".encode("utf-16"), "既不是 UTF-8，也不是 GB18030"),
        ("a.csv", b"name,archetype\r\n\xff\xff,work_unit\r\n", "既不是 UTF-8，也不是 GB18030"),
        ("a.csv", b"name\0", "既不是 UTF-8，也不是 GB18030"),
        ("a.csv", "name,archetype\r\n小,work_unit\r\n".encode("gb18030"), "分不清"),
        ("a.csv", '小区名称,小区类型\r\n"甲"乙,x\r\n'.encode(), "引号不成对"),
        ("a.csv", zipped("x"), "把扩展名改为 .xlsx"),
        ("a.csv", bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "旧式 .xls"),
        ("a.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "旧式 .xls"),
        ("a.xlsx", zipped("x"), "不是 Excel 工作簿，或者已损坏"),
        ("a.xlsx", "小区名称,小区类型".encode(), "只是用了这个扩展名"),
        ("a.docx", b"x", "读不了"),
        ("a.csv", "甲,乙\r\n1,2\r\n".encode(), "找不到小区表的表头"),
        ("a.csv", "小区名称,小区类型\r\n".encode(), "一个小区也没有"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, shown: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    message = refused(path, "archetype").say("zh")
    assert shown in message and name in message


def test_a_unit_with_a_small_two_is_no_reason_to_doubt_utf_8() -> None:
    assert decoded("a.csv", "fee (yuan/m²/month)".encode()) == "fee (yuan/m²/month)"


def test_cells_beyond_a_wrong_extent_are_read(tmp_path: Path) -> None:
    file = save_workbook(tmp_path / "a.xlsx", grid_of(estates()))
    with zipfile.ZipFile(file) as right, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as wrong:
        for name in right.namelist():
            wrong.writestr(name, right.read(name).replace(b'<dimension ref="A1:X7"', b'<dimension ref="A1:B2"'))
    assert read_estates(tmp_path / "b.xlsx") == estates()


def test_a_workbook_with_no_sheet_or_two_sheets_of_estates_is_refused(tmp_path: Path) -> None:
    grid = grid_of(estates())
    assert "找不到小区表的表头" in refused(save_workbook(tmp_path / "a.xlsx", [["甲"]], [["乙"]])).say("zh")
    message = refused(save_workbook(tmp_path / "b.xlsx", grid, grid)).say("zh")
    assert "不止一张工作表" in message and "小区、备份" in message
    assert read_estates(save_workbook(tmp_path / "c.xlsx", [["说点别的"]], grid)) == estates()


# The template and the examples


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["新 小区.xlsx", "estates.csv"])
def test_the_template_is_skipped_but_for_what_the_user_writes(tmp_path: Path, lang: Language, name: str) -> None:
    path = tmp_path / "my" / name
    write_template(path, lang)
    assert "row for each estate" in refused(path).say("en")
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        for row in grid_of(estates(), lang)[1:]:
            book.worksheets[0].append(row)
        book.save(path)
    else:
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(grid_of(estates(), lang)[1:])
    assert read_estates(path) == estates()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_explains_each_column_and_checks_what_is_typed(tmp_path: Path, lang: Language) -> None:
    write_template(tmp_path / "a.xlsx", lang)
    table, explained = load_workbook(tmp_path / "a.xlsx").worksheets
    rows = {row[2]: row for row in explained.iter_rows(min_row=3, values_only=True)}
    assert list(rows) == [column.field for column in COLUMNS]
    fee = BY_FIELD["fee"].about
    filled = tuple(archetype.estate.fee for archetype in parts("archetype").values())
    assert rows["fee"] == (
        fee.label.zh,
        fee.label.en,
        "fee",
        fee.unit.say(lang),
        fee.low,
        fee.high,
        *filled,
        fee.source.say(lang),
    )
    checks = {str(check.sqref): check for check in table.data_validations.dataValidation}
    assert (
        checks["B3:B500"].type == "list"
        and part_named("archetype", "work_unit").label.say(lang) in checks["B3:B500"].formula1
    )
    assert (checks["C3:C500"].type, checks["C3:C500"].formula1, checks["C3:C500"].formula2) == (
        "whole",
        "12",
        "20000",
    )
    assert table.freeze_panes == "B3" and [cell.value for cell in table[2]] == units(lang)
    assert not [sheet for sheet in (table, explained) for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_nothing_is_overwritten_and_the_same_bytes_are_written_again(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name, "zh")
    first = (tmp_path / name).read_bytes()
    with pytest.raises(InputError, match="exists and was left as it is"):
        write_template(tmp_path / name, "en")
    assert (tmp_path / name).read_bytes() == first
    write_template(tmp_path / "b" / name, "zh")
    assert (tmp_path / "b" / name).read_bytes() == first


def test_a_workbook_holds_no_time_of_its_writing(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "zh")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_template_of_another_kind_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.xlsx, \.csv"):
        write_template(tmp_path / "b" / "a.xls", "zh")
    (tmp_path / "a").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        write_template(tmp_path / "a" / "a.csv", "zh")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_a_full_disk_leaves_no_half_table_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk(io.FileIO):
        def write(self, content: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", lambda self, mode: io.BufferedWriter(FullDisk(self, mode)))
    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(InputError, match="No space left on device"):
            write_template(tmp_path / name, "zh")
    assert not list(tmp_path.iterdir())


def test_the_shipped_examples_are_the_six_estates_in_both_formats(tmp_path: Path) -> None:
    assert read_estates(EXAMPLES / WORKBOOK) == read_estates(EXAMPLES / GB18030) == estates()
    tables = [Table(file=str(EXAMPLES / name)) for name in (WORKBOOK, GB18030)]
    assert tables[0].fingerprint() == tables[1].fingerprint()
    write_examples(tmp_path)
    assert (tmp_path / GB18030).read_bytes() == (EXAMPLES / GB18030).read_bytes()
    assert [name for name in (WORKBOOK, GB18030) if not (EXAMPLES / name).is_file()] == []


def test_the_examples_keep_to_the_lower_half_of_what_was_found() -> None:
    six = estates()
    assert len({estate.name for estate in six}) == 6 and {e.archetype for e in six} == set(parts("archetype"))
    assert 2000 <= sum(estate.households for estate in six) <= 4000
    for estate in six:
        assert 300 <= estate.households <= 1150 and 12 <= estate.entrance_size <= 71
        assert 0.4 <= estate.fee <= 1.45 and 0.05 <= estate.vacant <= 0.175 and 0.1 <= estate.let <= 0.25
        is_old = estate.archetype in ("work_unit", "resettlement")
        assert (0.3 <= estate.collection <= 0.5) if is_old else (0.7 <= estate.collection <= 0.825)


def test_the_fingerprint_follows_names_values_and_order_of_rows_alone(tmp_path: Path) -> None:
    def fingerprint(some: Sequence[Estate]) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        write_table(path, some, "en")
        return Table(file=str(path)).fingerprint()

    six = estates()
    same = fingerprint(six)
    assert same == fingerprint(six)
    changed: list[Callable[[], Sequence[Estate]]] = [
        lambda: six[::-1],
        lambda: six[:5],
        lambda: (replace(six[0], name="别"), *six[1:]),
        lambda: (replace(six[0], fee=six[0].fee + 1e-6), *six[1:]),
    ]
    assert same not in [fingerprint(change()) for change in changed]


def test_a_table_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", grid_of(estates()))
    assert len(read_estates(path)) == 6
    save_csv(path, grid_of(estates()[:2]))
    assert len(read_estates(path)) == 2
