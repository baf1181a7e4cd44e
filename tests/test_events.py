"""The event log: every event but the roots leads to a root, in both languages, on clauses that exist."""

import string
from typing import Any

import pytest

from sim.clauses import CLAUSES
from sim.events import CALENDAR_EVENTS, ROOTS, Event, EventKind, EventLog
from sim.parts import parts
from sim.policy import Policy, Setting
from sim.texts import LANGUAGES, Text

KINDS = {
    **CALENDAR_EVENTS,
    **{action: kind for cls in parts("agent").values() for action, kind in cls.events.items()},
}


@pytest.fixture(scope="module")
def community(scenario: Any, lived: Any) -> Any:
    policy = Policy(tuple(Setting(key) for key in parts("measure")))
    return lived(scenario(policy=policy, agents={"owners_committee": {"term_weeks": 52}}, weeks=104))


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


# What may bring an event about; a promise is kept or broken where it was made.
CAUSES = {
    "firm_decides": "month_begins",
    "meeting_held": "meeting_is_due",
    "promise_made": "meeting_held",
    "no_agreement": "meeting_held",
    "promise_kept": "promise_made",
    "promise_broken": "promise_made",
    "election_held": "term_ends",
    "shared_seat_filled": "election_held",
    "shared_seat_unfilled": "election_held",
}


def test_every_event_names_what_brought_it_about(community: Any) -> None:
    events = {event.seq: event for event in community.log.events}
    for event in (event for event in events.values() if event.action in CAUSES):
        cause = events[event.cause]
        assert cause.action == CAUSES[event.action]
        assert (cause.week == event.week) != event.action.startswith(("promise_k", "promise_b"))
        assert cause.object in ("", event.object)


def test_every_kind_of_event_that_is_declared_happens(community: Any) -> None:
    happened = {action for action, _ in community.log.counts}

    assert set(KINDS) == happened, "an event is declared that nobody writes"


def test_counts_are_those_of_the_events(community: Any) -> None:
    for (action, measure), count in community.log.counts.items():
        assert count == sum(
            (event.action, event.measure) == (action, measure) for event in community.log.events
        )


def test_every_event_names_things_that_exist(community: Any) -> None:
    estates, measures = {estate.name for estate in community.estates}, parts("measure")
    for event in community.log.events:
        assert event.clause == "" or event.clause in CLAUSES, event
        assert event.object == "" or event.object in estates, event
        assert event.actor in ROOTS or event.actor in parts("agent"), event
        assert event.measure == "" or event.clause in measures[event.measure].clauses, event
        assert 0 <= event.week < 104


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


def test_levels_decide_what_is_stored_and_never_what_is_numbered_or_counted() -> None:
    stored = {}
    for level in ("all", "decisions", "none"):
        kept = EventLog(log().kinds, level)  # type: ignore[arg-type]
        numbers = [kept.root(0, "noted"), kept.root(0, "held"), kept.root(1, "noted")]
        assert numbers == [0, 1, 2] and kept.counts["noted", ""] == 2
        stored[level] = [event.seq for event in kept.events]
    assert stored == {"all": [0, 1, 2], "decisions": [1], "none": []}
