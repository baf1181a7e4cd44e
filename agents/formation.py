"""How the owners of one estate come to a ballot on their committee: they try, and some of their attempts fade."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.calendar import MONTHS_A_YEAR
from sim.households import OWNERS
from sim.moments import Formation
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

BODY = "owners_committee"


@dataclass(frozen=True)
class FormationNumbers:
    """How often owners try, how often an attempt fades, and what help and renewal bring (M11)."""

    formation_attempts: float = number(
        0.7,
        low=0.0,
        high=10.0,
        explore=(0.3, 1.4),
        unit=Text(zh="次/年", en="attempts a year"),
        zh="每年组建尝试",
        en="attempts to form a committee in an ordinary estate",
        source=Text(
            zh="使每百个小区一年组建 1 至 2 个（V01）", en="set so that 1 to 2 estates of 100 form one in a year (V01)"
        ),
    )
    crowding_out: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="share",
        zh="党组织牵头对业主自发的挤出",
        en="owners' attempts that leading crowds out, hours doubled",
        source=Text(zh="假定：上面带头的事，下面就少发起", en="assumed: what is led from above is begun less from below"),
    )
    usual_core: float = number(
        0.25,
        low=0.01,
        high=1.0,
        explore=(0.15, 0.35),
        unit="share",
        zh="通常的积极业主比例",
        en="active core of an ordinary estate",
        source=Text(
            zh="假定：相信参与有用又不满意的业主", en="assumed: owners who believe in taking part and are not content"
        ),
    )
    application_fades: float = number(
        0.45,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.6),
        unit="0-1",
        zh="申请阶段中止的机会",
        en="chance that an application fades",
        source=Text(zh="V01、S20：多数筹备半途而废", en="V01, S20: most attempts fail"),
    )
    application_closeness: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="0-1",
        zh="居委会与企业亲近对申请的阻碍",
        en="what closeness of the residents' committee to the firm adds to it",
        source=Text(zh="S95：人选把关确实存在", en="S95: screening happens"),
    )
    preparation_fades: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.15, 0.45),
        unit="0-1",
        zh="筹备阶段中止的机会",
        en="chance that a preparation fades",
        source=Text(
            zh="假定：少于申请阶段，走到这一步的都是认真的",
            en="assumed: fewer than at the application, for those who got so far mean it",
        ),
    )
    helped: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.8),
        unit="factor",
        zh="有帮助时中止机会的折扣",
        en="what full help leaves of these chances",
        source=Text(
            zh="假定：本会半途而废的筹备，帮助能保住一半",
            en="assumed: help keeps half of those attempts alive that would fade",
        ),
    )
    full_help_hours: float = number(
        6.0,
        low=0.5,
        high=40.0,
        explore=(3.0, 10.0),
        unit="hours a week",
        zh="充分帮助所需工时",
        en="hours that full help takes",
        source=Text(
            zh="假定：每周半天多的指导、文书和跑腿，再多也帮不上",
            en="assumed: more than half a day of guidance, paper and errands; more would not help more",
        ),
    )
    help_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.1, 0.5),
        unit="0-1",
        zh="组建帮助带来的支持",
        en="backing that full help brings to the canvass",
        source=Text(zh="假定：与业主现在没有它时得到的相同", en="assumed: as much as owners get today without it"),
    )
    preparation_weeks: int = number(
        20,
        low=4,
        high=104,
        explore=(16, 26),
        unit="weeks",
        zh="筹备时间",
        en="weeks from application to the ballot",
        source=Text(zh="L25、L26：约 135 至 150 天", en="L25, L26: about 135 to 150 days"),
        certainty="memory",
    )
    renewal_backing: float = number(
        0.3,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.6),
        unit="0-1",
        zh="换届时的组织支持",
        en="backing of the canvass at the end of a term",
        source=Text(
            zh="假定：街道和居委会应督促换届（L30、L31）",
            en="assumed: subdistrict and residents' committee must see to the end-of-term election (L30, L31)",
        ),
    )
    renewal_weeks: int = number(
        26,
        low=4,
        high=60,
        unit="weeks",
        zh="换届提前期",
        en="weeks before the end of a term at which renewal begins",
        source=Text(zh="L31：三至六个月", en="L31: three to six months"),
        certainty="law",
    )
    renewal_rounds: int = number(
        3,
        low=1,
        high=20,
        unit=Text(zh="次", en="times"),
        zh="一届最多换届投票次数",
        en="times that a renewal is brought to the ballot",
        source=Text(
            zh="假定：街道和居委会应督促，届满之后也应督促（L30、L31、L118）",
            en="assumed: subdistrict and residents' committee must see to it, past the term too (L30, L31, L118)",
        ),
    )
    renewal_again_weeks: int = number(
        26,
        low=4,
        high=260,
        unit="weeks",
        zh="换届失败后再次投票的间隔",
        en="weeks until a failed renewal is tried again",
        source=Text(
            zh="假定：半年；有的城市有第二轮（L91）", en="assumed: half a year; a second round is known in one city (L91)"
        ),
    )


@dataclass(frozen=True)
class Attempt:
    """An attempt to form or renew a committee.

    It knows when it comes to the ballot, the help it gets, the event it rests on, the backing of its canvass, and the week
    in which it began.
    """

    ballot_week: int
    help: Formation
    event: int
    backing: float = 0.0
    begun: int = -1


class Attempts:
    """The attempts to form or renew the committee of one estate: one at a time."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin without an attempt."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate
        self.under_way: Attempt | None = None
        self.is_voted_on = False
        self.begun = self.failed = self.renewals = self.last_renewal = 0

    def maybe_begin(self) -> None:
        """Begin an attempt with the chance of this month."""
        about, estate = self.about, self.estate
        core = self.model.core(estate)
        chance = about.formation_attempts / MONTHS_A_YEAR * estate.attempt_factor * core / about.usual_core
        chance *= 1 - about.crowding_out * min(1.0, estate.authority)
        if self.model.chance.uniform("owners try", estate.place, self.model.week) < chance:
            self.begin(self.model.month_began)

    def begin(self, cause: int) -> None:
        """Begin an attempt to form a committee; it may fade on the way to the ballot."""
        self.begun += 1
        event = self.committee.tell("owners_try", "", cause)
        help_given = self._help()
        if help_given.hours:
            event = self.model.log.add(
                self.model.week, BODY, "formation_is_helped", cause=event, object=self.estate.name,
                clause=help_given.by.clause, measure=help_given.by.measure,
            )  # fmt: skip
        if not self._fades(help_given, event):
            week = self.model.week
            self.under_way = Attempt(week + self.about.preparation_weeks, help_given, event, begun=week)

    def maybe_renew(self) -> None:
        """Begin a renewal some weeks before the term ends, and again where it failed, even past the term (L118)."""
        about, week = self.about, self.model.week
        due = self.committee.term_end - about.renewal_weeks
        if week < due or self.under_way or not self.estate.assembly_is_free or self.renewals >= about.renewal_rounds:
            return
        if self.renewals and week - self.last_renewal < about.renewal_again_weeks:
            return
        self.renewals += 1
        self.last_renewal = week
        due_event = self.model.log.root(week, "renewal_is_due", object=self.estate.name)
        self.under_way = Attempt(week, self._help(), due_event, about.renewal_backing, week)

    def maybe_vote(self) -> None:
        """Bring the attempt that is due to the ballot, unless another ballot is under way."""
        attempt = self.under_way
        if attempt is None or self.is_voted_on or self.model.week < attempt.ballot_week or not self.estate.assembly_is_free:
            return
        share = self.model.ledger.share("residents_committee", "formation_help") if attempt.help.hours else 0.0
        self.estate.canvass_help = attempt.backing + self.about.help_backing * self._fullness(attempt.help) * share
        self.is_voted_on = True
        self.committee.call_election(OWNERS, attempt.event, attempt.begun)

    def succeed(self) -> None:
        """Forget failures and renewals: there is a committee."""
        self.failed = self.renewals = 0
        self.under_way, self.is_voted_on = None, False

    def fail(self) -> None:
        """Note a ballot that seated nobody; a renewal may be tried again."""
        self.failed += 1
        self.last_renewal = self.model.week
        if self.is_voted_on:
            self.under_way, self.is_voted_on = None, False

    def _fades(self, help_given: Formation, event: int) -> bool:
        less = 1 - (1 - self.about.helped) * self._fullness(help_given)
        fades = self.about.application_fades + self.about.application_closeness * self.estate.closeness
        fades += (1 - fades) * (1 - self.model.body("subdistrict").answers)
        for stage, chance in (("application", fades), ("preparation", self.about.preparation_fades)):
            if self.model.chance.uniform(f"{stage} fades", self.estate.place, self.begun) < chance * less:
                self.failed += 1
                self.committee.tell("attempt_fades", stage, event)
                return True
        return False

    def _fullness(self, help_given: Formation) -> float:
        return float(min(1.0, help_given.hours / self.about.full_help_hours))

    def _help(self) -> Formation:
        moment = Formation()
        moment.ask(self.estate.measures)
        return moment
