"""The Residents' Committee Law 城市居民委员会组织法 as amended in 2018, up to the end of 2025."""

from datetime import date
from types import MappingProxyType

from sim.law.residents_committee_law_1989 import WHERE, ResidentsCommitteeLaw1989
from sim.parts import part
from sim.regime import Article
from sim.texts import Text


@part("residents_committee_law")
class ResidentsCommitteeLaw2018(ResidentsCommitteeLaw1989):
    """The law of 1989 but for the term: a committee is chosen every five years instead of three."""

    label = Text(zh="《城市居民委员会组织法》（2018年修正）", en="Residents' Committee Law (as amended in 2018)")
    since = date(2018, 12, 29)
    until = date(2025, 12, 31)
    term_years = 5
    articles = MappingProxyType(
        {
            **ResidentsCommitteeLaw1989.articles,
            "8": Article(
                Text(zh=f"{WHERE.zh}第八条", en=f"{WHERE.en} art. 8"),
                Text(
                    zh="由全体有选举权的居民、每户代表或者居民小组选出的代表选举产生，每届任期五年。",
                    en=(
                        "It is elected by all voters, by a delegate of each household, or by delegates of the "
                        "residents' groups, for five years."
                    ),
                ),
            ),
        }
    )
