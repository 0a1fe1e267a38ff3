"""Months as pages name and link them."""

from datetime import date
from typing import NamedTuple

from rongpei.ground.clock.calendar import add_months


class Month(NamedTuple):
    """A calendar month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return date.fromordinal(self.after.toordinal() - 1)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return add_months(self.first, 1)

    @property
    def words(self) -> str:
        return f"{self.first.month}月"

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    def span(self, name: str) -> str:
        """Parameters of a `PeriodFilter` that holds exactly this month."""
        return f"{name}_from={self.first}&{name}_to={self.last}"


def month_of(on: date) -> Month:
    """The month a day lies in."""
    return Month(on.replace(day=1))


def months_before(on: date, number: int) -> list[Month]:
    """The last `number` months, the current one at the end."""
    first = on.replace(day=1)
    return [Month(add_months(first, -back)) for back in range(number - 1, -1, -1)]


def months_of_year(year: int) -> list[Month]:
    """January to December."""
    return [Month(date(year, number, 1)) for number in range(1, 13)]
