"""Counting: for a person, a unit's subtree, a window, a measure. Sums come from roll-ups, names from entries."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.kernel.ledger.kinds import quota_codes
from rongpei.kernel.ledger.models import Entry, PersonMonth, UnitMonth
from rongpei.org.units.models import Unit


class Measures(NamedTuple):
    """The three measures, never added to one another: 学时, 小时, 人次."""

    class_hours: Decimal = Decimal(0)
    service_hours: Decimal = Decimal(0)
    person_times: int = 0


_SUMS = {
    "hours": Sum("class_hours", default=Decimal(0)),
    "service": Sum("service_hours", default=Decimal(0)),
    "times": Sum("person_times", default=0),
}


def entries_of(person_id: int) -> QuerySet[Entry]:
    """A person's growth record, newest first; reversals are entries of their own."""
    return Entry.objects.filter(person_id=person_id).order_by("-occurred_on", "-id")


def entries_from(*, source_kind: str, source_id: int) -> QuerySet[Entry]:
    """Entries of one source that still stand (neither reversals nor reversed)."""
    return Entry.objects.filter(
        source_kind=source_kind, source_id=source_id, reverses=None, reversed_by=None
    ).order_by("id")


def hours_of_people(person_ids: Collection[int], year: int) -> dict[int, Decimal]:
    """Class hours that count to the quota of a calendar year, by person; one query over monthly sums."""
    first, last = date(year, 1, 1), date(year, 12, 1)
    rows = _hours_of(ids=list(person_ids), first=first, last=last, kinds=tuple(quota_codes()))
    return dict(rows)


@prepared
def _hours_of(
    *, ids: list[int], first: date, last: date, kinds: tuple[str, ...]
) -> QuerySet[PersonMonth, Any]:
    rows = PersonMonth.objects.filter(any_of("person_id", ids), kind__in=kinds)
    counted = rows.filter(month_on__gte=first, month_on__lte=last)
    return counted.order_by().values_list("person_id").annotate(hours=Sum("class_hours"))


class YearSums(NamedTuple):
    """A person's calendar year: class hours that count to the quota, and the three measures over all kinds."""

    quota_hours: Decimal = Decimal(0)
    measures: Measures = Measures()


def year_sums(person_id: int, year: int) -> YearSums:
    """A person's sums of a calendar year in one prepared query."""
    rows = _year_sums(
        person_id=person_id, first=date(year, 1, 1), last=date(year, 12, 1), kinds=tuple(quota_codes())
    )
    return YearSums(rows[0][0], Measures(*rows[0][1:])) if rows else YearSums()


@prepared
def _year_sums(
    *, person_id: int, first: date, last: date, kinds: tuple[str, ...]
) -> QuerySet[PersonMonth, Any]:
    counted = Sum("class_hours", filter=Q(kind__in=kinds), default=Decimal(0))
    rows = PersonMonth.objects.filter(person_id=person_id, month_on__gte=first, month_on__lte=last)
    return rows.order_by().values("person_id").annotate(quota=counted, **_SUMS).values_list("quota", *_SUMS)


def hours_on_day(person_ids: Collection[int], on: date) -> dict[int, Decimal]:
    """Class hours that count to the quota and lie on one day, by person; one query over entries."""
    rows = (
        Entry.objects.filter(person_id__in=person_ids, occurred_on=on, kind__in=quota_codes())
        .values_list("person_id")
        .annotate(hours=Sum("class_hours"))
    )
    return dict(rows)


def measures_by_unit(units: QuerySet[Unit], starts_on: date, ends_on: date) -> dict[int, Measures]:
    """Sums of leaf units between two first days of months (half-open), by unit id."""
    rows = (
        UnitMonth.objects.filter(unit__in=units, month_on__gte=starts_on, month_on__lt=ends_on)
        .values_list("unit_id")
        .annotate(**_SUMS)
    )
    return {row[0]: Measures(*row[1:]) for row in rows}


def measures_of_subtree(root: Unit, starts_on: date, ends_on: date) -> Measures:
    """Sums of everything at and under a unit between two first days of months (half-open)."""
    below = Unit.objects.filter(path__under=root.path)
    rows = UnitMonth.objects.filter(unit__in=below, month_on__gte=starts_on, month_on__lt=ends_on)
    return Measures(*rows.aggregate(**_SUMS).values())


def entries_of_subtree(root: Unit, starts_on: date, ends_on: date) -> QuerySet[Entry]:
    """The entries behind `measures_of_subtree`."""
    below = Unit.objects.filter(path__under=root.path).values("id")
    at = Q(branch__in=below) | Q(department__in=below) | Q(unit__in=below)
    return Entry.objects.filter(at, occurred_on__gte=starts_on, occurred_on__lt=ends_on)
