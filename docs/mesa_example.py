"""A community for people who know Mesa: make it, step it, collect from it, look inside.

Run it with `python docs/mesa_example.py`; it takes a few seconds.

What differs from most Mesa models: *households are not agents*.  There are thousands of them, and they stand
as arrays in `model.households`, one row a dwelling, stepped by compiled kernels; the arrays can be read, not
written.  Agents are the institutions: committees, the Party organization, the firms.  All chance comes from
streams keyed by the seed; `model.random` and `model.rng`, which Mesa provides, are there and decide nothing.
"""

from agents.owners_committee import OwnersCommittee
from scenarios.places.four_estates_with_committees import FourEstatesWithCommittees
from scenarios.scenario import START, Scenario
from scenarios.settle import settle
from sim.community import Community
from sim.households import GROUPS, MATTERS
from sim.policy import Policy, Setting
from sim.ties import neighbours_of

WEEKS = 52


def four_weekly_meetings() -> Community:
    """Return four estates of one community; the Party organization calls a joint meeting every four weeks."""
    meeting = Setting("joint_meeting", levers={"interval_weeks": ((START, 4),)})
    place = FourEstatesWithCommittees(households=120)
    return settle(Scenario("four_weekly_meetings", place, Policy((meeting,)), weeks=WEEKS), seed=1)


def show_weeks(model: Community) -> None:
    """Print some outcomes week by week: the data frame has a row a week and a column an outcome."""
    weekly = model.datacollector.get_model_vars_dataframe()
    print(weekly[["true_satisfaction", "collection_rate", "joint_meetings"]].tail(3).round(1), end="\n\n")


def show_agents(model: Community) -> None:
    """Print how many agents of each kind there are, then how the owners' committees do."""
    for kind, agents in model.agents_by_type.items():
        print(f"{len(agents)} x {kind.__name__}")
    for committee in model.agents.select(agent_type=OwnersCommittee):
        print(f"  {committee.estate.name}: activity {committee.activity:.2f}, working: {committee.is_working}")


def show_household(model: Community, row: int) -> None:
    """Print one household: a row of the arrays of `model.households`."""
    people = model.households
    experience, paying = people.experience, people.paying
    group = people.dwellings.group[row]
    lives_here = list(GROUPS)[group] if group < len(GROUPS) else "nobody"
    print(f"\nhousehold {row} of {people.size}: {lives_here}")
    print(f"  satisfaction {experience.satisfaction[row]:.2f}, bill {paying.bill[row] / 100:.2f} yuan a month")
    print(f"  owes {paying.arrears[row]} months, talks with rows {neighbours_of(people.ties, 0, row)}")
    for matter, name in enumerate(MATTERS):
        print(f"  {name}: perceives {experience.perceived[matter, row]:.2f}")


def main() -> None:
    """Live through a year and look at it."""
    model = four_weekly_meetings()
    for _ in range(WEEKS):
        model.step()
    show_weeks(model)
    show_agents(model)
    show_household(model, row=7)


if __name__ == "__main__":
    main()
