"""Contact conversations before any application: who talks to whom, when next, what came of it."""

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
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import close_contact, open_contact, record_talk
from rongpei.pipelines.membership.codes import ContactOutcome, ContactWhy
from rongpei.pipelines.membership.models import Contact
from rongpei.pipelines.membership.web.finding_people import near_at_hand, people_choices
from rongpei.pipelines.membership.web.opening import branches_run_by
from rongpei.pipelines.membership.web.reach import DOERS
from rongpei.pipelines.membership.web.stepforms import PeopleField

_EVERY = timedelta(days=90)


def _mark(row: Contact) -> Status:
    if row.outcome != ContactOutcome.OPEN:
        return Status("ok" if row.outcome == ContactOutcome.APPLIED else "line", row.get_outcome_display())
    if row.next_on and row.next_on < clock.today():
        return Status("bad", _now("该谈了"))
    return Status("info", row.get_outcome_display())


class ContactList(Listing):
    """Whom we talk with."""

    columns = (
        Column("person.name", _("联系对象"), main=True, sort="person__sort_key", link=lambda row: reverse("membership:contact", args=[row.pk])),
        Column("why", _("类别"), lambda row: row.get_why_display(), phone="second"),
        Column("contact.name", _("谁谈"), sort="contact__sort_key", phone="second"),
        Column("unit.name", _("党支部"), sort="unit__sort_key"),
        Column("talks", _("已谈"), kind="count", sort="talks"),
        Column("last_on", _("最近谈话"), kind="day", sort="last_on", nulls_last=True),
        Column("next_on", _("下次谈话"), kind="day", sort="next_on", nulls_last=True),
        Column("outcome", _("结果"), _mark, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("姓名、拼音首字母、工号"), fields=("person__name", "person__initials__startswith", "person__staff_number__startswith", "contact__name")),
        ChoiceFilter("why", _("类别"), ContactWhy.choices),
        ChoiceFilter("outcome", _("结果"), ContactOutcome.choices),
        FlagFilter("late", _("该谈的"), apply=lambda rows, value: rows.filter(outcome="open", next_on__lt=clock.today())),
    )  # fmt: skip
    default_sort = "next_on"
    noun = _("联系谈话")
    measure = _("人")
    empty_text = _("把高知识群体和业务骨干中还没有申请的同志列进来，定下谁去谈、什么时候谈。")


@door()
def contacts(request: PageRequest) -> HttpResponseBase:
    """Contacts of one's units, and those one was asked to talk with."""
    rows = rules.visible_contacts(request.visit).select_related("person", "contact", "unit")
    return ContactList(request, rows).respond(
        "membership/contacts.html", {"may_open": request.visit.holds(*DOERS)}
    )


class ContactForm(Form):
    """Whom, why, who talks, when. Focus goes to the search for the person."""

    autofocus = False

    person = PeopleField(label=_("联系对象"))
    why = forms.ChoiceField(label=_("为什么联系"), choices=ContactWhy.choices, widget=forms.RadioSelect)
    contact = PeopleField(label=_("谁去谈"), help_text=_("正式党员，一般由支部委员或同专业的党员骨干担任。"))
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("党支部"), queryset=None, empty_label=None
    )
    next_on = forms.DateField(label=_("第一次谈话的日期"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)

    def _one(self, name: str) -> Person:
        ids = self.cleaned_data[name]
        found = Person.objects.filter(pk__in=[one for one in ids if one.isdigit()]).first()
        if len(ids) != 1 or found is None:
            raise forms.ValidationError(_now("请选择一个人。"))
        return found

    def clean_person(self) -> Person:
        return self._one("person")

    def clean_contact(self) -> Person:
        return self._one("contact")


@door(*DOERS)
def new_contact(request: PageRequest) -> HttpResponse:
    """Ask somebody to talk with somebody."""
    units = branches_run_by(request.visit)
    form = ContactForm(
        request.POST or None, units=units, initial={"next_on": clock.today() + timedelta(days=14)}
    )
    refusal: Refused | None = None
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        try:
            row = open_contact(actor=request.visit, today=clock.today(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _now("已安排：%(who)s联系%(person)s。") % {"who": row.contact, "person": row.person}
            )
            return redirect("membership:contacts")
    context = {"form": form, "refusal": refusal, **_people(request, units)}
    return render(request, "membership/contact_new.html", context, status=refusal.status if refusal else 200)


def _people(request: PageRequest, units: Any) -> dict[str, Any]:
    first = units.first()
    near = near_at_hand(first, clock.today()) if first else []
    found: dict[str, Any] = {}
    for name, suggested in (("person", []), ("contact", near)):
        text = request.POST.get(f"q_{name}", "")[:40]
        chosen = [int(one) for one in request.POST.getlist(name) if one.isdigit()]
        found[f"{name}_text"] = text
        found[f"{name}_choices"] = people_choices(request, chosen=chosen, text=text, near=suggested)
    return found


class TalkForm(Form):
    """One conversation."""

    talked_on = forms.DateField(label=_("谈话日期"))
    summary = forms.CharField(label=_("谈话情况"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    next_on = forms.DateField(label=_("下次谈话"), required=False)


@door()
def contact_page(request: PageRequest, pk: int) -> HttpResponse:
    """The conversations, one more, and what came of it."""
    rows = rules.visible_contacts(request.visit).select_related(
        "person__place__department", "contact", "unit"
    )
    row = get_object_or_404(rows, pk=pk)
    may = rules.may_talk(actor=request.visit, contact=row)
    today = clock.today()
    form = TalkForm(
        request.POST if "talk" in request.POST else None,
        initial={"talked_on": today, "next_on": today + _EVERY},
    )
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            if "outcome" in request.POST and request.POST["outcome"] in ContactOutcome.values:
                close_contact(
                    actor=request.visit, contact=row, outcome=ContactOutcome(request.POST["outcome"])
                )
                messages.success(request, _now("联系的结果已登记。"))
                return redirect("membership:contact", pk)
            if form.is_valid():
                record_talk(
                    actor=request.visit, contact=row, today=today, now=clock.now(), **form.cleaned_data
                )
                messages.success(request, _now("谈话已登记。"))
                return redirect("membership:contact", pk)
        except Refused as refused:
            refusal = refused
    outcomes = [one for one in ContactOutcome.choices if one[0] not in ("open", "applied")]
    context = {
        "row": row, "talks": row.talked.order_by("-talked_on", "-id"), "form": form, "may": may, "refusal": refusal,
        "outcomes": outcomes, "mark": _mark(row), "may_open": request.visit.holds(*DOERS),
    }  # fmt: skip
    return render(request, "membership/contact.html", context, status=refusal.status if refusal else 200)
