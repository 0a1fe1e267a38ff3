"""Small forms of meetings: minutes, reasons, the spoken code, observers and guests."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import Audience
from rongpei.ground.ui.forms import Form
from rongpei.kernel.gatherings.codes import Mode, Part
from rongpei.kernel.gatherings.models import Sitting
from rongpei.org.people.models import Person


class MinutesForm(Form):
    """The record: who led and wrote, agenda, summary, resolution, hours; or a whole record pasted to be taken apart."""

    autofocus = False

    host: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("主持人"), queryset=None, required=False, empty_label=_("未填")
    )
    recorder: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("记录人"), queryset=None, required=False, empty_label=_("未填")
    )
    agenda = forms.CharField(label=_("议题"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = forms.CharField(
        label=_("发言摘要"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("可以整段粘贴。请勿写入国家秘密和患者信息。"),
    )  # fmt: skip
    resolution = forms.CharField(label=_("决议"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    class_hours = forms.DecimalField(label=_("学时"), min_value=0, max_value=8, decimal_places=1)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("host", "recorder"):
            self.offer(name, people)


class ReasonForm(Form):
    """Why something confirmed is changed or called off."""

    autofocus = False

    reason = forms.CharField(label=_("原因"), max_length=200)


class LeaveForm(Form):
    """Why one cannot come."""

    autofocus = False

    leave_reason = forms.CharField(label=_("请假原因"), max_length=200, help_text=_("例如：夜班、外出进修。"))


class SittingField(forms.ModelChoiceField[Sitting]):
    """A sitting by its hours, what it is called and its room."""

    def label_from_instance(self, obj: Sitting) -> str:
        hours = f"{timezone.localtime(obj.starts_at):%H:%M}—{timezone.localtime(obj.ends_at):%H:%M}"
        return " ".join(word for word in (hours, obj.gathering.title, obj.location) if word)


class SpokenForm(Form):
    """The six digits read aloud; where a sitting is held both ways, also whether one is in the room."""

    sitting = SittingField(label=_("会议"), queryset=None, empty_label=None)
    spoken = forms.RegexField(
        label=_("六位口令"), regex=r"^\s*\d{6}\s*$", error_messages={"invalid": _("口令是六位数字，请看屏幕。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    where = forms.ChoiceField(
        label=_("我在"), choices=(("here", _("现场")), ("online", _("线上"))), initial="here", required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, sittings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("sitting", sittings)
        if not any(sitting.mode == Mode.BOTH for sitting in sittings):
            del self.fields["where"]


_PARTS = ((Part.OBSERVER, _("列席")), (Part.LECTURER, _("授课")), (Part.ATTENDEE, _("应参加")))


class ObserverForm(Form):
    """A colleague who observes or teaches."""

    autofocus = False
    prefix = "observer"

    who = forms.CharField(label=_("姓名或工号"), max_length=40)
    part = forms.ChoiceField(label=_("身份"), choices=_PARTS)


class GuestForm(Form):
    """Somebody from outside."""

    autofocus = False
    prefix = "guest"

    name = forms.CharField(label=_("来宾姓名"), max_length=40)
    organisation = forms.CharField(label=_("单位及职务"), max_length=80, required=False)
    part = forms.ChoiceField(label=_("身份"), choices=_PARTS[:2])


class UploadForm(Form):
    """Material or a photograph."""

    autofocus = False

    upload = forms.FileField(
        label=_("材料或照片"),
        help_text=_("照片会去掉拍摄位置。请勿上传国家秘密和患者信息。"),
    )  # fmt: skip


class MakeUpForm(Form):
    """What was studied to make up for a meeting missed."""

    autofocus = False

    studied_on = forms.DateField(label=_("补学日期"))
    content = forms.CharField(label=_("补学内容"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    hours = forms.DecimalField(label=_("学时"), min_value=0, max_value=8, decimal_places=1)


class ReflectionForm(Form):
    """What one took home, and who reads it."""

    autofocus = False

    text = forms.CharField(label=_("心得"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    audience = forms.ChoiceField(
        label=_("给谁看"), choices=Audience.choices, initial=Audience.COMMITTEE, widget=forms.RadioSelect
    )


class NominationForm(Form):
    """Why this theme day is one of the best."""

    autofocus = False

    nomination_reason = forms.CharField(
        label=_("推荐理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
