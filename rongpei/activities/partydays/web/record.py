"""One meeting: its page, confirming, reopening, cancelling."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import SOURCE
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meeting_for
from rongpei.activities.partydays.web.forms import (
    GuestForm,
    LeaveForm,
    MakeUpForm,
    NominationForm,
    ObserverForm,
    ReasonForm,
    ReflectionForm,
    UploadForm,
)
from rongpei.activities.partydays.web.meetingview import MeetingView
from rongpei.ground import clock
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.access.doors import PageRequest, door


def meeting_of(request: PageRequest, pk: int) -> Meeting:
    """The meeting, if the visitor may see it; else 404."""
    meeting = meeting_for(request.visit, pk)
    if meeting is None:
        raise Http404
    return meeting


@door()
def meeting_page(request: PageRequest, pk: int) -> HttpResponse:
    """What it is, who came, what was decided, and the one next act."""
    meeting = meeting_of(request, pk)
    page = MeetingView(actor=request.visit, meeting=meeting, today=clock.today(), now=clock.now())
    mine = page.my_reflection
    context = {
        "page": page,
        "meeting": meeting,
        "gathering": meeting.gathering,
        "may_run": page.runs,
        "is_open": page.is_open,
        "reason_form": ReasonForm(),
        "leave_form": LeaveForm(),
        "observer_form": ObserverForm(),
        "guest_form": GuestForm(),
        "upload_form": UploadForm(),
        "make_up_form": MakeUpForm(initial={"hours": meeting.class_hours, "studied_on": clock.today()}),
        "reflection_form": ReflectionForm(
            initial={"text": mine.text, "audience": mine.audience} if mine else None
        ),
        "nomination_form": NominationForm(
            initial={"nomination_reason": page.nomination.reason} if page.nomination else None
        ),
    }
    return render(request, "partydays/meeting.html", context)


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
