"""Who of the secretaries and committee members had the year's concentrated training.

The national plan of members' training: they attend at least one a year, a new secretary the first within six months of taking
post. One who holds several offices is asked once.
"""

from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Subquery, When

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import COMMITTEE_OFFICES, Office
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force

WITHIN_MONTHS = 6


def officers_asked(actor: Actor, on: date) -> QuerySet[Appointment]:
    """One row for each secretary and committee member of a day whose unit the actor reads, with `trained_on` of that year.

    `trained_on` is the latest confirmed training at which the person was present, None where there was none. `is_new`: a
    secretary who was none before; `was_trained`: since taking post.
    """
    paths = actor.places(*rules.READERS)
    units = Unit.objects.filter(units_below(paths)) if "/" not in paths else Unit.objects.all()
    held = Appointment.objects.filter(
        in_force(on),
        tenant_id__in=actor.tenant_ids,
        unit__in=units.values("id"),
        office__in=COMMITTEE_OFFICES,
    )
    first = held.filter(person=OuterRef("person")).order_by("starts_on", "id").values("pk")[:1]
    attended_ever = Attendance.objects.filter(
        person=OuterRef("person"), presence=Presence.PRESENT, gathering__state=State.CONFIRMED,
        gathering__meeting__kind=MeetingKind.TRAINING, gathering__held_on__lte=on,
    )  # fmt: skip
    attended = attended_ever.filter(gathering__held_on__year=on.year).order_by("-gathering__held_on")
    rows = held.filter(pk=Subquery(first)).select_related("person", "unit")
    before = Appointment.objects.filter(
        person=OuterRef("person"), office=Office.SECRETARY, starts_on__lt=OuterRef("starts_on")
    )
    return rows.annotate(
        is_new=Case(
            When(Exists(before), then=False),
            When(office=Office.SECRETARY, then=True),
            default=False,
            output_field=BooleanField(),
        ),
        was_trained=Exists(attended_ever.filter(gathering__held_on__gte=OuterRef("starts_on"))),
        is_trained=Exists(attended),
        trained_on=Subquery(attended.values("gathering__held_on")[:1]),
        training=Subquery(attended.values("gathering__meeting__id")[:1]),
    )


def due_of(row: Appointment, on: date) -> date | None:
    """By when somebody of `officers_asked` attends a training: six months into a first term as secretary, else the year's end.

    None where this year's was attended.
    """
    if row.is_new and not row.was_trained:  # type: ignore[attr-defined]
        return add_months(row.starts_on, WITHIN_MONTHS)
    return None if row.is_trained else date(on.year, 12, 31)  # type: ignore[attr-defined]
