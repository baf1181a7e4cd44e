"""Decisions of the assembly that stand open to annulment: procedural faults, what the authority orders, who sues (L100)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.calendar import WEEKS_A_YEAR
from sim.moments import Notice
from sim.parts import number
from sim.standing import FAULTS
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_assembly import Ballot, OwnersAssembly

SERIOUS = tuple(key for key, fault in FAULTS.items() if not fault.weak)


@dataclass(frozen=True)
class AnnulmentNumbers:
    """How often a ballot has a procedural fault, and what comes of it."""

    short_notice: float = number(
        0.06,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.15),
        unit="share",
        zh="公告时间不足的表决",
        en="ballots with too short a notice",
        source=Text(
            zh="假定：很少，公告贴在人人经过的地方（L21）",
            en="assumed: seldom, for notice is posted where everybody passes (L21)",
        ),
    )
    off_agenda: float = number(
        0.04,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.1),
        unit="share",
        zh="有事项未公告的表决",
        en="ballots on a matter that was not posted",
        source=Text(zh="假定：更少见", en="assumed: more seldom still"),
    )
    committee_not_told: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.6),
        unit="share",
        zh="没有告知居委会的表决",
        en="ballots of which the residents' committee is not told",
        source=Text(
            zh="假定：该义务没有罚则（L101），业主也常不听劝告召集大会",
            en="assumed: the duty has no sanction (L101), and owners often call an assembly against its advice",
        ),
    )
    ordered: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="share",
        zh="有严重瑕疵的决定被主管部门责令改正或撤销",
        en="decisions with a serious fault that the authority cancels",
        source=Text(
            zh="假定：可以责令改正或撤销（L100），多数不管",
            en="assumed: it may order correction or cancel (L100), and mostly lets things be",
        ),
    )
    sued: float = number(
        0.03,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.1),
        unit="share",
        zh="有瑕疵的决定被起诉撤销",
        en="decisions with a fault against which somebody sues within the year",
        source=Text(zh="L100：诉讼很少", en="L100: suits are rare"),
        certainty="seen",
    )
    won: float = number(
        0.4,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.7),
        unit="share",
        zh="因严重瑕疵起诉的胜诉率",
        en="suits won where the fault is serious",
        source=Text(
            zh="假定：业主很少胜诉；十五日通知只给两日的曾被撤销（L100）",
            en="assumed: owners seldom win; two days' notice for fifteen was annulled (L100)",
        ),
        certainty="seen",
    )
    won_weak: float = number(
        0.05,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.2),
        unit="share",
        zh="因未告知居委会起诉的胜诉率",
        en="suits won where the residents' committee was not told",
        source=Text(
            zh="假定：属于较弱的理由，没有条文规定因此无效（L101）",
            en="assumed: a weak ground among others, to which no article attaches nullity (L101)",
        ),
    )
    suit_weeks: int = number(
        26,
        low=4,
        high=104,
        unit="weeks",
        zh="撤销诉讼时间",
        en="weeks that a suit for annulment takes",
        source=Text(zh="L83：普通程序六个月", en="L83: ordinary procedure, six months"),
        certainty="law",
    )


@dataclass
class Challenge:
    """A suit that will be filed: against which decision, when, when it ends, and whether it is won."""

    ballot: "Ballot"
    event: int
    filed: int
    ends: int
    won: bool


class Annulment:
    """The decisions of one estate's assembly that have a fault: each binds until a court or the authority says otherwise."""

    def __init__(self, assembly: "OwnersAssembly") -> None:
        """Begin with nothing open."""
        self.assembly, self.about = assembly, assembly.about
        self.model, self.place = assembly.model, assembly.estate.place
        self.challenges: list[Challenge] = []
        self.annulled = 0

    def fault(self, ballot: int, notice: Notice, asked: int) -> str:
        """Return the gravest fault of a ballot, drawn by its ordinal, or nothing; asked: weeks of notice that the law wants.

        Where a measure has the residents' committee told, it is; where it has longer notice given than the law asks for,
        that is not too short.
        """
        about = self.about
        chances = {
            "short_notice": about.short_notice if notice.weeks <= asked else 0.0,
            "off_agenda": about.off_agenda,
            "committee_not_told": 0.0 if notice.weeks else about.committee_not_told,
        }
        faults = (name for name, chance in chances.items() if self._drawn(f"fault {name}", ballot) < chance)
        return next(faults, "")

    def is_cancelled(self, ballot: "Ballot", ordinal: int) -> bool:
        """Tell whether the authority cancels a decision upon objections, before it takes effect."""
        return ballot.fault in SERIOUS and self._drawn("authority cancels", ordinal) < self.about.ordered

    def open(self, ballot: "Ballot", ordinal: int, event: int) -> None:
        """Let a decision with a fault take effect and stand open to annulment for a year."""
        opened = self.assembly.tell("decision_open_to_annulment", ballot.fault, event)
        if self._drawn("annulment sued", ordinal) >= self.about.sued:
            return
        filed = self.model.week + 1 + int(self._drawn("week of suit", ordinal) * (WEEKS_A_YEAR - 1))
        chance = self.about.won if ballot.fault in SERIOUS else self.about.won_weak
        won = self._drawn("annulment won", ordinal) < chance
        self.challenges.append(Challenge(ballot, opened, filed, filed + self.about.suit_weeks, won))

    def move_on(self) -> None:
        """File the suits that are due, and end those that are over."""
        for suit in self.challenges:
            if suit.filed == self.model.week:
                suit.event = self.assembly.tell("annulment_sued", suit.ballot.fault, suit.event)
        for suit in [suit for suit in self.challenges if suit.ends <= self.model.week]:
            self.challenges.remove(suit)
            action = "decision_annulled" if suit.won else "annulment_refused"
            event = self.assembly.tell(action, suit.ballot.fault, suit.event)
            if suit.won:
                self.annulled += 1
                suit.ballot.call.undo(event)

    def _drawn(self, purpose: str, ordinal: int) -> float:
        return self.model.chance.uniform(purpose, self.place, ordinal)
