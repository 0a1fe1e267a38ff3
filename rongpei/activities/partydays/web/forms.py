"""Forms of meetings."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.ui.forms import Form
from rongpei.kernel.gatherings.codes import Mode
from rongpei.kernel.gatherings.models import Sitting
from rongpei.org.units.models import Unit


class PlanForm(Form):
    """A meeting of one or two sittings; a date in the past is a 补录 and wants a reason."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("组织"), queryset=None, empty_label=None
    )
    kind = forms.ChoiceField(label=_("类型"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：6月主题党日：亮身份、担使命"))
    held_on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("开始时间"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes_long = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=720, initial=60)
    second_starts = forms.TimeField(
        label=_("第二场开始时间"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("夜班、倒班的同志参加第二场，内容和时长相同。"),
    )  # fmt: skip
    location = forms.CharField(label=_("地点"), max_length=80, required=False)
    mode = forms.ChoiceField(label=_("方式"), choices=Mode.choices)
    class_hours = forms.DecimalField(
        label=_("学时"), min_value=0, max_value=8, decimal_places=1, initial=Decimal(1)
    )
    agenda = forms.CharField(label=_("议题"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("补录原因"), max_length=200, required=False, help_text=_("日期在今天之前时填写。")
    )

    def __init__(self, *args: Any, units: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A past date wants a reason."""
        values = super().clean() or self.cleaned_data
        day = values.get("held_on")
        if day and day < self._today and not values.get("reason"):
            self.add_error("reason", _("这个日期已过，请写明补录的原因。"))
        return values

    def slots(self) -> list[Slot]:
        """The sittings as planned."""
        values = self.cleaned_data
        times = [values["starts"], values["second_starts"]]
        return [self._slot(time) for time in times if time]

    def _slot(self, time: Any) -> Slot:
        values = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(values["held_on"], time))
        ends_at = starts_at + timedelta(minutes=values["minutes_long"])
        return Slot(starts_at, ends_at, values["location"], Mode(values["mode"]))


class MinutesForm(Form):
    """The record: agenda, summary, resolution, hours."""

    agenda = forms.CharField(label=_("议题"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = forms.CharField(
        label=_("发言摘要"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("可以整段粘贴。请勿写入国家秘密和患者信息。"),
    )  # fmt: skip
    resolution = forms.CharField(label=_("决议"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    class_hours = forms.DecimalField(label=_("学时"), min_value=0, max_value=8, decimal_places=1)


class ReasonForm(Form):
    """Why something confirmed is changed or called off."""

    autofocus = False

    reason = forms.CharField(label=_("原因"), max_length=200)


class SpokenForm(Form):
    """The six digits read aloud."""

    sitting: "forms.ModelChoiceField[Sitting]" = forms.ModelChoiceField(
        label=_("会议"), queryset=None, empty_label=None
    )
    spoken = forms.RegexField(
        label=_("六位口令"), regex=r"^\s*\d{6}\s*$", error_messages={"invalid": _("口令是六位数字，请看屏幕。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, *args: Any, sittings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = sittings  # type: ignore[attr-defined]
