"""Where there is nothing to be a share of there is no value: nobody lives there, nothing was billed."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scenarios.place import four
from sim.outcome import outcomes

# An estate that the developer has not sold, in the middle of two that are lived in.
UNSOLD = replace(
    four(12)[0],
    name="unsold",
    households=12,
    developer=0.95,
    vacant=0.95,
    let=0.0,
    institution=0.0,
    served=1.0,
)
LIVED_IN = tuple(replace(estate, served=1.0) for estate in four(60)[:2])
SEED = 7


@pytest.fixture(scope="module")
def community(scenario: Any, lived: Any) -> Any:
    """A community with an estate in which nobody lives."""
    found = lived(scenario((LIVED_IN[0], UNSOLD, LIVED_IN[1]), weeks=60), seed=SEED)
    assert found.record.residents.sum(axis=1)[1] == 0 < found.record.residents.sum(axis=1)[[0, 2]].min()
    return found


@pytest.mark.parametrize("key", [key for key, outcome in outcomes().items() if outcome.ratio])
def test_a_value_is_there_where_there_is_anything_to_be_a_share_of_and_never_infinite(key: str, community: Any) -> None:
    outcome, record = outcomes()[key], community.record
    below = np.asarray(outcome.ratio(record).below, float)
    whole = below.sum(axis=1) if below.ndim == 2 else below

    assert (np.isfinite(outcome.series(record)) == (whole > 0)).all()
    if below.ndim == 2:
        assert (np.isfinite(outcome.by_estate(record)) == (below > 0)).all()


@pytest.mark.parametrize("key", ["true_satisfaction", "official_satisfaction"])
def test_where_nobody_lives_there_is_no_satisfaction_and_it_does_not_count(key: str, community: Any) -> None:
    outcome = outcomes()[key]
    above, below = outcome.ratio(community.record)
    by_estate = outcome.by_estate(community.record)

    assert np.isnan(by_estate[:, 1]).all()
    weighted = (by_estate[:, [0, 2]] * below[:, [0, 2]]).sum(axis=1) / below[:, [0, 2]].sum(axis=1)
    assert outcome.series(community.record) == pytest.approx(weighted)


def test_nobody_there_is_never_content_nor_put_out(community: Any) -> None:
    assert not np.isnan(community.record.quality).any() and np.isfinite(community.record.pressure).all()
    for name, array in community.households.arrays().items():
        assert array.dtype.kind != "f" or np.isfinite(array).all(), name


def test_before_the_first_bill_the_collection_rate_is_that_of_the_start(scenario: Any, lived: Any) -> None:
    served = [replace(estate, served=1.0) for estate in four(60)]
    community = lived(scenario(served, start=date(2018, 1, 15), weeks=8))
    rate, billed = outcomes()["collection_rate"], community.record.money[:, 0, 0] > 0
    first = int(billed.argmax())

    assert 0 < first < 8 and billed[first]
    starts = [100 * estate.collection for estate in served]
    assert rate.by_estate(community.record)[:first] == pytest.approx(np.tile(starts, (first, 1)))
    assert rate.series(community.record)[:first] == pytest.approx(np.mean(starts))
    billed_then, paid = community.record.money[first].T
    assert rate.by_estate(community.record)[first] == pytest.approx(100 * paid / billed_then)
    assert rate.series(community.record)[first] == pytest.approx(100 * paid.sum() / billed_then.sum())


def test_an_estate_that_nobody_bills_does_not_weigh_in_the_collection_rate(scenario: Any, lived: Any) -> None:
    never = {"property_service_company": {"arrives": 0.0, "arrives_with_committee": 0.0}}
    estates = [replace(estate, served=float(index > 0)) for index, estate in enumerate(four(60))]
    community = lived(scenario(estates, agents=never, weeks=60))
    rate, money = outcomes()["collection_rate"], community.record.money[-52:].sum(axis=0)

    assert not community.record.money[:, 0].any()
    assert rate.by_estate(community.record)[-1, 0] == pytest.approx(100 * estates[0].collection)
    assert rate.series(community.record)[-1] == pytest.approx(100 * money[:, 1].sum() / money[:, 0].sum(), abs=1e-4)
