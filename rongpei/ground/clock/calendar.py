"""Calendar arithmetic of regulations: calendar months clamped at month ends, working days with 调休.

Sources: State Council notices on holidays (the `Holiday` table, editable); for years without a notice the
`holidays` package, and then the result is provisional.
"""

import calendar as _calendar
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

from rongpei.ground.clock.codes import DayKind

NOTICES = Path(__file__).parent / "data" / "cn_holidays.csv"


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), clamped to the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = _calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def full_years(born_on: date, on: date) -> int:
    """Completed years between two dates (周岁): the birthday itself completes a year."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A date found by counting working days; provisional when a year without a notice was crossed."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. Build one with `load()` and pass it on; it asks no database."""

    exceptions: Mapping[date, str]
    published_years: frozenset[int]

    @classmethod
    def load(cls) -> "WorkCalendar":
        """Read the holiday table (about six hundred rows) once."""
        from rongpei.ground.clock.models import Holiday  # the arithmetic itself needs no model

        return cls.of(dict(Holiday.objects.values_list("day_on", "kind")))

    @classmethod
    def of(cls, exceptions: Mapping[date, str]) -> "WorkCalendar":
        """A calendar of these exceptional days; a year with any of them counts as published."""
        return cls(exceptions=exceptions, published_years=frozenset(day.year for day in exceptions))

    @classmethod
    def published(cls) -> "WorkCalendar":
        """The State Council's notices as they came with the program, without asking the table."""
        with NOTICES.open(encoding="utf-8") as lines:
            return cls.of({date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(lines)})

    def is_worked(self, day: date) -> bool:
        """Whether offices work on this day."""
        kind = self.exceptions.get(day)
        if kind is not None:
            return kind == DayKind.WORKED
        if day.year not in self.published_years and day in _expected(day.year):
            return False
        return day.weekday() < 5

    def add_working_days(self, day: date, count: int) -> WorkingDay:
        """The `count`-th full working day after `day`; the day of posting itself is not counted."""
        provisional, left = False, count
        while left > 0:
            day += timedelta(days=1)
            provisional = provisional or day.year not in self.published_years
            left -= self.is_worked(day)
        return WorkingDay(day, provisional)


@lru_cache(maxsize=64)
def _expected(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year))
