"""One person's year: hours against the quota, and the three measures, by two prepared queries."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from rongpei.ground.tenancy.prepared import prepared
from rongpei.insight.directory.progress import Progress, progress_of
from rongpei.kernel.ledger.queries import Measures, year_sums
from rongpei.org.people.models import Person
from rongpei.org.units.codes import COMMITTEE_OFFICES
from rongpei.org.units.models import Appointment
from rongpei.org.units.queries import in_force


class Year(NamedTuple):
    """Progress (None for those of whom no quota is asked) and measures of the calendar year of a day."""

    progress: Progress | None
    measures: Measures


class _Standing(NamedTuple):
    """Row of `_standing`."""

    tenant_id: int
    party_status: str
    employment_kind: str
    committee: bool


def year_of(person_id: int, on: date) -> Year | None:
    """The person's year as of a day; the caller has made sure that the asker may know. None: no such person."""
    rows = _standing(person_id=person_id, on=on)
    if not rows:
        return None
    person = _Standing(*rows[0])
    sums = year_sums(person_id, on.year)
    progress = progress_of(person=person, hours=sums.quota_hours, committee=person.committee, on=on)
    return Year(progress, sums.measures)


@prepared
def _standing(*, person_id: int, on: date) -> QuerySet[Person, Any]:
    offices = Appointment.objects.filter(in_force(on), person_id=OuterRef("pk"), office__in=COMMITTEE_OFFICES)
    rows = Person.objects.filter(pk=person_id).annotate(committee=Exists(offices))
    return rows.values_list("tenant_id", "party_status", "employment_kind", "committee")
