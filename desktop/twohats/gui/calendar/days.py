"""Which days a month and a week show, and what they are called. No Qt."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from twohats.gui.schedule.when import month_name

WEEK = 7


class Span(Enum):
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class View:
    """A month or a week that holds `day`. Weeks begin on `first_weekday`, Monday being 0."""

    span: Span
    day: date
    first_weekday: int = 0

    @property
    def days(self) -> Sequence[date]:
        """Whole weeks: those that touch the month, or the one."""
        if self.span is Span.WEEK:
            first = self.day - timedelta(days=(self.day.weekday() - self.first_weekday) % WEEK)
            return tuple(first + timedelta(days=number) for number in range(WEEK))
        return tuple(Calendar(self.first_weekday).itermonthdates(self.day.year, self.day.month))

    @property
    def name(self) -> str:
        """ "November 2026"; "23 to 29 November 2026", "30 November to 6 December 2026"."""
        if self.span is Span.MONTH:
            return f"{month_name(self.day.month)} {self.day.year}"
        first, last = self.days[0], self.days[-1]
        end = f"{last.day} {month_name(last.month)} {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {end}"
        year = f" {first.year}" if first.year != last.year else ""
        return f"{first.day} {month_name(first.month)}{year} to {end}"

    def turned(self, step: int) -> "View":
        """The next one (1) or the one before (-1)."""
        if self.span is Span.WEEK:
            return View(self.span, self.day + timedelta(days=WEEK * step), self.first_weekday)
        months = self.day.year * 12 + self.day.month - 1 + step
        return View(self.span, date(months // 12, months % 12 + 1, 1), self.first_weekday)

    def shown_as(self, span: Span) -> "View":
        """The same day in a month or in a week."""
        return View(span, self.day, self.first_weekday)

    def around(self, day: date) -> "View":
        """The same kind of view that holds another day."""
        return View(self.span, day, self.first_weekday)
