"""The assembly's procedure step by step, and what changes nothing, bit for bit."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scenarios.population import Census, populate
from scenarios.scenario import default_numbers
from sim.ballot import tally_of
from sim.decision import decide
from sim.engine import engine
from sim.households import COMMITTEE, OWNER_OCCUPIED, OWNERS, PARTY, Households
from sim.law_in_force import law_named
from sim.mechanisms.assembly import RECALL, Assembly, Electorate, Motion, closeness, rounds_worth, votes
from sim.mechanisms.candidate_choice import CandidateChoice, Slate, marks
from sim.mechanisms.following import Following, settled
from sim.mechanisms.online_ballot import OnlineBallot
from sim.outcome import outcomes
from sim.parts import parts
from sim.register import Heads, Vote, heads_of
from tests.conftest import Listed

WEEKS = 80
# A procedure without a fault and without an extension, whose steps take the weeks they say.
PLAIN: dict[str, Any] = {"short_notice": 0.0, "off_agenda": 0.0, "committee_not_told": 0.0, "extension_weeks": 0}


def plan(busy: Any, assembly: dict[str, Any] | None = None, committee: dict[str, Any] | None = None, **more: Any) -> Any:
    agents = {"owners_assembly": {**PLAIN, **(assembly or {})}, "owners_committee": committee or {}}
    return busy(**{"weeks": WEEKS, **more, "agents": agents})


def count(community: Any, action: str) -> int:
    return int(sum(n for (name, _), n in community.log.counts.items() if name == action))


def steps(community: Any) -> list[dict[str, int]]:
    """Return the weeks of the steps of each ballot, by following causes back from its effect or failure."""
    events = {event.seq: event for event in community.log.events}
    last = ("motion_lacks_quorum", "motion_rejected", "decision_takes_effect", "decision_cancelled")
    found = []
    for event in events.values():
        if event.action in last:
            weeks, at = {event.action: event.week, "category": event.detail}, event
            while at.cause >= 0:
                at = events[at.cause]
                weeks.setdefault(at.action, at.week)
            found.append(weeks)
    return found


@pytest.fixture(scope="module")
def people() -> Households:
    estate = replace(parts("archetype")["commodity_old"].estate, households=3_000, developer=0.0, several_dwellings=0.0)
    return populate(Census(estate, default_numbers("mechanism"), engine(), 3))


@pytest.fixture(scope="module")
def heads(people: Households) -> Heads:
    return heads_of(people.dwellings, np.arange(people.size))


def drawn(number: int, seed: int) -> np.ndarray:  # type: ignore[type-arg]
    rng = np.random.default_rng(seed)
    return np.stack([rng.standard_normal(number), *rng.random((3, number))]).astype(np.float32)


def motion(**changes: Any) -> Motion:
    return Motion("elect_committee", 0.5, 0.0, OWNERS, 0.0, 0.3, 0.0, 0, False)._replace(**changes)


def test_a_ballot_takes_its_steps_on_their_dates(busy: Any, lived: Any) -> None:
    weeks = {"assembly": {"notice_weeks": 4, "collect_weeks": 6, "burden": 0.0, "supports_grade": 0.0}}
    community = lived(plan(busy, {"posting_weeks": 5}, {"working": 0.3}, mechanisms=weeks, weeks=120))
    taken = steps(community)
    effects = {one["category"] for one in taken if "decision_takes_effect" in one}
    assert len(taken) > 5 and effects > {"elect_committee"}, "an election and another matter"
    for one in taken:
        assert one["committee_told"] == one["assembly_called"] == one["notice_posted"]
        assert one["collecting_begins"] == one["notice_posted"] + 4
        counted = one.get("motion_adopted", one.get("motion_rejected", one.get("motion_lacks_quorum")))
        assert counted == one["collecting_begins"] + 6 - 1, "at the end of the sixth week"
        if "decision_takes_effect" in one:
            waits = 0 if one["category"] == "elect_committee" else 5
            assert one["decision_takes_effect"] == counted + waits


def test_weeks_from_proposal_to_decision_are_those_of_the_log(busy: Any, lived: Any) -> None:
    """A renewal is proposed when it is due and called a week later; all else here is called when it is proposed."""
    never = {"formation_attempts": 0.0, "term_weeks": 261, "leaves": 0.0, "recall": 0.0}
    community = lived(plan(busy, {"posting_weeks": 3}, never, estates=Listed.listed))
    weeks = [
        max(n for n in one.values() if isinstance(n, int)) - one.get("renewal_is_due", one["assembly_called"])
        for one in steps(community)
    ]
    series = outcomes()["ballots_weeks"].series(community.record)
    assert len(weeks) > 3 and series[-1] == pytest.approx(np.mean(weeks))
    assert set(weeks) <= {3 + 1, 3 + 1 + 1, 3 + 1 + 3}


def test_an_extension_comes_once_where_too_few_papers_came_back_and_loses_nobody(busy: Any, lived: Any) -> None:
    few = {"assembly": {"base": -0.3, "shock": 0.5}}
    late = {"start": date(2021, 1, 4), "mechanisms": few}
    short, long = (lived(plan(busy, {"extension_weeks": weeks}, **late)) for weeks in (0, 4))
    assert count(short, "collecting_extended") == 0 < count(long, "collecting_extended")
    extended = [one for one in steps(long) if "collecting_extended" in one]
    for one in extended:
        end = one.get("motion_adopted", one.get("motion_rejected", one.get("motion_lacks_quorum")))
        assert end == one["collecting_extended"] + 4 == one["collecting_begins"] + 2 - 1 + 4


def test_without_faults_nothing_else_about_annulment_matters(busy: Any, lived: Any, books: Any, differing: Any) -> None:
    one, other = (lived(plan(busy, {"ordered": x, "sued": x, "won": x, "won_weak": x, "suit_weeks": 4})) for x in (0.0, 1.0))
    assert differing(books(one), books(other)) == []
    assert [event for event in one.log.events] == [event for event in other.log.events]


def test_a_fault_leaves_a_decision_in_force_until_a_court_says_otherwise(busy: Any, lived: Any) -> None:
    """A committee elected with too short a notice acts, and is dissolved in the week in which the suit is won."""
    sure = {"short_notice": 1.0, "sued": 1.0, "ordered": 0.0, "suit_weeks": 4}
    community = lived(plan(busy, {**sure, "won": 1.0}, {"leaves": 0.0, "recall": 0.0}, weeks=120))
    events = {event.seq: event for event in community.log.events}
    annulled = [event for event in events.values() if event.action == "decision_annulled"]
    assert annulled and all(event.detail == "short_notice" for event in annulled)
    for event in annulled:
        sued = events[event.cause]
        opened = events[sued.cause]
        assert event.week == sued.week + 4 and 0 < sued.week - opened.week <= 52
    dissolved = [event for event in events.values() if event.action == "committee_dissolved"]
    assert dissolved and {events[event.cause].action for event in dissolved} == {"decision_annulled"}
    assert {event.detail for event in dissolved} == {"annulled"}
    lost = lived(plan(busy, {**sure, "won": 0.0}, {"leaves": 0.0, "recall": 0.0}, weeks=120))
    assert count(lost, "annulment_refused") > 0 == count(lost, "decision_annulled") == count(lost, "committee_dissolved")


def test_the_authority_cancels_what_has_a_serious_fault_before_it_takes_effect(busy: Any, lived: Any) -> None:
    community = lived(plan(busy, {"off_agenda": 1.0, "ordered": 1.0}))
    assert count(community, "decision_cancelled") == count(community, "motion_adopted") > 0
    assert count(community, "decision_takes_effect") == 0
    weak = lived(plan(busy, {"committee_not_told": 1.0, "ordered": 1.0}))
    assert count(weak, "decision_cancelled") == 0 < count(weak, "decision_takes_effect")


def test_a_boycott_can_win_under_the_civil_code_and_cannot_under_the_property_law(people: Any, heads: Heads) -> None:
    """The same ballots with opponents at the poll and at home, counted under both laws (L110)."""
    civil, older = law_named("civil_code_2021"), law_named("property_law_2007")
    about = replace(Assembly(), base=1.8, shock=1.0, supports=1.0, near=2.0)
    passed: dict[tuple[str, float], list[bool]] = {}
    for seed in range(40):
        luck = drawn(len(heads.row), seed)
        for share in (0.0, 1.0):
            cast = votes(
                replace(about, boycott=share),
                Electorate(people, heads, 0.5, luck),
                motion(quorum=True, shock=0.05 * (seed - 20)),
            )
            tally = tally_of(cast, heads.area)
            for law in (civil, older):
                passed.setdefault((law.key, share), []).append(decide(law, "elect_committee", tally).passed)
    voting, away = (np.array(passed[civil.key, share]) for share in (0.0, 1.0))
    assert voting.sum() > 20 and (voting & ~away).sum() > 10, "staying away defeats what would have passed"
    assert not (away & ~voting).any()
    assert passed[older.key, 0.0] == passed[older.key, 1.0], "who is absent counts against anyhow"


def test_opponents_stay_away_only_as_far_as_they_expect_the_quorum_to_be_close() -> None:
    about = Assembly(near=0.2, expected=0.6)
    assert closeness(about, 2 / 3, 2 / 3) == 1
    assert closeness(about, 2 / 3, 0.9) == closeness(about, 2 / 3, 0.4) == 0
    assert closeness(about, 2 / 3, None) == pytest.approx(1 - (2 / 3 - 0.6) / 0.2)


def test_a_campaign_not_to_vote_keeps_owners_at_home_and_only_where_a_quorum_can_fail(people: Any, heads: Heads) -> None:
    luck = Electorate(people, heads, 0.5, drawn(len(heads.row), 1))
    plain, loud = (replace(Assembly(), boycott=0.0, campaign=weight) for weight in (0.0, 1.5))
    turnout = lambda about, **changes: (votes(about, luck, motion(**changes)) != Vote.ABSENT).mean()  # noqa: E731
    assert turnout(loud, quorum=True) < turnout(plain, quorum=True) - 0.03
    assert turnout(loud, quorum=True, close=0.0) == turnout(plain, quorum=True)
    assert turnout(loud, quorum=False) == turnout(plain, quorum=False)


def test_rounds_of_visits_wear_off() -> None:
    worth = [rounds_worth(Assembly(visit_fades=0.8), rounds) for rounds in (0.0, 1.0, 2.0, 3.0)]
    assert worth == pytest.approx([0, 1, 1.8, 2.44])
    assert [rounds_worth(Assembly(visit_fades=1.0), rounds) for rounds in (0.0, 2.5)] == [0.0, 2.5]


def test_who_voted_before_votes_more_and_without_habit_it_changes_nothing(people: Any, heads: Heads) -> None:
    luck, before = drawn(len(heads.row), 2), np.arange(len(heads.row)) % 2 == 0
    cast = {
        (habit, known): votes(
            Assembly(habit=habit), Electorate(people, heads, 0.5, luck, voted=before if known else None), motion()
        )
        for habit in (0.0, 0.8)
        for known in (False, True)
    }
    came = cast[0.8, True] != Vote.ABSENT
    assert came[before].mean() > came[~before].mean() + 0.1
    assert (cast[0.0, True] == cast[0.0, False]).all()
    assert (cast[0.8, True][~before] == cast[0.0, False][~before]).all()


def test_who_sets_more_on_a_matter_comes_more(people: Any, heads: Heads) -> None:
    """The stake is what the proposal itself is worth to an owner: those set on it come, the indifferent stay."""
    about = replace(Assembly(), base=0.0, duty_spread=0.0, efficacy=0.0, trust=0.0, stake=2.0, far_let=0.0, far_vacant=0.0)
    about = replace(about, habit=0.0, boycott=0.0, supports=2.0, supports_trust=0.0)
    cast = votes(about, Electorate(people, heads, 0.5, drawn(len(heads.row), 4)), motion())
    came = cast[cast != Vote.ABSENT]
    assert (came == Vote.YES).mean() > 1 / (1 + np.exp(-2.0)) + 0.01, "who is for it is more often set on it"


def test_granovetters_hundred_all_act_and_one_changed_threshold_leaves_one(heads: Heads) -> None:
    """T01: thresholds 0 to 99 of a hundred; then the one of 1 becomes 2."""
    thresholds = np.arange(100) / 100
    nobody = np.zeros(100, bool)
    assert settled(nobody, thresholds).sum() == 100
    assert settled(nobody, np.where(thresholds == 0.01, 0.02, thresholds)).sum() == 1


@pytest.mark.parametrize(("spread", "share"), [(0.110, 0.017), (0.120, 0.040), (0.122, 0.055), (0.130, 1.0)])
def test_followers_alone_come_to_rest_where_granovetter_says(spread: float, share: float, people: Any, heads: Heads) -> None:
    """T02: thresholds normal with mean 0.25; the share jumps from about 6 % to all where the spread passes 0.122."""
    quantiles = (np.arange(20_000) + 0.5) / 20_000
    drawn_of = np.stack([np.zeros(20_000), quantiles]).astype(np.float32)
    thresholds = Following(share=1.0, mean=0.25, spread=spread).thresholds(drawn_of)
    assert thresholds is not None
    rest = settled(np.zeros(20_000, bool), thresholds).mean()
    assert rest == pytest.approx(share, abs=0.006)


def test_only_followers_follow_and_nobody_does_by_default(people: Any, heads: Heads) -> None:
    luck = drawn(len(heads.row), 5)
    alone = votes(Assembly(), Electorate(people, heads, 0.5, luck), motion())
    assert Following().thresholds(luck[1:3]) is None
    assert Following(share=0.0, mean=-1.0, spread=2.0).thresholds(luck[1:3]) is None
    thresholds = Following(share=0.4, mean=-1.0, spread=0.0).thresholds(luck[1:3])
    led = votes(Assembly(boycott=0.0), Electorate(people, heads, 0.5, luck, thresholds=thresholds), motion())
    follows = luck[1] < 0.4
    assert (led[follows] != Vote.ABSENT).all()
    assert ((led[~follows] == Vote.ABSENT) == (alone[~follows] == Vote.ABSENT)).all()


def test_the_online_channel_opens_for_the_young_more_than_for_the_old_and_most_from_afar(people: Any, heads: Heads) -> None:
    about, dwellings = OnlineBallot(ease=0.3, elderly=0.3, from_afar=2.0), people.dwellings
    lift = about.lift(1.0, dwellings, heads.row)
    here, old = dwellings.tenure[heads.row] == OWNER_OCCUPIED, dwellings.elderly[heads.row] == 1
    assert set(lift[here & ~old]) == {np.float32(0.3)}
    assert set(lift[here & old]) == {np.float32(0.3 * 0.3)}
    assert set(lift[~here]) == {np.float32(0.6)}
    assert not about.lift(0.0, dwellings, heads.row).any()


def test_a_channel_that_nobody_opens_changes_nothing(busy: Any, lived: Any, books: Any, differing: Any) -> None:
    easy = {"online_ballot": {"ease": 3.0, "doors_left_out": 1.0}}
    closed, unused = (lived(plan(busy, mechanisms=numbers)) for numbers in ({}, easy))
    assert differing(books(closed), books(unused)) == []


def test_vetting_turns_the_unable_away_first(busy: Any, lived: Any) -> None:
    community = lived(plan(busy), weeks=1)
    candidates, away = community.in_estate("owners_committee", community.estates[0]).seats.candidates, []
    for ordinal in range(200):
        for one in candidates.owners(ordinal, 7):
            away.append((one.competence, candidates._is_turned_away(one, 1.0, ordinal)))
    ability, turned = np.array(away).T
    assert ability[turned == 1].mean() < ability[turned == 0].mean() - 0.1


def test_renewals_are_tried_as_often_as_they_may_be(busy: Any, lived: Any) -> None:
    nobody = {"assembly": {"base": -4.0, "visits_most": 0}}
    for rounds in (1, 3):
        changes = {
            "formation_attempts": 0.0, "renewal_rounds": rounds, "renewal_again_weeks": 8, "recall": 0.0, "leaves": 0.0,
            "replace_shortfall": 1.0, "fee_budget": 0.3,
        }  # fmt: skip
        community = lived(plan(busy, committee=changes, mechanisms=nobody, estates=Listed.listed, weeks=130))
        assert count(community, "assembly_called") == 4 * rounds
        assert count(community, "committee_expires") == 4


def test_members_leave_alternates_follow_and_empty_seats_are_filled(busy: Any, lived: Any) -> None:
    stay, leave = (
        lived(plan(busy, committee={"leaves": share, "recall": 0.0, "by_election_weeks": 8}, estates=Listed.listed))
        for share in (0.0, 0.8)
    )
    for action in ("member_leaves", "alternate_succeeds", "by_election", "seats_refilled"):
        assert count(stay, action) == 0 < count(leave, action), action
    short = leave.record.tracked["owners_committee", "seats_held"]
    assert short.max() == 7 and short[short > 0].min() < 7


def test_each_recall_that_takes_effect_dissolves_a_committee_and_nothing_else_does(busy: Any, lived: Any) -> None:
    idle = {"working": 1.0, "recall": 10.0, "leaves": 0.0, "term_weeks": 261, "petition": 0.05, "signs": 1.0}
    community = lived(plan(busy, committee=idle, estates=Listed.listed, mechanisms={"assembly": {"base": 4.0}}))
    of = {action: [event for event in community.log.events if event.action == action]
          for action in ("motion_rejected", "decision_takes_effect", "committee_dissolved")}  # fmt: skip
    recalls = [one for one in of["decision_takes_effect"] if one.detail == RECALL]
    dissolved = [(one.cause, one.week, one.object, one.detail) for one in of["committee_dissolved"]]
    assert dissolved == [(one.seq, one.week, one.object, "recalled") for one in recalls] != []
    assert [one for one in of["motion_rejected"] if one.detail == RECALL]


@pytest.mark.parametrize("rule", ["plurality_at_large", "approval", "proportional_approval", "equal_shares"])
def test_another_rule_seats_without_the_majority_of_each_seat_and_says_that_it_is_not_lawful(
    rule: str, busy: Any, lived: Any
) -> None:
    hard = {"candidate_choice": {"marks": -1.0}}
    lawful, other = (
        lived(plan(busy, committee={"election_rule": name}, mechanisms=hard, start=date(2021, 1, 4)))
        for name in ("double_majority", rule)
    )
    assert count(lawful, "unlawful_rule") == count(lawful, "committee_elected") == 0
    assert count(other, "unlawful_rule") >= count(other, "committee_elected") > 0


def test_owners_mark_whom_they_like_and_no_more_than_may_be_marked() -> None:
    rng = np.random.default_rng(8)
    owners, support = 4_000, np.array([2.0, 0.0, -2.0, 1.0], np.float32)
    luck = np.log(1 / rng.random((4, owners)) - 1).astype(np.float32)
    held = np.full((6, owners), 0.5, np.float32)
    wants = rng.random(owners) < 0.7
    slate = Slate(support, np.array([OWNERS, COMMITTEE, PARTY, OWNERS]), 4)
    marked = marks(CandidateChoice(marks=0.0, nominator=0.0), slate, held, wants, luck)
    chance = 1 / (1 + np.exp(-support))
    assert np.abs(marked[wants].mean(axis=0) - chance).max() < 0.03 and not marked[~wants].any()
    capped = marks(CandidateChoice(marks=0.0, nominator=0.0), slate._replace(most=2), held, wants, luck)
    assert (capped.sum(axis=1) == np.minimum(marked.sum(axis=1), 2)).all() and not (capped & ~marked).any()
    held[COMMITTEE] = 1.0
    trusted = marks(CandidateChoice(marks=0.0, nominator=2.0), slate, held, wants, luck)
    assert (trusted[:, [0, 2, 3]] == marked[:, [0, 2, 3]]).all()
    assert trusted[wants, 1].mean() == pytest.approx(1 / (1 + np.exp(-1.0)), abs=0.03)
