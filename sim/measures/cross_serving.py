"""Cross-serving 交叉任职."""

from dataclasses import dataclass

from sim.moments import Election, Measure
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class CrossServing(Measure):
    """Members of the residents' committee and of the Party organization also sit on the owners' committee.

    Seats are reserved at the next election for those who lawfully may stand: members who own a dwelling in this estate.
    Shared members carry information and backing between the bodies and lower the friction of their meetings.  They owe
    hours to both, and a committee that shares members with a body close to the firm contradicts the firm less.  None of
    this is written here: it follows from who sits where.
    """

    label = Text(zh="交叉任职", en="cross-serving")
    clauses = ("3.1h", "3.3a-2")
    helps = Text(
        zh="两边的情况互通，会上少扯皮，业委会得到居委会支持",
        en="bodies know each other's business, meetings waste less, the owners' committee gains backing",
    )
    hurts = Text(
        zh="兼任占用居委会有限的工时；居委会与物业走得近时，业委会的监督变软；够条件的人往往不够",
        en="each shared seat takes hours from the residents' committee; where it is close to the firm, supervision softens; "
        "few members own a flat there",
    )

    channels = (
        "owners_committee.liaison",
        "owners_committee.shared_backing",
        "owners_committee.hours_per_shared_seat",
        "owners_committee.overload_weight",
        "party_organization.liaison",
        "pressure.capture",
    )

    residents_committee_share: float = lever(
        0.0,
        suggested=0.4,
        low=0.0,
        high=0.6,
        unit="share of seats",
        zh="居委会成员占业委会席位比例",
        en="seats for members of the residents' committee",
        source=Text(
            zh="假定：政策手段；指导意见未定比例（D16）", en="assumed: a lever of policy; the opinion names no share (D16)"
        ),
    )
    party_share: float = lever(
        0.0,
        suggested=0.2,
        low=0.0,
        high=0.4,
        unit="share of seats",
        zh="党组织成员占业委会席位比例",
        en="seats for members of the Party organization",
        source=Text(
            zh="假定：政策手段；指导意见未定比例（D16）", en="assumed: a lever of policy; the opinion names no share (D16)"
        ),
    )

    def problem(self) -> Text | None:
        """Refuse to reserve more seats than there are."""
        shares = self.residents_committee_share, self.party_share
        return TOO_MANY.filled(shares=f"{sum(shares):g}") if sum(shares) > 1 else None

    def nominate(self, election: Election) -> None:
        """Put forward those who may lawfully stand: members who own a dwelling in this estate."""
        for body, share, clause in (
            ("residents_committee", self.residents_committee_share, "3.3a-2"),
            ("party_organization", self.party_share, "3.1h"),
        ):
            election.reserve(election.members_who_own_here(body), body=body, seats=share, clause=clause)


TOO_MANY = Text(
    zh="residents_committee_share 与 party_share 之和是 {shares}，不能超过 1",
    en="residents_committee_share and party_share together are {shares}; they cannot exceed 1",
)
