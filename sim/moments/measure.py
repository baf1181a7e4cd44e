"""What every governance measure promises."""

from typing import TYPE_CHECKING, ClassVar

from sim.texts import Text

if TYPE_CHECKING:
    from sim.moments.campaign import Campaign
    from sim.moments.election import Election
    from sim.moments.formation import Formation
    from sim.moments.meeting_call import MeetingCall
    from sim.moments.notice import Notice
    from sim.moments.oversight import Oversight
    from sim.moments.plan import Plan
    from sim.moments.stand_in import StandIn


class Measure:
    """What every governance measure promises: who asks for it, how it should help, how it may hurt, when it speaks.

    A measure overrides the moments at which it has something to ask for; at all others it says nothing.  `channels` are
    numbers of mechanisms and agents through which it works or hurts, each of which zero takes away: an ablation asks
    which of them carries an effect.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    clauses: ClassVar[tuple[str, ...]]
    helps: ClassVar[Text]
    hurts: ClassVar[Text]
    channels: ClassVar[tuple[str, ...]] = ()

    def problem(self) -> Text | None:
        """Say what is wrong where levers, each within its bounds, do not go together; None where all is well."""
        return None

    def nominate(self, election: "Election") -> None:
        """Ask for candidacies in an election of an owners' committee."""

    def call_meeting(self, call: "MeetingCall") -> None:
        """Ask for regular joint meetings that take up the matters of an estate."""

    def plan(self, plan: "Plan") -> None:
        """Ask for hours of a body, backing for owners or support of the provider in an estate, week by week."""

    def oversee(self, oversight: "Oversight") -> None:
        """Ask for more dissuasion, reports, penalties or speed against violations in an estate."""

    def give_notice(self, notice: "Notice") -> None:
        """Ask for weeks of prior notice to the residents' committee before an assembly."""

    def help_form(self, formation: "Formation") -> None:
        """Ask for help to owners who form a committee."""

    def stand_in(self, stand_in: "StandIn") -> None:
        """Ask that the residents' committee stand in for a missing or weak owners' committee."""

    def campaign(self, campaign: "Campaign") -> None:
        """Ask for publicity campaigns in an estate."""
