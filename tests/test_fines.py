"""Fines: money that leaves the firm, conserved to the fen; thin margins pay with effort, with violations, with leaving."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agents.fines import Fines, FinesNumbers
from scenarios.settle import settle
from sim.community import Community
from sim.mechanisms.violations import Violations

FEN = 100
moves = some.lists(some.tuples(some.sampled_from(("impose", "pay", "go")), some.integers(0, 10_000_000)), max_size=40)


@dataclass
class Book:
    """As much of a community as fines touch."""

    week: int = 0
    record: Any = field(default_factory=lambda: SimpleNamespace(fines=np.zeros((1, 1, 3), np.int64)))
    book_fines = Community.book_fines


@settings(max_examples=200, deadline=None, derandomize=True)
@given(moves, some.floats(0, 0.9))
def test_what_is_imposed_is_paid_due_or_left_unpaid(course: list[tuple[str, int]], share: float) -> None:
    book, estate = Book(), SimpleNamespace(index=0)
    fines = Fines(book, estate, FinesNumbers(share))  # type: ignore[arg-type]
    for move, fen in course:
        before = book.record.fines[0, 0, 1]
        if move == "impose":
            fines.impose(fen)
        elif move == "pay":
            fines.pay(fen)
            assert 0 <= book.record.fines[0, 0, 1] - before <= share * fen and 0 <= fines.burden <= share
        else:
            fines.leave_unpaid()
        imposed, paid, left = book.record.fines[0, 0]
        assert imposed == paid + fines.due + left and fines.due >= 0
    assert 0 <= fines.weigh() <= share and fines.weigh() == 0


@pytest.fixture
def firm(scenario: Any) -> Any:
    """A firm at the end of its first quarter, with a margin of a tenth."""
    steady = {"property_service_company": {"margin_floor": 0.1, "margin_range": 0.0}, "owners_committee": {"seats": 7}}
    community = settle(scenario(agents=steady, mechanisms={"violations": {"hazard": 0.0}}), 1)
    for _ in range(14):
        community.step()
    return community.in_estate("property_service_company", community.estates[1])


def month(firm: Any, fine_share_of_income: float) -> None:
    """Let a fine be imposed that is such a part of a month's income, and the firm pay and decide."""
    firm.model.income = lambda estate: 10_000_000
    firm.fines.impose(round(fine_share_of_income * 10_000_000))
    firm.fines.pay(firm.model.income(firm.estate))
    firm._put_in()


def test_a_fine_within_the_margin_costs_the_owner_of_the_firm_and_not_the_service(firm: Any) -> None:
    firm._put_in()
    means = firm.estate.means
    month(firm, 0.06)

    assert firm.margin == pytest.approx(0.1)
    assert firm.net_margin == pytest.approx(0.04) and firm.estate.means == pytest.approx(means)


def test_a_fine_beyond_the_margin_is_paid_from_effort(firm: Any) -> None:
    firm._put_in()
    means = firm.estate.means
    month(firm, 0.16)

    assert firm.net_margin == pytest.approx(0.0)
    assert firm.estate.means == pytest.approx(means * (1 - 0.16) / (1 - 0.1))


def test_a_fined_firm_feels_squeezed_and_violates_more(firm: Any) -> None:
    """Without margin the squeeze is whole: the hazard is 1 + squeeze_weight times that of a firm at ease."""
    firm.breaches.about = Violations()
    at_ease = firm.breaches._hazard(firm.margin_left)
    month(firm, 0.16)

    assert firm.breaches._hazard(firm.margin_left) == pytest.approx((1 + Violations().squeeze_weight) * at_ease)


def test_fines_over_a_quarter_can_make_it_a_poor_one(firm: Any) -> None:
    firm.contract.signed_collection = firm.estate.collection / 0.85
    growth = firm.contract.budget() / 0.85
    assert not firm.contract.is_given_up(0.0) and firm.contract.poor_quarters == 0
    firm.contract.is_given_up(1 - 0.79 / (0.85 * growth))
    assert firm.contract.poor_quarters == 1


def test_fines_are_of_the_declared_size_and_conserved_where_much_happens(busy: Any, lived: Any) -> None:
    community = lived(busy(mechanisms={"violations": {"acted_on": 1.0}}, weeks=104))
    fines, about = community.record.fines.sum(axis=0), community.mechanisms["violations"]
    firms = [community.in_estate("property_service_company", estate) for estate in community.estates]
    told = [event for event in community.log.events if event.action == "fine_imposed"]

    assert len(told) > 3 and {event.detail for event in told} == {str(round(about.fine * about.penalty))}
    assert fines[:, 0].sum() == len(told) * round(about.fine * about.penalty) * FEN
    assert (fines[:, 0] == fines[:, 1] + [firm.fines.due for firm in firms] + fines[:, 2]).all()
    assert (fines[:, 1] > 0).any() and (community.record.fines[:, :, 1] <= community.record.money[:, :, 1]).all()
