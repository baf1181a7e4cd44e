"""Building heads: hours are theirs alone, canvassing adds up to visits, news reaches people through them, and they tire."""

from dataclasses import replace
from typing import Any

import pytest

from scenarios.place import four
from scenarios.settle import settle
from sim.households import PROVIDER
from sim.parts import default_of, parts

HEADS = parts("agent")["building_heads"]
BACKING = 0.3
STEADY = {"tires": 0.0, "fills": 0.0}
# Owners who try in every month, whose attempts never fade: the first ballot comes at once.
EAGER = {"formation_attempts": 10.0, "application_fades": 0.0, "application_closeness": 0.0, "preparation_fades": 0.0,
         "preparation_weeks": 4}  # fmt: skip
ALONE = (replace(four(120)[1], committee=0.0),)


def about(name: str) -> float:
    return float(default_of(HEADS, name))  # type: ignore[arg-type]


def canvassed(community: Any) -> list[tuple[float, float, float]]:
    """Live through the weeks; return canvassed hours, hours asked, and posts filled, week by week."""
    estate, heads, seen = community.estates[0], community.in_estate("building_heads", community.estates[0]), []
    while community.running:
        community.step()
        asked = community.ledger.asked["building_heads", "canvass"]
        seen.append((estate.canvassed, asked, heads.filled))
    return seen


def test_what_is_canvassed_by_the_count_is_the_hours_of_the_weeks_of_collecting(scenario: Any) -> None:
    community = settle(scenario(ALONE, agents={"owners_committee": EAGER, "building_heads": STEADY}, weeks=80), 3)
    collecting = community.mechanisms["assembly"].collect_weeks
    entrances = -(-120 // ALONE[0].entrance_size)
    week = entrances * about("posts_filled") * about("hours_per_head") * BACKING
    seen = canvassed(community)
    busy = [asked for _, asked, _ in seen if asked]

    assert entrances == community.estates[0].entrances == 4
    assert max(hours for hours, _, _ in seen) == pytest.approx(collecting * week)
    assert busy == pytest.approx([week] * len(busy))
    assert len(busy) >= collecting
    assert community.log.counts["heads_canvass", ""] >= 1


@pytest.mark.parametrize("backing", [0.0, 1.0])
def test_hours_are_those_there_are_and_canvassing_goes_before_news(backing: float, busy: Any, lived: Any) -> None:
    plan = busy(agents={"owners_committee": {"renewal_backing": 0.0}}, weeks=80)
    community = lived(replace(plan, place=replace(plan.place, backing=backing)))
    record = community.record
    canvass, news = (record.given["building_heads", activity] for activity in ("canvass", "news"))

    assert (canvass + news <= record.capacity["building_heads"] + 1e-9).all() and (news >= 0).all()
    assert record.asked["building_heads", "canvass"] == pytest.approx(canvass)
    assert (canvass.max() > 0) == (backing > 0), "who is not asked by anybody does not go"
    assert (news < news.max() - 1e-9).any() == (backing > 0)


def test_those_who_canvass_tire_and_their_posts_are_filled_again(scenario: Any) -> None:
    tiring = {"tires": 0.5, "fills": 0.1}
    community = settle(scenario(ALONE, agents={"owners_committee": EAGER, "building_heads": tiring}, weeks=80), 3)
    seen = canvassed(community)
    filled = about("posts_filled")
    for (_, asked, after), before in zip(seen, [filled, *(filled for _, _, filled in seen)], strict=False):
        busy = BACKING if asked else 0.0
        assert after == pytest.approx(before + 0.1 * (filled - before) - 0.5 * busy * before)
    assert min(after for _, _, after in seen) < filled / 2


@pytest.mark.parametrize(("filled", "weight"), [(0.0, "posted"), (1.0, "both")])
def test_news_weighs_as_it_is_posted_and_more_as_heads_carry_it(
    filled: float, weight: str, scenario: Any, lived: Any
) -> None:
    community = lived(scenario(agents={"building_heads": {"posts_filled": filled}}), weeks=1)
    estate, trust = community.estates[0], community.mechanisms["trust"]
    expected = about("posted") + (about("at_the_door") if weight == "both" else 0.0)
    community.announce(estate, PROVIDER, good=False)

    assert estate.news == pytest.approx(expected)
    assert community._news[PROVIDER, 0] == pytest.approx(-trust.public * trust.loss * expected)


def test_with_the_usual_heads_public_events_have_the_weight_that_is_declared_for_them() -> None:
    assert about("posted") + about("at_the_door") * about("posts_filled") == pytest.approx(1.0)
