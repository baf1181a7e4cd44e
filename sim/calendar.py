"""The calendar: a tick is a week that begins on a Monday."""

import datetime as dates
from dataclasses import dataclass
from datetime import date, timedelta

from sim.errors import InputError
from sim.texts import Text, same

WEEK = timedelta(days=7)
WEEKS_A_YEAR = 365.25 / 7
MONTHS_A_YEAR = 12
NOT_MONDAY = Text(zh="start 必须是星期一，{day} 不是", en="start must be a Monday; {day} is none")


@dataclass(frozen=True)
class Calendar:
    """Real dates for the weeks of a run.

    >>> calendar = Calendar(date(2018, 1, 1))
    >>> calendar.week_of(date(2019, 7, 1)), calendar.begins_month(0), calendar.begins_month(1)
    (78, True, False)
    """

    start: date

    def __post_init__(self) -> None:
        """Refuse a start that is no Monday."""
        if self.start.weekday() != 0:
            monday = self.start + timedelta(days=-self.start.weekday() % 7)
            raise InputError(NOT_MONDAY.filled(day=same(self.start)), nearest=str(monday), attempt=f"start={monday}")

    def date(self, week: int) -> dates.date:
        """Return the Monday of a week."""
        return self.start + week * WEEK

    def week_of(self, day: dates.date) -> int:
        """Return the first week whose Monday is on or after a date; negative before the start."""
        return -((self.start - day).days // 7)

    def begins_month(self, week: int) -> bool:
        """Tell whether a week's Monday is the first Monday of its month: bills go out, twelve a year."""
        return self.date(week).day <= 7

    def begins_quarter(self, week: int) -> bool:
        """Tell whether a week begins a quarter."""
        return self.begins_month(week) and self.date(week).month % 3 == 1

    def years(self, week: int) -> float:
        """Return the years since the start."""
        return week / WEEKS_A_YEAR
