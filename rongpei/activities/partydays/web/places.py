"""Registering: what is open, one's own place, and who has one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meeting_to_take_part
from rongpei.ground import clock
from rongpei.kernel.gatherings import places as kernel
from rongpei.kernel.gatherings.codes import PlaceState
from rongpei.kernel.gatherings.models import Registration
from rongpei.kernel.gatherings.queries import sitting_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person


def _meeting(request: PageRequest, pk: int) -> Meeting:
    meeting = meeting_to_take_part(request.visit, pk)
    if meeting is None:
        raise Http404
    return meeting


@door()
def open_meetings(request: PageRequest) -> HttpResponse:
    """What one may register for, the next first, with one's own place."""
    today = clock.today()
    rows = rules.meetings_to_register(request.visit).select_related("gathering__unit")
    meetings = list(rows.filter(gathering__held_on__gte=today).order_by("gathering__held_on", "id")[:100])
    mine = Registration.objects.filter(
        person_id=request.visit.person_id or 0, gathering__in=[one.gathering_id for one in meetings]
    ).exclude(state=PlaceState.WITHDRAWN)
    states = {row.gathering_id: row.get_state_display() for row in mine}
    found = [(meeting, states.get(meeting.gathering_id, "")) for meeting in meetings]
    return render(request, "partydays/open.html", {"found": found})


@door()
def places(request: PageRequest, pk: int) -> HttpResponse:
    """The sittings with their places, one's own, and for the organiser who is in line."""
    meeting = _meeting(request, pk)
    gathering, now = meeting.gathering, clock.now()
    sittings = list(_counted(gathering.sittings.order_by("starts_at", "id")))
    mine = kernel.standing(gathering.pk, request.visit.person_id or 0)
    runs = rules.may_run(actor=request.visit, meeting=meeting)
    return render(
        request,
        "partydays/places.html",
        {
            "meeting": meeting,
            "gathering": gathering,
            "sittings": [(one, one.starts_at > now) for one in sittings],
            "mine": mine,
            "position": kernel.position(mine) if mine and mine.state == PlaceState.WAITING else 0,
            "may_register": rules.is_open_to(request.visit, meeting),
            "may_run": runs,
            "queue": _queue(gathering.pk) if runs else [],
        },
    )


def _counted(rows: Any) -> Any:
    of = {"placed": PlaceState.PLACED, "waiting": PlaceState.WAITING}
    return rows.annotate(
        **{name: Count("registrations", filter=Q(registrations__state=state)) for name, state in of.items()}
    )


def _queue(gathering_id: int) -> Sequence[Registration]:
    rows = Registration.objects.filter(gathering_id=gathering_id).exclude(state=PlaceState.WITHDRAWN)
    return list(rows.select_related("person", "sitting").order_by("sitting__starts_at", "state", "id")[:2000])


@door()
@require_POST
def take_place(request: PageRequest, pk: int, sitting_pk: int) -> HttpResponse:
    """Ask for a place."""
    meeting = _meeting(request, pk)
    sitting = sitting_of(meeting.tenant_id, sitting_pk)
    if sitting is None or sitting.gathering_id != meeting.gathering_id:
        raise Http404
    me = Person(pk=request.visit.person_id, tenant_id=request.visit.tenant_id)
    outcome = actions.register(
        actor=request.visit, meeting=meeting, person=me, sitting=sitting, now=clock.now()
    )
    if outcome.state == PlaceState.PLACED:
        messages.success(request, _("报上了。"))
    else:
        messages.warning(request, _("名额已满，您已列入候补。有人取消时按顺序递补，并通知您。"))
    return redirect("partydays:places", pk)


@door()
@require_POST
def give_back(request: PageRequest, pk: int, registration_pk: int) -> HttpResponse:
    """Give a place back: one's own, or, for the organiser, anybody's."""
    meeting = _meeting(request, pk)
    row = get_object_or_404(Registration, pk=registration_pk, gathering_id=meeting.gathering_id)
    moved = actions.withdraw(
        actor=request.visit, meeting=meeting, registration=row, reason=request.POST.get("reason", ""),
        now=clock.now(),
    )  # fmt: skip
    said = _("已取消报名。")
    messages.success(request, said + _("候补的下一位已经递补，并通知了本人。") if moved else said)
    return redirect("partydays:places", pk)
