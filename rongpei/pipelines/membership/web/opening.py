"""Opening a case: the signed paper application of a person is received by a branch."""

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
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import units_below
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.actions import take_application
from rongpei.pipelines.membership.codes import BRANCH_KINDS, ApplicationState
from rongpei.pipelines.membership.models import Application
from rongpei.pipelines.membership.web.finding_people import people_choices
from rongpei.pipelines.membership.web.reach import DOERS
from rongpei.pipelines.membership.web.stepforms import PeopleField


def branches_run_by(visit: Visit) -> Any:
    """Branches whose desk the visitor works at."""
    rows = Unit.objects.filter(
        tenant_id=visit.tenant_id, tree=Tree.PARTY, kind__in=BRANCH_KINDS, closed_on=None
    )
    paths = visit.places(*DOERS)
    return (rows if "/" in paths else rows.filter(units_below(paths))).order_by("sort_key", "id")


class OpeningForm(Form):
    """Who applied, to which branch, when the signed paper came. Focus goes to the search for the person."""

    autofocus = False

    person = PeopleField(label=_lazy("申请人"), help_text=_lazy("按姓名、拼音或工号查找。"))
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_lazy("接收的党支部"), queryset=None, empty_label=None
    )
    written_on = forms.DateField(label=_lazy("申请书落款日期"), required=False)
    received_on = forms.DateField(
        label=_lazy("收到日期"),
        help_text=_lazy("收到本人签名的纸质申请书的日期，一个月的谈话期限从这天算起。"),
    )
    paper = forms.BooleanField(label=_lazy("已收到本人签名的纸质申请书"))
    reason = forms.CharField(label=_lazy("原因（补录时写明）"), required=False, max_length=500)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", branches_run_by(visit))

    def clean_person(self) -> Person:
        """Exactly one person of the house."""
        ids = self.cleaned_data["person"]
        found = Person.objects.filter(pk__in=[one for one in ids if one.isdigit()]).first()
        if len(ids) != 1 or found is None:
            raise forms.ValidationError(_("请选择一个人。"))
        return found


@door(*DOERS)
def open_case(request: PageRequest) -> HttpResponse:
    """The form, and the case it opens; an application handed in on the phone fills it."""
    initial: dict[str, Any] = {"received_on": clock.today()}
    asked = request.GET.get("person", "")
    handed = Application.objects.filter(
        state=ApplicationState.WAITING, person_id=int(asked) if asked.isdigit() else 0
    )
    application = handed.filter(unit__in=branches_run_by(request.visit)).first()
    if asked.isdigit():
        initial["person"] = [asked]
    if application is not None:
        initial |= {"unit": application.unit_id, "written_on": application.written_on}
    form = OpeningForm(request.POST or None, visit=request.visit, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        try:
            case = _take(request, form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已收到%(name)s的入党申请书。") % {"name": case.person})
            return redirect("membership:case", case.pk)
    raw = request.POST.getlist("person") if request.method == "POST" else initial.get("person", [])
    text = request.POST.get("q_person", "")[:40]
    chosen = [int(one) for one in raw if str(one).isdigit()]
    context = {
        "form": form, "refusal": refusal, "application": application, "text": text,
        "choices": people_choices(request, chosen=chosen, text=text),
    }  # fmt: skip
    return render(request, "membership/open.html", context, status=refusal.status if refusal else 200)


def _take(request: PageRequest, values: dict[str, Any]) -> Any:
    written = values.get("written_on")
    data = {"paper_received": True, **({"written_on": written.isoformat()} if written else {})}
    return take_application(
        actor=request.visit, person=values["person"], unit=values["unit"], received_on=values["received_on"], data=data,
        reason=values["reason"], today=clock.today(), now=clock.now(),
    )  # fmt: skip
