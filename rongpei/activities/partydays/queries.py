"""Who should attend, and meetings as the asker may see them."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import Attends, rule_of
from rongpei.activities.partydays.models import MakeUp, Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared, prepared_models
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Attendance, Sitting
from rongpei.org.access.rules import units_below
from rongpei.org.people.codes import MEMBERS, FactKind
from rongpei.org.people.queries import facts_as_of
from rongpei.org.units.codes import COMMITTEE_OFFICES, Tree, UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Posting, Unit
from rongpei.org.units.queries import in_force

TEMPORARY = (UnitKind.TEMPORARY_BRANCH, UnitKind.TEMPORARY_GENERAL_BRANCH)


def meetings_for(actor: Actor) -> QuerySet[Meeting]:
    """Meetings the actor may see, newest first; the gathering's own tenant brings the index by date."""
    rows = rules.visible_meetings(actor).filter(gathering__tenant__in=actor.tenant_ids)
    rows = rows.select_related("gathering__unit")
    return rows.order_by("-gathering__held_on", "-gathering_id")


def meeting_for(actor: Actor, pk: int) -> Meeting | None:
    """One meeting the actor may see, with unit, host and recorder; None when there is none."""
    return next(iter(_meeting(actor=actor, pk=pk)), None)


@prepared_models
def _meeting(*, actor: Actor, pk: int) -> QuerySet[Meeting]:
    rows = rules.visible_meetings(actor).filter(pk=pk)
    return rows.select_related("gathering__unit", "host", "recorder")


class Dated(NamedTuple):
    """A meeting as calendars and short lists show it; `mine`: the asker stands on its list."""

    pk: int
    held_on: date
    state: str
    title: str
    unit_name: str
    class_hours: Decimal
    mine: bool


def meetings_between(actor: Actor, first: date, after: date) -> list[Dated]:
    """Meetings the actor may see, held or planned in a half-open period, by date; cancelled ones are left out."""
    return [Dated(*row) for row in _held_between(actor=actor, first=first, after=after)]


@prepared
def _held_between(*, actor: Actor, first: date, after: date) -> QuerySet[Meeting, Any]:
    rows = rules.visible_meetings(actor).filter(gathering__held_on__gte=first, gathering__held_on__lt=after)
    return _dated(rows.exclude(gathering__state=State.CANCELLED), actor)


def _dated(rows: QuerySet[Meeting], actor: Actor) -> QuerySet[Meeting, Any]:
    mine = Attendance.objects.filter(gathering=OuterRef("gathering_id"), person_id=actor.person_id or 0)
    return (
        rows.annotate(mine=Exists(mine))
        .order_by("gathering__held_on", "gathering_id")
        .values_list(
            "pk", "gathering__held_on", "gathering__state", "gathering__title", "gathering__unit__name",
            "class_hours", "mine",
        )
    )  # fmt: skip


def meeting_to_take_part(actor: Actor, pk: int) -> Meeting | None:
    """A meeting one sees or may register for, with its gathering and unit; one prepared query beside the homes'."""
    found = _to_take_part(actor=actor, homes=rules.homes_of(actor), pk=pk)
    return found[0] if found else None


@prepared_models
def _to_take_part(*, actor: Actor, homes: tuple[int, ...], pk: int) -> QuerySet[Meeting]:
    seen, open_ones = rules.visible_meetings(actor).values("id"), rules.registered_over(homes).values("id")
    found = Meeting.objects.filter(Q(pk__in=seen) | Q(pk__in=open_ones), pk=pk)
    return found.select_related("gathering__unit")


def should_attend(unit: Unit, kind: MeetingKind, on: date) -> list[int]:
    """Ids of those who should attend on a date, as the kind asks: members whose home the unit was that day, or officers.

    In a temporary branch the members placed in it; their duties at home stay.
    """
    attends = rule_of(kind).attends
    if attends == Attends.CHOSEN:
        return []
    if attends in (Attends.COMMITTEE, Attends.OFFICERS):
        rows = Appointment.objects.filter(in_force(on), unit=unit)
        if attends == Attends.COMMITTEE:
            rows = rows.filter(office__in=COMMITTEE_OFFICES)
        return sorted(set(rows.values_list("person_id", flat=True)))
    here = _placed_in(unit, on) if unit.kind in TEMPORARY else _at_home_in(unit, on)
    status = facts_as_of(here, on, [FactKind.PARTY_STATUS])
    return [ident for ident in here if status.get(ident, {}).get(FactKind.PARTY_STATUS) in MEMBERS]


def _at_home_in(unit: Unit, on: date) -> list[int]:
    below = Unit.objects.filter(path__under=unit.path).values("id")
    newest = (
        Posting.objects.filter(tree=Tree.PARTY, starts_on__lte=on, superseded_at=None)
        .filter(person__in=Posting.objects.filter(unit__in=below, starts_on__lte=on).values("person"))
        .order_by("person_id", "-starts_on")
        .distinct("person_id")
        .values_list("person_id", "unit__path")
    )
    return [person_id for person_id, path in newest if path and path.startswith(unit.path)]


def _placed_in(unit: Unit, on: date) -> list[int]:
    below = Unit.objects.filter(path__under=unit.path).values("id")
    rows = Affiliation.objects.filter(in_force(on), unit__in=below)
    return sorted(set(rows.values_list("person_id", flat=True)))


def units_run_by(actor: Actor) -> QuerySet[Unit]:
    """Open party units whose meetings the actor may run, by pinyin."""
    paths = actor.places(*rules.RUNNERS)
    at = Q() if "/" in paths else units_below(paths)
    units = Unit.objects.filter(at, tenant_id=actor.tenant_id, tree=Tree.PARTY, closed_on=None)
    return units.order_by("path")


def open_sittings_for(person_id: int, on: date) -> QuerySet[Sitting]:
    """Sittings of the day of meetings on whose list the person stands, and that are not yet confirmed."""
    return (
        Sitting.objects.filter(
            gathering__attendances__person_id=person_id, gathering__state=State.PLANNED, gathering__held_on=on
        )
        .select_related("gathering")
        .order_by("starts_at")
    )


def make_up_addresses(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Where the source of a make-up entry is opened: the page of the meeting missed."""
    seen = rules.visible_meetings(actor).values("id")
    rows = MakeUp.objects.filter(pk__in=ids, meeting__in=seen).values_list("pk", "meeting_id")
    return {pk: reverse("partydays:meeting", args=[meeting_id]) for pk, meeting_id in rows}
