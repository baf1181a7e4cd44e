"""The building heads 楼门长 of one estate: volunteers, one for each entrance where somebody can be found."""

from dataclasses import dataclass

from sim.estate_board import Canvass
from sim.events import EventKind
from sim.hours import HoursLedger
from sim.institution import Institution
from sim.parts import number, part
from sim.texts import Text

BODY = "building_heads"


@dataclass(frozen=True)
class BuildingHeadsNumbers:
    """How many there are, the hours they give, how news reaches people through them, and how they tire."""

    posts_filled: float = number(
        0.6,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.9),
        unit="share",
        zh="有人担任的单元比例（平时）",
        en="share of entrances that have a head, usually",
        source=Text(
            zh="假定：各地差别很大，有的小区五年从 5 名增加到 62 名（S60、S69）",
            en="assumed: it differs widely; one estate went from 5 to 62 heads in five years (S60, S69)",
        ),
    )
    hours_per_head: float = number(
        1.5,
        low=0.0,
        high=40.0,
        explore=(1.0, 2.0),
        unit="hours a week",
        zh="每名楼门长每周工时",
        en="hours a week of each head",
        source=Text(zh="假定：义务服务，每周一两个小时（S69）", en="assumed: unpaid, an hour or two a week (S69)"),
    )
    news_hours: float = number(
        0.3,
        low=0.0,
        high=40.0,
        explore=(0.1, 0.6),
        unit="hours a week",
        zh="每名楼门长每周传达消息工时",
        en="hours a week of each head for carrying news",
        source=Text(zh="假定：一周在本单元说上二十分钟", en="assumed: twenty minutes a week about the entrance"),
    )
    posted: float = number(
        0.7,
        low=0.0,
        high=2.0,
        explore=(0.4, 1.0),
        unit="factor",
        zh="只靠张贴公告时消息的分量",
        en="weight of public news that is only posted",
        source=Text(
            zh="假定：加上平时的楼门长合计为 1，即公开事件通常的分量",
            en="assumed: with the usual heads it comes to 1, the weight that public events have",
        ),
    )
    at_the_door: float = number(
        0.5,
        low=0.0,
        high=2.0,
        explore=(0.0, 1.0),
        unit="factor",
        zh="每个单元都有人传达时增加的分量",
        en="weight added where a head carries it into every entrance",
        source=Text(
            zh="假定：当面说的比张贴的更往心里去（T05）", en="assumed: word of mouth counts for more than a sheet (T05)"
        ),
    )
    tires: float = number(
        0.01,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.03),
        unit="share a week",
        zh="全力上门时每周退出的楼门长比例",
        en="share of heads who give up in a week that canvassing fills",
        source=Text(zh="假定：一轮征集下来少一成多", en="assumed: a whole ballot of it costs more than a tenth of them"),
    )
    fills: float = number(
        0.02,
        low=0.0,
        high=1.0,
        explore=(0.01, 0.05),
        unit="share a week",
        zh="空缺补上的速度",
        en="speed at which posts are filled again",
        source=Text(zh="假定：大半年补上一半", en="assumed: half of them within eight months"),
    )


@part("agent")
class BuildingHeads(Institution):
    """They go from door to door while a ballot collects votes, and carry public news into their entrances.

    Of their hours canvassing takes the share that the backing behind the ballot has (who is not asked by anybody does not
    go), news what it needs of the rest.  What they canvass adds up to rounds of visits by the day of the count; who
    canvasses much gives up, and posts are filled again slowly.
    """

    label = Text(zh="楼门长", en="building heads")
    seat = "estate"
    numbers = BuildingHeadsNumbers
    events = {
        "heads_canvass": EventKind(
            Text(zh="{object}：楼门长开始上门征集（{detail} 人）", en="{object}: {detail} building heads begin to canvass")
        ),
    }
    tracked = ("filled",)

    def begin(self) -> None:
        """As many posts are filled as usual; nothing is canvassed."""
        self.filled = self.about.posts_filled
        self.canvassing = self.telling = 0.0

    @property
    def heads(self) -> float:
        """Return how many heads there are."""
        return float(self.estate.entrances * self.filled)

    def ask_hours(self, ledger: HoursLedger) -> None:
        """Provide the heads' hours; ask for no more than they have, so that no estate's heads work for another."""
        canvass, heads = self.estate.canvass, self.heads
        hours = heads * self.about.hours_per_head
        self.canvassing = hours * canvass.backing if canvass else 0.0
        self.telling = min(heads * self.about.news_hours, hours - self.canvassing)
        ledger.provide(BODY, hours)
        ledger.ask(BODY, "canvass", self.canvassing)
        ledger.ask(BODY, "news", self.telling)
        if canvass and self.canvassing and not self.estate.canvassed:
            self._tell_of(canvass)

    def convene(self) -> None:
        """Go from door to door, and tell the news; some tire of it, others come."""
        about, heads = self.about, self.heads
        wanted, hours = heads * about.news_hours, heads * about.hours_per_head
        self.estate.canvassed += self.canvassing
        told = self.telling / wanted if wanted else 0.0
        self.estate.news = about.posted + about.at_the_door * self.filled * told
        busy = self.canvassing / hours if hours else 0.0
        self.filled += about.fills * (about.posts_filled - self.filled) - about.tires * busy * self.filled

    def _tell_of(self, canvass: Canvass) -> None:
        self.model.log.add(
            self.model.week,
            BODY,
            "heads_canvass",
            cause=canvass.event,
            object=self.estate.name,
            detail=str(round(self.heads)),
        )
