"""The words in which a decision gives its reasons; `sim.decision` fills them in."""

from collections.abc import Mapping
from types import MappingProxyType

from sim.regime import Base
from sim.texts import Text

COUNTED = Text(
    zh="业主 {heads} 人，专有部分 {area} 平方米；一人多套算一人，建设单位未售、未交付的合起来算一人。",
    en=(
        "{heads} owners with {area} m²; an owner of several units is one, the developer's unsold and "
        "undelivered units are one."
    ),
)
TOOK_PART = Text(
    zh=(
        "参与表决 {heads} 人、{area} 平方米，占全体业主人数的 {of_heads}、面积的 {of_area}；要求人数、"
        "面积各{bar}：{reached}。"
    ),
    en=(
        "{heads} owners with {area} m² took part, {of_heads} of all heads and {of_area} of all area; "
        "each must be {bar}: {reached}."
    ),
)
ASSENTED = Text(
    zh=("同意 {heads} 人、{area} 平方米，占{base}人数的 {of_heads}、面积的 {of_area}；要求人数、面积各{bar}：{reached}。"),
    en=(
        "{heads} owners with {area} m² assented, {of_heads} of the heads and {of_area} of the area of "
        "{base}; each must be {bar}: {reached}."
    ),
)
BASES: Mapping[Base, Text] = MappingProxyType(
    {
        "all": Text(zh="全体业主", en="all owners"),
        "participating": Text(zh="参与表决业主", en="those taking part"),
    }
)
SILENT = Text(
    zh=(
        "{heads} 名业主、{area} 平方米收到表决票未表决：{rule}；已投的票中同意 {yes} 人、{yes_area} 平方米，"
        "反对 {no} 人、{no_area} 平方米，{side}。"
    ),
    en=(
        "{heads} owners with {area} m² were reached and did not vote: a silent vote {rule}; of the votes cast "
        "{yes} owners with {yes_area} m² are for and {no} with {no_area} m² against: {side}."
    ),
)
SIDES = {
    "yes": Text(zh="同意的一方领先", en="those for it lead"),
    "no": Text(zh="反对的一方领先", en="those against it lead"),
    "neither": Text(zh="双方都没有在人数和面积上同时领先", en="neither side leads by heads and by area"),
}
REALLY_CAST = Text(
    zh="实际投票同意的须过全体业主人数和面积的半数：{reached}。",
    en="Votes really cast for it must exceed half of all owners and of all area: {reached}.",
)
REACHED = {True: Text(zh="达到", en="reached"), False: Text(zh="未达到", en="missed")}
ADOPTED = Text(zh="结果：通过。", en="Result: adopted.")
NO_QUORUM = Text(zh="结果：未通过，参与表决的不够。", en="Result: not adopted, too few took part.")
TOO_FEW_CAST = Text(
    zh="结果：未通过，实际投票同意的不够。",
    en="Result: not adopted, too few votes were really cast for it.",
)
REJECTED = Text(zh="结果：未通过，同意的不够。", en="Result: not adopted, too few assented.")
