"""How a form field is drawn: classes, hint, error and the 选填 mark, from Django's own bound field."""

from typing import Any

from django import forms
from django.forms import BoundField

_SUMMARY_FROM = 3


def kind_of(bound: BoundField) -> str:
    """Which of the four shapes a field has: tick, choices, file or input."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "input"


def css_of(bound: BoundField) -> str:
    """The class of the input itself."""
    widget = bound.field.widget
    kind = kind_of(bound)
    if kind in {"tick", "choices"}:
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def shown(bound: BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    """What `ui/parts/field.html` needs; `attrs` with underscores become attributes with dashes."""
    given = {name.replace("_", "-"): value for name, value in attrs.items() if name not in {"label", "hint"}}
    hint = attrs.get("hint") or bound.help_text
    own = f"{bound.field.widget.attrs.get('class', '')} {given.get('class', '')}".strip()
    classes = [css_of(bound), own, "is-bad" if bound.errors else ""]
    described = [f"{bound.auto_id}_helptext"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    if described:
        given["aria-describedby"] = " ".join(described)
    given["class"] = " ".join(name for name in classes if name)
    kind = kind_of(bound)
    return {
        "bound": bound,
        "label": attrs.get("label") or bound.label,
        "hint": hint,
        "described": given.get("aria-describedby", ""),
        "kind": kind,
        "attrs": given,
        "input": "" if kind == "choices" else bound.as_widget(attrs=given),
        "optional": not bound.field.required and kind != "tick",
        "warning": getattr(bound.form, "warnings", {}).get(bound.name, ""),
    }


def summary(form: Any) -> list[tuple[str, str]]:
    """From three faulty fields up: id and first error of each (with its label when not named); else nothing."""
    faulty = [bound for bound in form.visible_fields() if bound.errors]
    if len(faulty) < _SUMMARY_FROM:
        return []
    return [(bound.id_for_label or f"{bound.auto_id}_0", _named(bound)) for bound in faulty]


def _named(bound: BoundField) -> str:
    error = str(bound.errors[0])
    return error if str(bound.label) in error else f"{bound.label}：{error}"
