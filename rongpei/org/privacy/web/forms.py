"""Forms of the privacy desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongpei.ground.ui.forms import Form, ModelForm, ReasonForm
from rongpei.org.privacy.codes import Outcome
from rongpei.org.privacy.models import Term


class WishForm(Form):
    """What is asked for, in words."""

    autofocus = False

    wish = forms.CharField(label=_("说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, hint: str = "", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].help_text = hint
        self.fields["wish"].required = needed


class AnswerForm(Form):
    """The office's answer."""

    autofocus = False

    outcome = forms.ChoiceField(label=_("结果"), choices=Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("申请人会看到。不同意或部分同意的，写明理由。"),
    )  # fmt: skip


class LaterForm(ReasonForm):
    """Why it takes longer."""

    autofocus = False


class TermForm(ModelForm):
    """The term of answering."""

    autofocus = False

    working_days = forms.IntegerField(label=_("几个工作日内答复"), min_value=1, max_value=30)
    extension_days = forms.IntegerField(label=_("最多延长几个工作日"), min_value=0, max_value=30)

    class Meta:
        model = Term
        fields = ["starts_on", "working_days", "extension_days", "basis"]
