"""Forms of the house: Chinese sentences, the right keyboard on a phone, the focus where it helps."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_BETWEEN = str.maketrans(dict.fromkeys("，、；;\n\r", ","))
_CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField)


class Tidy:
    """Mixin for forms: messages, widgets and focus (a class or one form may do without). `warnings` holds amber remarks by field name."""

    autofocus = True
    fields: dict[str, forms.Field]
    errors: ErrorDict
    is_bound: bool

    def __init__(self, *args: Any, autofocus: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: dict[str, str] = {}
        for field in self.fields.values():
            tidy_field(field)
        if (self.autofocus if autofocus is None else autofocus) and not self.is_bound:
            self._focus_first()

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a field choose among these rows: those that the asker may choose from."""
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def said(self) -> str:
        """Every fault in one line, for a small form beside other things, whose page tells it above."""
        return " ".join(str(fault) for faults in self.errors.values() for fault in faults)

    def _focus_first(self) -> None:
        for field in self.fields.values():
            if not field.widget.is_hidden and isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.setdefault("autofocus", True)
                return


class Form(Tidy, forms.Form):
    """A form that is no model's."""


class ModelForm(Tidy, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form that collects the values of a model; the action saves, not the form."""


class ReasonForm(Form):
    """The reason that a confirmation asks for."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class PhoneField(forms.CharField):
    """A mobile number of eleven digits; spaces and dashes are dropped."""

    default_validators = [RegexValidator(r"^1\d{10}$", _("手机号是 11 位数字，以 1 开头。"))]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs.update({"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
        self.widget.input_type = "tel"

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace(" ", "").replace("-", "")


def split_words(text: str) -> list[str]:
    """Words between commas, 、, ； or line ends, each once."""
    parts = text.translate(_BETWEEN).split(",")
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


class WordsField(forms.CharField):
    """Short words with 、 between them: tags, topics, staff numbers."""

    def __init__(self, *, most: int = 8, longest: int = 20, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list of words is what it gives
        words = split_words(str(super().to_python(value) or ""))
        if len(words) > self.most or any(len(word) > self.longest for word in words):
            told = {"most": self.most, "longest": self.longest}
            raise forms.ValidationError(_("最多 %(most)d 个，每个不超过 %(longest)d 字。") % told)
        return words


class CodeField(forms.CharField):
    """A one-time code: typed from paper or an app, so digits or capitals without spaces."""

    def __init__(self, *, digits: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric" if digits else "text",
                "spellcheck": "false",
            }
        )

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value) or "").split())


def tidy_field(field: forms.Field) -> None:
    """Give a field its Chinese sentences and its widget the right type, mode and bounds."""
    if field.label:
        field.error_messages["required"] = format_lazy(_missing(field), field.label)
    if isinstance(field, _CHOOSING):
        field.error_messages["invalid_choice"] = _("没有这个选项，请重新选择。")
    _tidy_dates(field)
    _tidy_keyboard(field)


def _missing(field: forms.Field) -> "_StrPromise":
    if isinstance(field, _CHOOSING):
        return _("请选择{}。")
    if isinstance(field, forms.FileField):
        return _("请上传{}。")
    if isinstance(field, forms.BooleanField):
        return _("请勾选“{}”。")
    return _("请填写{}。")


def _tidy_dates(field: forms.Field) -> None:
    if isinstance(field, forms.DateTimeField):
        field.error_messages["invalid"] = _("请填写日期和时间，例如 2026-06-12 16:30。")
        field.input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        _give(field, forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M")
    elif isinstance(field, forms.DateField):
        field.error_messages["invalid"] = _("没有这一天，请按 2026-06-12 的样子填写。")
        field.input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
        _give(field, forms.DateInput, "date", "%Y-%m-%d")
    elif isinstance(field, forms.TimeField):
        field.error_messages["invalid"] = _("请填写时间，例如 16:30。")
        _give(field, forms.TimeInput, "time", "%H:%M")


def _give(
    field: forms.Field,
    widget: type[forms.DateTimeInput | forms.DateInput | forms.TimeInput],
    kind: str,
    form: str,
) -> None:
    if isinstance(field.widget, forms.TextInput):  # a hidden or selecting widget was chosen on purpose
        field.widget = widget(attrs={**field.widget.attrs, "type": kind}, format=form)
        field.widget.is_required = field.required


def _tidy_keyboard(field: forms.Field) -> None:
    attrs = field.widget.attrs
    if isinstance(field, forms.DecimalField | forms.FloatField):
        attrs.setdefault("inputmode", "decimal")
        field.error_messages["invalid"] = _("请填写数字。")
    elif isinstance(field, forms.IntegerField):
        attrs.setdefault("inputmode", "numeric")
        field.error_messages["invalid"] = _("请填写整数。")
    elif isinstance(field, forms.EmailField):
        attrs.setdefault("inputmode", "email")
        attrs.setdefault("autocomplete", "email")
    elif isinstance(field.widget, forms.PasswordInput):
        attrs.setdefault("autocomplete", "current-password")
