"""Entries of the ledger behind the numbers, as the asker may see them."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable

from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.ledger.models import Entry, PersonMonth
from rongpei.kernel.ledger.queries import Measures, entries_of
from rongpei.org.access.codes import PARTY_READERS
from rongpei.org.access.rules import units_below, visible_people
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

PER_PAGE = 30


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
        seen |= Q(branch__in=units) | Q(department__in=units) | Q(unit__in=units) | Q(person__in=people)
    return rows.filter(seen)


def person_open(actor: Actor) -> Combinable:
    """Whether the page of an entry's person opens for the asker: a person of long ago may have moved away."""
    if "/" in actor.places(*PARTY_READERS):
        return Value(True)
    return ExpressionWrapper(Q(person__in=visible_people(actor).values("id")), output_field=BooleanField())


def at_unit(unit: Unit) -> Q:
    """Entries of a unit's subtree, counted as its roll-up counts them: home on the day, or unit as subject."""
    below = Unit.objects.filter(path__under=unit.path).values("id")
    home = Q(department__in=below) if unit.tree == Tree.ADMIN else Q(branch__in=below)
    return home | Q(unit__in=below)


def page_of_person(person_id: int, measure: str, after: Cursor | None) -> tuple[list[Entry], Cursor | None]:
    """Thirty entries of a growth record below a cursor, and the cursor of the next page."""
    rows = entries_of(person_id).select_related("reverses")
    if measure:
        rows = rows.exclude(**{measure: 0})
    if after is not None:
        rows = rows.filter(occurred_on__lte=after.on).exclude(occurred_on=after.on, pk__gte=after.pk)
    held = list(rows[: PER_PAGE + 1])
    last = held[PER_PAGE - 1] if len(held) > PER_PAGE else None
    return held[:PER_PAGE], Cursor(last.occurred_on, last.pk) if last else None


def month_sums(person_id: int, begin: date, end: date) -> dict[date, Measures]:
    """A person's sums by month, whole months, both ends included."""
    rows = PersonMonth.objects.filter(
        person_id=person_id, month_on__gte=begin.replace(day=1), month_on__lte=end
    )
    grouped = (
        rows.order_by()
        .values_list("month_on")
        .annotate(
            Sum("class_hours", default=Decimal(0)),
            Sum("service_hours", default=Decimal(0)),
            Sum("person_times"),
        )
    )
    return {month: Measures(*sums) for month, *sums in grouped}


def sums_of(rows: QuerySet[Entry]) -> Measures:
    """The three measures of a narrowed list."""
    sums = rows.order_by().aggregate(
        class_hours=Sum("class_hours", default=Decimal(0)),
        service_hours=Sum("service_hours", default=Decimal(0)),
        person_times=Sum("person_times", default=0),
    )
    return Measures(**sums)
