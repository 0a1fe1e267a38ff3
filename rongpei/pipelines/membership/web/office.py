"""The whole hospital: people by branch and stage, the plan of the year and how much of it is used."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui import parts
from rongpei.ground.ui.forms import Form
from rongpei.kernel.procedures.codes import State
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import plan_year
from rongpei.pipelines.membership.models import YearPlan
from rongpei.pipelines.membership.quota import exempt_ids
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.opening import branches_run_by
from rongpei.pipelines.membership.web.reach import DESK

_STAGES = [stage.code for stage in MEMBERSHIP.stages]


@dataclass(frozen=True)
class Branch:
    """One branch: people by stage, admitted this year, and places."""

    unit: Unit
    stages: list[tuple[int, str]]
    admitted: int
    admitted_url: str
    places: int | None
    exempt: int = 0

    @property
    def used(self) -> int:
        """Places used: those admitted by a document outside the plan use none."""
        return self.admitted - self.exempt

    @property
    def total(self) -> int:
        return sum(number for number, _url in self.stages)

    @property
    def reached(self) -> list[tuple[str, int, str]]:
        """Stages that have somebody, for a phone: (stage, number, address of the names)."""
        named = zip(MEMBERSHIP.stages, self.stages, strict=True)
        return [(str(stage.label), number, url) for stage, (number, url) in named if number]


def _year(request: PageRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else clock.today().year


def _branches(request: PageRequest, year: int) -> list[Branch]:
    """Every branch with people, places or admissions; five queries, three more where a document lies outside the plan."""
    rows = rules.desk_cases(request.visit).order_by()
    by_stage = {
        (unit, stage): number
        for unit, stage, number in rows.filter(state=State.OPEN)
        .values_list("unit_id", "stage").annotate(n=Count("pk"))
    }  # fmt: skip
    joined = (
        rows.filter(person__joined_on__year=year)
        .values_list("unit_id")
        .annotate(n=Count("person", distinct=True))
    )
    admitted = dict(joined)
    plans = dict(
        YearPlan.objects.filter(tenant_id=request.visit.tenant_id, year=year).exclude(unit=None)
        .values_list("unit_id", "places")
    )  # fmt: skip
    outside = exempt_ids(rows.filter(person__joined_on__year=year), request.visit.tenant_id, year)
    exempt = Counter(rows.filter(pk__in=outside).values_list("unit_id", flat=True)) if outside else Counter()
    ids = {unit for unit, _stage in by_stage} | set(admitted) | set(plans)
    return [
        replace(
            _branch(unit, by_stage, admitted.get(unit.pk, 0), plans.get(unit.pk), year),
            exempt=exempt[unit.pk],
        )
        for unit in Unit.objects.filter(pk__in=ids).order_by("sort_key", "id")
    ]


def _branch(
    unit: Unit, by_stage: dict[tuple[int, str], int], admitted: int, places: int | None, year: int
) -> Branch:
    cases = reverse("membership:cases")
    stages = [
        (
            by_stage.get((unit.pk, stage), 0),
            f"{cases}?{urlencode({'unit': unit.pk, 'stage': stage, 'state': 'open'})}",
        )
        for stage in _STAGES
    ]
    span = {"unit": unit.pk, "joined_from": f"{year}-01-01", "joined_to": f"{year}-12-31"}
    return Branch(unit, stages, admitted, f"{cases}?{urlencode(span)}", places)


@door(*DESK)
def funnel(request: PageRequest) -> HttpResponse:
    """Numbers by branch and stage; every number leads to its names."""
    year = _year(request)
    branches = _branches(request, year)
    whole = YearPlan.objects.filter(tenant_id=request.visit.tenant_id, year=year, unit=None).first()
    sums = [sum(branch.stages[index][0] for branch in branches) for index in range(len(_STAGES))]
    cases = reverse("membership:cases")
    kpis = [
        parts.Kpi(
            stage.label,
            str(sums[index]),
            _("人"),
            url=f"{cases}?{urlencode({'stage': stage.code, 'state': 'open'})}",
        )
        for index, stage in enumerate(MEMBERSHIP.stages)
    ]
    admitted = sum(branch.admitted for branch in branches)
    used = sum(branch.used for branch in branches)
    span = {"joined_from": f"{year}-01-01", "joined_to": f"{year}-12-31"}
    context: dict[str, Any] = {
        "year": year, "years": [year - 1, year, year + 1], "branches": branches, "kpis": kpis, "sums": sums,
        "stage_labels": [str(stage.label) for stage in MEMBERSHIP.stages], "whole": whole, "admitted": admitted, "used": used, "exempt": admitted - used,
        "admitted_url": f"{cases}?{urlencode(span)}", "total": sum(sums),
        "may_plan": rules.may_keep_rules(actor=request.visit, tenant_id=request.visit.tenant_id),
    }  # fmt: skip
    return render(request, "membership/funnel.html", context)


class PlanForm(Form):
    """Places of the year: all, then by branch; an empty one is not planned."""

    autofocus = False

    whole = forms.IntegerField(label=_lazy("全院名额"), min_value=0, max_value=9999, required=False)
    document = forms.CharField(label=_lazy("下达文件"), max_length=120, required=False)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for unit in units:
            self.fields[f"unit_{unit.pk}"] = forms.IntegerField(
                label=unit.name, min_value=0, max_value=9999, required=False
            )

    @property
    def branches(self) -> list[Any]:
        """Bound fields of the branches."""
        return [self[f"unit_{unit.pk}"] for unit in self.units]


@door(Role.PARTY_OFFICE)
def plan(request: PageRequest) -> HttpResponse:
    """Plan the places of a year."""
    year = _year(request)
    units = list(branches_run_by(request.visit))
    held = {row.unit_id: row for row in YearPlan.objects.filter(tenant_id=request.visit.tenant_id, year=year)}
    initial: dict[str, Any] = {f"unit_{key}": row.places for key, row in held.items() if key}
    if None in held:
        initial |= {"whole": held[None].places, "document": held[None].document}
    form = PlanForm(request.POST or None, units=units, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, year)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("%(year)d 年的名额已保存。") % {"year": year})
            return redirect(f"{reverse('membership:funnel')}?year={year}")
    context = {"form": form, "year": year, "refusal": refusal}
    return render(request, "membership/plan.html", context, status=refusal.status if refusal else 200)


def _save(request: PageRequest, form: PlanForm, year: int) -> None:
    """Only what changed; smaller numbers first, so that places can be moved between branches."""
    values = form.cleaned_data
    given: dict[str, Any] = {"actor": request.visit, "tenant_id": request.visit.tenant_id, "year": year}
    if values["whole"] is not None and {"whole", "document"} & set(form.changed_data):
        plan_year(unit=None, places=values["whole"], document=values["document"], **given)
    changed = [unit for unit in form.units if f"unit_{unit.pk}" in form.changed_data]
    before = {unit.pk: form.initial.get(f"unit_{unit.pk}") or 0 for unit in changed}
    for unit in sorted(changed, key=lambda one: (values[f"unit_{one.pk}"] or 0) - before[one.pk]):
        plan_year(unit=unit, places=values[f"unit_{unit.pk}"] or 0, **given)
