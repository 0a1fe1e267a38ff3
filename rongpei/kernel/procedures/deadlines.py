"""The nightly run: who is reminded, and what rises to the organisation above. A few statements, however many cases."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import action, note
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import NoticeKind
from rongpei.kernel.procedures.codes import ESCALATE_DAYS, REMIND_DAYS
from rongpei.kernel.procedures.models import Opening
from rongpei.kernel.procedures.registry import all_registered
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force


def _may_run(*, actor: Actor, tenant_id: int) -> bool:
    return isinstance(actor, System) and actor.tenant_id == tenant_id


@action("procedures.deadlines.run", may=_may_run)
def run_deadlines(*, actor: Actor, tenant_id: int, on: date, now: datetime) -> dict[str, int]:
    """Remind of what is due within a week, once a step; hand what is a week overdue by a rule to the unit above, and
    a week later to the one above that.

    Gives how many steps were reminded of and escalated. Doing it twice on a day changes nothing more.
    """
    rows = Opening.objects.filter(tenant_id=tenant_id)
    soon = rows.filter(due_on__lte=on + timedelta(days=REMIND_DAYS), reminded_on=None)
    late = rows.filter(
        due_on__lt=on - timedelta(days=ESCALATE_DAYS),
        by_rule=True,
        escalated_to=None,
        unit__parent__isnull=False,
    )
    still = rows.filter(
        escalated_on__lt=on - timedelta(days=ESCALATE_DAYS), escalated_to__parent__isnull=False
    )
    readers = _readers(soon, on)
    above = [
        *_officers(late.values("unit__parent"), on),
        *_officers(still.values("escalated_to__parent"), on),
    ]
    escalated = _raise(still, "escalated_to_id", on) + _raise(late, "unit_id", on)
    reminded = soon.update(reminded_on=on)
    if reminded:
        _tell(actor, tenant_id, readers, _("有步骤七天内到期或已经超期，请看待办"), now)
    if escalated:
        _tell(actor, tenant_id, above, _("下级组织有步骤超期一周以上，请督促办理"), now)
    note(reminded=reminded, escalated=escalated)
    return {"reminded": reminded, "escalated": escalated}


def _raise(rows: QuerySet[Opening], column: str, on: date) -> int:
    parent = Unit.objects.filter(pk=OuterRef(column)).values("parent_id")
    return rows.update(escalated_to=Subquery(parent[:1]), escalated_on=on)


def _readers(rows: QuerySet[Opening], on: date) -> list[int]:
    """Officers of the units that run the cases, and persons whose own step it is."""
    own = [holder for known in all_registered() for holder, roles in known.holders.items() if not roles]
    persons = rows.filter(holder__in=own).exclude(person=None).values_list("person_id", flat=True)
    return sorted({*_officers(rows.exclude(holder__in=own).values("unit"), on), *persons})


def _officers(units: QuerySet[Opening, Any], on: date) -> list[int]:
    rows = Appointment.objects.filter(in_force(on), unit__in=units)
    held = Q(office__in=(Office.SECRETARY, Office.DEPUTY, Office.ORGANIZATION))
    return sorted(set(rows.filter(held).values_list("person_id", flat=True)))


def _tell(actor: Actor, tenant_id: int, readers: list[int], title: str, now: datetime) -> None:
    if readers:
        send(
            actor=actor, tenant_id=tenant_id, reader_ids=readers, title=title, kind=NoticeKind.REMINDER, url="/",
            now=now,
        )  # fmt: skip


def overdue(on: date) -> QuerySet[Opening]:
    """Steps past their due date, the longest first."""
    return Opening.objects.filter(due_on__lt=on).order_by(F("due_on"), "id")
