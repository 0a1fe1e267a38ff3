"""One branch: members, officers, meetings of the year, attendance by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.rules import visible_meetings
from rongpei.ground.accounts.actor import Actor
from rongpei.insight.directory.queries.people import Rows, in_branches, people_for
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.gatherings.queries import Tally, tallies
from rongpei.org.people.codes import MEMBERS, Standing
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Unit
from rongpei.org.units.queries import in_force


@dataclass(frozen=True)
class Held:
    """A meeting of the branch with what came of it."""

    meeting: Meeting
    tally: Tally

    @property
    def on(self) -> date:
        return self.meeting.gathering.held_on

    @property
    def confirmed(self) -> bool:
        return self.meeting.gathering.state == State.CONFIRMED


def people_of_branch(actor: Actor, branch: Unit, on: date) -> Rows:
    """Everyone whose home branch this is, or who is placed in this temporary one on a day."""
    rows = people_for(actor).filter(standing=Standing.PRESENT)
    if branch.kind == UnitKind.TEMPORARY_BRANCH:
        placed = Affiliation.objects.filter(in_force(on), unit=branch).values("person_id")
        return rows.filter(pk__in=placed)
    return in_branches(rows, [branch.pk])


def members_of_branch(actor: Actor, branch: Unit, on: date) -> Rows:
    """The members among them, probationary ones included."""
    return people_of_branch(actor, branch, on).filter(status_seen__in=MEMBERS)


def officers_of(unit: Unit) -> QuerySet[Appointment]:
    """Everybody who holds or held an office of the unit, the newest term first."""
    rows = Appointment.objects.filter(unit=unit).select_related("person")
    return rows.order_by("-starts_on", "office", "id")


def meetings_of(actor: Actor, branch: Unit, begin: date, end: date) -> list[Held]:
    """Meetings of the branch and its groups between two days (half-open), cancelled ones left out, by date."""
    rows = (
        visible_meetings(actor)
        .filter(gathering__unit__path__under=branch.path)
        .filter(gathering__held_on__gte=begin, gathering__held_on__lt=end)
        .exclude(gathering__state=State.CANCELLED)
        .select_related("gathering")
        .order_by("gathering__held_on", "id")
    )
    meetings = list(rows)
    found = tallies([meeting.gathering_id for meeting in meetings])
    return [Held(meeting, found.get(meeting.gathering_id, Tally())) for meeting in meetings]


def attendance_of(actor: Actor, branches: Iterable[Unit]) -> QuerySet[Attendance]:
    """Lines of confirmed meetings of branches the asker reads; only of those who should attend (列席 beside)."""
    under = Q(pk__in=[])
    for branch in branches:
        under |= Q(gathering__unit__path__under=branch.path)
    meetings = visible_meetings(actor).values("gathering_id")
    return Attendance.objects.filter(
        under, gathering__in=meetings, gathering__state=State.CONFIRMED, part=Part.ATTENDEE
    )


@dataclass(frozen=True)
class PersonMonthAttendance:
    """How often a person should have come in a month, and came."""

    person_id: int
    month_on: date
    expected: int
    present: int


def attendance_by_person(rows: QuerySet[Attendance]) -> Sequence[PersonMonthAttendance]:
    """Expected and present by person and month; one grouped query."""
    grouped = (
        rows.order_by()
        .annotate(month_on=TruncMonth("gathering__held_on"))
        .values_list("person_id", "month_on")
        .annotate(expected=Count("pk"), present=Count("pk", filter=Q(presence=Presence.PRESENT)))
    )
    return [PersonMonthAttendance(*row) for row in grouped]
