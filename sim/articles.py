"""Articles that hold beside the two regimes of the owners' vote: proxies, silence, faults, committees, dates.

A regime cites its own articles in its own file; these are cited by the steps that surround the count.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sim.regime import Article, Regime
from sim.texts import Text


def _article(zh: str, en: str, says_zh: str, says_en: str) -> Article:
    return Article(Text(zh=zh, en=en), Text(zh=says_zh, en=says_en))


def _recalled(zh: str, en: str, says_zh: str, says_en: str) -> Article:
    return Article(Text(zh=zh, en=en), Text(zh=says_zh, en=says_en), "memory")


ARTICLES: Mapping[str, Article] = MappingProxyType(
    {
        "no_article": Article(
            Text(zh="国家层面没有条文", en="no article of national law"),
            Text(zh="法律没有规定，做法和判决不一。", en="The law is silent; practice and courts differ."),
        ),
        "civil_code_165": _article(
            "《民法典》第一百六十五条",
            "Civil Code art. 165",
            "书面授权委托书要写明代理人、代理事项、权限和期限，由被代理人签名。",
            "A written proxy names the proxy, the matter, the powers and the time, and is signed by the owner.",
        ),
        "civil_code_169": _article(
            "《民法典》第一百六十九条",
            "Civil Code art. 169",
            "转委托要经被代理人同意或者追认。",
            "A proxy may pass the proxy on only with the owner's consent.",
        ),
        "civil_code_280": _article(
            "《民法典》第二百八十条",
            "Civil Code art. 280",
            "业主大会、业主委员会的决定对业主有约束力；侵害业主权益的，受侵害的业主可以请求法院撤销。",
            "Decisions bind all owners; an owner whose rights they injure may ask the court to annul them.",
        ),
        "property_law_78": _recalled(
            "《物权法》第七十八条",
            "Property Law art. 78",
            "业主大会、业主委员会的决定对业主有约束力；侵害业主权益的，受侵害的业主可以请求法院撤销。",
            "Decisions bind all owners; an owner whose rights they injure may ask the court to annul them.",
        ),
        "condominium_interpretation_12": _article(
            "《建筑物区分所有权司法解释》第十二条",
            "Condominium Interpretation art. 12",
            "撤销之诉要在知道决定之日起一年内提出；违反法定程序也可以请求撤销。",
            "The suit for annulment must be brought within a year of knowing; a breach of procedure is a ground.",
        ),
        "property_management_regulations_12": _article(
            "《物业管理条例》第十二条",
            "Property Management Regulations art. 12",
            "业主可以委托代理人参加业主大会会议。",
            "An owner may send a proxy to the assembly.",
        ),
        "property_management_regulations_14": _article(
            "《物业管理条例》第十四条",
            "Property Management Regulations art. 14",
            "开会要提前十五日通知全体业主，住宅小区还要同时告知居民委员会。",
            "All owners are told 15 days ahead; in a residential estate the residents' committee is told too.",
        ),
        "property_management_regulations_19": _article(
            "《物业管理条例》第十九条",
            "Property Management Regulations art. 19",
            "决定违反法律、法规的，区县主管部门或者街道、乡镇责令限期改正或者撤销，并通告全体业主。",
            "The district's authority or the subdistrict orders an unlawful decision corrected or cancels it.",
        ),
        "property_management_regulations_20": _article(
            "《物业管理条例》第二十条",
            "Property Management Regulations art. 20",
            "作出的决定要告知居民委员会，并认真听取它的建议。",
            "Decisions are told to the residents' committee, whose advice is to be heard in earnest.",
        ),
        "guiding_rules_25": _recalled(
            "《业主大会和业主委员会指导规则》（2009）第二十五条",
            "Guiding Rules (2009) art. 25",
            "一套房有几个共有人的，推选一人行使表决权。",
            "Several co-owners of a unit name one of them to vote.",
        ),
        "guiding_rules_26": _recalled(
            "《业主大会和业主委员会指导规则》（2009）第二十六条",
            "Guiding Rules (2009) art. 26",
            "未参与表决的业主，其票权能否计入已表决的多数票，由管理规约或者议事规则规定。",
            "Whether owners who did not vote may be counted with the majority is for the owners' own rules to say.",
        ),
        "guiding_rules_31": _recalled(
            "《业主大会和业主委员会指导规则》（2009）第三十一条",
            "Guiding Rules (2009) art. 31",
            "业主委员会由五至十一人单数组成。",
            "An owners' committee has 5 to 11 members, an odd number.",
        ),
        "maintenance_fund_measures_22": _recalled(
            "《住宅专项维修资金管理办法》第二十二条",
            "Measures on the Special Maintenance Fund art. 22",
            "使用维修资金由列支范围内的业主表决。",
            "The owners who are charged for the works vote on the use of the fund.",
        ),
        "temporal_effect_1": _article(
            "《最高人民法院关于适用〈民法典〉时间效力的若干规定》第一条",
            "Supreme People's Court, provisions on the Civil Code's effect in time, art. 1",
            "事实持续到民法典施行之后的，适用民法典，所以看计票那一天。",
            "Facts that go on past the day of the Code fall under the Code: the day of the count decides.",
        ),
        "legislation_law_99": _article(
            "《立法法》第九十九条",
            "Legislation Law art. 99",
            "法律的效力高于行政法规、地方性法规。",
            "A law ranks above regulations, national or local.",
        ),
    }
)


def articles_beside(regime: Regime) -> Mapping[str, Article]:
    """Return every article that a count under a regime may cite; the regime's own words come first."""
    return MappingProxyType({**ARTICLES, **regime.articles})
