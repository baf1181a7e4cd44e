"""Vetting of candidates 候选人审核."""

from dataclasses import dataclass

from sim.moments import Election, Measure
from sim.parts import lever, part
from sim.texts import Text


@part("measure")
@dataclass(frozen=True)
class Vetting(Measure):
    """Candidates for the owners' committee are vetted: the unable are turned away, and some of the able who are not known.

    Who vets sees ability through a glass: it goes by competence and by who put the candidate forward.
    """

    label = Text(zh="候选人审核", en="vetting of candidates")
    clauses = ("3.4a-1",)
    helps = Text(zh="不合适的人少当选", en="fewer unfit people are elected")
    hurts = Text(zh="候选人变少；被推荐的人比能干的人占便宜", en="a narrower field; the recommended do better than the able")

    strictness: float = lever(
        0.0,
        suggested=0.5,
        low=0.0,
        high=1.0,
        explore=(0.0, 1.0),
        unit="0-1",
        zh="审核严格程度",
        en="strictness of vetting",
        source=Text(
            zh="假定：政策手段；指导意见未定数值（D16）；由街道审核（L113）",
            en="assumed: a lever of policy; the opinion gives no number (D16); the subdistrict vets (L113)",
        ),
    )

    def nominate(self, election: Election) -> None:
        """Ask that candidates be vetted."""
        election.vet(self.strictness, clause="3.4a-1")
