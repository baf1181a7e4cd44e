"""The event log: every event but the roots leads to a root, in both languages, on clauses that exist."""

import string
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sim.case_events import CASE_EVENTS, OPENS
from sim.clauses import CLAUSES
from sim.events import CALENDAR_EVENTS, ROOTS, Event, EventKind, EventLog
from sim.parts import parts
from sim.policy import Policy, Setting
from sim.texts import LANGUAGES, Text
from tests.conftest import HALF, Listed

WEEKS = 104
KINDS = {
    **CALENDAR_EVENTS,
    **CASE_EVENTS,
    **{action: kind for cls in parts("agent").values() for action, kind in cls.events.items()},
}


# The bodies, and those who live with them.
ACTORS = {*ROOTS, *parts("agent"), "residents"}


def everything(mode: str) -> Policy:
    """Return a policy of every measure, substitution in one of its modes, dropped again in the last weeks."""
    begins, ends = date(2018, 1, 1), date(2019, 10, 7)
    stand_in = {"mode": mode, "sunset_weeks": 20, "afterwards": "unaided_election"}
    levers = {name: ((begins, value),) for name, value in stand_in.items()}
    about = [Setting(key, until=ends, levers=levers if key == "substitution" else {}) for key in parts("measure")]
    return Policy(tuple(about))


# What seldom happens: nobody may stand; everybody is marked alike, by a rule that is not lawful; members run away; courts
# take back by-elections, and recalls.
STRICT = Policy((Setting("vetting", levers={"strictness": ((date(2018, 1, 1), 1.0),)}),))
ALIKE = {"marks": 8.0, "nominator": 0.0}
LEVEL = tuple(
    replace(estate, floor_area_variation=0.0, institution=0.0, several_dwellings=0.0, developer=0.0) for estate in HALF
)
EIGHT = (*Listed.listed, *(replace(estate, name=f"{estate.name}-2") for estate in Listed.listed))
ANNULLED = {"short_notice": 1.0, "sued": 1.0, "won": 1.0, "ordered": 0.0, "suit_weeks": 4}
ODD: list[dict[str, Any]] = [
    {"policy": STRICT, "agents": {"owners_committee": {"vetting_bar": 1.0}}},
    {
        "agents": {"owners_committee": {"election_rule": "approval", "support_spread": 0.0, "petition": 1.0}},
        "mechanisms": {"candidate_choice": ALIKE},
        "estates": LEVEL,
    },
    {"agents": {"owners_committee": {"leaves": 0.9, "alternates": 0, "by_election_weeks": 40, "term_weeks": 261}}},
    {
        "agents": {
            "owners_committee": {"leaves": 0.5, "recall": 0.0, "by_election_weeks": 8, "alternates": 0, "term_weeks": 261},
            "owners_assembly": ANNULLED,
        },
        "estates": EIGHT,
    },
    {
        "agents": {
            "owners_committee": {"working": 1.0, "leaves": 0.0, "signs": 1.0, "term_weeks": 261, "formation_attempts": 0.0},
            "owners_assembly": ANNULLED,
        },
        "estates": EIGHT,
    },
]


@pytest.fixture(scope="module")
def communities(busy: Any, lived: Any) -> Any:
    """Communities in which, taken together, everything happens that can."""
    policies = [everything(mode) for mode in ("acting", "joint_committee", "members")] + [Policy()]
    plans = [busy(policy=policy, weeks=WEEKS) for policy in policies]
    plans[-1] = replace(plans[-1], place=replace(plans[-1].place, lead_in_weeks=6))
    return [lived(plan, seed=seed) for seed, plan in enumerate([*plans, *(busy(weeks=WEEKS, **odd) for odd in ODD)])]


@pytest.fixture(scope="module")
def community(communities: Any) -> Any:
    return communities[0]


def test_every_event_but_the_roots_leads_to_a_root(community: Any) -> None:
    events = {event.seq: event for event in community.log.events}
    assert list(events) == list(range(len(events)))
    for event in events.values():
        at = event
        while at.cause >= 0:
            assert at.cause < at.seq and events[at.cause].week <= at.week, at
            at = events[at.cause]
        assert at.actor in ROOTS, at
        assert (event.actor in ROOTS) == (event.cause == -1)


# What may bring the owners to an election.
CALLS_ELECTION = (
    "owners_try", "formation_is_helped", "renewal_is_due", "organises_election", "by_election", "below_half_of_seats",
)  # fmt: skip
# What may bring an event about; each of those that take time names what was done before.
CAUSES = {
    "firm_decides": {"month_begins"},
    "meeting_held": {"meeting_is_due"},
    "campaign_held": {"campaign_is_due"},
    "promise_made": {"meeting_held"},
    "no_agreement": {"meeting_held"},
    "promise_kept": {"promise_made"},
    "promise_broken": {"promise_made"},
    **{action: set(OPENS) for action in CASE_EVENTS if action.startswith("case_")},
    **{action: {"firm_pursues"} for action in CASE_EVENTS if action.startswith("claim_")},
    "violation_begins": {"month_begins"},
    "violation_found": {"violation_begins", "run_begins"},
    "violation_ends": {"violation_begins", "violation_found", "run_begins"},
    "violation_dissuaded": {"violation_found", "run_begins"},
    "violation_reported": {"violation_found", "run_begins"},
    "authority_acts": {"violation_reported"},
    "authority_lets_it_be": {"violation_reported"},
    "fine_imposed": {"authority_acts"},
    "arrears_demanded": {"month_begins"},
    "demands_answered": {"arrears_demanded"},
    "firm_pursues": {"arrears_demanded"},
    "firm_leaves": {"month_begins", "decision_takes_effect"},
    "firm_arrives": {"month_begins"},
    "owners_try": {"month_begins"},
    "formation_is_helped": {"owners_try"},
    "attempt_fades": {"owners_try", "formation_is_helped"},
    "assembly_called": {"committee_proposes", "candidates_stand", "petition"},
    "committee_told": {"assembly_called"},
    "online_ballot_opens": {"assembly_called", "committee_told"},
    "notice_posted": {"assembly_called", "committee_told", "online_ballot_opens"},
    "collecting_begins": {"notice_posted"},
    "collecting_extended": {"collecting_begins"},
    "motion_adopted": {"collecting_begins", "collecting_extended"},
    "motion_lacks_quorum": {"collecting_begins", "collecting_extended"},
    "motion_rejected": {"collecting_begins", "collecting_extended"},
    "result_posted": {"motion_adopted"},
    "decision_takes_effect": {"result_posted"},
    "decision_cancelled": {"result_posted"},
    "decision_open_to_annulment": {"decision_takes_effect"},
    "annulment_sued": {"decision_open_to_annulment"},
    "decision_annulled": {"annulment_sued"},
    "annulment_refused": {"annulment_sued"},
    "candidate_turned_away": set(CALLS_ELECTION),
    "candidates_stand": set(CALLS_ELECTION),
    "too_few_candidates": {"candidates_stand"},
    "committee_elected": {"decision_takes_effect"},
    "committee_filed": {"committee_elected"},
    "lot_drawn": {"decision_takes_effect"},
    "unlawful_rule": {"decision_takes_effect"},
    "shared_seat_filled": {"decision_takes_effect"},
    "shared_seat_unfilled": {"decision_takes_effect"},
    "member_leaves": {"month_begins"},
    "alternate_succeeds": {"member_leaves"},
    "by_election": {"month_begins"},
    "below_half_of_seats": {"month_begins"},
    "seats_refilled": {"decision_takes_effect"},
    "refilled_seats_lost": {"decision_annulled"},
    "committee_restored": {"decision_annulled"},
    "lot_drawn_of_committees": {"decision_takes_effect"},
    "petition": {"month_begins"},
    "petition_fails": {"petition"},
    "committee_dissolved": {"decision_takes_effect", "decision_annulled", "member_leaves", "refilled_seats_lost"},
    "committee_expires": {"term_ends"},
    "committee_proposes": {"month_begins"},
    "contract_changes": {"decision_takes_effect", "decision_annulled"},
    "guidance_begins": {"owners_try", "formation_is_helped", "renewal_is_due"},
    "heads_canvass": {"notice_posted", "collecting_begins", "collecting_extended"},
    "applies_to_stand_in": {"month_begins"},
    "acting_body_appointed": {"applies_to_stand_in"},
    "stands_in": {"acting_body_appointed"},
    "stand_in_ends": {"stands_in"},
    "organises_election": {"month_begins", "stand_in_ends"},
}  # fmt: skip
CAUSES["case_settled_in_joint_meeting"] = CAUSES["claim_settled_in_joint_meeting"] = {"meeting_held"}


def test_every_event_names_what_brought_it_about(communities: Any) -> None:
    for community in communities:
        events = {event.seq: event for event in community.log.events}
        for event in (event for event in events.values() if event.action in CAUSES):
            cause = events[event.cause]
            assert cause.action in CAUSES[event.action], event
            assert cause.week <= event.week and cause.object in ("", event.object)


def test_the_causes_listed_are_of_kinds_that_exist_and_roots_have_none() -> None:
    """A kind that a further agent declares need not stand in the list: that it leads to a root is tested above."""
    assert set(CAUSES) <= set(KINDS) - {*CALENDAR_EVENTS, *OPENS}


def test_every_kind_of_event_that_is_declared_happens(communities: Any) -> None:
    happened = {action for community in communities for action, _ in community.log.counts}

    assert set(KINDS) - happened == set(), "an event is declared that nobody writes"


def test_counts_are_those_of_the_events(community: Any) -> None:
    for (action, measure), count in community.log.counts.items():
        assert count == sum((event.action, event.measure) == (action, measure) for event in community.log.events)


def test_every_event_names_things_that_exist(community: Any) -> None:
    estates, measures = {estate.name for estate in community.estates}, parts("measure")
    for event in community.log.events:
        assert event.clause == "" or event.clause in CLAUSES, event
        assert event.object == "" or event.object in estates, event
        assert event.actor in ACTORS, event
        assert event.measure == "" or event.clause in measures[event.measure].clauses, event
        assert 0 <= event.week < WEEKS


@pytest.mark.parametrize("key", parts("measure"))
def test_a_measures_clauses_exist(key: str) -> None:
    clauses = parts("measure")[key].clauses

    assert clauses and set(clauses) <= set(CLAUSES)


@pytest.mark.parametrize("action", KINDS)
def test_an_events_text_is_in_both_languages_and_filled_from_its_fields(action: str) -> None:
    text = KINDS[action].text
    for language in LANGUAGES:
        places = {name for _, name, _, _ in string.Formatter().parse(text.say(language)) if name is not None}
        assert places <= set(Event._fields)
        assert text.say(language).strip()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh) and text.en.isascii()
    assert _places(text.zh) == _places(text.en), "one language tells more than the other"


def _places(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template)} - {None}


def test_no_two_bodies_declare_the_same_event() -> None:
    declared = [action for cls in parts("agent").values() for action in cls.events]

    assert len(declared) == len(set(declared)) and not set(declared) & set(CALENDAR_EVENTS)


def test_every_event_can_be_said_in_both_languages(community: Any) -> None:
    for event in community.log.events:
        for language in LANGUAGES:
            said = community.log.kinds[event.action].text.say(language, **event._asdict())
            assert said and "{" not in said


def log() -> EventLog:
    return EventLog(
        {
            "held": EventKind(Text(zh="开会", en="held")),
            "noted": EventKind(Text(zh="记", en="n"), routine=True),
        }
    )


def test_an_action_that_nobody_declared_is_refused() -> None:
    with pytest.raises(ValueError, match="no event called 'hled'"):
        log().root(0, "hled")


def test_an_event_without_a_cause_is_refused() -> None:
    with pytest.raises(ValueError, match="names no cause"):
        log().add(0, "party_organization", "held", cause=-1)


@pytest.mark.parametrize("cause", [1, 2, 99])
def test_a_cause_that_has_not_happened_is_refused(cause: int) -> None:
    kept = log()
    kept.root(0, "held")
    with pytest.raises(ValueError, match="cause"):
        kept.add(0, "party_organization", "held", cause=cause)


def test_events_in_a_row_are_written_as_if_one_by_one() -> None:
    for level in ("all", "decisions", "none"):
        row, one = EventLog(log().kinds, level), EventLog(log().kinds, level)  # type: ignore[arg-type]
        first = [kept.root(0, "held") for kept in (row, one)][0]
        acts = [("residents", "noted"), ("residents", "held")]
        assert row.add_all(2, acts, [1, 0, 1], [first] * 3, lambda i: ("here", str(i))) == 1
        for index, action in enumerate(("held", "noted", "held")):
            one.add(2, "residents", action, cause=first, object="here", detail=str(index))
        assert row.events == one.events and row.counts == one.counts
        assert row.root(3, "held") == one.root(3, "held") == 4


@pytest.mark.parametrize(
    ("action", "cause", "why"), [("hled", 0, "no event called"), ("held", -1, "no cause"), ("held", 1, "yet")]
)
def test_events_in_a_row_are_refused_for_what_one_is_refused_for(action: str, cause: int, why: str) -> None:
    kept = log()
    kept.root(0, "held")
    with pytest.raises(ValueError, match=why):
        kept.add_all(0, [("residents", "noted"), ("residents", action)], [0, 1], [0, cause], lambda index: ("", ""))


def test_levels_decide_what_is_stored_and_never_what_is_numbered_or_counted() -> None:
    stored = {}
    for level in ("all", "decisions", "none"):
        kept = EventLog(log().kinds, level)  # type: ignore[arg-type]
        numbers = [kept.root(0, "noted"), kept.root(0, "held"), kept.root(1, "noted")]
        assert numbers == [0, 1, 2] and kept.counts["noted", ""] == 2
        stored[level] = [event.seq for event in kept.events]
    assert stored == {"all": [0, 1, 2], "decisions": [1], "none": []}
