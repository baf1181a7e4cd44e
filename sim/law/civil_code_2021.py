"""The Civil Code 民法典, from 2021 on."""

from datetime import date
from types import MappingProxyType

from sim.parts import part
from sim.regime import HALF, THREE_QUARTERS, TWO_THIRDS, Article, AtLeast, MoreThan, Regime, Rule
from sim.texts import Text

ARTICLES = ("civil_code_278", "civil_code_1259")
QUORUM = AtLeast(TWO_THIRDS, "all", ARTICLES)
ORDINARY = MoreThan(HALF, "participating", ARTICLES)
SPECIAL = AtLeast(THREE_QUARTERS, "participating", ARTICLES)


@part("law")
class CivilCode2021(Regime):
    """Two thirds must take part, and assent is measured among them; staying away breaks only the quorum."""

    label = Text(zh="《民法典》（2021）", en="Civil Code (2021)")
    since = date(2021, 1, 1)
    until = None
    counting = ("condominium_interpretation_8", "condominium_interpretation_9")
    proxies = ("civil_code_165", "civil_code_169")
    annulment = "civil_code_280"
    articles = MappingProxyType(
        {
            "civil_code_278": Article(
                Text(zh="《民法典》第二百七十八条", en="Civil Code art. 278"),
                Text(
                    zh=(
                        "参与表决的业主要占面积三分之二以上、占人数三分之二以上。筹集维修资金、"
                        "改建和重建、改变共有部分用途或用来经营，"
                        "要参与表决的面积和人数各四分之三以上同意；其余事项（包括使用维修资金），"
                        "各过半数同意。"
                    ),
                    en=(
                        "Owners with at least two thirds of area and of heads must take part. Raising "
                        "the maintenance fund, rebuilding, and changing the use of common parts or "
                        "trading with them need at least three quarters of the area and heads taking "
                        "part; every other matter, using the fund among them, needs more than half of "
                        "both."
                    ),
                ),
            ),
            "civil_code_1259": Article(
                Text(zh="《民法典》第一千二百五十九条", en="Civil Code art. 1259"),
                Text(
                    zh="“以上”包括本数，“超过”不包括本数。",
                    en="'Or more' includes the number itself, 'more than' does not.",
                ),
            ),
            "condominium_interpretation_8": Article(
                Text(
                    zh="《建筑物区分所有权司法解释》（2020年修正）第八条",
                    en="Condominium Interpretation (revised 2020) art. 8",
                ),
                Text(
                    zh="面积以登记为准；没登记的以测绘为准，没测绘的以合同为准。",
                    en="Area is that of the property register, else of the survey, else of the contract.",
                ),
            ),
            "condominium_interpretation_9": Article(
                Text(
                    zh="《建筑物区分所有权司法解释》（2020年修正）第九条",
                    en="Condominium Interpretation (revised 2020) art. 9",
                ),
                Text(
                    zh=("一个专有部分可以算一人；一人买了几套算一人；建设单位没卖出和卖出没交付的合起来算一人。"),
                    en=(
                        "An exclusive unit may count as one owner, a buyer of several as one, and the "
                        "developer with all that is unsold or not yet delivered as one."
                    ),
                ),
            ),
        }
    )
    rules = MappingProxyType(
        {
            "elect_committee": Rule(QUORUM, ORDINARY),
            "replace_provider": Rule(QUORUM, ORDINARY),
            "grade_and_fee": Rule(QUORUM, ORDINARY),
            "use_maintenance_fund": Rule(QUORUM, ORDINARY),
            "raise_maintenance_fund": Rule(QUORUM, SPECIAL),
            "rebuild": Rule(QUORUM, SPECIAL),
            "change_common_use": Rule(QUORUM, SPECIAL),
            "rules": Rule(QUORUM, ORDINARY),
            "other": Rule(QUORUM, ORDINARY),
        }
    )
