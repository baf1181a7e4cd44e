"""Joint meeting 联席会议."""

from dataclasses import dataclass

from sim.moments import Measure, MeetingCall
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class JointMeeting(Measure):
    """The Party organization regularly convenes the bodies; they take up public matters and agree on commitments.

    What a meeting yields depends on its minutes, on friction between the bodies and on the pressure on the firm; what is
    agreed is paid from the firm's own budget and followed up by the residents' committee's hours.
    """

    label = Text(zh="联席会议", en="joint meeting")
    clauses = ("3.2a",)
    helps = Text(
        zh="把缺口最大的事项摆上桌面，企业作出有期限的承诺",
        en="the matters that fall shortest reach the table, and the firm commits to dates",
    )
    hurts = Text(
        zh="开会和跟进占用工时；承诺由企业自己的预算支付，可能挤占别的事项；议而不决",
        en="meetings and follow-up take hours; promises are paid from the firm's one budget and may starve other matters",
    )

    channels = (
        "property_service_company.boost",
        "party_organization.case_share",
        "party_organization.residents_committee_hours",
        "party_organization.follow_up_hours",
        "pressure.promise",
    )

    interval_weeks: int | None = lever(
        None,
        suggested=8,
        low=1,
        high=52,
        explore=(2, 26),
        unit="weeks",
        zh="开会间隔",
        en="weeks between meetings",
        source=Text(
            zh="假定：指导意见只说“定期”，未定数值（D06）",
            en="assumed: the opinion says 'regularly' and gives no number (D06)",
        ),
    )

    agenda: str = lever(
        "shortfall",
        suggested="shortfall",
        choices=("shortfall", "voiced", "severity", "random"),
        unit=Text(zh="规则", en="rule"),
        zh="议题规则",
        en="how the agenda is set",
        source=Text(
            zh="假定：按质量缺口、反映件数、反映严重程度或抽签",
            en="assumed: by shortfall of quality, counts of voice, severity of voice, or by lot",
        ),
    )

    def call_meeting(self, call: MeetingCall) -> None:
        """Ask for a meeting every so many weeks."""
        call.every(self.interval_weeks, agenda=self.agenda, clause="3.2a")
