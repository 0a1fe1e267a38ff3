"""Planning a meeting, recording one afterwards, and changing a plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rongpei.activities.partydays import actions
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import is_chosen
from rongpei.activities.partydays.needs import beside_plan
from rongpei.activities.partydays.queries import units_run_by
from rongpei.activities.partydays.rules import RUNNERS, may_run
from rongpei.activities.partydays.web.planforms import PlanForm, SittingsForm, plan_values
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.org.access.doors import PageRequest, door


@door(*RUNNERS)
def new_meeting(request: PageRequest) -> HttpResponse:
    """The form, and the act."""
    today = clock.today()
    initial = {"held_on": today.isoformat(), "title": _("%(month)d月主题党日：") % {"month": today.month}}
    form = PlanForm(
        request.POST or None, units=units_run_by(request.visit), today=today,
        initial={**initial, **request.GET.dict()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        meeting = actions.plan_meeting(
            actor=request.visit,
            unit=values["unit"],
            kind=MeetingKind(values["kind"]),
            title=values["title"],
            slots=form.slots(),
            class_hours=values["class_hours"],
            agenda=values["agenda"],
            entered_later_reason=values["reason"],
            by_registration=values["by_registration"],
            now=clock.now(),
        )
        if is_chosen(meeting.kind):
            messages.success(request, _("已安排，请选参加的人。"))
            return redirect("partydays:people", meeting.pk)
        listed = _("已安排。应到名单按当天的党员身份和所在支部列出。")
        messages.success(request, _("已安排，可以报名了。") if values["by_registration"] else listed)
        return redirect("partydays:meeting", meeting.pk)
    return render(request, "partydays/new.html", {"form": form})


@door(*RUNNERS)
def change_plan(request: PageRequest, pk: int) -> HttpResponse:
    """Move a planned meeting to another day, hour or room."""
    meeting = meeting_of(request, pk)
    form = SittingsForm(request.POST or None, initial=plan_values(meeting), autofocus=False)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.change_plan(
                actor=request.visit, meeting=meeting, title=values["title"], slots=form.slots(),
                agenda=values["agenda"], now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, f"{refusal.what}{refusal.remedy}")
        else:
            messages.success(request, _("安排已修改。"))
            return redirect("partydays:meeting", pk)
    beside = beside_plan(meeting) if may_run(actor=request.visit, meeting=meeting) else None
    return render(request, "partydays/change.html", {"form": form, "meeting": meeting, "beside": beside})
