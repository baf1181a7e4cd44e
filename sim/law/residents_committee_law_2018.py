"""The Residents' Committee Law 城市居民委员会组织法 as amended in 2018, up to the end of 2025."""

from datetime import date
from fractions import Fraction
from types import MappingProxyType

from sim.committee_law import Bounds, ResidentsCommitteeLaw
from sim.parts import part
from sim.regime import Article
from sim.texts import Text

WHERE = Text(zh="《城市居民委员会组织法》", en="Residents' Committee Law")


@part("residents_committee_law")
class ResidentsCommitteeLaw2018(ResidentsCommitteeLaw):
    """A small committee for 100 to 700 households, since then chosen every five years instead of three."""

    label = Text(zh="《城市居民委员会组织法》（2018年修正）", en="Residents' Committee Law (as amended in 2018)")
    since = date(2018, 12, 29)
    until = date(2025, 12, 31)
    households = Bounds(100, 700)
    members = Bounds(5, 9)
    term_years = 5
    petition = Fraction(1, 5)
    proxies = None
    director_from_party = False
    property_sub_committee = False
    articles = MappingProxyType(
        {
            "6": Article(
                Text(zh=f"{WHERE.zh}第六条", en=f"{WHERE.en} art. 6"),
                Text(zh="一般一百户至七百户设一个居民委员会。", en="A committee covers 100 to 700 households as a rule."),
            ),
            "7": Article(
                Text(zh=f"{WHERE.zh}第七条", en=f"{WHERE.en} art. 7"),
                Text(zh="由主任、副主任和委员共五至九人组成。", en="It has 5 to 9 members: director, deputies, members."),
            ),
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
            "9-10": Article(
                Text(zh=f"{WHERE.zh}第九、十条", en=f"{WHERE.en} arts. 9-10"),
                Text(
                    zh="居民会议过半数出席才能召开，出席的过半数同意才能决定；五分之一以上成年居民、五分之一以上的户或者三分之一以上的小组提议，就要召集。",
                    en=(
                        "The residents' assembly needs more than half present and decides by more than half of those; "
                        "a fifth of adult residents, a fifth of households or a third of the groups may call it."
                    ),
                ),
            ),
            "13": Article(
                Text(zh=f"{WHERE.zh}第十三条", en=f"{WHERE.en} art. 13"),
                Text(
                    zh="根据需要设人民调解、治安保卫、公共卫生等委员会，居委会成员可以兼任。",
                    en="It may set up sub-committees for mediation, security and health, on which its members may sit.",
                ),
            ),
        }
    )
