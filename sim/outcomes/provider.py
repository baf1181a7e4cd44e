"""What the provider does under pressure: margin, diligence, promises."""

from functools import partial

from sim.outcome import PER_CENT, Outcome, Ratio, of_community, over_estates
from sim.record import Record
from sim.texts import Text

BODY = "property_service_company"
FEN = 100
TIMES = Text(zh="次", en="times")
SHARE = Text(zh="%", en="%")


def mean_of(attribute: str, record: Record) -> Ratio:
    """Return a number of the firms, mean of estates."""
    return over_estates(record.tracked[BODY, attribute])


def count_of(attribute: str, record: Record) -> Ratio:
    """Return a count of the firms, summed over estates."""
    return of_community(record.tracked[BODY, attribute].sum(axis=1))


OUTCOMES = (
    Outcome(
        "provider_pressure",
        label=Text(zh="对物业企业的压力", en="pressure on the provider"),
        unit=Text(zh="0–100", en="0–100"),
        definition=Text(
            zh="监督、承诺和解聘威胁形成的压力，各小区平均",
            en="pressure from supervision, promises and the threat of dismissal, mean of estates",
        ),
        ratio=lambda record: over_estates(record.pressure),
        scale=PER_CENT,
    ),
    Outcome(
        "provider_margin",
        label=Text(zh="物业企业利润率", en="provider's margin"),
        unit=SHARE,
        definition=Text(
            zh="企业留存的利润率（已扣履诺开支），各小区平均",
            en="margin that the firms keep after paying for promises, mean of estates",
        ),
        ratio=partial(mean_of, "net_margin"),
        scale=PER_CENT,
    ),
    Outcome(
        "provider_diligence",
        label=Text(zh="物业企业用心程度", en="provider's diligence"),
        unit=SHARE,
        definition=Text(
            zh="同样的钱买到的到岗、响应与检查，各小区平均",
            en="what a yuan of budget buys of presence, response and inspection, mean of estates",
        ),
        ratio=partial(mean_of, "diligence"),
        better="more",
        scale=PER_CENT,
    ),
    Outcome(
        "provider_promises_kept",
        label=Text(zh="兑现的承诺", en="promises kept"),
        unit=TIMES,
        definition=Text(zh="全程兑现的承诺数", en="promises kept over the run"),
        ratio=partial(count_of, "promises_kept"),
        better="more",
        summary="last",
    ),
    Outcome(
        "provider_promises_broken",
        label=Text(zh="未兑现的承诺", en="promises broken"),
        unit=TIMES,
        definition=Text(zh="全程未兑现的承诺数", en="promises broken over the run"),
        ratio=partial(count_of, "promises_broken"),
        better="less",
        summary="last",
    ),
    Outcome(
        "provider_violations",
        label=Text(zh="正在发生的违规", en="violations running"),
        unit=Text(zh="项/小区", en="an estate"),
        definition=Text(zh="各小区正在发生的违规项数（共四类）", en="kinds of violation running, of four, mean of estates"),
        ratio=partial(mean_of, "violations"),
        better="less",
        decimals=2,
    ),
    Outcome(
        "provider_serving",
        label=Text(zh="有物业企业服务的小区", en="estates served by a firm"),
        unit=Text(zh="% 小区", en="% of estates"),
        definition=Text(zh="有物业企业服务的小区比例", en="share of estates that a firm serves"),
        ratio=partial(mean_of, "is_serving"),
        better="more",
        scale=PER_CENT,
    ),
    Outcome(
        "provider_exits",
        label=Text(zh="企业退出", en="firms that left"),
        unit=TIMES,
        definition=Text(zh="全程退出或被解聘的企业", en="firms that left or were dismissed over the run"),
        ratio=partial(count_of, "exits"),
        summary="last",
    ),
    Outcome(
        "provider_fines",
        label=Text(zh="罚款", en="fines"),
        unit=Text(zh="元/小区", en="yuan an estate"),
        definition=Text(
            zh="全程企业因违规缴纳的罚款，各小区平均",
            en="fines that firms paid for violations over the run, mean of estates",
        ),
        ratio=lambda record: over_estates(record.fines[:, :, 1].astype(float)),
        summary="total",
        decimals=0,
        scale=1 / FEN,
    ),
    Outcome(
        "provider_suits",
        label=Text(zh="欠费诉讼", en="suits on arrears"),
        unit=Text(zh="件", en="suits"),
        definition=Text(zh="全程企业提起的欠费诉讼", en="suits on arrears that firms filed over the run"),
        ratio=partial(count_of, "suits_filed"),
        summary="last",
    ),
)
