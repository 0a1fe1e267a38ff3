"""Planning a meeting, or recording one afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rongpei.activities.partydays.actions import plan_meeting
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.queries import units_run_by
from rongpei.activities.partydays.rules import RUNNERS
from rongpei.activities.partydays.web.forms import PlanForm
from rongpei.ground import clock
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
        meeting = plan_meeting(
            actor=request.visit,
            unit=values["unit"],
            kind=MeetingKind(values["kind"]),
            title=values["title"],
            slots=form.slots(),
            class_hours=values["class_hours"],
            agenda=values["agenda"],
            entered_later_reason=values["reason"],
            now=clock.now(),
        )
        messages.success(request, _("已安排。应到名单按当天的党员身份和所在支部列出。"))
        return redirect("partydays:meeting", meeting.pk)
    return render(request, "partydays/new.html", {"form": form})
