"""Giving and ending a role: choose a person, choose the role, see what stands against it, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui import dates
from rongpei.org.access.actions import end_role, grant_role
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.models import Holding
from rongpei.org.access.queries import (
    holdings_for,
    objections,
    people_matching,
    people_present,
    units_of,
)
from rongpei.org.access.rules import may_grant, roles_of
from rongpei.org.access.web.forms import OFFICE_ROLES, EndForm, GrantForm
from rongpei.org.access.web.marks import state_mark
from rongpei.org.people.models import Person

_SHOWN = 20


@door(Role.SECURITY_ADMIN)
def choose_person(request: PageRequest) -> HttpResponse:
    """Search by name, initials or number; htmx asks for the result alone."""
    text = request.GET.get("q", "")[:60]
    found = people_matching(request.visit, text, _SHOWN + 1)
    context = {"text": text, "people": found[:_SHOWN], "is_cut": len(found) > _SHOWN, "shown": _SHOWN}
    part = request.headers.get("HX-Request") == "true"
    response = render(request, "access/_people.html" if part else "access/choose.html", context)
    response["Vary"] = "HX-Request"
    return response


@door(Role.SECURITY_ADMIN)
def grant(request: PageRequest, person_pk: int) -> HttpResponse:
    """The form; then what stands against it or a page to confirm; then the act."""
    people = people_present(request.visit).select_related("tenant", "place__department")
    person = get_object_or_404(people, pk=person_pk)
    form = _form(request, person)
    context: dict[str, Any] = {"person": person, "form": form, "held": _held(request, person)}
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        form.fields["role"].widget.attrs.setdefault("autofocus", True)
        return render(request, "access/grant.html", context)
    values = form.cleaned_data
    context["refusals"] = _refusals(request, person, values)
    if context["refusals"]:
        return render(request, "access/grant.html", context, status=409)
    if "confirmed" not in request.POST:
        return render(request, "access/grant_confirm.html", {**context, **_summary(values)})
    try:
        grant_role(actor=request.visit, person=person, **values)
    except Refused as refusal:
        return render(request, "access/grant.html", {**context, "refusals": [refusal]}, status=refusal.status)
    messages.success(
        request, _("已授权：%(name)s，%(role)s。") % {"name": person.name, "role": values["role"].label}
    )
    return redirect("access:roles")


def _form(request: PageRequest, person: Person) -> GrantForm:
    today = clock.today()
    return GrantForm(
        request.POST or None,
        roles=roles_of(person.tenant.kind),
        units=units_of(request.visit),
        today=today,
        initial={"starts_on": today},
    )


def _held(request: PageRequest, person: Person) -> list[Holding]:
    rows = (
        holdings_for(request.visit, clock.today()).filter(person=person).exclude(ends_on__lte=clock.today())
    )
    held = list(rows.order_by("-starts_on", "-id"))
    for row in held:
        row.mark = state_mark(row.state)
    return held


def _refusals(request: PageRequest, person: Person, values: dict[str, Any]) -> list[Refused]:
    answer = may_grant(actor=request.visit, person=person, role=values["role"], unit=values["unit"])
    if isinstance(answer, Refused):
        return [answer]
    return objections(person=person, **values)


def _summary(values: dict[str, Any]) -> dict[str, Any]:
    role: Role = values["role"]
    period = dates.day_full(values["starts_on"])
    until = dates.day_full(values["ends_on"]) if values["ends_on"] else ""
    return {
        "role": role,
        "unit": values["unit"],
        "from": period,
        "until": until,
        "is_office": role in OFFICE_ROLES,
    }


@door(Role.SECURITY_ADMIN)
def end(request: PageRequest, pk: int) -> HttpResponse:
    """The page to confirm with its date, and the act."""
    today = clock.today()
    holding = get_object_or_404(holdings_for(request.visit, today).exclude(ends_on__lte=clock.today()), pk=pk)
    initial = {"on": max(today, holding.starts_on)}
    form = EndForm(request.POST or None, today=today, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            end_role(actor=request.visit, holding=holding, on=form.cleaned_data["on"])
        except Refused as refused:
            refusal = refused
        else:
            words = {"name": holding.person.name, "role": holding.get_role_display()}
            messages.success(request, _("已结束：%(name)s，%(role)s。") % words)
            return redirect("access:roles")
    context = {"holding": holding, "form": form, "refusal": refusal, "mark": state_mark(holding.state)}
    return render(request, "access/end.html", context, status=refusal.status if refusal else 200)
