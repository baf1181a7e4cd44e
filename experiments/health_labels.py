"""What the items of the health report are called."""

from experiments.event_texts import labelled
from experiments.health import STATES
from sim.hours import ACTIVITIES
from sim.texts import Text, same


def item_label(item: str) -> Text:
    """Return the label of one item of `experiments.health`."""
    if ":" in item:
        kind, _, who = item.partition(":")
        body, _, activity = who.partition("/")
        about = {"body": labelled(body), "activity": ACTIVITIES.get(activity, labelled(activity))}
        return (OF_ACTIVITY if activity else OF_BODY).filled(what=HOUR_ITEMS[kind], **about)
    state, _, rest = item.partition(".")
    if state in STATES:
        return OF_STATE.filled(state=STATES[state], what=SIDES[rest])
    return CASE_ITEMS[item] if item in CASE_ITEMS else OPEN_IN.filled(year=same(item.rpartition("_")[2]))


OF_BODY = Text(zh="{body}：{what}", en="{body}: {what}")
OF_ACTIVITY = Text(zh="{body}，{activity}：{what}", en="{body}, {activity}: {what}")
OF_STATE = Text(zh="{state}：{what}", en="{state}: {what}")
OPEN_IN = Text(zh="未了结的纠纷，第 {year} 年平均", en="open cases, mean of year {year}")
HOUR_ITEMS = {
    "hours.capacity": Text(zh="可用", en="there"),
    "hours.asked": Text(zh="需要", en="asked"),
    "hours.given": Text(zh="给出", en="given"),
    "overload": Text(zh="负荷（第 2 年起）", en="load (from year 2)"),
}
SIDES = {
    "weeks.low": Text(zh="到底的小区周", en="estates' weeks, low"),
    "weeks.high": Text(zh="到顶的小区周", en="estates' weeks, high"),
    "households.low": Text(zh="到底的住户", en="households, low"),
    "households.high": Text(zh="到顶的住户", en="households, high"),
}
CASE_ITEMS = {
    "cases.to_mediation": Text(
        zh="到居委会的纠纷，每千户每周", en="cases to the residents' committee per 1,000 dwellings a week"
    ),
    "lost.hours": Text(zh="凭空多出的工时", en="hours out of nowhere"),
    "lost.money": Text(zh="对不上的钱（分）", en="money unaccounted for (fen)"),
    "lost.cases": Text(zh="对不上的纠纷", en="cases unaccounted for"),
}
