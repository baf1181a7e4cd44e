"""Fines: money that leaves the firm, conserved to the fen; thin margins pay with effort, with violations, with leaving."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agents.fines import Fines, FinesNumbers
from scenarios.place import four
from scenarios.settle import settle
from sim.community import Community
from sim.mechanisms.violations import KINDS, Violations

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


@pytest.mark.parametrize(
    ("quarters", "leaves"),
    [
        ((0.21, 0.21, 0.0, 0.0), 2),
        ((0.20, 0.21, 0.21, 0.0), 3),
        ((0.21, 0.0, 0.21, 0.21), 4),
        ((0.21, 0.20, 0.21, 0.20), None),
        ((0.0, 0.0, 0.0, 0.0), None),
    ],
)
def test_a_firm_leaves_after_poor_quarters_running_that_fines_alone_made_poor(
    quarters: tuple[float, ...], leaves: int | None, scenario: Any
) -> None:
    """Income just covers cost; less a fifth it stands at the floor of 0.8, less more it lies below: twice, and off."""
    numbers = {"review_floor": 0.8, "review_quarters": 2, "leaves": 1.0, "arrives": 0.0, "fine_share": 0.9}
    agents = {"property_service_company": numbers, "owners_committee": {"proposal_chance": 0.0}}
    estates = (replace(four(60)[1], served=1.0),)
    community = settle(scenario(estates, agents=agents, mechanisms={"violations": {"hazard": 0.0}}, weeks=60), 1)
    firm = community.in_estate("property_service_company", community.estates[0])
    month, due = 10_000_000, iter(quarters)
    firm.contract.budget = lambda: 1.0
    community.income = lambda estate: month
    reviews = [week for week in range(60) if community.calendar.begins_quarter(week)]
    for week in range(reviews[4] + 1):
        if week in reviews[:4] and firm.is_serving:
            firm.fines.impose(round(next(due) * 3 * month))
        community.step()

    left = [event.week for event in community.log.events if event.action == "firm_leaves"]
    assert left == ([] if leaves is None else [reviews[leaves]])


def test_a_fine_bears_on_violations_in_the_month_in_which_it_is_paid(firm: Any) -> None:
    """Of a margin of a tenth a fine of 4 % of the month's income leaves 6 %."""
    reckoned: list[float] = []
    firm.breaches.commit = reckoned.append
    firm.model.income = lambda estate: 10_000_000
    firm.fines.impose(400_000)
    firm.decide()
    firm.decide()
    assert reckoned == pytest.approx([0.06, 0.1])


@pytest.mark.parametrize(("fine", "hazard"), [(0.0, 0.25), (0.05, 0.625), (0.2, 1.0)])
def test_violations_begin_by_the_hazard_of_the_margin_that_fines_leave(fine: float, hazard: float, firm: Any) -> None:
    """Half the margin gone is half of the squeeze: 0.25 x (1 + 3 x 0.5) a month of each kind; all of it gone, 0.25 x 4."""
    firm.breaches.about = replace(
        Violations(), hazard=0.25, deterrence=0.0, ends=0.0, squeeze_weight=3.0, squeeze_margin=0.1
    )
    model, kinds = firm.model, tuple(KINDS)
    model.income = lambda estate: 10_000_000
    for model.week in (*range(15, 26), *range(27, 39)):  # none of which begins a quarter
        firm.estate.violations.clear()
        firm.fines.impose(round(fine * 10_000_000))
        firm.decide()
        drawn = [
            model.chance.uniform(f"violation: {kind}", firm.estate.place, model.week, i) for i, kind in enumerate(kinds)
        ]
        begun = [violation.kind for violation in firm.estate.violations]
        assert begun == [kind for kind, one in zip(kinds, drawn, strict=True) if one < hazard], model.week


def test_fines_are_of_the_declared_size_and_conserved_where_much_happens(busy: Any, lived: Any) -> None:
    community = lived(busy(mechanisms={"violations": {"acted_on": 1.0}}, weeks=104))
    fines, about = community.record.fines.sum(axis=0), community.mechanisms["violations"]
    firms = [community.in_estate("property_service_company", estate) for estate in community.estates]
    told = [event for event in community.log.events if event.action == "fine_imposed"]

    assert len(told) > 3 and {event.detail for event in told} == {str(round(about.fine * about.penalty))}
    assert fines[:, 0].sum() == len(told) * round(about.fine * about.penalty) * FEN
    assert (fines[:, 0] == fines[:, 1] + [firm.fines.due for firm in firms] + fines[:, 2]).all()
    assert (fines[:, 1] > 0).any() and (community.record.fines[:, :, 1] <= community.record.money[:, :, 1]).all()
