"""Who takes part in a ballot and how they vote, against closed forms; and what an assembly does with the count."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from scenarios.population import Census, populate
from scenarios.scenario import default_numbers
from scenarios.settle import settle
from sim.arithmetic import logistic_of
from sim.engine import engine
from sim.households import OWNER_OCCUPIED, OWNERS, VACANT, Households
from sim.mechanisms.assembly import Assembly, Electorate, Motion, votes
from sim.parts import parts
from sim.policy import Policy, Setting
from sim.register import Heads, Vote, heads_of
from tests.conftest import Listed, lived, scenario

SILENT = {
    name: 0.0
    for name in (
        "duty_spread",
        "efficacy",
        "trust",
        "stake",
        "shock",
        "visit",
        "far_let",
        "far_vacant",
        "boycott",
    )
}
PLAIN = replace(Assembly(), **SILENT)


@pytest.fixture(scope="module")
def people() -> Households:
    """Return the households of a large estate."""
    estate = replace(parts("archetype")["commodity_old"].estate, households=6_000, developer=0.0, several_dwellings=0.0)
    return populate(Census(estate, default_numbers("mechanism"), engine(), 3))


@pytest.fixture(scope="module")
def heads(people: Households) -> Heads:
    """Return the owners of that estate."""
    return heads_of(people.dwellings, np.arange(people.size))


def motion(category: str = "elect_committee", **changes: object) -> Motion:
    """Return a motion called by the owners' committee, without visits or shock."""
    return Motion(category, 0.5, 0.0, OWNERS, 0.0, 0.3, 0.0, 0, False)._replace(**changes)  # type: ignore[arg-type]


def drawn(number: int, seed: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    """Return a ballot's draws: a standard normal duty and three uniforms."""
    rng = np.random.default_rng(seed)
    return np.stack([rng.standard_normal(number), *rng.random((3, number))]).astype(np.float32)


def cast_by(about: Assembly, people: Households, heads: Heads, one: Motion) -> np.ndarray:  # type: ignore[type-arg]
    """Return what each owner does."""
    return votes(about, Electorate(people, heads, 0.5, drawn(len(heads.row))), one)


def turnout(about: Assembly, people: Households, heads: Heads, one: Motion) -> float:
    """Return the share of owners who take part."""
    return float((cast_by(about, people, heads, one) != Vote.ABSENT).mean())


def test_turnout_is_its_logit_where_nothing_else_counts(people: Households, heads: Heads) -> None:
    """With every weight but the base at zero, owners come like coins of that bias."""
    for base in (-1.0, 0.0, 0.8):
        chance, number = logistic_of(base), len(heads.row)
        share = turnout(replace(PLAIN, base=base), people, heads, motion())
        assert abs(share - chance) < 4 * np.sqrt(chance * (1 - chance) / number)


def test_a_round_of_visits_moves_the_logit_by_its_weight(people: Households, heads: Heads) -> None:
    """Visits count in full with full backing, and less without."""
    about = replace(PLAIN, base=-0.2, visit=0.34, visit_unbacked=0.6, visit_fades=1.0)
    for backing, worth in ((1.0, 1.0), (0.0, 0.6)):
        chance = logistic_of(-0.2 + 3 * 0.34 * worth)
        share = turnout(about, people, heads, motion(visits=3.0, backing=backing))
        assert abs(share - chance) < 4 * np.sqrt(chance * (1 - chance) / len(heads.row))


def test_owners_of_let_and_vacant_dwellings_vote_from_afar(people: Households, heads: Heads) -> None:
    """They come seldom, and those who live there as often as before."""
    about = replace(PLAIN, base=0.0, far_let=2.0, far_vacant=8.0)
    cast = cast_by(about, people, heads, motion())
    tenure = people.dwellings.tenure[heads.row]
    comes = cast != Vote.ABSENT
    assert comes[tenure == OWNER_OCCUPIED].mean() == pytest.approx(0.5, abs=0.04)
    assert comes[tenure == VACANT].mean() < 0.01


def test_who_stays_away_is_an_opponent_and_only_where_a_quorum_can_fail(people: Households, heads: Heads) -> None:
    """A boycott takes votes against, never for; under a law that counts assent alone nobody boycotts (L110)."""
    about = replace(PLAIN, base=20.0, boycott=1.0, supports=0.0, supports_trust=0.0)
    luck = drawn(len(heads.row))
    free = votes(about, Electorate(people, heads, 0.5, luck), motion(quorum=False))
    boycotted = votes(about, Electorate(people, heads, 0.5, luck), motion(quorum=True))
    assert (free == Vote.ABSENT).sum() == 0
    assert (boycotted[free == Vote.YES] == Vote.YES).all()
    assert (boycotted[free == Vote.NO] == Vote.ABSENT).all()


def test_a_grade_nearer_to_what_is_wanted_is_voted_for(people: Households, heads: Heads) -> None:
    """With a steep weight, owners vote yes where the proposal lies nearer to what they want, and no elsewhere."""
    about = replace(PLAIN, base=20.0, supports_grade=1e6, supports_trust=0.0, burden=0.0)
    cast = votes(about, Electorate(people, heads, 0.4, drawn(len(heads.row))), motion("grade_and_fee", grade=0.6))
    wanted = people.opinion.preferred_grade[heads.row]
    sure = np.abs(wanted - 0.5) > 1e-3
    assert ((cast == Vote.YES) == (wanted > 0.5))[sure].all()


def test_the_content_keep_their_firm(people: Households, heads: Heads) -> None:
    """A motion to replace the firm finds fewer supporters among the content."""
    cast = cast_by(replace(PLAIN, base=20.0), people, heads, motion("replace_provider"))
    content = people.experience.satisfaction[heads.row]
    yes = cast == Vote.YES
    assert yes[content > 0.75].mean() < 0.3 < yes[content < 0.4].mean()


@pytest.mark.parametrize(("weight", "keeps"), [("supports_content", "content"), ("supports_trust", "trusting")])
def test_the_content_and_the_trusting_keep_their_committee(
    weight: str, keeps: str, people: Households, heads: Heads
) -> None:
    """With one steep weight alone, a recall is voted for by those below the middle of that matter, and by nobody above."""
    about = replace(PLAIN, base=20.0, **{"supports_content": 0.0, "supports_trust": 0.0, weight: 1e6})
    content, trust = people.experience.satisfaction[heads.row], people.attitudes.held[OWNERS, heads.row]
    above = content - 0.55 if keeps == "content" else trust - 0.5
    sure = np.abs(above) > 1e-3
    cast = cast_by(about, people, heads, motion("recall_committee"))
    assert ((cast == Vote.YES) == (above < 0))[sure].all() and 0 < (above[sure] < 0).mean() < 1


def test_the_law_of_the_day_of_the_count_decides() -> None:
    """Ballots counted before 2021 need assent of all, later ones a quorum: the same estates fail for other reasons."""
    estates = tuple(replace(estate, committee=0.0) for estate in Listed.listed)
    busy = {"owners_committee": {"formation_attempts": 8.0, "application_fades": 0.0, "preparation_fades": 0.0}}
    early = lived(scenario(estates, agents=busy, weeks=120))
    late = lived(scenario(estates, agents=busy, weeks=120, start=date(2021, 1, 4)))
    held = early.record.tracked["owners_assembly", "held"][-1].sum()
    assert held > 0
    assert late.record.tracked["owners_assembly", "held"][-1].sum() > 0
    assert early.record.tracked["owners_assembly", "rejected"][-1].sum() > 0, "more than half of all did not assent"


def test_an_acting_body_stands_in_only_where_no_committee_may_act_and_ends_at_its_sunset() -> None:
    """Estates with a committee see none; elsewhere it begins after the waiting time and ends on its date."""
    estates = tuple(replace(estate, committee=float(index % 2)) for index, estate in enumerate(Listed.listed))
    since = date(2018, 1, 1)
    levers = {"mode": ((since, "acting"),), "sunset_weeks": ((since, 20),), "afterwards": ((since, "none"),)}
    policy = Policy((Setting("substitution", since=since, levers=levers),))
    quiet = {
        "owners_committee": {"formation_attempts": 0.0, "term_weeks": 261},
        "acting_body": {"waits_weeks": 8},
    }
    community = lived(scenario(estates, policy=policy, agents=quiet, weeks=60))
    acting = community.record.tracked["acting_body", "is_acting"]
    registered = community.record.tracked["owners_committee", "registered"]
    may_act = community.record.tracked["owners_committee", "may_act"]
    assert not (acting.astype(bool) & may_act.astype(bool)).any()
    assert acting[:, registered[0] == 0].any(axis=0).all()
    for column in acting[:, registered[0] == 0].T:
        begins = int(np.flatnonzero(column)[0])
        ends = begins + int(np.argmin(column[begins:]))
        assert 20 <= ends - begins <= 26, "the sunset is looked at once a month"


def test_a_committee_whose_term_ends_without_election_stays_on_the_register_and_may_not_act() -> None:
    """Expired committees do not press the provider (L118)."""
    nobody = {"assembly": {"base": -4.0, "visits_most": 0}}
    short = {"owners_committee": {"term_weeks": 52, "formation_attempts": 0.0}}
    community = lived(scenario(mechanisms=nobody, agents=short, weeks=70))
    assert community.record.tracked["owners_committee", "registered"][-1].all()
    assert not community.record.tracked["owners_committee", "is_working"][-1].any()
    assert all("owners_committee" not in estate.sources for estate in community.estates)


@pytest.mark.parametrize(("told", "heard", "backing"), [(0.0, True, 0.0), (0.5, False, 0.0), (0.5, True, 0.5)])
def test_telling_the_committee_lends_building_heads_and_moves_turnout_and_boycott_by_closed_form(
    told: float, heard: bool, backing: float
) -> None:
    """Nobody wants what is voted on, so that all but `logistic(-4)` are opponents; the quorum is two thirds (3.1f, L110).

    All heads canvass for the share of their hours that telling brings, nobody else does; a round of visits adds 0.34 x
    (0.6 + 0.4 x backing) logits.  Of those who would come, opponents stay away with 0.3 x closeness: of the quorum to 0.6
    at first, to the last turnout then.
    """
    households, collecting, hours = 2_000, 4, 1.5
    entrances = -(-households // Listed.listed[1].entrance_size)
    visits = entrances * hours * backing * collecting / (0.05 * households * 0.65)
    comes, wants = logistic_of(0.5 + 0.34 * visits * (0.6 + 0.4 * backing)), logistic_of(-4.0)
    seen, turnouts = _ballots(told, heard, households, collecting)
    expected = 0.6
    for motion_seen, turned_out in zip(seen, turnouts, strict=True):
        close = max(0.0, 1 - abs(expected - 2 / 3) / 0.2)
        chance = comes * (wants + (1 - wants) * (1 - 0.3 * close))
        assert (motion_seen.visits, motion_seen.backing) == pytest.approx((visits, backing))
        assert motion_seen.close == pytest.approx(close)
        assert abs(turned_out - chance) < 4 * np.sqrt(chance * (1 - chance) / households)
        expected = turned_out
    assert len(seen) == 2 and (seen[1].close > 0.5) == bool(backing), "who is told brings the quorum nearer"


def _ballots(told: float, heard: bool, households: int, collecting: int) -> tuple[list[Motion], list[float]]:
    """Return motions and turnouts of an estate's first two elections; heard: the committee is told of them beforehand."""
    estate = replace(
        Listed.listed[1], households=households, committee=0.0, developer=0.0, institution=0.0, several_dwellings=0.0
    )
    silent = {**SILENT, "habit": 0.0, "base": 0.5, "visit": 0.34, "visit_unbacked": 0.6, "visit_fades": 1.0}
    numbers = {"supports": -4.0, "supports_trust": 0.0, "boycott": 0.3, "near": 0.2, "expected": 0.6, "volunteer_hours": 0.0}
    agents = {
        "owners_committee": {
            "formation_attempts": 10.0, "application_fades": 0.0, "application_closeness": 0.0, "preparation_fades": 0.0,
            "preparation_weeks": 4,
        },
        "building_heads": {"posts_filled": 1.0, "tires": 0.0, "hours_per_head": 1.5},
        "owners_assembly": {"told_turnout": told, "extension_weeks": 0},
        "subdistrict": {"hours_per_estate": 100.0},
    }  # fmt: skip
    assembly = {**silent, **numbers, "visit_hours": 0.05, "collect_weeks": collecting, "visits_most": 20}
    policy = Policy((Setting("prior_notice"),) if heard else ())
    plan = scenario(
        (estate,), policy=policy, agents=agents, mechanisms={"assembly": assembly}, start=date(2021, 1, 4), weeks=80
    )
    community = settle(replace(plan, place=replace(plan.place, backing=0.0)), 2)
    seen, turnouts, papers = [], [], community.papers

    def voting(estate: object, motion: Motion, slate: object) -> object:
        returned = papers(estate, motion, slate)
        seen.append(motion)
        turnouts.append(float(returned.present.mean()))
        return returned

    community.papers = voting
    while len(seen) < 2:
        community.step()
    return seen, turnouts
