"""The person's own page: where I stand, what is next, apply, report, take back. Never what others wrote about one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.actions import (
    hand_in_application,
    receive_thought_report,
    withdraw_application,
)
from rongpei.pipelines.membership.codes import BRANCH_KINDS, PROCEDURE, ApplicationState, Outcome
from rongpei.pipelines.membership.models import Application, ThoughtReport
from rongpei.pipelines.membership.web.mineview import MineView


class ApplicationForm(Form):
    """The application; the branch is where the person works, unless chosen otherwise."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_lazy("向哪个党支部提出"), queryset=None, empty_label=_lazy("请选择")
    )
    written_on = forms.DateField(label=_lazy("落款日期"))
    body = forms.CharField(
        label=_lazy("入党申请书"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_lazy("还要把本人手写签名的纸质申请书交给党支部，以收到的日期为准。请勿写入国家秘密和患者信息。"),
    )  # fmt: skip

    def __init__(self, *args: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Unit.objects.filter(
            tenant_id=tenant_id, tree=Tree.PARTY, kind__in=BRANCH_KINDS, closed_on=None
        )
        self.offer("unit", rows.order_by("sort_key"))


class ReportForm(Form):
    """A thought report, typed."""

    written_on = forms.DateField(label=_lazy("日期"))
    body = forms.CharField(
        label=_lazy("思想汇报"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_lazy("请勿写入国家秘密和患者信息。"),
    )  # fmt: skip


class ConversionForm(Form):
    """The application to become a full member."""

    body = forms.CharField(
        label=_lazy("转正申请书"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )


def _me(request: PageRequest) -> Person:
    return get_object_or_404(Person.objects.select_related("place__branch"), pk=request.visit.person_id or 0)


def _case(me: Person) -> Case | None:
    rows = Case.objects.filter(person=me, procedure=PROCEDURE).select_related("unit", "person")
    return rows.order_by("-opened_on", "-id").first()


@door()
def mine(request: PageRequest) -> HttpResponse:
    """Where I stand and what is next."""
    me = _me(request)
    case = _case(me)
    waiting = (
        Application.objects.filter(person=me, state=ApplicationState.WAITING).select_related("unit").first()
    )
    reports = ThoughtReport.objects.filter(case=case).order_by("-received_on", "-id")[:12] if case else []
    context = {
        "me": me, "case": case, "waiting": waiting, "reports": reports,
        "outcome": dict(Outcome.choices).get(case.outcome, "") if case else "",
        "page": MineView(case, clock.today()) if case else None,
    }  # fmt: skip
    return render(request, "membership/mine.html", context)


@door()
def apply(request: PageRequest) -> HttpResponse:
    """Hand in an application."""
    me = _me(request)
    place = getattr(me, "place", None)
    initial = {"written_on": clock.today(), "unit": place.branch_id if place else None}
    form = ApplicationForm(request.POST or None, tenant_id=me.tenant_id, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            hand_in_application(
                actor=request.visit, person=me, today=clock.today(), now=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("入党申请已提交，请把签名的纸质申请书交给党支部。"))
            return redirect("membership:mine")
    return _page(request, _lazy("申请入党"), form, refusal, submit=_lazy("提交申请"))


@door()
def report(request: PageRequest) -> HttpResponse:
    """Hand in a thought report."""
    me = _me(request)
    case = _case(me)
    if case is None:
        return redirect("membership:mine")
    form = ReportForm(request.POST or None, initial={"written_on": clock.today()})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            receive_thought_report(
                actor=request.visit, case=case, received_on=clock.today(), paper=False, today=clock.today(),
                now=clock.now(), **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("思想汇报已交给党支部。"))
            return redirect("membership:mine")
    return _page(request, _lazy("交思想汇报"), form, refusal, submit=_lazy("提交"))


@door()
def convert(request: PageRequest) -> HttpResponse:
    """Hand in the application to become a full member."""
    me = _me(request)
    case = _case(me)
    if case is None or not MineView(case, clock.today()).may_convert:
        return redirect("membership:mine")
    form = ConversionForm(request.POST or None)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.perform(
                actor=request.visit, case=case, step="apply_conversion", on=clock.today(), today=clock.today(),
                data={"body": form.cleaned_data["body"]}, now=clock.now(), reason="",
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("转正申请已提交，请把签名的纸质申请书交给党支部。"))
            return redirect("membership:mine")
    return _page(request, _lazy("提出转正申请"), form, refusal, submit=_lazy("提交申请"))


def _page(
    request: PageRequest, title: Any, form: Form, refusal: Refused | None, *, submit: Any
) -> HttpResponse:
    context = {"title": title, "form": form, "refusal": refusal, "submit": submit}
    return render(request, "membership/mine_form.html", context, status=refusal.status if refusal else 200)


@door()
@require_POST
def withdraw(request: PageRequest) -> HttpResponse:
    """Take the application back."""
    reason = request.POST.get("reason", "").strip()[:200] or _("本人申请撤回")
    withdraw_application(
        actor=request.visit, person=_me(request), reason=reason, today=clock.today(), now=clock.now()
    )
    messages.success(request, _("入党申请已撤回。以后还可以再申请。"))
    return redirect("membership:mine")
