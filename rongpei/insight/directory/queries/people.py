"""People with their party side sealed by row, and hours beside them."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared
from rongpei.insight.directory.progress import Asked, Progress, progress_of
from rongpei.insight.directory.rules import party_seen
from rongpei.kernel.ledger.kinds import quota_codes
from rongpei.kernel.ledger.models import PersonMonth
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.access.rules import visible_people
from rongpei.org.people.codes import Standing, TitleLevel
from rongpei.org.people.models import Person
from rongpei.org.units.codes import COMMITTEE_OFFICES
from rongpei.org.units.models import Appointment, Place, Unit
from rongpei.org.units.queries import committee_member_ids, in_force

Rows = QuerySet[Any]  # of Person; their annotations are unknown to the type checker
_P = TypeVar("_P", bound=Person)
_LEVELS = (TitleLevel.SENIOR, TitleLevel.ASSOCIATE, TitleLevel.INTERMEDIATE, TitleLevel.JUNIOR)


def people_for(actor: Actor) -> Rows:
    """People the asker may see, with `party_seen` and the sealed columns."""
    rows = visible_people(actor).exclude(standing=Standing.WITHDRAWN)
    found: Rows = sealed(rows, actor).select_related("place__branch", "place__department")
    return found


def person_for(actor: Actor, pk: int) -> Person | None:
    """One person the asker may see, with `party_seen`, home branch and department; None when there is none."""
    rows = _person(actor=actor, pk=pk)
    if not rows:
        return None
    known = len(_COLUMNS)
    person = Person.from_db("default", _COLUMNS, rows[0][:known])
    seen, branch_id, branch, department_id, department = rows[0][known:]
    person.party_seen = seen  # type: ignore[attr-defined]
    person.place = Place(
        person=person, branch=_named(branch_id, branch), department=_named(department_id, department)
    )
    return person


def _named(pk: int | None, name: str) -> Unit | None:
    return Unit(pk=pk, name=name) if pk is not None else None


_COLUMNS = [field.attname for field in Person._meta.concrete_fields]


@prepared
def _person(*, actor: Actor, pk: int) -> QuerySet[Person, Any]:
    rows = visible_people(actor).exclude(standing=Standing.WITHDRAWN).filter(pk=pk)
    return rows.annotate(party_seen=party_seen(actor)).values_list(
        *_COLUMNS, "party_seen", "place__branch_id", "place__branch__name", "place__department_id",
        "place__department__name",
    )  # fmt: skip


def sealed(rows: Rows, actor: Actor) -> Rows:
    """Add what lists may filter, sort and export: `status_seen`, `joined_seen`, `branch_seen`, empty where unseen."""
    rank = Case(
        *(When(title_level=level, then=at) for at, level in enumerate(_LEVELS)),
        default=len(_LEVELS),
        output_field=IntegerField(),
    )
    found: Rows = rows.annotate(party_seen=party_seen(actor)).annotate(
        status_seen=_where_seen(F("party_status"), Value(""), CharField()),
        joined_seen=_where_seen(F("joined_on"), None, DateField()),
        branch_seen=_where_seen(F("place__branch_id"), None, IntegerField()),
        title_rank=rank,
    )
    return found


def _where_seen(value: Any, otherwise: Any, field: Any) -> Case:
    return Case(When(party_seen=True, then=value), default=otherwise, output_field=field)


def in_branches(rows: Rows, branch_ids: Collection[int]) -> Rows:
    """People of branches, where their branch is seen; the plain column beside the sealed one brings its index."""
    return rows.filter(place__branch__in=branch_ids, branch_seen__in=branch_ids)


def with_hours(rows: Rows, on: date) -> Rows:
    """Add `hours_seen` and `on_committee`, for those lists that filter or sort by them."""
    months = PersonMonth.objects.filter(
        person_id=OuterRef("pk"), kind__in=quota_codes(), month_on__gte=date(on.year, 1, 1),
        month_on__lte=date(on.year, 12, 1),
    )  # fmt: skip
    summed = months.order_by().values("person_id").annotate(hours=Sum("class_hours")).values("hours")
    hours: Any = Coalesce(Subquery(summed), Decimal(0), output_field=DecimalField())
    offices = Appointment.objects.filter(in_force(on), person_id=OuterRef("pk"), office__in=COMMITTEE_OFFICES)
    found: Rows = rows.annotate(
        hours_seen=_where_seen(hours, None, DecimalField()),
        on_committee=Exists(offices),
    )
    return found


def attach_progress(rows: Sequence[_P], on: date) -> Sequence[_P]:
    """Give each row `progress`: None where unseen or not asked. Two queries whatever the number of rows."""
    found = progress_by_person([row for row in rows if getattr(row, "party_seen", False)], on)
    for row in rows:
        row.progress = found.get(row.pk)  # type: ignore[attr-defined]
    return rows


class Named(Asked, Protocol):
    """What the rule must know, and whom it is about."""

    @property
    def pk(self) -> int: ...


def progress_by_person(people: Collection[Named], on: date) -> dict[int, Progress]:
    """Progress of those of whom the quota is asked; the caller has made sure that the asker may know. Two queries."""
    ids = [person.pk for person in people]
    hours, committee = hours_of_people(ids, on.year), committee_member_ids(ids, on)
    found = {}
    for person in people:
        progress = progress_of(
            person=person, hours=hours.get(person.pk), committee=person.pk in committee, on=on
        )
        if progress is not None:
            found[person.pk] = progress
    return found
