"""The holiday table as people read it: by year, and which years have a published notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day of a notice: off, or a weekend day that is worked."""

    on: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a notice would change in the table of its year."""

    added: Sequence[NoticeDay]
    changed: Sequence[NoticeDay]
    removed: Sequence[NoticeDay]
    same: int


def holidays_of(year: int) -> QuerySet[Holiday]:
    """The exceptional days of a year, in order."""
    return Holiday.objects.filter(day_on__year=year).order_by("day_on")


def published_years() -> list[int]:
    """Years that have at least one day in the table; later dates are provisional."""
    return [first.year for first in Holiday.objects.dates("day_on", "year")]


def difference(year: int, days: Sequence[NoticeDay]) -> Difference:
    """Compare a notice with the table."""
    known = {row.day_on: NoticeDay(row.day_on, row.kind, row.name) for row in holidays_of(year)}
    wanted = {day.on: day for day in days}
    return Difference(
        added=[day for on, day in sorted(wanted.items()) if on not in known],
        changed=[day for on, day in sorted(wanted.items()) if on in known and known[on] != day],
        removed=[day for on, day in sorted(known.items()) if on not in wanted],
        same=sum(1 for on, day in wanted.items() if known.get(on) == day),
    )


def is_possible(day: NoticeDay) -> bool:
    """A worked day of a notice is a Saturday or Sunday: a weekday is worked anyway."""
    return day.kind != DayKind.WORKED or day.on.weekday() >= 5
