"""Who may run a branch's meetings, and who may see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from rongpei.activities.partydays.models import Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Attendance, Registration
from rongpei.org.access.codes import Role
from rongpei.org.access.rules import reaches, units_below
from rongpei.org.people.models import Person
from rongpei.org.units.models import Place, Unit

RUNNERS = (
    Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER,
)  # fmt: skip
READERS = (*RUNNERS, Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER)


def may_plan(*, actor: Actor, unit: Unit) -> bool:
    """Those who run the branch, within their own tenant."""
    return unit.tenant_id == actor.tenant_id and reaches(actor, unit, *RUNNERS)


def may_run(*, actor: Actor, meeting: Meeting) -> bool:
    """Those who run the branch of the meeting."""
    return may_plan(actor=actor, unit=meeting.gathering.unit)


def may_sign_in(*, actor: Actor, person: Person) -> bool:
    """Everybody signs in for oneself only."""
    return actor.person_id == person.pk


def may_register(*, actor: Actor, meeting: Meeting, person: Person) -> bool:
    """For oneself, where one's own party home lies under the unit, or where one stands on the list."""
    return actor.person_id == person.pk and is_open_to(actor, meeting)


def may_give_back(*, actor: Actor, meeting: Meeting, registration: Registration) -> bool:
    """One's own place, or any place of a meeting one runs."""
    if registration.gathering_id != meeting.gathering_id:
        return False
    return actor.person_id == registration.person_id or may_run(actor=actor, meeting=meeting)


def may_excuse(*, actor: Actor, person: Person) -> bool:
    """Everybody excuses only oneself."""
    return actor.person_id == person.pk


def meetings_to_register(actor: Actor) -> QuerySet[Meeting]:
    """Planned meetings by registration of the units over one's own party home."""
    homes = Place.objects.filter(person_id=actor.person_id or 0).values_list("branch__path", flat=True)
    path = next((path for path in homes if path), "")
    above = [int(part) for part in path.split("/") if part]
    return Meeting.objects.filter(
        gathering__by_registration=True, gathering__state=State.PLANNED, gathering__unit_id__in=above
    )


def is_open_to(actor: Actor, meeting: Meeting) -> bool:
    """The check face of `meetings_to_register`; where the list is by rule, those on it choose a sitting."""
    if meeting.gathering.by_registration:
        return meetings_to_register(actor).filter(pk=meeting.pk).exists()
    return meeting.gathering.attendances.filter(person_id=actor.person_id or 0).exists()


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings of the units one reads, and those on whose list one stands."""
    paths = actor.places(*READERS)
    if "/" in paths:
        return Meeting.objects.all()
    listed = Q(
        Exists(Attendance.objects.filter(gathering=OuterRef("gathering_id"), person_id=actor.person_id or 0))
    )
    if paths:
        listed |= any_of("gathering__unit", Unit.objects.filter(units_below(paths)).values("id"))
    return Meeting.objects.filter(listed)


def may_see(actor: Actor, meeting: Meeting) -> bool:
    """The check face of `visible_meetings`."""
    unit = meeting.gathering.unit
    if reaches(actor, unit, *READERS):
        return True
    return meeting.gathering.attendances.filter(person_id=actor.person_id or 0).exists()


def reads_list(actor: Actor, meeting: Meeting) -> bool:
    """Who was there is read by those who read the unit, not by everybody on the list."""
    return reaches(actor, meeting.gathering.unit, *READERS)
