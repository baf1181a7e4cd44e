"""Every lever has a row: switched, it changes the log or the hours as its clause says; neutral, it changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios.estate import Estate
from scenarios.place import four
from scenarios.scenario import START, Scenario
from sim.households import AWARENESS, MATTERS
from sim.parts import numbers_of, parts
from sim.policy import Policy, Setting
from tests.conftest import books, busy, differing, lived, scenario

STAFF, PARTY = "residents_committee", "party_organization"
Levers = Mapping[str, Any]
WITHOUT, WITH = (tuple(replace(one, served=1.0) for one in four(60, committee=held)[1:2]) for held in (0.0, 1.0))
# Owners who try in every month and come to a ballot in the next, which they surely win.
EAGER = {"formation_attempts": 10.0, "application_fades": 0.0, "application_closeness": 0.0, "preparation_fades": 0.0,
         "preparation_weeks": 4}  # fmt: skip
SURE = {"assembly": {"base": 4.0, "supports": 4.0, "boycott": 0.0, "collect_weeks": 2}, "candidate_choice": {"marks": 8.0}}
HELPLESS = {"building_heads": {"posts_filled": 1.0, "tires": 0.0}, "owners_assembly": {"told_turnout": 0.0}}
# Violations begin soon and are soon found; nobody does anything about them.
LAWLESS = {"hazard": 0.5, "deterrence": 0.0, "ends": 0.0, "found_anyhow": 1.0, "dissuaded": 0.0, "dissuaded_backing": 0.0,
           "reported": 0.0, "acted_on": 1.0, "delay_weeks": 26}  # fmt: skip
MEETINGS = Setting("joint_meeting", levers={"interval_weeks": ((START, 4),), "agenda": ((START, "shortfall"),)})
AMPLE = {"hours_per_staff": 100.0}
NOBODY_TRIES = {"formation_attempts": 0.0}


@dataclass(frozen=True)
class Row:
    """A lever at its neutral value and at another, in a setting where it is soon reached, and what must then differ.

    others: levers of the same measure that are not neutral.  beside: measures in force in both runs.  judge: is handed
    the run with the lever neutral and the run with the value.
    """

    measure: str
    lever: str
    value: Any
    judge: Callable[[Any, Any], None]
    others: Levers = field(default_factory=dict)
    beside: tuple[Setting, ...] = ()
    estates: tuple[Estate, ...] = WITHOUT
    agents: Mapping[str, Levers] = field(default_factory=dict)
    mechanisms: Mapping[str, Levers] = field(default_factory=dict)
    backing: float = 0.0
    weeks: int = 60

    @property
    def name(self) -> str:
        return f"{self.measure}.{self.lever}={self.value}"

    def plan(self, levers: Levers | None) -> Scenario:
        """Return the scenario with these levers of the measure, the others neutral; None: without the measure."""
        settings = () if levers is None else (setting(self.measure, {**neutral(self.measure), **self.others, **levers}),)
        made = scenario(
            self.estates, policy=Policy((*self.beside, *settings)), weeks=self.weeks, agents=self.agents,
            mechanisms=self.mechanisms,
        )  # fmt: skip
        return replace(made, place=replace(made.place, backing=self.backing))


def neutral(key: str) -> dict[str, Any]:
    return {name: about.neutral for name, about in numbers_of(parts("measure")[key]).items()}


def setting(key: str, levers: Levers) -> Setting:
    return Setting(key, levers={name: ((START, value),) for name, value in levers.items()})


def events(community: Any, action: str, detail: str | None = None) -> list[Any]:
    return [one for one in community.log.events if one.action == action and detail in (None, one.detail)]


def hours(community: Any, body: str, activity: str) -> Any:
    return community.record.given.get((body, activity), np.zeros(1))


def weeks_of(community: Any, action: str) -> list[int]:
    return [one.week for one in events(community, action)]


def appears(action: str, clause: str, measure: str, *, detail: str | None = None) -> Callable[[Any, Any], None]:
    """Return a judge: what never happens without it happens with it, in the name of the clause and the measure."""

    def judge(off: Any, on: Any) -> None:
        assert events(off, action) == [] != events(on, action, detail)
        assert {(one.clause, one.measure) for one in events(on, action)} == {(clause, measure)}

    return judge


def takes(body: str, activity: str) -> Callable[[Any, Any], None]:
    """Return a judge: it takes hours of a body that nobody asked for without it."""

    def judge(off: Any, on: Any) -> None:
        assert hours(off, body, activity).max() == 0 < hours(on, body, activity).max()

    return judge


def all_of(*judges: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def judge(off: Any, on: Any) -> None:
        for one in judges:
            one(off, on)

    return judge


def more(action: str, detail: str | None = None) -> Callable[[Any, Any], None]:
    """Return a judge: it happens more often."""

    def judge(off: Any, on: Any) -> None:
        assert len(events(off, action, detail)) < len(events(on, action, detail))

    return judge


def fewer(action: str, detail: str | None = None) -> Callable[[Any, Any], None]:
    return lambda off, on: more(action, detail)(on, off)


def ends(action: str) -> Callable[[Any, Any], None]:
    """Return a judge: what happens without it never happens with it."""

    def judge(off: Any, on: Any) -> None:
        assert events(off, action) != [] == events(on, action)

    return judge


def seats_for(body: str, clause: str) -> Callable[[Any, Any], None]:
    """Return a judge: members of that body, and of no other, take seats, and owe hours to them."""
    told = appears("shared_seat_filled", clause, "cross_serving")

    def judge(off: Any, on: Any) -> None:
        told(off, on)
        assert {one.detail for one in events(on, "shared_seat_filled")} == {body}
        members = on.in_estate("owners_committee", on.estates[0]).members
        assert {member.body for member in members} == {body, "owners_committee"}

    return all_of(judge, takes(body, "seats"))


def dearer_fines(off: Any, on: Any) -> None:
    """Every fine is larger, and a firm that reckons with it violates less."""
    low, high = ({int(one.detail) for one in events(run, "fine_imposed")} for run in (off, on))
    assert max(low) < min(high)
    assert {one.measure for one in events(off, "fine_imposed")} == {""}
    assert {(one.clause, one.measure) for one in events(on, "fine_imposed")} == {("3.4g", "enforcement")}
    more("violation_begins")(on, off)


def acts_sooner(off: Any, on: Any) -> None:
    """Every report is acted on sooner than the soonest without it."""
    waits = []
    for run in (off, on):
        reported = {one.seq: one.week for one in events(run, "violation_reported")}
        waits.append([one.week - reported[one.cause] for one in events(run, "authority_acts")])
    late, soon = waits
    assert max(soon) < min(late)
    assert {one.clause for one in events(on, "authority_acts")} == {"3.4g"}


def keeps_its_word(off: Any, on: Any) -> None:
    """Promises that nobody pressed for are broken, pressed for they are kept; pressing takes hours where any are open."""
    more("promise_kept")(off, on)
    fewer("promise_broken")(off, on)
    takes(STAFF, "pressing")(off, on)
    first = min(weeks_of(on, "promise_made"))
    assert hours(on, STAFF, "pressing")[: first + 1].max() == 0


def every_few_weeks(action: str, interval: int) -> Callable[[Any, Any], None]:
    """Return a judge: with the interval it happens on that rhythm to the end."""

    def judge(_: Any, on: Any) -> None:
        weeks = weeks_of(on, action)
        assert set(np.diff(weeks)) == {interval} and weeks[-1] + interval >= on.week

    return judge


def shortfalls(run: Any, week: int) -> list[str]:
    """Return the matters of the one estate, the one that falls shortest in a week first."""
    short = run.estates[0].standard - run.record.quality[week, 0]
    return [tuple(MATTERS)[index] for index in np.argsort(-short)]


def taken_up(run: Any, week: int) -> list[str]:
    both = (*events(run, "promise_made"), *events(run, "no_agreement"))
    return [one.detail for one in sorted(both, key=lambda one: one.seq) if one.week == week]


def another_agenda(off: Any, on: Any) -> None:
    """Where meetings see shortfalls without error, they take up those that fall shortest; by another rule they do not."""
    weeks = weeks_of(off, "meeting_held")
    assert weeks == weeks_of(on, "meeting_held")
    assert all(taken_up(off, week) == shortfalls(off, week)[: len(taken_up(off, week))] for week in weeks)
    assert [taken_up(on, week) for week in weeks] != [taken_up(off, week) for week in weeks]
    error = [run.record.tracked[PARTY, "agenda_error"].sum() for run in (off, on)]
    assert error[0] == 0 < error[1]


def comes_more(off: Any, on: Any) -> None:
    """Every assembly says that owners may vote online, and more of them take part."""
    assert len(events(on, "online_ballot_opens")) == len(events(on, "assembly_called"))
    turnout = [run.record.tracked["owners_assembly", "last_turnout"].max() for run in (off, on)]
    assert turnout[0] < turnout[1]


def is_told_and_waits(off: Any, on: Any) -> None:
    """The committee is told before every ballot, which waits for it, and none stands open to annulment for want of it."""
    assert len(events(on, "committee_told")) == len(events(on, "assembly_called"))
    assert events(off, "decision_open_to_annulment", "committee_not_told") != []
    assert events(on, "decision_open_to_annulment") == []
    wait = [events(run, "collecting_begins")[0].week - events(run, "notice_posted")[0].week for run in (off, on)]
    assert wait[0] < wait[1] == 12


def leads(off: Any, on: Any) -> None:
    """It has more hours, and with its authority items end in promises (1.2.1)."""
    assert (on.record.capacity[PARTY] > off.record.capacity[PARTY]).all()
    takes(PARTY, "leading")(off, on)
    assert events(off, "promise_made") == [] != events(off, "no_agreement")
    assert events(on, "promise_made") != [] == events(on, "no_agreement")


def crowds_out(off: Any, on: Any) -> None:
    """What is led from above is begun less from below: owners who try in every month try no more."""
    assert weeks_of(off, "owners_try") == weeks_of(off, "month_begins")
    assert weeks_of(on, "owners_try") == []


def aware(off: Any, on: Any) -> None:
    """All are content here, so publicity puts nobody off and awareness of paid service rises."""
    assert {one.detail for one in events(on, "campaign_held")} == {"0.00"}
    held = [run.households.attitudes.held[AWARENESS].mean() for run in (off, on)]
    assert held[0] < held[1]


def finds_sooner(off: Any, on: Any) -> None:
    """The same violations begin; more of them are found, and each that is found without it no later with it."""
    assert weeks_of(off, "violation_begins") == weeks_of(on, "violation_begins")
    found = [{one.cause: one.week for one in events(run, "violation_found")} for run in (off, on)]
    begun = [{one.seq: (one.week, one.detail) for one in events(run, "violation_begins")} for run in (off, on)]
    off_found, on_found = (
        {begins[cause]: week for cause, week in seen.items()} for begins, seen in zip(begun, found, strict=True)
    )
    assert len(off_found) < len(on_found)
    assert all(on_found[violation] <= week for violation, week in off_found.items())


def works_alongside(off: Any, on: Any) -> None:
    """Joint services take hours that mediation and supervision then lack, and quality is better for them."""
    takes(STAFF, "joint_service")(off, on)
    assert hours(on, STAFF, "supervision").sum() < hours(off, STAFF, "supervision").sum()
    assert on.record.quality[-1].mean() > off.record.quality[-1].mean()


def goes_less_far(off: Any, on: Any) -> None:
    """Full backing that takes more hours than there are reaches owners in part: their heads canvass less."""
    asked = [run.record.asked[STAFF, "backing"].max() for run in (off, on)]
    assert asked[0] < asked[1] and hours(on, STAFF, "backing").max() < asked[1]
    canvassed = [hours(run, "building_heads", "canvass").max() for run in (off, on)]
    assert canvassed[0] > canvassed[1] > 0


def stands_in(mode: str) -> Callable[[Any, Any], None]:
    told = [
        appears(action, "3.3b-1", "substitution", detail=detail)
        for action, detail in (("applies_to_stand_in", mode), ("acting_body_appointed", None), ("stands_in", mode))
    ]
    return all_of(*told, takes(STAFF, "stand_in"))


def sits_within(mode: str) -> Callable[[Any, Any], None]:
    """Return a judge: of a committee that does not work an election is organised, in which the other body's people win.

    As director one of them sits, as members they have the majority of the seats.
    """

    def judge(off: Any, on: Any) -> None:
        appears("organises_election", "3.3b-1", "substitution")(off, on)
        appears("shared_seat_filled", "3.3b-1", "substitution", detail=STAFF)(off, on)
        assert events(on, "stands_in") == []
        members = on.in_estate("owners_committee", on.estates[0]).members
        sitting = sum(member.body == STAFF for member in members)
        assert sitting == 1 if mode == "director" else 2 * sitting > len(members)

    return judge


def takes_more(off: Any, on: Any) -> None:
    assert weeks_of(off, "stands_in") == weeks_of(on, "stands_in") != []
    spent = [hours(run, STAFF, "stand_in").max() for run in (off, on)]
    assert 0 < spent[0] < spent[1]


def acts_a_quarter(off: Any, on: Any) -> None:
    """With a quarter of the hours that it takes in full, standing in is a quarter as active; more than full buys no more."""
    active = [run.record.tracked["acting_body", "activity"].max() for run in (off, on)]
    assert active[1] == pytest.approx(active[0] / 4, rel=0.03)


def acts_no_more(off: Any, on: Any) -> None:
    active = [run.record.tracked["acting_body", "activity"].max() for run in (off, on)]
    assert active[1] == pytest.approx(active[0], rel=0.03)


def ends_by(reason: str) -> Callable[[Any, Any], None]:
    """Return a judge: standing in ends for a reason that does not come up without it."""

    def judge(off: Any, on: Any) -> None:
        assert events(off, "stand_in_ends", reason) == [] != events(on, "stand_in_ends", reason)
        assert {(one.clause, one.measure) for one in events(on, "stand_in_ends")} == {("3.3b-1", "substitution")}

    return judge


def election_follows(helped: bool) -> Callable[[Any, Any], None]:
    """Return a judge: when the time is over an election is organised; helped, it takes hours and building heads canvass."""

    def judge(off: Any, on: Any) -> None:
        assert events(off, "stand_in_ends", "sunset") != [] != events(on, "stand_in_ends", "sunset")
        appears("organises_election", "3.3b-1", "substitution")(off, on)
        ended = {one.seq for one in events(on, "stand_in_ends", "sunset")}
        assert {one.cause for one in events(on, "organises_election")} <= ended
        assert (events(on, "heads_canvass") != []) == helped and events(off, "heads_canvass") == []
        assert (hours(on, STAFF, "formation_help").max() > 0) == helped

    return judge


def turned_away(off: Any, on: Any) -> None:
    """Fewer stand than without it, by as many as are turned away."""
    first = [events(run, "candidates_stand")[0] for run in (off, on)]
    stood = [int(one.detail.split("/")[0]) for one in first]
    away = [one for one in events(on, "candidate_turned_away") if one.week == first[1].week]
    assert stood[0] - stood[1] == len(away) > 0


def cross(lever: str, value: float, body: str, clause: str) -> Row:
    agents = {"owners_committee": EAGER, body: {"flat_share": 1.0}}
    return Row("cross_serving", lever, value, seats_for(body, clause), agents=agents, mechanisms=SURE)


def enforce(lever: str, value: Any, judge: Callable[[Any, Any], None], **changes: Any) -> Row:
    return Row(
        "enforcement", lever, value, judge, mechanisms={"violations": {**LAWLESS, **changes}}, estates=WITH, weeks=104
    )


def act(lever: str, value: Any, judge: Callable[[Any, Any], None], others: Levers | None = None, **changes: Any) -> Row:
    """Return a row of substitution in an estate where nobody else acts and nobody objects."""
    agents = {
        "acting_body": {"waits_weeks": 4, "objects": -8.0, "objects_content": 0.0, "objects_trust": 0.0},
        "owners_committee": NOBODY_TRIES, STAFF: AMPLE, **HELPLESS,
    }  # fmt: skip
    agents = {key: {**agents.get(key, {}), **changes.get(key, {})} for key in {*agents, *changes}}
    return Row("substitution", lever, value, judge, others or {}, agents=agents, mechanisms=SURE)


def within(mode: str) -> Row:
    """Return a row of substitution in an estate whose committee does not work."""
    idle = {"owners_committee": {"working": 1.0, "leaves": 0.0, "recall": 0.0, "term_weeks": 261}}
    made = act("mode", mode, sits_within(mode), **idle, residents_committee={"flat_share": 1.0})
    return replace(made, estates=WITH)


ACTING, SHORT = {"mode": "acting"}, {"mode": "acting", "sunset_weeks": 8}
ROWS = (
    cross("residents_committee_share", 0.4, STAFF, "3.3a-2"),
    cross("party_share", 0.4, PARTY, "3.1h"),
    enforce("dissuade", 1.0, appears("violation_dissuaded", "3.4g", "enforcement")),
    enforce(
        "report", 1.0,
        all_of(*(appears(action, "3.4g", "enforcement") for action in ("violation_reported", "authority_acts"))),
    ),
    enforce("penalty", 5.0, dearer_fines, reported=1.0, deterrence=0.2, ends=0.2, delay_weeks=1),
    enforce("delay_weeks", 1, acts_sooner, reported=1.0),
    Row(
        "follow_up", "hours", 20.0, keeps_its_word, beside=(MEETINGS,), weeks=80,
        agents={
            PARTY: {"agreement": 1.0}, STAFF: {**AMPLE, "full_follow_up": 0.5},
            "property_service_company": {"keeps": -5.0, "keeps_follow_up": 1.0, "keeps_pressure": 0.0, "keeps_means": 0.0},
        },
    ),
    Row(
        "formation_help", "hours", 6.0,
        all_of(
            appears("formation_is_helped", "3.3a-1", "formation_help"), ends("attempt_fades"), more("assembly_called"),
            takes(STAFF, "formation_help"), more("heads_canvass"),
        ),
        agents={
            "owners_committee": {**EAGER, "application_fades": 1.0, "helped": 0.0}, STAFF: AMPLE, **HELPLESS,
            "subdistrict": {"hours_per_estate": 100.0},
        },
        mechanisms=SURE,
    ),
    Row(
        "joint_meeting", "interval_weeks", 4,
        all_of(
            *(appears(action, "3.2a", "joint_meeting") for action in ("meeting_held", "promise_made")),
            every_few_weeks("meeting_held", 4), takes(STAFF, "joint_meeting"), takes(PARTY, "joint_meeting"),
            takes(STAFF, "follow_up"),
        ),
    ),
    *(
        Row(
            "joint_meeting", "agenda", rule, another_agenda, {"interval_weeks": 13},
            agents={PARTY: {"information_error": 0.0}, STAFF: AMPLE}, estates=WITH,
        )
        for rule in ("voiced", "severity", "random")
    ),
    Row(
        "online_channel", "ballot", 1.0, all_of(appears("online_ballot_opens", "3.5d", "online_channel"), comes_more),
        agents={"owners_committee": EAGER}, mechanisms={"online_ballot": {"ease": 3.0}},
    ),
    Row(
        "party_leadership", "capacity_hours", 40.0, leads, beside=(MEETINGS,),
        agents={PARTY: {"agreement": 0.0, "harmony": 0.0, "pressure": 0.0, "authority": 1.0}, STAFF: AMPLE},
    ),
    Row(
        "party_leadership", "capacity_hours", 40.0, crowds_out,
        agents={"owners_committee": {**EAGER, "application_fades": 1.0, "crowding_out": 1.0, "usual_core": 0.01}},
    ),
    Row(
        "prior_notice", "weeks", 12, all_of(appears("committee_told", "3.1f", "prior_notice"), is_told_and_waits),
        agents={
            "owners_committee": EAGER,
            "owners_assembly": {"short_notice": 0.0, "off_agenda": 0.0, "committee_not_told": 1.0},
        },
        mechanisms=SURE,
    ),
    Row(
        "publicity", "intensity", 1.0,
        all_of(appears("campaign_held", "4.4a", "publicity"), takes(STAFF, "publicity"), aware),
        mechanisms={"publicity_effect": {"reach": 1.0, "backfires_below": 0.0}},
    ),
    Row(
        "publicity", "interval_weeks", 4, all_of(more("campaign_held"), every_few_weeks("campaign_held", 4)),
        {"intensity": 1.0},
    ),
    Row(
        "residents_committee_supervision", "hours", 40.0, all_of(finds_sooner, takes(STAFF, "added_supervision")),
        agents={STAFF: AMPLE}, weeks=104,
        mechanisms={"violations": {**LAWLESS, "found_anyhow": 0.0, "found_by_supervision": 0.02, "found_by_committee": 0.0}},
    ),
    Row("residents_committee_support", "service_hours", 40.0, works_alongside),
    Row(
        "residents_committee_support", "backing", 1.0, all_of(takes(STAFF, "backing"), more("heads_canvass")),
        agents={"owners_committee": EAGER, STAFF: AMPLE, **HELPLESS},
    ),
    Row(
        "residents_committee_support", "backing_hours", 40.0, goes_less_far, {"backing": 1.0},
        agents={"owners_committee": EAGER, **HELPLESS},
    ),
    *(act("mode", mode, stands_in(mode)) for mode in ("acting", "joint_committee")),
    *(within(mode) for mode in ("director", "members")),
    act("trigger", "narrow", ends("stands_in"), ACTING, acting_body={"narrow_shortfall": 0.0}),
    act(
        "trigger", "narrow", ends("stands_in"), ACTING,
        acting_body={"narrow_shortfall": 1.0},
        owners_committee={**EAGER, "application_fades": 1.0},
    ),
    act(
        "trigger", "narrow", appears("stands_in", "3.3b-1", "substitution"), ACTING,
        acting_body={"waits_weeks": 260, "narrow_shortfall": 0.0},
        owners_committee={**EAGER, "application_fades": 1.0},
    ),
    act("hours", 20.0, all_of(takes_more, acts_no_more), ACTING),
    act("hours", 2.0, acts_a_quarter, ACTING),
    act("objection_share", 0.0, ends_by("objections"), ACTING, acting_body={"objects": -3.0}),
    act("sunset_weeks", 8, ends_by("sunset"), ACTING),
    act("afterwards", "unaided_election", election_follows(helped=False), SHORT),
    act("afterwards", "helped_election", election_follows(helped=True), SHORT),
    Row(
        "vetting", "strictness", 1.0,
        all_of(appears("candidate_turned_away", "3.4a-1", "vetting"), turned_away),
        agents={"owners_committee": {**EAGER, "vetting_bar": 0.6}}, mechanisms=SURE,
    ),
)  # fmt: skip


@cache
def run(index: int, how: str = "neutral") -> Any:
    """Live through a row: with its lever neutral, with it "switched", or "without" the measure; once each."""
    row = ROWS[index]
    return lived(row.plan({"neutral": {}, "switched": {row.lever: row.value}, "without": None}[how]))


IDS = [row.name for row in ROWS]
LEVERS = {(key, name): about for key, cls in parts("measure").items() for name, about in numbers_of(cls).items()}


def test_every_lever_and_every_choice_of_one_has_a_row() -> None:
    assert {(row.measure, row.lever) for row in ROWS} == set(LEVERS)
    choices = {(*lever, one) for lever, about in LEVERS.items() for one in about.choices if one != about.neutral}
    assert choices <= {(row.measure, row.lever, row.value) for row in ROWS}


@pytest.mark.parametrize("index", range(len(ROWS)), ids=IDS)
def test_switching_a_lever_changes_what_its_clause_says(index: int) -> None:
    ROWS[index].judge(run(index), run(index, "switched"))


ALONE = [index for index, row in enumerate(ROWS) if not row.others]


@pytest.mark.parametrize("index", ALONE, ids=[IDS[index] for index in ALONE])
def test_a_neutral_lever_changes_nothing_bit_for_bit_where_it_would_be_reached(index: int) -> None:
    """The measure is in force and acts; where the lever would show, its neutral value is as good as no measure."""
    without, neutral_run = run(index, "without"), run(index)
    assert ROWS[index].measure in {one.key for one in neutral_run.estates[0].measures}
    assert differing(books(without), books(neutral_run)) == []
    assert told(without) == told(neutral_run) and boards(without) == boards(neutral_run)


SEVERAL = ("cross_serving", "enforcement", "residents_committee_support")


SIGNED = {
    "dissuade": {"violation_dissuaded"},
    "report": {"violation_reported", "authority_acts", "fine_imposed"},
    "penalty": {"authority_acts", "fine_imposed"},
    "delay_weeks": {"authority_acts", "fine_imposed"},
}


@pytest.mark.parametrize("lever", SIGNED)
def test_enforcement_signs_what_its_lever_strengthens_and_leaves_todays_practice_unsigned(lever: str) -> None:
    """All of it happens anyhow; what a lever does not touch does not happen on clause 3.4g."""
    rungs = {"dissuaded": 0.3, "reported": 0.3, "delay_weeks": 4, "ends": 0.1}
    row = enforce(lever, numbers_of(parts("measure")["enforcement"])[lever].suggested, more("fine_imposed"), **rungs)
    today, acting = lived(row.plan(None)), lived(row.plan({lever: row.value}))
    everything = set().union(*SIGNED.values())
    assert everything <= {action for action, measure in today.log.counts if not measure}
    signed = {(one.action, one.clause) for one in acting.log.events if one.measure == "enforcement"}
    assert signed == {(action, "3.4g") for action in SIGNED[lever]}


@pytest.mark.parametrize("key", SEVERAL)
def test_levers_pulled_one_by_one_do_what_they_do_together(key: str) -> None:
    """Each is neutral while the others act: a neutral lever neither adds to them nor takes from them."""
    pulled = [name for name, about in numbers_of(parts("measure")[key]).items() if about.neutral != about.suggested]
    singly = [setting(key, {**neutral(key), name: LEVERS[key, name].suggested}) for name in pulled]
    together, apart = (lived(busy(policy=Policy(tuple(policy)), weeks=80)) for policy in ((Setting(key),), singly))
    assert len(pulled) > 1 and len(apart.estates[0].measures) == len(pulled)
    assert differing(books(together), books(apart)) == []
    assert told(together) == told(apart) and boards(together) == boards(apart)


def test_what_follows_standing_in_changes_nothing_while_it_lasts() -> None:
    """The lever is reached at the sunset: up to that week the log is the same, whatever follows."""
    rows = [index for index, row in enumerate(ROWS) if row.lever == "afterwards"]
    over = min(weeks_of(run(rows[0]), "stand_in_ends"))
    before = [[event for event in told(one) if event.week < over] for i in rows for one in (run(i), run(i, "switched"))]
    assert len(before) == 4 and all(log == before[0] != [] for log in before)


def told(community: Any) -> list[Any]:
    """Return the events but for the change of rules itself, which a neutral measure does bring about."""
    return [one._replace(seq=0, cause=0) for one in community.log.events if one.action != "policy_changes"]


def boards(community: Any) -> list[dict[str, Any]]:
    """Return what stands on the estates' boards in the end: backing, what a firm reckons with, what presses on it."""
    plain = (int, float, str, dict)
    return [{key: value for key, value in vars(one).items() if isinstance(value, plain)} for one in community.estates]
