"""The Residents' Committee Law 城市居民委员会组织法 as revised on 2025-10-28, in force from 2026 on."""

from datetime import date
from fractions import Fraction
from types import MappingProxyType

from sim.committee_law import Bounds, ResidentsCommitteeLaw
from sim.parts import part
from sim.regime import Article
from sim.texts import Text

WHERE = Text(zh="《城市居民委员会组织法》（2025年修订）", en="Residents' Committee Law (revised 2025)")


@part("residents_committee_law")
class ResidentsCommitteeLaw2026(ResidentsCommitteeLaw):
    """Communities of 1,000 to 3,000 households, a Party head as director, a named sub-committee for property management.

    How many members it has and for how long is not in the articles that we read.
    """

    label = Text(
        zh="《城市居民委员会组织法》（2025 年修订，2026 年施行）", en="Residents' Committee Law (revised 2025, from 2026)"
    )
    since = date(2026, 1, 1)
    until = None
    households = Bounds(1000, 3000)
    members = Bounds(None, None)
    term_years = None
    petition = Fraction(1, 10)
    proxies = 3
    director_from_party = True
    property_sub_committee = True
    articles = MappingProxyType(
        {
            "3": Article(
                Text(zh=f"{WHERE.zh}第三条", en=f"{WHERE.en} art. 3"),
                Text(
                    zh="一般一千户至三千户设一个居民委员会。", en="A committee covers 1,000 to 3,000 households as a rule."
                ),
            ),
            "8": Article(
                Text(zh=f"{WHERE.zh}第八条", en=f"{WHERE.en} art. 8"),
                Text(
                    zh="同社区党组织交叉任职，党组织书记通过法定程序任主任。",
                    en="Posts are shared with the Party organization, whose head becomes director by lawful procedure.",
                ),
            ),
            "9": Article(
                Text(zh=f"{WHERE.zh}第九条", en=f"{WHERE.en} art. 9"),
                Text(
                    zh="列明环境和物业管理等下属委员会。",
                    en="It names the sub-committees, environment and property management among them.",
                ),
            ),
            "10(7)": Article(
                Text(zh=f"{WHERE.zh}第十条第七项", en=f"{WHERE.en} art. 10(7)"),
                Text(zh="指导业主大会、业主委员会的工作。", en="It guides owners' assemblies and owners' committees."),
            ),
            "19": Article(
                Text(zh=f"{WHERE.zh}第十九条", en=f"{WHERE.en} art. 19"),
                Text(zh="选举中一人最多接受三人委托。", en="In its elections one person may hold three proxies at most."),
            ),
            "26": Article(
                Text(zh=f"{WHERE.zh}第二十六条", en=f"{WHERE.en} art. 26"),
                Text(
                    zh="十分之一以上提议，就要召集居民会议。",
                    en="The residents' assembly must be called when a tenth propose it.",
                ),
            ),
            "32": Article(
                Text(zh=f"{WHERE.zh}第三十二条", en=f"{WHERE.en} art. 32"),
                Text(zh="协商的形式，有居民代表参加。", en="Forms of consultation, with residents' deputies taking part."),
            ),
            "36": Article(
                Text(zh=f"{WHERE.zh}第三十六条", en=f"{WHERE.en} art. 36"),
                Text(zh="设居务监督委员会。", en="There is a residents' affairs supervision committee."),
            ),
        }
    )
