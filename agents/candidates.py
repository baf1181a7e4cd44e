"""Who stands for the owners' committee of one estate (L36, L113): nominated, vetted, and put on one paper."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.arithmetic import logistic_of
from sim.households import COMMITTEE, OWNERS, PARTY
from sim.mechanisms.candidate_choice import Slate
from sim.moments import Candidate, Election
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from agents.owners_committee import OwnersCommittee

BODY = "owners_committee"
TRUSTED = {"party_organization": PARTY, "residents_committee": COMMITTEE}


@dataclass(frozen=True)
class CandidateNumbers:
    """How many owners stand, who nominates them, and whom vetting turns away."""

    further_candidates: int = number(
        2,
        low=0,
        high=20,
        unit="people",
        zh="差额人数",
        en="candidates beyond the seats",
        source=Text(
            zh="假定：略有竞争的选举；每多一人，都分散每席所需的同意票（L111）",
            en="assumed: a mildly contested election; each one more divides the assent that every seat needs (L111)",
        ),
    )
    stands_again: float = number(
        0.5,
        low=0.0,
        high=1.0,
        explore=(0.2, 0.8),
        unit="share",
        zh="成员连选参选的比例",
        en="sitting members who stand again",
        source=Text(
            zh="假定：无报酬的差事，愿意再干的约一半（L34）",
            en="assumed: unpaid work, which about half are ready to go on with (L34)",
        ),
    )
    support_spread: float = number(
        0.8,
        low=0.0,
        high=3.0,
        explore=(0.4, 1.2),
        unit="logits",
        zh="候选人得票差异（标准差）",
        en="spread of support between candidates (standard deviation)",
        source=Text(
            zh="假定：候选人知名度有别，遥遥领先的很少",
            en="assumed: known and unknown candidates differ, few run away with it",
        ),
    )
    nominated_by_committee: float = number(
        0.2,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.5),
        unit="share",
        zh="居委会推荐的候选人比例",
        en="candidates whom the residents' committee nominates",
        source=Text(
            zh="假定：多数自荐或由筹备发起人推荐（L36）",
            en="assumed: most stand by themselves or with the initiative group (L36)",
        ),
    )
    nominated_by_party: float = number(
        0.1,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.4),
        unit="share",
        zh="党组织推荐的候选人比例",
        en="candidates whom the Party organization nominates",
        source=Text(zh="假定：少于居委会推荐的（L36）", en="assumed: fewer than the residents' committee nominates (L36)"),
    )
    initiators: int = number(
        3,
        low=0,
        high=20,
        unit="people",
        zh="发起人中参选的人数",
        en="members of the initiative group who stand",
        source=Text(zh="假定：筹备组的骨干（L27）", en="assumed: the core of the preparatory group (L27)"),
    )
    vetting_bar: float = number(
        0.4,
        low=0.0,
        high=1.0,
        explore=(0.3, 0.5),
        unit="0-1",
        zh="审核居中的标准",
        en="what vetting takes for the bar",
        source=Text(zh="假定：略低于参选者的平均", en="assumed: a little below the mean of those who stand"),
    )
    vetting_sharpness: float = number(
        10.0,
        low=0.0,
        high=50.0,
        explore=(5.0, 20.0),
        unit="logits",
        zh="审核的分辨力",
        en="how sharply vetting tells candidates apart",
        source=Text(
            zh="假定：低于标准 20 分者八次中七次被拒",
            en="assumed: who lies 20 points below the bar is turned away seven times of eight",
        ),
    )
    vetting_favour: float = number(
        0.15,
        low=0.0,
        high=1.0,
        explore=(0.0, 0.3),
        unit="0-1",
        zh="被推荐者在审核中的优势",
        en="advantage in vetting of who was nominated by a body",
        source=Text(
            zh="假定：熟人更受信任；取零则只看能力",
            en="assumed: the known are trusted more; zero where ability alone counts",
        ),
    )


class Candidates:
    """The candidates of one estate's coming election: by its ordinal, the same people in whatever week it is held."""

    def __init__(self, committee: "OwnersCommittee") -> None:
        """Begin with nobody standing."""
        self.committee, self.about = committee, committee.about
        self.model, self.estate = committee.model, committee.estate

    def standing(self, ordinal: int, seats: int, sitting: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Return who stands in an election for so many seats: of the owners who sit those who go on, and new ones."""
        again = tuple(member for member in sitting if self._stands_again(member, ordinal))
        return again + self.owners(ordinal, seats)[len(again) :]

    def owners(self, ordinal: int, seats: int) -> tuple[Candidate, ...]:
        """Return the owners who stand for the first time in an election for so many seats, by its ordinal."""
        people = self.model.mechanisms["competence"]
        drawn = [
            self.model.chance.normal("competence of owners", self.estate.place, ordinal, index)
            for index in range(seats + self.about.further_candidates)
        ]
        return tuple(
            Candidate(f"owner-{ordinal}-{index + 1}", BODY, people.of(one), self._nominator(ordinal, index))
            for index, one in enumerate(drawn)
        )

    def vetted(self, election: Election, ordinal: int, cause: int) -> tuple[Candidate, ...]:
        """Return who may stand after vetting; whom it turns away is told."""
        staying = []
        for candidate in election.standing:
            if self._is_turned_away(candidate, election.strictness, ordinal):
                by = election.vetted_by
                self.model.log.add(
                    self.model.week, BODY, "candidate_turned_away", cause=cause, object=self.estate.name,
                    detail=candidate.nominator, clause=by.clause, measure=by.measure,
                )  # fmt: skip
            else:
                staying.append(candidate)
        return tuple(staying)

    def slate(self, standing: tuple[Candidate, ...], most: int, ordinal: int) -> Slate:
        """Return the paper of those who stand, of whom so many may be marked: each one's own support, and nominator."""
        support = [self._support(candidate, ordinal) for candidate in standing]
        nominator = [TRUSTED.get(one.nominator, TRUSTED.get(one.body, OWNERS)) for one in standing]
        return Slate(np.array(support, np.float32), np.array(nominator, np.int64), most)

    def _stands_again(self, member: Candidate, ordinal: int) -> bool:
        drawn: float = self.model.chance.uniform(f"{member.name} stands again", self.estate.place, ordinal)
        return bool(drawn < self.about.stands_again)

    def _support(self, candidate: Candidate, ordinal: int) -> float:
        drawn: float = self.model.chance.normal(f"support for {candidate.name}", self.estate.place, ordinal)
        return drawn * float(self.about.support_spread)

    def _nominator(self, ordinal: int, index: int) -> str:
        if index < self.about.initiators:
            return "initiators"
        drawn = self.model.chance.uniform("nominator", self.estate.place, ordinal, index)
        if drawn < self.about.nominated_by_committee:
            return "residents_committee"
        return "party_organization" if drawn > 1 - self.about.nominated_by_party else "self"

    def _is_turned_away(self, candidate: Candidate, strictness: float, ordinal: int) -> bool:
        about = self.about
        seen = candidate.competence + about.vetting_favour * (candidate.nominator in TRUSTED or candidate.body != BODY)
        chance = strictness * logistic_of(about.vetting_sharpness * (about.vetting_bar - seen))
        return self.model.chance.uniform(f"vetting of {candidate.name}", self.estate.place, ordinal) < chance
