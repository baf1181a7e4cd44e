"""The housing authority 住房行政主管部门: acts on reports of violations, late and not always."""

from dataclasses import dataclass

from sim.estate_board import EstateBoard
from sim.events import EventKind
from sim.households import PROVIDER
from sim.institution import Institution
from sim.mechanisms.violations import Violation
from sim.parts import number, part
from sim.texts import Text

BODY = "housing_authority"
FEN = 100


@dataclass(frozen=True)
class HousingAuthorityNumbers:
    """How many reports it can deal with (M14)."""

    reports_a_month: float = number(
        4.0,
        low=0.0,
        high=200.0,
        explore=(1.0, 10.0),
        unit=Text(zh="件/月", en="reports a month"),
        zh="每月可处理的举报",
        en="reports it can deal with in a month",
        source=Text(zh="假定：一个社区在全区力量中的份额", en="assumed: one community's part of a district's capacity"),
    )


@dataclass(frozen=True)
class Report:
    """A violation reported: where, what, at which size of penalty, due in a week, by which event, on whose asking."""

    estate: EstateBoard
    violation: Violation
    penalty: float
    due: int
    event: int
    measure: str
    clause: str


@part("agent")
class HousingAuthority(Institution):
    """It keeps a queue of reports and acts on those that are due, as many as it can, each with a chance.

    Action ends the violation, is heard of in the estate, and costs the firm a fine.
    """

    label = Text(zh="住房行政主管部门", en="housing authority")
    seat = "community"
    numbers = HousingAuthorityNumbers
    events = {
        "authority_acts": EventKind(
            Text(zh="{object}：主管部门查处{detail}", en="{object}: the authority acts on {detail}")
        ),
        "fine_imposed": EventKind(Text(zh="{object}：罚款 {detail} 元", en="{object}: a fine of {detail} yuan")),
        "authority_lets_it_be": EventKind(
            Text(zh="{object}：举报{detail}未被查处", en="{object}: the report on {detail} leads to nothing")
        ),
    }
    tracked = ("acted",)

    def begin(self) -> None:
        """Open an empty queue."""
        self.queue: list[Report] = []
        self.acted = 0

    def take(self, report: Report) -> None:
        """Take a report into the queue."""
        self.queue.append(report)

    def decide(self) -> None:
        """Act on reports that are due, in the order of their dates, as many as a month allows."""
        due = [report for report in self.queue if report.due <= self.model.week]
        due.sort(key=lambda report: (report.due, int(report.estate.place), report.violation.kind))
        for report in due[: int(self.about.reports_a_month)]:
            self.queue.remove(report)
            if report.violation in report.estate.violations:
                self._act(report)

    def _act(self, report: Report) -> None:
        estate, kind = report.estate, report.violation.kind
        drawn = self.model.chance.uniform(f"authority: {kind}", estate.place, report.due)
        acts = drawn < self.model.mechanisms["violations"].acted_on
        event = self._tell("authority_acts" if acts else "authority_lets_it_be", report, report.event, kind)
        if acts:
            self.acted += 1
            estate.violations.remove(report.violation)
            self.model.announce(estate, PROVIDER, good=False)
            self._fine(report, event)

    def _fine(self, report: Report, cause: int) -> None:
        yuan = round(self.model.mechanisms["violations"].fine * report.penalty)
        if yuan:
            self._tell("fine_imposed", report, cause, str(yuan))
            self.model.in_estate("property_service_company", report.estate).fines.impose(yuan * FEN)

    def _tell(self, action: str, report: Report, cause: int, detail: str) -> int:
        return self.model.log.add(
            self.model.week, BODY, action, cause=cause, object=report.estate.name, detail=detail, clause=report.clause,
            measure=report.measure,
        )  # fmt: skip
