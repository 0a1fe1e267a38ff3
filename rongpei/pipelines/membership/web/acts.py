"""Doing a step, and putting a better record in the place of one: one form, what was typed is kept."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.findings import Finding
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.queries import findings_if, standing_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import HelperKind
from rongpei.pipelines.membership.documents.prefill import known_of
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.telling import GRAVE
from rongpei.pipelines.membership.web.case import asked_day
from rongpei.pipelines.membership.web.caseview import ACTORS
from rongpei.pipelines.membership.web.finding_people import near_at_hand, people_choices
from rongpei.pipelines.membership.web.reach import DOERS, case_of, may_do, step_or_404
from rongpei.pipelines.membership.web.stepforms import StepForm, initial_of


@door(*DOERS)
def do_step(request: PageRequest, pk: int, step: str) -> HttpResponse:
    """The form of a step; 试算 tells what would be found, 登记 does it."""
    case = case_of(request, pk)
    step_or_404(step)
    if not may_do(request, case, step):
        raise Http404
    on, _wrong = asked_day(request)
    initial = {"on": on or clock.today(), "seen": case.records, **known_of(case, step)}
    form = StepForm(request.POST or None, step=step, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        refusal = _stale(case, form)
        if refusal is None and "try" not in request.POST:
            try:
                return _done(request, case, step, form)
            except Refused as refused:
                refusal = refused
    return _form_page(request, case, step, form, refusal)


def _done(request: PageRequest, case: Case, step: str, form: StepForm) -> HttpResponse:
    actions.perform(
        actor=request.visit, case=case, step=step, on=form.cleaned_data["on"], data=form.data_given(),
        reason=form.cleaned_data["reason"], today=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("已登记：%(step)s。") % {"step": MEMBERSHIP.step(step).label})
    return redirect("membership:case", case.pk)


def _stale(case: Case, form: StepForm) -> Refused | None:
    """Somebody recorded something while the form was open: told before anything is written over it."""
    seen = form.cleaned_data.get("seen")
    if seen is None or seen == case.records:
        return None
    last = Record.objects.filter(case=case).order_by("-sequence").first()
    label = (
        MEMBERSHIP.step(last.step).label if last and last.step else last.get_kind_display() if last else ""
    )
    return Refused(
        _("您填写的时候，别人刚登记了“%(what)s”。") % {"what": label},
        remedy=_("您填的内容还在。请看一看案卷，仍要登记就再按一次。"), code="stale",
    )  # fmt: skip


def _findings(request: PageRequest, case: Case, step: str, form: StepForm) -> tuple[Finding, ...] | None:
    """What would be found with what was typed; None when it cannot be read yet."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        found = findings_if(case, step, on=form.cleaned_data["on"], data=form.data_given()).findings
    except ValueError:
        return None
    entitled = rules.may_read_review(actor=request.visit, case=case)
    return found if entitled else tuple(one for one in found if one.rule != "introducer_sanction")


def _form_page(
    request: PageRequest,
    case: Case,
    step: str,
    form: StepForm,
    refusal: Refused | None,
    record: Record | None = None,
) -> HttpResponse:
    declared = MEMBERSHIP.step(step)
    status = refusal.status if refusal else 200
    if refusal is not None and refusal.code == "stale":
        typed: Any = form.data
        form.data = typed.copy()
        form.data["seen"] = str(case.records)  # type: ignore[index]  # the copy of a QueryDict can be changed
    context: dict[str, Any] = {
        "case": case, "person": case.person, "step": declared, "actor": ACTORS.get(declared.actor, ""), "form": form,
        "refusal": refusal, "findings": _findings(request, case, step, form) if refusal is None else None,
        "judged": [] if not isinstance(refusal, Unlawful) else refusal.judgement.findings,
        "grave": step in GRAVE, "record": record, "fields": _fields(request, case, form),
        "edition": MEMBERSHIP.edition_on(_day(form)),
        "article": declared.article.get(MEMBERSHIP.edition_on(_day(form)).code, ""),
    }  # fmt: skip
    return render(request, "membership/step.html", context, status=status)


def _day(form: StepForm) -> date:
    chosen = getattr(form, "cleaned_data", {}).get("on") or form.initial.get("on")
    return chosen if isinstance(chosen, date) else clock.today()


def _fields(request: PageRequest, case: Case, form: StepForm) -> list[tuple[Any, Any, str]]:
    """Bound fields in order; those that name people come with their ticks and what was searched."""
    found: list[tuple[Any, Any, str]] = []
    people = {one.key for one in form.told if one.kind == "people"}
    for bound in form.visible_fields():
        if bound.name not in people:
            found.append((bound, None, ""))
            continue
        text = request.POST.get(f"q_{bound.name}", "")[:40]
        choices = people_choices(
            request, chosen=form.chosen(bound.name), text=text, near=near_at_hand(case.unit, clock.today()),
            mentors=_mentors(case) if bound.name == "introducers" else (),
        )  # fmt: skip
        found.append((bound, choices, text))
    return found


def _mentors(case: Case) -> list[int]:
    """Who is asked first to introduce: as a rule the mentors do (第十四条)."""
    return list(Helper.objects.filter(case=case, kind=HelperKind.MENTOR).values_list("person_id", flat=True))


@door(*DOERS)
def correct_record(request: PageRequest, pk: int, record_pk: int) -> HttpResponse:
    """Another record in the place of one that stands; the old one stays in the history."""
    case = case_of(request, pk)
    standing = {one.record_id for one in standing_of(case)}
    record = Record.objects.filter(case=case, pk=record_pk, pk__in=standing).first()
    if record is None or not may_do(request, case, record.step):
        raise Http404
    if record.step == "political_review" and not rules.may_read_review(actor=request.visit, case=case):
        raise Http404
    initial = {"on": record.done_on, "seen": case.records, **initial_of(record.step, record.data)}
    form = StepForm(request.POST or None, step=record.step, initial=initial)
    form.fields["reason"].required = True
    form.fields["reason"].label = _("更正的原因")
    refusal: Refused | None = None
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        refusal = _stale(case, form)
        if refusal is None and "try" not in request.POST:
            kept = {
                key: value for key, value in record.data.items() if key not in {one.key for one in form.told}
            }
            try:
                actions.correct(
                    actor=request.visit, case=case, record=record, on=form.cleaned_data["on"],
                    data={**kept, **form.data_given()}, reason=form.cleaned_data["reason"], today=clock.today(),
                    now=clock.now(),
                )  # fmt: skip
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _("已更正，原来的记录保留在办理记录里。"))
                return redirect("membership:case", case.pk)
    return _form_page(request, case, record.step, form, refusal, record)
