"""Entries of the ledger behind the numbers, as the asker may see them."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.kernel.ledger.models import Entry, PersonMonth
from rongpei.kernel.ledger.queries import Measures, entries_of
from rongpei.org.access.codes import PARTY_READERS
from rongpei.org.access.rules import units_below, visible_people
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

PER_PAGE = 20


class Cursor(NamedTuple):
    """The last entry shown: the next page begins below it."""

    on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.on}_{self.pk}"


def read_cursor(text: str) -> Cursor | None:
    """A cursor from the address, or None when it is not one."""
    day, _sign, pk = text.partition("_")
    try:
        return Cursor(date.fromisoformat(day), int(pk))
    except ValueError:
        return None


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """Entries of the units the asker reads (as they were on the day), of the people seen there today, and one's own.

    Only party roles read entries of others: they tell class hours and branch.
    """
    paths = actor.places(*PARTY_READERS)
    rows = Entry.objects.all()
    if "/" in paths:
        return rows
    seen = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    if paths:
        units = Unit.objects.filter(units_below(paths)).values("id")
        people = visible_people(actor, PARTY_READERS).values("id")
        seen |= any_of("branch", units) | any_of("department", units) | any_of("unit", units)
        seen |= any_of("person", people)
    return rows.filter(seen)


def person_open(actor: Actor) -> Combinable:
    """Whether the page of an entry's person opens for the asker: a person of long ago may have moved away."""
    if "/" in actor.places(*PARTY_READERS):
        return Value(True)
    return ExpressionWrapper(Q(person__in=visible_people(actor).values("id")), output_field=BooleanField())


def at_unit(unit: Unit) -> Q:
    """Entries of a unit's subtree, counted as its roll-up counts them: home on the day, or unit as subject."""
    below = Unit.objects.filter(path__under=unit.path).values("id")
    home = any_of("department" if unit.tree == Tree.ADMIN else "branch", below)
    return home | any_of("unit", below)


class Line(NamedTuple):
    """An entry as a growth record shows it."""

    pk: int
    person_id: int
    kind: str
    occurred_on: date
    class_hours: Decimal
    service_hours: Decimal
    person_times: int
    source_kind: str
    source_id: int
    source_label: str
    reverses_id: int | None


def page_of_person(person_id: int, measure: str, after: Cursor | None) -> tuple[list[Line], Cursor | None]:
    """A page of a growth record below a cursor, newest first, and the cursor of the next page."""
    on, pk = after or (None, None)
    rows = _page(
        person_id=person_id, on=on, pk=pk, hours=measure == "class_hours", service=measure == "service_hours"
    )
    held = [Line(*row) for row in rows]
    last = held[PER_PAGE - 1] if len(held) > PER_PAGE else None
    return held[:PER_PAGE], Cursor(last.occurred_on, last.pk) if last else None


@prepared
def _page(
    *, person_id: int, on: date | None, pk: int | None, hours: bool, service: bool
) -> QuerySet[Entry, Any]:
    rows = entries_of(person_id)
    if hours:
        rows = rows.exclude(class_hours=0)
    if service:
        rows = rows.exclude(service_hours=0)
    if on is not None:
        rows = rows.filter(Q(occurred_on__lt=on) | Q(pk__lt=pk), occurred_on__lte=on)
    return rows.values_list(
        "pk", "person_id", "kind", "occurred_on", "class_hours", "service_hours", "person_times", "source_kind",
        "source_id", "source_label", "reverses_id",
    )[: PER_PAGE + 1]  # fmt: skip


def month_sums(person_id: int, begin: date, end: date) -> dict[date, Measures]:
    """A person's sums by month, whole months, both ends included."""
    rows = _month_sums(person_id=person_id, first=begin.replace(day=1), last=end)
    return {month: Measures(*sums) for month, *sums in rows}


@prepared
def _month_sums(*, person_id: int, first: date, last: date) -> QuerySet[PersonMonth, Any]:
    rows = PersonMonth.objects.filter(person_id=person_id, month_on__gte=first, month_on__lte=last)
    return (
        rows.order_by()
        .values_list("month_on")
        .annotate(
            Sum("class_hours", default=Decimal(0)),
            Sum("service_hours", default=Decimal(0)),
            Sum("person_times"),
        )
    )


def sums_of(rows: QuerySet[Entry]) -> Measures:
    """The three measures of a narrowed list."""
    sums = rows.order_by().aggregate(
        class_hours=Sum("class_hours", default=Decimal(0)),
        service_hours=Sum("service_hours", default=Decimal(0)),
        person_times=Sum("person_times", default=0),
    )
    return Measures(**sums)
