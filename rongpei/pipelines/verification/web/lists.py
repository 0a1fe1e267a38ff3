"""The queue and the decisions as lists; the service-level page; the reviewers' sentences."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui import dates
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import (
    BulkAct,
    ChoiceFilter,
    Column,
    FlagFilter,
    Listing,
    PeriodFilter,
    SearchFilter,
)
from rongpei.ground.ui.marks import Status, Two
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.verification import actions, rules
from rongpei.pipelines.verification.codes import Profession, Reason
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.queries import free, queue_for, templates_of, waiting
from rongpei.pipelines.verification.service import service_of
from rongpei.pipelines.verification.web.desk import age


def _times(one: Submission) -> str:
    return _t("人工复核") if one.appealed else _t("第 %(n)d 次") % {"n": one.tries}


def _link(one: Submission) -> str:
    return reverse("verification:case", args=[one.pk])


class QueueList(Listing):
    """What awaits a decision."""

    columns = (
        Column("name", _("姓名"), main=True, link=_link),
        Column("profession", _("类别"), lambda s: s.get_profession_display(), sort="profession", phone="second"),
        Column("certificate", _("证书"), lambda s: s.get_certificate_display()),
        Column("times", _("第几次"), _times, phone="second"),
        Column("age", _("已等"), lambda s: s.age, phone="second"),
        Column("due_at", _("最晚答复"), lambda s: s.due_mark, sort="due_at", export=lambda s: s.due_at),
        Column("claimed_by", _("在谁手里"), lambda s: s.holder, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("姓名、单位"), fields=("name", "workplace")),
        ChoiceFilter("profession", _("类别"), Profession.choices),
        FlagFilter("free", _("只看没人领的"), apply=lambda rows, on: free(rows, clock.now())),
        FlagFilter("appeal", _("只看复核"), apply=lambda rows, on: rows.exclude(appealed="")),
    )
    acts = (BulkAct(_("领取所选"), "claim/", "download"),)
    default_sort = "due_at"
    noun = _("待审材料")
    measure = _("份")

    def attach(self, rows: Sequence[Any]) -> None:
        """Age, promise and holder, without another query."""
        now = clock.now()
        for row in rows:
            row.age = age(row.submitted_at, now)
            late = row.due_at < now
            row.due_mark = Two(dates.moment(row.due_at), _t("已超时") if late else "")
            row.holder = (
                Status("info", row.claimed_by.name) if row.claimed_by else Status("warn", _t("没人领"))
            )


class DecidedList(Listing):
    """What was decided."""

    columns = (
        Column("name", _("姓名"), lambda s: s.name or _t("（已删除）"), main=True, link=_link),
        Column("profession", _("类别"), lambda s: s.get_profession_display(), phone="second"),
        Column("times", _("第几次"), _times),
        Column("submitted_at", _("提交"), kind="moment", sort="submitted_at"),
        Column("decided_at", _("结论时间"), kind="moment", sort="decided_at", phone="second"),
        Column("timely", _("按时"), lambda s: Status("ok", _t("按时")) if s.decided_at <= s.due_at else Status("bad", _t("超时"))),
        Column("by", _("审核员"), lambda s: s.decided_by.name if s.decided_by else "", phone="second"),
        Column("why", _("原因"), lambda s: "、".join(s.reason_labels)),
        Column("passed", _("结论"), lambda s: Status("ok", _t("已通过")) if s.passed else Status("bad", _t("未通过")), sort="passed", phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("姓名、单位"), fields=("name", "workplace")),
        ChoiceFilter("result", _("结论"), [("1", _("已通过")), ("0", _("未通过"))], apply=lambda rows, value: rows.filter(passed=value == "1")),
        ChoiceFilter("profession", _("类别"), Profession.choices),
        FlagFilter("late", _("只看超时的"), apply=lambda rows, on: rows.filter(decided_at__gt=F("due_at"))),
        PeriodFilter("on", _("结论时间"), field="decided_at", instant=True),
    )  # fmt: skip
    default_sort = "-decided_at"
    noun = _("审核记录")
    measure = _("份")


@door(*rules.REVIEWERS)
def queue(request: PageRequest) -> HttpResponseBase:
    """Everything that waits, with its age."""
    return QueueList(request, waiting(queue_for(request.visit))).respond("verification/queue.html")


@door(*rules.REVIEWERS)
def decided(request: PageRequest) -> HttpResponseBase:
    """Everything that was decided; `mine=1` only by oneself."""
    rows = queue_for(request.visit).filter(decided_at__isnull=False)
    own = request.GET.get("mine") == "1"
    rows = rows.filter(decided_by_id=request.visit.person_id or 0) if own else rows
    return DecidedList(request, rows).respond("verification/decided.html", {"own": own})


@door(*rules.REVIEWERS)
def service(request: PageRequest) -> HttpResponse:
    """Whether the promise was kept, week by week."""
    found = service_of(request.visit.tenant_id, clock.now())
    return render(request, "verification/service.html", {"service": found, "weeks": found.weeks[::-1]})


class TemplateForm(Form):
    """A sentence to be used again."""

    autofocus = False
    title = forms.CharField(label=_("名称"), max_length=40)
    reasons = forms.MultipleChoiceField(
        label=_("一起勾选的原因"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    body = forms.CharField(label=_("正文"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@door(*rules.REVIEWERS)
def templates(request: PageRequest) -> HttpResponse:
    """The sentences, and adding or changing one."""
    rows = list(templates_of(request.visit.tenant_id))
    chosen = next((one for one in rows if str(one.pk) == request.GET.get("at")), None)
    initial = {"title": chosen.title, "body": chosen.body, "reasons": chosen.reasons} if chosen else {}
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_template(
                actor=request.visit, tenant_id=request.visit.tenant_id, title=form.cleaned_data["title"],
                body=form.cleaned_data["body"], reasons=form.cleaned_data["reasons"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("title", refusal.what)
        else:
            messages.success(request, _t("已保存。"))
            return redirect("verification:templates")
    return render(request, "verification/templates.html", {"rows": rows, "form": form, "chosen": chosen})


@door(*rules.REVIEWERS)
@require_POST
def remove_template(request: PageRequest, pk: int) -> HttpResponse:
    """Take one off the list."""
    found = get_object_or_404(templates_of(request.visit.tenant_id), pk=pk)
    actions.remove_template(actor=request.visit, tenant_id=request.visit.tenant_id, template=found)
    messages.success(request, _t("已删除。"))
    return redirect("verification:templates")
