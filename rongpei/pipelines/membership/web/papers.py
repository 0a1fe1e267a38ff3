"""Thought reports of a case, and days of concentrated training entered in the ledger."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import enter_training, receive_thought_report
from rongpei.pipelines.membership.models import ThoughtReport
from rongpei.pipelines.membership.preparing import training_entries
from rongpei.pipelines.membership.web.reach import DESK, case_of

_DAYS = 5


class PaperReportForm(Form):
    """A thought report received on paper."""

    written_on = forms.DateField(label=_lazy("落款日期"))
    received_on = forms.DateField(label=_lazy("收到日期"))
    body = forms.CharField(
        label=_lazy("内容摘要"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


@door(*DESK)
def reports(request: PageRequest, pk: int) -> HttpResponse:
    """Thought reports received, and one more on paper."""
    case = case_of(request, pk)
    may = rules.may_report(actor=request.visit, case=case)
    form = PaperReportForm(request.POST or None, initial={"received_on": clock.today()})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            receive_thought_report(
                actor=request.visit,
                case=case,
                paper=True,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("思想汇报已登记。"))
            return redirect("membership:reports", pk)
    rows = ThoughtReport.objects.filter(case=case).order_by("-received_on", "-id")[:100]
    context = {
        "case": case,
        "person": case.person,
        "rows": rows,
        "form": form,
        "may": may,
        "refusal": refusal,
    }
    return render(request, "membership/reports.html", context, status=refusal.status if refusal else 200)


class TrainingForm(Form):
    """Days of a training held outside the platform; a row without a day is left out."""

    label = forms.CharField(label=_lazy("培训班名称"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, _DAYS + 1):
            day = forms.DateField(label=_("第 %(n)d 天") % {"n": number}, required=number == 1)
            hours = forms.DecimalField(
                label=_("学时"), min_value=Decimal("0.5"), max_value=8, decimal_places=1, required=False,
                initial=Decimal(8),
            )  # fmt: skip
            self.fields[f"day_{number}"], self.fields[f"hours_{number}"] = day, hours
        from rongpei.ground.ui.forms import tidy_field  # the mixin ran before these fields were there

        for field in self.fields.values():
            tidy_field(field)

    def sessions(self) -> list[tuple[Any, Decimal]]:
        """(day, class hours) of the rows filled in."""
        values = self.cleaned_data
        return [
            (values[f"day_{number}"], values[f"hours_{number}"] or Decimal(0))
            for number in range(1, _DAYS + 1)
            if values.get(f"day_{number}")
        ]

    @property
    def days(self) -> list[tuple[Any, Any]]:
        """Pairs of bound fields."""
        return [(self[f"day_{number}"], self[f"hours_{number}"]) for number in range(1, _DAYS + 1)]


@door(Role.PARTY_OFFICE)
def training(request: PageRequest, pk: int) -> HttpResponse:
    """Enter the days of a training; the step counts them from the ledger."""
    case = case_of(request, pk)
    form = TrainingForm(request.POST or None, initial={"label": _("发展对象培训班")})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            number = enter_training(
                actor=request.visit, case=case, label=form.cleaned_data["label"], sessions=form.sessions(),
                today=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已记入学时台账 %(n)d 天。") % {"n": number})
            return redirect("membership:case", pk)
    entries = training_entries(case, clock.today())
    context = {"case": case, "person": case.person, "form": form, "entries": entries, "refusal": refusal}
    return render(request, "membership/training.html", context, status=refusal.status if refusal else 200)
