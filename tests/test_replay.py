"""Replay: one question, one answer to the byte, however computed; and nothing moves what it should not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scenarios.place import four
from scenarios.settle import settle
from sim.community import Community, World
from sim.engine import Held, engine
from sim.households import Layout
from sim.parts import parts
from sim.policy import Policy, Setting

FOUR = four(60, committee=1.0)
EVERYTHING = Policy(tuple(Setting(key) for key in parts("measure")))
# Hours enough for everything, and an authority that waits for nothing: then estates share nothing.
UNLIMITED = {
    "residents_committee": {"hours_per_staff": 168.0},
    "party_organization": {"hours": 200.0},
    "housing_authority": {"reports_a_month": 200.0},
    "subdistrict": {"hours_per_estate": 100.0},
}
WEEKS = 60


@pytest.fixture(scope="module")
def full(busy: Any) -> Any:
    """A scenario in which much happens: the law changes in mid-run, and all measures act."""
    seldom = {"owners_committee": {"formation_attempts": 2.0}}  # or a committee comes before anybody stands in
    return busy(policy=EVERYTHING, start=date(2020, 7, 6), weeks=WEEKS, agents=seldom)


@pytest.fixture(scope="module")
def usual(lived: Any, full: Any) -> Community:
    return lived(full)


def backwards(layout: Layout) -> list[tuple[int, int]]:
    """Split estates one by one, the last first."""
    return [(estate, estate + 1) for estate in reversed(range(len(layout.place)))]


def test_much_happens_in_the_run_that_is_replayed(usual: Community, full: Any) -> None:
    happened = {action for action, _ in usual.log.counts}

    assert {
        "motion_adopted", "motion_rejected", "committee_elected", "shared_seat_filled", "stands_in",
        "owners_try", "meeting_held", "promise_made", "promise_kept", "campaign_held", "firm_pursues",
        "claim_settled_in_mediation", "claim_withdrawn", "claim_judged",
        "firm_leaves", "firm_arrives", "violation_found", "authority_acts",
        "case_settled_at_desk", "case_settled_in_mediation", "case_settled_in_joint_meeting",
        "case_reaches_court",
    } <= happened  # fmt: skip
    assert usual.week == WEEKS and usual.calendar.date(WEEKS) > date(2021, 6, 1) > date(2021, 1, 1) > full.start


def test_same_seed_same_bytes(usual: Community, full: Any, lived: Any, books: Any, differing: Any) -> None:
    again = lived(full)

    assert differing(books(usual), books(again)) == []
    assert usual.log.events == again.log.events and usual.log.counts == again.log.counts


@pytest.mark.parametrize(
    "computing",
    [
        lambda: engine("compiled", threads=2),
        lambda: engine("compiled", threads=3),
        lambda: engine("compiled", spans=backwards),
        lambda: engine("compiled", threads=2, spans=backwards),
        lambda: engine("plain"),
        lambda: engine("plain", threads=2, spans=backwards),
    ],
    ids=["two threads", "three threads", "backwards", "backwards on two threads", "plain", "plain backwards"],
)
def test_how_a_run_is_computed_does_not_matter(
    computing: Callable[[], Any], usual: Community, full: Any, lived: Any, books: Any, differing: Any
) -> None:
    other = lived(full, computing=computing())

    assert differing(books(usual), books(other)) == [] and usual.log.events == other.log.events


def test_two_threads_share_the_estates_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr("sim.mechanisms.influence.distance", lambda first, last, living: seen.append((first, last)))
    engine("plain", threads=2).distance(Held(Layout(np.arange(5) * 60, np.zeros(4, np.uint32)), None))

    assert sorted(seen) == [(0, 2), (2, 4)]


def test_two_communities_in_turn_are_each_as_if_alone(
    usual: Community, full: Any, scenario: Any, books: Any, differing: Any
) -> None:
    one, other = settle(full, 1), settle(scenario(weeks=full.weeks), 9)
    for _ in range(full.weeks):
        one.step()
        other.step()

    assert differing(books(usual), books(one)) == []


def test_looking_on_changes_nothing(usual: Community, full: Any, books: Any, differing: Any) -> None:
    watched = settle(full, 1)
    for _ in range(full.weeks):
        watched.step()
        watched.datacollector.get_model_vars_dataframe()
        watched.households.arrays()
        [watched.random.random(), watched.rng.random()]
        list(watched.agents.shuffle())

    assert differing(books(usual), books(watched)) == []


@pytest.mark.parametrize("level", ["decisions", "none"])
def test_which_events_are_kept_does_not_matter(level: Any, usual: Community, full: Any, books: Any, differing: Any) -> None:
    quiet = settle(full, 1, events=level)
    for _ in range(full.weeks):
        quiet.step()

    assert differing(books(usual), books(quiet)) == [] and quiet.log.counts == usual.log.counts
    assert len(quiet.log.events) < len(usual.log.events)


def test_a_longer_horizon_does_not_change_the_weeks_before(
    usual: Community, full: Any, lived: Any, books: Any, differing: Any
) -> None:
    longer = lived(replace(full, weeks=full.weeks + 20), weeks=full.weeks)
    cut = {name: array for name, array in books(longer).items() if array.shape[:1] == (full.weeks + 20,)}
    before = {name: books(usual)[name] for name in cut}

    assert len(cut) > 20 and differing({name: array[: full.weeks] for name, array in cut.items()}, before) == []
    assert usual.households.experience.satisfaction.tobytes() == longer.households.experience.satisfaction.tobytes()


def test_another_seed_gives_another_population(scenario: Any, lived: Any, differing: Any) -> None:
    one, other = (lived(scenario(), seed=seed, weeks=0).households.arrays() for seed in (1, 2))
    drawn = {
        "dwellings.area", "dwellings.tenure", "dwellings.elderly", "dwellings.owner", "experience.weight",
        "experience.vantage", "experience.temper", "experience.grievance", "opinion.anchor", "opinion.bound",
        "paying.payer_type", "paying.inclination", "paying.bill", "attitudes.held", "attitudes.start",
        "ties.neighbour",
    }  # fmt: skip

    assert drawn <= set(differing(one, other))


def test_another_seed_gives_other_weekly_shocks_to_the_same_population(
    scenario: Any, lived: Any, differing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = lived(scenario(), seed=1, weeks=1)
    _shocks_of(2, monkeypatch)
    start = lived(scenario(), seed=1, weeks=0).households.arrays()
    other = lived(scenario(), seed=1, weeks=1)

    monkeypatch.undo()
    assert differing(start, lived(scenario(), seed=1, weeks=0).households.arrays()) == []
    moved = set(differing(same.households.arrays(), other.households.arrays()))
    assert {
        "experience.perceived",
        "experience.satisfaction",
        "experience.grievance",
        "opinion.preferred_grade",
        "paying.history",
    } <= moved
    assert (same.record.quality[0] != other.record.quality[0]).all()
    assert same.record.money[0, :, 0].tolist() == other.record.money[0, :, 0].tolist()
    assert same.record.money[0, :, 1].tolist() != other.record.money[0, :, 1].tolist()


def _shocks_of(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people be drawn from a run's own seed, and its weeks from another."""
    monkeypatch.setattr("scenarios.settle.World", lambda *about: replace(World(*about), seed=seed))


def _estate(community: Community, name: str) -> dict[str, Any]:
    """Return what belongs to one estate: its households' arrays and its rows of the record."""
    index = next(estate.index for estate in community.estates if estate.name == name)
    start, size = community.households.layout.start, community.households.size
    rows = slice(start[index], start[index + 1])
    kept = {n: a[..., rows] for n, a in community.households.arrays().items() if a.shape[-1:] == (size,)}
    weekly = {n: a[:, index] for n, a in vars(community.record).items() if getattr(a, "ndim", 0) > 1 and n not in COMMUNITY}
    tracked = {str(key): a[:, index] for key, a in community.record.tracked.items() if a.shape[1] > 1}
    return {**kept, **weekly, **tracked}


# Of the record, what belongs to the community as a whole, or to no week.
COMMUNITY = ("spread", "residents", "issues", "cases", "claims", "seated")
CHANGES = {
    "one more household": lambda estate: replace(estate, households=estate.households + 1),
    "another fee": lambda estate: replace(estate, fee=estate.fee * 2),
    "worse service": lambda estate: replace(estate, quality=0.2),
    "another name": lambda estate: replace(estate, name="renamed"),
    "nobody pays": lambda estate: replace(estate, collection=0.02),
    "no committee": lambda estate: replace(estate, committee=0.0),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("weeks", [1, 60])
def test_with_hours_unlimited_a_change_in_one_estate_moves_no_other(
    change: str, weeks: int, busy: Any, lived: Any, differing: Any
) -> None:
    changed = [CHANGES[change](estate) if estate.name == "work_unit" else estate for estate in FOUR]
    before, after = (lived(busy(estates=estates, agents=UNLIMITED, weeks=60), weeks=weeks) for estates in (FOUR, changed))

    for name in ("commodity_new", "commodity_old", "resettlement"):
        assert differing(_estate(before, name), _estate(after, name)) == []
    assert differing(_estate(before, "work_unit"), _estate(after, after.estates[2].name)) != []


def test_a_fifth_estate_moves_no_other_in_the_first_week(full: Any, lived: Any, differing: Any) -> None:
    fifth = replace(
        full, place=replace(full.place, listed=(*full.place.listed, replace(full.place.listed[0], name="fifth")))
    )
    before, after = lived(full, weeks=1), lived(fifth, weeks=1)

    for estate in FOUR:
        one, other = _estate(before, estate.name), _estate(after, estate.name)
        assert [name for name in differing(one, other) if name not in ("pressure",)] == []


@pytest.mark.parametrize("policy", [Policy(), EVERYTHING], ids=["status quo", "all measures"])
def test_the_order_in_which_estates_are_listed_does_not_matter(
    policy: Policy, full: Any, lived: Any, differing: Any
) -> None:
    one, other = (
        lived(replace(full, policy=policy, place=replace(full.place, listed=order))) for order in (FOUR, FOUR[::-1])
    )
    assert one.log.counts == other.log.counts
    assert one.body("residents_committee").overload == other.body("residents_committee").overload > 0.5

    for estate in FOUR:
        assert differing(_estate(one, estate.name), _estate(other, estate.name)) == []


def test_estates_that_differ_in_name_only_differ_in_people_and_shocks(scenario: Any, lived: Any) -> None:
    twins = lived(scenario([FOUR[0], replace(FOUR[0], name="twin")]), weeks=8)

    one, other = _estate(twins, "commodity_new"), _estate(twins, "twin")
    assert one["dwellings.area"].tolist() != other["dwellings.area"].tolist()
    assert (one["quality"][:8] != other["quality"][:8]).all()


def test_a_rule_that_moves_an_elections_date_elects_the_same_people(busy: Any, lived: Any) -> None:
    """Whoever stands, and how the ballot is shaken, goes by how-manieth the election is, not by its week."""
    still = {"formation_attempts": 0.0, "proposal_chance": 0.0, "term_weeks": 130}
    agents = [{"owners_committee": {**still, "renewal_weeks": weeks}} for weeks in (26, 40)]
    certain = {"assembly": {"base": 4.0}}
    one, other = (lived(busy(agents=about, mechanisms=certain, weeks=130)) for about in agents)
    once = {name for name, weeks in _elections(one).items() if len(weeks) == len(_elections(other)[name]) == 1}
    moved = {name for name in once if _elections(one)[name] != _elections(other)[name]}

    assert moved
    assert {name: _members(one)[name] for name in moved} == {name: _members(other)[name] for name in moved}


def _elections(community: Community) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {estate.name: [] for estate in community.estates}
    for event in community.log.events:
        if event.action == "committee_elected":
            found[event.object].append(event.week)
    return found


def _members(community: Community) -> dict[str, Any]:
    return {one.estate.name: one.members for one in community.institutions if one.key == "owners_committee"}
