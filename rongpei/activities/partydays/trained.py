"""Who of the secretaries and committee members had the year's concentrated training.

The national plan of members' training: they attend at least one a year. One who holds several offices is asked once.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import COMMITTEE_OFFICES
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force


def officers_asked(actor: Actor, on: date) -> QuerySet[Appointment]:
    """One row for each secretary and committee member of a day whose unit the actor reads, with `trained_on` of that year.

    `trained_on` is the latest confirmed training at which the person was present, None where there was none.
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
    attended = Attendance.objects.filter(
        person=OuterRef("person"), presence=Presence.PRESENT, gathering__state=State.CONFIRMED,
        gathering__meeting__kind=MeetingKind.TRAINING, gathering__held_on__year=on.year,
        gathering__held_on__lte=on,
    ).order_by("-gathering__held_on")  # fmt: skip
    rows = held.filter(pk=Subquery(first)).select_related("person", "unit")
    return rows.annotate(
        is_trained=Exists(attended),
        trained_on=Subquery(attended.values("gathering__held_on")[:1]),
        training=Subquery(attended.values("gathering__meeting__id")[:1]),
    )
