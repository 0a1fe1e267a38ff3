"""One meeting: the roll, who came, the counts of each candidate, the resolution."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import (
    allow_online,
    keep_attendance,
    keep_ballots,
    settle_candidate,
)
from rongpei.pipelines.membership.codes import Exclusion, KitKind, Mark
from rongpei.pipelines.membership.models import Candidate, MeetingKit
from rongpei.pipelines.membership.web.kitforms import CountForm
from rongpei.pipelines.membership.web.kitview import KitView
from rongpei.pipelines.membership.web.reach import DESK, DOERS

# Exclusions that facts cannot tell; the others are computed.
STATED = (Exclusion.ILL, Exclusion.ABROAD, Exclusion.CUSTODY, Exclusion.BEDRIDDEN, Exclusion.AWAY)


def _kit(request: PageRequest, pk: int) -> MeetingKit:
    return get_object_or_404(rules.visible_kits(request.visit).select_related("unit"), pk=pk)


def _candidates(request: PageRequest, kit: MeetingKit) -> list[Candidate]:
    """Everybody discussed, but never the visitor."""
    rows = kit.candidates.select_related("case__person", "case__unit", "kit__unit")
    return [one for one in rows if one.case.person_id != request.visit.person_id]


@door(*DESK)
def kit_page(request: PageRequest, pk: int) -> HttpResponse:
    """The kit with one candidate in hand; 保存票数 keeps the counts, 确认结果 performs the step."""
    kit = _kit(request, pk)
    candidates = _candidates(request, kit)
    asked = request.GET.get("candidate", "")
    current = next((one for one in candidates if str(one.pk) == asked), None)
    current = current or next(
        (one for one in candidates if one.record_id is None), candidates[0] if candidates else None
    )
    refusal: Refused | None = None
    view = KitView(kit, current)
    form = _count_form(request, view)
    if request.method == "POST" and current is not None and form.is_valid():
        try:
            return _count(request, view, current, form)
        except Refused as refused:
            refusal = refused
    return _page(request, view, candidates, form, refusal)


def _count_form(request: PageRequest, view: KitView) -> CountForm:
    candidate = view.candidate
    initial = (
        {**candidate.counts, "performance": candidate.performance, "outcome": candidate.outcome or "convert"}
        if candidate
        else {}
    )
    return CountForm(
        request.POST or None,
        written=view.written,
        converting=view.kit.kind == KitKind.CONVERSION,
        initial=initial,
    )


def _count(request: PageRequest, view: KitView, current: Candidate, form: CountForm) -> HttpResponse:
    values = form.cleaned_data
    kept = keep_ballots(
        actor=request.visit, candidate=current, counts=form.counts(), performance=values["performance"],
        outcome=values.get("outcome", ""),
    )  # fmt: skip
    current.counts, current.performance, current.outcome = kept.counts, kept.performance, kept.outcome
    fresh = KitView(view.kit, current)
    view.__dict__.pop("ballots", None)
    here = reverse("membership:kit", args=[view.kit.pk])
    if "settle" not in request.POST:
        messages.success(request, _("票数已保存，还没有确认。"))
        return redirect(f"{here}?candidate={current.pk}#counts")
    settle_candidate(
        actor=request.visit, candidate=current, data=fresh.data(), reason=values["reason"], today=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("已确认：%(name)s。") % {"name": current.case.person})
    return redirect(here)


def _page(
    request: PageRequest, view: KitView, candidates: list[Candidate], form: CountForm, refusal: Refused | None
) -> HttpResponse:
    kit = view.kit
    judgement = view.judgement()
    context: dict[str, Any] = {
        "kit": kit, "page": view, "candidates": candidates, "current": view.candidate, "form": form, "refusal": refusal,
        "judged": judgement.findings if judgement else [], "may_run": rules.may_run_kit(actor=request.visit, kit=kit),
        "may_allow": rules.may_allow_online(actor=request.visit, kit=kit), "marks": Mark.choices,
        "reasons": [(one.value, one.label) for one in STATED],
        "settled": any(one.record_id for one in candidates),
        "words": view.resolution_words() if view.candidate else [],
    }  # fmt: skip
    return render(request, "membership/kit.html", context, status=refusal.status if refusal else 200)


@door(*DOERS)
@require_POST
def attendance(request: PageRequest, pk: int) -> HttpResponse:
    """Keep the tick-list: where everybody is, and who is left out for a stated reason."""
    kit = _kit(request, pk)
    marks: dict[int, Mark] = {}
    stated: dict[int, Exclusion] = {}
    reasons = {one.value for one in STATED}
    for name, value in request.POST.items():
        kind, _dash, ident = name.partition("-")
        if not ident.isdigit():
            continue
        if kind == "mark" and value in Mark.values:
            marks[int(ident)] = Mark(value)
        elif kind == "mark" and value in reasons:
            stated[int(ident)] = Exclusion(value)
    keep_attendance(actor=request.visit, kit=kit, marks=marks, stated=stated)
    messages.success(request, _("到会名单已保存。"))
    return redirect(reverse("membership:kit", args=[pk]) + "#counts")


@door(*rules.OFFICE)
@require_POST
def online(request: PageRequest, pk: int) -> HttpResponse:
    """Let those online count as present, or no longer."""
    kit = _kit(request, pk)
    allow_online(actor=request.visit, kit=kit, counts="counts" in request.POST)
    return redirect("membership:kit", pk)


@door(*DESK)
def resolution_page(request: PageRequest, pk: int, candidate_pk: int) -> HttpResponse:
    """The resolution as a sheet to print or copy."""
    kit = _kit(request, pk)
    candidate = next((one for one in _candidates(request, kit) if one.pk == candidate_pk), None)
    if candidate is None:
        return redirect("membership:kit", pk)
    view = KitView(kit, candidate)
    context = {
        "kit": kit, "candidate": candidate, "words": view.resolution_words(),
        "back_url": f"{reverse('membership:kit', args=[pk])}?candidate={candidate.pk}",
    }  # fmt: skip
    return render(request, "membership/resolution.html", context)
