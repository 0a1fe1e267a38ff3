"""组织关系转接: letters and their return slips."""

from datetime import timedelta
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
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import ChoiceFilter, Column, FlagFilter, Listing, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Place, Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import cancel_letter, issue_letter, receive_slip
from rongpei.pipelines.membership.codes import BRANCH_KINDS, LetterKind, LetterState
from rongpei.pipelines.membership.models import RelationLetter
from rongpei.pipelines.membership.web.finding_people import people_choices
from rongpei.pipelines.membership.web.reach import DESK, DOERS
from rongpei.pipelines.membership.web.stepforms import PeopleField

_DUE = timedelta(days=90)


def _mark(row: RelationLetter) -> Status:
    if row.state == LetterState.ISSUED:
        late = row.due_on < clock.today()
        return Status("bad" if late else "warn", _now("超期没有回执") if late else _now("等回执"))
    return Status("ok" if row.state == LetterState.RECEIVED else "line", row.get_state_display())


class LetterList(Listing):
    """Letters, those without a slip first."""

    columns = (
        Column("person.name", _("姓名"), main=True, sort="person__sort_key", link=lambda row: reverse("membership:letter", args=[row.pk])),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), phone="second"),
        Column("from", _("转出"), lambda row: row.from_unit.name if row.from_unit else row.outside),
        Column("to", _("转入"), lambda row: row.to_unit.name if row.to_unit else row.outside, phone="second"),
        Column("number", _("介绍信编号")),
        Column("issued_on", _("开出日期"), kind="day", sort="issued_on"),
        Column("due_on", _("回执期限"), kind="day", sort="due_on"),
        Column("received_on", _("接收日期"), kind="day", sort="received_on", nulls_last=True),
        Column("state", _("状态"), _mark, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("姓名、编号"), fields=("person__name", "number__startswith")),
        ChoiceFilter("state", _("状态"), LetterState.choices),
        ChoiceFilter("kind", _("类别"), LetterKind.choices),
        FlagFilter("late", _("超期没有回执"), apply=lambda rows, value: rows.filter(state="issued", due_on__lt=clock.today())),
    )  # fmt: skip
    default_sort = "due_on"
    noun = _("组织关系转接")
    measure = _("封")
    empty_text = _("收到回执以前，本人仍在原来的党支部；收到后才编入新的党支部。")


@door(*DESK)
def letters(request: PageRequest) -> HttpResponseBase:
    """Letters from and to one's units."""
    rows = rules.visible_letters(request.visit).select_related("person", "from_unit", "to_unit")
    return LetterList(request, rows).respond(
        "membership/letters.html", {"may_open": request.visit.holds(*DOERS)}
    )


class LetterForm(Form):
    """Who moves, where to, and the letter. Nothing has the focus: what is asked depends on the kind."""

    autofocus = False

    kind = forms.ChoiceField(label=_("类别"), choices=LetterKind.choices, widget=forms.RadioSelect)
    person = PeopleField(label=_("党员或入党积极分子"))
    to_unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("转入的党支部"),
        queryset=None,
        required=False,
        help_text=_("转出本单位时不选。"),
    )
    outside = forms.CharField(
        label=_("外单位党组织"), max_length=120, required=False, help_text=_("转出或转入本单位时填写。")
    )
    number = forms.CharField(label=_("介绍信编号"), max_length=60)
    issued_on = forms.DateField(label=_("开出日期"))
    due_on = forms.DateField(label=_("回执期限"))

    def __init__(self, *args: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Unit.objects.filter(
            tenant_id=tenant_id, tree=Tree.PARTY, kind__in=BRANCH_KINDS, closed_on=None
        )
        self.offer("to_unit", rows.order_by("sort_key"))

    def clean_person(self) -> Person:
        ids = self.cleaned_data["person"]
        found = Person.objects.filter(pk__in=[one for one in ids if one.isdigit()]).first()
        if len(ids) != 1 or found is None:
            raise forms.ValidationError(_now("请选择一个人。"))
        return found

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("issued_on") and values.get("due_on") and values["due_on"] < values["issued_on"]:
            self.add_error("due_on", _now("回执期限不能早于开出日期。"))
        return values


@door(*DOERS)
def new_letter(request: PageRequest) -> HttpResponse:
    """Issue a letter, or register one that came."""
    today = clock.today()
    initial = {"issued_on": today, "due_on": today + _DUE, "kind": LetterKind.INSIDE}
    form = LetterForm(request.POST or None, tenant_id=request.visit.tenant_id, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        values = form.cleaned_data
        place = Place.objects.filter(person=values["person"]).select_related("branch").first()
        try:
            row = issue_letter(
                actor=request.visit, from_unit=place.branch if place else None, today=today, **values
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _now("介绍信已登记，收到回执以前%(name)s仍在原党支部。") % {"name": row.person}
            )
            return redirect("membership:letter", row.pk)
    text = request.POST.get("q_person", "")[:40]
    chosen = [int(one) for one in request.POST.getlist("person") if one.isdigit()]
    choices = people_choices(request, chosen=chosen, text=text)
    context = {"form": form, "refusal": refusal, "choices": choices, "text": text}
    return render(request, "membership/letter_new.html", context, status=refusal.status if refusal else 200)


class SlipForm(Form):
    """The return slip."""

    received_on = forms.DateField(label=_("接收日期"))
    slip_number = forms.CharField(label=_("回执编号"), max_length=60, required=False)


@door(*DESK)
def letter_page(request: PageRequest, pk: int) -> HttpResponse:
    """A letter: receive its slip, or cancel it."""
    rows = rules.visible_letters(request.visit).select_related("person", "from_unit", "to_unit")
    row = get_object_or_404(rows, pk=pk)
    form = SlipForm(request.POST if "slip" in request.POST else None, initial={"received_on": clock.today()})
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            if "cancel" in request.POST:
                cancel_letter(actor=request.visit, letter=row, reason=request.POST.get("reason", ""))
                messages.success(request, _now("介绍信已作废。"))
                return redirect("membership:letter", pk)
            if form.is_valid():
                receive_slip(
                    actor=request.visit, letter=row, today=clock.today(), now=clock.now(), **form.cleaned_data
                )
                messages.success(request, _now("回执已登记，组织关系从接收日期起转移。"))
                return redirect("membership:letter", pk)
        except Refused as refused:
            refusal = refused
    context = {
        "row": row, "form": form, "refusal": refusal, "mark": _mark(row), "reason": request.POST.get("reason", ""),
        "may": rules.may_receive(actor=request.visit, letter=row) and row.state == LetterState.ISSUED,
    }  # fmt: skip
    return render(request, "membership/letter.html", context, status=refusal.status if refusal else 200)
