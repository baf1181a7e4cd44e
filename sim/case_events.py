"""Events of cases: what is written down when a case opens, goes a stage further, or ends."""

from collections.abc import Mapping

from sim.events import EventKind
from sim.texts import Text

OPENS = ("problem_voiced", "problem_stands_open")
"""Events with which a case of a household begins."""
CASE_EVENTS: Mapping[str, EventKind] = {
    "problem_voiced": EventKind(
        Text(zh="{object}：住户反映{detail}问题", en="{object}: a household speaks up about {detail}"),
        routine=True,
    ),
    "problem_stands_open": EventKind(
        Text(
            zh="{object}：起点之前反映的{detail}问题还没有了结",
            en="{object}: a problem of {detail} voiced before the start is still open",
        ),
        routine=True,
    ),
    "case_settled_at_desk": EventKind(
        Text(zh="{object}：物业前台解决", en="{object}: settled at the provider's desk"), routine=True
    ),
    "case_dropped_at_desk": EventKind(
        Text(
            zh="{object}：前台未解决，住户作罢",
            en="{object}: not settled at the desk, the household gives up",
        ),
        routine=True,
    ),
    "case_reaches_mediation": EventKind(
        Text(zh="{object}：问题上交居委会", en="{object}: a case reaches the residents' committee"),
        routine=True,
    ),
    "case_settled_in_mediation": EventKind(
        Text(zh="{object}：居委会调解成功", en="{object}: settled by the residents' committee")
    ),
    "case_dropped_in_mediation": EventKind(
        Text(zh="{object}：调解未果，不了了之", en="{object}: mediation fails and the case is dropped")
    ),
    "case_reaches_joint_meeting": EventKind(
        Text(zh="{object}：问题提交联席会议", en="{object}: a case goes to the joint meeting")
    ),
    "case_settled_in_joint_meeting": EventKind(
        Text(zh="{object}：联席会议解决", en="{object}: settled by the joint meeting")
    ),
    "case_dropped_in_joint_meeting": EventKind(
        Text(
            zh="{object}：联席会议未解决，不了了之",
            en="{object}: the joint meeting does not settle it and it is dropped",
        )
    ),
    "case_reaches_court": EventKind(Text(zh="{object}：住户起诉", en="{object}: the household sues")),
    "case_settled_in_court": EventKind(Text(zh="{object}：法院支持住户", en="{object}: the court finds for the household")),
    "case_dropped_in_court": EventKind(
        Text(zh="{object}：法院不支持住户", en="{object}: the court finds against the household")
    ),
    "demands_answered": EventKind(
        Text(zh="{object}：催缴到期，{detail} 户缴清", en="{object}: the demand runs out, {detail} have paid up"),
        routine=True,
    ),
    "firm_pursues": EventKind(
        Text(zh="{object}：企业集中追缴 {detail} 户", en="{object}: the firm goes after {detail} households")
    ),
    "claim_reaches_mediation": EventKind(
        Text(zh="{object}：企业请居委会调解欠费", en="{object}: the firm takes arrears to the residents' committee")
    ),
    "claim_settled_in_mediation": EventKind(
        Text(zh="{object}：居委会调解，欠费户缴费", en="{object}: arrears are settled by the residents' committee")
    ),
    "claim_reaches_joint_meeting": EventKind(
        Text(zh="{object}：欠费提交联席会议", en="{object}: arrears go to the joint meeting")
    ),
    "claim_settled_in_joint_meeting": EventKind(
        Text(zh="{object}：联席会议协调，欠费户缴费", en="{object}: arrears are settled by the joint meeting")
    ),
    "claim_lapses": EventKind(
        Text(zh="{object}：企业退出，欠费不再追缴", en="{object}: the firm is gone and its claim lapses")
    ),
    "claim_reaches_court": EventKind(Text(zh="{object}：企业起诉欠费", en="{object}: the firm sues for arrears")),
    "claim_withdrawn": EventKind(
        Text(zh="{object}：欠费户缴清，企业撤诉", en="{object}: the debtor pays up and the suit is withdrawn")
    ),
    "claim_mediated": EventKind(
        Text(zh="{object}：欠费诉讼经法院调解结案", en="{object}: the suit on arrears is mediated in court")
    ),
    "claim_judged": EventKind(Text(zh="{object}：法院判决缴费", en="{object}: the court orders the arrears to be paid")),
    "claim_lost": EventKind(
        Text(zh="{object}：法院驳回企业的欠费请求", en="{object}: the court dismisses the claim to arrears")
    ),
}
