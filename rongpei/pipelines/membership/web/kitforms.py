"""Forms of the meeting kit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground.ui.forms import Form
from rongpei.pipelines.membership.codes import KitKind
from rongpei.pipelines.membership.telling import OUTCOMES
from rongpei.pipelines.membership.web.kitview import COUNTS

_LABELS = {
    "issued": _lazy("发出"), "returned": _lazy("收回"), "valid": _lazy("有效"), "yes": _lazy("同意"), "no": _lazy("反对"),
    "abstain": _lazy("弃权"), "written_yes": _lazy("书面同意"), "written_no": _lazy("书面反对"),
}  # fmt: skip


class CasesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Cases by the name of their person."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person)


class KitForm(Form):
    """When and where, who runs it, and who is discussed."""

    kind = forms.ChoiceField(label=_lazy("议题"), choices=KitKind.choices, widget=forms.RadioSelect)
    candidates = CasesField(
        label=_lazy("讨论的人（逐个讨论、逐个表决）"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    held_on = forms.DateField(label=_lazy("开会日期"))
    place = forms.CharField(label=_lazy("地点"), max_length=80, required=False)
    host = forms.CharField(label=_lazy("主持人"), max_length=40, required=False)
    recorder = forms.CharField(label=_lazy("记录人"), max_length=40, required=False)
    tellers = forms.CharField(label=_lazy("监票人和计票人"), max_length=80, required=False)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("candidates", cases)


class CountForm(Form):
    """The counts of one candidate; a written opinion is counted by what it says, never by whose it is."""

    autofocus = False

    def __init__(self, *args: Any, written: int, converting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = written
        if converting:
            self.fields["outcome"] = forms.ChoiceField(
                label=_lazy("讨论的决议"), choices=OUTCOMES, widget=forms.RadioSelect, initial="convert"
            )
        for name in COUNTS:
            self.fields[name] = forms.IntegerField(label=_LABELS[name], min_value=0, max_value=9999)
        self.fields["performance"] = forms.CharField(
            label=_lazy("主要表现（写进决议）"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["reason"] = forms.CharField(
            label=_lazy("原因（超期或补录时写明）"), max_length=500, required=False
        )
        from rongpei.ground.ui.forms import tidy_field  # the mixin ran before these fields were there

        for field in self.fields.values():
            tidy_field(field)

    @property
    def numbers(self) -> list[Any]:
        """The bound fields of the counts."""
        return [self[name] for name in COUNTS]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        written = (values.get("written_yes") or 0) + (values.get("written_no") or 0)
        if written != self.written:
            raise forms.ValidationError(
                _("书面意见合计 %(n)d 份，会前收到的是 %(m)d 份，请核对。")
                % {"n": written, "m": self.written}
            )
        return values

    def counts(self) -> dict[str, int]:
        """The counts alone."""
        return {name: self.cleaned_data[name] for name in COUNTS}
