"""What carries clauses that no measure carries, what carried ones lack, and where measures show.

Everything else about a clause follows from the measures that name it; this is what cannot be derived.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.texts import Text


@dataclass(frozen=True)
class Carrier:
    """What carries a clause besides measures; parts: names for `cogov show`."""

    by: Text
    parts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


CARRIERS: Mapping[str, Carrier] = MappingProxyType(
    {
        "1.1": Carrier(
            Text(
                zh="企业依法催缴、起诉；住户的问题逐级办理",
                en="the firm demands and sues for what it is owed by lawful steps; households take their "
                "cases up the ladder",
            ),
            ("arrears", "case_ladder"),
            ("collection_rate", "provider_suits", "cases_answered"),
        ),
        "1.2.2a": Carrier(
            Text(
                zh="各户看重的事项不同，满意度分群体算",
                en="households care about different matters; satisfaction is told by group",
            ),
            ("satisfaction",),
            ("worst_off_satisfaction", "satisfaction_spread"),
        ),
        "1.2.3b": Carrier(
            Text(zh="质量同合同约定的标准比", en="quality is measured against the contract's standard"),
            ("service",),
            ("service_quality",),
        ),
        "1.2.4": Carrier(
            Text(
                zh="业委会按业主想要的等级提出调级调费，由表决决定",
                en="the owners' committee proposes the grade that owners want and the fee for it; a ballot decides",
            ),
            ("owners_committee", "influence"),
            ("preference_fit",),
        ),
        "1.2.5": Carrier(
            Text(
                zh="各组织都是主体，共用工时，开会有摩擦",
                en="the bodies are agents that share hours and meet with friction",
            ),
            ("party_organization", "residents_committee", "owners_committee", "building_heads", "property_service_company"),
            ("hours_residents_committee", "hours_party_organization", "hours_owners_committee", "hours_building_heads"),
        ),
        "2a": Carrier(
            Text(zh="结果指标就是这些目标", en="these aims are outcomes"),
            (),
            ("true_satisfaction", "cases_answered", "owners_committees_working", "service_quality_order"),
        ),
        "3.1c": Carrier(
            Text(
                zh="业委会召集表决、提议换企业、监督企业",
                en="the owners' committee calls ballots, proposes another firm, presses the firm",
            ),
            ("owners_committee",),
            ("provider_pressure", "ballots_held"),
        ),
        "3.1d": Carrier(
            Text(
                zh="企业按预算、压力和合同决定投入",
                en="the firm sets its effort by budget, pressure and contract",
            ),
            ("property_service_company",),
            ("service_quality", "provider_margin", "provider_diligence"),
        ),
        "3.4f-2": Carrier(
            Text(zh="主管部门按举报查处违规", en="the authority acts on violations that are reported"),
            ("housing_authority",),
            ("provider_violations",),
        ),
        "4.3a": Carrier(
            Text(
                zh="四类小区；每项措施可以只在某些小区或类型生效（where）",
                en="four archetypes; each measure can be limited to some estates or archetypes (where)",
            ),
            ("commodity_new", "commodity_old", "work_unit", "resettlement"),
        ),
        "5": Carrier(
            Text(
                zh="各地可写自己的方案文件、小区表",
                en="each place can write scenarios and a table of estates of its own",
            ),
        ),
    }
)
LACKS: Mapping[str, Text] = MappingProxyType(
    {
        "1.1": Text(zh="没有可调的“协助追缴”", en="no lever that supports the collection of arrears"),
        "1.2.2a": Text(zh="没有为此开的协商，也没有事项目录", en="no consultation that would reveal it, and no catalogue"),
        "1.2.3a": Text(zh="没有未投票的处理规则", en="no rule on silent votes"),
        "1.2.3b": Text(zh="没有“基本共识”门槛", en="no gate of basic agreement before a ballot"),
        "1.2.4": Text(
            zh="想要的等级来自邻里谈论，没有协商会",
            en="what owners want comes from neighbours' talk, not from deliberation",
        ),
        "1.2.5": Text(zh="还没有服务队这个主体", en="the service team is no agent yet"),
        "2a": Text(zh="归属感、安全感还没有单独的指标", en="belonging and security have no outcome of their own yet"),
        "3.1a": Text(
            zh="只是工时；没有引导业主自治的动作",
            en="hours only; it does nothing of its own for self-government",
        ),
        "3.1b": Text(zh="只监督企业，不监督业委会", en="it supervises the firm, not the owners' committee"),
        "3.1c": Text(zh="不劝业主缴费，不协助企业", en="it does not urge payment nor assist the firm"),
        "3.1e": Text(zh="只有企业一头", en="the firm's side only"),
        "3.1h": Text(
            zh="只有进入业委会一个方向；业主对兼任者认不认还没有算",
            en="one direction only, into the owners' committee; owners do not yet credit a shared committee less",
        ),
        "3.2a": Text(
            zh="参加人固定，楼门长和社会力量不到会",
            en="who takes part is fixed; neither building heads nor local forces attend",
        ),
        "3.3a-2": Text(zh="成立后不会随即选聘企业", en="no ballot on a firm follows the formation"),
        "3.3b-1": Text(
            zh="没有物业企业时只能等新企业进驻，代行者不会出面选聘",
            en="where there is no firm it waits for one to come; who stands in does not organise hiring one",
        ),
        "3.4f-2": Text(zh="没有例行检查，不管业委会", en="no inspections, and nothing about the committee"),
        "3.4g": Text(zh="不伤关系：劝阻、举报没有摩擦代价", en="dissuading and reporting strain no relation yet"),
        "3.5e": Text(zh="没有向持异议者解释的一半", en="the half that explains to dissenters is missing"),
        "4.3a": Text(zh="没有按当地条件自动选择措施", en="nobody chooses measures by local conditions"),
        "4.4a": Text(zh="只动有偿服务意识，不动参与和责任感", en="it moves awareness only, not duty or taking part"),
    }
)
SHOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cross_serving": ("owners_committees_seats_filled", "owners_committees_working", "hours_overload"),
        "enforcement": ("provider_violations", "provider_fines", "provider_margin"),
        "follow_up": ("provider_promises_kept", "provider_promises_broken", "hours_residents_committee"),
        "formation_help": (
            "owners_committees_registered",
            "owners_committees_working",
            "hours_residents_committee",
        ),
        "joint_meeting": (
            "joint_meetings",
            "provider_promises_kept",
            "cases_settled_joint_meeting",
            "hours_overload",
        ),
        "party_leadership": ("hours_party_organization", "joint_meetings"),
        "online_channel": ("ballots_turnout", "ballots_adopted"),
        "prior_notice": ("ballots_adopted", "ballots_turnout", "ballots_weeks"),
        "publicity": ("attitudes_awareness", "collection_rate"),
        "residents_committee_supervision": ("provider_pressure", "provider_violations", "hours_overload"),
        "residents_committee_support": ("service_quality", "owners_committees_working", "hours_overload"),
        "vetting": ("owners_committees_registered", "owners_committees_working"),
        "substitution": ("stand_in", "attitudes_efficacy", "provider_pressure", "hours_overload"),
    }
)
