"""Where people belong as of a date, and who holds which office."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.org.people.models import Person
from rongpei.org.units.codes import COMMITTEE_OFFICES, Tree, UnitKind
from rongpei.org.units.models import Appointment, Posting, Unit


class Homes(NamedTuple):
    """Ids of the home department and home branch on a date; None where there is none."""

    department_id: int | None = None
    branch_id: int | None = None


def homes_as_of(person_ids: Collection[int], on: date) -> dict[int, Homes]:
    """`{person id: homes}` on a date; one query. A home in a party group counts as its branch."""
    rows = (
        Posting.objects.filter(person_id__in=person_ids, starts_on__lte=on, superseded_at=None)
        .order_by("person_id", "tree", "-starts_on")
        .distinct("person_id", "tree")
        .values_list("person_id", "tree", "unit_id", "unit__kind", "unit__parent_id")
    )
    found: dict[int, dict[str, int | None]] = {}
    for person_id, tree, unit_id, kind, parent_id in rows:
        found.setdefault(person_id, {})[tree] = parent_id if kind == UnitKind.GROUP else unit_id
    return {
        person_id: Homes(homes.get(Tree.ADMIN), homes.get(Tree.PARTY)) for person_id, homes in found.items()
    }


def in_force(on: date) -> Q:
    """Rows whose half-open period holds the date."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def offices_on(on: date) -> QuerySet[Appointment]:
    """Appointments in force on a date, with unit and person."""
    return Appointment.objects.filter(in_force(on)).select_related("unit", "person")


def committee_member_ids(person_ids: Collection[int], on: date) -> set[int]:
    """Those who are secretary or committee member somewhere on a date (quota of 56 hours)."""
    return {person_id for (person_id,) in _on_committees(ids=list(person_ids), on=on)}


@prepared
def _on_committees(*, ids: list[int], on: date) -> QuerySet[Appointment, Any]:
    rows = Appointment.objects.filter(in_force(on), any_of("person_id", ids), office__in=COMMITTEE_OFFICES)
    return rows.order_by().values_list("person_id")


def members_of_branch(branch: Unit) -> QuerySet[Person]:
    """People whose home branch is this one today, by pinyin."""
    return Person.objects.filter(place__branch=branch).order_by("sort_key", "id")
