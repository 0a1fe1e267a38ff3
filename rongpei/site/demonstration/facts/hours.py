"""Meetings and class hours of the calendar year, up to a date."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from rongpei.activities.partydays.models import Meeting
from rongpei.ground.tenancy.models import Tenant
from rongpei.insight.directory.progress import expected_by, floor_by, quota_of
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.ledger.kinds import quota_codes
from rongpei.kernel.ledger.models import Entry
from rongpei.org.units.queries import committee_member_ids
from rongpei.site.demonstration.facts.figures import Figure
from rongpei.site.demonstration.facts.people import Roll, roll_of


def hours_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """Confirmed meetings, class hours by person, members below the day's share of the quota, and those called 落后."""
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
    below = _below(expected_by, tenant.pk, on, hours, roll)
    behind = _below(floor_by, tenant.pk, on, hours, roll)
    return {
        "meetings_this_year": Figure(len(meetings), meetings),
        "class_hours_this_year": Figure(float(sum(hours.values(), Decimal(0))), earned),
        "members_below_pro_rata": Figure(len(below), below),
        "members_behind": Figure(len(behind), behind),
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


def _below(
    limit: Callable[[int, date], Decimal], tenant_id: int, on: date, hours: dict[int, Decimal], roll: Roll
) -> list[dict[str, object]]:
    """Members whose hours lie below a limit for their quota (see `progress`); nothing is asked of the retired."""
    asked = [ident for ident in roll.members if ident not in roll.retired]
    officers = committee_member_ids(asked, on)
    found: list[dict[str, object]] = []
    for ident in asked:
        due = limit(quota_of(tenant_id, ident in officers, on), on)
        mine = hours.get(ident, Decimal(0))
        if mine < due:
            found.append({**roll.lines[ident], "class_hours": float(mine), "due": float(due)})
    return found
