"""One form for each step, built of what the step takes; the data it gives is what `perform` reads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongpei.ground.ui.forms import Form
from rongpei.pipelines.membership.telling import FLAGS, Told, told_of, words_of

_LONGEST = 2000


class PeopleField(forms.MultipleChoiceField):
    """Ids of people ticked in the result of a search."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Whoever can be found may be named; what the regulation says of them comes back as a finding."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])


def field_for(told: Told) -> forms.Field:
    """The form field of one thing told."""
    given: dict[str, Any] = {"label": told.label, "required": told.required, "help_text": told.hint}
    if told.kind == "lines":
        widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(max_length=_LONGEST, widget=widget, **given)
    if told.kind == "date":
        return forms.DateField(**given)
    if told.kind == "count":
        return forms.IntegerField(min_value=0, max_value=9999, **given)
    if told.kind == "flag":
        return forms.BooleanField(**given)
    if told.kind == "choice":
        return forms.ChoiceField(choices=told.choices, widget=forms.RadioSelect, **given)
    if told.kind == "people":
        return PeopleField(**given)
    return forms.CharField(max_length=200, **given)


class StepForm(Form):
    """The day, what the step takes, and the reason a warning asks for."""

    on = forms.DateField(label=_("办理日期"))
    # How many records the case had when the form was opened: somebody may have been quicker.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, step: str, case_unit: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told_of(step)
        self.case_unit = case_unit
        for one in self.told:
            self.fields[one.key] = field_for(one)
        self.fields["reason"] = forms.CharField(
            label=_("原因（超期、补录或更正时写明）"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        for field in self.fields.values():
            tidy(field)

    def data_given(self) -> dict[str, Any]:
        """What was told, as the records hold it; what was left empty is not given."""
        found: dict[str, Any] = {}
        for one in self.told:
            value = self.cleaned_data.get(one.key)
            if value in (None, "", []):
                continue
            found[one.key] = stored(one, value)
        return found

    def chosen(self, key: str) -> list[int]:
        """Ids ticked so far, before anything is checked."""
        raw = self.data.getlist(key) if hasattr(self.data, "getlist") else self.initial.get(key, [])
        return [int(one) for one in raw if str(one).isdigit()]


def tidy(field: forms.Field) -> None:
    """The house's sentences for fields added late."""
    from rongpei.ground.ui.forms import tidy_field  # the mixin ran before these fields were there

    tidy_field(field)


def stored(told: Told, value: Any) -> Any:
    """A checked value as the records hold it."""
    if told.kind == "people":
        return [{"person_id": int(one)} for one in value]
    if told.kind == "choice":
        return FLAGS.get(value, value)
    return value.isoformat() if isinstance(value, date) else value


def initial_of(step: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A record's data as a form's beginning."""
    found: dict[str, Any] = {}
    for one in told_of(step):
        value = data.get(one.key)
        if one.kind == "people":
            found[one.key] = [str(row["person_id"]) for row in value or () if row.get("person_id")]
        elif isinstance(value, bool) and one.kind == "choice":
            found[one.key] = "yes" if value else "no"
        elif value is not None:
            found[one.key] = value
    return found


def shown_data(step: str, data: Mapping[str, Any], names: Mapping[int, str]) -> list[tuple[str, str]]:
    """What a record tells, as (label, words), for people to read; what is not told is left out."""
    found = [(str(_("应到")), str(data["eligible"]))] if data.get("eligible") else []
    for one in told_of(step):
        value = data.get(one.key)
        if value in (None, "", [], False) and not (one.kind in ("choice", "count") and value is not None):
            continue
        found.append((str(one.label), words_of(one, value, names)))
    return [(label, words) for label, words in found if words]
