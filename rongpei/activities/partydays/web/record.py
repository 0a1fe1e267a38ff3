"""One meeting: its page, attendance by list, minutes, confirming, reopening, cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import SOURCE
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.forms import MinutesForm, ReasonForm
from rongpei.activities.partydays.web.lists import state_mark
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.queries import Tally, attendance_list, tallies
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.access.doors import PageRequest, door

_CHOICES = (
    (Presence.PRESENT, _lazy("实到")),
    (Presence.LEAVE, _lazy("请假")),
    (Presence.EXPECTED, _lazy("未到")),
)
_TICKED = {"present": Presence.PRESENT, "leave": Presence.LEAVE, "expected": Presence.EXPECTED}


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
            "tally": tallies([gathering.pk]).get(gathering.pk, Tally()),
            "rows": list(attendance_list(gathering)) if reads else [],
            "entered": entries_from(source_kind=SOURCE, source_id=meeting.pk).count() if reads else 0,
            "may_run": runs,
            "mine": mine,
            "is_open": gathering.state == State.PLANNED,
            "reason_form": ReasonForm(),
        },
    )


@door(*rules.RUNNERS)
def attendance(request: PageRequest, pk: int) -> HttpResponse:
    """The tick-list: presence and reason of everybody on it."""
    meeting = meeting_of(request, pk)
    rows = list(attendance_list(meeting.gathering))
    if request.method == "POST":
        marks = {
            row.person_id: (_TICKED[chosen], request.POST.get(f"reason-{row.person_id}", "").strip()[:200])
            for row in rows
            if (chosen := request.POST.get(f"presence-{row.person_id}", "")) in _TICKED
        }
        later = bool(meeting.entered_later_reason)
        changed = actions.tick_attendance(
            actor=request.visit, meeting=meeting, marks=marks, now=clock.now(), later=later
        )
        messages.success(request, _("已保存，改动 %(count)d 人。") % {"count": changed})
        return redirect("partydays:meeting", pk)
    return render(
        request,
        "partydays/attendance.html",
        {"meeting": meeting, "gathering": meeting.gathering, "rows": rows, "choices": _CHOICES},
    )


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
