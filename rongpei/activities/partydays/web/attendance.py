"""Who was there, by list on the page; leave, observers and guests."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.web.forms import GuestForm, LeaveForm, ObserverForm
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.kernel.gatherings.codes import Mode, Part, Presence
from rongpei.kernel.gatherings.models import Guest
from rongpei.kernel.gatherings.queries import attendance_list
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person

_TICKED = {
    "present": Presence.PRESENT, "online": Presence.PRESENT, "leave": Presence.LEAVE, "expected": Presence.EXPECTED,
}  # fmt: skip


def _choices(meeting: Meeting) -> list[tuple[str, str | Promise]]:
    """The choices of the list; coming from afar only where the meeting is held online too."""
    modes = set(meeting.gathering.sittings.values_list("mode", flat=True))
    found: list[tuple[str, str | Promise]] = [("present", _lazy("实到"))]
    if modes != {Mode.ON_SITE.value}:
        found.append(("online", _lazy("线上")))
    return [*found, ("leave", _lazy("请假")), ("expected", _lazy("未到"))]


@door(*rules.RUNNERS)
def attendance(request: PageRequest, pk: int) -> HttpResponse:
    """The tick-list: presence and reason of everybody on it."""
    meeting = meeting_of(request, pk)
    rows = attendance_list(meeting.gathering_id)
    if request.method == "POST":
        chosen = {row.person_id: request.POST.get(f"presence-{row.person_id}", "") for row in rows}
        marks = {
            ident: (_TICKED[value], request.POST.get(f"reason-{ident}", "").strip()[:200])
            for ident, value in chosen.items()
            if value in _TICKED
        }
        changed = actions.tick_attendance(
            actor=request.visit, meeting=meeting, marks=marks, now=clock.now(),
            later=bool(meeting.entered_later_reason),
            online=[ident for ident, value in chosen.items() if value == "online"],
        )  # fmt: skip
        messages.success(request, _("已保存，改动 %(count)d 人。") % {"count": changed})
        return redirect("partydays:meeting", pk)
    context = {"meeting": meeting, "gathering": meeting.gathering, "rows": rows, "choices": _choices(meeting)}
    return render(request, "partydays/attendance.html", context)


@door()
@require_POST
def leave(request: PageRequest, pk: int) -> HttpResponse:
    """Excuse oneself, or take that back."""
    meeting = meeting_of(request, pk)
    me = Person(pk=request.visit.person_id, tenant_id=request.visit.tenant_id)
    if "back" in request.POST:
        actions.take_back_leave(actor=request.visit, meeting=meeting, person=me, now=clock.now())
        messages.success(request, _("请假已撤回，请按时到场签到。"))
        return redirect("partydays:meeting", pk)
    form = LeaveForm(request.POST)
    reason = form.cleaned_data["leave_reason"] if form.is_valid() else ""
    actions.ask_leave(actor=request.visit, meeting=meeting, person=me, reason=reason, now=clock.now())
    messages.success(request, _("已请假，组织者看得到原因。"))
    return redirect("partydays:meeting", pk)


@door(*rules.RUNNERS)
@require_POST
def observers(request: PageRequest, pk: int) -> HttpResponse:
    """Add a colleague as observer or lecturer, by name or staff number."""
    meeting = meeting_of(request, pk)
    form = ObserverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写姓名或工号。"))
        return redirect("partydays:meeting", pk)
    who = form.cleaned_data["who"].strip()
    rows = Person.objects.filter(tenant_id=request.visit.tenant_id, closed_on=None)
    found = list(rows.filter(staff_number=who)[:1]) or list(rows.filter(name=who)[:2])
    if len(found) == 1:
        part = Part(form.cleaned_data["part"])
        actions.add_observer(actor=request.visit, meeting=meeting, person=found[0], part=part)
        messages.success(request, _("已列入名单。"))
    elif found:
        messages.error(request, _("有两位以上叫“%(who)s”，请填工号。") % {"who": who})
    else:
        messages.error(request, _("没有找到“%(who)s”，请核对姓名，或填工号。") % {"who": who})
    return redirect("partydays:meeting", pk)


@door(*rules.RUNNERS)
@require_POST
def guests(request: PageRequest, pk: int) -> HttpResponse:
    """Note a guest, or take one off the record."""
    meeting = meeting_of(request, pk)
    if gone := request.POST.get("remove", ""):
        guest = get_object_or_404(
            Guest, pk=int(gone) if gone.isdigit() else 0, gathering_id=meeting.gathering_id
        )
        actions.remove_guest(actor=request.visit, meeting=meeting, guest=guest)
        return redirect("partydays:meeting", pk)
    form = GuestForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        actions.add_guest(
            actor=request.visit, meeting=meeting, name=values["name"], organisation=values["organisation"],
            part=Part(values["part"]),
        )  # fmt: skip
        messages.success(request, _("来宾已记下。"))
    else:
        messages.error(request, _("请填写来宾的姓名。"))
    return redirect("partydays:meeting", pk)
