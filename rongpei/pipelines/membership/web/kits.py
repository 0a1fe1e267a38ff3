"""Meetings that admit or convert: the list, and preparing one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import open_kit
from rongpei.pipelines.membership.actions.meeting import STEP_OF
from rongpei.pipelines.membership.codes import KitKind
from rongpei.pipelines.membership.models import Candidate
from rongpei.pipelines.membership.web.case import asked_day
from rongpei.pipelines.membership.web.kitforms import KitForm
from rongpei.pipelines.membership.web.opening import branches_run_by
from rongpei.pipelines.membership.web.reach import DESK, DOERS, case_of


class KitList(Listing):
    """Meetings, the latest first."""

    columns = (
        Column("held_on", _("开会日期"), kind="day", sort="held_on", main=True, link=lambda row: reverse("membership:kit", args=[row.pk])),
        Column("kind", _("议题"), lambda row: row.get_kind_display(), phone="second"),
        Column("unit.name", _("党支部"), phone="second"),
        Column("who", _("讨论的人"), lambda row: row.who, phone="second", width=30),
        Column("settled", _("已确认"), lambda row: row.settled_words, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("党支部"), fields=("unit__name",)),
        ChoiceFilter("kind", _("议题"), KitKind.choices),
        PeriodFilter("on", _("日期"), field="held_on"),
    )
    default_sort = "-held_on"
    noun = _("支部大会")
    measure = _("次")
    empty_text = _("从案卷的“准备支部大会”开始。")

    def attach(self, rows: Any) -> None:
        """Candidates of all rows, in one query."""
        found: dict[int, list[Candidate]] = {}
        for one in Candidate.objects.filter(kit__in=[row.pk for row in rows]).select_related("case__person"):
            found.setdefault(one.kit_id, []).append(one)
        for row in rows:
            those = found.get(row.pk, [])
            row.who = "、".join(str(one.case.person) for one in those)
            done = sum(one.record_id is not None for one in those)
            row.settled_words = f"{done}／{len(those)}"


@door(*DESK)
def kits(request: PageRequest) -> HttpResponseBase:
    """All meetings one reads."""
    rows = rules.visible_kits(request.visit).select_related("unit")
    return KitList(request, rows).respond("membership/kits.html", {"may_open": request.visit.holds(*DOERS)})


def candidates_of(unit: Unit, steps: Any) -> Any:
    """Cases of a branch whose meeting may be held."""
    ready = Opening.objects.filter(unit=unit, step__in=steps).values("case")
    return (
        Case.objects.filter(pk__in=ready, unit=unit, state=State.OPEN).select_related("person").order_by("id")
    )


@door(*DOERS)
def new_kit(request: PageRequest) -> HttpResponse:
    """Choose the candidates, the day, and who runs the meeting."""
    unit, initial = _asked(request)
    if unit is None:
        return render(request, "membership/kit_unit.html", {"units": branches_run_by(request.visit)})
    cases = candidates_of(unit, list(STEP_OF.values())).exclude(person_id=request.visit.person_id or 0)
    form = KitForm(request.POST or None, cases=cases, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        wrong = _not_ready(values)
        if wrong:
            form.add_error("candidates", wrong)
        else:
            try:
                kit = open_kit(actor=request.visit, unit=unit, cases=list(values.pop("candidates")), **values)
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _now("会议已准备好，请核对应到名单。"))
                return redirect("membership:kit", kit.pk)
    context = {"unit": unit, "form": form, "refusal": refusal, "any": cases.exists()}
    return render(request, "membership/kit_new.html", context, status=refusal.status if refusal else 200)


def _not_ready(values: dict[str, Any]) -> str:
    step = STEP_OF[KitKind(values["kind"])]
    ready = set(
        Opening.objects.filter(case__in=values["candidates"], step=step).values_list("case_id", flat=True)
    )
    names = "、".join(str(case.person) for case in values["candidates"] if case.pk not in ready)
    return _now("%(names)s还不到这一步。") % {"names": names} if names else ""


def _asked(request: PageRequest) -> tuple[Unit | None, dict[str, Any]]:
    """The branch and the beginnings of the form, from the case or the branch in the address."""
    on, _wrong = asked_day(request)
    initial: dict[str, Any] = {
        "held_on": on or clock.today(),
        "kind": KitKind.ADMISSION,
        "host": request.visit.name,
    }
    asked = request.GET.get("case", "")
    if asked.isdigit() and len(asked) < 19:
        case = case_of(request, int(asked))
        if not rules.may_meet(actor=request.visit, unit=case.unit):
            raise Http404
        steps = set(Opening.objects.filter(case=case).values_list("step", flat=True))
        kind = next((kind for kind, step in STEP_OF.items() if step in steps), KitKind.ADMISSION)
        return case.unit, {**initial, "candidates": [case.pk], "kind": kind}
    units = branches_run_by(request.visit)
    wanted = request.GET.get("unit", "")
    if wanted.isdigit() and len(wanted) < 19:
        return units.filter(pk=int(wanted)).first(), initial
    mine = list(units[:2])
    return (mine[0], initial) if len(mine) == 1 else (None, initial)
