"""Where each thing that a local rule may say acts: in a run, in `cogov ballot`, in both, or nowhere.

This is the one declaration from which `cogov show`, `cogov new local` and the documents are made.  A test changes every key
that claims to act and sees the log of a run, or a count, change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.texts import Text


@dataclass(frozen=True)
class Effect:
    """What a key does: `run` in a run, `ballot` in `cogov ballot`, each None where nothing; `why` says why not."""

    run: Text | None = None
    ballot: Text | None = None
    why: Text | None = None

    @property
    def acts_in(self) -> tuple[str, ...]:
        """Return where it acts: `run`, `ballot`, both or neither."""
        return tuple(name for name in ("run", "ballot") if getattr(self, name) is not None)


SEATS = Text(zh="席位数不合规定的，拒绝计票", en="a number of seats that it does not allow is refused")
SMALL = Text(zh="很小的小区，法定最少人数降到这里写的数", en="a small estate may have so few members")
SMALL_RUN = Text(
    zh="很小的小区，选出的人达到这个数、又达到缺额要求的，业委会成立",
    en="in a small estate so few elected members are lawful, if the rule on short committees is met too",
)
PETITION = Text(
    zh="罢免业委会的联名：签名的业主和面积要达到它，才召开业主大会",
    en="the petition for a recall: who signs, by owners and area, must reach it, else no assembly is called",
)
APPLICATION = Text(
    zh="还没有业委会的小区，发起的人达不到它，组建就在申请阶段停下",
    en="where there is no committee yet, an attempt by fewer fades at the application",
)
WAITS = Text(
    zh="决定在公示、异议两个期限中较长的一个之后生效；选举不等（业委会自选举产生）",
    en="decisions take effect after the longer of posting and objections; elections at once (a committee exists from then)",
)
OBJECTED = Text(
    zh="更换企业、调整等级和收费：没有达到法定多数，但反对的人数和面积都低于比例，也通过"
    "（早于民法典又没有修改的文本不适用）",
    en="another firm, a new grade and fee: without the majority they pass where objections by heads and area both stay "
    "below it (a text older than the Civil Code and not adapted gives way)",
)
OBJECTED_BALLOT = Text(
    zh="在结论后另说明：按异议表决是否成立", en="the report adds whether the matter would stand by objection voting"
)
SITTING = Text(
    zh="联合委员会按最少的人数组成，业主席位取整数",
    en="a joint committee has as few members as allowed, its owners whole people",
)
SITTING_MOST = Text(
    zh="只写了最多、没写最少时，联合委员会按这个人数组成",
    en="where the least is not said, a joint committee has so many members",
)

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "petition_share": Effect(PETITION),
        "petition_base": Effect(PETITION),
        "application_share": Effect(APPLICATION),
        "application_base": Effect(APPLICATION),
        "delivered_share": Effect(
            Text(
                zh="写了才看：开发商未售的面积太多，组建就在申请阶段停下（已售未交付的没有单独模拟）",
                en="only where it is said: an attempt fades at the application where the developer holds too much of "
                "the area (dwellings sold "
                "and not delivered are not simulated apart)",
            )
        ),
        "notice_days": Effect(
            Text(zh="从召集到开始收票的周数", en="weeks from the call to the collecting of papers"),
            Text(zh="写了 notice_days= 时，看是否够，不够就是程序瑕疵", en="a shorter notice_days= is a fault of procedure"),
        ),
        "posting_days": Effect(WAITS),
        "objection_days": Effect(WAITS),
        "extension_days": Effect(
            Text(zh="票不够时延长收票的周数，0 为不延", en="weeks by which collecting is extended, once; 0 for never")
        ),
        "committee_least": Effect(
            Text(
                zh="席位数不低于它；选出的人少于它，业委会不成立",
                en="there are no fewer seats; with fewer elected there is no committee",
            ),
            SEATS,
        ),
        "committee_most": Effect(Text(zh="席位数不高于它", en="there are no more seats"), SEATS),
        "small_committee": Effect(SMALL_RUN, SMALL),
        "small_estate_units": Effect(SMALL_RUN, SMALL),
        "small_estate_area": Effect(SMALL_RUN, SMALL),
        "term_years_least": Effect(Text(zh="任期不短于它", en="terms are no shorter")),
        "term_years_most": Effect(Text(zh="任期不长于它", en="terms are no longer")),
        "short_committee": Effect(
            Text(zh="没有选满席位时，业委会是否成立", en="whether a committee stands that is not full"),
            Text(zh="没有选满席位时，业委会是否成立", en="whether a committee stands that is not full"),
        ),
        "candidate_bars": Effect(
            Text(
                zh="arrears：候选人的房子从业主自住的房屋里抽取，长期欠费的不能参选。not_owner 任何时候都执行；"
                "其余三项没有模拟",
                en="arrears: a candidate's dwelling is drawn from those where owners live; who owes for long may not stand. "
                "not_owner always holds; the other three are not simulated",
            )
        ),
        "candidate_vetting": Effect(
            Text(
                zh="有审核（措施 vetting）时，占优势的只有审核者自己推荐或自己的人；没有写的，各机构推荐的都占优势",
                en="where candidates are vetted (measure `vetting`), only nominees and members of this body have an "
                "advantage, "
                "else those of any body",
            )
        ),
        "proxy_cap": Effect(
            ballot=Text(zh="超过的，按名册先后，按未参与计", en="who is over it counts as absent, first in file order"),
            why=Text(zh="模拟里没有委托投票", en="there are no proxies in a run"),
        ),
        "proxy_bars": Effect(
            why=Text(
                zh="只作记录：名册和模拟都不知道代理人是不是物业的人",
                en="recorded only: neither a register nor a run knows who works for the firm",
            )
        ),
        "proxy_instructed": Effect(
            why=Text(
                zh="只作记录：名册里只有代理人投的票，看不出委托书怎么写；模拟里没有委托投票",
                en="recorded only: a register holds what the proxy voted, not the instruction; a run has no proxies",
            )
        ),
        "silence": Effect(
            Text(
                zh="票送到的业主没有交票，按它计：送到的是自住业主，上门不足一轮的只送到一部分；"
                "沉默票算参与时，反对者不会靠缺席来阻止",
                en="counts owners whom the paper reached and who did not return it: those who live there, a part of "
                "them where "
                "there is less than one round of visits; where the silent take part, opponents do not stay away",
            ),
            Text(zh="送达而没有交票的业主怎么计", en="how owners count whom the paper reached and who did not return it"),
        ),
        "objection_voting": Effect(OBJECTED, OBJECTED_BALLOT),
        "objection_share": Effect(OBJECTED, OBJECTED_BALLOT),
        "electronic_voting": Effect(
            Text(
                zh="required_option：每次表决都可以线上投；allowed、city_system：用不用由召集的人定，"
                "模拟里由措施 online_channel 定",
                en="required_option: every ballot is open online; allowed, city_system: whoever calls decides, in a run the "
                "measure `online_channel`",
            ),
            why=Text(zh="数票时不分纸质和线上", en="a count does not tell paper from online votes"),
        ),
        "parking": Effect(
            ballot=Text(zh="车位的面积是否计入", en="whether the area of parking spaces counts"),
            why=Text(zh="模拟里没有车位", en="there are no parking spaces in a run"),
        ),
        "developer_units": Effect(
            Text(
                zh="开发商未售的房屋算一人，还是一套一人",
                en="whether the developer's unsold dwellings are one head, or one each",
            ),
            Text(
                zh="未售、未交付的房屋算一人，还是一套一人",
                en="whether units unsold or undelivered are one head, or one each",
            ),
        ),
        "substitution_members_least": Effect(SITTING),
        "substitution_members_most": Effect(SITTING_MOST),
        "substitution_owner_share": Effect(
            Text(zh="联合委员会里的业主不少于这个比例", en="owners are no smaller a part of a joint committee")
        ),
        "substitution_chair": Effect(
            why=Text(
                zh="只作记录：模拟里代行由居委会承担，不分主任和委员",
                en="recorded only: in a run the residents' committee stands in, without a chair of its own",
            )
        ),
        "substitution_term_years": Effect(
            Text(
                zh="代行最迟在这时结束；措施定的期限更短的，按措施", en="standing in ends by then, or sooner by the measure"
            )
        ),
        "substitution_only_if": Effect(
            Text(
                zh="居委会代行、联合委员会的条件：所列事由有一项即可；列了 urgent_matter 的，还要有紧急事项"
                "（服务明显低于合同或无人服务）。模拟里没有业主大会委托，只列 entrusted_by_assembly 的，谁也不能代行",
                en="when the residents' committee acts or a joint committee is formed: one of the causes named is enough; "
                "with urgent_matter there must be one besides (service far below the contract, or none). No assembly "
                "entrusts in a run: with entrusted_by_assembly alone nobody stands in",
            )
        ),
        "substitution_objection_share": Effect(
            Text(
                zh="反对的住户超过它，代行结束；措施定的比例更低的，按措施",
                en="objections of more households end it, or of fewer by the measure",
            )
        ),
        "substitution_ends_days": Effect(
            why=Text(
                zh="只作记录：模拟里业委会选出后，代行在下一个月初结束",
                en="recorded only: in a run it ends at the first month's turn after a committee is elected",
            )
        ),
    }
)
