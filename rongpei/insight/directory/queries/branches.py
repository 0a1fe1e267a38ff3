"""One branch: members, officers, meetings of the year, attendance by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.rules import READERS, visible_meetings
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared
from rongpei.insight.directory.queries.people import Rows, in_branches, people_for
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.gatherings.queries import Tally, tally_rows
from rongpei.org.access.codes import PARTY_READERS
from rongpei.org.access.rules import reaches
from rongpei.org.people.codes import MEMBERS, Standing
from rongpei.org.people.models import Person
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Unit
from rongpei.org.units.queries import in_force


@dataclass(frozen=True)
class Held:
    """A meeting of the branch with what came of it."""

    pk: int
    kind: str
    on: date
    confirmed: bool
    tally: Tally

    @property
    def kind_words(self) -> str:
        return str(MeetingKind(self.kind).label)


def people_of_branch(actor: Actor, branch: Unit, on: date) -> Rows:
    """Everyone whose home branch this is, or who is placed in this temporary one on a day."""
    rows = people_for(actor).filter(standing=Standing.PRESENT)
    if branch.kind == UnitKind.TEMPORARY_BRANCH:
        placed = Affiliation.objects.filter(in_force(on), unit=branch).values("person_id")
        return rows.filter(pk__in=placed)
    return in_branches(rows, [branch.pk])


class Member(NamedTuple):
    """A member of a branch; `seen`: whether the asker may know the party life, on which `progress` rests."""

    pk: int
    tenant_id: int
    name: str
    party_status: str
    employment_kind: str
    seen: bool


def members_of_branch(actor: Actor, branch: Unit, on: date) -> list[Member]:
    """The members by pinyin, probationary ones included; one prepared query."""
    temporary = branch.kind == UnitKind.TEMPORARY_BRANCH
    if not temporary and reaches(actor, branch, *PARTY_READERS):
        return [Member._make((*row, True)) for row in _all_members(branch_id=branch.pk)]
    rows = _members(actor=actor, branch_id=branch.pk, temporary=temporary, on=on)
    return [Member(*row) for row in rows]


@prepared
def _all_members(*, branch_id: int) -> QuerySet[Person, Any]:
    # Who reads the whole branch is not asked of each member whether they may.
    rows = Person.objects.filter(
        standing=Standing.PRESENT, place__branch_id=branch_id, party_status__in=MEMBERS
    )
    return rows.order_by("sort_key", "id").values_list(*Member._fields[:-1])


@prepared
def _members(*, actor: Actor, branch_id: int, temporary: bool, on: date) -> QuerySet[Person, Any]:
    kind = UnitKind.TEMPORARY_BRANCH if temporary else UnitKind.BRANCH
    rows = people_of_branch(actor, Unit(pk=branch_id, kind=kind), on).filter(status_seen__in=MEMBERS)
    return rows.order_by("sort_key", "id").values_list(*Member._fields[:-1], "party_seen")


@prepared
def groups_in(*, branch_id: int) -> QuerySet[Unit, Any]:
    """The open party groups of a branch."""
    return Unit.objects.filter(parent_id=branch_id, kind=UnitKind.GROUP, closed_on=None).values_list("pk")


def officers_of(unit: Unit) -> QuerySet[Appointment]:
    """Everybody who holds or held an office of the unit, the newest term first."""
    rows = Appointment.objects.filter(unit=unit).select_related("person")
    return rows.order_by("-starts_on", "office", "id")


def meetings_of(actor: Actor, branch: Unit, begin: date, end: date) -> list[Held]:
    """Meetings of the branch and its groups between two days (half-open), cancelled ones left out, by date."""
    span = {"path": branch.path, "begin": begin, "end": end}
    counts = {row[0]: Tally(*row[1:]) for row in _counts(**span)}
    return [
        Held(pk, kind, on, state == State.CONFIRMED, counts.get(gathering, Tally()))
        for pk, kind, on, state, gathering in _meetings(
            actor=actor, whole=reaches(actor, branch, *READERS), **span
        )
    ]


@prepared
def _meetings(*, actor: Actor, whole: bool, path: str, begin: date, end: date) -> QuerySet[Meeting, Any]:
    rows = Meeting.objects.all() if whole else visible_meetings(actor)
    rows = rows.filter(
        gathering__unit__path__under=path, gathering__held_on__gte=begin, gathering__held_on__lt=end
    )
    listed = rows.exclude(gathering__state=State.CANCELLED).order_by("gathering__held_on", "id")
    return listed.values_list("pk", "kind", "gathering__held_on", "gathering__state", "gathering_id")


@prepared
def _counts(*, path: str, begin: date, end: date) -> QuerySet[Attendance, Any]:
    return tally_rows(
        Q(gathering__unit__path__under=path, gathering__held_on__gte=begin, gathering__held_on__lt=end)
    )


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
