"""Taking part: who ever spoke up or voted."""

from typing import TYPE_CHECKING

import numpy as np

from sim.outcome import PER_CENT, Outcome
from sim.residents import SPOKE_UP, VOTED
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community


def ever_voted(community: "Community") -> float:
    """Return the share of owners who ever took part in a ballot [%]."""
    return float(PER_CENT * np.count_nonzero(community.took_part[VOTED]) / sum(estate.heads for estate in community.estates))


def ever_spoke_up(community: "Community") -> float:
    """Return the share of dwellings from which a problem was ever voiced [%]."""
    spoke = community.took_part[SPOKE_UP]
    return float(PER_CENT * (np.count_nonzero(spoke) / len(spoke)))


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
)
