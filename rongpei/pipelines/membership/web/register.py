"""The register of 文号: every number given, voided ones too; a document with its Word file and sealed scan."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.files.queries import files_of
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import ChoiceFilter, Column, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.ground.ui.official import WORD
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import attach_scan, void_document
from rongpei.pipelines.membership.codes import DOCUMENT_OWNER, PaperState
from rongpei.pipelines.membership.documents.catalogue import FORMS, NUMBERED
from rongpei.pipelines.membership.models import IssuedDocument
from rongpei.pipelines.membership.web.lists import DeskList
from rongpei.pipelines.membership.web.opening import branches_run_by
from rongpei.pipelines.membership.web.reach import DESK

_LABELS = {form.code: form.label for form in FORMS}


def _mark(row: IssuedDocument) -> Status:
    if row.state == PaperState.VOIDED:
        return Status("line", row.get_state_display())
    return Status("ok", row.get_state_display())


class NumberList(DeskList):
    """Every number, newest first."""

    columns = (
        Column("shown", _("文号"), main=True, link=lambda row: reverse("membership:number", args=[row.pk])),
        Column("form", _("公文"), lambda row: _LABELS.get(row.form, row.form), phone="second", width=28),
        Column("case.person.name", _("姓名"), phone="second"),
        Column("unit", _("编号单位"), lambda row: row.series.unit.name, width=24),
        Column("issued_on", _("成文日期"), kind="day", sort="issued_on"),
        Column("state", _("状态"), _mark, phone="side"),
        Column("reason", _("作废原因"), width=30),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("文号、姓名"), fields=("shown", "case__person__name")),
        ChoiceFilter("form", _("公文"), [(form.code, form.label) for form in NUMBERED]),
        ChoiceFilter("state", _("状态"), PaperState.choices),
        PeriodFilter("issued", _("成文日期"), field="issued_on", more=True),
    )
    default_sort = "-issued_on"
    noun = _("编号公文")
    measure = _("件")
    empty_text = _("在案卷的“材料”页给请示或批复编号后，这里就会有。")


@door(*DESK)
def numbers(request: PageRequest) -> HttpResponseBase:
    """The register, and one form printed for many."""
    rows = rules.visible_documents(request.visit).select_related("case__person", "series__unit")
    printable = [form for form in FORMS if not form.secret and not form.event]
    context = {
        "is_office": request.visit.holds(*rules.OFFICE), "printable": printable,
        "units": branches_run_by(request.visit),
    }  # fmt: skip
    return NumberList(request, rows).respond("membership/numbers.html", context)


class ScanForm(Form):
    """A scan."""

    upload = forms.FileField(label=_("扫描件"), help_text=_("PDF 或图片。请勿上传国家秘密和患者信息。"))


@door(*DESK)
def number(request: PageRequest, pk: int) -> HttpResponse:
    """One document: its files, a scan more, or void it."""
    rows = rules.visible_documents(request.visit).select_related("case__person", "case__unit", "series__unit")
    row = get_object_or_404(rows, pk=pk)
    form = ScanForm(request.POST, request.FILES) if "scan" in request.POST else ScanForm()
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            if "void" in request.POST:
                void_document(actor=request.visit, document=row, reason=request.POST.get("reason", ""))
                messages.success(request, _now("文号已作废，登记簿里保留。"))
                return redirect("membership:number", pk)
            if form.is_valid():
                attach_scan(
                    actor=request.visit, document=row, upload=form.cleaned_data["upload"], now=clock.now()
                )
                messages.success(request, _now("扫描件已保存。"))
                return redirect("membership:number", pk)
        except Refused as refused:
            refusal = refused
    files = files_of(owner_kind=DOCUMENT_OWNER, owner_ids=[row.pk])
    context: dict[str, Any] = {
        "row": row, "label": _LABELS.get(row.form, row.form), "mark": _mark(row), "form": form, "refusal": refusal,
        "words": [one for one in files if one.content_type == WORD],
        "scans": [one for one in files if one.content_type != WORD], "reason": request.POST.get("reason", ""),
        "may": row.state == PaperState.ISSUED and rules.may_change_document(actor=request.visit, document=row),
    }  # fmt: skip
    return render(request, "membership/number.html", context, status=refusal.status if refusal else 200)
