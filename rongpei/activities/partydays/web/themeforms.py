"""The form of a theme and its kit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays import codes
from rongpei.activities.partydays.models import Theme
from rongpei.activities.partydays.rules import THEME_SETTERS
from rongpei.activities.partydays.standard import TEXTS
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.ui.forms import Form
from rongpei.kernel.gatherings.codes import Mode
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit

_OWNERS = (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH, UnitKind.TEMPORARY_GENERAL_BRANCH)


def _text(label: Any, rows: int, help_text: Any = "", initial: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text, initial=initial
    )  # fmt: skip


class ThemeForm(Form):
    """What the office asks, by when, and the kit."""

    COLUMNS = (
        "title", "slogan", "starts_on", "plan_by_on", "ends_on", "record_by_on", "fields", "forms", "mode", "brief",
        "kit_agenda", "kit_minutes", "kit_needs", "kit_after", "kit_change",
    )  # fmt: skip

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("下发范围"), queryset=None, empty_label=None, help_text=_("它下面的各支部都会收到。")
    )
    title = forms.CharField(label=_("主题"), max_length=80)
    slogan = forms.CharField(
        label=_("口号"), max_length=120, required=False, help_text=_("例如：亮身份、担使命")
    )
    starts_on = forms.DateField(label=_("开始日期"))
    plan_by_on = forms.DateField(label=_("安排期限"), help_text=_("各支部在这天前排好日期。"))
    ends_on = forms.DateField(label=_("结束日期"))
    record_by_on = forms.DateField(label=_("记录期限"), help_text=_("各支部在这天前写好记录并确认。"))
    theme_fields = forms.MultipleChoiceField(
        label=_("领域"), choices=codes.Field.choices, widget=forms.CheckboxSelectMultiple
    )
    theme_forms = forms.MultipleChoiceField(
        label=_("形式"), choices=codes.ThemeForm.choices, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("方式"), choices=Mode.choices)
    brief = _text(_("要求"), 4)
    kit_agenda = _text(_("议题模板"), 4, _("支部按方案安排时带入议题，一行一条。"))
    kit_minutes = forms.IntegerField(label=_("建议时长（分钟）"), min_value=10, max_value=720, initial=120)
    kit_needs = _text(
        _("会前需求调查"), 8, _("一行一题，选项另起行以“- ”开头；题后可写[单选][多选][打分][填空][选填]。"),
        TEXTS[codes.InquiryRole.NEEDS],
    )  # fmt: skip
    kit_after = _text(
        _("会后评价和小测验"), 8, _("测验题在正确选项后加“ *”。"), TEXTS[codes.InquiryRole.AFTER]
    )
    kit_change = _text(_("三个月后回访"), 5, "", TEXTS[codes.InquiryRole.CHANGE])

    def __init__(
        self, *args: Any, actor: Actor, theme: Theme | None, initial: Any = None, **kwargs: Any
    ) -> None:
        given = dict(initial or {})
        # `fields` and `forms` are taken: a form has fields of its own.
        for name in ("fields", "forms"):
            if name in given:
                given[f"theme_{name}"] = given.pop(name)
        super().__init__(*args, initial=given, **kwargs)
        paths = actor.places(*THEME_SETTERS)
        rows = Unit.objects.filter(
            tenant_id=actor.tenant_id, tree=Tree.PARTY, kind__in=_OWNERS, closed_on=None
        )
        rows = rows if "/" in paths else rows.filter(units_below(paths))
        if theme is not None:
            rows = rows.filter(pk=theme.unit_id)
        self.offer("unit", rows.order_by("path"))

    def values(self) -> dict[str, Any]:
        """Columns of Theme."""
        found = {name: value for name, value in self.cleaned_data.items() if name in self.COLUMNS}
        return found | {
            "fields": self.cleaned_data["theme_fields"],
            "forms": self.cleaned_data["theme_forms"],
        }
