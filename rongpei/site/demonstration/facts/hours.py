"""Meetings and class hours of the calendar year, up to a date."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from rongpei.activities.partydays.models import Meeting
from rongpei.ground.tenancy.models import Tenant
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.ledger.kinds import quota_codes
from rongpei.kernel.ledger.models import Entry
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact
from rongpei.org.units.queries import committee_member_ids
from rongpei.site.demonstration.facts.figures import Figure
from rongpei.site.demonstration.facts.people import Roll, roll_of

MEMBER_QUOTA, COMMITTEE_QUOTA = 32, 56


def due_by(on: date, quota: int, member_since: date | None = None) -> Decimal:
    """Class hours due by a date: the year's quota by the days gone, counted from admission for those new this year.

    《中国共产党党员教育管理工作条例》第二十条: 32 a year; 56 for secretaries and committee members.
    """
    first = date(on.year, 1, 1)
    days = (date(on.year + 1, 1, 1) - first).days
    gone = (on - max(first, member_since or first)).days + 1
    return Decimal(quota * gone) / days


def hours_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """Confirmed meetings, class hours by person, and members below what is due."""
    first = date(on.year, 1, 1)
    held = Meeting.objects.filter(
        gathering__state=State.CONFIRMED, gathering__held_on__gte=first, gathering__held_on__lte=on
    )
    rows = held.order_by("gathering__held_on", "id").values_list(
        "id", "gathering__title", "gathering__held_on"
    )
    meetings = [{"id": row[0], "name": row[1], "held_on": row[2].isoformat()} for row in rows]
    hours = class_hours(first, on)
    roll = roll_of(on)
    earned = [
        {**roll.lines[ident], "class_hours": float(hours[ident])} for ident in roll.lines if ident in hours
    ]
    below = _below(on, hours, roll)
    return {
        "meetings_this_year": Figure(len(meetings), meetings),
        "class_hours_this_year": Figure(float(sum(hours.values(), Decimal(0))), earned),
        "members_below_pro_rata": Figure(len(below), below),
    }


def class_hours(first: date, on: date) -> dict[int, Decimal]:
    """Class hours that count to the quota, by person, from the entries themselves."""
    rows = (
        Entry.objects.filter(
            occurred_on__gte=first, occurred_on__lte=on, kind__in=quota_codes(), person__isnull=False
        )
        .values_list("person_id")
        .annotate(Sum("class_hours"))
    )
    return {ident: hours for ident, hours in rows if ident is not None}


def _below(on: date, hours: dict[int, Decimal], roll: Roll) -> list[dict[str, object]]:
    """Members on duty whose hours lie below what is due; the retired are under no fixed demand."""
    members = set(roll.members) - roll.retired
    officers = committee_member_ids(members, on)
    since = dict(
        Fact.objects.filter(
            person_id__in=members,
            kind=FactKind.PARTY_STATUS,
            value=PartyStatus.PROBATIONARY,
            superseded_at=None,
        ).values_list("person_id", "starts_on")
    )
    found: list[dict[str, object]] = []
    for ident, line in roll.lines.items():
        if ident not in members:
            continue
        due = due_by(on, COMMITTEE_QUOTA if ident in officers else MEMBER_QUOTA, since.get(ident))
        if hours.get(ident, Decimal(0)) < due:
            mine = {"class_hours": float(hours.get(ident, 0)), "due": float(round(due, 2))}
            found.append({**line, **mine})
    return found
