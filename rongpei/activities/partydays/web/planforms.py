"""Forms of planning: a new meeting, and a changed plan."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.ui.forms import Form
from rongpei.kernel.gatherings.codes import Mode
from rongpei.org.units.models import Unit


def _times(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}), help_text=help_text
    )


class SittingsForm(Form):
    """Day, sittings, place and places, the same for a new plan and a changed one."""

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：6月主题党日：亮身份、担使命"))
    held_on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("开始时间"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes_long = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=720, initial=60)
    second_starts = _times(_("第二场开始时间"), _("夜班、倒班的同志参加第二场，内容和时长相同。"))
    third_starts = _times(_("第三场开始时间"))
    location = forms.CharField(label=_("地点"), max_length=80, required=False)
    mode = forms.ChoiceField(
        label=_("方式"), choices=Mode.choices, help_text=_("线上参加的不计入表决的到会人数。")
    )
    capacity = forms.IntegerField(
        label=_("每场名额"), min_value=1, max_value=100_000, required=False, help_text=_("不限人数的不填。")
    )
    signs_out = forms.BooleanField(label=_("结束时再扫一次码签退"), required=False)
    agenda = forms.CharField(label=_("议题"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def slots(self) -> list[Slot]:
        """The sittings as planned, earliest first."""
        values = self.cleaned_data
        times = [values["starts"], values["second_starts"], values["third_starts"]]
        return [self._slot(time) for time in sorted(time for time in times if time)]

    def _slot(self, time: Any) -> Slot:
        values = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(values["held_on"], time))
        ends_at = starts_at + timedelta(minutes=values["minutes_long"])
        return Slot(
            starts_at, ends_at, values["location"], Mode(values["mode"]), values["capacity"], values["signs_out"]
        )  # fmt: skip


class PlanForm(SittingsForm):
    """A meeting of one to three sittings; a date in the past is a 补录 and wants a reason."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("组织"), queryset=None, empty_label=None
    )
    kind = forms.ChoiceField(label=_("类型"), choices=MeetingKind.choices)
    by_registration = forms.BooleanField(label=_("先报名，报上的才列入名单"), required=False)
    class_hours = forms.DecimalField(
        label=_("学时"), min_value=0, max_value=8, decimal_places=1, initial=Decimal(1)
    )
    reason = forms.CharField(
        label=_("补录原因"), max_length=200, required=False, help_text=_("日期在今天之前时填写。")
    )

    field_order = ("unit", "kind", "title")

    def __init__(self, *args: Any, units: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.offer("unit", units)

    def clean(self) -> dict[str, Any]:
        """A past date wants a reason."""
        values = super().clean() or self.cleaned_data
        day = values.get("held_on")
        if day and day < self._today and not values.get("reason"):
            self.add_error("reason", _("这个日期已过，请写明补录的原因。"))
        return values


def plan_values(meeting: Meeting) -> dict[str, Any]:
    """A planned meeting as the initial values of `SittingsForm`."""
    gathering = meeting.gathering
    found: dict[str, Any] = {
        "title": gathering.title,
        "held_on": gathering.held_on.isoformat(),
        "agenda": meeting.agenda,
    }
    sittings = list(gathering.sittings.order_by("starts_at", "id"))
    for name, sitting in zip(("starts", "second_starts", "third_starts"), sittings, strict=False):
        found[name] = f"{timezone.localtime(sitting.starts_at):%H:%M}"
    if sittings:
        first = sittings[0]
        found |= {
            "minutes_long": int((first.ends_at - first.starts_at).total_seconds() // 60),
            "location": first.location, "mode": first.mode, "capacity": first.capacity,
            "signs_out": first.signs_out,
        }  # fmt: skip
    return found
