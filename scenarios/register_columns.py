"""The columns of a register of votes, and what one cell of each may hold, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TypeVar
from unicodedata import normalize

from scenarios.estate_columns import folded, name_in, plain
from scenarios.sheets import Cell
from sim.papers import ABSENT, INVALID, KINDS, NO, YES, Kind, Paper
from sim.texts import Text, same

V = TypeVar("V")
LARGEST = Decimal(10_000_000)  # square metres in one line
SEPARATORS = str.maketrans({"；": ";"})
CO_OWNERS_APART = "|"


@dataclass(frozen=True)
class Column:
    """One column: its field, its label, and the other heads by which users know it."""

    field: str
    label: Text
    also: tuple[str, ...] = ()
    required: bool = False

    def ways(self) -> tuple[str, ...]:
        """Return every way to write its head."""
        return self.field, self.label.zh, self.label.en, *self.also


UNIT = Column("unit", Text(zh="房号", en="unit"), ("单元", "房屋", "专有部分", "房间号"), required=True)
OWNER = Column("owner", Text(zh="业主", en="owner"), ("业主姓名", "姓名", "产权人"), required=True)
AREA = Column("area", Text(zh="面积", en="area"), ("建筑面积", "专有部分面积", "产权面积"), required=True)
VOTE = Column("vote", Text(zh="表决", en="vote"), ("表决意见", "投票", "意见"), required=True)
KIND = Column("kind", Text(zh="类型", en="kind"), ("性质",))
BUILDING = Column("building", Text(zh="楼号", en="building"), ("楼栋", "幢", "楼幢", "栋"))
DELIVERED = Column("delivered", Text(zh="送达", en="delivered"), ("是否送达",))
PROXY = Column("proxy", Text(zh="受托人", en="proxy"), ("代理人",))
PROXY_FORM = Column("proxy_form", Text(zh="委托形式", en="proxy form"), ("委托方式",))
CO_OWNERS = Column("co_owners", Text(zh="共有人", en="co-owners"))
COLUMNS = (UNIT, OWNER, AREA, VOTE, KIND, BUILDING, DELIVERED, PROXY, PROXY_FORM, CO_OWNERS)

HEADS: Mapping[str, Column] = MappingProxyType({plain(way): column for column in COLUMNS for way in column.ways()})

Words = Mapping[str, V]


def _words(table: Mapping[tuple[str, ...], V]) -> Words[V]:
    return MappingProxyType({folded(word): value for words, value in table.items() for word in words})


VOTES: Words[Paper] = _words(
    {
        ("yes", "同意", "赞成"): frozenset({YES}),
        ("no", "反对", "不同意"): frozenset({NO}),
        ("abstain", "弃权"): frozenset(),
        ("absent", "未参与", "未表决", "未投票", "缺席"): ABSENT,
        ("invalid", "无效", "废票"): INVALID,
    }
)
UNNAMED: Words[Paper] = MappingProxyType(
    {word: paper for word, paper in VOTES.items() if paper not in (frozenset({YES}), frozenset({NO}))}
)
KINDS_WRITTEN: Words[Kind] = _words(
    {
        ("ordinary", "普通"): "ordinary",
        ("institution", "产权单位"): "institution",
        ("developer_unsold", "建设单位未售", "未售"): "developer_unsold",
        ("developer_undelivered", "建设单位未交付", "未交付"): "developer_undelivered",
        ("parking", "车位"): "parking",
    }
)
YES_NO: Words[bool] = _words({("yes", "是", "已送达"): True, ("no", "否", "未送达"): False})
FORMS: Words[bool] = _words({("written", "书面"): True, ("oral", "口头"): False})

ALLOWED: Mapping[str, Text] = MappingProxyType(
    {
        "area": Text(
            zh="平方米，大于 0，最多两位小数，如 89.50", en="square metres, above 0, two decimals at most, such as 89.50"
        ),
        "vote": Text(
            zh="yes 同意、no 反对、abstain 弃权、absent 未参与、invalid 无效", en="yes, no, abstain, absent, invalid"
        ),
        "candidates": Text(
            zh="候选人姓名，用分号隔开；或 abstain 弃权、absent 未参与、invalid 无效",
            en="names of candidates with ';' between them; or abstain, absent, invalid",
        ),
        "kind": Text(
            zh="空着，或 developer_unsold 未售、developer_undelivered 未交付、institution 产权单位、parking 车位",
            en=f"empty, or {', '.join(KINDS[1:])}",
        ),
        "delivered": Text(zh="yes 是、no 否；空着算是", en="yes or no; empty is yes"),
        "proxy_form": Text(zh="written 书面、oral 口头；空着算书面", en="written or oral; empty is written"),
    }
)


def text_in(cell: Cell) -> str:
    """Return the words in a cell, empty for none; a name that is a number reads as it is shown."""
    return name_in(cell) or ""


def area_in(cell: Cell) -> int | None:
    """Return an area in whole hundredths of a square metre, or None where the cell holds none.

    >>> area_in("89.50"), area_in(89.5), area_in("1,089.5"), area_in("89.505"), area_in("０.０1"), area_in("0")
    (8950, 8950, 108950, None, 1, None)
    """
    try:
        metres = Decimal(normalize("NFKC", text_in(cell)).replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    hundredths = metres * 100 if metres.is_finite() and 0 < metres <= LARGEST else Decimal("0.5")
    return int(hundredths) if hundredths == hundredths.to_integral_value() else None


def listed_in(cell: Cell) -> tuple[str, ...]:
    """Return the items of a list, which semicolons of either width separate.

    >>> listed_in("甲；乙; 丙")
    ('甲', '乙', '丙')
    """
    items = text_in(cell).translate(SEPARATORS).split(";")
    return tuple(item.strip() for item in items if item.strip())


def word_in(cell: Cell, words: Words[V]) -> V | None:
    """Return what a word stands for, or None where it is none of them."""
    return words.get(folded(text_in(cell)))


def column_headed(head: Cell) -> Column | None:
    """Return the column that a head names, in either language."""
    return HEADS.get(plain(head))


def heads_written() -> Text:
    """Return the heads of the columns that there must be and may be."""
    return same(", ".join(column.field for column in COLUMNS))
