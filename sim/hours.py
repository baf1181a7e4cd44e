"""The hours ledger (M16): every body has so many hours a week, and what does not fit waits."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import fsum
from types import MappingProxyType

from sim.texts import Text

# The order in which a body's hours are allotted, itself a rule; an activity that is not listed comes last.
ACTIVITIES: Mapping[str, Text] = MappingProxyType(
    {
        "statutory_duties": Text(zh="法定职责与日常事务", en="statutory duties and casework"),
        "seats": Text(zh="交叉任职席位", en="seats on other bodies"),
        "own_meetings": Text(zh="本机构会议与日常", en="the body's own meetings"),
        "guidance": Text(zh="指导组建和换届", en="guiding formation and renewal"),
        "appointment": Text(zh="指定代行机构", en="appointing who stands in"),
        "canvass": Text(zh="上门征集", en="canvassing for a ballot"),
        "news": Text(zh="传达消息", en="carrying news"),
        "joint_meeting": Text(zh="联席会议", en="joint meeting"),
        "follow_up": Text(zh="跟进承诺", en="following up commitments"),
        "backing": Text(zh="支持业主组织", en="backing of owners' bodies"),
        "pressing": Text(zh="督促落实", en="pressing for what was promised"),
        "joint_service": Text(zh="参与服务", en="joint services"),
        "publicity": Text(zh="宣传", en="publicity"),
        "added_supervision": Text(zh="加强监督", en="added supervision"),
        "formation_help": Text(zh="帮助组建业委会", en="help to form a committee"),
        "stand_in": Text(zh="代行业委会职责", en="standing in for owners' committees"),
        "leading": Text(zh="牵头引领", en="leading"),
        "mediation": Text(zh="调解纠纷", en="mediation of cases"),
        "supervision": Text(zh="监督物业服务", en="supervision of the provider"),
    }
)
PRIORITY = {activity: rank for rank, activity in enumerate(ACTIVITIES)}


@dataclass
class HoursLedger:
    """One week's hours by body: what each has, what was asked of it, what it gave.

    Hours provided and asked for are summed when they are allotted: exactly, rounded once, so that no order of estates can
    matter.  A backlog is asked for once, when it arrives: `asked` holds what is given, or the work that arrived this week
    where that is more.
    """

    capacity: dict[str, float] = field(default_factory=dict)
    asked: dict[tuple[str, str], float] = field(default_factory=dict)
    given: dict[tuple[str, str], float] = field(default_factory=dict)
    arriving: dict[tuple[str, str], float] = field(default_factory=dict)
    at_most: dict[tuple[str, str], float] = field(default_factory=dict)
    _provided: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _wanted: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    _new: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def provide(self, body: str, hours: float) -> None:
        """Add hours to what a body has this week."""
        self._provided[body].append(hours)

    def ask(self, body: str, activity: str, hours: float, *, arriving: float | None = None, at_most: float = 1.0) -> None:
        """Ask a body for hours; requests for one activity add up.

        arriving: the part of it that is new work this week, where a backlog could use more.  at_most: the
        share of what is left for it that the activity may take.
        """
        key = body, activity
        self._wanted[key].append(hours)
        self._new[key].append(hours if arriving is None else arriving)
        self.at_most[key] = at_most

    def allot(self) -> None:
        """Give each body's hours to its activities in their order of priority, as far as they go."""
        self.capacity = {body: fsum(hours) for body, hours in self._provided.items()}
        self.arriving = {key: fsum(hours) for key, hours in self._new.items()}
        left = dict(self.capacity)
        for key in sorted(self._wanted, key=_turn):
            wanted, here = fsum(self._wanted[key]), left.get(key[0], 0.0)
            self.given[key] = given = min(wanted, self.at_most[key] * here)
            self.asked[key] = max(given, min(wanted, self.arriving[key]))
            left[key[0]] = here - given

    def share(self, body: str, activity: str) -> float:
        """Return the share of the hours asked for that was given, 0-1; 1 where nothing was asked."""
        asked = self.asked.get((body, activity), 0.0)
        return self.given[body, activity] / asked if asked else 1.0

    def hours(self, body: str, activity: str) -> float:
        """Return the hours given."""
        return self.given.get((body, activity), 0.0)

    def load(self, body: str) -> float:
        """Return the work that arrives against the hours there are; 0 for a body without hours."""
        capacity = self.capacity.get(body, 0.0)
        arriving = sum(hours for (whose, _), hours in self.arriving.items() if whose == body)
        return arriving / capacity if capacity else 0.0


@cache
def _turn(key: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    """Return when a body's activity has its turn: by priority, then by name."""
    return PRIORITY.get(key[1], len(PRIORITY)), key
