"""Special documents (such as on front-line admission): what they lift, and when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.marks import Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import record_special_rule
from rongpei.pipelines.membership.codes import Waivable
from rongpei.pipelines.membership.models import SpecialRule


class RuleForm(Form):
    """A document and what it lifts."""

    document = forms.CharField(label=_("文件名称"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("发文机关"), max_length=80)
    issued_on = forms.DateField(label=_("发文日期"))
    valid_from = forms.DateField(label=_("适用自"))
    valid_to = forms.DateField(label=_("适用至"), required=False, help_text=_("不填表示没有期限。"))
    waives = forms.MultipleChoiceField(
        label=_("放宽什么"), choices=Waivable.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    allows_temporary_org = forms.BooleanField(label=_("临时党组织可以接收预备党员"), required=False)
    quota_exempt = forms.BooleanField(label=_("不占年度名额"), required=False)


def _mark(row: SpecialRule) -> Status:
    today = clock.today()
    if row.valid_from > today:
        return Status("info", _now("还没有开始"))
    return (
        Status("line", _now("已过期"))
        if row.valid_to and row.valid_to < today
        else Status("ok", _now("适用中"))
    )


@door(*rules.OFFICE)
def special_rules(request: PageRequest) -> HttpResponse:
    """All documents, and one more."""
    form = RuleForm(request.POST or None)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values["waives"] = [Waivable(one) for one in values["waives"]]
        try:
            record_special_rule(
                actor=request.visit, tenant_id=request.visit.tenant_id, now=clock.now(), **values
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _now("专项规定已登记，从适用日期起按它判断。"))
            return redirect("membership:special-rules")
    words = dict(Waivable.choices)
    rows: list[Any] = list(
        SpecialRule.objects.filter(tenant_id=request.visit.tenant_id).order_by("-valid_from", "-id")
    )
    for row in rows:
        row.mark = _mark(row)
        row.words = "、".join(str(words.get(one, one)) for one in row.waives)
    context = {"rows": rows, "form": form, "refusal": refusal}
    return render(
        request, "membership/special_rules.html", context, status=refusal.status if refusal else 200
    )
