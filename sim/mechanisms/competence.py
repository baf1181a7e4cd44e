"""Competence: how able the people are who sit on a committee, by where they come from."""

from dataclasses import dataclass

from sim.parts import number, part
from sim.texts import Text


@part("mechanism")
@dataclass(frozen=True)
class Competence:
    """Each person's competence is drawn on the logit scale; where the person comes from shifts it by nothing by default.

    Whether members of the residents' committee know procedure better than owners is not established; the shift is an
    uncertain number to be swept, equal for all unless set.
    """

    label = Text(zh="成员能力", en="competence of members")

    mean: float = number(
        0.43,
        low=0.02,
        high=0.98,
        explore=(0.3, 0.55),
        unit="0-1",
        zh="成员能力（均值）",
        en="competence of members (mean)",
        source=Text(
            zh="假定：使无人帮助的业委会约四个中一个运转（P12、V02）",
            en="assumed: set so that about one unaided committee in four works (P12, V02)",
        ),
    )
    spread: float = number(
        0.75,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.1),
        unit="logits",
        zh="成员能力差异（标准差）",
        en="spread of competence (standard deviation)",
        source=Text(zh="假定：人各不同", en="assumed: people differ"),
    )
    committee_shift: float = number(
        0.0,
        low=-3.0,
        high=3.0,
        explore=(-0.8, 0.8),
        unit="logits",
        zh="居委会和党组织成员的能力差",
        en="shift for members of residents' committee and Party organization",
        source=Text(zh="假定：相等；没有证据能定方向（G02）", en="assumed: equal; no evidence fixes the sign (G02)"),
    )

    def mean_of_committee(self) -> float:
        """Return the mean competence of members of the residents' committee and the Party organization, 0-1."""
        return self.of(0.0, self.committee_shift)

    def of(self, drawn: float, shift: float = 0.0) -> float:
        """Return the competence, 0-1, that belongs to a standard normal number."""
        from scipy.special import expit, logit  # late: SciPy is slow to load and `cogov list` reads this file

        return float(expit(logit(self.mean) + shift + self.spread * drawn))
