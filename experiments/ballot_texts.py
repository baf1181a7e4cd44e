"""The words of a count that `experiments.ballot_report` fills in."""

from collections.abc import Mapping

from sim.texts import Text

TITLE = Text(zh="{category}　依据：{law}", en="{category}, under the {law}")
AND_LOCAL = Text(zh="{title}；{local}", en="{title}; {local}")
RESULTS: Mapping[bool | None, Text] = {
    True: Text(zh="结果：通过", en="Result: adopted"),
    False: Text(zh="结果：未通过", en="Result: not adopted"),
    None: Text(
        zh="结果：法律没有规定，各种理解的结果不一致",
        en="Result: unsettled; the law is silent and its readings disagree",
    ),
}
FORMED: Mapping[bool | None, Text] = {
    True: Text(zh="结果：业主委员会选出", en="Result: a committee is elected"),
    False: Text(zh="结果：业主委员会没有选出", en="Result: no committee is elected"),
    None: Text(
        zh="结果：未定，法律没有规定，或者各种理解的结果不一致",
        en="Result: unsettled; no rule speaks, or the readings of the law disagree",
    ),
}
STANDS = {
    "elected": Text(zh="当选", en="elected"),
    "alternate": Text(zh="候补", en="alternate"),
    "not": Text(zh="未当选", en="not elected"),
}
CANDIDATE = Text(
    zh="  {place}. {name}：{heads} 人（{of_heads}）、{area} 平方米（{of_area}），{stands}",
    en="  {place}. {name}: {heads} owners ({of_heads}), {area} m² ({of_area}): {stands}",
)
UNDER = Text(zh="—— 理解：{reading} ——", en="-- reading: {reading} --")
MORE = Text(zh="（另有 {count} 步未列出，见 --json）", en="({count} more steps; --json holds them all)")
RECALLED = Text(zh="（凭记忆）", en=" (recalled)")
COUNTED_ON = Text(
    zh="计票日 {day}，适用{law}：看计票那一天，不看开始那一天。",
    en="Counted on {day}, hence the {law}: the day of the count decides, not the day of the call.",
)
LOCAL = Text(
    zh="地方规定：{local}；它没有规定的、我们没有依据的，按国家规定。",
    en="Local rule: {local}; where it says nothing, or our facts hold nothing, the national rule holds.",
)
NOT_ADAPTED = Text(
    zh="{local}的文本早于现行法律，没有修改；不一致的地方以法律为准。",
    en="The text of {local} is older than this law and not adapted to it; where they differ, the law wins.",
)
ISSUED_LATER = Text(
    zh="注意：{local}的文本是 {year} 年的，晚于计票日。",
    en="Note: the text of {local} is of {year}, later than the count.",
)
EACH_SEAT = Text(
    zh="每个席位都要双过半，得票只在达到的人之间排序：{seats} 席选出 {elected} 人：{names}。",
    en="Each seat needs the double majority, and votes rank only those who reach it: {elected} elected for {seats} "
    "seats: {names}.",
)
TOO_FEW = Text(
    zh="不到法定最少 {least} 人，业主委员会没有选出。",
    en="Fewer than the lawful minimum of {least} are elected: there is no committee.",
)
SHORT: Mapping[bool | None, Text] = {
    True: Text(
        zh="席位没有选满，按地方规定成立（{where}）。",
        en="Not all seats are filled; by local rule the committee stands ({where}).",
    ),
    False: Text(
        zh="席位没有选满，按地方规定不成立（{where}）。",
        en="Not all seats are filled; by local rule there is no committee ({where}).",
    ),
    None: Text(
        zh="选出的人数达到法定最少 {least} 人，但席位没有选满；国家没有规定，也没有地方规定，成立与否未定。",
        en="The lawful minimum of {least} is elected but not all seats; neither the nation nor a local rule says whether "
        "the committee stands.",
    ),
}
OBJECTIONS = Text(
    zh="另：{local}对这类事项有异议表决。异议占全体业主人数的 {heads}、面积的 {area}，须少于 {below}：{reached}。"
    "是否采用、按人数还是面积，我们没有依据，这里两项都算。",
    en="Besides: {local} knows objection voting for this matter. Objections are {heads} of all heads and {area} of all "
    "area and must stay below {below}: {reached}. Whether owners chose that way, and by which count, our facts do not "
    "say; both are given here.",
)
STAYS = {
    True: Text(zh="少于", en="they do"),
    False: Text(zh="不少于", en="they do not"),
}
TIE = Text(
    zh="{names} 得票相同，抽签（seed={seed}）定先后：按所列次序。",
    en="{names} have the same votes; the lot (seed={seed}) puts them in this order.",
)
READING = Text(zh="  {reading}：{result}", en="  {reading}: {result}")
ENDS = {
    True: Text(zh="通过", en="adopted"),
    False: Text(zh="未通过", en="not adopted"),
}
