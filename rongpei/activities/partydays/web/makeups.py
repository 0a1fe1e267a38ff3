"""Make-up studies: logging one, and the list in which the branch judges them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import MakeUpState
from rongpei.activities.partydays.models import MakeUp
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.forms import MakeUpForm
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person

_MARKS: dict[str, Kind] = {
    MakeUpState.LOGGED: "warn", MakeUpState.ACCEPTED: "ok", MakeUpState.RETURNED: "bad", MakeUpState.VOID: "line",
}  # fmt: skip


@door()
@require_POST
def log_make_up(request: PageRequest, pk: int) -> HttpResponse:
    """Log one's own make-up, or, for those who run the branch, that of somebody on the list."""
    meeting = meeting_of(request, pk)
    person = Person(pk=request.visit.person_id, tenant_id=request.visit.tenant_id)
    if (who := request.POST.get("person", "")).isdigit():
        listed = Person.objects.filter(attendances__gathering=meeting.gathering_id)
        person = get_object_or_404(listed, pk=int(who))
    form = MakeUpForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("partydays:meeting", pk)
    actions.log_make_up(
        actor=request.visit, meeting=meeting, person=person, today=clock.today(), now=clock.now(),
        **form.cleaned_data,
    )  # fmt: skip
    messages.success(request, _("补学已登记。支部审核后计入学时，出勤记录不变。"))
    return redirect("partydays:meeting", pk)


class MakeUpList(Listing):
    """Make-up studies."""

    columns = (
        Column("person.name", _lazy("姓名"), main=True, sort="person__sort_key"),
        Column(
            "meeting", _lazy("缺的会议"), lambda row: row.meeting.gathering.title, phone="second", width=30,
            link=lambda row: reverse("partydays:meeting", args=[row.meeting_id]),
        ),
        Column("content", _lazy("补学内容"), width=40),
        Column("studied_on", _lazy("补学日期"), sort="studied_on", kind="day", phone="second"),
        Column("hours", _lazy("学时"), kind="hours"),
        Column("state", _lazy("状态"), lambda row: Status(_MARKS[row.state], row.get_state_display()), phone="side"),
        Column("remark", _lazy("审核意见")),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _lazy("姓名"), fields=("person__name",)),
        ChoiceFilter("state", _lazy("状态"), MakeUpState.choices),
        PeriodFilter("on", _lazy("补学日期"), field="studied_on"),
    )
    default_sort = "-studied_on"
    noun = _lazy("补学")
    measure = _lazy("条")


def _judged(request: PageRequest) -> Any:
    seen = meetings_for(request.visit).order_by().values("id")
    return MakeUp.objects.filter(meeting__in=seen).select_related("person", "meeting__gathering__unit")


@door(*rules.READERS)
def make_ups(request: PageRequest) -> HttpResponseBase:
    """All make-ups of one's branches; those waiting stand on top with their buttons."""
    rows = _judged(request)
    runs = request.visit.holds(*rules.RUNNERS)
    waiting = list(rows.filter(state=MakeUpState.LOGGED).order_by("studied_on", "id")[:50]) if runs else []
    return MakeUpList(request, rows).respond("partydays/make_ups.html", {"waiting": waiting})


@door(*rules.RUNNERS)
@require_POST
def judge(request: PageRequest, pk: int) -> HttpResponse:
    """Accept a make-up, or give it back with a remark."""
    row = get_object_or_404(_judged(request), pk=pk)
    if "accept" in request.POST:
        actions.accept_make_up(actor=request.visit, make_up=row, now=clock.now())
        messages.success(request, _("已计入学时。"))
    else:
        remark = request.POST.get("remark", "")
        actions.return_make_up(actor=request.visit, make_up=row, remark=remark, now=clock.now())
        messages.success(request, _("已退回。"))
    return redirect("partydays:make-ups")
