"""Taking part: households that ever spoke up or voted, and what share of problems is voiced at all."""

from typing import TYPE_CHECKING

from sim.outcome import PER_CENT, Outcome, Ratio
from sim.record import Record
from sim.residents import SPOKE_UP, VOTED
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community


def ever_voted(community: "Community") -> float:
    """Return the share of owners who ever took part in a ballot [%]."""
    return float(
        PER_CENT * community.took_part[VOTED].sum() / sum(estate.heads for estate in community.estates)
    )


def ever_spoke_up(community: "Community") -> float:
    """Return the share of dwellings from which a problem was ever voiced [%]."""
    return float(PER_CENT * community.took_part[SPOKE_UP].mean())


def voiced(record: Record) -> Ratio:
    """Return problems voiced over problems that arose so far, by week."""
    issues = record.issues.cumsum(axis=0)
    return Ratio(issues[:, 0], issues.sum(axis=1))


OUTCOMES = (
    Outcome(
        "taking_part_voted",
        label=Text(zh="投过票的业主", en="owners who ever voted"),
        unit=Text(zh="% 业主", en="% of owners"),
        definition=Text(
            zh="开始模拟以来至少参与过一次业主表决的业主比例",
            en="share of owners who took part in a ballot of the owners' assembly since the run began",
        ),
        observe=ever_voted,
        better="more",
        summary="last",
    ),
    Outcome(
        "taking_part_spoke_up",
        label=Text(zh="反映过问题的住户", en="households that ever spoke up"),
        unit=Text(zh="% 户", en="% of dwellings"),
        definition=Text(
            zh="开始模拟以来至少向物业前台反映过一次问题的住户比例",
            en="share of dwellings from which a problem was put to the provider's desk since the run began",
        ),
        observe=ever_spoke_up,
        summary="last",
    ),
    Outcome(
        "taking_part_voiced",
        label=Text(zh="问题中说出来的比例", en="problems that are voiced"),
        unit=Text(zh="% 问题", en="% of problems"),
        definition=Text(
            zh="全程出现的问题中，住户说出来（而不是拒缴或沉默）的比例",
            en="of all problems over the run, those that households voice instead of withholding the fee or keeping silent",
        ),
        ratio=voiced,
        better="more",
        summary="last",
        scale=PER_CENT,
    ),
)
