"""Who may run a branch's meetings, and who may see them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rongpei.activities.partydays.codes import Audience, ThemeState
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import MakeUp, Meeting, Reflection, Theme
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Forbidden
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared, prepared_models
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Attendance, Registration
from rongpei.kernel.papers.models import Paper
from rongpei.org.access.codes import Role
from rongpei.org.access.rules import reaches, units_below
from rongpei.org.people.models import Person
from rongpei.org.units.models import Place, Unit

RUNNERS = (
    Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER,
)  # fmt: skip
BRANCH_RUNNERS = (Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
THEME_SETTERS = (Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY)
OVERSEERS = (Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER)
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


def may_set_theme(*, actor: Actor, unit: Unit, theme: Theme | None) -> bool:
    """The party office, and a general branch for the branches under it."""
    if theme is not None and theme.unit_id != unit.pk:
        return False
    return unit.tenant_id == actor.tenant_id and reaches(actor, unit, *THEME_SETTERS)


def may_run_theme(*, actor: Actor, theme: Theme) -> bool:
    """Whoever may set it."""
    return may_set_theme(actor=actor, unit=theme.unit, theme=theme)


def may_set_hours(*, actor: Actor) -> bool:
    """The party office decides how hours are counted."""
    return actor.holds(Role.PARTY_OFFICE)


def may_log_make_up(*, actor: Actor, meeting: Meeting, person: Person) -> bool:
    """Everybody for oneself, and whoever runs the branch for its members."""
    return actor.person_id == person.pk or may_run(actor=actor, meeting=meeting)


def may_judge_make_up(*, actor: Actor, make_up: MakeUp) -> bool | Forbidden:
    """Whoever runs the branch, but nobody the own one."""
    if actor.person_id == make_up.person_id:
        return Forbidden(_("不能审核自己的补学。"), remedy=_("请另一位支部委员或党委办公室审核。"))
    return may_run(actor=actor, meeting=make_up.meeting)


def may_answer(*, actor: Actor, paper: Paper) -> bool:
    """Everybody answers for oneself; whether one is asked is checked with the answer."""
    return actor.person_id is not None and paper.tenant_id == actor.tenant_id


def may_read_record(actor: Actor, meeting: Meeting) -> bool:
    """The record of a talk is read by those who took part and those who run the branch; others' by all who see it."""
    if not rule_of(meeting.kind).private or may_run(actor=actor, meeting=meeting):
        return True
    return is_listed(actor, meeting)


def is_listed(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor stands on the meeting's list, in whatever part."""
    return bool(_listing(gathering_id=meeting.gathering_id, person_id=actor.person_id or 0))


@prepared
def _listing(*, gathering_id: int, person_id: int) -> QuerySet[Attendance, Any]:
    return Attendance.objects.filter(gathering_id=gathering_id, person_id=person_id).values_list("pk")


def readable_reflections(actor: Actor, meeting: Meeting) -> list[Reflection]:
    """Reflections the author lets the actor read: one's own, the committee's, the branch's, the hospital's.

    The newest fifty.
    """
    audiences: tuple[str, ...] = (Audience.HOSPITAL,)
    if reaches(actor, meeting.gathering.unit, *RUNNERS):
        audiences = (Audience.HOSPITAL, Audience.COMMITTEE, Audience.BRANCH)
    elif is_listed(actor, meeting):
        audiences = (Audience.HOSPITAL, Audience.BRANCH)
    return _reflections(meeting_id=meeting.pk, person_id=actor.person_id or 0, audiences=audiences)


@prepared_models
def _reflections(*, meeting_id: int, person_id: int, audiences: tuple[str, ...]) -> QuerySet[Reflection]:
    rows = Reflection.objects.filter(meeting_id=meeting_id).select_related("person")
    read = rows.filter(Q(person_id=person_id) | Q(audience__in=audiences))
    return read.order_by("-written_at")[:50]


def meetings_to_register(actor: Actor) -> QuerySet[Meeting]:
    """Planned meetings by registration of the units over one's own party home."""
    return registered_over(homes_of(actor))


def homes_of(actor: Actor) -> tuple[int, ...]:
    """Ids of the units over one's own party home, and of that itself; one prepared query."""
    found = _home(person_id=actor.person_id or 0)
    return tuple(int(part) for (path,) in found if path for part in path.split("/") if part)


@prepared
def _home(*, person_id: int) -> QuerySet[Place, Any]:
    return Place.objects.filter(person_id=person_id).values_list("branch__path")


def registered_over(homes: tuple[int, ...]) -> QuerySet[Meeting]:
    """Planned meetings by registration of these units."""
    return Meeting.objects.filter(
        gathering__by_registration=True, gathering__state=State.PLANNED, gathering__unit_id__in=homes
    )


def is_open_to(actor: Actor, meeting: Meeting) -> bool:
    """The check face of `meetings_to_register`; where the list is by rule, those on it choose a sitting."""
    if meeting.gathering.by_registration:
        return meeting.gathering.state == State.PLANNED and meeting.gathering.unit_id in homes_of(actor)
    return is_listed(actor, meeting)


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
    return is_listed(actor, meeting)


def reads_list(actor: Actor, meeting: Meeting) -> bool:
    """Who was there is read by those who read the unit, not by everybody on the list."""
    return reaches(actor, meeting.gathering.unit, *READERS)


# Files: asked by id, within the scope.


def may_read_files(actor: Actor, meeting_id: int) -> bool:
    """Materials and photographs are seen by whoever sees the meeting and may read its record."""
    meeting = visible_meetings(actor).filter(pk=meeting_id).select_related("gathering__unit").first()
    return meeting is not None and may_read_record(actor, meeting)


def may_change_files(actor: Actor, meeting_id: int) -> bool:
    """Those who run the branch."""
    meeting = Meeting.objects.filter(pk=meeting_id).select_related("gathering__unit").first()
    return meeting is not None and may_run(actor=actor, meeting=meeting)


def may_read_theme_files(actor: Actor, theme_id: int) -> bool:
    """The material of an issued theme is for all of the hospital; that of a draft for the office."""
    theme = Theme.objects.filter(pk=theme_id).select_related("unit").first()
    if theme is None:
        return False
    return theme.state != ThemeState.DRAFT or may_run_theme(actor=actor, theme=theme)


def may_change_theme_files(actor: Actor, theme_id: int) -> bool:
    """Whoever may set the theme."""
    theme = Theme.objects.filter(pk=theme_id).select_related("unit").first()
    return theme is not None and may_run_theme(actor=actor, theme=theme)
