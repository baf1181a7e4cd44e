"""A city's local rule in a run: every key that claims to act changes the log, and none changes what it should not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import pytest

from scenarios.scenario import Scenario, canonical
from sim.local_effects import EFFECTS
from sim.local_law import LocalLaw, Signed
from sim.local_rule import KEYS, NATION, LocalRule, Said
from sim.policy import Policy, Setting
from sim.texts import same
from tests.conftest import HALF, Listed, busy, lived

START, LATER = date(2018, 1, 1), date(2021, 1, 4)
Says = Mapping[str, Any]


def rule(days: Says | None = None, **says: Any) -> LocalRule:
    values = {key: KEYS[key].shape.read(value) for key, value in says.items()}
    assert all(value is not None for value in values.values()), says
    return LocalRule(
        "ours", same("ours"), says={key: Said(value, same("-"), **(days or {})) for key, value in values.items()}
    )


def measure(key: str, **levers: Any) -> Policy:
    return Policy((Setting(key, levers={name: ((START, value),) for name, value in levers.items()}),))


def told(plan: Scenario) -> tuple[str, ...]:
    """Return the log of a run in one line an event."""
    return tuple(map(str, lived(plan).log.events))


def count(log: tuple[str, ...], action: str) -> int:
    return sum(f"'{action}'" in line for line in log)


def alone(**agents: Any) -> Callable[[], Scenario]:
    """Return a plan in which owners have no committee to begin with and nobody stands in."""
    bare = tuple(
        replace(estate, committee=0.0, developer=0.2, vacant=0.3, floor_area_variation=1.5) for estate in Listed.listed
    )
    return lambda: busy(weeks=60, estates=bare, start=LATER, agents=agents)


def substitution(mode: str, **levers: Any) -> Callable[[], Scenario]:
    """Return a plan in which the residents' committee stands in where there is no committee, which seldom comes about."""
    bare = tuple(replace(estate, committee=0.0) for estate in Listed.listed)
    few = {"owners_committee": {"formation_attempts": 0.0}}
    policy = measure("substitution", mode=mode, afterwards="none", **levers)
    return lambda: busy(weeks=90, estates=bare, policy=policy, agents=few)


def plain() -> Scenario:
    return busy(weeks=60)


def under_the_code() -> Scenario:
    unsold = tuple(replace(estate, developer=0.2, vacant=0.3) for estate in HALF)
    return busy(weeks=60, start=LATER, estates=unsold)


def few_papers() -> Scenario:
    return busy(weeks=60, start=LATER, mechanisms={"assembly": {"base": -0.3, "shock": 0.5, "boycott": 0.0}})


def idle() -> Scenario:
    return busy(weeks=60, agents={"owners_committee": {"working": 1.0, "term_weeks": 261, "leaves": 0.0}})


def short() -> Scenario:
    """Return a plan in which few of the candidates reach the majority."""
    hard, seats = {"candidate_choice": {"marks": 0.5}}, {"further_candidates": 0, "support_spread": 2.0}
    return busy(weeks=60, start=LATER, mechanisms=hard, agents={"owners_committee": seats})


def vetted() -> Scenario:
    return busy(weeks=60, policy=measure("vetting", strictness=1.0))


# What is run, what the rule says in both runs, and the value that the key takes in the second.
CASES: Mapping[str, tuple[Callable[[], Scenario], Says, Any]] = {
    "petition_share": (idle, {}, 1),
    "petition_base": (idle, {}, "area"),
    "application_share": (alone(), {}, 1),
    "application_base": (alone(), {"application_share": "1/20"}, "area"),
    "delivered_share": (alone(), {}, 1),
    "notice_days": (plain, {}, 60),
    "posting_days": (plain, {}, 60),
    "objection_days": (plain, {}, 60),
    "extension_days": (few_papers, {}, 0),
    "committee_least": (plain, {}, 11),
    "committee_most": (plain, {}, 3),
    "small_committee": (short, {"small_estate_units": 1000, "short_committee": "lawful_minimum"}, 3),
    "small_estate_units": (short, {"small_committee": 3, "short_committee": "lawful_minimum"}, 1000),
    "small_estate_area": (short, {"small_committee": 3, "short_committee": "lawful_minimum"}, 1_000_000),
    "term_years_least": (plain, {}, 10),
    "term_years_most": (lambda: busy(weeks=100, agents={"owners_committee": {"term_weeks": 104}}), {}, 1),
    "short_committee": (short, {"small_committee": 3, "small_estate_units": 1000}, "all_seats"),
    "candidate_bars": (plain, {}, ["not_owner", "arrears"]),
    "candidate_vetting": (vetted, {}, "subdistrict"),
    "silence": (few_papers, {}, "with_majority"),
    "objection_voting": (under_the_code, {"objection_share": 1}, ["replace_provider", "grade_and_fee"]),
    "objection_share": (under_the_code, {"objection_voting": ["replace_provider", "grade_and_fee"]}, 1),
    "electronic_voting": (plain, {}, "required_option"),
    "developer_units": (under_the_code, {}, "one_head_a_unit"),
    "substitution_members_least": (substitution("joint_committee"), {}, 3),
    "substitution_members_most": (substitution("joint_committee"), {}, 3),
    "substitution_owner_share": (substitution("joint_committee"), {}, 1),
    "substitution_term_years": (substitution("acting", sunset_weeks=260), {}, 1),
    "substitution_only_if": (substitution("acting"), {}, ["entrusted_by_assembly"]),
    "substitution_objection_share": (substitution("acting", objection_share=1.0), {}, 0),
}


RUN = [key for key, effect in EFFECTS.items() if "run" in effect.acts_in]


def test_every_key_is_declared_once_and_says_where_it_acts_or_why_it_does_not() -> None:
    assert tuple(EFFECTS) == tuple(KEYS) and set(CASES) == set(RUN)
    for key, effect in EFFECTS.items():
        assert effect.acts_in or effect.why, key
        for said in (effect.run, effect.ballot, effect.why):
            assert said is None or (said.zh.strip() and said.en.strip() and said.zh != said.en)
        recorded = effect.why is not None and effect.why.en.startswith("recorded only")
        assert recorded == (not effect.acts_in), key


@pytest.mark.parametrize("key", RUN)
def test_a_key_that_claims_to_act_in_a_run_changes_its_log(key: str) -> None:
    plan, base, value = CASES[key]
    without, with_it = (told(replace(plan(), local=rule(**says))) for says in (base, {**base, key: value}))
    assert without != with_it


@pytest.mark.parametrize("key", [key for key, effect in EFFECTS.items() if "run" not in effect.acts_in])
def test_a_key_that_claims_nothing_in_a_run_changes_nothing(key: str) -> None:
    choices = getattr(KEYS[key].shape, "choices", None)
    value = [choices[0]] if key.endswith("bars") else choices[-1] if choices else key == "proxy_instructed" or 3
    assert told(plain()) == told(replace(plain(), local=rule(**{key: value})))


def as_the_nation(plan: Scenario) -> LocalRule:
    """Return a rule that says of every number what the plan's own is, and of the rest what the nation does."""
    assembly, committee = plan.agents["owners_assembly"], plan.agents["owners_committee"]
    weeks = {
        "notice_days": plan.mechanisms["assembly"].notice_weeks,
        "posting_days": assembly.posting_weeks,
        "objection_days": assembly.posting_weeks,
        "extension_days": assembly.extension_weeks,
    }
    return rule(
        petition_share=str(committee.petition), petition_base="owners", application_share=0, delivered_share=0,
        committee_least=committee.fewest_seats, committee_most=committee.seats, small_committee=committee.fewest_seats,
        small_estate_units=1000, term_years_most=5, short_committee="more_than_half_of_seats",
        candidate_bars=["not_owner"], silence="not_participating", electronic_voting="allowed", developer_units="one_head",
        substitution_term_years=10, substitution_only_if=["no_committee"], substitution_objection_share=1,
        **{key: 7 * number for key, number in weeks.items()},
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["acting", "joint_committee"])
def test_a_rule_that_says_what_the_nation_says_changes_nothing_bit_for_bit(mode: str, books: Any, differing: Any) -> None:
    plan = busy(weeks=120, start=date(2019, 7, 1), policy=measure("substitution", mode=mode))
    nation, empty, same_as = (lived(replace(plan, local=one)) for one in (NATION, rule(), as_the_nation(plan)))
    assert canonical(plan) == canonical(replace(plan, local=rule())) and "local" not in canonical(plan)
    for other in (empty, same_as):
        assert differing(books(nation), books(other)) == []
        assert list(map(str, nation.log.events)) == list(map(str, other.log.events))


def weeks_between(events: Any, first: str, last: str) -> set[tuple[str, int]]:
    """Return category and weeks between two steps of the same ballot, found by causes."""
    by_number, found = {event.seq: event for event in events}, set()
    for event in by_number.values():
        if event.action == last:
            at = event
            while at.cause >= 0 and at.action != first:
                at = by_number[at.cause]
            if at.action == first:
                found.add((event.detail, event.week - at.week))
    return found


def test_days_are_rounded_up_to_weeks_and_steps_take_them() -> None:
    rules = rule(notice_days=30, posting_days=10, objection_days=22, extension_days=8)
    calm = {"owners_assembly": {"short_notice": 0.0, "off_agenda": 0.0}}
    events = lived(replace(busy(weeks=100, start=LATER, agents=calm), local=rules)).log.events
    assert {weeks for _, weeks in weeks_between(events, "notice_posted", "collecting_begins")} == {ceil(30 / 7)}
    effects = weeks_between(events, "motion_adopted", "decision_takes_effect")
    assert len({category for category, _ in effects}) > 1
    assert all(weeks == (0 if category == "elect_committee" else ceil(22 / 7)) for category, weeks in effects)
    late = lived(replace(few_papers(), local=rules)).log.events
    counts = ("motion_adopted", "motion_rejected", "motion_lacks_quorum")
    waited = {weeks for action in counts for _, weeks in weeks_between(late, "collecting_extended", action)}
    assert waited == {ceil(8 / 7)}


def test_seats_and_terms_are_those_of_the_place() -> None:
    plan = busy(weeks=150, agents={"owners_committee": {"leaves": 0.0, "recall": 0.0, "term_weeks": 200}})
    community = lived(replace(plan, local=rule(committee_most=5, committee_least=3, term_years_most=1)))
    stand = [event.detail for event in community.log.events if event.action == "candidates_stand"]
    assert stand and all(detail.endswith(" / 5") for detail in stand)
    ends = weeks_between(community.log.events, "committee_elected", "committee_filed")
    assert ends == {("", 0)}
    committees = [one for one in community.institutions if one.key == "owners_committee"]
    assert all(one.term_end - community.week <= 52 and len(one.members) <= 5 for one in committees)


def test_law_holds_from_its_first_day_to_its_last() -> None:
    plan = busy(weeks=80, start=LATER)
    since, until = date(2021, 7, 5), date(2021, 12, 31)
    dated = rule({"since": since, "until": until}, notice_days=60)
    law = dated.on(since), dated.on(until), dated.on(date(2021, 7, 4)), dated.on(date(2022, 1, 1))
    assert [one.notice_weeks(3) for one in law] == [9, 9, 3, 3]
    nation, place = (lived(replace(plan, local=one)).log.events for one in (NATION, dated))
    week = (since - LATER).days // 7
    before = [[str(event) for event in events if event.week < week] for events in (nation, place)]
    assert before[0] == before[1] and list(map(str, nation)) != list(map(str, place))
    begun = [event.week for event in place if event.action == "notice_posted"]
    assert any(at < week for at in begun) and any(at >= week for at in begun)


def test_the_rule_on_the_day_of_the_count_decides_how_silence_is_counted() -> None:
    """A rule that begins after every count of a run counts no silent vote, one that began before counts them all."""
    late, early = (rule({"since": day}, silence="with_majority") for day in (date(2030, 1, 1), date(2000, 1, 1)))
    plan = few_papers()
    assert told(replace(plan, local=late)) == told(plan) != told(replace(plan, local=early))
    assert count(told(replace(plan, local=early)), "motion_lacks_quorum") < count(told(plan), "motion_lacks_quorum")


def test_owners_who_are_silent_are_those_whom_the_paper_reached() -> None:
    from sim.households import OWNER_OCCUPIED, OWNERS
    from sim.mechanisms.assembly import Motion

    community = lived(few_papers(), weeks=1)
    estate, residents = community.estates[1], community._residents
    motion = Motion("rules", 0.5, 0.0, OWNERS, 1.0, 0.3, 0.0, 0, False, silence="abstain")
    returns = community.attendance(estate, motion)
    rows = residents._heads(estate.index, True).row
    at_home = int((community.households.dwellings.tenure[rows] == OWNER_OCCUPIED).sum())
    none = community.attendance(estate, motion._replace(visits=0.0))
    half = community.attendance(estate, motion._replace(visits=0.5))
    assert 0 < returns.silent.heads <= at_home < returns.cast.heads
    assert none.silent.heads == 0 < half.silent.heads < none.cast.heads
    unasked = community.attendance(estate, motion._replace(silence="not_participating"))
    assert unasked.cast == returns.cast and unasked.silent.heads == 0


@pytest.mark.parametrize("silence", ["abstain", "with_majority", "with_majority_floor"])
def test_an_election_counts_silence_as_the_count_of_a_register_does(silence: str) -> None:
    from sim.election import Papers, Seating, elect
    from sim.election_count import count_election
    from sim.law_in_force import law_named
    from sim.papers import ABSENT, Line
    from sim.register_count import Poll

    regime, names, rng = law_named("civil_code_2021"), ("A", "B", "C"), np.random.default_rng(7)
    for _ in range(200):
        number = int(rng.integers(3, 12))
        present, reached = rng.random(number) < 0.5, rng.random(number) < 0.6
        marks, area = (rng.random((number, 3)) < 0.6) & present[:, None], rng.integers(1, 200, number)
        papers = Papers(present, marks, area, silence, reached)
        ours = elect(regime, names, papers, Seating(3, 3, 1, Fraction(0)), lambda name: 0.0)
        lines = [
            Line(
                str(i),
                str(i),
                int(area[i]),
                (_paper(marks[i], names) if present[i] else ABSENT,),
                delivered=bool(reached[i]),
            )
            for i in range(number)
        ]
        if not marks.any():
            continue
        theirs = count_election(lines, Poll(regime, "elect_committee", silence), Seating(3, 3, 1, Fraction(0))).first.result
        tallies = {one.name: (one.decision.tally, one.reached) for one in ours.standings}
        assert all(tallies[one.name] == (one.decision.tally, one.reached) for one in theirs.standings)
        assert ours.quorum == theirs.quorum


def _paper(marks: Any, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name, marked in zip(names, marks, strict=True) if marked)


def test_the_developer_is_one_head_or_one_a_dwelling() -> None:
    from sim.households import DEVELOPER

    community = lived(under_the_code(), weeks=1)
    residents, dwellings, layout = community._residents, community.households.dwellings, community.households.layout
    for estate in community.estates:
        rows = slice(layout.start[estate.index], layout.start[estate.index + 1])
        unsold = dwellings.owner_kind[rows] == DEVELOPER
        one, each = (residents._heads(estate.index, is_one) for is_one in (True, False))
        assert len(each.row) - len(one.row) == unsold.sum() - 1 > 0
        assert one.area.sum() == each.area.sum() == dwellings.area[rows].sum()
        assert estate.delivered == pytest.approx(1 - dwellings.area[rows][unsold].sum() / estate.area)


def test_arrears_bar_as_many_as_owe_among_those_who_live_there() -> None:
    from sim.households import OWNER_OCCUPIED

    community = lived(busy(weeks=40))
    people, layout = community.households, community.households.layout
    months = community.mechanisms["arrears"].long_months
    owing = 0
    for estate in community.estates:
        rows = slice(layout.start[estate.index], layout.start[estate.index + 1])
        at_home = people.dwellings.tenure[rows] == OWNER_OCCUPIED
        number = int(at_home.sum())
        debtors = int((people.paying.arrears[rows][at_home] >= months).sum())
        assert sum(community.owes(estate, (i + 0.5) / number) for i in range(number)) == debtors
        owing += debtors
    assert owing > 0


def test_what_the_law_of_a_place_answers() -> None:
    law, signed = LocalLaw, Signed(0.21, 0.18)
    base = {"petition_share": Fraction(1, 5)}
    reached = {one: law({**base, "petition_base": one}).petition_reached(signed, 0.5) for one in BASES}
    assert reached == {"owners": True, "area": False, "owners_and_area": False, "owners_or_area": True}
    assert law().petition_reached(signed, 0.2) and not law().petition_reached(signed, 0.22)
    assert [law({"notice_days": days}).notice_weeks(3) for days in (0, 1, 7, 8, 15, 30)] == [0, 1, 1, 2, 3, 5]
    small = law({"small_committee": 3, "small_estate_units": 100, "small_estate_area": 10_000})
    at = [small.fewest_seats(5, homes, area * 100) for homes, area in ((100, 20_000), (101, 10_000), (101, 10_001))]
    assert at == [3, 3, 5]
    assert (law({"term_years_least": 3}).term_weeks(52), law({"term_years_most": 3}).term_weeks(260)) == (157, 156)
    beijing, shenzhen = (
        law({"substitution_only_if": one})
        for one in (("no_committee", "failed_attempt"), ("failed_attempt", "urgent_matter"))
    )
    states = [(False, False), (True, False), (False, True), (True, True)]
    assert [beijing.allows_substitution(failed=one, urgent=two) for one, two in states] == [True] * 4
    assert [shenzhen.allows_substitution(failed=one, urgent=two) for one, two in states] == [False, False, False, True]
    shanghai = law({"substitution_only_if": ("entrusted_by_assembly",)})
    assert not shanghai.allows_substitution(failed=True, urgent=True)


BASES = ("owners", "area", "owners_and_area", "owners_or_area")


def test_objection_voting_gives_way_to_a_later_law_unless_the_text_was_adapted() -> None:
    from sim.law_in_force import law_named

    old, new = law_named("property_law_2007"), law_named("civil_code_2021")
    says = {"objection_voting": ("rules",), "objection_share": Fraction(1, 3)}
    unadapted = LocalLaw(says, issued=2018, adapted=False)
    assert unadapted.objections_below("rules", old) == Fraction(1, 3) and unadapted.objections_below("rules", new) is None
    assert LocalLaw(says, issued=2018).objections_below("rules", new) == Fraction(1, 3)
    assert LocalLaw(says).objections_below("other", new) is None
