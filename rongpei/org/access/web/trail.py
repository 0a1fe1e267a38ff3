"""The audit browser: only reading, the own tenant only, and every look is itself recorded."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.labels import code_choices
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.audit.queries import (
    COUNTED,
    companions_of,
    looks_at,
    page_of,
    seal_of,
    seal_state,
    today_counts,
)
from rongpei.ground.audit.recording import record
from rongpei.ground.ui import parts
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.web.sought import Asked, midnight
from rongpei.org.access.web.trail_sheet import export
from rongpei.org.access.web.trail_words import Told, tell

PAGE = 40


@door(Role.AUDITOR)
def trail(request: PageRequest) -> HttpResponseBase:
    """The list with its filters, the chosen event beside it, and the state of the seal."""
    asked = Asked(request)
    sought = asked.sought()
    if request.GET.get("export") == "xlsx":
        return export(request, asked, sought)
    page = page_of(sought, before=asked.before, size=PAGE)
    chosen = _event(request, request.GET.get("event", ""))
    _record_look(request, chosen, {"filters": asked.facts(), "count": len(page.events)})
    context: dict[str, Any] = {
        "asked": asked,
        "rows": tell(page.events, request.visit),
        "older_url": asked.address(before=page.older, event=None) if page.older else "",
        "newest_url": asked.address(before=None, event=None) if asked.before else "",
        "looked": page.looked,
        "cards": _cards(request),
        "seal": seal_state(request.visit.tenant_id),
        "codes": code_choices(),
        "chosen": chosen.pk if chosen else None,
    }
    if chosen:
        context.update(_detail(request, chosen))
    return render(request, "access/audit.html", context)


@door(Role.AUDITOR)
def event_page(request: PageRequest, pk: int) -> HttpResponse:
    """One event on a page of its own."""
    event = _event(request, str(pk))
    if event is None:
        raise Http404
    _record_look(request, event, {})
    return render(request, "access/event.html", _detail(request, event))


def _event(request: PageRequest, text: str) -> AuditEvent | None:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return AuditEvent.objects.filter(tenant_id=request.visit.tenant_id, pk=int(text)).first()


def _record_look(request: PageRequest, event: AuditEvent | None, facts: dict[str, Any]) -> None:
    record(
        kind=EventKind.VIEW, code="audit.trail.viewed", actor=request.visit, facts=facts,
        table_name="audit_event" if event else "", object_id=event.pk if event else None,
    )  # fmt: skip


def _detail(request: PageRequest, event: AuditEvent) -> dict[str, Any]:
    done = companions_of(event) if event.kind == EventKind.ACT else []
    looks = looks_at(event)
    told: list[Told] = tell([event, *done, *looks], request.visit)
    return {
        "event": told[0],
        "changes": told[1 : 1 + len(done)],
        "looks": told[1 + len(done) :],
        "link": seal_of(event),
    }


def _cards(request: PageRequest) -> list[parts.Kpi]:
    counts = today_counts(request.visit.tenant_id, midnight(clock.now()))
    base = request.path
    return [
        parts.Kpi(_("今日记录"), _bounded(counts["acts"]), _("条"), url=f"{base}?period=today"),
        parts.Kpi(
            _("今日拒绝"), _bounded(counts["refused"]), _("条"), url=f"{base}?period=today&result=refused",
            tone="red" if counts["refused"] else "",
        ),
        parts.Kpi(_("今日查看"), _bounded(counts["views"]), _("次"), url=f"{base}?period=today&kind=view"),
    ]  # fmt: skip


def _bounded(number: int) -> str:
    return f"{COUNTED:,}+" if number > COUNTED else f"{number:,}"
