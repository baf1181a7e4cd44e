"""The Property Law 物权法 with the Property Management Regulations 物业管理条例, up to the end of 2020."""

from datetime import date
from types import MappingProxyType

from sim.parts import part
from sim.regime import HALF, TWO_THIRDS, Article, AtLeast, MoreThan, Regime, Rule
from sim.texts import Text

QUORUM = MoreThan(HALF, "all", ("property_management_regulations_12",))
ORDINARY = MoreThan(HALF, "all", ("property_law_76", "property_management_regulations_12"))
SPECIAL = AtLeast(TWO_THIRDS, "all", ("property_law_76", "property_management_regulations_12", "civil_law_principles_155"))
COMMON_USE = MoreThan(HALF, "all", ("property_law_76", "condominium_interpretation_7"))


@part("law")
class PropertyLaw2007(Regime):
    """Assent is measured against all owners and all area; who stays away weighs like a no."""

    label = Text(
        zh="《物权法》和《物业管理条例》（2007）",
        en="Property Law and Property Management Regulations (2007)",
    )
    since = date(2007, 10, 1)
    until = date(2020, 12, 31)
    counting = ("condominium_interpretation_8", "condominium_interpretation_9")
    proxies = ("property_management_regulations_12",)
    annulment = "property_law_78"
    articles = MappingProxyType(
        {
            "property_law_76": Article(
                Text(zh="《物权法》第七十六条", en="Property Law art. 76"),
                Text(
                    zh=(
                        "筹集和使用维修资金、改建和重建，要占总面积三分之二以上、"
                        "占总人数三分之二以上的业主同意；其余事项，都要过半数。"
                    ),
                    en=(
                        "Raising or using the maintenance fund and rebuilding need assent from at least "
                        "two thirds of all area and of all owners; every other matter needs more than "
                        "half of both."
                    ),
                ),
                "memory",
            ),
            "property_management_regulations_12": Article(
                Text(zh="《物业管理条例》第十二条", en="Property Management Regulations art. 12"),
                Text(
                    zh=(
                        "开会或书面征求意见都可以；参加的业主要过总面积和总人数的半数。"
                        "通过的门槛同《物权法》一致，业主可以委托代理人参加。"
                    ),
                    en=(
                        "By meeting or by written ballot; owners with more than half of all area and of "
                        "all heads must take part. Majorities are those of the Property Law, and an "
                        "owner may send a proxy."
                    ),
                ),
            ),
            "condominium_interpretation_7": Article(
                Text(
                    zh="《建筑物区分所有权司法解释》（2009）第七条",
                    en="Condominium Interpretation (2009) art. 7",
                ),
                Text(
                    zh="改变共有部分的用途、利用共有部分经营，属于“其他重大事项”，过半数即可。",
                    en=(
                        "Changing the use of common parts or trading with them is one of the 'other "
                        "major matters', for which more than half is enough."
                    ),
                ),
                "memory",
            ),
            "condominium_interpretation_8": Article(
                Text(
                    zh="《建筑物区分所有权司法解释》（2009）第八条",
                    en="Condominium Interpretation (2009) art. 8",
                ),
                Text(
                    zh="面积以登记为准；没登记的以测绘为准，没测绘的以合同为准。",
                    en="Area is that of the property register, else of the survey, else of the contract.",
                ),
            ),
            "condominium_interpretation_9": Article(
                Text(
                    zh="《建筑物区分所有权司法解释》（2009）第九条",
                    en="Condominium Interpretation (2009) art. 9",
                ),
                Text(
                    zh=("一个专有部分可以算一人；一人买了几套算一人；建设单位没卖出和卖出没交付的合起来算一人。"),
                    en=(
                        "An exclusive unit may count as one owner, a buyer of several as one, and the "
                        "developer with all that is unsold or not yet delivered as one."
                    ),
                ),
            ),
            "civil_law_principles_155": Article(
                Text(zh="《民法通则》第一百五十五条", en="General Principles of Civil Law art. 155"),
                Text(zh="“以上”包括本数。", en="'Or more' includes the number itself."),
                "memory",
            ),
        }
    )
    rules = MappingProxyType(
        {
            "elect_committee": Rule(QUORUM, ORDINARY),
            "replace_provider": Rule(QUORUM, ORDINARY),
            "grade_and_fee": Rule(QUORUM, ORDINARY),
            "use_maintenance_fund": Rule(QUORUM, SPECIAL),
            "raise_maintenance_fund": Rule(QUORUM, SPECIAL),
            "rebuild": Rule(QUORUM, SPECIAL),
            "change_common_use": Rule(QUORUM, COMMON_USE),
            "rules": Rule(QUORUM, ORDINARY),
            "other": Rule(QUORUM, ORDINARY),
        }
    )
