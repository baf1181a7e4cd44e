"""Fines on a firm in one estate: imposed, paid out of a month's income, left unpaid by a firm that goes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.estate_board import EstateBoard
from sim.parts import number
from sim.texts import Text

if TYPE_CHECKING:
    from sim.community import Community


@dataclass(frozen=True)
class FinesNumbers:
    """How fast fines are paid."""

    fine_share: float = number(
        0.2,
        low=0.0,
        high=0.9,
        explore=(0.1, 0.4),
        unit="share",
        zh="每月收入最多用于缴纳罚款的比例",
        en="largest part of a month's income that goes into fines",
        source=Text(zh="假定：可以分期缴纳", en="assumed: they may be paid by instalments"),
    )


class Fines:
    """What one estate's firm owes for violations.

    due: still owed [fen].  burden: fines paid this month over the month's income.  Imposed = paid + due + left unpaid.
    """

    def __init__(self, model: "Community", estate: EstateBoard, about: FinesNumbers) -> None:
        """Begin without fines."""
        self.model, self.estate, self.about = model, estate, about
        self.due = self.paid = self.income = 0
        self.burden = 0.0

    def impose(self, fen: int) -> None:
        """Impose a fine."""
        self.due += fen
        self.model.book_fines(self.estate, imposed=fen)

    def pay(self, income: int) -> None:
        """Pay what a month's income [fen] allows."""
        paying = min(self.due, int(self.about.fine_share * income))
        self.burden = paying / income if income else 0.0
        self.due -= paying
        self.paid += paying
        self.income += income
        if paying:
            self.model.book_fines(self.estate, paid=paying)

    def weigh(self) -> float:
        """Return the part of income that fines have taken since this was last asked."""
        weight = self.paid / self.income if self.income else 0.0
        self.paid = self.income = 0
        return weight

    def leave_unpaid(self) -> None:
        """Go, owing what is still due."""
        self.model.book_fines(self.estate, unpaid=self.due)
        self.due = self.paid = self.income = 0
        self.burden = 0.0
