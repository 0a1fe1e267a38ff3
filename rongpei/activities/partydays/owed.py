"""Meetings the rules ask of a branch in the running month, quarter or year, and that are neither held nor planned.

Those of the past are shown on the branch's page; these can still be held in time. A temporary branch meets as its task
allows and owes none; one without a committee (fewer than three officers) no committee meeting; each party group one a month.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import asks, is_near, rule_of, span_of
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.rules import BRANCH_RUNNERS
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared
from rongpei.kernel.gatherings.codes import State
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import COMMITTEE_OFFICES, UnitKind
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force

SMALLEST_COMMITTEE = 3
_MOST = 10
_ONE_EACH = (MeetingKind.THEME_DAY, MeetingKind.MEMBERS, MeetingKind.COMMITTEE, MeetingKind.LIFE)


class Owed(NamedTuple):
    """A kind of meeting a branch still owes by a day (included); `number` of them, more than one only of groups."""

    branch_id: int
    kind: MeetingKind
    first: date
    due_on: date
    number: int

    @property
    def every(self) -> int:
        """Asked once in so many months."""
        return rule_of(self.kind).every_months


class _Row(NamedTuple):
    pk: int
    opened_on: date
    has_theme: bool
    has_members: bool
    has_committee: bool
    has_life: bool
    office_holders: int
    open_groups: int
    group_meetings: int


def owed_by(actor: Actor, on: date) -> Iterator[Owed]:
    """What the branches the actor runs owe, told in the last days of each span; one query, ten branches."""
    month, quarter, year = (
        span_of(kind, on) for kind in (MeetingKind.THEME_DAY, MeetingKind.MEMBERS, MeetingKind.LIFE)
    )
    found = _standing(
        actor=actor, on=on, month=month[0], month_after=month[1], quarter=quarter[0],
        quarter_after=quarter[1], year=year[0], year_after=year[1],
    )  # fmt: skip
    for row in (_Row(*one) for one in found):
        for kind, number in _missing(row):
            if is_near(kind, on) and asks(kind, row.opened_on, on):
                first, after = span_of(kind, on)
                yield Owed(row.pk, kind, first, date.fromordinal(after.toordinal() - 1), number)


def _missing(row: _Row) -> Iterator[tuple[MeetingKind, int]]:
    held = dict(
        zip(_ONE_EACH, (row.has_theme, row.has_members, row.has_committee, row.has_life), strict=True)
    )
    for kind in _ONE_EACH:
        asked = kind != MeetingKind.COMMITTEE or row.office_holders >= SMALLEST_COMMITTEE
        if asked and not held[kind]:
            yield kind, 1
    if row.open_groups > row.group_meetings:
        yield MeetingKind.GROUP, row.open_groups - row.group_meetings


@prepared
def _standing(
    *, actor: Actor, on: date, month: date, month_after: date, quarter: date, quarter_after: date,
    year: date, year_after: date,
) -> QuerySet[Unit, Any]:  # fmt: skip
    def held(kind: MeetingKind, first: date, after: date) -> QuerySet[Meeting]:
        rows = Meeting.objects.filter(kind=kind, gathering__held_on__gte=first, gathering__held_on__lt=after)
        return rows.exclude(gathering__state=State.CANCELLED)

    def own(kind: MeetingKind, first: date, after: date) -> Exists:
        return Exists(held(kind, first, after).filter(gathering__unit=OuterRef("pk")))

    officers = Appointment.objects.filter(in_force(on), unit=OuterRef("pk"), office__in=COMMITTEE_OFFICES)
    groups = Unit.objects.filter(parent=OuterRef("pk"), kind=UnitKind.GROUP, closed_on=None)
    of_groups = held(MeetingKind.GROUP, month, month_after).filter(
        Q(gathering__unit=OuterRef("pk")) | Q(gathering__unit__parent=OuterRef("pk"))
    )
    branches = Unit.objects.filter(
        units_below(actor.places(*BRANCH_RUNNERS)), kind=UnitKind.BRANCH, closed_on=None
    )
    return (
        branches.annotate(
            has_theme=own(MeetingKind.THEME_DAY, month, month_after),
            has_members=own(MeetingKind.MEMBERS, quarter, quarter_after),
            has_committee=own(MeetingKind.COMMITTEE, month, month_after),
            has_life=own(MeetingKind.LIFE, year, year_after),
            office_holders=_number(officers, "person"),
            open_groups=_number(groups, "pk"),
            group_meetings=_number(of_groups, "pk"),
        )
        .order_by("path")
        .values_list("pk", "opened_on", *_Row._fields[2:])[:_MOST]
    )


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many different ones a subquery holds."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count(F(of), distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
