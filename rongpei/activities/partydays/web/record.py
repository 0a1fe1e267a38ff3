"""One meeting: its page, attendance by list, minutes, confirming, reopening, cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import SOURCE
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.forms import GuestForm, LeaveForm, MinutesForm, ObserverForm, ReasonForm
from rongpei.activities.partydays.web.lists import state_mark
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Attendance, Gathering
from rongpei.kernel.gatherings.presence import arrival_of
from rongpei.kernel.gatherings.queries import attendance_list, tally_of
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.access.doors import PageRequest, door


def meeting_of(request: PageRequest, pk: int) -> Meeting:
    """The meeting, if the visitor may see it; else 404."""
    return get_object_or_404(meetings_for(request.visit), pk=pk)


@door()
def meeting_page(request: PageRequest, pk: int) -> HttpResponse:
    """What it is, who came, what was decided, and the one next act."""
    meeting = meeting_of(request, pk)
    gathering = meeting.gathering
    runs = rules.may_run(actor=request.visit, meeting=meeting)
    reads = runs or rules.reads_list(request.visit, meeting)
    mine = gathering.attendances.filter(person_id=request.visit.person_id or 0).first()
    return render(
        request,
        "partydays/meeting.html",
        {
            "meeting": meeting,
            "gathering": gathering,
            "sittings": list(gathering.sittings.order_by("starts_at")),
            "mark": state_mark(meeting, clock.today()),
            "tally": tally_of(gathering.pk),
            "rows": _with_arrivals(gathering) if reads else [],
            "guests": list(gathering.guests.order_by("id")) if reads else [],
            "entered": entries_from(source_kind=SOURCE, source_id=meeting.pk).count() if reads else 0,
            "may_run": runs,
            "mine": mine,
            "is_open": gathering.state == State.PLANNED,
            "before_start": gathering.sittings.filter(starts_at__gt=clock.now()).exists(),
            "reason_form": ReasonForm(),
            "leave_form": LeaveForm(),
            "observer_form": ObserverForm(),
            "guest_form": GuestForm(),
        },
    )


def _with_arrivals(gathering: Gathering) -> list[Attendance]:
    """The list, each with when the person came: late, gone early."""
    rows = list(attendance_list(gathering))
    for row in rows:
        row.arrival = arrival_of(row, row.sitting, gathering.late_after)  # type: ignore[attr-defined]
    return rows


@door(*rules.RUNNERS)
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    """The record of the meeting."""
    meeting = meeting_of(request, pk)
    initial = {
        "agenda": meeting.agenda, "minutes": meeting.minutes, "resolution": meeting.resolution,
        "class_hours": meeting.class_hours,
    }  # fmt: skip
    form = MinutesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_minutes(actor=request.visit, meeting=meeting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.what)
        else:
            messages.success(request, _("记录已保存。"))
            return redirect("partydays:meeting", pk)
    return render(
        request, "partydays/minutes.html", {"meeting": meeting, "gathering": meeting.gathering, "form": form}
    )


@door(*rules.RUNNERS)
@require_POST
def confirm(request: PageRequest, pk: int) -> HttpResponse:
    """Enter the hours."""
    meeting = actions.confirm_meeting(actor=request.visit, meeting=meeting_of(request, pk), now=clock.now())
    count = entries_from(source_kind=SOURCE, source_id=meeting.pk).count()
    messages.success(request, _("已确认，%(count)d 人的学时已记入成长档案。") % {"count": count})
    return redirect("partydays:meeting", pk)


@door(*rules.RUNNERS)
@require_POST
def reopen(request: PageRequest, pk: int) -> HttpResponse:
    """Take the hours back and open the list."""
    meeting = meeting_of(request, pk)
    reason = request.POST.get("reason", "")
    actions.reopen_meeting(actor=request.visit, meeting=meeting, reason=reason, now=clock.now())
    messages.success(request, _("已冲回学时，可以修改名单。改好后请再次确认。"))
    return redirect("partydays:meeting", pk)


@door(*rules.RUNNERS)
@require_POST
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Call a planned meeting off."""
    reason = request.POST.get("reason", "")
    actions.cancel_meeting(actor=request.visit, meeting=meeting_of(request, pk), reason=reason)
    messages.success(request, _("会议已取消。"))
    return redirect("partydays:meeting", pk)
