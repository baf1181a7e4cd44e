"""Violations of the provider (M6, M14): what it may do against contract and law, what lowers it, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.parts import number, part
from sim.texts import Text

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "unilateral_charge": Text(zh="擅自收费", en="unilateral charge"),
        "diverted_income": Text(zh="挪用公共收益", en="diverted common-area income"),
        "withheld_disclosure": Text(zh="该公开不公开", en="disclosure withheld"),
        "staff_cut": Text(zh="减少人员", en="staff cut below contract"),
    }
)


@dataclass(frozen=True)
class Violation:
    """One running violation: its kind, since which week, the event that began it, and whether it has been found."""

    kind: str
    since: int
    event: int
    found: int = -1


@part("mechanism")
@dataclass(frozen=True)
class Violations:
    """A violation begins with a monthly hazard that expected punishment lowers and squeeze raises (Becker; T16).

    `hazard x exp(-deterrence x expected penalty) x (1 + squeeze_weight x squeeze)`; the expected penalty is the chance of
    being found times the chance that it is then stopped, by a word or by a report that is acted on, times its size.  It
    ends by itself, or when it has been found and dissuasion, or after a report the authority, puts an end to it; the
    authority's action costs `fine x penalty`.
    """

    label = Text(zh="物业企业违规", en="violations by the provider")

    hazard: float = number(
        0.035,
        low=0.0,
        high=1.0,
        explore=(0.015, 0.06),
        unit="share a month",
        zh="违规发生率",
        en="hazard of a violation of each kind",
        source=Text(
            zh="假定：一般小区四类中约有一类存在（S42）",
            en="assumed: about one of four kinds running in an average estate (S42)",
        ),
    )
    deterrence: float = number(
        2.5,
        low=0.0,
        high=20.0,
        explore=(1.0, 4.0),
        unit="factor",
        zh="预期处罚的威慑",
        en="deterrence of the expected penalty",
        source=Text(
            zh="假定：预期处罚 0.3 使违规风险减半（T16）", en="assumed: an expected penalty of 0.3 halves the hazard (T16)"
        ),
    )
    squeeze_weight: float = number(
        3.0,
        low=0.0,
        high=20.0,
        explore=(0.0, 6.0),
        unit="factor",
        zh="经营困难的作用",
        en="weight of a squeezed margin",
        source=Text(zh="假定：靠物业费活不下去的会另找门路", en="assumed: who cannot live on the fee finds other ways"),
    )
    squeeze_margin: float = number(
        0.1,
        low=0.0,
        high=0.5,
        explore=(0.05, 0.15),
        unit="share",
        zh="开始困难的利润率",
        en="margin below which a firm feels squeezed",
        source="S77",
        certainty="memory",
    )
    ends: float = number(
        0.03,
        low=0.0,
        high=1.0,
        explore=(0.01, 0.06),
        unit="share a month",
        zh="自行终止率",
        en="hazard of ending by itself",
        source=Text(
            zh="假定：近三年，这种做法有利可图、久拖不改", en="assumed: nearly three years, for such practice pays and lasts"
        ),
    )
    found_anyhow: float = number(
        0.03,
        low=0.0,
        high=1.0,
        explore=(0.01, 0.06),
        unit="share a month",
        zh="偶然发现率",
        en="hazard of being found by chance",
        source=Text(zh="假定：无人过问处近三年", en="assumed: nearly three years where nobody looks"),
    )
    found_by_supervision: float = number(
        0.1,
        low=0.0,
        high=2.0,
        explore=(0.05, 0.2),
        unit="share a month",
        zh="居委会监督的发现率",
        en="hazard of being found by supervision fully delivered",
        source=Text(
            zh="假定：十个月，工时分散在许多别的事上", en="assumed: ten months, for its hours are spread over much else"
        ),
    )
    found_by_committee: float = number(
        0.25,
        low=0.0,
        high=2.0,
        explore=(0.1, 0.4),
        unit="share a month",
        zh="业委会的发现率",
        en="hazard of being found by an able, active committee",
        source=Text(
            zh="假定：得力的业委会四个月内看出账目问题", en="assumed: an able committee sees the books: within four months"
        ),
    )
    dissuaded: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.3),
        unit="share a month",
        zh="劝阻后停止的机会",
        en="chance a month that dissuasion ends what was found",
        source=Text(zh="假定：现行做法", en="assumed: today's practice"),
    )
    dissuaded_backing: float = number(
        0.2,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.4),
        unit="0-1",
        zh="外部支持对劝阻的作用",
        en="what backing adds to dissuasion",
        source=Text(
            zh="假定：支持到位使一句话的作用翻倍有余", en="assumed: full backing more than doubles what a word achieves"
        ),
    )
    reported: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.02, 0.2),
        unit="share a month",
        zh="上报的机会",
        en="chance a month that what was found is reported",
        source=Text(zh="假定：现行做法", en="assumed: today's practice"),
    )
    acted_on: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.8),
        unit="0-1",
        zh="上报后被查处的机会",
        en="chance that the authority acts on a report",
        source=Text(zh="假定：两次上报处理一次；未见公布的比率", en="assumed: every second report; no rate is published"),
    )
    delay_weeks: int = number(
        13,
        low=1,
        high=104,
        explore=(6, 26),
        unit="weeks",
        zh="查处时间",
        en="weeks until the authority acts",
        source=Text(zh="假定：各地不同（L63）", en="assumed: differs by city (L63)"),
    )
    penalty: float = number(
        0.5,
        low=0.0,
        high=5.0,
        explore=(0.2, 1.0),
        unit="0-1",
        zh="处罚力度",
        en="size of the penalty",
        source=Text(zh="L60、L61：数千元至数万元", en="L60, L61: thousands to tens of thousands of yuan"),
        certainty="law",
    )
    fine: float = number(
        20_000.0,
        low=0.0,
        high=500_000.0,
        explore=(5_000.0, 60_000.0),
        unit=Text(zh="元", en="yuan"),
        zh="处罚力度为 1 时每次罚款",
        en="fine for each violation at a penalty of 1",
        source=Text(
            zh="L60、L61：每次一千元至十万元；现有力度 0.5 时为一万元",
            en="L60, L61: 1,000 to 100,000 yuan each; 10,000 at today's penalty of 0.5",
        ),
        certainty="law",
    )
    costs_charges: float = number(
        0.12,
        low=0.0,
        high=1.0,
        explore=(0.05, 0.2),
        unit="share",
        zh="违规对收费与公示的损害",
        en="what a violation takes from the effort on charges",
        source=Text(zh="假定：收费评价最低（V06）", en="assumed: charges are rated lowest (V06)"),
    )
    costs_staff: float = number(
        0.06,
        low=0.0,
        high=1.0,
        explore=(0.03, 0.12),
        unit="share",
        zh="减员对各项服务的损害",
        en="what a staff cut takes from every matter",
        source=Text(zh="假定：十六个岗位中一个", en="assumed: one post in sixteen"),
    )
    gains: float = number(
        0.01,
        low=0.0,
        high=0.2,
        explore=(0.005, 0.02),
        unit="share",
        zh="每项违规的利润",
        en="margin that a violation adds",
        source=Text(
            zh="假定：一个点的利润率，与压力能推动的幅度相比很小",
            en="assumed: a point of margin, small against the range that pressure moves",
        ),
    )

    def at_rest(self, begins: float, found: float, stopped: float) -> tuple[float, float]:
        """Return the shares of time in which a violation of one kind runs unseen, and found.

        The stationary state of the monthly chain: it begins with chance `begins` or ends by itself, then is found with
        chance `found`; what was found before is stopped with chance `stopped`.

        >>> unseen, found = Violations().at_rest(begins=0.03, found=0.0, stopped=0.0)
        >>> round(unseen, 3), found
        (0.5, 0.0)
        """
        unseen = begins * (1 - found) / (1 - (1 - self.ends) * (1 - found))
        seen = found * (begins + unseen * (1 - self.ends)) / (1 - (1 - self.ends) * (1 - stopped))
        whole = 1 + unseen + seen
        return unseen / whole, seen / whole
