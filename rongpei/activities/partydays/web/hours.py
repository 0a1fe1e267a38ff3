"""The rule of hours: what is in force, what was, and setting a new one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays import actions
from rongpei.activities.partydays.hours import rule_on, rules_of
from rongpei.activities.partydays.models import HoursRule
from rongpei.activities.partydays.rules import READERS
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import ModelForm
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door


class HoursRuleForm(ModelForm):
    """The numbers of a rule, from a day on."""

    autofocus = False

    class Meta:
        model = HoursRule
        fields = (
            "starts_on", "per_hour", "half_day_from", "half_day_hours", "full_day_from", "full_day_hours",
            "lecturer_factor", "daily_cap", "member_quota", "committee_quota", "committee_trainings",
            "online_counts", "basis",
        )  # fmt: skip
        help_texts = {
            "starts_on": _lazy("这一天起的会议按新规则计；以前确认的不变。"),
            "online_counts": _lazy("一般不计入。党委办公室确定计入的才勾选。"),
            "member_quota": _lazy("不低于 32，可以更高。《党员教育管理工作条例》第二十条"),
            "committee_quota": _lazy("不低于 56，可以更高。"),
        }

    def validate_constraints(self) -> None:
        """Judged by the action, which replaces a rule of the same day and cites the article."""


@door(*READERS)
def hours_rules(request: PageRequest) -> HttpResponse:
    """The rule in force and those before and to come; the party office sets another one here."""
    today = clock.today()
    current = rule_on(request.visit.tenant_id, today)
    may_set = request.visit.holds(Role.PARTY_OFFICE)
    form = None
    if may_set:
        form = HoursRuleForm(request.POST or None, initial=_initial(current, today))
        if request.method == "POST" and form.is_valid() and _set(request, form):
            return redirect("partydays:hours")
    context = {
        "form": form,
        "current": current,
        "rules": rules_of([request.visit.tenant_id]),
        "is_default": current.pk is None,
    }
    return render(request, "partydays/hours.html", context)


def _initial(current: HoursRule, today: date) -> dict[str, Any]:
    names = HoursRuleForm.Meta.fields
    return {name: getattr(current, name) for name in names} | {"starts_on": today, "basis": ""}


def _set(request: PageRequest, form: HoursRuleForm) -> bool:
    try:
        actions.set_hours_rule(actor=request.visit, values=form.cleaned_data, now=clock.now())
    except Refused as refusal:
        form.add_error(None, f"{refusal.what}{refusal.why}{refusal.article}")
        return False
    messages.success(request, _("学时规则已保存。"))
    return True
