"""补录: yesterday's meeting in three minutes: paste the minutes, tick the roster, done."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.headway import theme_of
from rongpei.activities.partydays.hours import hours_for, rule_on
from rongpei.activities.partydays.kinds import is_chosen, rule_of
from rongpei.activities.partydays.minutes import take_apart
from rongpei.activities.partydays.queries import should_attend, units_run_by
from rongpei.activities.partydays.rules import RUNNERS
from rongpei.activities.partydays.voting import votes_in
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit

_REASONS = (_lazy("当天值夜班"), _lazy("科室抢救任务重"), _lazy("当天没有网络"), _lazy("记录人外出"))
_TICKED = {"present": Presence.PRESENT, "leave": Presence.LEAVE, "expected": Presence.EXPECTED}


class LaterForm(Form):
    """A meeting that was held."""

    autofocus = False

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_lazy("组织"), queryset=None, empty_label=None
    )
    kind = forms.ChoiceField(
        label=_lazy("类型"), choices=[pair for pair in MeetingKind.choices if not is_chosen(pair[0])]
    )
    held_on = forms.DateField(label=_lazy("日期"))
    starts = forms.TimeField(label=_lazy("开始时间"), initial="16:30")
    minutes_long = forms.IntegerField(label=_lazy("时长（分钟）"), min_value=10, max_value=720, initial=60)
    title = forms.CharField(label=_lazy("名称"), max_length=120)
    location = forms.CharField(label=_lazy("地点"), max_length=80, required=False)
    reason = forms.CharField(
        label=_lazy("补录原因"), max_length=200, widget=forms.TextInput(attrs={"list": "reasons"})
    )
    text = forms.CharField(
        label=_lazy("会议记录"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_lazy("整份粘贴即可，“议题”“发言”“表决”“决议”自动拆开，主持人、记录人、地点自动填入。请勿写入国家秘密和患者信息。"),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.offer("unit", units)

    def clean_held_on(self) -> Any:
        """A day to come is planned, not entered afterwards."""
        day = self.cleaned_data["held_on"]
        if day > self._today:
            raise forms.ValidationError(_("这一天还没有到，请用“安排会议”。"))
        return day

    def slot(self, pasted_location: str) -> Slot:
        """The one sitting; a place not typed is the one the pasted record names."""
        values = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(values["held_on"], values["starts"]))
        return Slot(
            starts_at,
            starts_at + timedelta(minutes=values["minutes_long"]),
            values["location"] or pasted_location[:80],
        )


@door(*RUNNERS)
def enter_later(request: PageRequest) -> HttpResponse:
    """The form with the roster of that day; another day, unit or kind shows another roster."""
    today, units = clock.today(), units_run_by(request.visit)
    yesterday, unit = today - timedelta(days=1), units.first()
    theme = theme_of(unit, yesterday) if unit else None
    initial: dict[str, Any] = {
        "held_on": yesterday, "kind": MeetingKind.THEME_DAY,
        "title": theme.title if theme else _("%(month)d月主题党日") % {"month": yesterday.month},
    }  # fmt: skip
    if request.method == "POST" and "roster" not in request.POST:
        form = LaterForm(request.POST, units=units, today=today)
        if form.is_valid() and (meeting_pk := _enter(request, form)):
            return redirect("partydays:meeting", meeting_pk)
    else:
        given = request.POST if request.method == "POST" else request.GET
        form = LaterForm(units=units, today=today, initial=initial | given.dict())
    context = {"form": form, "rows": _roster(form, request), "reasons": _REASONS}
    return render(request, "partydays/later.html", context)


def _asked(form: LaterForm, name: str) -> Any:
    return form.data.get(name) if form.is_bound else form.initial.get(name)


def _roster(form: LaterForm, request: PageRequest) -> list[tuple[Person, str, str]]:
    """Who should have attended, with what was ticked so far."""
    units = form.fields["unit"].queryset  # type: ignore[attr-defined]
    given = str(_asked(form, "unit") or "")
    unit = units.filter(pk=given).first() if given.isdigit() else units.first()
    try:
        day = form.fields["held_on"].to_python(_asked(form, "held_on"))
        kind = MeetingKind(_asked(form, "kind"))
    except (forms.ValidationError, ValueError):
        return []
    if unit is None or day is None:
        return []
    people = Person.objects.filter(pk__in=should_attend(unit, kind, day)).order_by("sort_key", "id")
    return [
        (one, request.POST.get(f"presence-{one.pk}", "present"), request.POST.get(f"reason-{one.pk}", ""))
        for one in people
    ]


def _enter(request: PageRequest, form: LaterForm) -> int | None:
    values = form.cleaned_data
    pasted = take_apart(values["text"])
    roster = _roster(form, request)
    marks = {
        person.pk: (_TICKED.get(chosen, Presence.EXPECTED), reason.strip()[:200])
        for person, chosen, reason in roster
    }
    named = {person.name: person for person, _chosen, _reason in roster}
    hours: Decimal = hours_for(values["minutes_long"], rule_on(request.visit.tenant_id, values["held_on"]))
    kind = MeetingKind(values["kind"])
    try:
        meeting = actions.enter_later(
            actor=request.visit, unit=values["unit"], kind=kind, title=values["title"],
            slot=form.slot(pasted.part("location")),
            class_hours=hours, reason=values["reason"], marks=marks, now=clock.now(), confirm="confirm" in request.POST,
            record={"agenda": pasted.agenda, "minutes": pasted.minutes, "resolution": pasted.resolution},
            host=named.get(pasted.part("host")), recorder=named.get(pasted.part("recorder")),
            votes=votes_in(pasted.votes) if rule_of(kind).votes else None,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, f"{refusal.what}{refusal.why}{refusal.remedy}{refusal.article}")
        return None
    messages.success(
        request, _("已补录并确认，学时已记入。") if "confirm" in request.POST else _("已补录，请核对后确认。")
    )
    return int(meeting.pk)
