"""The register of printed 入党志愿书: received, issued, spoiled, returned; the scan of the filled one."""

import re
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
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import attach_book_scan, close_book, issue_book, receive_books
from rongpei.pipelines.membership.codes import BOOK_OWNER, PROCEDURE, BookState
from rongpei.pipelines.membership.models import AdmissionBook
from rongpei.pipelines.membership.web.lists import DeskList
from rongpei.pipelines.membership.web.register import ScanForm

_MARKS: dict[str, Any] = {"stock": "line", "issued": "info", "returned": "ok", "spoiled": "bad"}
_MOST = 200
_NUMBER = re.compile(r"^(?P<head>.*?)(?P<tail>\d{1,12})$")


class BookList(DeskList):
    """Every printed form by its number."""

    columns = (
        Column("number", _("编号"), main=True, sort="number", link=lambda row: reverse("membership:book", args=[row.pk])),
        Column("state", _("状态"), lambda row: Status(_MARKS[row.state], row.get_state_display()), phone="side"),
        Column("person", _("发给"), lambda row: row.case.person.name if row.case and row.case.person else "", phone="second"),
        Column("unit", _("党支部"), lambda row: row.case.unit.name if row.case else "", phone="second"),
        Column("received_on", _("领到日期"), kind="day", sort="received_on"),
        Column("issued_on", _("发放日期"), kind="day", sort="issued_on", nulls_last=True),
        Column("closed_on", _("收回或报废"), kind="day", sort="closed_on", nulls_last=True),
        Column("reason", _("填废原因"), width=30),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("编号、姓名"), fields=("number", "case__person__name")),
        ChoiceFilter("state", _("状态"), BookState.choices),
        PeriodFilter("issued", _("发放日期"), field="issued_on", more=True),
    )
    default_sort = "number"
    noun = _("入党志愿书")
    measure = _("本")
    empty_text = _("从上级党委组织部领到志愿书后，按编号登记。")


class ReceiveForm(Form):
    """A parcel of forms with running numbers, or single ones."""

    first = forms.CharField(label=_("起始编号"), max_length=40)
    count = forms.IntegerField(
        label=_("本数"), min_value=1, max_value=_MOST, initial=1, help_text=_("编号依次加一。")
    )
    received_on = forms.DateField(label=_("领到日期"))

    def numbers(self) -> list[str]:
        """The numbers of the parcel."""
        first, count = self.cleaned_data["first"].strip(), self.cleaned_data["count"]
        found = _NUMBER.match(first)
        if count == 1 or found is None:
            return [first]
        width, start = len(found["tail"]), int(found["tail"])
        return [f"{found['head']}{start + step:0{width}d}" for step in range(count)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("count", 1) > 1 and not _NUMBER.match(values.get("first", "").strip()):
            self.add_error("first", _now("多本一起登记时，编号要以数字结尾。"))
        return values


@door(*rules.OFFICE)
def books(request: PageRequest) -> HttpResponseBase:
    """The register."""
    rows = AdmissionBook.objects.filter(tenant_id=request.visit.tenant_id)
    return BookList(request, rows.select_related("case__person", "case__unit")).respond(
        "membership/books.html"
    )


@door(*rules.OFFICE)
def new_books(request: PageRequest) -> HttpResponse:
    """Enter a parcel."""
    form = ReceiveForm(request.POST or None, initial={"received_on": clock.today()})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            number = receive_books(
                actor=request.visit, tenant_id=request.visit.tenant_id, numbers=form.numbers(),
                received_on=form.cleaned_data["received_on"], today=clock.today(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _now("已登记 %(n)d 本。") % {"n": number})
            return redirect("membership:books")
    context = {"form": form, "refusal": refusal}
    return render(request, "membership/books_new.html", context, status=refusal.status if refusal else 200)


class CaseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A case by the person's name and branch."""

    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.person}（{obj.unit}）"


class BookForm(Form):
    """Whom it is given to, and when."""

    case = CaseChoice(label=_("发给"), queryset=None, help_text=_("预审合格、还没有领志愿书的人。"))
    issued_on = forms.DateField(label=_("发放日期"))


def _waiting(request: PageRequest) -> Any:
    """Cases whose next step is filling in the form, and that hold none."""
    held = AdmissionBook.objects.filter(state__in=(BookState.ISSUED, BookState.RETURNED)).values("case")
    rows = Case.objects.filter(
        tenant_id=request.visit.tenant_id, procedure=PROCEDURE, state=State.OPEN, stage="admission"
    )
    rows = rows.exclude(pk__in=held).exclude(person_id=request.visit.person_id or 0)
    return rows.select_related("person", "unit").order_by("unit__sort_key", "person__sort_key")


@door(*rules.OFFICE)
def book(request: PageRequest, pk: int) -> HttpResponse:
    """One printed form: give it out, take it back, spoil it, attach its scan."""
    rows = AdmissionBook.objects.filter(tenant_id=request.visit.tenant_id)
    row = get_object_or_404(rows.select_related("case__person", "case__unit"), pk=pk)
    giving = BookForm(request.POST if "give" in request.POST else None, initial={"issued_on": clock.today()})
    giving.offer("case", _waiting(request))
    scan = ScanForm(request.POST, request.FILES) if "scan" in request.POST else ScanForm()
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            if said := _carried_out(request, row, giving, scan):
                messages.success(request, said)
                return redirect("membership:book", pk)
        except Refused as refused:
            refusal = refused
    context = {
        "row": row, "mark": Status(_MARKS[row.state], row.get_state_display()), "giving": giving, "scan": scan,
        "refusal": refusal, "files": files_of(owner_kind=BOOK_OWNER, owner_ids=[row.pk]),
        "today": clock.today(), "may": rules.may_change_book(actor=request.visit, book=row),
    }  # fmt: skip
    return render(request, "membership/book.html", context, status=refusal.status if refusal else 200)


def _carried_out(request: PageRequest, row: AdmissionBook, giving: BookForm, scan: ScanForm) -> str:
    """What the pressed button asks; empty when its form is not complete."""
    today = clock.today()
    if "give" in request.POST and giving.is_valid():
        issue_book(actor=request.visit, book=row, today=today, **giving.cleaned_data)
        return _now("已发放。")
    if "back" in request.POST or "spoil" in request.POST:
        spoiled = "spoil" in request.POST
        close_book(
            actor=request.visit, book=row, spoiled=spoiled, closed_on=today, today=today,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
        return _now("已登记填废。") if spoiled else _now("已收回。")
    if "scan" in request.POST and scan.is_valid():
        attach_book_scan(actor=request.visit, book=row, upload=scan.cleaned_data["upload"], now=clock.now())
        return _now("扫描件已保存。")
    return ""
